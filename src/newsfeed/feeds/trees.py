"""The type of an element of a feed's XML, for annotations alone: nothing of it is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element
    """An element as lxml parses or makes it, which gives its class no public name."""
