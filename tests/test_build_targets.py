"""A file that stands under its key is not made again; one of which anything differs is."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from newsfeed.build.cache import Cache, opened
from newsfeed.build.publish import publish
from newsfeed.build.result import Result
from newsfeed.build.targets import Ground, Standing
from newsfeed.content.scan import DiskTree
from newsfeed.diagnostics import Diagnostic, diagnostic
from newsfeed.model import Output

PROBLEM = diagnostic("date-unreadable", "items/a.md", 3, value="x")
PATHS = ("a.html", "b/c.html")


class Site:
    """A folder, and one build after another of two pages in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.dest = root / "public"
        self.made: list[str] = []
        self.said: list[Diagnostic] = []

    def build(
        self,
        *parts: str | None,
        ground: str = "g",
        paths: Iterable[str] = PATHS,
        to: str = "public",
    ) -> list[str]:
        """Build the pages out of ``parts``; return those that were made."""
        self.made = []
        result = Result()
        with opened(self.root) as cache:
            standing = Standing(cache, str(self.root / to))
            shared = Ground(standing, result, ground)
            outputs = [self._output(shared, path, parts) for path in paths]
            done = publish(outputs, self.root / to, DiskTree(self.root))
            standing.learn(done, {"a.html": (PROBLEM,)} if "a.html" in self.made else {})
            assert cache is not None
            cache.save()
        self.said = list(result.problems)
        return self.made

    def _output(self, shared: Ground, path: str, parts: tuple[str | None, ...]) -> Output:
        def make() -> Output:
            self.made.append(path)
            return Output(path=path, data=f"{path} {parts}".encode())

        return shared.output(path, lambda: parts, make)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    assert site.build("x", "y") == [*PATHS]
    return site


def test_what_stands_is_not_made(site: Site) -> None:
    """And what was wrong with it is said again, as often as it stands."""
    for _ in range(3):
        assert site.build("x", "y") == []
        assert site.said == [PROBLEM]


def test_all_that_it_is_made_of_counts(site: Site) -> None:
    """Every part and their order, what is shared, and the output's own path."""
    for parts in (("x", "z"), ("y", "x"), ("xy",), ("x",), ("x", "y", "")):
        assert site.build(*parts) == [*PATHS], parts
    assert site.build("x", "y", "", ground="h") == [*PATHS]
    assert site.build("x", "y", "", ground="h", paths=["d.html", "b/c.html"]) == ["d.html"]
    assert site.build("x", "y", "", ground="h") == ["a.html"]


@pytest.mark.parametrize("path", PATHS)
def test_what_somebody_changed_is_made_again(site: Site, path: str) -> None:
    """Removed, edited, put back with its time, or replaced by another file: that one alone."""
    place = site.dest / path
    whole = place.read_bytes()
    status = place.stat()
    changes = {
        "removed": place.unlink,
        "longer": lambda: place.write_bytes(whole + b"x"),
        "other": lambda: place.write_bytes(whole[::-1]),
        "older": lambda: os.utime(place, ns=(1, status.st_mtime_ns - 1)),
    }
    for name, change in changes.items():
        change()
        assert site.build("x", "y") == [path], name
        assert place.read_bytes() == whole, name
        assert site.build("x", "y") == [], name
    twin = place.with_name("twin")
    twin.write_bytes(whole)
    os.utime(twin, ns=(1, place.stat().st_mtime_ns))
    twin.rename(place)
    assert site.build("x", "y") == [path]


def test_what_is_not_known_is_made(site: Site) -> None:
    """Where a part is not known, nothing stands for the file; the next build makes it again."""
    assert site.build("x", None) == [*PATHS]
    assert site.build("x", None) == [*PATHS]
    assert site.build("x", "y") == [*PATHS]
    assert site.build("x", "y") == []


def test_another_output_folder_has_its_own_files(site: Site) -> None:
    assert site.build("x", "y", to="preview") == [*PATHS]
    assert site.build("x", "y") == site.build("x", "y", to="preview") == []
    (site.root / "link").symlink_to(site.dest)
    assert site.build("x", "y", to="link") == []


def test_a_part_may_be_known_once_its_page_is_made(tmp_path: Path) -> None:
    """What an article shows is told by rendering it: the key is that of then."""
    known: list[str | None] = [None]

    def make() -> Output:
        known[0] = "now"
        return Output(path="a.html", data=b"1")

    for stands in (False, True):
        with opened(tmp_path) as cache:
            assert cache is not None
            standing = Standing(cache, str(tmp_path / "out"))
            output = Ground(standing, Result(), "g").output("a.html", lambda: known, make)
            assert (output.stands, output.key is not None) == (stands, True)
            standing.learn(publish([output], tmp_path / "out", DiskTree(tmp_path)), {})
            cache.save()


def test_some_stand_together_or_are_made_together(site: Site) -> None:
    """A feed's pages: where one is gone, all are asked for; where all are whole, each says its own."""

    def asked(keys: dict[str, str | None]) -> tuple[bool, list[Diagnostic]]:
        result = Result()
        return Ground(_standing(site), result, "g").all_stand(keys), list(result.problems)

    shared = Ground(_standing(site), Result(), "g")
    keys = {path: shared.key(path, ["x", "y"]) for path in PATHS}
    assert asked(keys) == (True, [PROBLEM])
    assert asked({**keys, "b/c.html": None}) == (False, [])
    assert asked({**keys, "b/c.html": "other"}) == (False, [])
    (site.dest / "b" / "c.html").unlink()
    assert asked(keys) == (False, [])


def test_what_is_lost_is_looked_for_once(site: Site) -> None:
    """What was found to be lost counts as lost, and what was not as whole, until the build ends."""
    shared = Ground(_standing(site), Result(), "g")
    keys = {path: shared.key(path, ["x", "y"]) for path in PATHS}
    assert _standing(site).lost() == [] and _standing(site).any
    (site.dest / "a.html").unlink()
    standing = _standing(site)
    assert standing.lost() == ["a.html"]
    standing.miss(standing.lost())
    (site.dest / "b" / "c.html").unlink()
    found = [standing.find(path, str(key)) for path, key in keys.items()]
    assert found[0] is None and found[1] is not None


def test_who_remembers_nothing_makes_everything(site: Site) -> None:
    forgetful = Standing(None, str(site.dest))
    output = Output(path="a.html", data=b"1", key="k")
    forgetful.learn(publish([output], site.dest, DiskTree(site.root)), {})
    assert not forgetful.any
    assert forgetful.find("a.html", "k") is None


def test_a_file_too_young_to_be_told_from_its_next_is_not_believed(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the disk's clock does not go on after a file was written, it may be written once more."""
    monkeypatch.setattr(Cache, "tick", lambda _: 0)
    assert site.build("x", "z") == [*PATHS]
    monkeypatch.undo()
    assert site.build("x", "z") == [*PATHS]
    assert site.build("x", "z") == []

    def latest(_: Cache) -> int:
        return max((site.dest / path).stat().st_mtime_ns for path in PATHS)

    monkeypatch.setattr(Cache, "tick", latest)
    site.build("x", "w")
    young = [
        path for path in PATHS if (site.dest / path).stat().st_mtime_ns == latest(cache_of(site))
    ]
    monkeypatch.undo()
    assert site.build("x", "w") == young


def test_a_new_key_for_the_same_file_is_remembered(site: Site) -> None:
    """Its bytes did not change: the file stays, what is said of it is what was said last."""
    with opened(site.root) as cache:
        assert cache is not None
        standing = Standing(cache, str(site.dest))
        done = publish(
            [Output(path=path, key=f"new {path}") for path in PATHS], site.dest, DiskTree(site.root)
        )
        standing.learn(done, {"b/c.html": (PROBLEM,)})
        cache.save()
    standing = _standing(site)
    found = {path: standing.find(path, f"new {path}") for path in PATHS}
    assert {path: each and each.problems for path, each in found.items()} == {
        "a.html": (),
        "b/c.html": (PROBLEM,),
    }


def cache_of(site: Site) -> Cache:
    with opened(site.root) as cache:
        assert cache is not None
        return cache


def _standing(site: Site) -> Standing:
    with opened(site.root) as cache:
        return Standing(cache, str(site.dest))
