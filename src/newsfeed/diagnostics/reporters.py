"""Diagnostics as text, as JSON, as annotations of a CI service, and as SARIF 2.1.0."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence

from newsfeed.diagnostics import Diagnostic, Worded, worded

_NAMES = {
    "fr": {"error": "erreur", "warning": "attention", "info": "note"},
    "en": {"error": "error", "warning": "warning", "info": "note"},
}
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def text(problems: Sequence[Diagnostic], language: str) -> str:
    """Return two lines a problem: place, severity, code, what is wrong; then what to do."""
    names = _NAMES["fr" if language.startswith("fr") else "en"]
    lines = []
    for each in _all_worded(problems, language):
        place = "{path}:{line}:{column}".format_map(each)
        lines.append(f"{place}: {names[each['severity']]} [{each['code']}] {each['message']}")
        if each["hint"]:
            lines.append(f"    → {each['hint']}")
    return "".join(f"{line}\n" for line in lines)


def json_lines(problems: Sequence[Diagnostic], language: str) -> str:
    """Return a JSON array with an object a problem."""
    return json.dumps(_all_worded(problems, language), ensure_ascii=False, indent=2) + "\n"


def github(problems: Sequence[Diagnostic], language: str) -> str:
    """Return workflow commands that annotate the lines (GitHub Actions, ``::error file=…``)."""
    kinds = {"error": "error", "warning": "warning", "info": "notice"}
    return "".join(
        f"::{kinds[each['severity']]} file={_property(each['path'])},line={each['line']},"
        f"col={each['column']},title={_property(each['code'])}::{_escaped(_sentence(each))}\n"
        for each in _all_worded(problems, language)
    )


def sarif(problems: Sequence[Diagnostic], language: str) -> str:
    """Return a SARIF 2.1.0 log (OASIS), which code-scanning services read."""
    from newsfeed import __version__
    from newsfeed.diagnostics.rules import RULES

    codes = sorted({problem.code for problem in problems})
    rules = [
        {
            "id": code,
            "shortDescription": {"text": RULES[code].doc},
            "defaultConfiguration": {"level": _LEVELS[RULES[code].severity]},
        }
        for code in codes
    ]
    results = [_sarif_result(each, codes) for each in _all_worded(problems, language)]
    driver = {"name": "newsfeed", "version": __version__, "rules": rules}
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _sarif_result(problem: Worded, codes: Sequence[str]) -> dict[str, object]:
    region = {"startLine": max(problem["line"], 1), "startColumn": max(problem["column"], 1)}
    place = {"artifactLocation": {"uri": _uri(problem["path"])}, "region": region}
    return {
        "ruleId": problem["code"],
        "ruleIndex": codes.index(problem["code"]),
        "level": _LEVELS[problem["severity"]],
        "message": {"text": _sentence(problem)},
        "locations": [{"physicalLocation": place}],
    }


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


def _all_worded(problems: Sequence[Diagnostic], language: str) -> list[Worded]:
    return [worded(problem, language) for problem in problems]


def _sentence(problem: Worded) -> str:
    """Return what is wrong and what to do on one line."""
    return f"{problem['message']} → {problem['hint']}" if problem["hint"] else problem["message"]


def _escaped(message: str) -> str:
    return message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _escaped(value).replace(":", "%3A").replace(",", "%2C")


def _uri(path: str) -> str:
    from urllib.parse import quote

    return quote(path)
