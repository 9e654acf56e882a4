"""`Item` -> `Entry`: its body rendered, every address absolute, pictures and files sized."""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import replace

from newsfeed.config import Config
from newsfeed.content.charset import decode
from newsfeed.diagnostics import Diagnostic
from newsfeed.markup.body import Body
from newsfeed.markup.plain.titles import plain_title
from newsfeed.markup.source import Source
from newsfeed.markup.typography import typeset
from newsfeed.model import Asset, Entry, Image, Item, Person
from newsfeed.site import episodes
from newsfeed.site.library import Crossing, Library
from newsfeed.site.resolver import Resolver
from newsfeed.text.characters import is_legible
from newsfeed.text.languages import direction
from newsfeed.text.template_tags import without_tags


class Shown(NamedTuple):
    """An entry, the files that it shows, and what is wrong with what it names.

    ``anchors`` are the ids in its body; ``crossings`` lead to those of other articles. ``referred``
    are the look-ups that it took, each with its answer (`Library.asked`).
    """

    entry: Entry
    assets: tuple[Asset, ...]
    problems: tuple[Diagnostic, ...]
    anchors: tuple[str, ...]
    crossings: tuple[Crossing, ...]
    referred: tuple[tuple[str, str], ...]


class Unrendered(NamedTuple):
    """The text of a body; ``legible`` says that it is known to hold nothing illegal."""

    text: str
    legible: bool


def read_body(item: Item, library: Library) -> Unrendered:
    """Return the text of the body of ``item``, read from its file. Raises OSError."""
    decoded = decode(library.tree.read(item.path))
    return Unrendered(decoded.text[item.body_at :], is_legible(decoded.data))


def render_body(item: Item, body: Unrendered, library: Library) -> Body:
    """Return the ``body`` of ``item`` rendered."""
    from newsfeed.markup.renderer import render

    return render(
        Source(
            text=body.text,
            format=item.format,
            language=item.language,
            path=item.path,
            line=item.body_line,
            typography=library.config.items.typography,
            prefix=item.slug,
            shortcodes=library.config.items.shortcodes,
        )
    )


def show(item: Item, library: Library, body: Body) -> Shown:
    """Return ``item``, whose ``body`` has been rendered, as outputs show it."""
    resolver = Resolver(item, library)
    asked: dict[str, str] = {}
    library.asked = asked
    title = title_of(item, library.config)
    content = _directed(body.html(resolver.resolve, title=item.title), item)
    enclosures = tuple(filter(None, map(resolver.enclosure, item.enclosures)))
    episode = item.episode if enclosures else None
    resolver.problems += episodes.refused(item, enclosures, library.config)
    still = body.still and resolver.elsewhere == len(body.refs)
    entry = Entry(
        item=item,
        title=title,
        content=content,
        summary=summary_of(item, library.config) or body.summary or title,
        opening=lambda: body.excerpt(resolver.resolve),
        image=resolver.image(item.image),
        enclosures=enclosures,
        episode=episodes.found(episode, resolver.address) if episode else None,
        links=tuple(filter(None, (resolver.link(each, "links") for each in item.links)))
        if item.links
        else (),
        source=resolver.link(item.source, "source") if item.source else None,
        count=lambda: body.words,
        still=still,
    )
    authors = tuple(map(resolver.person, item.authors))
    canonical = resolver.canonical(item.canonical) if item.canonical else None
    if authors != item.authors or canonical != item.canonical:
        entry = replace(entry, item=replace(item, authors=authors, canonical=canonical))
    library.asked = None
    return Shown(
        entry=entry,
        assets=tuple(resolver.assets.values()),
        problems=(*body.problems, *resolver.problems),
        anchors=body.anchors,
        crossings=tuple(resolver.crossings),
        referred=tuple(asked.items()),
    )


def _directed(html: str, item: Item) -> str:
    """Return the ``html`` of a body, which says which way it runs where its language does not."""
    if not html or not item.direction or item.direction == direction(item.language):
        return html
    return f'<div dir="{item.direction}">\n{html.strip()}\n</div>'


def title_of(item: Item, config: Config) -> str:
    """Return the title of ``item`` as it is printed: plain text, with its language's typography."""
    title = plain_title(without_tags(item.title)) or item.slug
    return typeset(title, item.language) if config.items.typography else title


def summary_of(item: Item, config: Config) -> str:
    """Return the summary that the author of ``item`` wrote, as plain text; empty for none."""
    summary = plain_title(without_tags(item.summary)) if item.summary else ""
    return typeset(summary, item.language) if config.items.typography else summary


def image_of(item: Item, library: Library) -> tuple[Image | None, tuple[Asset, ...]]:
    """Return the picture of ``item`` and its file; the body is not rendered."""
    if item.image is None:
        return None, ()
    resolver = Resolver(item, library)
    return resolver.image(item.image), tuple(resolver.assets.values())


def person_of(person: Person, item: Item, library: Library) -> Person:
    """Return an author of ``item`` with the whole address of their page."""
    return Resolver(item, library).person(person)
