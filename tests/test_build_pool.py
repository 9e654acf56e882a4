"""Work shared among processes: in order, once, whoever dies; and none of them is left behind."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsfeed.build import pool
from newsfeed.cli.build import _look
from newsfeed.content import scan
from newsfeed.theme import defaults


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Share work from the start."""
    monkeypatch.setattr(pool, "WORTH", 2)


def _square(given: int) -> Callable[[Any], list[int]]:
    return lambda part: [given * each for each in part]


def _failing(given: int) -> Callable[[Any], list[int]]:
    def work(part: Any) -> list[int]:
        if 7 in part and os.getpid() != given:
            os._exit(3)
        return list(part)

    return work


@pytest.mark.parametrize("forks", [True, False], ids=["fork", "spawn"])
def test_shared_work_comes_back_in_order(monkeypatch: pytest.MonkeyPatch, *, forks: bool) -> None:
    """Several processes give what one gives, in the same order, forked or spawned."""
    monkeypatch.setattr(pool, "FORKS", forks)
    found = [each for part in pool.batches(_square, 3, range(50), 3, size=4) for each in part]
    assert found == [3 * each for each in range(50)]


def test_a_process_that_dies_is_made_up_for() -> None:
    """What a child did not bring is done by its parent."""
    if not pool.FORKS:
        return
    found = pool.batches(_failing, os.getpid(), range(20), 2, size=3)
    assert [each for part in found for each in part] == list(range(20))


def _refusing(_: int) -> Callable[[Any], list[int]]:
    def work(part: Any) -> list[int]:
        if part[0] in (20, 30):
            raise ValueError(part[0])
        time.sleep(0.001)
        return list(part)

    return work


def test_what_goes_wrong_is_told_in_its_turn() -> None:
    """Whoever took a part that cannot be done, what comes before it is given, and it is the first."""
    for _ in range(5):
        found: list[int] = []
        with pytest.raises(ValueError, match=r"^20$"):
            for part in pool.batches(_refusing, 0, range(100), 3, size=5):
                found += part
        assert found == list(range(20))


def test_each_part_is_done_once_by_whoever_is_free(tmp_path: Path) -> None:
    """Of two processes the one that asks takes parts as well; the last parts are small."""

    def make(_: int) -> Callable[[Any], list[int]]:
        def work(part: Any) -> list[int]:
            with (tmp_path / str(os.getpid())).open("a") as file:
                file.write(f"{part[0]}\n")
            time.sleep(0.002)
            return list(part)

        return work

    found = [each for part in pool.batches(make, 0, range(100), 2, size=2) for each in part]
    assert found == list(range(100))
    done = {path.name: path.read_text().split() for path in tmp_path.iterdir()}
    begun = sorted(int(each) for rows in done.values() for each in rows)
    assert begun == [*range(0, 96, 2), *range(96, 100)]
    assert len(done) == (2 if pool.FORKS else 1)
    assert str(os.getpid()) in done


STUBBORN = """
import signal, sys
from newsfeed.build import pool
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pool.WORTH = 2
parts = pool.batches(lambda given: lambda part: b"x" * 5_000_000, 0, range(40), 4, size=1)
next(parts)
parts.close()
print("done")
"""


def test_nobody_waits_for_processes_that_no_one_asks_any_more() -> None:
    """They wait to write, and may have inherited deafness to what ends programs."""
    if pool.FORKS:
        done = subprocess.run(
            [sys.executable, "-c", STUBBORN], capture_output=True, timeout=60, check=True
        )
        assert done.stdout == b"done\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site whose listings are larger than what a pipe holds."""
    for folder in ("items", "public"):
        (tmp_path / folder).mkdir()
        for number in range(1500):
            (tmp_path / folder / f"{'long-name-' * 6}{number}.md").touch()
    return tmp_path


def many(number: int) -> list[int]:
    return [number] * 2_000_000


@pytest.mark.parametrize("forks", [True, False])
def test_another_process_sees_what_lies_there(
    site: Path,
    monkeypatch: pytest.MonkeyPatch,
    forks: bool,
) -> None:
    """What it finds comes back whole, or is found here."""
    monkeypatch.setattr(pool, "FORKS", forks and pool.FORKS)
    begun = pool.Begun(_look, (str(site), ["items"]))
    listing, sound, templates = begun.result()
    begun.close()
    assert listing == scan.scan(site, ["items"]).listing
    assert sound
    assert templates == defaults.fingerprint(str(site / "templates"))


def test_part_by_part() -> None:
    """Several results come in the order of their parts, and wait for whoever asks."""
    begun = pool.Begun(many, 1, 2, 3)
    assert [begun.result()[0] for _ in range(3)] == [1, 2, 3]
    begun.close()


def test_what_nobody_asks_for_ends_at_once() -> None:
    """A process that waits to write what nobody reads would wait for ever."""
    begun = pool.Begun(many, 1, 2)
    child = begun._child
    begun.close()
    if child is not None:
        with pytest.raises(ChildProcessError):
            os.waitpid(child.pid, os.WNOHANG)


def test_a_process_that_has_died_is_done_without() -> None:
    """Its work is done by who asks for it."""
    begun = pool.Begun(_exits, os.getpid())
    assert begun.result() == os.getpid()
    begun.close()


def _exits(parent: int) -> int:
    if os.getpid() != parent:
        os._exit(1)
    return parent
