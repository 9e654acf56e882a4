"""A feedgen tree -> the bytes of an XML document."""

from __future__ import annotations

from typing import Any

from lxml import etree

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def written(root: Any, stylesheet: str | None) -> bytes:
    """Return the document of ``root``, an element a line, with its ``stylesheet`` if it has one.

    The style sheet is CSS: browsers are switching XSLT off.
    """
    if stylesheet:
        root.addprevious(
            etree.PI("xml-stylesheet", f'type="text/css" href="{_quoted(stylesheet)}"')
        )
    text: bytes = etree.tostring(
        root.getroottree(), encoding="utf-8", xml_declaration=True, pretty_print=True
    )
    return text


def _quoted(address: str) -> str:
    return address.replace("&", "&amp;").replace('"', "%22").replace("?>", "%3F%3E")
