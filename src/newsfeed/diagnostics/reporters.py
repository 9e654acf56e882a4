"""Diagnostics as text, as JSON, and as CI services read them: GitHub, GitLab, JUnit, SARIF 2.1.0."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from newsfeed.diagnostics import Diagnostic, Worded, worded
from newsfeed.text.characters import NOT_IN_XML

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NAMES = {
    "fr": {"error": "erreur", "warning": "attention", "info": "note"},
    "en": {"error": "error", "warning": "warning", "info": "note"},
}
_MANY, _NAMED = 50, 4
"""Of more problems than so many, so many rules are named."""
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_BASE = "%SRCROOT%"
"""What SARIF calls the folder that paths are relative to (§3.14.14)."""


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


def gitlab(problems: Sequence[Diagnostic], language: str) -> str:
    """Return a Code Quality report, which GitLab shows in merge requests.

    A fingerprint stands for what is wrong, not for its line: a problem that an edit above moves is
    the same one. GitLab's documentation, "Code Quality report format".
    """
    from newsfeed.text.hashing import hashed

    severities = {"error": "major", "warning": "minor", "info": "info"}
    seen: Counter[tuple[str, ...]] = Counter()
    rows = []
    for problem, each in zip(problems, _all_worded(problems, language), strict=True):
        what = (problem.code, problem.path, *(text for pair in problem.values for text in pair))
        seen[what] += 1
        rows.append(
            {
                "description": _sentence(each),
                "check_name": each["code"],
                "fingerprint": hashed((*what, str(seen[what]))),
                "severity": severities[each["severity"]],
                "location": {"path": each["path"], "lines": {"begin": max(each["line"], 1)}},
            }
        )
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def junit(problems: Sequence[Diagnostic], language: str) -> str:
    """Return a JUnit report: a file is a suite, and each problem a test that failed.

    A note fails nothing. Without a problem there is one test that passed, since services take a
    report without a test for a run that broke.
    """
    from xml.etree import ElementTree as ET

    by_file: dict[str, list[Worded]] = {}
    for each in _all_worded(problems, language):
        by_file.setdefault(each["path"], []).append(each)
    failed = sum(problem.severity != "info" for problem in problems)
    counts = {"tests": str(max(len(problems), 1)), "failures": str(failed), "errors": "0"}
    root = ET.Element("testsuites", {"name": "newsfeed", **counts})
    for path, rows in by_file.items():
        _junit_suite(root, path, rows)
    if not by_file:
        suite = ET.SubElement(root, "testsuite", {"name": "newsfeed", **counts})
        ET.SubElement(suite, "testcase", {"name": "no problem", "classname": "newsfeed"})
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _junit_suite(root: Element, path: str, rows: Sequence[Worded]) -> None:
    from xml.etree import ElementTree as ET

    failed = sum(each["severity"] != "info" for each in rows)
    counts = {"tests": str(len(rows)), "failures": str(failed), "errors": "0"}
    suite = ET.SubElement(root, "testsuite", {"name": _xml(path), **counts})
    for each in rows:
        place = f"{path}:{each['line']}:{each['column']}"
        names = {"name": f"{each['code']} {place}", "classname": path, "file": path}
        names["line"] = str(each["line"])
        case = ET.SubElement(suite, "testcase", {key: _xml(text) for key, text in names.items()})
        said = _xml(_sentence(each))
        if each["severity"] == "info":
            ET.SubElement(case, "system-out").text = said
        else:
            about = {"message": said, "type": each["severity"]}
            ET.SubElement(case, "failure", about).text = _xml(f"{place}: {_sentence(each)}")


def _xml(text: str) -> str:
    """Return ``text`` without what no XML 1.0 document may hold (§2.2)."""
    return re.sub(f"[{NOT_IN_XML}]", "\ufffd", text)


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
            {
                "tool": {"driver": driver},
                "originalUriBaseIds": {
                    _BASE: {"description": {"text": "The root of the repository."}}
                },
                "columnKind": "unicodeCodePoints",
                "results": results,
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _sarif_result(problem: Worded, codes: Sequence[str]) -> dict[str, object]:
    region = {"startLine": max(problem["line"], 1), "startColumn": max(problem["column"], 1)}
    artifact = {"uri": _uri(problem["path"]), "uriBaseId": _BASE}
    place = {"artifactLocation": artifact, "region": region}
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
    "gitlab": gitlab,
    "junit": junit,
    "sarif": sarif,
}


def counted(problems: Sequence[Diagnostic], language: str) -> str:
    """Return how many there are, once each: ``2 errors, 1 warning``; empty for none.

    Of many, as of a folder that has just moved in, the most frequent rules are named, too.
    """
    distinct = set(problems)
    count = Counter(problem.severity for problem in distinct)
    french = language.startswith("fr")
    names = (
        {"error": "erreur", "warning": "avertissement", "info": "note"}
        if french
        else {"error": "error", "warning": "warning", "info": "note"}
    )
    said = ", ".join(
        f"{count[severity]} {names[severity]}{'s' if count[severity] > 1 else ''}"
        for severity in ("error", "warning", "info")
        if count[severity]
    )
    if len(distinct) <= _MANY:
        return said
    rules = Counter(problem.code for problem in distinct)
    most = sorted(rules.items(), key=lambda rule: (-rule[1], rule[0]))[:_NAMED]
    return f"{said} ({', '.join(f'{code} × {times}' for code, times in most)})"


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
