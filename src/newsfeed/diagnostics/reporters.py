"""Diagnostics as text, as JSON, as annotations of a CI service, and as SARIF 2.1.0."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence

from newsfeed.diagnostics import Diagnostic

_NAMES = {
    "fr": {"error": "erreur", "warning": "attention", "info": "note"},
    "en": {"error": "error", "warning": "warning", "info": "note"},
}


def text(problems: Sequence[Diagnostic], language: str) -> str:
    """Return two lines a problem: place, severity, code, what is wrong; then what to do."""
    names = _NAMES["fr" if language.startswith("fr") else "en"]
    lines = []
    for problem in problems:
        message, hint = problem.words(language)
        place = f"{problem.path}:{problem.line}:{problem.column}"
        lines.append(f"{place}: {names[problem.severity]} [{problem.code}] {message}")
        if hint:
            lines.append(f"    → {hint}")
    return "".join(f"{line}\n" for line in lines)


def json_lines(problems: Sequence[Diagnostic], language: str) -> str:
    """Return a JSON array with an object a problem."""
    rows = []
    for problem in problems:
        message, hint = problem.words(language)
        rows.append(
            {
                "path": problem.path,
                "line": problem.line,
                "column": problem.column,
                "severity": problem.severity,
                "code": problem.code,
                "message": message,
                "hint": hint,
                "fixable": bool(problem.fix),
            }
        )
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def github(problems: Sequence[Diagnostic], language: str) -> str:
    """Return workflow commands that annotate the lines (GitHub Actions, ``::error file=…``)."""
    kinds = {"error": "error", "warning": "warning", "info": "notice"}
    lines = []
    for problem in problems:
        message, hint = problem.words(language)
        body = _escaped(f"{message} → {hint}" if hint else message)
        place = _property(problem.path)
        lines.append(
            f"::{kinds[problem.severity]} file={place},line={problem.line},"
            f"col={problem.column},title={_property(problem.code)}::{body}"
        )
    return "".join(f"{line}\n" for line in lines)


def sarif(problems: Sequence[Diagnostic], language: str) -> str:
    """Return a SARIF 2.1.0 log (OASIS), which code-scanning services read."""
    from newsfeed import __version__
    from newsfeed.diagnostics.rules import RULES

    levels = {"error": "error", "warning": "warning", "info": "note"}
    codes = sorted({problem.code for problem in problems})
    rules = [
        {
            "id": code,
            "shortDescription": {"text": RULES[code].doc},
            "defaultConfiguration": {"level": levels[RULES[code].severity]},
        }
        for code in codes
    ]
    results = []
    for problem in problems:
        message, hint = problem.words(language)
        region = {"startLine": max(problem.line, 1), "startColumn": max(problem.column, 1)}
        place = {"artifactLocation": {"uri": _uri(problem.path)}, "region": region}
        results.append(
            {
                "ruleId": problem.code,
                "ruleIndex": codes.index(problem.code),
                "level": levels[problem.severity],
                "message": {"text": f"{message} → {hint}" if hint else message},
                "locations": [{"physicalLocation": place}],
            }
        )
    driver = {"name": "newsfeed", "version": __version__, "rules": rules}
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


FORMATS: dict[str, Callable[[Sequence[Diagnostic], str], str]] = {
    "text": text,
    "json": json_lines,
    "github": github,
    "sarif": sarif,
}


def counted(problems: Sequence[Diagnostic], language: str) -> str:
    """Return how many there are, once each: ``2 errors, 1 warning``; empty for none."""
    count = Counter(problem.severity for problem in set(problems))
    french = language.startswith("fr")
    names = (
        {"error": "erreur", "warning": "avertissement", "info": "note"}
        if french
        else {"error": "error", "warning": "warning", "info": "note"}
    )
    return ", ".join(
        f"{count[severity]} {names[severity]}{'s' if count[severity] > 1 else ''}"
        for severity in ("error", "warning", "info")
        if count[severity]
    )


def _escaped(message: str) -> str:
    return message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _escaped(value).replace(":", "%3A").replace(",", "%2C")


def _uri(path: str) -> str:
    from urllib.parse import quote

    return quote(path)
