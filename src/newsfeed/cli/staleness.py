"""What ``build --check`` and ``build --frozen`` find, as diagnostics: files that are not as made now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from newsfeed.build.publish import Publication
from newsfeed.build.rendering import Rendering
from newsfeed.cli.session import LOCK
from newsfeed.diagnostics import Diagnostic, diagnostic
from newsfeed.identity import lockfile
from newsfeed.site import resizing
from newsfeed.site.library import is_variant

_NAMED = 3
"""How many articles and terms are named of those whose line in the lock would change."""


def memory(rendering: Rendering) -> Iterator[Diagnostic]:
    """Yield what of the site's memory would change: the lock, and records of letters."""
    site = rendering.site
    for path in sorted(rendering.result.records):
        yield diagnostic("record-stale", path)
    if site.lock_text != site.lock_before:
        line, names = lockfile.difference(site.lock_before, site.lock_text)
        rest = ["…"] if len(names) > _NAMED else []
        named = ", ".join([*names[:_NAMED], *rest]) or LOCK
        yield diagnostic("lock-stale", LOCK, line, file=LOCK, articles=named)


def outputs(done: Publication, dest: Path) -> Iterator[Diagnostic]:
    """Yield what differs in the output folder ``dest``, and what Pillow has to do with it."""
    for path in done.written:
        yield diagnostic("output-stale", f"{dest}/{path}")
    for path in done.removed:
        yield diagnostic("output-left", f"{dest}/{path}")
    yield from pillow(done.changed, dest)


def pillow(changed: Iterable[str], dest: Path) -> Iterator[Diagnostic]:
    """Yield a note where smaller pictures are among the files that differ: Pillow makes them."""
    pictures = [path for path in changed if is_variant(path)]
    if not pictures:
        return
    place, count = f"{dest}/{pictures[0]}", len(pictures)
    yield diagnostic("pillow-differs", place, count=count, version=resizing.version())
