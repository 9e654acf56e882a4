"""Style sheets become style attributes: the only user of premailer and of cssutils, its CSS parser.

premailer 3.10.0 is called once a letter, by its public ways, and fenced: whatever a template holds, it
opens no socket and no file, it leaves pictures and important declarations alone, and what cssutils
says of a template's CSS becomes diagnostics.
"""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from types import ModuleType
from typing import TYPE_CHECKING

from lxml import html as markup

from newsfeed.diagnostics import Diagnostic, diagnostic
from newsfeed.text.characters import without_illegal
from newsfeed.text.regex import regex

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CACHE = "4096"
"""Entries: premailer's own 128 are too few for a letter's rules, which then evict each other."""
_NO_ATTRIBUTES = ["width", "height", "align", "valign", "bgcolor"]
"""Properties that premailer would also write as attributes; the templates write those they need."""
_IMPORT = regex(r"@(?:import|[\w-]*\\)", re.IGNORECASE)
"""``@import``, which cssutils fetches as it parses; its letters may be written as escapes."""
_sheets_seen: dict[str, tuple[str, ...]] = {}
"""What cssutils said of each style sheet: it says so once, premailer has it in its cache then."""


def inline(html: str, template: str) -> tuple[HtmlElement, tuple[Diagnostic, ...]]:
    """Return the document as an lxml tree, the rules of its style elements inlined, and problems.

    A style element with ``data-premailer="ignore"`` stays as it is. ``template`` is the path that
    problems name.
    """
    problems = []
    if not html.strip():
        problems.append(diagnostic("letter-blank", template))
        html = "<body></body>"
    # A NUL would end the document for libxml2.
    source = without_illegal(html).encode(errors="replace")
    parser = markup.HTMLParser(huge_tree=True, encoding="utf-8")
    root = markup.document_fromstring(source, parser=parser)
    for link in root.xpath("//link[contains(@rel, 'stylesheet')]"):
        reference = link.get("href", "")
        problems.append(diagnostic("letter-foreign-style", template, reference=reference))
        link.drop_tree()
    reasons = dict.fromkeys([*_drop_imports(root), *_attribute_reasons(root), *_transform(root)])
    problems += [diagnostic("letter-style", template, reason=reason) for reason in reasons]
    return root, tuple(problems)


def _transform(root: HtmlElement) -> tuple[str, ...]:
    """Let premailer inline the sheets of ``root``; return what cssutils says of them."""
    sheets = [element.text or "" for element in _style_elements(root)]
    with _logged() as messages:
        _premailer().Premailer(
            root,
            strip_important=False,
            allow_network=False,
            align_floating_images=False,
            disable_basic_attributes=_NO_ATTRIBUTES,
            disable_validation=True,
            disable_link_rewrites=True,
        ).transform()
    for css in sheets:
        if css not in _sheets_seen:
            # To parse a sheet again takes long: only where one of them has something wrong.
            _sheets_seen[css] = _sheet_reasons(css) if messages else ()
    return tuple(reason for css in sheets for reason in _sheets_seen[css])


def _drop_imports(root: HtmlElement) -> Iterator[str]:
    """Take the ``@import`` rules out of style elements, and yield what they would have fetched."""
    for element in _style_elements(root):
        if _IMPORT.search(element.text or ""):
            import cssutils

            refused: list[str] = []

            def refuse(url: str, refused: list[str] = refused) -> tuple[None, bytes]:
                refused.append(f"@import {url}")
                return None, b""

            with _logged():
                sheet = cssutils.CSSParser(fetcher=refuse, validate=False).parseString(element.text)
            for rule in [each for each in sheet.cssRules if each.type == each.IMPORT_RULE]:
                sheet.deleteRule(rule)
            element.text = sheet.cssText.decode()
            yield from refused


def _style_elements(root: HtmlElement) -> list[HtmlElement]:
    """Return the style elements that premailer is to inline."""
    return [each for each in root.iter("style") if each.get("data-premailer") != "ignore"]


def _attribute_reasons(root: HtmlElement) -> Iterator[str]:
    """Yield what cssutils says of the style attributes of ``root``."""
    for element in root.iterfind(".//*[@style]"):
        value = element.get("style", "")
        # Caches of premailer share their keys: a selector such as "p" here raises TypeError.
        if ":" in value:
            yield from _declaration_reasons(value)
        else:
            del element.attrib["style"]


@cache
def _declaration_reasons(css: str) -> tuple[str, ...]:
    _premailer()
    from premailer.merge_style import csstext_to_pairs

    with _logged() as messages:
        csstext_to_pairs(css)
    return tuple(messages)


def _sheet_reasons(css: str) -> tuple[str, ...]:
    import cssutils

    with _logged() as messages:
        cssutils.parseString(css, validate=False)
    return tuple(messages)


@contextmanager
def _logged() -> Iterator[list[str]]:
    """Collect what cssutils logs meanwhile, once each; it would print it."""
    _premailer()
    import cssutils

    log = logging.Logger("newsfeed.newsletter.inline")
    listener = _Listener()
    log.addHandler(listener)
    cssutils.log.setLog(log)
    try:
        yield listener.messages
    finally:
        cssutils.log.setLog(logging.getLogger("CSSUTILS"))


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if message not in self.messages:
            self.messages.append(message)


@cache
def _premailer() -> ModuleType:
    """Import premailer without requests: a fence, and a third of the time that a letter takes."""
    os.environ.setdefault("PREMAILER_CACHE_MAXSIZE", _CACHE)
    known = sys.modules.get("requests")
    sys.modules["requests"] = known or ModuleType("requests")
    try:
        import premailer
    finally:
        if known is None:
            del sys.modules["requests"]
    _remember_what_is_written()
    return premailer


def _remember_what_is_written() -> None:
    """Let cssutils write each value and each selector once.

    premailer keeps a sheet that it has parsed, and asks for the text of all that is in it again for
    each letter: a seventh of a build of a few articles.
    """
    import cssutils

    for name in ("do_css_PropertyValue", "do_css_SelectorList"):
        written = getattr(cssutils.ser, name)
        setattr(cssutils.ser, name, lru_cache(int(_CACHE))(written))
