"""Where what one article names leads to: links, pictures, files and people, each with what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from posixpath import join, normpath
from urllib.parse import unquote

from msgspec.structs import replace

from newsfeed.diagnostics import Diagnostic, reason_of
from newsfeed.markup.address_slots import Ref, Resolved
from newsfeed.markup.attributes import anchor
from newsfeed.markup.positions import Place
from newsfeed.markup.typography import typeset
from newsfeed.model import Asset, Enclosure, Image, Item, Link, Person
from newsfeed.site import episodes
from newsfeed.site.library import Crossing, Library, is_media, is_source
from newsfeed.text.iri import absolute, is_absolute, to_uri
from newsfeed.text.media_types import media_type
from newsfeed.text.typed_addresses import is_out_of_reach

_UNSHOWN = (".heic", ".heif", ".tif", ".tiff", ".jxl", ".psd", ".eps", ".ai")
"""Endings of pictures of telephones, scanners and printers: most browsers show none of them."""


class Resolver:
    """Finds what one item names, and keeps what it found and missed."""

    def __init__(self, item: Item, library: Library) -> None:
        self.item = item
        self.library = library
        self.assets: dict[str, Asset] = {}
        self._measured: dict[str, Asset] = {}
        self.problems: list[Diagnostic] = []
        self.crossings: list[Crossing] = []
        self.elsewhere = 0

    def resolve(self, ref: Ref) -> Resolved | None:
        """Return where a reference of the body leads, or None where it leads nowhere."""
        if ref.kind == "link" and ref.url.startswith("https://") and not is_out_of_reach(ref.url):
            address = to_uri(ref.url.strip())
            if not address.startswith(self.library.config.site.url):
                self.elsewhere += 1
                return Resolved(address)
        problem = self._problem_at(ref.place)
        if ref.kind == "item":
            return self._called(ref.url, ref.place, problem)
        self._insecure(ref, problem)
        if ref.kind == "link":
            url = self.page(ref.url, problem, ref.place)
            return Resolved(url=url) if url else None
        if ref.kind == "image":
            self._unshown(ref.url, problem)
        return self._media(ref.url, problem, ref.place)

    def _insecure(self, ref: Ref, problem: Callable[..., None]) -> None:
        """Say what is fetched, or leads to this site, without encryption where the site has it."""
        site = self.library.config.site.url
        if not site.startswith("https:") or not ref.url.startswith("http:"):
            return
        if is_out_of_reach(ref.url):
            return  # no matter of encryption
        if ref.kind != "link" or ref.url.startswith("http" + site[5:]):
            problem("link-insecure", url=ref.url)

    def _unshown(self, url: str, problem: Callable[..., None]) -> None:
        """Say that a picture is in a form that few browsers and mail programs know."""
        if url.split("#")[0].split("?")[0].lower().endswith(_UNSHOWN):
            problem("picture-format", url=url)

    def _preview(self, url: str, problem: Callable[..., None]) -> None:
        """Say that an address is that of a preview, where the whole site is none."""
        if is_out_of_reach(url) and not is_out_of_reach(self.library.config.site.url):
            problem("link-preview", url=url)

    def page(
        self, reference: str, problem: Callable[..., None], place: Place = (1, 1)
    ) -> str | None:
        """Return the absolute address of a link: an article, a file beside it, or elsewhere."""
        reference = reference.strip()
        if is_absolute(reference):
            self._preview(reference, problem)
            return self._elsewhere(to_uri(reference), problem, place, reference)
        if reference.startswith("//"):
            return to_uri("https:" + reference)
        if reference.startswith("#") or not reference:
            return self.item.url + to_uri(reference)
        path, mark, fragment = reference.partition("#")
        file = self._file(path, problem)
        if file is None and ("\\" in path or "%5C" in path):
            # Browsers read it so (URL standard, special schemes).
            path = path.replace("%5C", "/").replace("\\", "/")
            reference = path + mark + fragment
        target = self.library.item(file) if file else self._named(path)
        if target is not None:
            if target.page and target.path not in self.library.visible:
                problem("link-hidden", url=reference)
                return None
            return _with_query(self._within(target, mark + fragment, place, reference), path)
        if reference.startswith("/") and (url := self._served(reference)):
            return url
        if file:
            url = self._asset(file, problem, reference)
            # A PDF opens at the page that is named there (RFC 8118 §3).
            return url + to_uri(mark + fragment) if url else None
        url = absolute(reference, self.item.url)
        if is_source(path):
            problem("link-dead", url=reference)
            return url
        return self._elsewhere(url, problem, place, reference)

    def _elsewhere(
        self, url: str, problem: Callable[..., None], place: Place, written: str
    ) -> str | None:
        """Return an absolute address; one below the site's own must be one that is published."""
        base = self.library.config.site.url
        if not url.startswith(base):
            return url
        target = self.library.item_at(url)
        if target is not None and target.path not in self.library.visible:
            problem("link-hidden", url=written)
            return None
        if target is None:
            page = unquote(url[len(base) :].split("#")[0].split("?")[0])
            self.crossings.append(Crossing(place=place, written=written, page=page))
        return url

    def person(self, person: Person) -> Person:
        """Return an author with the whole address of their page; a dead one is said, and left out."""
        if not person.url:
            return person
        place = self.item.line("authors"), 1
        url = self.page(person.url, self._problem_at(place), place)
        return person if url == person.url else replace(person, url=url)

    def canonical(self, reference: str) -> str:
        """Return the whole address of the original; it may lie anywhere, and is not looked up."""
        if is_absolute(reference):
            return reference
        file = self.library.file(reference, self.item.path)
        target = self.library.item(file) if file else None
        return target.url if target is not None else absolute(reference, self.item.url)

    def _named(self, path: str) -> Item | None:
        """Return the article that a path without an ending, or a page's address, leads to."""
        library = self.library
        if not path.startswith("/"):
            beside = self.item.path.rpartition("/")[0]
            if found := library.item(normpath(join(beside, path))):
                return found
        site = library.config.site.url
        base = self.item.url if not path.startswith("/") else site
        return library.item_at(absolute(path.lstrip("/") if base is site else path, base))

    def _within(self, target: Item, fragment: str, place: Place, written: str) -> str:
        """Return the address of a place inside another article, whose ids bear its prefix."""
        if len(fragment) < 2 or not target.page:
            return target.url + to_uri(fragment)
        name = anchor(target.slug, unquote(fragment[1:]))
        self.crossings.append(Crossing(place=place, path=target.path, anchor=name, written=written))
        return f"{target.url}#{to_uri(name)}"

    def _called(self, name: str, place: Place, problem: Callable[..., None]) -> Resolved | None:
        plain, mark, fragment = name.partition("#")
        target = self.library.item_called(plain, self.item.path) if plain else self.item
        if target is None:
            if file := self._file(plain, problem):
                url = self._asset(file, problem, name)
                return Resolved(url=url + mark + to_uri(fragment)) if url else None
            if url := self.library.elsewhere.page_called(plain):
                return Resolved(url=url + mark + to_uri(fragment))
            problem("link-dead", url=name)
            return None
        if target.page and target.path not in self.library.visible:
            problem("link-hidden", url=name)
            return None
        return Resolved(url=self._within(target, mark + fragment, place, name))

    def _media(self, reference: str, problem: Callable[..., None], place: Place) -> Resolved | None:
        reference = reference.strip()
        if is_absolute(reference):
            self._preview(reference, problem)
            published = self._elsewhere(to_uri(reference), problem, place, reference)
            return Resolved(url=published) if published else None
        if reference.startswith("//"):
            return Resolved(url=to_uri("https:" + reference))
        if reference.startswith("/") and (url := self._served(reference)):
            return self._sized(url, reference)
        file = self._file(reference, problem)
        if file is None:
            if url := self._served(reference):
                return Resolved(url=url)
            problem("file-missing", url=reference)
            return None
        url = self._asset(file, problem, reference)
        asset = self.assets.get(file)
        if url is None or asset is None:
            return None
        return Resolved(url=url, width=asset.width, height=asset.height)

    def _file(self, reference: str, problem: Callable[..., None]) -> str | None:
        """Return the file that is meant; one that is called so but for capitals is said."""
        file = self.library.file(reference, self.item.path)
        if file is None:
            file = self.library.file_but_for_capitals(reference, self.item.path)
            if file is not None:
                problem("file-capitals", url=reference, name=_named_alike(file, reference))
        return file

    def _served(self, reference: str) -> str | None:
        """Return the address of what another program serves, as the settings say."""
        return self.library.elsewhere.address(reference, self.item.url)

    def _sized(self, url: str, reference: str) -> Resolved:
        """Return what is served elsewhere, with the sizes of the file where the site has it too."""
        file = self.library.file(reference, self.item.path)
        if file is None or not is_media(file):
            return Resolved(url=url)
        try:
            asset = replace(self.library.asset(file), url=url)
        except OSError:
            return Resolved(url=url)
        self._measured[url] = asset
        return Resolved(url=url, width=asset.width, height=asset.height)

    def image(self, image: Image | None) -> Image | None:
        """Return the item's picture with its address and sizes, or None where it is missing."""
        if image is None:
            return None
        place = self.item.line("image"), 1
        problem = self._problem_at(place)
        self._unshown(image.src, problem)
        found = self._media(image.src, problem, place)
        if found is None:
            return None
        asset = self._found(found.url)
        if asset is None:
            return replace(image, src=found.url, type=media_type(found.url))
        return replace(
            image,
            src=asset.url,
            width=asset.width,
            height=asset.height,
            type=asset.type,
            length=asset.length,
        )

    def enclosure(self, enclosure: Enclosure) -> Enclosure | None:
        """Return an attachment with its address, true length and type, or None where missing."""
        place = episodes.line_of(self.item), 1
        problem = self._problem_at(place)
        found = self._media(episodes.hosted(enclosure.url, self.item, self.library), problem, place)
        if found is None:
            return None
        asset = self._found(found.url)
        if asset is None:
            kind = enclosure.type or media_type(found.url.split("?")[0])
            return replace(enclosure, url=found.url, type=kind)
        limit = self.library.config.items.max_attachment_mb
        if asset.length > limit * 1_000_000:
            size = f"{asset.length / 1_000_000:.1f}"
            problem("file-heavy", url=enclosure.url, size=size, limit=limit)
        return replace(
            enclosure, url=asset.url, length=asset.length, type=enclosure.type or asset.type
        )

    def address(self, field: str, reference: str | None, *, link: bool = False) -> str | None:
        """Return where a file, or a ``link``, of the front matter leads; None where it is missing."""
        if not reference:
            return None
        place = self.item.line(field), 1
        problem = self._problem_at(place)
        if link:
            return self.page(reference, problem, place)
        found = self._media(reference, problem, place)
        return found.url if found is not None else None

    def link(self, link: Link, field: str) -> Link | None:
        """Return a call to action or source with an absolute address, or None where it is dead."""
        if not link.url:
            return link
        place = self.item.line(field), 1
        url = self.page(link.url, self._problem_at(place), place)
        if url is None:
            return None
        language = self.item.language
        typography = self.library.config.items.typography
        return Link(text=typeset(link.text, language) if typography else link.text, url=url)

    def _asset(self, file: str, problem: Callable[..., None], reference: str) -> str | None:
        try:
            if why := self.library.refuses(file):
                problem(why, url=reference)
                return None
            asset = self.library.asset(file)
        except OSError as error:
            problem("file-unreadable", reason=reason_of(error))
            return None
        if asset.length == 0:
            problem("file-empty", url=reference)
        self.library.variants(file)  # what they are called is asked for, too
        self.assets[file] = asset
        return asset.url

    def _found(self, url: str) -> Asset | None:
        published = (asset for asset in self.assets.values() if asset.url == url)
        return next(published, self._measured.get(url))

    def _problem_at(self, place: Place) -> Callable[..., None]:
        line, column = place

        def problem(code: str, **values: object) -> None:
            filled = tuple((name, str(value)) for name, value in values.items())
            self.problems.append(
                Diagnostic(code=code, path=self.item.path, line=line, column=column, values=filled)
            )

        return problem


def _with_query(url: str, path: str) -> str:
    """Return ``url`` with the query of ``path``, what is written of it before the ``#``."""
    _, mark, query = path.partition("?")
    page, hash_mark, fragment = url.partition("#")
    return page + to_uri(mark + query) + hash_mark + fragment


def _named_alike(file: str, reference: str) -> str:
    """Return as much of the path ``file`` as ``reference`` names."""
    parts = [part for part in reference.split("/") if part.strip(".")]
    return "/".join(file.split("/")[-len(parts) :])
