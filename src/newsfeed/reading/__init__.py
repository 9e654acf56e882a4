"""The files of a site -> its items: what each article's front matter says, and what is wrong.

`read_article` is pure and takes any bytes. Bodies stay unread but for their first heading and the
sketch that recognises them after a move.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Set
from contextlib import suppress
from operator import attrgetter

from newsfeed import decoding, frontmatter, permalinks
from newsfeed.config import Config
from newsfeed.converting import Report
from newsfeed.decoding import Decoded, text_of
from newsfeed.diagnostics import Diagnostic, Edit, arrange, diagnostic
from newsfeed.dialects import Table
from newsfeed.model import Item, Tree
from newsfeed.reading.article import Builder, Settings
from newsfeed.reading.openings import sketch
from newsfeed.reading.value import Article, LeftOut, Reading

__all__ = [
    "Article",
    "LeftOut",
    "Reader",
    "Reading",
    "articles",
    "gather",
    "read",
    "read_article",
    "sketch",
    "text_of",
]

MARKDOWN = (".md", ".markdown", ".mdx", ".mdown", ".mkd")
HTML = (".html", ".htm", ".xhtml")
# Texts that people take for articles: named as left out, where a picture would be passed over.
OTHER_TEXTS = (
    ".txt", ".rst", ".org", ".adoc", ".asciidoc", ".textile", ".njk", ".liquid", ".docx", ".doc",
    ".odt", ".rtf", ".qmd", ".rmd", ".pages", ".ipynb", ".mdc", ".markdoc", ".json",
)  # fmt: skip
_NOT_FOLDERS = frozenset(
    ("_includes", "_layouts", "_sass", "_data", "_site", "_plugins", "node_modules", "_templates")
)
# What else lies beside the articles where these lie in the site's folder itself.
_OF_THE_SITE = ("issues/", "static/", "templates/")
_NOT_NAMES_WORDS = "readme license licence changelog contributing code_of_conduct security authors"
_NOT_NAMES = frozenset(_NOT_NAMES_WORDS.split())


def read(tree: Tree, config: Config, *, remembered: Mapping[str, Article] | None = None) -> Reading:
    """Read every article below the folder of articles.

    ``remembered`` holds what `read_article` gave for files that have not changed since.
    """
    reader = Reader(config)
    known = remembered or {}
    paths = articles(tree, config, known=known)
    found = [known.get(path) or reader.file(tree, path) for path in paths]
    return gather(found, tree, config, known=frozenset(paths))


def gather(
    found: Iterable[Article], tree: Tree, config: Config, *, known: Set[str] = frozenset()
) -> Reading:
    """Put together what the articles of ``tree`` gave; ``known`` are the paths of articles."""
    items: list[Item] = []
    problems: list[Diagnostic] = []
    left_out: list[LeftOut] = []
    for article in found:
        if article.item is not None:
            items.append(article.item)
        if article.left_out is not None:
            left_out.append(article.left_out)
        problems += article.problems
    others = _others(tree, config, known)
    left_out += others
    problems += _exports(tree, others)
    return Reading(
        items=tuple(sorted(items, key=attrgetter("path"))),
        problems=arrange(problems),
        left_out=tuple(sorted(left_out, key=lambda each: each.path)),
    )


def articles(tree: Tree, config: Config, *, known: Container[str] = ()) -> list[str]:
    """Return the paths of the files of ``tree`` that are articles by their place and name, sorted.

    ``known`` are paths of which that is known already.
    """
    prefix = _prefix(config)
    return sorted(
        path
        for path in tree.files
        if path in known
        or (
            path.startswith(prefix)
            and path.lower().endswith(MARKDOWN + HTML)
            and not _aside(path[len(prefix) :])
            and not (prefix == "" and path.startswith(_OF_THE_SITE))
        )
    )


def read_article(path: str, data: bytes, config: Config) -> Article:
    """Read one article of ``config``'s site from its bytes. Pure; never raises, whatever they are."""
    return Reader(config).article(path, data)


def _others(tree: Tree, config: Config, known: Set[str]) -> list[LeftOut]:
    prefix = _prefix(config)
    others = []
    for path in tree.files.keys() - known:
        if not path.startswith(prefix) or (prefix == "" and path.startswith(_OF_THE_SITE)):
            continue
        lower = path.lower()
        if lower.endswith(OTHER_TEXTS):
            others.append(LeftOut(path=path, reason="format"))
        elif lower.endswith(MARKDOWN + HTML) and _aside(path[len(prefix) :]):
            others.append(LeftOut(path=path, reason="not-an-article"))
    return others


def _exports(tree: Tree, others: Iterable[LeftOut]) -> list[Diagnostic]:
    """Name the exports of other tools among the files that give no article."""
    found: list[Diagnostic] = []
    for left in others:
        if left.path.lower().endswith(".json"):
            from newsfeed.importing import HEAD, looks_like_export

            with suppress(OSError):
                if looks_like_export(tree.read(left.path, HEAD)):
                    found.append(diagnostic("export-found", left.path, file=left.path))
    return found


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
        self.settings = Settings(config, _prefix(config))

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
        if not decoded.text or decoded.text.isspace():
            return _left_out(path, "empty", diagnostic("article-empty", path))
        is_html = path.lower().endswith(HTML)
        block = frontmatter.read(decoded.text, html=is_html)
        report = Report(path, decoded, block, self.settings.zone, self.settings.order)
        _say_flaws(report)
        _say_faults(report, self.settings.table)
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
        return Builder(self.settings, report, is_html=is_html).article()


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


def _say_faults(report: Report, table: Table) -> None:
    """Say what was wrong with the front matter's syntax."""
    for fault in report.block.faults:
        if fault.code == "key-repeated" and not table.reads(dict(fault.values)["key"]):
            continue
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
