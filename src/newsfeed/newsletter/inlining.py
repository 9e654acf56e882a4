"""Style sheets become style attributes: the only user of premailer and cssutils.

premailer 3.10.0 is called once a letter and fenced: it opens no socket and no file whatever a
template holds, it leaves pictures and important declarations alone, and what cssutils says of a
template's CSS becomes diagnostics.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import ModuleType
from typing import Any

from lxml import html as markup

from newsfeed.diagnostics import Diagnostic, diagnostic
from newsfeed.text.characters import without_illegal

_CACHE = "4096"
"""Entries: premailer's own 128 are too few for a letter's rules, which then evict each other."""
_NO_ATTRIBUTES = ["width", "height", "align", "valign", "bgcolor"]
"""Properties that premailer would also write as attributes; the templates write those they need."""


def inline(html: str, template: str) -> tuple[Any, tuple[Diagnostic, ...]]:
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
    reasons = dict.fromkeys(reason for css, sheet in _styles(root) for reason in _said(css, sheet))
    problems += [diagnostic("letter-style", template, reason=reason) for reason in reasons]
    with _fenced() as (premailer, _):
        premailer.Premailer(
            root,
            strip_important=False,
            allow_network=False,
            align_floating_images=False,
            disable_basic_attributes=_NO_ATTRIBUTES,
            disable_validation=True,
            disable_link_rewrites=True,
        ).transform()
    return root, tuple(problems)


def _styles(root: Any) -> Iterator[tuple[str, bool]]:
    """Yield each CSS text that premailer will parse, and whether it is a sheet."""
    for element in root.iter("style"):
        if element.get("data-premailer") != "ignore":
            yield element.text or "", True
    for element in root.iterfind(".//*[@style]"):
        value = element.get("style")
        # Caches of premailer share their keys: a selector such as "p" here raises TypeError.
        if ":" in value:
            yield value, False
        else:
            del element.attrib["style"]


@cache
def _said(css: str, sheet: bool) -> tuple[str, ...]:  # noqa: FBT001
    """Return what cssutils says of a CSS text: it says so once, and then has it in its cache."""
    with _fenced() as (premailer, messages):
        from premailer.merge_style import csstext_to_pairs

        if sheet:
            premailer.premailer._cache_parse_css_string(css, validate=False)
        else:
            csstext_to_pairs(css)
        return tuple(messages)


@contextmanager
def _fenced() -> Iterator[tuple[Any, list[str]]]:
    """Give premailer, deaf to disk and network, and the list of what cssutils says meanwhile."""
    premailer = _premailer()
    import cssutils

    listener = _Listener()
    fetcher, handlers = cssutils.util._defaultFetcher, list(cssutils.log._log.handlers)
    cssutils.util._defaultFetcher = listener.refuse
    cssutils.log._log.handlers[:] = [listener]
    try:
        yield premailer, listener.messages
    finally:
        cssutils.util._defaultFetcher = fetcher
        cssutils.log._log.handlers[:] = handlers


@cache
def _premailer() -> Any:
    """Import premailer without requests: a fence, and a third of the time that a letter takes."""
    os.environ.setdefault("PREMAILER_CACHE_MAXSIZE", _CACHE)
    known = sys.modules.get("requests")
    sys.modules["requests"] = known or ModuleType("requests")
    try:
        import premailer
    finally:
        if known is None:
            del sys.modules["requests"]
    return premailer


class _Listener(logging.Handler):
    """Keeps what cssutils logs, and answers for its fetcher."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._keep(record.getMessage())

    def refuse(self, url: str) -> tuple[None, bytes]:
        """Answer a request for ``url`` with an empty sheet."""
        self._keep(f"@import {url}")
        return None, b""

    def _keep(self, message: str) -> None:
        if message not in self.messages:
            self.messages.append(message)
