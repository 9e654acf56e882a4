"""What the site's feeds say of themselves as podcasts, and what directories would miss in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from newsfeed.config import FILE, Config
from newsfeed.diagnostics import Diagnostic, diagnostic
from newsfeed.model import Link, Output, Participant, Podcast
from newsfeed.site.episodes import is_declared
from newsfeed.site.library import Library
from newsfeed.text.media_types import media_type
from newsfeed.text.podcasting import LARGEST, SMALLEST, category

SETTINGS = {
    "itunes:category": ("podcast.categories", 'categories = ["Society & Culture > Documentary"]'),
    "itunes:explicit": ("podcast.explicit", "explicit = true / false"),
    "itunes:image": ("podcast.image", 'image = "static/cover.jpg"'),
    "itunes:author": ("podcast.author", 'author = "…"'),
    "itunes:owner": ("podcast.owner", 'owner = { name = "…", email = "…" }'),
}
"""Which key gives an element that directories ask for, with an example."""
_OF_ARTICLES = frozenset(("feed-podcast-format", "feed-podcast-episode"))
"""What the articles are told already, with their lines."""
_MARKS = tuple(
    f"<itunes:{name}>".encode()
    for name in ("season", "episode", "episodeType", "title", "explicit")
)
"""What articles alone can have said, where the settings say nothing: they are episodes."""


def show(config: Config, image: str | None, folder: str) -> Podcast:
    """Return what the feed in ``folder`` says of itself; ``image`` is where its picture is served.

    One feed moves, not its archive or those of groups.
    """
    said = config.podcast
    if not is_declared(config):
        return Podcast()
    known = (category(each) for each in said.categories)
    return Podcast(
        declared=True,
        categories=tuple(each for each in known if each is not None),
        explicit=said.explicit,
        kind=said.type or None,
        author=said.author,
        owner=said.owner,
        image=image,
        block=said.block,
        complete=said.complete,
        new_feed_url=said.new_feed_url if not folder else None,
        guid=said.guid if not folder else None,
        locked=said.locked,
        funding=tuple(Link(text=text, url=url) for text, url in said.funding.items()),
        medium=said.medium,
        location=said.location or None,
        geo=said.geo,
        license=Link(text=said.license or said.license_url or "", url=said.license_url or "")
        if said.license or said.license_url
        else None,
        people=tuple(Participant(name=each.name, url=each.url) for each in said.hosts),
    )


def told(
    problems: Iterable[Diagnostic], made: Mapping[str, Output], config: Config
) -> Iterator[Diagnostic]:
    """Yield the ``problems`` of the feeds ``made``, where the setting or article stands that mends them."""
    for problem in problems:
        element = dict(problem.values).get("element", "")
        if problem.code in _OF_ARTICLES:
            continue
        if problem.code != "feed-podcast" or element not in SETTINGS:
            yield problem
        elif is_declared(config) or _holds_episodes(made[problem.path]):
            key, example = SETTINGS[element]
            yield diagnostic("podcast-missing", FILE, key=key, element=element, example=example)
        else:
            yield diagnostic("podcast-undeclared", FILE)


def _holds_episodes(output: Output) -> bool:
    return any(mark in (output.data or b"") for mark in _MARKS)


def lint_picture(config: Config, library: Library) -> Iterator[Diagnostic]:
    """Yield what directories would refuse of the show's picture, where it is a file of the site."""
    key = "podcast.image" if config.podcast.image else "site.logo"
    written = config.podcast.image or config.site.logo
    if not is_declared(config) or not written or written not in library.tree.files:
        return
    kind = media_type(written)
    if kind not in ("image/jpeg", "image/png"):
        yield diagnostic("podcast-image", FILE, key=key, what=kind)
        return
    try:
        asset = library.asset(written)
    except OSError:
        return  # said by who publishes it
    sides = (asset.width or 0, asset.height or 0)
    if sides[0] != sides[1] or not SMALLEST <= sides[0] <= LARGEST:
        yield diagnostic("podcast-image", FILE, key=key, what=f"{sides[0]} × {sides[1]}")
