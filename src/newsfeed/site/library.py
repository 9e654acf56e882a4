"""What an article names -> where it is: pictures and files beside it, other articles, the web."""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterable, Set
from functools import cached_property
from typing import Protocol
from unicodedata import normalize
from urllib.parse import quote, unquote

from msgspec import Struct

from newsfeed.config import Config
from newsfeed.markup.positions import Place
from newsfeed.model import Asset, FileInfo, Item, Tree, Variant
from newsfeed.site.attachments import SVG, ending_of, is_allowed
from newsfeed.site.contents import Contents
from newsfeed.site.elsewhere import Elsewhere
from newsfeed.site.items import Items
from newsfeed.site.mail_pictures import Frame, Sent, Shades
from newsfeed.site.names import Names, comparable
from newsfeed.text.hashing import hashed
from newsfeed.text.media_types import media_type
from newsfeed.text.output_paths import is_fit
from newsfeed.text.regex import regex

MEDIA = "media"
_IMAGE_HEAD = 1 << 16
_SCALED = frozenset({"image/jpeg", "image/png", "image/webp"})
_SOURCES = (
    ".md", ".markdown", ".mdx", ".mdown", ".mkd", ".mdc", ".markdoc", ".rst", ".org", ".adoc",
    ".asciidoc", ".textile", ".njk", ".liquid", ".qmd", ".rmd",
)  # fmt: skip

# Where other tools keep what they publish as it is.
_SHELVES = ("", "static/", "public/", "source/", "assets/")
_GIVEN = regex(r"(?:image|audio|video)/|application/(?:pdf|zip|epub|msword|vnd\.)").match

Size = tuple[int | None, int | None]
"""Width and height in pixels, None where a picture does not tell."""


class Crossing(Struct, frozen=True, kw_only=True, array_like=True):
    """A link that leads somewhere only if the rest of the site has it.

    To a place inside another article: the other's ``path`` and the ``anchor`` there. Or to a page of
    the site that is no article's: ``page``, its path below the site's address. ``place`` is the line
    and column of what was ``written``.
    """

    place: Place
    written: str
    path: str = ""
    anchor: str = ""
    page: str = ""


class Sizes(Protocol):
    """What remembers the sizes of pictures."""

    def size(self, path: str) -> Size | None: ...

    def add_size(self, path: str, size: Size) -> None: ...


class Variants(Protocol):
    """What makes pictures smaller."""

    def widths(self, path: str, tree: Tree) -> tuple[int, ...]: ...

    def make_variants(self, paths: Iterable[str], tree: Tree) -> None: ...

    def data(self, path: str, width: int, tree: Tree) -> bytes | None: ...

    def sent(self, path: str, frame: Frame, tree: Tree) -> Sent | None: ...

    def shades(self, path: str, tree: Tree) -> Shades | None: ...


UNPROVEN = "?"
"""The answer to a question about a file whose times do not prove what it holds."""


def is_variant(page: str) -> bool:
    """Say whether the output ``page`` is named as a smaller form of a picture is, or a letter's."""
    return (
        re.search(r"\.(?:[1-9][0-9]*w|letter-[1-9][0-9x-]*(?:-clear)?)\.[a-z]+\Z", page, re.I)
        is not None
    )


class Library:
    """The items and files of a site, to be found by what an article calls them.

    ``visible`` says which items have an address that answers; ``withheld`` are files that would be
    articles, but for something wrong or missing. A file last changed before ``proven``, in
    nanoseconds, is known to be unchanged by its size and times.

    While ``asked`` is a table, each look-up is noted there with its answer: what was found out with
    the same answers holds as long as `answer` gives them again.
    """

    def __init__(
        self,
        tree: Tree,
        items: Items,
        config: Config,
        *,
        visible: Set[str],
        withheld: frozenset[str] = frozenset(),
        proven: int = 0,
    ) -> None:
        self.tree = tree
        self.config = config
        self.items = items
        self.visible = visible
        self.elsewhere = Elsewhere(config)
        self.sizes: Sizes | None = None
        self.scaled: Variants | None = None
        self.asked: dict[str, str] | None = None
        self._answers: dict[str, str] = {}
        self._assets: dict[str, Asset] = {}
        self._at: dict[str, str] = {}
        self._variants: dict[str, tuple[tuple[str, int], ...]] = {}
        self._contents = Contents(tree)
        self._root = config.items.path.rstrip("/")
        self._withheld = withheld
        self._proven = proven

    def __getstate__(self) -> dict[str, object]:
        """Leave behind what belongs to this process."""
        return {**self.__dict__, "sizes": None}

    def answer(self, question: str) -> str:
        """Return what a look-up finds today: `asked` holds such questions."""
        found = self._answers.get(question)
        if found is None:
            kind, _, name = question.partition(":")
            found = self._answers[question] = getattr(self, f"_answer_{kind}")(name)
        return found

    def _answer_item(self, path: str) -> str:
        return self._said_of(self._item(path))

    def _answer_name(self, name: str) -> str:
        return self._said_of(self._names.called(name))

    def _answer_url(self, url: str) -> str:
        return self._said_of(self._page_at(url))

    def _answer_source(self, path: str) -> str:
        return "withheld" if self._withholds(path) else ""

    def _answer_scanned(self, path: str) -> str:
        return self._told_of(self.tree.files.get(path))

    def _answer_folded(self, folded: str) -> str:
        return self._folded.get(folded, "")

    def _answer_file(self, path: str) -> str:
        return self._told_of(self.tree.info(path))

    def _told_of(self, info: FileInfo | None) -> str:
        if info is None:
            return ""
        if max(info.mtime, info.changed) >= self._proven:
            return UNPROVEN
        return f"{info.size} {info.mtime} {info.changed}"

    def _said_of(self, path: str | None) -> str:
        """Return what an article's link depends on of the article that it leads to."""
        if path is None:
            return ""
        head = self.items.heads[path]
        return hashed((path, head.url, head.page, head.slug, str(path in self.visible)))

    def _ask(self, kind: str, name: str) -> None:
        if self.asked is not None:
            question = f"{kind}:{name}"
            self.asked[question] = self.answer(question)

    def item(self, path: str) -> Item | None:
        """Return the item whose file is ``path``, an article's file or its folder."""
        self._ask("item", path)
        found = self._item(path)
        return self.items[found] if found is not None else None

    def _item(self, path: str) -> str | None:
        for candidate in (path, f"{path}.md", f"{path}.html", f"{path}/index.md"):
            if candidate in self.items.heads:
                return candidate
        return None

    def item_called(self, name: str, beside: str) -> Item | None:
        """Return the item that ``name`` means: a path, a file's name, a slug or a title."""
        name = normalize("NFC", unquote(name)).strip().strip("/")
        for start in (posixpath.dirname(beside), self._root):
            if found := self.item(posixpath.normpath(posixpath.join(start, name))):
                return found
        self._ask("name", name)
        path = self._names.called(name)
        return self.items[path] if path is not None else None

    def item_at(self, url: str) -> Item | None:
        """Return the item whose page is at ``url``."""
        name = comparable(url)
        self._ask("url", name)
        path = self._page_at(name)
        return self.items[path] if path is not None else None

    def _page_at(self, url: str) -> str | None:
        path = self._names.at(url)
        return path if path is not None and self.items.heads[path].page else None

    def file(self, reference: str, beside: str) -> str | None:
        """Return the path of the file that ``reference`` names, seen from the article ``beside``.

        Letters with accents may be written in either normal form; a backslash is a slash where no
        file has one in its name (URL standard, special schemes).
        """
        found = (self._file(name, beside) for name in self._names_of(reference))
        return next((path for path in found if path is not None), None)

    def file_but_for_capitals(self, reference: str, beside: str) -> str | None:
        """Return the path of the only file that ``reference`` names if capitals do not count.

        The disks of Windows and macOS find it, and no server does.
        """
        for name in self._names_of(reference):
            for path in self._candidates(name, beside) if "." in name else ():
                folded = path.casefold()
                self._ask("folded", folded)
                if found := self._folded.get(folded):
                    return found
        return None

    def _names_of(self, reference: str) -> Iterable[str]:
        plain = normalize("NFC", unquote(reference.split("#")[0].split("?")[0]))
        slashed = plain.replace("\\", "/")
        # On a site below a path that path may be written or not.
        names = (self.elsewhere.inside(plain), plain, self.elsewhere.inside(slashed), slashed)
        return dict.fromkeys(names)

    def _file(self, plain: str, beside: str) -> str | None:
        candidates = self._candidates(plain, beside)
        found = next((path for path in candidates if self._is_file(path)), None)
        return found or self._in_public_folders(plain, candidates[0])

    def _candidates(self, plain: str, beside: str) -> list[str]:
        """Return where a file may lie that an article calls ``plain``, in the order of preference."""
        if plain.startswith("/"):
            inside = plain.lstrip("/")
            return [f"static/{inside}", inside, f"{self._root}/{inside}"]
        return [
            posixpath.normpath(posixpath.join(posixpath.dirname(beside), plain)),
            f"static/{plain}",
            f"{self._root}/{plain}",
            # Hexo keeps an article's pictures in a folder of its name.
            f"{posixpath.splitext(beside)[0]}/{plain}",
        ]

    def _is_file(self, path: str) -> bool:
        self._ask("scanned", path)
        return path in self.tree.files

    def _in_public_folders(self, plain: str, beside: str) -> str | None:
        """Return the path of a picture or document that other tools keep outside of the articles.

        ``/images/a.png`` is below ``source`` in Hexo, ``public`` in Astro, the root in Jekyll. The tree
        knows no file outside of such folders.
        """
        if not _GIVEN(media_type(plain)):
            return None
        candidates = [] if plain.startswith("/") else [beside]
        if plain.startswith("/"):
            folders = [""]
            for part in self._root.split("/")[:-1]:
                folders.insert(0, f"{folders[0]}{part}/")
            inside = plain.lstrip("/")
            candidates = [f"{folder}{shelf}{inside}" for folder in folders for shelf in _SHELVES]
        elif plain.startswith("@"):
            candidates.append("src/" + plain.lstrip("@/"))
        return next((path for path in candidates if self._is_found(path)), None)

    def _is_found(self, path: str) -> bool:
        self._ask("file", path)
        return self.tree.info(path) is not None

    def withholds(self, path: str) -> bool:
        """Say whether ``path`` is the source of an article or a letter, which is never published.

        A draft, or what another tool makes a page of, would be read by all through a mere link; so
        would one through a link of the disk.
        """
        origin = self.tree.origin(path)
        for each in {path, origin}:
            self._ask("source", each)
        return self._withholds(path) or self._withholds(origin)

    def refuses(self, path: str) -> str:
        """Return why no article may publish the file ``path``, as the code of a rule; empty if it may.

        What lies in ``static/`` is published as it is: its owner put it there.
        """
        if self.withholds(path):
            return "link-hidden"
        origin = self.tree.origin(path)
        for each in (path, origin):
            if each.startswith("static/"):
                continue
            if not is_allowed(each, self.config.items.attachments):
                return "attachment-type"
            unseen = ending_of(each) == SVG and SVG not in self.config.items.attachments
            if unseen and self._contents.runs_script(path):
                return "picture-script"
        return self._contents.mistaken(path)

    def _withholds(self, path: str) -> bool:
        if path in self.items or path in self._withheld:
            return True
        below = self._root in ("", ".") or path.startswith(self._root + "/")
        if not below and path.startswith("issues/"):
            # A picture beside an issue's file is shown as one beside an article is.
            return not _GIVEN(media_type(path))
        return False if not below else is_source(path)

    def asset(self, path: str) -> Asset:
        """Return the published form of the file ``path``, with its true type and sizes.

        Raises OSError when it cannot be read.
        """
        if path not in self._assets:
            info = self.tree.info(path)
            if info is None:
                raise FileNotFoundError(path)
            page = self.page(path)
            kind = media_type(path)
            width, height = self._size(path) if kind.startswith("image/") else (None, None)
            self._assets[path] = Asset(
                path=path,
                page=page,
                url=self.config.site.url + quote(page),
                type=kind,
                length=info.size,
                width=width,
                height=height,
            )
            self._at[self._assets[path].url] = path
        return self._assets[path]

    def make_variants(self, references: Iterable[tuple[str, str]]) -> None:
        """Make the smaller forms of pictures, each by its reference and the article beside which it is."""
        if self.scaled is not None and self.config.pages.enabled:
            paths = dict.fromkeys(self.file(reference, beside) for reference, beside in references)
            self.scaled.make_variants(
                [path for path in paths if path is not None and self._is_scaled(path)], self.tree
            )

    def _is_scaled(self, path: str) -> bool:
        pages = self.config.pages
        return pages.enabled and bool(pages.picture_widths) and media_type(path) in _SCALED

    def variants(self, path: str) -> tuple[Variant, ...]:
        """Return the smaller forms of the picture at ``path``, the narrowest first.

        A name that a file of the site bears already stays that file's.
        """
        if self.scaled is None or not self._is_scaled(path):
            return ()
        if path not in self._variants:
            stem, ending = posixpath.splitext(path)
            self._variants[path] = tuple(
                (f"{stem}.{width}w{ending}", width) for width in self.scaled.widths(path, self.tree)
            )
        return tuple(
            Variant(
                page=self.page(name), url=self.config.site.url + quote(self.page(name)), width=width
            )
            for name, width in self._variants[path]
            if not self._is_file(name) and is_fit(self.page(name))
        )

    def candidates(self, url: str) -> tuple[tuple[str, int], ...]:
        """Return (address, width in pixels) of a picture at ``url`` and of its smaller forms.

        Empty where there is none but itself.
        """
        path = self._at.get(url)
        smaller = self.variants(path) if path is not None else ()
        width = self._assets[path].width if path is not None else None
        if not smaller or width is None:
            return ()
        return (*((each.url, each.width) for each in smaller), (url, width))

    def path_at(self, url: str) -> str | None:
        """Return the path of the file that is published at ``url``, None where there is none."""
        if url in self._at:
            return self._at[url]
        base = self.config.site.url
        if not url.startswith(base):
            return None
        page = unquote(url[len(base) :])
        below = page.removeprefix(f"{MEDIA}/")
        for path in (page, f"{self._root}/{below}", below):
            if self.page(path) == page and self.tree.info(path) is not None:
                return path
        return None

    def page(self, path: str) -> str:
        """Return where the file ``path`` is published."""
        if self._root in ("", "."):
            return path if path.startswith("static/") else f"{MEDIA}/{path}"
        prefix = self._root + "/"
        return f"{MEDIA}/{path.removeprefix(prefix)}" if path.startswith(prefix) else path

    def _size(self, path: str) -> Size:
        known = self.sizes.size(path) if self.sizes is not None else None
        if known is not None:
            return known
        size = self._measured(path)
        if self.sizes is not None:
            self.sizes.add_size(path, size)
        return size

    def _measured(self, path: str) -> Size:
        import imagesize

        for limit in (_IMAGE_HEAD, None):
            try:
                width, height = imagesize.get(io.BytesIO(self.tree.read(path, limit)))
            except OSError:
                raise
            except Exception:  # whatever a foreign reader of pictures runs into
                width, height = -1, -1
            if width > 0 and height > 0:
                return int(width), int(height)
        return None, None

    @cached_property
    def _folded(self) -> dict[str, str]:
        """The files by their paths without capitals; empty where several have the same."""
        folded: dict[str, str] = {}
        for path in self.tree.files:
            name = path.casefold()
            folded[name] = "" if name in folded else path
        return folded

    @cached_property
    def _names(self) -> Names:
        return Names(tuple(self.items.heads.values()))


def is_source(path: str) -> bool:
    """Say whether ``path`` has the name of a text that pages are made of, and is none itself."""
    return path.lower().endswith(_SOURCES)


def is_media(path: str) -> bool:
    """Say whether ``path`` has the name of a picture, a recording or a document."""
    return _GIVEN(media_type(path)) is not None
