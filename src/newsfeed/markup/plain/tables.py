"""A table as text: columns where they fit, otherwise one line a cell."""

from __future__ import annotations

from newsfeed.markup.elements.tags import attribute, closing, name_of, text_of

_GAP = 2


class Table:
    """The cells' texts of a table, from what stands inside its element."""

    def __init__(self, inside: list[str]) -> None:
        self.caption = ""
        self.head: list[str] = []
        self.rows: list[list[str]] = []
        parts = ["", *inside] if len(inside) % 2 == 0 else inside
        row: list[str] = []
        headers = 0
        for index in range(1, len(parts), 2):
            tag = parts[index]
            name = name_of(tag)
            if name == "caption" and tag[1] != "/":
                self.caption = _text(parts, index)
            elif tag.startswith("<tr"):
                row, headers = [], 0
            elif name in {"td", "th"} and tag[1] != "/":
                row.append(_text(parts, index))
                row += [""] * (min(int(attribute(tag, "colspan") or 1), 20) - 1)
                headers += name == "th"
            elif tag == "</tr>" and row:
                if headers == len(row) and not self.head and not self.rows:
                    self.head = row
                else:
                    self.rows.append(row)

    def lines(self, width: int) -> list[str]:
        """Return the table in lines of at most ``width`` characters where that is possible."""
        rows = [self.head, *self.rows] if self.head else self.rows
        columns = max(map(len, rows), default=0)
        widths = [
            max((len(row[n]) for row in rows if n < len(row)), default=0) for n in range(columns)
        ]
        written = [self.caption, ""] if self.caption else []
        if sum(widths) + _GAP * (columns - 1) > width:
            return written + self._records()
        for number, row in enumerate(rows):
            cells = (text.ljust(size) for text, size in zip(row, widths, strict=False))
            written.append((" " * _GAP).join(cells).rstrip(" "))
            if self.head and number == 0:
                written.append((" " * _GAP).join("-" * size for size in widths))
        return written or [""]

    def _records(self) -> list[str]:
        """Return a line a cell, after the name of its column."""
        lines: list[str] = []
        for row in self.rows or [self.head]:
            for number, text in enumerate(row):
                name = self.head[number] if self.rows and number < len(self.head) else ""
                if text:
                    label = f"{name}\u00a0: {text}" if name else text
                    lines.append(("- " if number == 0 else "  ") + label)
        return lines


def _text(parts: list[str], start: int) -> str:
    return text_of("".join(parts[start + 1 : closing(parts, start)]))
