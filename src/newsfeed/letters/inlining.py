"""Style sheets become style attributes: the only user of premailer and cssutils.

premailer 3.10.0 is called once a letter and fenced: it opens no socket and no file, whatever a
template holds, it leaves pictures and important declarations alone, and what cssutils says of a
template's CSS becomes diagnostics.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from lxml import html as markup

from newsfeed.diagnostics import Diagnostic, diagnostic

_CACHE = "4096"
"""Entries: premailer's own 128 are too few for the rules of a letter, which then evict each other."""
_NO_ATTRIBUTES = ["width", "height", "align", "valign", "bgcolor"]
"""Properties that premailer would also write as attributes; the templates write those they need."""


def inline(html: str, template: str) -> tuple[Any, tuple[Diagnostic, ...]]:
    """Return the document as an lxml tree, the rules of its style elements inlined, and problems.

    A style element with ``data-premailer="ignore"`` stays as it is. ``template`` is the path that
    problems name.
    """
    parser = markup.HTMLParser(huge_tree=True, encoding="utf-8")
    root = markup.document_fromstring(html.encode(errors="replace"), parser=parser)
    problems = [
        diagnostic("letter-foreign-style", template, reference=link.get("href", ""))
        for link in root.xpath("//link[contains(@rel, 'stylesheet')]")
    ]
    for link in root.xpath("//link[contains(@rel, 'stylesheet')]"):
        link.drop_tree()
    with _fenced() as (premailer, said):
        premailer.Premailer(
            root,
            strip_important=False,
            allow_network=False,
            align_floating_images=False,
            disable_basic_attributes=_NO_ATTRIBUTES,
            disable_validation=True,
            disable_link_rewrites=True,
        ).transform()
    problems += [diagnostic("letter-style", template, reason=reason) for reason in said]
    return root, tuple(problems)


@contextmanager
def _fenced() -> Iterator[tuple[Any, list[str]]]:
    """Give premailer, deaf to the network, and the list of what cssutils says meanwhile."""
    os.environ.setdefault("PREMAILER_CACHE_MAXSIZE", _CACHE)
    import cssutils
    import premailer
    from premailer import cache

    said = _Said()
    fetcher, handlers = cssutils.util._defaultFetcher, list(cssutils.log._log.handlers)
    cssutils.util._defaultFetcher = said.refuse
    cssutils.log._log.handlers[:] = [said]
    # What is said of a rule is said when it is parsed: a warm cache would swallow it.
    with cache.cache_access_lock:
        cache.cache.clear()
    try:
        yield premailer, said.messages
    finally:
        cssutils.util._defaultFetcher = fetcher
        cssutils.log._log.handlers[:] = handlers


class _Said(logging.Handler):
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
