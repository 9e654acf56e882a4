"""An issue file -> an `Issue`: its fields, its editorial, and the lines that name articles.

The articles begin at the first list item that names one, with the headings right above it; what
stands before is the editorial. ``docs/newsletter.md`` tells the same to those who write.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from newsfeed.config import Config
from newsfeed.content import dates, frontmatter
from newsfeed.content.charset import decode
from newsfeed.content.fields import Report
from newsfeed.diagnostics import Edit
from newsfeed.newsletter.issues.catalogue import Catalogue
from newsfeed.newsletter.issues.file_fields import Fields
from newsfeed.newsletter.issues.issue import (
    LEFT_OUT,
    Issue,
    IssueSection,
    Line,
    Role,
    Texts,
    is_key,
)
from newsfeed.newsletter.issues.lines import (
    Bullet,
    bullet,
    is_wiki,
    looks_like_article,
    reference,
    struck,
    titled,
)
from newsfeed.newsletter.issues.versions import first_of, heading_in_each, spoken
from newsfeed.text.regex import regex
from newsfeed.text.slugs import slugify

_COMMENT = regex(r"(?<!\\)<!--.*?(?P<end>-->|\Z)", re.DOTALL)
_ATX = regex(r"[ ]{0,3}(?:#{1,6}[ \t]+|#{2,6})(.*?)[ \t]*#*[ \t]*")
_BOLD = regex(r"[ ]{0,3}(\*\*|__)(?=\S)([^*_]*\S)\1[ \t]*:?[ \t]*")
_UNDERLINE = regex(r"[ ]{0,3}(?:=+|-{2,})[ \t]*")
_RULE = regex(r"[ ]{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})")
_LONGEST_ROW = 4000
"""Characters: what is longer is a paragraph, or meant to stall the reader."""
_BARE_NAME = regex(r"\S*[-/.:]\S*")


def parse(
    key: str,
    path: str,
    data: bytes,
    config: Config,
    catalogue: Catalogue,
    words: Callable[[str], Mapping[str, str]],
) -> Issue:
    """Return what the issue file ``path`` says. Pure; never raises, whatever its bytes are.

    ``catalogue`` tells a list of articles from a list in the editorial; ``words``
    returns the interface words of a language, empty for the site's, in which headings such as "In
    brief" may be written.
    """
    decoded = decode(data)
    block = frontmatter.read(decoded.text)
    order = dates.order_of(config.items.date_order, config.site.language)
    report = Report(path, decoded, block, config.zone, order)
    if decoded.flaw == "binary":
        report.add("article-binary", 1, 1)
    elif decoded.flaw:
        report.add("article-encoding", *decoded.place(decoded.flaw_at))
    if key != LEFT_OUT and not is_key(key):
        better = slugify(key)
        report.add("issue-key", 1, 1, key=key, better=better if is_key(better) else "2026-11")
    _say_faults(report)
    issue = Fields(report, config.site.language).of(Issue(key=key, path=path))
    main = first_of(issue.languages, config.site.language) or issue.language
    reader = _Body(report, catalogue, issue.languages or (main,), main, words)
    reader.read(decoded.text, block.body_at)
    return replace(
        issue,
        editorial=reader.editorial,
        editorial_line=reader.editorial_line,
        texts=reader.texts(issue.texts),
        sections=tuple(reader.sections),
        problems=tuple(report.problems),
    )


def _say_faults(report: Report) -> None:
    for fault in report.block.faults:
        at = report.decoded.at
        edits = tuple(Edit(start=at(a), end=at(b), text=new) for a, b, new in fault.edits)
        report.add(fault.code, *report.decoded.place(fault.at), edits, **dict(fault.values))


Kind = Literal["blank", "heading", "language", "line", "struck", "rule", "indented", "text"]


class _Row(Struct, frozen=True):
    """A line below the front matter: what it is, and its text, heading or reference."""

    number: int
    kind: Kind
    text: str = ""
    line: Line | None = None
    sure: bool = False


class _Body:
    """Reads what follows the front matter."""

    def __init__(
        self,
        report: Report,
        catalogue: Catalogue,
        languages: tuple[str, ...],
        main: str,
        words: Callable[[str], Mapping[str, str]],
    ) -> None:
        self.report = report
        self.catalogue = catalogue
        self.languages = languages
        self.main = main
        self.words = words
        self.editorial = ""
        self.editorial_line = 1
        self.sections: list[IssueSection] = []
        self.marks: list[tuple[int, str]] = []

    def read(self, text: str, body_at: int) -> None:
        first = text.count("\n", 0, body_at) + 1
        body = text[body_at:]
        self._unclosed(body, body_at)
        plain = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), body)
        raw = plain.split("\n")
        rows = self._rows(raw, first, body_at)
        start = self._start(rows)
        # Comments alone, such as the note on where to write, are no editorial.
        written = "\n".join(raw[:start]).strip()
        self.editorial = "\n".join(body.split("\n")[:start]) if written else ""
        self.editorial_line = first
        self.marks = [(row.number, row.text) for row in rows[:start] if row.kind == "language"]
        self._list(rows[start:])

    def texts(self, said: Mapping[str, Texts]) -> dict[str, Texts]:
        """Return ``said`` with the editorial in each language: what follows its heading."""
        rows = self.editorial.split("\n") if self.editorial else []
        starts = [
            (self.main, 0),
            *((each, at - self.editorial_line + 1) for at, each in self.marks),
        ]
        ends = [start - 1 for _, start in starts[1:]] + [len(rows)]
        texts = dict(said)
        for (language, start), end in zip(starts, ends, strict=True):
            text = "\n".join(rows[start:end])
            if language in texts and _COMMENT.sub("", text).strip():
                texts[language] = replace(
                    texts[language], editorial=text, editorial_line=self.editorial_line + start
                )
        return texts

    def _unclosed(self, body: str, body_at: int) -> None:
        for found in _COMMENT.finditer(body):
            if not found["end"]:
                place = self.report.decoded.place(body_at + found.start())
                self.report.add("issue-comment", *place)

    def _rows(self, raw: list[str], first: int, at: int) -> list[_Row]:
        """Return what each line is. ``at`` is where the first begins in the file's text."""
        rows: list[_Row] = []
        for number, row in enumerate(raw, first):
            below = raw[number - first + 1] if number - first + 1 < len(raw) else ""
            made = self._row(row, number, below)
            if made.line is not None and made.line.end >= 0:
                at_of = self.report.decoded.at
                start = at_of(at + made.line.start) if made.line.start >= 0 else -1
                line = replace(made.line, start=start, end=at_of(at + made.line.end))
                made = replace(made, line=line)
            if rows and _UNDERLINE.fullmatch(row) and rows[-1].kind == "heading":
                made = _Row(number, "blank")
            rows.append(made)
            at += len(row) + 1
        return rows

    def _row(self, row: str, number: int, below: str) -> _Row:
        if not row.strip():
            return _Row(number, "blank")
        if len(row) > _LONGEST_ROW:
            return _Row(number, "text", row)
        if _RULE.fullmatch(row):
            return _Row(number, "rule")
        if heading := _ATX.fullmatch(row):
            return self._heading(number, heading[1].strip())
        split = bullet(row)
        if split.marked:
            return self._listed(split, number)
        if heading := _BOLD.fullmatch(row):
            return self._heading(number, heading[2].strip().rstrip(":").strip())
        line = reference(split.rest, number, split.column)
        if line is not None and (looks_like_article(line) or self._names(line)):
            sure = bool(line.id) or (line.end >= 0 and line.start < 0)
            return _Row(number, "line", row, line, sure=sure)
        if row[0] in " \t":
            return _Row(number, "indented", row.strip())
        if below.strip() and _UNDERLINE.fullmatch(below):
            return _Row(number, "heading", row.strip())
        return _Row(number, "text", row.strip())

    def _heading(self, number: int, text: str) -> _Row:
        """Return what a heading is: in a letter of several languages one of them may be alone."""
        language = spoken(text, self.languages) if len(self.languages) > 1 else ""
        return _Row(number, "language", language) if language else _Row(number, "heading", text)

    def _listed(self, split: Bullet, number: int) -> _Row:
        if struck(split.rest):
            return _Row(number, "struck")
        line = reference(split.rest, number, split.column)
        if line is None:
            line = titled(split.rest, number, split.column)
            if not self.catalogue.titled(line.target):
                return _Row(number, "text", split.rest)
        sure = looks_like_article(line) or self._names(line)
        sure = sure or bool(self.catalogue.titled(line.target))
        sure = sure or (is_wiki(split.rest) and bool(self.catalogue.find(line.target)))
        return _Row(number, "line", split.rest, line, sure=sure)

    def _names(self, line: Line) -> bool:
        """Say whether a line's reference leads to an article, and is no word of prose."""
        if line.id and self.catalogue.by_id(line.id):
            return True
        return bool(_BARE_NAME.fullmatch(line.target) and self.catalogue.find(line.target))

    def _start(self, rows: list[_Row]) -> int:
        """Return where the articles begin: at the first, or at the headings right above it."""
        start = next((at for at, row in enumerate(rows) if row.kind == "line" and row.sure), None)
        if start is None:
            return len(rows)
        at = start
        while at > 0 and rows[at - 1].kind in ("blank", "heading", "rule", "struck"):
            at -= 1
            if rows[at].kind != "blank":
                start = at
        return start

    def _list(self, rows: list[_Row]) -> None:
        """Gather sections and their lines; say what is neither."""
        titles = ("",) * len(self.languages)
        style: Role = "excerpt"
        lines: list[Line] = []
        before: Kind = "blank"
        for row in [*rows, _Row(0, "heading")]:
            before = self._kind(row, before, lines)
            if row.kind == "heading":
                if lines:
                    section = IssueSection(
                        title=titles[0], titles=titles, style=style, lines=tuple(lines)
                    )
                    self.sections.append(section)
                titles, style = heading_in_each(row.text, self.languages, self.main, self.words)
                lines = []
            elif row.line is not None:
                lines.append(row.line)
            elif before == "indented":
                note = " ".join(filter(None, [lines[-1].note, row.text]))
                lines[-1] = replace(lines[-1], note=note)

    def _kind(self, row: _Row, before: Kind, lines: list[Line]) -> Kind:
        """Return what ``row`` is here: text belongs to the article above it, or is lost, and said."""
        if row.kind not in ("indented", "text", "language"):
            return row.kind
        if (
            lines
            and row.kind != "language"
            and (row.kind == "indented" or before in ("line", "indented"))
        ):
            return "indented"
        if before != "text":
            shown = row.text if len(row.text) <= 60 else row.text[:59] + "…"
            self.report.add("issue-text", row.number, 1, text=shown)
        return "text"
