"""The lock at its edges: what is refused with its line, what two branches agree on, which version it has."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from newsfeed.diagnostics import ConfigError
from newsfeed.identity.former import Former
from newsfeed.identity.lock_lines import Record, Term
from newsfeed.identity.lockfile import Lock, archived, difference, dump, parse, with_archived
from test_identity_settle import NOW, against, codes, config, item, settle

HEADER = dump(Lock())
GOOD = "tag:a,2026:x x.md 2026-02-03T00:00:00Z 00000000 0123456789abcdef x.html - - -"
WORSE = {
    "an odd number of figures": GOOD.replace("0123456789abcdef", "0123456789abcde"),
    "half a hash": GOOD.replace("0123456789abcdef", "0123456789ab"),
    "capital figures": GOOD.replace("abcdef", "ABCDEF"),
    "an instant of no zone": GOOD.replace("00:00Z ", "00:00+ "),
    "an instant with a space's sign": GOOD.replace("03T00", "03_00"),
    "an empty field": GOOD.replace(" x.html ", "  "),
    "an id that is no URI": GOOD.replace("tag:a,2026:x", "x"),
    "no title": GOOD.replace(" 00000000 ", " - "),
    "a page of an archive without a number": GOOD[:-1] + "0:",
    "a field too many": f"{GOOD} -",
    "a broken escape": GOOD.replace("x.html", "%FF.html"),
    "a broken escape in a former page": GOOD.replace("x.html -", "x.html %FF.html"),
    "a broken escape in a folder": f"{GOOD[:-1]}1:%FF/",
    "an id twice": GOOD,
    "a former page without its own": "former urn:a  b.html - - -",
}


def test_archive_marks_have_one_order() -> None:
    """Two machines close pages of two feeds in another order: the same line."""
    lock = settle(item()).lock
    (key,) = lock.records
    one = with_archived(with_archived(lock, {"": {key: 1}}), {"categories/a/": {key: 2}})
    two = with_archived(with_archived(lock, {"categories/a/": {key: 2}}), {"": {key: 1}})
    assert dump(one) == dump(two)


@pytest.mark.parametrize("line", WORSE.values(), ids=WORSE)
def test_a_line_that_we_did_not_write_is_refused(line: str) -> None:
    """Nothing is guessed from a damaged line: it is named with its number."""
    assert len(parse(f"{HEADER}{GOOD}\n").records) == 1
    with pytest.raises(ConfigError) as error:
        parse(f"{HEADER}{GOOD}\n{line}\n")
    (problem,) = error.value.problems
    code = "lock-duplicate" if line == GOOD else "lock-damaged"
    assert (problem.code, problem.line) == (code, 3)
    assert all(text and "{" not in text for name in ("fr", "en") for text in problem.words(name))


def test_a_lock_that_is_damaged_throughout_is_not_said_line_by_line() -> None:
    """Twenty lines are enough to see what happened."""
    with pytest.raises(ConfigError) as error:
        parse(HEADER + "x\n" * 500)
    assert len(error.value.problems) == 20


def test_a_separator_of_lines_in_a_name_does_not_part_one() -> None:
    """U+2028 and U+0085 end a line for some editors: they are written as escapes."""
    path = "items/a\u2028b\x85c.md"
    settled = settle(replace(item(), path=path))
    text = dump(settled.lock)
    assert [line.split()[0] for line in text.splitlines()] == ["#", "feeds", *settled.lock.records]
    assert parse(text) == settled.lock


def test_an_empty_lock_is_a_lock() -> None:
    """A site without articles has one, and reads it back."""
    assert parse(dump(Lock())) == Lock()


def test_what_is_said_of_the_lock_stays_at_its_line() -> None:
    """Two branches gave one address to two terms: the line of the second is named."""
    rows = [f"term tag a {label} 2026-01-0{day}T00:00:00Z -" for day, label in enumerate("AB", 1)]
    lock = parse("\n".join([HEADER.strip(), *rows]))
    settled = against([item()], lock, config(more='[feeds]\nper = ["tag"]\n'), NOW)
    assert codes(settled) == ["lock-shared"]
    assert [(each.code, each.path, each.line) for each in settled.problems] == [
        ("lock-shared", "newsfeed.lock", 3)
    ]


def test_a_lock_is_of_the_least_version_that_knows_its_lines() -> None:
    """An earlier newsfeed reads what it can."""
    record = {"tag:a,2026:x": Record("tag:a,2026:x", "x.md", "2026-02-03T00:00:00Z", "0" * 8, "-")}
    term = {("tag", "a"): Term("tag", "a", "A b", "2026-02-03T00:00:00Z")}
    former = {"urn:a": Former("urn:a", "a.html", "b.html")}
    for lock, version in (
        (Lock(), 1),
        (Lock(records=record), 1),
        (Lock(terms=term), 2),
        (Lock(records=record, feeds="https://a.example/"), 2),
        (Lock(terms=term, former=former), 3),
    ):
        text = dump(lock)
        assert text.startswith(f"# newsfeed.lock {version}: ")
        assert parse(text) == lock
    text = dump(Lock(records=record, terms=term, former=former, feeds="https://a.example/"))
    assert text.splitlines()[1:] == [
        "feeds https://a.example/",
        "former urn:a a.html b.html - - -",
        "tag:a,2026:x x.md 2026-02-03T00:00:00Z 00000000 - - - - -",
        "term tag a A%20b 2026-02-03T00:00:00Z -",
    ]
    assert difference(text, text) == (5, [])
    assert difference(text, text.replace("A%20b", "A")) == (5, ["A", "A b"])
    assert difference(text, text.replace("b.html", "c.html")) == (3, ["urn:a"])
    assert difference(text, text.replace("//a.", "//b.")) == (2, [])
    assert difference("", text) == (1, ["A b", "urn:a", "x.md"])


@pytest.mark.parametrize(
    ("closed", "is_read"),
    [("1:", True), ("1:,2:a/", True), ("10001:", True), ("10004:", False), ("0:", False), ("01:", False), ("1:,", False), ("1", False)],
)  # fmt: skip
def test_a_page_of_an_archive_is_one_that_can_be(closed: str, is_read: bool) -> None:
    """Its number is not far above that of all articles: a build would write every page below it."""
    for name in ("x.md", "x%20y.md"):
        text = f"{HEADER}{GOOD.replace('x.md', name)[:-1]}{closed}\n"
        if is_read:
            assert archived(parse(text))[""] == {"tag:a,2026:x": int(closed.partition(":")[0])}
        else:
            with pytest.raises(ConfigError):
                parse(text)


@pytest.mark.parametrize("mark", ["<<<<<<< ours", "=======", ">>>>>>> theirs", "||||||| base"])
def test_a_merge_that_is_not_finished_is_said_at_its_line(mark: str) -> None:
    for text, line in ((f"{HEADER}{GOOD}\n{mark}\n", 3), (f"{mark}\n{HEADER}", 1)):
        with pytest.raises(ConfigError) as error:
            parse(text)
        assert [(each.code, each.line) for each in error.value.problems] == [
            ("lock-conflict", line)
        ]


def test_a_lock_of_a_newer_version_is_said_with_both() -> None:
    for version in ("4", "12"):
        with pytest.raises(ConfigError) as error:
            parse(f"{HEADER}# newsfeed.lock {version}: x\n")
        (problem,) = error.value.problems
        assert (problem.code, problem.line) == ("lock-newer", 2)
        assert dict(problem.values) == {"version": version, "ours": "3"}


@pytest.mark.parametrize("turned", [False, True])
def test_what_two_branches_wrote_is_one_whatever_the_order(turned: bool) -> None:
    """The first address, the earliest day, the least spelling; what is there in either is there."""
    rows = [
        "feeds https://b.example/", "feeds https://a.example/",
        "term tag a A 2026-01-02T00:00:00Z 2026-03-01T00:00:00Z", "term tag a a 2026-01-01T00:00:00Z -",
        "term tag b B 2026-01-02T00:00:00Z 2026-03-02T00:00:00Z",
        "term tag b B 2026-01-02T00:00:00Z 2026-03-01T00:00:00Z",
        "former urn:a a.html z.html - - -", "former urn:a a.html y.html - - -",
    ]  # fmt: skip
    lock = parse("\n".join([HEADER.strip(), *(rows[::-1] if turned else rows)]))
    assert lock.feeds == "https://a.example/"
    assert lock.terms == {
        ("tag", "a"): Term("tag", "a", "A", "2026-01-01T00:00:00Z"),
        ("tag", "b"): Term("tag", "b", "B", "2026-01-02T00:00:00Z", "2026-03-02T00:00:00Z"),
    }
    assert lock.former == {"urn:a": Former("urn:a", "a.html", "y.html")}
    assert lock.problems == ()


def test_archive_marks_are_of_articles_that_the_lock_knows() -> None:
    lock = parse(f"{HEADER}{GOOD}\n")
    closed = with_archived(
        lock, {"b/": {"tag:a,2026:x": 2, "urn:nobody": 1}, "a/": {"tag:a,2026:x": 1}}
    )
    assert [record.closed for record in closed.records.values()] == ["1:a/,2:b/"]
    again = with_archived(closed, {"a/": {"tag:a,2026:x": 3}})
    assert [record.closed for record in again.records.values()] == ["3:a/,2:b/"]
