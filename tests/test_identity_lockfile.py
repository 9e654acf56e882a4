"""The lock is text that merges line by line, reads back as written, and is refused when in doubt."""

from __future__ import annotations

import random
import string
from datetime import UTC, datetime, timedelta, timezone
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from draws import times
from newsfeed.diagnostics import ConfigError
from newsfeed.identity.former import Former, is_title
from newsfeed.identity.lock_lines import NONE, Record, instant, later, listed, moment, unlisted
from newsfeed.identity.lockfile import FILE, Lock, archived, difference, dump, parse, with_archived
from newsfeed.text.output_paths import is_fit

HEX = st.text("0123456789abcdef", min_size=8, max_size=8)
INSTANT = st.datetimes(min_value=datetime(1000, 1, 1)).map(
    lambda when: instant(when.replace(tzinfo=UTC))
)
# Anything that a file's name or an id may hold, what separates our fields and lines above all.
TEXT = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from("\n\r\t %,:#-\u2028\x85\ufeff")),
    min_size=1,
    max_size=20,
)
PAGES = TEXT.map("items/{}.html".format).filter(is_fit)
FOLDERS = st.dictionaries(TEXT | st.just(""), st.integers(1, 9999), max_size=3)
RECORD = st.builds(
    Record,
    id=TEXT.map("urn:{}".format),
    path=TEXT.map("items/{}.md".format),
    published=INSTANT,
    title=HEX,
    sketch=st.one_of(st.just(NONE), HEX, st.lists(HEX, min_size=8, max_size=8).map("".join)),
    page=PAGES | st.just(NONE),
    old=st.lists(PAGES, max_size=3).map(listed),
    missed=INSTANT | st.just(NONE),
    closed=st.just(NONE),
)
ADDRESSED = st.tuples(
    st.just("a/%E6%97%A5/index.html"), st.sampled_from(["a/ri/", "a%20b.html", "a/-"])
)
TITLED = st.tuples(
    HEX, st.sampled_from(["atom", "html", "rss", "json"]), TEXT.filter(lambda text: is_title(text))
)
FORMER = st.builds(
    lambda key, place, title: Former(key, *place, *title),
    TEXT.map("urn:{}".format),
    ADDRESSED | st.just((NONE, NONE)),
    TITLED | st.just((NONE, NONE, NONE)),
)
LOCKS = st.builds(
    lambda records, former: Lock(
        records={record.id: record for record in records},
        former={entry.id: entry for entry in former},
    ),
    st.lists(RECORD, max_size=5, unique_by=lambda record: record.id),
    st.lists(FORMER, max_size=3, unique_by=lambda entry: entry.id),
)


@given(LOCKS, FOLDERS, st.randoms())
def test_what_is_written_reads_back(
    lock: Lock, folders: dict[str, int], rng: random.Random
) -> None:
    """Any path, id and folder, any order of the lines, either kind of line ends."""
    closing = {folder: dict.fromkeys(lock.records, page) for folder, page in folders.items()}
    lock = with_archived(lock, closing)
    text = dump(lock)
    assert parse(text) == lock
    header, *lines = text.splitlines(keepends=True)
    rng.shuffle(lines)
    shuffled = parse(header + "".join(lines))
    assert dump(shuffled) == text
    mixed = "\ufeff" + text.replace("\n", "\r\n")
    assert parse(mixed) == lock
    for each in (text, mixed, header + "".join(lines), f"{text}\n# a comment\n"):
        assert parse(each, sound=True) == lock  # as a build reads one that it has checked before
    assert archived(parse(text)) == {folder: each for folder, each in closing.items() if each}


@given(st.lists(TEXT, max_size=4))
def test_a_list_is_one_field(values: list[str]) -> None:
    """Commas and spaces in former pages do not part them."""
    assert unlisted(listed(values)) == values
    assert " " not in listed(values)


@settings(max_examples=times(120, 300))
@given(st.text(string.printable) | st.binary().map(lambda data: data.decode("latin-1")))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text ends in a traceback, with or without our header."""
    for each in (text, dump(Lock()) + text):
        try:
            lock = parse(each)
        except ConfigError as error:
            assert all(problem.path == FILE for problem in error.problems)
        else:
            assert parse(dump(lock)) == lock


@settings(max_examples=times(120, 300))
@given(LOCKS.filter(lambda lock: bool(lock.records)), st.data())
def test_any_damage_is_read_or_refused(lock: Lock, data: st.DataObject) -> None:
    """A character lost or changed anywhere is refused, or leaves a lock that can be used."""
    text = dump(lock)
    place = data.draw(st.integers(0, len(text) - 1))
    damaged = text[:place] + data.draw(st.sampled_from(["", " ", "x", "\n"])) + text[place + 1 :]
    try:
        read = parse(damaged)
    except ConfigError:
        return
    for record in read.records.values():
        moment(record.published)
        assert record.missed == NONE or moment(record.missed)
        unlisted(record.old)
    archived(read)


@given(LOCKS, LOCKS, LOCKS)
def test_lines_of_both_sides_can_be_kept(base: Lock, ours: Lock, theirs: Lock) -> None:
    """Two branches that added articles: the union of their lines is a lock with both."""
    fresh = {key: value for key, value in theirs.records.items() if key not in ours.records}
    one, two = base.records | ours.records, base.records | fresh
    two |= {key: one[key] for key in two.keys() & one.keys()}
    lines = dict.fromkeys(
        [*dump(Lock(records=one)).splitlines(), *dump(Lock(records=two)).splitlines()]
    )
    assert parse("\n".join(lines)).records == one | two


@pytest.mark.parametrize(
    ("when", "text"),
    [
        (datetime(2026, 3, 2, 0, 30, tzinfo=timezone(timedelta(hours=2))), "2026-03-01T22:30:00Z"),
        (datetime(2026, 3, 2, 0, 0, 1, 999999, tzinfo=UTC), "2026-03-02T00:00:01Z"),
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=2))), "0001-01-01T00:00:00Z"),
    ],
)
def test_instants_are_utc(when: datetime, text: str) -> None:
    """Whole seconds, and the first days of the calendar do not overflow."""
    assert instant(when) == text
    assert moment(text).tzinfo is not None


@pytest.mark.parametrize(
    "when", ["2026-W44-1T08:00:00Z", "2026-11-01T080000.0Z", "2026-11-01T24:00:00Z", "2026-11-01"]
)
def test_instants_are_written_in_one_way(when: str) -> None:
    """What else is ISO 8601 we did not write: it would compare as something else."""
    with pytest.raises(ConfigError):
        parse(f"{dump(Lock())}urn:a items/a.md {when} 01234567 - - - - -\n")


def test_every_bad_line_is_named() -> None:
    """One run shows all of them."""
    text = dump(Lock()) + "\nnothing\n\n# a comment\nnothing either\n"
    with pytest.raises(ConfigError) as caught:
        parse(text, "site/newsfeed.lock")
    assert [(each.path, each.line) for each in caught.value.problems] == [
        ("site/newsfeed.lock", 3),
        ("site/newsfeed.lock", 6),
    ]


@given(LOCKS, LOCKS)
def test_what_differs_between_two_locks_is_named(before: Lock, after: Lock) -> None:
    """The articles whose lines came, went or changed, and the first line of the earlier text."""
    old, new = dump(before), dump(after)
    line, paths = difference(old, new)
    ours = [set(lock.records.values()) for lock in (before, after)]
    former = [set(lock.former.values()) for lock in (before, after)]
    assert set(paths) == {record.path for record in ours[0] ^ ours[1]} | {
        entry.id for entry in former[0] ^ former[1]
    }
    rows = old.splitlines()
    assert 1 <= line <= len(rows)
    if old != new:
        assert rows[: line - 1] == new.splitlines()[: line - 1]


LIES = {
    "an address elsewhere": "urn:1 a.html https://other.example/ - - -",
    "an address above": "urn:1 a.html ../a.html - - -",
    "an address with a way up": "urn:1 a.html a/%252E%252E/b.html - - -",
    "an address without a page": "urn:1 - a.html - - -",
    "markup": "urn:1 - - 0123abcd rss <script>alert(1)</script>",
    "markup behind an escape": "urn:1 - - 0123abcd html &lt;img%20src=x%20onerror=alert(1)&gt;",
    "markup behind two escapes": "urn:1 - - 0123abcd rss &amp;lt;b&amp;gt;",
    "an unknown form": "urn:1 - - 0123abcd xml Title",
    "no hash": "urn:1 - - title rss Title",
    "too few fields": "urn:1 - - 0123abcd rss",
    "no id": "1 - - 0123abcd rss Title",
}


@pytest.mark.parametrize("name", LIES)
def test_no_line_brings_markup_or_leads_elsewhere(name: str) -> None:
    """What a former feed said is trusted no more than an article is."""
    with pytest.raises(ConfigError) as raised:
        parse(f"# newsfeed.lock 3\nformer {LIES[name]}\n")
    assert [(each.code, each.line) for each in raised.value.problems] == [("lock-damaged", 2)]


GOOD = "urn:a items/a.md 2026-01-02T00:00:00Z 2c1ff7b1 71571ec6 items/a.html - - -"
DAMAGED = {
    "a page of two lines": GOOD.replace("items/a.html", "items/x%0Ay.html"),
    "a page that takes the list's place": GOOD.replace("items/a.html", "x%0A.newsfeed-files"),
    "a former page of two lines": GOOD.replace("html -", "html o%0Ap.html"),
    "a page with a control": GOOD.replace("items/a.html", "x%00.html"),
    "half a character": GOOD.replace("urn:a", "urn:%ED%A0%80"),
    "an address of feeds that is none": "feeds javascript:alert(1)",
    "feeds with half a character": "feeds https://%ED%A0%80/",
    "a slug of 400 octets": f"term tag {'𐍈' * 100} a 2026-01-01T00:00:00Z -",
    "a term without a day": "term tag a a - -",
}


@pytest.mark.parametrize("line", DAMAGED.values(), ids=DAMAGED)
def test_a_line_with_lies_is_named(line: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(f"{dump(Lock())}# ours\n{line}\n")
    assert [(each.code, each.line) for each in caught.value.problems] == [("lock-damaged", 3)]


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"{GOOD.replace('urn:a', f'urn:{number % 10_000}')}\n" for number in range(20_000)),
        "# newsfeed.lock 1\n" * 200_000,
        "".join(f"feeds https://a{number}/\n" for number in range(60_000)),
        "".join(f"term tag a b{number} 2026-01-01T00:00:00Z -\n" for number in range(20_000)),
    ],
    ids=["lines for one id", "headers", "addresses of feeds", "terms of one address"],
)
def test_no_lock_is_endless_work(text: str) -> None:
    begun = process_time()
    try:
        parse(dump(Lock()) + text)
    except ConfigError as error:
        assert len(error.problems) <= 20
    assert process_time() - begun < 5


def test_calendars_end() -> None:
    last = datetime(9999, 12, 31, tzinfo=UTC)
    assert later(last, timedelta(days=36_500)) == datetime.max.replace(tzinfo=UTC)
    assert later(last - timedelta(days=2), timedelta(days=1)) == last - timedelta(days=1)
