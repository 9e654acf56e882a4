"""The files of a site -> its items: what each article's front matter says, and what is wrong.

`read_article` is pure and takes any bytes. Bodies stay unread but for their first heading and the
sketch that recognises them after a move.
"""

from __future__ import annotations

import html
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from newsfeed import converting as convert
from newsfeed import dates, decoding, dialects, frontmatter, permalinks
from newsfeed.config import Config
from newsfeed.converting import Report
from newsfeed.decoding import Decoded, text_of
from newsfeed.diagnostics import Diagnostic, Edit, arrange, diagnostic
from newsfeed.frontmatter import Value
from newsfeed.model import Image, Item, Link, Tree

__all__ = [
    "Article", "LeftOut", "Reader", "Reading", "articles", "gather", "read", "read_article", "text_of",
]  # fmt: skip

MARKDOWN = (".md", ".markdown", ".mdx", ".mdown", ".mkd")
HTML = (".html", ".htm", ".xhtml")
# Texts that people take for articles: named as left out, where a picture would be passed over.
OTHER_TEXTS = (
    ".txt", ".rst", ".org", ".adoc", ".asciidoc", ".textile", ".njk", ".liquid", ".docx", ".doc",
    ".odt", ".rtf", ".pages", ".ipynb", ".mdc", ".markdoc",
)  # fmt: skip
_NOT_FOLDERS = frozenset(
    ("_includes", "_layouts", "_sass", "_data", "_site", "_plugins", "node_modules", "_templates")
)
_NOT_NAMES_WORDS = "readme license licence changelog contributing code_of_conduct security authors"
_NOT_NAMES = frozenset(_NOT_NAMES_WORDS.split())
_SKETCH = 8
_H1 = re.compile(r"(?:#[ \t]+(.+?)[ \t]*#*|([^\s#>|*+`~-].*)\n=+)[ \t]*(?:\n|\Z)")
_H1_HTML = re.compile(r"<h1\b[^>]*>(.*?)</h1\s*>", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A file that gives no item, and why.

    ``reason`` is ``not-an-article``, ``format`` (a text that is neither Markdown nor HTML),
    ``empty``, ``huge``, ``unreadable``, ``front-matter``, ``no-date`` or ``draft`` (without a date).
    """

    path: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What one file gives: an item, or the reason why it gives none, and its problems.

    ``origins`` are (field, where its value comes from): a key, or ``file name``, ``first heading``.
    """

    item: Item | None
    problems: tuple[Diagnostic, ...] = ()
    left_out: LeftOut | None = None
    origins: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The items of a site by path, what is wrong with its articles, and the files left out."""

    items: tuple[Item, ...]
    problems: tuple[Diagnostic, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def read(tree: Tree, config: Config, *, remembered: Mapping[str, Article] | None = None) -> Reading:
    """Read every article below the folder of articles.

    ``remembered`` holds what `read_article` gave for files that have not changed since.
    """
    reader = Reader(config)
    known = remembered or {}
    found = [known.get(path) or reader.file(tree, path) for path in articles(tree, config)]
    return gather(found, tree, config)


def gather(found: Iterable[Article], tree: Tree, config: Config) -> Reading:
    """Put together what the articles of ``tree`` gave."""
    items: list[Item] = []
    problems: list[Diagnostic] = []
    left_out: list[LeftOut] = []
    for article in found:
        if article.item is not None:
            items.append(article.item)
        if article.left_out is not None:
            left_out.append(article.left_out)
        problems += article.problems
    left_out += _others(tree, config)
    return Reading(
        items=tuple(sorted(items, key=lambda item: item.path)),
        problems=arrange(problems),
        left_out=tuple(sorted(left_out, key=lambda each: each.path)),
    )


def articles(tree: Tree, config: Config) -> list[str]:
    """Return the paths of the files of ``tree`` that are articles by their place and name, sorted."""
    prefix = _prefix(config)
    return sorted(
        path
        for path in tree.files
        if path.startswith(prefix)
        and path.lower().endswith(MARKDOWN + HTML)
        and not _aside(path[len(prefix) :])
    )


def read_article(path: str, data: bytes, config: Config) -> Article:
    """Read one article of ``config``'s site from its bytes. Pure; never raises, whatever they are."""
    return Reader(config).article(path, data)


def _others(tree: Tree, config: Config) -> list[LeftOut]:
    prefix = _prefix(config)
    others = []
    for path in tree.files:
        if not path.startswith(prefix):
            continue
        lower = path.lower()
        if lower.endswith(OTHER_TEXTS):
            others.append(LeftOut(path=path, reason="format"))
        elif lower.endswith(MARKDOWN + HTML) and _aside(path[len(prefix) :]):
            others.append(LeftOut(path=path, reason="not-an-article"))
    return others


def _prefix(config: Config) -> str:
    folder = config.items.path.rstrip("/")
    return "" if folder in ("", ".") else folder.removeprefix("./") + "/"


def _aside(path: str) -> bool:
    """Say whether a path below the folder of articles is none: ``_index.md``, ``.trash/old.md``."""
    *folders, name = path.split("/")
    return name[0] in "_." or any(each[:1] == "." or each in _NOT_FOLDERS for each in folders)


class Reader:
    """Reads the articles of one site: its settings, made ready once."""

    def __init__(self, config: Config) -> None:
        self.zone: ZoneInfo = config.zone
        self.language = config.site.language
        self.order = config.items.date_order
        self.prefix = _prefix(config)
        self.pattern = permalinks.Pattern(config)
        fields = tuple((name, tuple(keys)) for name, keys in config.items.fields.items())
        self.table = dialects.table(fields)

    def file(self, tree: Tree, path: str) -> Article:
        """Read the article at ``path``, not more of it than an article may hold."""
        try:
            if tree.files[path].size > decoding.LIMIT:
                return _left_out(path, "huge", _huge(path, tree.files[path].size))
            data = tree.read(path)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            return _left_out(
                path, "unreadable", diagnostic("article-unreadable", path, reason=reason)
            )
        return self.article(path, data)

    def article(self, path: str, data: bytes) -> Article:
        """Read an article from its bytes."""
        if len(data) > decoding.LIMIT or data.count(b"\n") > decoding.MAX_LINES:
            return _left_out(path, "huge", _huge(path, len(data)))
        decoded = decoding.decode(data)
        if decoded.flaw == "binary":
            return _left_out(path, "unreadable", diagnostic("article-binary", path))
        if not decoded.text.strip():
            return _left_out(path, "empty", diagnostic("article-empty", path))
        is_html = path.lower().endswith(HTML)
        block = frontmatter.read(decoded.text, html=is_html)
        report = Report(path, decoded, block, self.zone, self.order)
        _say_flaws(report)
        _say_faults(report)
        if block.broken:
            return Article(
                item=None,
                problems=tuple(report.problems),
                left_out=LeftOut(path=path, reason="front-matter"),
            )
        if not block.values and not permalinks.name_of(path).day:
            name = path.rpartition("/")[2].rpartition(".")[0].lower()
            if is_html or name in _NOT_NAMES:
                return _left_out(path, "not-an-article", *report.problems)
        return _Builder(self, report, is_html=is_html).article()


class _Builder:
    """Makes the item of one article from its front matter."""

    def __init__(self, reader: Reader, report: Report, *, is_html: bool) -> None:
        self.reader = reader
        self.report = report
        self.is_html = is_html
        self.values = report.block.values
        self.name = permalinks.name_of(report.path.removeprefix(reader.prefix))
        self.found = self._resolve()
        self.origins: list[tuple[str, str]] = [(name, key) for name, (key, _) in self.found.items()]

    def _resolve(self) -> dict[str, tuple[str, Value]]:
        """Return the keys that give each field; a misspelt one serves where nothing else does."""
        found, misspelt = self.reader.table.resolve(self.values)
        for key, meant in misspelt:
            span = self.report.span((key,))
            edits: tuple[Edit, ...] = ()
            line, column = self.report.block.lines.get(key, 1), 1
            if span is not None and span.key[1] > span.key[0]:
                at = self.report.decoded.at
                edits = (Edit(start=at(span.key[0]), end=at(span.key[1]), text=meant),)
                line, column = self.report.decoded.place(span.key[0])
            if meant in self.values:
                edits = ()
            self.report.add("key-misspelt", line, column, edits, key=key, meant=meant)
            field = self.reader.table.ranks.get(meant, ("draft", 0))[0]
            if field not in found and self.values[key]:
                found[field] = (key, self.values[key])
        return found

    def article(self) -> Article:
        draft = self._draft()
        title, body_at = self._title()
        when = self._published(draft=draft)
        if when is None:
            reason = "draft" if draft else "no-date"
            return Article(
                item=None,
                problems=tuple(self.report.problems),
                left_out=LeftOut(path=self.report.path, reason=reason),
                origins=tuple(self.origins),
            )
        item = self._item(title, body_at, when, draft=draft)
        return Article(item=item, problems=tuple(self.report.problems), origins=tuple(self.origins))

    def _item(self, title: str, body_at: int, when: datetime, *, draft: bool) -> Item:
        block, text = self.report.block, self.report.decoded.text
        slug = self._slug()
        categories = self._categories()
        place = self._place(when, slug, categories)
        found = self.found
        return Item(
            path=self.report.path,
            title=title,
            slug=slug,
            published=when,
            url=place.url,
            page=place.page,
            language=self._language(),
            id=self._text("id") or "",
            updated=self._updated(when),
            expires=self._expires(when) if "expires" in found else None,
            draft=draft,
            format="html" if self.is_html else "markdown",
            body_at=body_at,
            body_line=text.count("\n", 0, body_at) + 1,
            categories=categories,
            tags=self._tags() if "tags" in found else (),
            authors=self._one("authors", convert.people) or (),
            summary=self._text("summary"),
            source=self._source(),
            links=self._one("links", convert.links) or (),
            image=self._image(),
            enclosures=self._one("enclosures", convert.enclosures) or (),
            event=self._one("event", convert.event),
            weight=self._weight() if "weight" in found else None,
            canonical=self._one("canonical", convert.address),
            redirects=self._redirects() if "redirects" in found else (),
            translation=self._translation(),
            sketch=sketch(self.report.decoded.body(body_at)),
            lines=tuple(
                (field, block.lines.get(key) or block.lines.get(key.split(".")[0], 1))
                for field, (key, _) in found.items()
            ),
        )

    def _path(self, key: str) -> convert.Path:
        return (key,) if key in self.values or "." not in key else tuple(key.split(".", 1))

    def _one(self, field: str, converter: convert.Converter[convert.T]) -> convert.T | None:
        if field not in self.found:
            return None
        key, value = self.found[field]
        return converter(self.report, self._path(key), value)

    def _text(self, field: str) -> str | None:
        if field not in self.found:
            return None
        key, value = self.found[field]
        return convert.text(self.report, self._path(key), value)

    def _draft(self) -> bool:
        """Say whether the article is held back. What is unclear is held back."""
        draft = f"/{dialects.DRAFT_FOLDER}/" in f"/{self.report.path}"
        for key, value in self.values.items():
            name = key.lower()
            if name not in dialects.DRAFTS:
                continue
            path = (key,)
            if name == "status":
                held = isinstance(value, str) and value.strip().lower() in dialects.HELD_BACK
            elif name in ("published", "publish"):
                given = self.found.get("published", ("", ""))[0] == key
                held = not given and not convert.boolean(self.report, path, value, unclear=True)
            else:
                held = convert.boolean(self.report, path, value, unclear=True)
            draft = draft or held
        if self.found.get("draft"):
            key, value = self.found["draft"]
            draft = draft or convert.boolean(self.report, (key,), value, unclear=True)
        return draft

    def _title(self) -> tuple[str, int]:
        """Return the title, and where the body begins: after the heading that gave the title."""
        body_at = self.report.block.body_at
        title = self._text("title")
        if title is not None:
            return title, body_at
        text = self.report.decoded.text
        heading, after = _heading(text, body_at, is_html=self.is_html)
        written = next((key for key in self.values if key.lower() == "title"), None)
        fallback = _as_title(self.name.stem)
        if written is not None:
            self.report.say("title-empty", (written,), value=heading or fallback)
        if heading:
            self.origins.append(("title", "first heading"))
            return heading, after
        self.origins.append(("title", "file name"))
        if written is None and not _is_said(self.name.stem):
            self.report.add("title-missing", 1, 1, value=fallback)
        return fallback, body_at

    def _published(self, *, draft: bool) -> datetime | None:
        """Return when it is published: by its front matter, else by its file's name."""
        key, value = self.found.get("published", ("", ""))
        if key:
            read = convert.date(self.report, self._path(key), value)
            if read is not None:
                return read.when
            if self.name.day == "":
                return None
        if self.name.day:
            read = dates.read(self.name.day, self.reader.zone)
            if read.when is not None:
                self.origins.append(("published", "file name"))
                return read.when
        if not draft and not key:
            line = 1
            self.report.add("date-missing", line, 1, file=self.report.path.rpartition("/")[2])
        return None

    def _updated(self, published: datetime) -> datetime | None:
        if "updated" not in self.found:
            return None
        key, value = self.found["updated"]
        read = convert.date(self.report, self._path(key), value)
        if read is None or read.when is None:
            return None
        when = read.when
        early = (
            when.date() < published.astimezone(when.tzinfo).date()
            if read.day_only
            else when < published
        )
        if early:
            self.report.say("updated-early", self._path(key), value=_said(value))
        return None if when < published else when

    def _expires(self, published: datetime) -> datetime | None:
        key, value = self.found["expires"]
        read = convert.date(self.report, self._path(key), value)
        if read is None or read.when is None:
            return None
        if read.when <= published:
            self.report.say("expires-early", self._path(key), value=_said(value))
        return read.when

    def _slug(self) -> str:
        if "slug" in self.found:
            slug = self._text("slug")
            if slug:
                return permalinks.slug_of(slug)
        return _slugified(self.name.stem)

    def _categories(self) -> tuple[str, ...]:
        if "categories" not in self.found:
            folder = self.name.folder.split("/")[0]
            return (folder,) if self.report.block.container == "pelican" and folder else ()
        key, value = self.found["categories"]
        if isinstance(value, str):
            if key.lower() == "categories" and self._jekyll() and not set(value) & set(",;"):
                return tuple(dict.fromkeys(value.split()))
            if key.lower() in ("category", "section"):
                return (convert.text(self.report, (key,), value) or "",)
        return convert.texts(self.report, self._path(key), value)

    def _tags(self) -> tuple[str, ...]:
        key, value = self.found["tags"]
        return convert.tags(self.report, self._path(key), value, spaces=self._jekyll())

    def _jekyll(self) -> bool:
        """Say whether a text of several words is a list, as in Jekyll alone."""
        return "_posts/" in self.report.path or "_drafts/" in self.report.path

    def _place(self, when: datetime, slug: str, categories: tuple[str, ...]) -> permalinks.Place:
        category = categories[0] if categories else None
        pattern = self.reader.pattern
        place = pattern.place(when, slug, self.name.folder, category)
        asked = self._text("url") if "url" in self.found else None
        if asked is None:
            return place
        local = when.astimezone(self.reader.zone)
        values = {
            "year": f"{local:%Y}", "month": f"{local:%m}", "day": f"{local:%d}",
            "i_month": str(local.month), "i_day": str(local.day), "short_year": f"{local:%y}",
            "y_day": f"{local:%j}", "hour": f"{local:%H}", "minute": f"{local:%M}",
            "second": f"{local:%S}", "title": slug, "slug": slug, "name": slug, "filename": slug,
            "categories": "/".join(_slugified(each) for each in categories),
            "category": _slugified(category) if category else "", "section": self.name.folder,
            "lang": self._language(), "basename": slug, "path": self.name.folder,
        }  # fmt: skip
        asked_for = pattern.requested(asked, place, values)
        if asked_for.wrong:
            self.report.say("path-unsafe", self._path(self.found["url"][0]), value=asked)
        return asked_for

    def _language(self) -> str:
        written = self._one("language", convert.language)
        return written or self.name.language or self.reader.language

    def _source(self) -> Link | None:
        source = self._one("source", convert.link)
        url = self._one("source_url", convert.address)
        if url is None:
            return source
        return Link(text=source.text if source else convert.host(url), url=url)

    def _image(self) -> Image | None:
        if "image" not in self.found:
            return None
        key, value = self.found["image"]
        return convert.image(self.report, self._path(key), value, self._text("image_alt"))

    def _weight(self) -> int | None:
        return self._one("weight", convert.integer) or None

    def _redirects(self) -> tuple[str, ...]:
        """Return former paths. Obsidian's aliases are other names, and no paths."""
        key, value = self.found["redirects"]
        named = convert.texts(self.report, self._path(key), value)
        if key.lower() == "aliases":
            return tuple(each for each in named if "/" in each and " " not in each)
        return named

    def _translation(self) -> str | None:
        if "translation" in self.found:
            value = self.found["translation"][1]
            if isinstance(value, str) and value.lower() not in ("true", "false"):
                return value.strip()
        if self.name.language:
            return f"{self.name.folder}/{self.name.stem}".lstrip("/")
        return None


def sketch(body: bytes) -> tuple[int, ...]:
    """Return the smallest hashes of a body's paragraphs, whatever their line breaks."""
    hashes = set()
    paragraph = 0
    for row in body.split(b"\n"):
        row = row.strip()
        if row:
            paragraph = zlib.crc32(row, zlib.crc32(b" ", paragraph) if paragraph else 0)
        elif paragraph:
            hashes.add(paragraph)
            paragraph = 0
    if paragraph:
        hashes.add(paragraph)
    return tuple(sorted(hashes)[:_SKETCH])


def _say_flaws(report: Report) -> None:
    """Say what was wrong with the file's bytes."""
    decoded = report.decoded
    if decoded.flaw:
        line, column = _source_place(decoded, decoded.flaw_at)
        # An empty edit: writing the file again is what mends it.
        edits: tuple[Edit, ...] = ()
        if decoded.flaw == "encoding":
            edits = (Edit(start=0, end=0, text=""),)
        character = decoded.source[decoded.flaw_at : decoded.flaw_at + 1]
        report.add(f"article-{decoded.flaw}", line, column, edits, character=character)
    if decoded.illegal:
        line, column = _source_place(decoded, decoded.illegal[0])
        source = decoded.source
        edits = tuple(
            Edit(start=at, end=at + 1, text=" " if source[at] in "\x0b\x0c" else "")
            for at in decoded.illegal[:2000]
        )
        first = f"U+{ord(source[decoded.illegal[0]]):04X}"
        report.add(
            "article-characters", line, column, edits, character=first, count=len(decoded.illegal)
        )


def _source_place(decoded: Decoded, at: int) -> tuple[int, int]:
    before = decoded.source[:at].replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _say_faults(report: Report) -> None:
    """Say what was wrong with the front matter's syntax."""
    for fault in report.block.faults:
        line, column = report.decoded.place(fault.at)
        at = report.decoded.at
        edits = tuple(
            Edit(start=at(start), end=at(end), text=new) for start, end, new in fault.edits
        )
        report.add(fault.code, line, column, edits, **dict(fault.values))


def _left_out(path: str, reason: str, *problems: Diagnostic) -> Article:
    return Article(item=None, problems=problems, left_out=LeftOut(path=path, reason=reason))


def _huge(path: str, size: int) -> Diagnostic:
    return diagnostic("article-huge", path, size=f"{size / 1048576:.1f}")


def _heading(text: str, body_at: int, *, is_html: bool) -> tuple[str, int]:
    """Return the first heading of the first level, and the index after it where it opens the body."""
    if is_html:
        found = _H1_HTML.search(text, body_at)
        if found is None:
            return "", body_at
        plain = " ".join(html.unescape(re.sub(r"<[^>]*>", "", found[1])).split())
        opens = not text[body_at : found.start()].strip()
        return plain, found.end() if opens else body_at
    start = body_at
    while text[start : start + 1] in (" ", "\n", "\t") and start < len(text):
        start += 1
    found = _H1.match(text, start)
    if found:
        return _plain_heading(found[1] or found[2]), found.end()
    fenced = False
    for row in text[body_at : body_at + 20_000].split("\n"):
        if row.startswith(("```", "~~~")):
            fenced = not fenced
        elif not fenced and (found := _H1.fullmatch(row)) and found[1]:
            return _plain_heading(found[1]), body_at
    return "", body_at


def _plain_heading(markdown: str) -> str:
    """Return a heading's text without links, emphasis and attributes."""
    plain = re.sub(r"\s*\{[:#.][^}]*\}\s*$", "", markdown)
    plain = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", plain)
    return re.sub(r"(\*\*|__|`|(?<!\w)[*_]|[*_](?!\w))", "", plain).strip()


def _as_title(stem: str) -> str:
    """Return a file's name as a title: as it is where people named it, else with its words apart."""
    if _is_said(stem) or stem.replace("-", "").isdigit():
        return stem
    words = re.sub(r"[-_]+", " ", stem).strip()
    return words[:1].upper() + words[1:] if words else stem


def _is_said(stem: str) -> bool:
    """Say whether a file's name is written as people write titles."""
    return " " in stem or not stem.isascii() or stem != stem.lower()


def _said(value: Value) -> str:
    return value if isinstance(value, str) else str(value)


@lru_cache(maxsize=65536)
def _slugified(text: str) -> str:
    from newsfeed.slugs import slugify

    return slugify(text)
