"""Reads the articles of one site, from their bytes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from newsfeed.config import Config
from newsfeed.content import charset, frontmatter, permalinks
from newsfeed.content.charset import MAX_LINES, Decoded
from newsfeed.content.fields import Report
from newsfeed.content.frontmatter import Block
from newsfeed.content.keys import Table
from newsfeed.content.reading.item import Builder, Settings
from newsfeed.content.reading.listing import HTML, folder_of
from newsfeed.content.reading.values import Article, LeftOut
from newsfeed.content.spelling import joined
from newsfeed.diagnostics import Diagnostic, Edit, diagnostic, reason_of
from newsfeed.markup.code import code_of
from newsfeed.model import Tree
from newsfeed.text.regex import regex

_NOT_NAMES_WORDS = "readme license licence changelog contributing code_of_conduct security authors"
_NOT_NAMES = frozenset(_NOT_NAMES_WORDS.split())
_FIXED = 2000
_RICH_TEXT = "{\\rtf"
"""What a text of WordPad begins with, whatever its file is called (RTF 1.9.1, header)."""
_LEADS_ON = frozenset(
    {"redirect", "redirectto", "redirecturl", "redirecttourl", "permanentredirect"}
)
_CONFLICT = regex(r"^<<<<<<< ", re.M)
_Opened = tuple[Decoded, Block]


class Reader:
    """Reads the articles of one site: its settings, made ready once."""

    def __init__(self, config: Config, language_folders: Collection[str] = ()) -> None:
        self.settings = Settings(config, folder_of(config), language_folders)

    def file(self, tree: Tree, path: str) -> Article:
        """Read the article at ``path``, not more of it than an article may hold."""
        data = content(tree, path)
        return data if isinstance(data, Article) else self.article(path, data)

    def article(self, path: str, data: bytes) -> Article:
        """Read an article from its bytes. Never raises, whatever they are."""
        return self._article(path, _opened(path, data))

    def articles(self, files: Iterable[tuple[str, bytes]]) -> list[Article]:
        """Read articles from their paths and bytes.

        All are opened before anything else is done: a processor is a tenth faster where it does one
        thing to many, and then the next.
        """
        opened = [(path, _opened(path, data)) for path, data in files]
        return [self._article(path, each) for path, each in opened]

    def _article(self, path: str, opened: _Opened | Article) -> Article:
        if isinstance(opened, Article):
            return opened
        decoded, block = opened
        report = Report(path, decoded, block, self.settings.zone, self.settings.order)
        _say_flaws(report)
        if (line := _conflict(path, decoded)) > 0:
            report.add("article-conflict", line, 1)
            return _left_out(path, "conflict", *report.problems)
        _say_faults(report, self.settings.table)
        if block.broken:
            return _left_out(path, "front-matter", *report.problems)
        if (moved := _moved(block, decoded.text)) is not None:
            key, to = moved
            report.add("article-moved", block.lines.get(key, 1), 1, to=to)
            return _left_out(path, "moved", *report.problems)
        is_html = _is_html(path)
        if not block.values and not permalinks.name_of(path).day:
            name = path.rpartition("/")[2].rpartition(".")[0].lower()
            if is_html or name in _NOT_NAMES:
                return _left_out(path, "not-an-article", *report.problems)
        return Builder(self.settings, report, is_html=is_html).article()


def content(tree: Tree, path: str) -> bytes | Article:
    """Return the bytes of a file, or what is said of one that is not to be read."""
    try:
        data = tree.read(path, charset.LIMIT + 1)
        return data if len(data) <= charset.LIMIT else _huge(path, tree.files[path].size)
    except OSError as error:
        problem = diagnostic("article-unreadable", path, reason=reason_of(error))
        return _left_out(path, "unreadable", problem)


def _opened(path: str, data: bytes) -> _Opened | Article:
    """Return the text of a file and its front matter, or what is said of one that has no text."""
    size = len(data)
    if size > charset.LIMIT or (size > MAX_LINES and data.count(b"\n") > MAX_LINES):
        return _huge(path, size)
    decoded = charset.decode(data)
    if decoded.flaw == "binary" or decoded.text.startswith(_RICH_TEXT):
        return _left_out(path, "unreadable", diagnostic("article-binary", path))
    if not decoded.text or decoded.text.isspace():
        return _left_out(path, "empty", diagnostic("article-empty", path))
    return decoded, frontmatter.read(decoded.text, html=_is_html(path))


def _is_html(path: str) -> bool:
    return not path.endswith(".md") and path.lower().endswith(HTML)


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
            for at in decoded.illegal[:_FIXED]
        )
        first = f"U+{ord(source[decoded.illegal[0]]):04X}"
        report.add(
            "article-characters", line, column, edits, character=first, count=len(decoded.illegal)
        )


def _moved(block: Block, text: str) -> tuple[str, str] | None:
    """Return the key and the address of what only leads on; None for an article, which has a text."""
    for key, value in block.values.items():
        if "edirect" not in key or joined(key) not in _LEADS_ON or not isinstance(value, str):
            continue
        is_address = value.strip().startswith(("/", "../", "https://", "http://"))
        if is_address and not text[block.body_at :].strip():
            return key, value.strip()
    return None


def _conflict(path: str, decoded: Decoded) -> int:
    """Return the line at which the marks of a merge begin, 0 where there are none but in code."""
    text = decoded.text
    if "<<<<<<< " not in text:
        return 0
    code = code_of(text, "html" if _is_html(path) else "markdown")
    for mark in _CONFLICT.finditer(text):
        if code.end_at(mark.start()) is not None:
            continue
        middle = text.find("\n=======\n", mark.end())
        is_whole = middle >= 0 and text.find("\n>>>>>>> ", middle) >= 0
        return text.count("\n", 0, mark.start()) + 1 if is_whole else 0
    return 0


def _source_place(decoded: Decoded, at: int) -> tuple[int, int]:
    before = decoded.source[:at].replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _say_faults(report: Report, table: Table) -> None:
    """Say what was wrong with the front matter's syntax."""
    for fault in report.block.faults:
        if fault.code == "key-repeated" and not table.reads(dict(fault.values)["key"]):
            continue
        line, column = report.places.place(fault.at)
        at = report.places.at
        edits = tuple(
            Edit(start=at(start), end=at(end), text=new) for start, end, new in fault.edits
        )
        report.add(fault.code, line, column, edits, **dict(fault.values))


def _left_out(path: str, reason: str, *problems: Diagnostic) -> Article:
    return Article(item=None, problems=problems, left_out=LeftOut(path=path, reason=reason))


def _huge(path: str, size: int) -> Article:
    problem = diagnostic("article-huge", path, size=f"{size / 1048576:.1f}")
    return _left_out(path, "huge", problem)
