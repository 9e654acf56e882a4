"""Plan -> feeds: the whole site's, and one set for each category, tag, author and language."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from newsfeed import feeds
from newsfeed.build import podcasts
from newsfeed.build.targets import Ground
from newsfeed.config import Config
from newsfeed.identity.lockfile import Lock, archived, with_archived
from newsfeed.identity.terms import Vanished
from newsfeed.model import Feed, Head, Image, Output, Removed
from newsfeed.site.archives import Pages, arrange
from newsfeed.site.plan import FOLDERS, Group, Kind, Plan
from newsfeed.site.translations import one_of_each
from newsfeed.text.iri import is_absolute, to_uri
from newsfeed.text.media_types import media_type

if TYPE_CHECKING:
    from newsfeed.build.rendering import Rendering
    from newsfeed.build.site import Site

# An empty feed still bears a date (RFC 4287 §4.1.1); it must not be the clock's.
STYLE = "feed.css"
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def outputs(rendering: Rendering) -> Iterator[Output]:
    """Yield every feed document, the list of all feeds, and the style of raw feeds.

    A document without entries is all that the list of feeds needs of it.
    """
    lines = []
    ground = rendering.ground("feeds")
    for document in planned(rendering.site):
        if document.feed.page is None and document.listed:
            lines.append(document.feed)
        yield from _written(rendering, ground, document)
    if opml_address(rendering.site):
        from newsfeed.feeds import opml

        yield replace(opml.render(lines, rendering.site.config.site.title), leads=True)
    yield ground.output(STYLE, tuple, lambda: _style(rendering.site))


class Document(NamedTuple):
    """A feed document before rendering: the ``feed`` without entries, and their ``heads``.

    ``listed`` says that people may find it: not the feed of a term that is no more.
    """

    feed: Feed
    heads: Sequence[Head]
    listed: bool = True


def _written(rendering: Rendering, ground: Ground, document: Document) -> Iterator[Output]:
    """Yield the files of a document, one a format; those that stand have no bytes."""
    feed = document.feed
    files = list(feed.files.values())
    former = [(head.id, head.former_title) for head in document.heads if head.former_title]
    told = repr((replace(feed, words={}), former))  # the words are those of the templates

    def keys() -> dict[str, str | None]:
        shown = [rendering.showings.made_of(head) for head in document.heads]
        return {file: ground.key(file, (told, *shown)) for file in files}

    known = keys()
    if ground.all_stand(known):
        for head in document.heads:
            rendering.showings.recall(head.path)
        yield from (Output(path=file, key=key) for file, key in known.items())
        return
    whole = replace(
        feed, entries=rendering.entries.of(rendering.site.plan.items.only(document.heads))
    )
    known = keys()
    for output in feeds.render(whole):
        keep = _marks(rendering.site, whole, output) if feed.closed else ()
        yield replace(output, keep=keep, key=known[output.path], leads=True)


def _marks(site: Site, feed: Feed, output: Output) -> tuple[bytes, ...]:
    """Return what a closed page holds: its address, its items, and the page after it.

    The open page that it was before lacks one of them, and so does one of another domain.
    """
    after = [url for name, url in feed.next.items() if output.path == feed.files[name]]
    if output.path == feed.files.get("json"):
        ids = [json.dumps(entry.guid, ensure_ascii=False) for entry in feed.entries]
    else:
        atom = output.path == feed.files.get("atom")
        ids = [escape(e.id if atom else e.guid, quote=False) for e in feed.entries]
    marks = [site.config.site.url + quote(output.path), *after, *ids]
    return tuple(mark.encode() for mark in marks)


def _style(site: Site) -> Output:
    text = site.theme.render(STYLE, language=site.config.site.language)
    return Output(path=STYLE, data=text.encode())


def planned(site: Site) -> Iterator[Document]:
    """Yield the feeds of ``site``, the whole first, each before the pages of its archive."""
    for part in parts(site.plan, site.config):
        yield from _documents(site, part, site.archives[part.folder])


class Part(Struct, frozen=True, kw_only=True):
    """What one set of feeds is of: the whole site, or a group, which is ``listed`` if it has a page.

    ``vanished`` is the term that no article bears any more, whose feed says so. ``files`` are output
    paths by format.
    """

    folder: str
    files: Mapping[str, str]
    title: str
    language: str
    heads: Sequence[Head]
    listed: bool = True
    vanished: Vanished | None = None


def parts(plan: Plan, config: Config) -> Iterator[Part]:
    """Yield what there is a set of feeds of: the whole site first.

    Of translations of one article a feed holds one, but for the feed of a language.
    """
    title, language = config.site.title, config.site.language
    wanted = config.feeds.main_language
    spoken = wanted if wanted not in ("", "all") else language
    main = _main(plan, config)
    yield Part(folder="", files=files(config), title=title, language=spoken, heads=main)
    for group in fed(plan, config):
        heads = group.items.heads
        yield Part(
            folder=group.folder,
            files=files(config, group),
            title=f"{title} – {group.label}",
            language=group.label if group.kind == "language" else language,
            heads=heads if group.kind == "language" else _versions(heads, config),
            listed=not config.pages.enabled or is_listed(group, plan, config),
        )
    for gone in plan.vanished:
        yield Part(
            folder=f"{FOLDERS[gone.kind]}/{gone.slug}/",
            files=files(config, gone),
            title=f"{title} – {gone.label}",
            language=language,
            heads=(),
            listed=False,
            vanished=gone,
        )


def fed(plan: Plan, config: Config) -> Iterator[Group]:
    """Yield the groups that have feeds: of the kinds that the settings name, and of languages whose
    articles the site's feed leaves to them."""
    main = {head.path for head in _main(plan, config)}
    left = {head.language for head in plan.items.heads if head.path not in main}
    if not (left or config.feeds.per):
        return
    for group in plan.groups:
        spoken = group.kind == "language" and not left.isdisjoint(group.spellings or (group.label,))
        if group.kind in config.feeds.per or spoken:
            yield group


def _main(plan: Plan, config: Config) -> Sequence[Head]:
    return _versions(plan.items.heads, config)


def _versions(heads: Sequence[Head], config: Config) -> Sequence[Head]:
    """Return ``heads`` with one version of each article, in the language of the settings."""
    wanted = config.feeds.main_language
    return heads if wanted == "all" else one_of_each(heads, wanted or config.site.language)


def is_listed(group: Group, plan: Plan, config: Config) -> bool:
    """Say whether a group has a page: a site in one language needs none that lists it."""
    one = group.kind == "language" and len(plan.of("language")) == 1
    return group.kind in config.pages.lists and not one


def archive(
    plan: Plan, lock: Lock, config: Config, *, closing: bool
) -> tuple[dict[str, Pages], Lock]:
    """Return the pages of each feed by its folder, and the lock that remembers those closed now."""
    if not config.feeds.archive:
        return newest(plan, config), lock
    known = archived(lock)
    visible = {head.id: head for head in plan.items.heads}
    arranged: dict[str, Pages] = {}
    for part in parts(plan, config):
        arranged[part.folder] = arrange(
            part.heads,
            visible,
            known.get(part.folder, {}),
            limit=config.feeds.limit,
            size=config.feeds.archive_size,
            closing=closing,
        )
    closed = {folder: pages.closing for folder, pages in arranged.items() if pages.closing}
    return arranged, with_archived(lock, closed)


def newest(plan: Plan, config: Config) -> dict[str, Pages]:
    """Return the pages of each feed by its folder, where there are no archives."""
    return {
        part.folder: Pages(
            current=tuple(part.heads[: config.feeds.limit]), open=(), closed=(), closing={}
        )
        for part in parts(plan, config)
    }


def _documents(site: Site, part: Part, pages: Pages) -> Iterator[Document]:
    """Yield the current document, then the archive's pages, newest first (RFC 5005 §4)."""
    config = site.config
    current = addresses(config, part.files)
    last = pages.open_number
    numbered = [*enumerate(pages.closed, 1)]
    if last is not None:
        numbered.append((last, pages.open))

    def at(number: int | None) -> dict[str, str]:
        if number is None or not 1 <= number <= len(numbered):
            return {}
        return addresses(config, _archive_files(part, number))

    newest = _feed(site, part, pages.current)
    removed = () if part.folder else _removed(site)
    newest = replace(newest, previous=at(last), removed=removed)
    yield Document(newest, pages.current, listed=part.vanished is None)
    for number, heads in reversed(numbered):
        page_files = _archive_files(part, number)
        feed = replace(
            _feed(site, part, heads),
            files=page_files,
            addresses=addresses(config, page_files),
            page=number,
            closed=number in pages.intact,
            podcast=replace(newest.podcast, new_feed_url=None),
            current=current,
            previous=at(number - 1),
            next=at(number + 1),
        )
        yield Document(feed, heads)


def _removed(site: Site) -> tuple[Removed, ...]:
    """Return what the site announces as removed: nothing that it shows."""
    if not site.settled.removed:
        return ()
    shown = {head.id for head in site.plan.items.heads}
    return tuple(each for each in site.settled.removed if each.id not in shown)


def _archive_files(part: Part, number: int) -> dict[str, str]:
    """Return the output paths of an archive page: below the folder of the current document."""
    return {
        name: posixpath.join(
            posixpath.dirname(file), "archive", str(number), posixpath.basename(file)
        )
        for name, file in part.files.items()
    }


def _feed(site: Site, part: Part, heads: Sequence[Head]) -> Feed:
    config = site.config
    url = config.site.url + quote(part.folder)
    words = site.theme.words(part.language)
    subtitle = config.site.description or None
    updated = max((datetime.fromisoformat(head.modified) for head in heads), default=EPOCH)
    if part.vanished:
        subtitle = words["feed_vanished"].format(name=part.vanished.label)
        updated = max(updated, part.vanished.when)
    return Feed(
        id=site.settled.lock.feeds + quote(part.folder),
        title=part.title,
        url=url if part.listed else config.site.url,
        language=part.language,
        updated=updated,
        entries=(),
        files=part.files,
        addresses=addresses(config, part.files),
        subtitle=subtitle,
        author=config.site.author,
        rights=config.site.rights,
        logo=site_file(site, config.site.logo),
        icon=site_file(site, config.site.icon),
        hub=config.feeds.hub,
        content=config.feeds.content,
        podcast=podcasts.show(config, site_file(site, config.podcast.image), part.folder),
        categories=_labels(site, "category", heads),
        tags=_labels(site, "tag", heads),
        stylesheet=config.site.url + STYLE,
        words=words,
    )


def _labels(site: Site, kind: Kind, heads: Sequence[Head]) -> dict[str, str]:
    """Return the address of the page of each category or tag that ``heads`` bear."""
    folders = site.plan.folders[kind]
    borne = (head.categories if kind == "category" else head.tags for head in heads)
    base = site.config.site.url
    return {label: base + quote(folders[label]) for labels in borne for label in labels}


def opml_address(site: Site) -> str | None:
    """Return where the list of all feeds is served, where there is one.

    OPML 2.0 lists feeds in XML: of a site that has none there is nothing to list.
    """
    listed = site.config.feeds.opml and {"atom", "rss"} & set(site.config.feeds.formats)
    return f"{site.config.site.url}feeds.opml" if listed else None


def site_file(site: Site, written: str | None) -> str | None:
    """Return the address of the site's logo or icon: an absolute URL, or a file of its folder."""
    if not written:
        return None
    if is_absolute(written):
        return to_uri(written)
    if written in site.tree.files:
        return site.library.asset(written).url
    return None


def logo(site: Site, *, dark: bool = False) -> Image | None:
    """Return the site's logo with its sizes, or the one for ``dark`` grounds, where it has it."""
    written = site.config.site.logo_dark if dark else site.config.site.logo
    url = site_file(site, written)
    if not written or url is None:
        return None
    if written in site.tree.files:
        asset = site.library.asset(written)
        return Image(
            src=asset.url, alt=site.config.site.title, width=asset.width, height=asset.height,
            type=asset.type,
        )  # fmt: skip
    return Image(src=url, alt=site.config.site.title, type=media_type(url))


def files(config: Config, group: Group | Vanished | None = None) -> dict[str, str]:
    """Return the output path of each format: of the feeds of a group, or of the whole site."""
    named: dict[str, str] = {name: getattr(config.feeds, name) for name in config.feeds.formats}
    if group is None:
        return named
    patterns = getattr(config.feeds, group.kind)
    return {
        name: patterns[name].replace("{slug}", group.slug)
        if name in patterns
        else f"{FOLDERS[group.kind]}/{group.slug}/{posixpath.basename(file)}"
        for name, file in named.items()
    }


def addresses(config: Config, files: Mapping[str, str]) -> dict[str, str]:
    """Return where each of ``files``, output paths by format, is served."""
    return {name: config.site.url + quote(file) for name, file in files.items()}
