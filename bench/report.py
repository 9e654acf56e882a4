"""Costs -> tables: medians, and ratios of runs that were made in the same turn."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from measure import Cost

HEAD = (
    "| corpus | work | articles | change | tool | files | wall, s | CPU, s | memory, MB "
    "| newsfeed's wall is | its CPU | its memory |"
)
RULE = "|---|---|---:|---|---|---:|---:|---:|---:|---:|---:|---:|"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One tool in a row: medians in seconds, bytes; ``files`` is how many its output has.

    ``ratio`` is newsfeed's wall over its wall, ``cpu_ratio`` the same of processor seconds.
    """

    tool: str
    wall: float
    cpu: float
    memory: int
    ratio: float
    cpu_ratio: float
    files: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The tools that did the same ``work`` in turn, on the same articles of a ``corpus``."""

    work: str
    count: int
    change: str
    lines: tuple[Line, ...]
    corpus: str = ""

    @staticmethod
    def of(
        work: str,
        count: int,
        change: str,
        costs: Mapping[str, Sequence[Cost]],
        peaks: Mapping[str, int],
        *,
        base: str = "newsfeed",
        corpus: str = "",
        files: Mapping[str, int] | None = None,
    ) -> Row:
        """Return the row of ``costs``, by tool, one a turn; ``base`` is newsfeed's own."""
        lines = tuple(
            Line(
                tool=tool,
                wall=median(cost.wall for cost in found),
                cpu=median(cost.cpu for cost in found),
                memory=peaks.get(tool, 0),
                files=(files or {}).get(tool, 0),
                ratio=median(
                    own.wall / other.wall for own, other in zip(costs[base], found, strict=True)
                ),
                cpu_ratio=median(
                    own.cpu / other.cpu for own, other in zip(costs[base], found, strict=True)
                ),
            )
            for tool, found in costs.items()
        )
        return Row(corpus=corpus, work=work, count=count, change=change, lines=lines)


def _ratio(own: int, other: int) -> str:
    return f"{own / other:.3f} ×" if own and other else ""


def table(rows: Sequence[Row], *, head: bool = True) -> str:
    """Return rows as a Markdown table."""
    lines = [HEAD, RULE] if head else []
    for row in rows:
        for at, line in enumerate(row.lines):
            first = (row.corpus, row.work, f"{row.count:,}" if row.count else "", row.change)
            cells = [
                *(first if not at else ("", "", "", "")),
                line.tool,
                f"{line.files:,}" if line.files else "",
                f"{line.wall:.3f}",
                f"{line.cpu:.3f}",
                f"{line.memory / 1e6:.0f}" if line.memory else "",
                f"{line.ratio:.3f} ×" if at else "",
                f"{line.cpu_ratio:.3f} ×" if at else "",
                _ratio(row.lines[0].memory, line.memory) if at else "",
            ]
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def document(text: str, results: Mapping[str, Any]) -> str:
    """Return the page ``text`` with the tables of ``results`` between its two marks."""
    rows = [
        Row(**{**row, "lines": tuple(Line(**line) for line in row["lines"])})
        for row in results["rows"]
    ]
    named = ", ".join(f"{name} {value}" for name, value in results["machine"].items())
    notes = "".join(f" {note}." for note in results.get("notes", ()))
    made = f"Medians of {results['runs']} runs in turn. {named}.{notes}\n\n{table(rows)}"
    return within(text, "bench", made)


def within(text: str, name: str, made: str) -> str:
    """Return the page ``text`` with ``made`` between its two marks of that name."""
    return re.sub(
        rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)",
        lambda found: f"{found[1]}\n{made}\n\n{found[2]}",
        text,
        flags=re.S,
    )
