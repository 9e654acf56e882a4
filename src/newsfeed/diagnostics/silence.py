"""Which problems are not to be said: by the settings, by comments, and by a baseline.

What keeps something from being published cannot be silenced: an exit code of 0 says that all is
there. Such are the errors of a file that gives no article, and the rules that say `Rule.blocks`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from fnmatch import fnmatchcase

from msgspec import Struct

from newsfeed.diagnostics import Diagnostic, arrange, diagnostic
from newsfeed.diagnostics.comments import Comment
from newsfeed.diagnostics.rules import RULES

Key = tuple[str, str, str]
"""What a problem is beside its line, which moves: its path, its rule, its values as JSON."""

_HEADER = (
    "# Problems that were there before: newsfeed check --baseline --update writes this file.\n"
)


class Silenced(Struct, frozen=True, kw_only=True):
    """What is said of a site: the problems ``kept``, and how many there are beside.

    ``gone`` counts the lines of the baseline that no problem answers to any more; ``held`` are the
    paths of files that give nothing.
    """

    kept: tuple[Diagnostic, ...]
    held: frozenset[str] = frozenset()
    silent: int = 0
    gone: int = 0


class Silence(Struct, frozen=True, kw_only=True):
    """What is silenced: rules everywhere, rules by path, and ``baseline``, known problems.

    ``held`` are the paths of files that give nothing; ``comments`` are those of a file. ``place``
    gives the file, line and column of a rule that the settings name.
    """

    ignore: tuple[str, ...]
    per_file: Mapping[str, tuple[str, ...]]
    baseline: Counter[Key]
    held: frozenset[str]
    comments: Callable[[str], Sequence[Comment]]
    place: Callable[[str], tuple[str, int, int]]

    def of(self, problems: Iterable[Diagnostic], texts: Iterable[str] = ()) -> Silenced:
        """Return ``problems`` without what is silenced, and what is wrong with the silencing itself.

        Of ``texts``, which are paths, comments that silence nothing are named.
        """
        known = Counter(self.baseline)
        said: list[Diagnostic] = [*self._unknown()]
        used: set[tuple[str, Comment]] = set()
        notes: dict[str, Sequence[Comment]] = {}
        silent = 0
        for problem in arrange(problems):
            path = problem.path
            if path not in notes:
                notes[path] = self.comments(path)
            hits = [each for each in notes[path] if _hits(each, problem)]
            used.update((path, each) for each in hits)
            named = bool(hits) or _named(problem.code, self._codes(path))
            open_ = may_be_silenced(problem, self.held)
            if named and not open_:
                place = (hits[0].line, hits[0].column) if hits else (problem.line, problem.column)
                said.append(diagnostic("ignore-refused", path, *place, rule=problem.code))
                named = False
            if named or (open_ and _taken(known, key_of(problem))):
                silent += 1
            else:
                said.append(problem)
        for path in texts:
            for comment in notes[path] if path in notes else self.comments(path):
                said += _of_comment(path, comment, used=(path, comment) in used)
        return Silenced(kept=arrange(said), held=self.held, silent=silent, gone=known.total())

    def _codes(self, path: str) -> tuple[str, ...]:
        more = [codes for pattern, codes in self.per_file.items() if matches(path, pattern)]
        return (*self.ignore, *(code for codes in more for code in codes))

    def _unknown(self) -> Iterable[Diagnostic]:
        named = [
            ("ignore", self.ignore),
            *(("per_file_ignores", c) for c in self.per_file.values()),
        ]
        for key, codes in named:
            for code in codes:
                if not is_rule(code):
                    file, line, column = self.place(key)
                    yield _say_unknown(file, line, column, code)


def may_be_silenced(problem: Diagnostic, held: frozenset[str]) -> bool:
    """Say whether a problem keeps nothing from being published; ``held`` are files that give nothing."""
    if problem.severity != "error":
        return True
    return not RULES[problem.code].blocks and problem.path not in held


def may_be_noted(problem: Diagnostic, held: frozenset[str]) -> bool:
    """Say whether a problem may stand in a baseline: not what is wrong with the silencing itself."""
    return may_be_silenced(problem, held) and not problem.code.startswith("ignore-")


def matches(path: str, pattern: str) -> bool:
    """Say whether ``pattern`` names ``path``: ``items/old/*``, ``*.html``, ``!items/*`` for the rest."""
    if pattern.startswith("!"):
        return not matches(path, pattern[1:])
    plain = pattern.removeprefix("./")
    if plain.endswith("/"):
        return path.startswith(plain)
    plain = plain.replace("**/", "*").replace("**", "*")
    return fnmatchcase(path, plain) or fnmatchcase(path.rpartition("/")[2], plain)


def is_rule(code: str) -> bool:
    """Say whether ``code`` is a rule, or the beginning of rules, ``letter-*``."""
    return code in RULES or (
        code.endswith("*") and any(rule.startswith(code[:-1]) for rule in RULES)
    )


def key_of(problem: Diagnostic) -> Key:
    """Return what a baseline knows a problem by."""
    values = json.dumps(dict(problem.values), ensure_ascii=False, sort_keys=True)
    return problem.path, problem.code, values


def read_baseline(text: str) -> Counter[Key]:
    """Return the problems of a baseline. Raises ValueError where a line is none of one."""
    found: Counter[Key] = Counter()
    for row in text.splitlines():
        if row.strip() and not row.startswith("#"):
            path, code, values = json.loads(row)
            found[path, code, json.dumps(values, ensure_ascii=False, sort_keys=True)] += 1
    return found


def write_baseline(problems: Iterable[Diagnostic]) -> str:
    """Return a baseline of ``problems``: a line each, sorted, so that branches merge."""
    keys = sorted(key_of(problem) for problem in arrange(problems))
    rows = (
        json.dumps([path, code, json.loads(values)], ensure_ascii=False)
        for path, code, values in keys
    )
    return _HEADER + "".join(f"{row}\n" for row in rows)


def _hits(comment: Comment, problem: Diagnostic) -> bool:
    return comment.covers(problem.line) and _named(problem.code, comment.codes)


def _named(code: str, codes: Iterable[str]) -> bool:
    return any(
        code == each or (each.endswith("*") and code.startswith(each[:-1])) for each in codes
    )


def _taken(known: Counter[Key], key: Key) -> bool:
    """Take a problem out of the baseline, if it is there."""
    if known[key] <= 0:
        return False
    known[key] -= 1
    return True


def _of_comment(path: str, comment: Comment, *, used: bool) -> Iterable[Diagnostic]:
    place = (comment.line, comment.column)
    wrong = [code for code in comment.codes if not is_rule(code)]
    for code in wrong or ([] if comment.codes else ["…"]):
        yield _say_unknown(path, *place, code)
    if not used and comment.codes and not wrong:
        yield diagnostic("ignore-unused", path, *place, rules=", ".join(comment.codes))


def _say_unknown(path: str, line: int, column: int, code: str) -> Diagnostic:
    near = get_close_matches(code, RULES, n=1, cutoff=0.5)
    suggestion = near[0] if near else "docs/rules.md"
    return diagnostic("ignore-unknown", path, line, column, rule=code, suggestion=suggestion)
