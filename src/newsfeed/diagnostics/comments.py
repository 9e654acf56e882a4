"""Comments in a text that silence rules: ``<!-- newsfeed: ignore link-dead, html-look -->``.

``ignore`` holds for the whole file, ``ignore-line`` for the comment's line, ``ignore-next-line`` for
the next line that is not empty. Words after a colon or a dash give the reason. In front matter a
comment begins with ``#``.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from newsfeed.text.regex import regex

_COMMENT = regex(r"(<!--|/\*|%%|\{#)\s*newsfeed:\s*(ignore(?:-next-line|-line)?)(?![\w-])")
_ENDS = {"<!--": "-->", "/*": "*/", "%%": "%%", "{#": "#}"}
_IN_FRONT_MATTER = regex(r"(?:^|[ \t])#[ \t]*newsfeed:[ \t]*(ignore(?:-next-line|-line)?)(?![\w-])")
_REASON = regex(r"\s*(?::|--|[–—(])")
_CODE = regex(r"[\s,;]*([A-Za-z][\w*-]*)")
_FENCE = regex(r" {0,3}(`{3,}|~{3,})")
_LONGEST = 2000


class Comment(Struct, frozen=True, kw_only=True):
    """A comment at a line and column: the rules that it names, and the line that it is about.

    ``about`` is None where it is about the whole file.
    """

    line: int
    column: int
    codes: tuple[str, ...]
    about: int | None = None

    def covers(self, line: int) -> bool:
        """Say whether a problem on ``line`` is one that the comment is about."""
        return self.about is None or self.about == line


def comments(text: str) -> tuple[Comment, ...]:
    """Return the comments of ``text`` that silence rules. Those within code are text like any other."""
    if "newsfeed:" not in text:
        return ()
    rows = text.split("\n")
    body = _front_matter(rows)
    found = [_of_front_matter(rows, number) for number in range(body)]
    return (*(each for each in found if each is not None), *_of_body(rows, body))


def _front_matter(rows: list[str]) -> int:
    """Return how many rows the front matter takes, 0 where there is none."""
    first = rows[0].lstrip("\ufeff").rstrip()
    if first not in ("---", "+++"):
        return 0
    return next((n for n, row in enumerate(rows[1:], 1) if row.rstrip() in (first, "...")), 0)


def _of_front_matter(rows: list[str], number: int) -> Comment | None:
    found = _IN_FRONT_MATTER.search(rows[number])
    if found is None:
        return None
    return _comment(rows, number, found.start() + 1, found[1], rows[number][found.end() :])


def _of_body(rows: list[str], start: int) -> Iterator[Comment]:
    fence = ""
    for number in range(start, len(rows)):
        row = rows[number]
        if mark := _FENCE.match(row):
            opened = mark[1]
            if not fence:
                fence = opened
            elif opened[0] == fence[0] and len(opened) >= len(fence):
                fence = ""
        if fence or "newsfeed:" not in row or row.startswith(("    ", "\t")):
            continue
        for found in _COMMENT.finditer(row):
            if row[: found.start()].count("`") % 2:
                continue
            rest = "\n".join((row[found.end() :], *rows[number + 1 : number + 20]))[:_LONGEST]
            said, end, _ = rest.partition(_ENDS[found[1]])
            if end:
                yield _comment(rows, number, found.start() + 1, found[2], said)


def _comment(rows: list[str], number: int, column: int, kind: str, said: str) -> Comment:
    about = None
    if kind == "ignore-line":
        about = number + 1
    elif kind == "ignore-next-line":
        below = range(number + 1, len(rows))
        about = next((each for each in below if rows[each].strip()), number + 1) + 1
    return Comment(line=number + 1, column=column, codes=tuple(_codes(said)), about=about)


def _codes(said: str) -> Iterator[str]:
    """Yield the rules that a comment names, up to the reason."""
    at = 0
    while not _REASON.match(said, at) and (found := _CODE.match(said, at)):
        yield found[1]
        at = found.end()
