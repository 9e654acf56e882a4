"""Rules that are silenced: by settings, by comments, by a baseline; and what cannot be."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from newsfeed.cli import cli
from newsfeed.diagnostics import Diagnostic, diagnostic
from newsfeed.diagnostics.comments import comments
from newsfeed.diagnostics.silence import (
    Silence,
    is_rule,
    key_of,
    matches,
    may_be_noted,
    read_baseline,
    write_baseline,
)
from whole_sites import HEAD, article

NOW = ("--now", "2026-11-23T12:00:00Z")
DEAD = "[there](nowhere.md)\n\n![gone](none.png)"


def call(folder: Path, *arguments: str) -> Result:
    """Run a command in this process."""
    done = CliRunner().invoke(cli, ["-C", str(folder), *arguments, *NOW], standalone_mode=False)
    assert done.exception is None, done.exception
    return done


def run(folder: Path, *arguments: str) -> tuple[int, list[tuple[str, str]]]:
    """Run a command that reports in JSON; return its exit code, and (path, rule) of each problem."""
    done = call(folder, *arguments, "--format", "json")
    problems = json.loads(done.stdout)
    return done.return_value, [(each["path"], each["code"]) for each in problems]


def site(folder: Path, articles: dict[str, str], settings: str = "") -> Path:
    (folder / "newsfeed.toml").write_text(HEAD + settings, "utf-8")
    for path, text in articles.items():
        place = folder / "items" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    return folder


BOTH = [("items/a.md", "file-missing"), ("items/a.md", "link-dead")]
SILENCED: list[tuple[str, str, str, list[tuple[str, str]]]] = [
    ("nothing", "", DEAD, BOTH),
    ("a rule", '[check]\nignore = ["link-dead"]\n', DEAD, BOTH[:1]),
    ("several rules", '[check]\nignore = ["link-*", "file-missing"]\n', DEAD, []),
    ("by path", '[check.per-file-ignores]\n"items/*" = ["link-dead"]\n', DEAD, BOTH[:1]),
    ("by name", '[check]\nper_file_ignores = { "a.md" = ["file-missing"] }\n', DEAD, BOTH[1:]),
    ("elsewhere", '[check.per-file-ignores]\n"items/old/*" = ["link-dead"]\n', DEAD, BOTH),
    ("by a comment", "", f"<!-- newsfeed: ignore link-dead, file-missing: known -->\n\n{DEAD}", []),
    ("for a line", "", "[x](no.md) <!-- newsfeed: ignore-line link-dead -->\n\n[y](no.md)",
     [("items/a.md", "link-dead")]),
    ("for the next line", "", f"<!-- newsfeed: ignore-next-line link-dead -->\n\n{DEAD}", BOTH[:1]),
    ("a misspelt rule", "", f"<!-- newsfeed: ignore link-ded -->\n\n{DEAD}",
     [*BOTH[:1], ("items/a.md", "ignore-unknown"), *BOTH[1:]]),
    ("a rule too many", "", "<!-- newsfeed: ignore link-dead -->\n\nText.",
     [("items/a.md", "ignore-unused")]),
    ("a misspelt setting", '[check]\nignore = ["link-ded"]\n', "Text.", [("newsfeed.toml", "ignore-unknown")]),
    ("shown as code", "", f"`<!-- newsfeed: ignore link-dead -->`\n\n    <!-- newsfeed: ignore link-dead -->\n\n```\n<!-- newsfeed: ignore link-dead -->\n```\n\n{DEAD}",
     BOTH),
]  # fmt: skip


@pytest.mark.parametrize(
    ("settings", "body", "left"), [e[1:] for e in SILENCED], ids=[e[0] for e in SILENCED]
)
def test_what_is_silenced_is_not_said(
    tmp_path: Path, settings: str, body: str, left: list[tuple[str, str]]
) -> None:
    """Nor does it count: exit code 1 is for what is said."""
    folder = site(tmp_path, {"a.md": article(body)}, settings)
    code, said = run(folder, "check")
    assert sorted(said) == sorted(left)
    assert code == (1 if ("items/a.md", "file-missing") in left else 0)


def test_a_comment_in_front_matter(tmp_path: Path) -> None:
    text = "---\ntitle: A title\ndate: 2026-01-02\nlang: xx  # newsfeed: ignore-line language-unknown\n---\nText.\n"
    assert run(site(tmp_path, {"a.md": text}), "check") == (0, [])


def test_a_comment_is_published_nowhere(tmp_path: Path) -> None:
    """Not in a feed, a page, the search index, or a letter."""
    comment = "newsfeed: ignore link-dead"
    files = {
        "a.md": article(f"<!-- {comment} -->\n\nOne <!-- {comment} --> two [x](no.md)."),
        "b.mdx": article(f"{{/* {comment} */}}\n\nThree [x](no.md).", title="B"),
        "c.html": article(f"<p>Four <a href='no.md'>x</a></p><!-- {comment} -->", title="C"),
    }
    folder = site(tmp_path, files, "[newsletter]\nunsubscribe = 'https://a.example/'\n")
    code, said = run(folder, "build")
    assert (code, [each for each in said if each[0].startswith("items/")]) == (0, [])
    texts = [file.read_bytes() for file in (folder / "public").rglob("*") if file.is_file()]
    assert len(texts) > 15
    assert not any(b"newsfeed: ignore" in text for text in texts)


def test_a_strict_build_goes_by_what_is_said(tmp_path: Path) -> None:
    folder = site(tmp_path, {"a.md": article("[x](no.md)")})
    assert run(folder, "build", "--strict")[0] == 1
    assert not (folder / "public" / "atom.xml").exists()
    site(folder, {}, '[check]\nignore = ["link-dead"]\n')
    assert run(folder, "build", "--strict") == (0, [])
    assert (folder / "public" / "atom.xml").exists()
    assert run(folder, "build", "--strict") == (0, [])  # with what is remembered


def test_a_build_says_what_is_misspelt_though_nothing_else_is_wrong(tmp_path: Path) -> None:
    folder = site(tmp_path, {"a.md": article("Text.")}, '[check]\nignore = ["link-ded"]\n')
    assert ("newsfeed.toml", "ignore-unknown") in run(folder, "build")[1]


@pytest.mark.parametrize("form", ["text", "github", "sarif"])
def test_no_format_holds_what_is_silenced(tmp_path: Path, form: str) -> None:
    folder = site(tmp_path, {"a.md": article(DEAD)}, '[check]\nignore = ["file-missing"]\n')
    done = call(folder, "check", "--format", form)
    assert "link-dead" in done.stdout
    assert "file-missing" not in done.stdout
    assert "silenced" in done.stderr
    assert done.return_value == 0


UNPUBLISHED = [
    ("no date", "---\ntitle: A\n---\n{}\n", "date-missing"),
    ("a date of nonsense", "---\ntitle: A\ndate: soon\n---\n{}\n", "date-unreadable"),
    (
        "a block that cannot be read",
        "---\n- one\n- two\n---\n{}\n",
        "frontmatter-not-mapping",
    ),
]


@pytest.mark.parametrize(
    ("text", "rule"), [each[1:] for each in UNPUBLISHED], ids=[e[0] for e in UNPUBLISHED]
)
def test_what_is_not_published_is_never_silent(tmp_path: Path, text: str, rule: str) -> None:
    """Settings, comments and a baseline together do not make exit code 0 of it."""
    comment = f"<!-- newsfeed: ignore {rule} -->"
    folder = site(tmp_path, {"a.md": text.format(comment)}, f'[check]\nignore = ["{rule}"]\n')
    for command in (("check", "--baseline"), ("check",), ("check", "--baseline"), ("build",)):
        code, said = run(folder, *command)
        assert code == 1
        assert ("items/a.md", rule) in said
    assert rule not in (folder / "newsfeed.baseline").read_text("utf-8")


def test_a_baseline(tmp_path: Path) -> None:
    """What was there before is not said; what is new is; what is gone leaves at the update."""
    folder = site(tmp_path, {"a.md": article(DEAD), "b.md": article("[x](no.md)", title="B")})
    assert run(folder, "check", "--baseline") == (0, [])
    assert run(folder, "check") == (0, [])
    assert run(folder, "build", "--strict")[0] == 0
    site(folder, {"a.md": article(f"Some lines.\n\nMore lines.\n\n{DEAD}\n\n[new](new.md)")})
    for command in (("check",), ("check", "--baseline")):
        assert run(folder, *command) == (0, [("items/a.md", "link-dead")])
    site(folder, {"b.md": article("Mended.", title="B")})
    before = (folder / "newsfeed.baseline").read_text("utf-8")
    assert run(folder, "check", "--baseline", "--update") == (0, [])
    after = (folder / "newsfeed.baseline").read_text("utf-8")
    assert "items/b.md" in before
    assert "items/b.md" not in after
    assert after.count("items/a.md") == 3
    assert after == "".join(sorted(after.splitlines(keepends=True)))


def test_a_damaged_baseline_is_named(tmp_path: Path) -> None:
    folder = site(tmp_path, {"a.md": article(DEAD)})
    (folder / "newsfeed.baseline").write_text("<<<<<<< ours\n", "utf-8")
    assert run(folder, "check") == (2, [("newsfeed.baseline", "baseline-damaged")])


@pytest.mark.parametrize(
    ("pattern", "path", "holds"),
    [
        ("items/old/*", "items/old/a/b.md", True),
        ("items/old/", "items/old/a.md", True),
        ("items/**/*.html", "items/a/b/c.html", True),
        ("*.html", "items/a.html", True),
        ("a.md", "items/x/a.md", True),
        ("./items/a.md", "items/a.md", True),
        ("!items/old/*", "items/new/a.md", True),
        ("!items/old/*", "items/old/a.md", False),
        ("items/a", "items/a.md", False),
    ],
)
def test_patterns(pattern: str, path: str, *, holds: bool) -> None:
    assert matches(path, pattern) is holds


CODES = ("link-dead", "file-missing", "summary-long", "date-missing", "template")
PROBLEMS = st.lists(
    st.builds(
        lambda code, path, line: diagnostic(code, path, line, url="x"),
        st.sampled_from(CODES), st.sampled_from(("items/a.md", "items/b.md")), st.integers(1, 3),
    )
)  # fmt: skip


def silence(baseline: Counter[tuple[str, str, str]], ignore: tuple[str, ...] = ()) -> Silence:
    return Silence(
        ignore=ignore, per_file={}, baseline=baseline, held=frozenset(("items/b.md",)),
        comments=lambda _: (), place=lambda _: ("newsfeed.toml", 1, 1),
    )  # fmt: skip


@given(PROBLEMS)
def test_a_baseline_reads_back(problems: list[Diagnostic]) -> None:
    """What was noted is silent the next time, all of it and nothing else."""
    noted = [each for each in set(problems) if may_be_noted(each, frozenset(("items/b.md",)))]
    known = read_baseline(write_baseline(noted))
    assert known == Counter(map(key_of, noted))
    found = silence(known).of(problems)
    assert found.silent == len(noted)
    assert found.gone == 0
    assert set(found.kept) == set(problems) - set(noted)


@given(PROBLEMS, st.sets(st.sampled_from(CODES)))
def test_nothing_that_blocks_is_silenced(problems: list[Diagnostic], ignore: set[str]) -> None:
    found = silence(Counter(), tuple(ignore)).of(problems)
    blocking = {each for each in problems if each.code == "template"}
    blocking |= {
        each for each in problems if each.path == "items/b.md" and each.severity == "error"
    }
    assert blocking <= set(found.kept)
    assert {each for each in problems if each.code not in ignore} <= set(found.kept)


@given(st.text())
def test_any_text_has_comments_or_none(text: str) -> None:
    rows = text.count("\n") + 1
    for comment in comments(f"{text}<!-- newsfeed: ignore {text}"):
        assert 1 <= comment.line <= rows
        assert all(code == code.strip() for code in comment.codes)


def test_families_are_rules() -> None:
    assert is_rule("letter-*")
    assert is_rule("link-dead")
    assert not is_rule("nothing-*")
    assert not is_rule("link")
