"""``_headers``: types and caching of feeds, for hosts that read such a file."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING

from newsfeed import feeds as formats
from newsfeed.build import feeds
from newsfeed.config import Config
from newsfeed.model import Output

if TYPE_CHECKING:
    from newsfeed.build.site import Site

MAX_AGE = 600
"""Seconds for which a feed or page may be shown without asking again."""


def outputs(site: Site) -> Iterator[Output]:
    """Yield ``_headers`` where the configuration names a host that reads it."""
    host = site.config.pages.host
    if host == "none":
        return
    blocks = []
    for name in site.config.feeds.formats:
        form = formats.FORMATS[name]
        # Cloudflare Pages allows a wildcard before a name, and 100 rules; Netlify has neither.
        paths = (
            _with_wildcards(site.config, name)
            if host == "cloudflare"
            else [f"/{part.files[name]}" for part in feeds.parts(site.plan, site.config)]
        )
        for path in paths:
            blocks.append(
                f"{path}\n  Content-Type: {form.type}; charset=utf-8\n"
                f"  Cache-Control: public, max-age={MAX_AGE}\n"
                "  Access-Control-Allow-Origin: *\n"
            )
    yield Output(path="_headers", data="".join(blocks).encode())


def _with_wildcards(config: Config, name: str) -> list[str]:
    """Return the paths of the feeds of a format: the site's, those below folders, those of terms."""
    file: str = getattr(config.feeds, name)
    patterns = (getattr(config.feeds, kind).get(name) for kind in config.feeds.per)
    split = [pattern.split("{slug}") for pattern in patterns if pattern]
    named = [f"/{parts[0]}*{parts[-1]}" for parts in split]
    return list(dict.fromkeys([f"/{file}", f"/*/{posixpath.basename(file)}", *named]))
