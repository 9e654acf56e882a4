"""Changes the code for the worse, one small change at a time: do the tests notice?

python tests/mutants.py identity                 every change to a room, in an order of its own
python tests/mutants.py dates --minutes 5        as many as five minutes allow
python tests/mutants.py feeds --list             what would be changed

A change is made to a copy of the source, and the tests of that room are run on it, in an order that
``--seed`` gives. What no test notices is printed, but for the changes in ``data/equivalents.toml``,
which change nothing that anybody sees, each with the reason. The exit code is 1 for any other.
"""

from __future__ import annotations

import argparse
import ast
import compileall
import importlib
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import pytest

TESTS = Path(__file__).parent
SOURCE = TESTS.parent / "src"
EQUIVALENTS = TESTS / "data" / "equivalents.toml"
ROOMS: dict[str, tuple[tuple[str, ...], str]] = {
    "identity": (("identity",), "test_identity_[mps]*.py test_identity_lock_edges.py test_identity_former.py "
                 "test_identity_lockfile.py test_identity_terms.py "
                 "test_moving_adopt.py test_identity_histories.py"),
    "plan": (("site/plan.py", "site/archives.py"),
             "test_site_plan.py test_site_archives.py test_identity_terms.py test_feeds_histories.py"),
    "publish": (("build/publish.py", "build/output_conflicts.py", "build/targets.py"),
                "test_build_publish.py test_build_output_conflicts.py test_build_targets.py test_cli_build.py"),
    "cache": (("build/cache.py", "build/articles.py", "build/remembered_articles.py", "build/remembered_entries.py"),
              "test_build_cache_file.py test_build_remembered_entries.py test_build_articles.py "
              "test_build_cache.py"),
    "feeds": (("feeds", "build/feeds.py"), "test_tables.py test_feeds_channel.py test_feeds_[ajor]*.py test_feeds.py test_podcasts.py "
              "test_feeds_[cdflpst]*.py test_feeds_histories.py"),
    "message": (("newsletter/mime.py", "newsletter/headers.py"), "test_newsletter_mime.py"),
    "merge-tags": (("newsletter/merge_tags.py", "newsletter/inline.py", "newsletter/compact.py"),
                   "test_tables.py test_newsletter_inert.py test_newsletter_compact.py test_newsletter_inline.py test_newsletter_merge_tags.py"),
    "sanitising": (("markup/elements/sanitize.py", "markup/elements/allowed.py", "markup/elements/depth.py"),
                   "test_tables.py test_markup_allowed.py test_markup_depth.py test_markup_cases.py test_markup_kept.py "
                   "test_markup_body.py test_markup_[p-t]*.py"),
    "elements": (("markup/elements",), "test_tables.py test_markup_body.py test_markup_[ckps]*.py test_markup_depth.py test_markup_allowed.py"),
    "markdown": (("markup/markdown",), "test_tables.py test_markup_body.py test_markup_[ckps]*.py"),
    "shortcodes": (("markup/shortcodes",), "test_tables.py test_markup_shortcodes.py test_markup_mdx.py test_own_shortcodes.py test_markup_body.py "
                   "test_markup_kept.py"),
    "plain": (("markup/plain", "markup/typography.py"),
              "test_tables.py test_markup_plaintext.py test_markup_typography.py test_markup_body.py test_markup_rendered.py"),
    "bodies": (("markup/address_slots.py", "markup/assembly.py", "markup/attributes.py", "markup/body.py", "markup/code.py",
                "markup/formulas.py", "markup/positions.py", "markup/references.py", "markup/rendered.py",
                "markup/renderer.py", "markup/report.py", "markup/rewrite.py", "markup/source.py"),
               "test_tables.py test_markup_*.py test_site_references.py"),
    "front-matter": (("content/frontmatter",), "test_tables.py test_content_containers.py test_content_mistakes.py test_content_frontmatter.py"),
    "dates": (("content/dates.py", "content/calendars.py", "content/date_ranges.py"), "test_tables.py test_content_dates.py"),
    "settings": (("config",), "test_tables.py test_config*.py test_docs.py test_every_setting.py"),
    "reading": (("content/reading", "content/scan.py", "content/not_public.py", "content/permalinks.py",
                 "content/languages.py"),
                "test_tables.py test_content_permalinks.py test_content_scan.py test_content_spelling.py test_content_dialects.py test_content_reading.py "
                "test_content_not_public.py test_feeds_languages.py test_withheld.py test_content_as_written.py "
                "test_build_publish.py test_hostile_files.py"),
    "pages": (("pages", "site/entry.py", "site/resolver.py", "site/library.py"),
              "test_site_references.py test_pages.py test_pages_templates.py test_site_library.py "
              "test_site_elsewhere.py test_withheld.py test_pages_lists.py test_site_resizing.py"),
    "letter": (("newsletter/letter.py", "newsletter/article.py", "newsletter/report.py", "newsletter/issues"),
               "test_newsletter_article.py test_newsletter_issues.py test_newsletter_letter.py "
               "test_newsletter_layout.py test_newsletter_faults.py test_cli_digest.py"),
    "commands": (("cli/building.py", "cli/check.py", "cli/shared_steps.py", "cli/session.py"),
                 "test_cli_said.py test_check_silence.py test_cli_opening.py test_cli_check.py test_docs.py "
                 "test_cli_build.py"),
    "fields": (("content/fields", "content/aliases.py", "content/keys.py", "content/field_table.py", "content/spelling.py",
                "content/episode_keys.py", "content/copies.py", "content/placeholders.py", "content/schema.py", "content/autofix.py"),
               "test_tables.py test_content_spelling.py test_content_dialects.py test_content_as_written.py test_content_mistakes.py "
               "test_content_copies.py test_content_reading.py test_podcasts.py test_config_schema.py test_every_option.py test_docs.py"),
    "files": (("content/charset.py", "content/html_scan.py", "content/naming.py", "content/patterns.py",
               "content/public_folders.py", "content/fingerprint.py", "disk.py"),
              "test_tables.py test_content_charset.py test_disk.py test_content_scan.py test_content_permalinks.py test_hostile_files.py "
              "test_cli_build.py"),
    "moving": (("moving", "content/importers"), "test_tables.py test_moving_*.py test_content_importers.py"),
    "building": (("build",), "test_build_*.py test_cli_build.py test_pages_lists.py test_cli_digest.py test_podcasts.py"),
    "command-line": (("cli",), "test_cli_*.py test_check_silence.py test_diagnostics_reporters.py test_every_option.py test_docs.py"),
    "layout": (("newsletter",), "test_newsletter_[afgl]*.py test_newsletter_budget.py test_newsletter_c[lo]*.py "
               "test_newsletter_su*.py test_cli_digest.py"),
    "diagnostics": (("diagnostics/__init__.py", "diagnostics/comments.py", "diagnostics/reasons.py",
                     "diagnostics/reporters.py", "diagnostics/silence.py"),
                    "test_tables.py test_diagnostics_reporters.py test_check_silence.py test_cli_said.py test_cli_check.py"),
    "site": (("site",), "test_site_*.py test_pages*.py test_withheld.py test_podcasts.py"),
    "theme": (("theme",), "test_tables.py test_theme_*.py test_pages.py test_pages_templates.py test_config.py test_newsletter_letter.py"),
    "text": (("text",), "test_tables.py test_text_*.py test_content_dialects.py test_markup_body.py test_podcasts.py test_site_references.py test_pages.py"),
}  # fmt: skip
"""The modules of a room below the package, and the tests that are to notice what changes there."""
LOADED = [
    "hypothesis",
    "msgspec",
    "yaml",
    "lxml.etree",
    "jinja2",
    "click",
    "frontmatter",
    "feedgen",
    "feedparser",
    "PIL.Image",
    "nh3",
]
"""What the tests need of others."""
PATIENCE = 4
"""How many times longer than on sound code the tests may take: then they have noticed."""

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip


class Change(NamedTuple):
    """A change to a file: the text from ``start`` to ``end`` becomes ``new``."""

    path: str
    line: int
    start: int
    end: int
    old: str
    new: str
    row: str

    def __str__(self) -> str:
        old, new = (" ".join(each.split()) for each in (self.old, self.new))
        return f"{self.path}:{self.line}: {old!r} -> {new!r}"


def changes(path: Path) -> Iterator[Change]:
    """Yield every small change to the module at ``path``."""
    text = path.read_text("utf-8")
    starts = [0]
    for row in text.encode().split(b"\n"):
        starts.append(starts[-1] + len(row) + 1)
    data = text.encode()
    name = path.relative_to(SOURCE / "newsfeed").as_posix()
    rows = text.split("\n")
    for node, new in _worse(ast.parse(text)):
        assert node.end_lineno is not None and node.end_col_offset is not None
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[node.end_lineno - 1] + node.end_col_offset
        yield Change(
            name, node.lineno, start, end, data[start:end].decode(), new, rows[node.lineno - 1]
        )


def _worse(tree: ast.Module) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """Yield each expression or statement that is changed, with what it becomes."""
    passive: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passive.add(id(node.value))  # a docstring
        if isinstance(node, ast.AnnAssign | ast.arg) and node.annotation is not None:
            passive |= {id(each) for each in ast.walk(node.annotation)}
        if isinstance(node, ast.FunctionDef) and node.returns is not None:
            passive |= {id(each) for each in ast.walk(node.returns)}
        if isinstance(node, ast.Assert) and node.msg is not None:
            passive |= {id(each) for each in ast.walk(node.msg)}  # no user ever reads it
        if isinstance(node, ast.ClassDef):
            calls = [each for each in node.decorator_list if isinstance(each, ast.Call)]
            said = [*node.keywords, *(each for call in calls for each in call.keywords)]
            passive |= {id(each.value) for each in said if each.arg in _HINTS}
            passive |= {
                id(call) for call in calls if {each.arg for each in call.keywords} <= _HINTS
            }
        if isinstance(node, ast.JoinedStr):
            # A part of it has no place of its own before Python 3.12.
            passive |= {id(each) for each in ast.walk(node) if each is not node}
        if _is_of_types(node):
            passive |= {id(each) for each in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) not in passive:
            yield from _worse_of(node)


_HINTS = {"frozen", "kw_only"}
"""What a class says of itself to who writes code, and to its type checker."""


def _is_of_types(node: ast.AST) -> bool:
    """Say whether ``node`` tells type checkers and importers alone, or how much is remembered."""
    match node:
        case ast.If(test=ast.Name("TYPE_CHECKING")) | ast.Subscript(value=ast.Name("Literal")):
            return True
        case ast.Assign(targets=[ast.Name("__all__")]) | ast.Call(func=ast.Name("lru_cache")):
            return True
    return False


def _worse_of(node: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    for kind, worse in _WORSE.items():
        if isinstance(node, kind):
            yield from worse(node)


def _comparison(node: ast.Compare) -> Iterator[tuple[ast.expr, str]]:
    if type(node.ops[0]) in _COMPARED:
        other = _COMPARED[type(node.ops[0])]()
        changed = ast.Compare(node.left, [other, *node.ops[1:]], node.comparators)
        yield node, f"({ast.unparse(changed)})"


def _conditions(node: ast.BoolOp) -> Iterator[tuple[ast.expr, str]]:
    for at in range(len(node.values)):
        rest = [*node.values[:at], *node.values[at + 1 :]]
        yield node, f"({ast.unparse(rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest))})"


def _negation(node: ast.UnaryOp) -> Iterator[tuple[ast.expr, str]]:
    if isinstance(node.op, ast.Not):
        yield node, f"({ast.unparse(node.operand)})"


def _choice(node: ast.IfExp) -> Iterator[tuple[ast.expr, str]]:
    yield node, f"({ast.unparse(node.body)})"
    yield node, f"({ast.unparse(node.orelse)})"


def _constant(node: ast.Constant) -> Iterator[tuple[ast.expr, str]]:
    if type(node.value) is int:
        yield node, str(node.value + 1)
    elif type(node.value) is bool:
        yield node, str(not node.value)
    elif type(node.value) is str:
        yield node, repr(f"{node.value}x")


def _branch(node: ast.If | ast.While) -> Iterator[tuple[ast.expr, str]]:
    yield node.test, "False"
    if isinstance(node, ast.If) and not node.orelse:
        yield node.test, "True"


def _deed(node: ast.stmt) -> Iterator[tuple[ast.stmt, str]]:
    if not isinstance(getattr(node, "value", None), ast.Constant | ast.Yield | ast.YieldFrom):
        yield node, "pass"


def _members(node: ast.Tuple | ast.List | ast.Set) -> Iterator[tuple[ast.expr, str]]:
    constant = all(isinstance(each, ast.Constant) for each in node.elts)
    for at in range(len(node.elts)) if constant and len(node.elts) > 1 else ():
        rest = type(node)(elts=[*node.elts[:at], *node.elts[at + 1 :]])
        yield node, f"({ast.unparse(rest)})"


def _pairs(node: ast.Dict) -> Iterator[tuple[ast.expr, str]]:
    for at in range(len(node.keys)):
        keys, values = ([*each[:at], *each[at + 1 :]] for each in (node.keys, node.values))
        yield node, ast.unparse(ast.Dict(keys, values))


def _keywords(node: ast.Call) -> Iterator[tuple[ast.expr, str]]:
    for at in range(len(node.keywords)):
        rest = [*node.keywords[:at], *node.keywords[at + 1 :]]
        yield node, ast.unparse(ast.Call(node.func, node.args, rest))


def _filter(node: ast.comprehension) -> Iterator[tuple[ast.expr, str]]:
    yield from ((test, "True") for test in node.ifs)


_WORSE: dict[Any, Callable[[Any], Iterator[tuple[Any, str]]]] = {
    ast.Compare: _comparison,
    ast.BoolOp: _conditions,
    ast.UnaryOp: _negation,
    ast.IfExp: _choice,
    ast.Constant: _constant,
    ast.Tuple | ast.List | ast.Set: _members,
    ast.Dict: _pairs,
    ast.Call: _keywords,
    ast.If | ast.While: _branch,
    ast.Expr | ast.AugAssign | ast.Raise | ast.Continue | ast.Delete: _deed,
    ast.comprehension: _filter,
}
"""How each kind of node gets worse."""


class Trial(NamedTuple):
    """The tests of a room, run in the process ``pid`` on the ``copy`` of the source, until ``end``."""

    pid: int
    change: Change | None
    copy: Path
    before: bytes
    end: float


class _ExamplesFirst:
    """Runs the examples of a file before its laws, which take a hundred times as long."""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        files = {path: number for number, path in enumerate(dict.fromkeys(i.path for i in items))}
        items.sort(
            key=lambda item: (
                files[item.path],
                hasattr(getattr(item, "obj", None), "hypothesis"),
            )
        )


class Suite:
    """Runs the tests of a room on copies of the source, each in a child of this process.

    What the tests load beside newsfeed is loaded once: half of their time would go into that.
    """

    def __init__(self, room: str) -> None:
        patterns = ROOMS[room][1].split()
        self.files = [str(path) for each in patterns for path in sorted(TESTS.glob(each))]
        self.limit = 600.0
        for name in LOADED:
            with suppress(ImportError):
                importlib.import_module(name)

    def begin(self, change: Change | None, copy: Path) -> Trial:
        """Run the tests with ``change`` made in the source at ``copy``."""
        before = b""
        if change:
            place = copy / "newsfeed" / change.path
            before = place.read_bytes()
            place.write_bytes(before[: change.start] + change.new.encode() + before[change.end :])
        sys.stdout.flush()
        child = os.fork()
        if not child:
            self._run(copy)
        return Trial(child, change, copy, before, time.monotonic() + self.limit)

    def _run(self, copy: Path) -> NoReturn:
        os.setpgid(0, 0)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for file in range(3):
            os.dup2(nowhere, file)
        os.chdir(TESTS.parent)
        os.environ |= {
            "PYTHONPATH": str(copy),
            "PYTHONDONTWRITEBYTECODE": "1",
            "HYPOTHESIS_PROFILE": "mutants",
        }
        sys.path.insert(0, str(copy))
        code = 1
        try:
            code = pytest.main(
                [
                    "-x",
                    "-q",
                    "--assert=plain",
                    "-p",
                    "no:cacheprovider",
                    "-p",
                    "no:xdist",
                    *self.files,
                ],
                plugins=[_ExamplesFirst()],
            )
        finally:
            os._exit(code)

    def passed(self, trial: Trial) -> bool | None:
        """Say whether the tests passed, None where they are still running."""
        ended, status = os.waitpid(trial.pid, os.WNOHANG)
        if not ended and time.monotonic() < trial.end:
            return None
        with suppress(OSError):
            os.killpg(trial.pid, signal.SIGKILL)
        if not ended:
            os.waitpid(trial.pid, 0)
        if trial.change:
            (trial.copy / "newsfeed" / trial.change.path).write_bytes(trial.before)
        return bool(ended) and os.waitstatus_to_exitcode(status) == 0


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("room", choices=ROOMS)
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--module", default="", help="only the modules whose path holds this")
    parser.add_argument("--list", action="store_true")
    asked = parser.parse_args()
    found = [
        change
        for name in ROOMS[asked.room][0]
        for path in sorted(modules(SOURCE / "newsfeed" / name))
        if asked.module in path.relative_to(SOURCE).as_posix()
        for change in changes(path)
    ]
    random.Random(asked.seed).shuffle(found)
    if asked.list:
        print(*found, sep="\n")
        return 0
    return _tried(asked, found)


def modules(place: Path) -> list[Path]:
    """Return the modules of a folder, or the one at ``place``."""
    return list(place.rglob("*.py")) if place.is_dir() else [place]


def _tried(asked: argparse.Namespace, found: list[Change]) -> int:
    """Try the changes until the time is over, and say what nobody noticed."""
    reasons = tomllib.loads(EQUIVALENTS.read_text("utf-8")) if EQUIVALENTS.exists() else {}
    until = time.monotonic() + 60 * asked.minutes
    waiting = found[::-1]
    survivors: list[Change] = []
    noticed = 0
    suite = Suite(asked.room)
    with tempfile.TemporaryDirectory() as folder:
        copies = [Path(folder) / str(number) / "src" for number in range(asked.jobs)]
        for copy in copies:
            shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("__pycache__"))
            (copy.parent / "templates").symlink_to(SOURCE.parent / "templates")
            compileall.compile_dir(copy, quiet=1)
        begun = time.monotonic()
        sound = suite.begin(None, copies[0])
        while (passed := suite.passed(sound)) is None:
            time.sleep(0.05)
        if not passed:
            print("the tests fail on the code as it is")
            return 2
        suite.limit = PATIENCE * (time.monotonic() - begun) + 10
        running: list[Trial] = []
        while running or (copies and waiting and time.monotonic() < until):
            while copies and waiting and time.monotonic() < until:
                running.append(suite.begin(waiting.pop(), copies.pop()))
            time.sleep(0.02)
            for trial in running[:]:
                passed = suite.passed(trial)
                if passed is None:
                    continue
                running.remove(trial)
                copies.append(trial.copy)
                noticed += not passed
                if passed and trial.change:
                    survivors.append(trial.change)
                    if not reason(reasons, trial.change):
                        print(trial.change, flush=True)
    harmless = [each for each in survivors if reason(reasons, each)]
    tried = noticed + len(survivors)
    print(f"{asked.room}: {tried} of {len(found)} changes tried, {noticed} noticed, "
          f"{len(harmless)} change nothing, {len(survivors) - len(harmless)} live")  # fmt: skip
    return 1 if len(survivors) > len(harmless) else 0


def reason(reasons: dict[str, list[dict[str, str]]], change: Change) -> str:
    """Return why a change changes nothing, empty where it is not known to.

    What does not name a part of its ``line``, or its ``old`` and ``new``, stands for every one.
    """
    for each in reasons.get("equivalent", ()):
        named = {**change._asdict(), **each}
        same = all(getattr(change, name) == named[name] for name in ("path", "old", "new"))
        if same and each.get("line", "") in change.row:
            return each["reason"]
    return ""


if __name__ == "__main__":
    sys.exit(main())
