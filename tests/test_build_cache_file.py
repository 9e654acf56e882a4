"""The file of the cache: what is remembered comes back, and nothing else is believed."""

from __future__ import annotations

import os
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from newsfeed import disk
from newsfeed.build import cache as caching
from newsfeed.build.cache import PUBLISHED, SLACK, Cache, opened
from newsfeed.model import FileInfo

NOW = 10 * SLACK


class Note(Struct, frozen=True, array_like=True):
    name: str
    text: str = ""


class Number(Struct, frozen=True, array_like=True):
    label: str
    number: int


def remembered(place: Path, print_: str = "f", now: int = NOW) -> Cache:
    place.parent.mkdir(exist_ok=True, parents=True)
    return Cache(place, print_, now)


def write(place: Path, steps: dict[str, list[Note]]) -> None:
    cache = remembered(place)
    for name, notes in steps.items():
        for note in notes:
            cache.step(name, Note).put(note)
    cache.save()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / ".newsfeed" / "cache"


def test_what_is_remembered_comes_back(place: Path) -> None:
    """By step and name; what is put replaces, what is not kept is forgotten, another step stays."""
    write(
        place,
        {"one": [Note("a", "1"), Note("b", "2"), Note("c", "3")], "two": [Note("a", "other")]},
    )
    cache = remembered(place)
    assert not cache.empty
    step = cache.step("one", Note)
    assert step is cache.step("one", Note)
    assert not step.changed
    step.put(Note("b", "new"))
    step.put(Note("d", "4"))
    assert (step.get("b"), step.get("a"), step.get("x")) == (Note("b", "new"), Note("a", "1"), None)
    step.keep({"b", "c"})
    assert step.changed
    cache.save()
    again = remembered(place)
    assert again.step("one", Note).values == {"b": Note("b", "new"), "c": Note("c", "3")}
    assert again.step("two", Note).values == {"a": Note("a", "other")}
    assert again.step("three", Note).values == {}


@pytest.mark.parametrize("count", [0, 1, 999, 1000, 1001, 70_000])
def test_any_number_of_results_comes_back(place: Path, count: int) -> None:
    """They are written in parts, and read as one."""
    notes = [Note(f"n{number}") for number in range(count)]
    write(place, {"one": notes, "two": [Note("a")]})
    again = remembered(place)
    assert list(again.step("one", Note).values) == [note.name for note in notes]
    assert again.step("two", Note).values == {"a": Note("a")}


def test_one_value_may_stand_for_a_step(place: Path) -> None:
    """What is the same already is not written again."""
    cache = remembered(place)
    cache.step("one", Note).only(Note("a", "1"))
    cache.save()
    cache = remembered(place)
    cache.step("one", Note).only(Note("a", "1"))
    assert not cache.step("one", Note).changed
    cache.step("one", Note).only(Note("a", "2"))
    cache.step("one", Note).only(Note("b", "2"))
    cache.save()
    assert remembered(place).step("one", Note).values == {"b": Note("b", "2")}


def test_nothing_new_is_not_written(place: Path) -> None:
    write(place, {"one": [Note("a", "1")]})
    os.utime(place, ns=(1, 1))
    cache = remembered(place)
    cache.step("one", Note).keep({"a"})
    cache.save()
    assert place.stat().st_mtime_ns == 1
    reader = remembered(place, now=0)
    reader.step("one", Note).put(Note("b"))
    reader.save()
    assert place.stat().st_mtime_ns == 1


def test_what_another_program_made_counts_as_absent(place: Path) -> None:
    """Another version, another Python, other settings: all that the fingerprint stands for."""
    write(place, {"one": [Note("a", "1")]})
    assert remembered(place, "g").empty
    assert remembered(place, "g").step("one", Note).values == {}
    assert remembered(place.with_name("none")).empty


def test_no_damaged_file_is_believed(place: Path) -> None:
    """Whichever byte was changed, wherever the file ends."""
    write(place, {"one": [Note("a", "1"), Note("b", "2")]})
    data = place.read_bytes()
    for at in range(len(data)):
        place.write_bytes(data[:at] + bytes([data[at] ^ 0x20]) + data[at + 1 :])
        assert remembered(place).empty, at
        place.write_bytes(data[:at])
        assert remembered(place).empty, at
    place.write_bytes(data + b"x")
    assert remembered(place).empty
    place.write_bytes(data)
    assert not remembered(place).empty


@pytest.mark.parametrize("document", [b"\x01", b"\x92\xa1f\xa1x", b"\x92\xa1f\x81", b"\xc1"])
def test_a_whole_file_of_another_make_is_no_cache(place: Path, document: bytes) -> None:
    """Its sum is right, and it says something else."""
    write(place, {"one": [Note("a", "1")]})
    begin = place.read_bytes().split(b"\n")[0] + b"\n"
    place.write_bytes(begin + document + zlib.crc32(document).to_bytes(4, "little"))
    cache = remembered(place)
    assert cache.empty
    assert cache.step("one", Note).values == {}


def test_rows_of_another_kind_are_no_results(place: Path) -> None:
    """Of a step with one such row nothing is believed; of other steps all."""
    cache = remembered(place)
    cache.step("one", Note).put(Note("a", "1"))
    cache.step("two", Number).put(Number("a", 1))
    cache.save()
    cache = remembered(place)
    assert cache.step("one", Number).values == {}
    assert cache.step("two", Number).values == {"a": Number("a", 1)}
    cache.step("one", Number).put(Number("b", 2))
    cache.save()
    assert remembered(place).step("one", Number).values == {"b": Number("b", 2)}


def test_four_output_folders_are_remembered(place: Path) -> None:
    """Those that were used last; other steps are no folders."""
    write(place, {"one": [Note("a")]})
    for folder in "abcd":
        write(place, {f"{PUBLISHED}/{folder}": [Note(folder)]})
    write(place, {f"{PUBLISHED}/a": [Note("a", "again")]})
    write(place, {f"{PUBLISHED}/e": [Note("e")]})
    cache = remembered(place)
    known = {name for name in "abcde" if cache.step(f"{PUBLISHED}/{name}", Note).values}
    assert known == {"a", "c", "d", "e"}
    assert cache.step("one", Note).values


def test_a_name_that_is_no_text_is_not_remembered(place: Path) -> None:
    """The rest of the build is nobody's worry; what was remembered before stays."""
    write(place, {"one": [Note("a")]})
    cache = remembered(place)
    cache.step("one", Note).put(Note("b\udce9"))
    cache.save()
    assert remembered(place).step("one", Note).values == {"a": Note("a")}
    assert [each for each in place.parent.rglob("*") if each.is_file()] == [place]


@pytest.mark.parametrize(
    ("mtime", "changed", "old"),
    [
        (NOW - SLACK - 1, NOW - SLACK - 1, True),
        (NOW - SLACK - 1, 0, True),
        (NOW - SLACK, 0, False),
        (0, NOW - SLACK, False),
        (NOW, NOW, False),
        (NOW + 1, 0, False),
    ],
)
def test_a_young_file_proves_nothing(place: Path, mtime: int, changed: int, old: bool) -> None:
    """A disk may count in two seconds: within them a file may change and look the same."""
    assert remembered(place).is_old(FileInfo(1, mtime, changed)) is old
    assert not remembered(place, now=0).is_old(FileInfo(1, mtime, changed))


def test_who_only_reads_makes_nothing(tmp_path: Path) -> None:
    with opened(tmp_path, write=False) as cache:
        assert cache is not None and cache.now == cache.tick() == 0
        cache.step("one", Note).put(Note("a"))
        cache.save()
    assert not list(tmp_path.iterdir())
    (tmp_path / ".newsfeed").mkdir()
    with opened(tmp_path, write=False) as cache:
        assert cache is not None and cache.tick() == 0


def test_a_folder_that_cannot_be_had_is_done_without(tmp_path: Path) -> None:
    (tmp_path / ".newsfeed").write_text("")
    with opened(tmp_path) as cache:
        assert cache is None


def test_the_time_is_the_disk_s(tmp_path: Path) -> None:
    """It goes on, lies between files written before and after, and leaves no file behind."""
    with opened(tmp_path, "settings") as cache:
        assert cache is not None
        assert cache.place == tmp_path / ".newsfeed" / "cache"
        (tmp_path / "before").touch()
        # What a command left that was killed, and had the number of this one.
        left = cache.place.with_name(f"{disk.PROBE}{os.getpid()}")
        left.touch()
        os.utime(left, ns=(1, 1))
        opened_files = _open_files()
        now = cache.tick()
        assert _open_files() == opened_files
        (tmp_path / "after").touch()
        times = [(tmp_path / name).stat().st_mtime_ns for name in ("before", "after")]
        assert times[0] <= now <= times[1] and cache.now <= now
        assert not list((tmp_path / ".newsfeed").iterdir())
        cache.place.parent.rmdir()
        assert cache.tick() == 0


def _open_files() -> int:
    here = Path("/proc/self/fd")
    return len(list(here.iterdir())) if here.is_dir() else 0


def test_all_that_makes_results_is_in_the_fingerprint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each setting by itself, and the libraries that are installed."""
    first = caching.fingerprint("a", "b")
    assert first == caching.fingerprint("a", "b")
    others = [("ab",), ("a", "b", ""), ("b", "a"), ("a", "c"), ("a",), ()]
    assert len({first, *(caching.fingerprint(*each) for each in others)}) == 1 + len(others)
    assert caching.fingerprint("\udce9") != caching.fingerprint("e")
    with monkeypatch.context() as other:
        other.setattr(sys, "version", "3.99")
        assert caching.fingerprint("a", "b") != first
    with monkeypatch.context() as other:
        other.setattr(caching, "__version__", "99")
        assert caching.fingerprint("a", "b") != first
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "lib.py").touch()
    assert caching.fingerprint("a", "b") == first
    (tmp_path / "lib-1.0.dist-info").mkdir()
    with_one = caching.fingerprint("a", "b")
    (tmp_path / "lib-1.0.dist-info").rename(tmp_path / "lib-1.1.dist-info")
    assert len({first, with_one, caching.fingerprint("a", "b")}) == 3


def test_all_code_is_in_the_fingerprint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any module, and the grammar of Atom; not what Python makes of them, nor a site's templates,
    which have a mark of their own."""
    for name in ("a.py", "b/c.py", "b/d/atom.rng", "__pycache__/a.py", "templates/x.py", "a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text("1")

    monkeypatch.setattr(caching, "__file__", str(tmp_path / "b" / "c.py"))
    found = caching.fingerprint()
    for name in ("__pycache__/a.py", "templates/x.py", "a.txt"):
        (tmp_path / name).write_text("22")
        assert caching.fingerprint() == found, name
    for name in ("a.py", "b/c.py", "b/d/atom.rng"):
        for change in (lambda path: path.write_text("22"), lambda path: os.utime(path, (1, 1))):
            change(tmp_path / name)
            assert caching.fingerprint() != found, name
            found = caching.fingerprint()
    (tmp_path / "b" / "d" / "new.py").touch()
    assert caching.fingerprint() != found


names = st.text(st.sampled_from("ab/é"), max_size=3)


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(st.dictionaries(names, st.text(max_size=3)), st.frozensets(names)), max_size=5
    )
)
def test_any_history_of_a_step(
    tmp_path_factory: pytest.TempPathFactory, builds: list[tuple[dict[str, str], frozenset[str]]]
) -> None:
    """Law: what is there is what was put last and always kept since."""
    place = tmp_path_factory.mktemp("site") / ".newsfeed" / "cache"
    expected: dict[str, Note] = {}
    for put, kept in builds:
        cache = remembered(place)
        step = cache.step("one", Note)
        assert step.values == expected
        expected |= {name: Note(name, text) for name, text in put.items()}
        for name in put:
            step.put(expected[name])
        step.keep(kept)
        expected = {name: note for name, note in expected.items() if name in kept}
        cache.save()
    assert remembered(place).step("one", Note).values == expected
