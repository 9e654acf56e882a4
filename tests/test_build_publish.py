"""The disk: what is scanned, and that publishing is whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from newsfeed import disk
from newsfeed.build import publish as publishing
from newsfeed.content import scan
from newsfeed.diagnostics import ConfigError, WorldError
from newsfeed.model import Output


def outputs(**contents: str) -> list[Output]:
    return [Output(path=path, data=text.encode()) for path, text in contents.items()]


def written(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != scan.MANIFEST
    }


def publish(dest: Path, contents: dict[str, str], **options: Any) -> publishing.Published:
    return publishing.publish(outputs(**contents), dest, scan.DiskTree(dest), **options)


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    """A file whose bytes are the same keeps its time of change."""
    publish(tmp_path, {"a.txt": "1", "b/c.txt": "2"})
    os.utime(tmp_path / "a.txt", ns=(1, 1))
    result = publish(tmp_path, {"a.txt": "1", "b/c.txt": "3"})
    assert result.written == ["b/c.txt"]
    assert (tmp_path / "a.txt").stat().st_mtime_ns == 1
    assert result.unchanged == 1


def test_what_was_done_is_told_in_order(tmp_path: Path) -> None:
    """Whatever order outputs come in: what was written and removed, and the list of a folder's files."""
    both = [
        publish(tmp_path, {"z/b.html": "1", "feed.xml": "1", "a.txt": "1", "z/a.txt": "1"}),
        publishing.place(
            outputs(**{"y.html": "1", "b.txt": "1"}), tmp_path, scan.DiskTree(tmp_path)
        ),
    ]
    assert [each.written for each in both] == [
        ["a.txt", "feed.xml", "z/a.txt", "z/b.html"],
        ["b.txt", "y.html"],
    ]
    listed = (tmp_path / scan.MANIFEST).read_text()
    assert listed == "a.txt\nb.txt\nfeed.xml\ny.html\nz/a.txt\nz/b.html\n"
    for check in (True, False):
        last = publish(tmp_path, {"feed.xml": "2", "c.txt": "1"}, check=check)
        assert last.written == ["c.txt", "feed.xml"]
        assert last.removed == ["a.txt", "b.txt", "y.html", "z/a.txt", "z/b.html"]
        assert last.changed == sorted(last.written + last.removed)
    assert (tmp_path / scan.MANIFEST).read_text() == "c.txt\nfeed.xml\n"


def test_what_is_placed_beside_stays_until_a_build_that_has_it_not(tmp_path: Path) -> None:
    """A letter's pictures join a site: nothing of it goes, what is the same is not written."""
    publish(tmp_path, {"a.txt": "1"})
    tree = scan.DiskTree(tmp_path)
    assert publishing.place(outputs(**{"p.png": "1", "a.txt": "1"}), tmp_path, tree).written == [
        "p.png"
    ]
    os.utime(tmp_path / "p.png", ns=(1, 1))
    again = publishing.place(outputs(**{"p.png": "1"}), tmp_path, tree)
    assert (again.written, again.unchanged) == ([], 1)
    assert (tmp_path / "p.png").stat().st_mtime_ns == 1
    assert written(tmp_path) == {"a.txt": b"1", "p.png": b"1"}
    assert publish(tmp_path, {"a.txt": "1"}).removed == ["p.png"]
    publishing.place(outputs(**{"q/p.png": "1"}), tmp_path / "new", tree)
    assert publish(tmp_path / "new", {}).removed == ["q/p.png"]
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(WorldError):
        publishing.place(outputs(**{"p.png": "1"}), tmp_path / "file", tree)


@pytest.mark.parametrize("page", ["p.html", "p.htm", "p.xhtml", "p.HTML", "d/p.html"])
@pytest.mark.parametrize(
    ("refused", "there"), [("z.png", []), ("p", ["z.png"]), ("a.xml", ["p", "z.png"])]
)
def test_nothing_leads_to_what_is_not_there_yet(
    tmp_path: Path, page: str, refused: str, there: list[str]
) -> None:
    """Where the disk refuses a name half way: files first, then pages, then feeds and lists."""
    paths = {"a.xml": "a.xml", "p": page, "z.png": "z.png"}
    made = [Output(path=path, data=b"1", leads=path == "a.xml") for path in paths.values()]
    obstacle = tmp_path / paths[refused] / "by-hand.txt"
    obstacle.parent.mkdir(parents=True)
    obstacle.write_text("mine")
    tree = scan.DiskTree(tmp_path)
    with pytest.raises(WorldError):
        publishing.publish(made, tmp_path, tree)
    assert sorted(written(tmp_path)) == sorted(
        [*(paths[each] for each in there), f"{paths[refused]}/by-hand.txt"]
    )
    # What it wrote is known for its own by the next build, and no file of somebody's.
    obstacle.unlink()
    obstacle.parent.rmdir()
    publishing.publish([replace(each, data=b"2") for each in made], tmp_path, tree)
    assert written(tmp_path) == dict.fromkeys(paths.values(), b"2")


def test_two_outputs_of_one_name_are_refused(tmp_path: Path) -> None:
    publish(tmp_path, {"a.txt": "1"})
    twice = [*outputs(**{"a.txt": "2"}), *outputs(**{"a.txt": "3"})]
    with pytest.raises(ValueError, match=r"a\.txt"):
        publishing.publish(twice, tmp_path, scan.DiskTree(tmp_path))
    assert written(tmp_path) == {"a.txt": b"1"}


def test_a_file_to_copy_that_is_gone_leaves_what_was_published(tmp_path: Path) -> None:
    """It is named with the reason, and is to be made again: no key stands for it."""
    (tmp_path / "items").mkdir()
    (tmp_path / "items" / "in.png").write_bytes(b"1")
    tree, dest = scan.scan(tmp_path, ["items"]), tmp_path / "out"
    copies = [
        Output(path="a.png", copy_of="items/in.png", key="k"),
        Output(path="b.txt", data=b"1", key="l"),
    ]
    first = publishing.publish(copies, dest, tree)
    assert (first.missed, first.keys) == ({}, {"a.png": "k", "b.txt": "l"})
    (tmp_path / "items" / "in.png").unlink()
    done = publishing.publish(copies, dest, tree)
    assert (list(done.missed), done.keys, done.unchanged) == (["items/in.png"], {"b.txt": "l"}, 2)
    assert "No such file" in done.missed["items/in.png"]
    assert written(dest) == {"a.png": b"1", "b.txt": b"1"}


def test_what_stands_is_not_looked_at(tmp_path: Path) -> None:
    """An output that nobody made again stays, is counted, and keeps its key."""
    publish(tmp_path, {"a.txt": "1", "b.txt": "1"})
    standing = [Output(path="a.txt", key="k")]
    done = publishing.publish(standing, tmp_path, scan.DiskTree(tmp_path))
    assert (done.unchanged, done.keys, done.stamps, done.removed) == (
        1,
        {"a.txt": "k"},
        {},
        ["b.txt"],
    )
    assert done.paths == {"a.txt"} and written(tmp_path) == {"a.txt": b"1"}


def test_a_stamp_is_that_of_the_file_that_was_published(tmp_path: Path) -> None:
    """Of what was written, and of what was compared; none of what is only looked for."""
    for text in ("1", "1", "22"):
        done = publish(tmp_path, {"a/b.txt": text, "c.txt": "1"})
        places = {path: scan.stamp(os.stat(tmp_path / path)) for path in ("a/b.txt", "c.txt")}
        assert done.stamps == places


def test_what_a_killed_build_left_is_swept_away(tmp_path: Path) -> None:
    """Its unfinished folder is nobody's; and while a build writes, nobody else may look into its own."""
    left = tmp_path / f"{disk.STAGING}1-0"
    left.mkdir()
    (left / "half.html").write_text("<p")
    seen: list[int] = []

    def made() -> Iterator[Output]:
        (aside,) = tmp_path.glob(f"{disk.STAGING}*")
        seen.append(aside.stat().st_mode & 0o777)
        yield Output(path="a.txt", data=b"1")

    publishing.publish(made(), tmp_path, scan.DiskTree(tmp_path))
    assert seen == [0o700]
    assert sorted(path.name for path in tmp_path.iterdir()) == [scan.MANIFEST, "a.txt"]


def test_a_list_that_says_the_same_is_not_written(tmp_path: Path) -> None:
    """Nothing changes for what watches the folder (rsync, git) where nothing changed."""
    publish(tmp_path, {"a.txt": "1"})
    for path in (tmp_path / scan.MANIFEST, tmp_path / "a.txt"):
        os.utime(path, ns=(1, 1))
    publish(tmp_path, {"a.txt": "1"})
    assert (tmp_path / scan.MANIFEST).stat().st_mtime_ns == 1
    for spoilt in (b"\xff\xfe", b"", b"a.txt\r\n"):
        (tmp_path / scan.MANIFEST).write_bytes(spoilt)
        publish(tmp_path, {"a.txt": "1"})
        assert (tmp_path / scan.MANIFEST).read_bytes() == b"a.txt\n"


def test_a_file_of_somebody_is_in_the_way_of_a_folder(tmp_path: Path) -> None:
    """It is not lost for a folder of its name, nor what is below a link for a file of the link's."""
    (tmp_path / "a").write_text("mine")
    with pytest.raises((ConfigError, WorldError)):
        publish(tmp_path, {"a/b.txt": "1", "c.txt": "1"})
    assert (tmp_path / "a").read_text() == "mine"
    (tmp_path / "a").unlink()
    publish(tmp_path, {"real/x.txt": "1"})
    (tmp_path / "b").symlink_to(tmp_path / "real")
    publish(tmp_path, {"real/x.txt": "1", "b": "2"})
    assert written(tmp_path)["real/x.txt"] == b"1"
    publish(tmp_path, {"d/x.txt": "1"})
    (tmp_path / "d").rename(tmp_path / "moved")
    (tmp_path / "d").symlink_to(tmp_path / "moved")
    publish(tmp_path, {"d": "2"})
    assert written(tmp_path) == {"d": b"2", "moved/x.txt": b"1"}


def test_many_foreign_files_are_not_named_all(tmp_path: Path) -> None:
    """The first fifty in order are enough to see what folder it is."""
    names = [f"{number:02}.txt" for number in range(60)]
    for name in names:
        (tmp_path / name).write_text("by hand")
    with pytest.raises(ConfigError) as refused:
        publish(tmp_path, dict.fromkeys(reversed(names), "ours"))
    assert [Path(each.path).name for each in refused.value.problems] == names[:50]


@pytest.mark.parametrize(
    ("source", "overlap"),
    [
        ("site/public", True), ("site", True), ("site/public/items", True), ("link", True),
        ("site/public-notes", False), ("site/pub", False), ("site/items", False),
    ],
)  # fmt: skip
def test_a_folder_that_holds_another_is_known(tmp_path: Path, source: str, overlap: bool) -> None:
    """By where it is, through links; a name that begins alike is no folder inside."""
    (tmp_path / "site" / "public" / "items").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "site" / "public")
    sources = {"other": tmp_path / "elsewhere", "it": tmp_path / source}
    found = publishing.overlaps(tmp_path / "site" / "public", sources)
    assert found == ("it" if overlap else None)


def test_the_root_of_the_disk_holds_every_folder(tmp_path: Path) -> None:
    assert publishing.overlaps(Path("/"), {"it": tmp_path}) == "it"


def test_what_no_longer_belongs_is_removed_and_nothing_else(tmp_path: Path) -> None:
    """Only files of an earlier build are removed, with the folders that they leave empty."""
    publish(tmp_path, {"old/deep/a.txt": "1", "kept.txt": "2"})
    (tmp_path / "old" / "mine.txt").write_text("not newsfeed's")
    result = publish(tmp_path, {"kept.txt": "2"})
    assert result.removed == ["old/deep/a.txt"]
    assert written(tmp_path) == {"kept.txt": b"2", "old/mine.txt": b"not newsfeed's"}
    assert not (tmp_path / "old" / "deep").exists()


def test_a_file_that_no_build_wrote_is_never_lost(tmp_path: Path) -> None:
    """It is named, and nothing is published; a file with the same bytes is no loss."""
    own = {"index.html": "by hand", "same.txt": "1", "deep/page.html": "by hand"}
    for path, text in own.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    before = written(tmp_path)
    for contents in ({**own, "index.html": "ours", "new.txt": "2"}, {"deep/page.html": "ours"}):
        for options in ({}, {"check": True}):
            with pytest.raises(ConfigError) as refused:
                publish(tmp_path, contents, **options)
            named = [(each.code, Path(each.path).name) for each in refused.value.problems]
            assert named == [("output-foreign", Path(next(iter(contents))).name)]
        with pytest.raises(ConfigError):
            publishing.place(outputs(**contents), tmp_path, scan.DiskTree(tmp_path))
        assert written(tmp_path) == before
    publish(tmp_path, {"same.txt": "1", "new.txt": "2"})
    (tmp_path / "later.txt").write_text("by hand")
    with pytest.raises(ConfigError):
        publish(tmp_path, {"same.txt": "1", "new.txt": "3", "later.txt": "ours"})
    assert written(tmp_path) == {**before, "new.txt": b"2", "later.txt": b"by hand"}


def test_check_touches_nothing_and_lists_what_differs(tmp_path: Path) -> None:
    publish(tmp_path, {"a.txt": "1", "b.txt": "2", "c.txt": "3"})
    before = written(tmp_path)
    result = publish(tmp_path, {"a.txt": "1", "b.txt": "other", "d.txt": "4"}, check=True)
    assert result.changed == ["b.txt", "c.txt", "d.txt"]
    assert written(tmp_path) == before


def test_a_build_that_fails_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    """An error, or Ctrl-C, while outputs are rendered changes no file and leaves nothing behind."""
    publish(tmp_path, {"a.txt": "1"})
    before = sorted(path.name for path in tmp_path.iterdir())

    def interrupted():
        yield Output(path="a.txt", data=b"new")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publishing.publish(interrupted(), tmp_path, scan.DiskTree(tmp_path))
    assert written(tmp_path) == {"a.txt": b"1"}
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_nothing_is_published_when_the_caller_is_not_ready(tmp_path: Path) -> None:
    result = publish(tmp_path, {"a.txt": "1"}, ready=lambda _: False)
    assert result.abandoned
    assert written(tmp_path) == {}


def test_a_file_may_become_a_folder_and_a_folder_a_file(tmp_path: Path) -> None:
    """What lies beside it stays; a folder that is in the way of nothing stays with it."""
    builds = (
        {"a": "file", "b/c": "in a folder", "d/e/f": "deep", "kept": "1", "d/kept": "1"},
        {"a/x": "in a folder", "b": "file", "d/e": "file", "kept": "1", "d/kept": "1"},
        {"a": "file", "b/c/d": "deeper", "d": "file", "kept": "1"},
        {"a/x/y": "deep", "b/c": "file", "kept": "2"},
    )
    for contents in builds:
        publish(tmp_path, contents)
        assert written(tmp_path) == {path: text.encode() for path, text in contents.items()}


def test_who_reads_meanwhile_finds_each_file(tmp_path: Path) -> None:
    """A file that changes is replaced and never gone; what was compared is closed again."""
    events: list[str] = []
    watched = True

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if watched and event in ("os.remove", "os.rename"):
            place = Path(str(arguments[-2 if event == "os.remove" else 1]))
            if place.parent == tmp_path and place.suffix == ".txt":
                events.append(f"{event} {place.name}")

    contents = {f"{number}.txt": "1" for number in range(3)}
    publish(tmp_path, contents)
    sys.addaudithook(hook)
    try:
        opened = len(list(Path("/proc/self/fd").iterdir())) if sys.platform == "linux" else 0
        for _ in range(3):
            publish(tmp_path, {**contents, "0.txt": "2", "9.txt": "new"})
        if sys.platform == "linux":
            assert len(list(Path("/proc/self/fd").iterdir())) == opened
    finally:
        watched = False
    assert events == ["os.rename 0.txt", "os.rename 9.txt"]


def test_what_an_interrupted_removal_left_stands_in_no_way(tmp_path: Path) -> None:
    """A folder that was emptied, and not removed, gives way to a file, and goes where nothing is."""
    publish(tmp_path, {"a/b/c.txt": "1", "d/e.txt": "2", "kept.txt": "3"})
    (tmp_path / "a" / "b" / "c.txt").unlink()
    (tmp_path / "d" / "e.txt").unlink()
    result = publish(tmp_path, {"a": "4", "kept.txt": "3"})
    assert written(tmp_path) == {"a": b"4", "kept.txt": b"3"}
    assert not (tmp_path / "d").exists()
    assert result.removed == []


@pytest.mark.parametrize("path", ["../x", "/x", "a/../../x", "", "a//b", "a\\..\\b", "a/\x00", "."])
def test_no_path_leads_out_of_the_output_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="not a path"):
        publishing.publish(
            [Output(path=path, data=b"x")], tmp_path / "out", scan.DiskTree(tmp_path)
        )
    assert sorted(p.name for p in tmp_path.iterdir()) in ([], ["out"])


def test_a_link_inside_the_output_folder_does_not_lead_out(tmp_path: Path) -> None:
    """Someone's link in the output folder is named, and nothing is written through it."""
    elsewhere, dest = tmp_path / "elsewhere", tmp_path / "out"
    elsewhere.mkdir()
    dest.mkdir()
    (dest / "items").symlink_to(elsewhere)
    with pytest.raises(WorldError, match="items"):
        publish(dest, {"items/a.txt": "1"})
    assert list(elsewhere.iterdir()) == []
    # Nor is a file there taken for the one that was to be published, nor passed over by a check.
    (elsewhere / "a.txt").write_text("1")
    (elsewhere / "b").mkdir()
    for path in ("items/a.txt", "items/b/a.txt"):
        for check in (False, True):
            with pytest.raises(WorldError, match="items"):
                publish(dest, {path: "1"}, check=check)


def test_nothing_is_removed_through_a_link(tmp_path: Path) -> None:
    """A folder of ours that became somebody's link leads to files that are not ours to remove."""
    elsewhere, dest = tmp_path / "elsewhere", tmp_path / "out"
    elsewhere.mkdir()
    (elsewhere / "x.txt").write_text("mine")
    for contents in ({}, {"a": "a file now"}, {"b.txt": "2"}):
        publish(dest, {"a/d/x.txt": "1", "b.txt": "1"})
        (dest / "a" / "d" / "x.txt").unlink()
        (dest / "a" / "d").rmdir()
        (dest / "a" / "d").symlink_to(elsewhere)
        with suppress(WorldError):
            assert "a/d/x.txt" not in publish(dest, contents).removed
        assert (elsewhere / "x.txt").read_text() == "mine"
        (dest / "a" / "d").unlink(missing_ok=True)


def test_new_folders_are_as_open_as_any_other(tmp_path: Path) -> None:
    """They are made aside, where nobody else may look; a host must read them all the same."""
    dest = tmp_path / "out"
    publish(dest, {"a/b/c.txt": "1", "d.txt": "2"})
    (tmp_path / "own" / "b").mkdir(parents=True)
    (tmp_path / "own" / "d.txt").write_text("2")
    for ours, theirs in (("a", "own"), ("a/b", "own/b"), ("d.txt", "own/d.txt")):
        assert (dest / ours).stat().st_mode == (tmp_path / theirs).stat().st_mode
    assert sorted(path.name for path in dest.iterdir()) == [publishing.MANIFEST, "a", "d.txt"]


def test_a_damaged_list_of_files_removes_nothing_outside(tmp_path: Path) -> None:
    dest = tmp_path / "out"
    publish(dest, {"a.txt": "1"})
    (tmp_path / "precious.txt").write_text("mine")
    (dest / scan.MANIFEST).write_bytes(b"../precious.txt\n/etc/hostname\na.txt\n\xc3\xa9\n")
    result = publish(dest, {"b.txt": "1"})
    assert result.removed == ["a.txt"]
    assert (tmp_path / "precious.txt").read_text() == "mine"


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["a", "b", "c/d", "c/e", "c/f/g", "b/x"]), st.sampled_from("123")
        ),
        max_size=5,
    )
)
def test_the_folder_always_holds_the_last_build(tmp_path_factory, history) -> None:
    """Law: whatever was published before, the folder equals the last build's outputs."""
    dest = tmp_path_factory.mktemp("dest")
    for contents in history:
        contents = {
            path: text for path, text in contents.items() if path != "b" or "b/x" not in contents
        }
        publish(dest, contents)
        assert written(dest) == {path: text.encode() for path, text in contents.items()}
        assert publish(dest, contents, check=True).changed == []


def test_scan_follows_links_that_stay_and_names_those_that_leave(tmp_path: Path) -> None:
    """Links inside items/ are followed; a link that leads out, a loop, a broken one are named."""
    items = tmp_path / "site" / "items"
    (items / "real").mkdir(parents=True)
    (items / "real" / "a.md").write_text("a")
    (tmp_path / "secret.md").write_text("secret")
    (items / "alias").symlink_to(items / "real")
    (items / "out.md").symlink_to(tmp_path / "secret.md")
    (items / "real" / "loop").symlink_to(items)
    (items / "broken.md").symlink_to(items / "none.md")
    (items / ".hidden.md").write_text("hidden")
    tree = scan.scan(tmp_path / "site", ["items", "static"])
    assert sorted(tree.files) == ["items/alias/a.md", "items/real/a.md"]
    assert tree.read("items/alias/a.md") == b"a"
    codes = {(problem.path, problem.code) for problem in tree.problems}
    assert ("items/out.md", "link-outside") in codes
    assert ("items/broken.md", "file-unreadable") in codes
    assert {code for path, code in codes if path.endswith("loop")} == {"link-loop"}


def test_a_link_to_a_folder_above_is_a_loop(tmp_path: Path) -> None:
    """A link to the site's root would bring every article twice, and public/ as articles."""
    (tmp_path / "content" / "items").mkdir(parents=True)
    (tmp_path / "content" / "items" / "a.md").write_text("a")
    (tmp_path / "content" / "items" / "up").symlink_to("..")
    (tmp_path / "content" / "items" / "root").symlink_to("../..")
    tree = scan.scan(tmp_path, ["content/items"])
    assert sorted(tree.files) == ["content/items/a.md"]
    assert [problem.code for problem in tree.problems] == ["link-loop"] * 2


@pytest.mark.parametrize("folder", [".", "./", "./items", "items/"])
def test_a_folder_is_written_in_any_way(tmp_path: Path, folder: str) -> None:
    """The root itself too (Obsidian): its files are no hidden ones."""
    (tmp_path / "items").mkdir()
    (tmp_path / "items" / "a.md").write_text("a")
    tree = scan.scan(tmp_path, [folder])
    assert list(tree.files) == ["items/a.md"]
    assert tree.read("items/a.md") == b"a"


def test_published_files_are_no_articles(tmp_path: Path) -> None:
    """With ``items.path = "."`` the output folder lies among the articles."""
    (tmp_path / "a.md").write_text("a")
    publish(tmp_path / "public", {"a.html": "<p>a"})
    assert list(scan.scan(tmp_path, ["."]).files) == ["a.md"]


def test_names_are_compared_as_people_see_them(tmp_path: Path) -> None:
    """A name stored with combining accents (macOS) is the one that articles write."""
    items = tmp_path / "items"
    items.mkdir()
    (items / "e\u0301te\u0301.png").write_bytes(b"x")
    tree = scan.scan(tmp_path, ["items"])
    assert list(tree.files) == ["items/\u00e9t\u00e9.png"]
    assert tree.read("items/\u00e9t\u00e9.png") == b"x"


def test_a_name_that_is_no_text_is_named(tmp_path: Path) -> None:
    items = tmp_path / "items"
    items.mkdir()
    with open(os.fsencode(items) + b"/caf\xe9.md", "wb"):
        pass
    tree = scan.scan(tmp_path, ["items"])
    assert tree.files == {}
    assert [problem.code for problem in tree.problems] == ["file-name"]


def test_what_is_to_be_kept_is_kept_while_it_bears_its_mark(tmp_path: Path) -> None:
    """A closed archive page stays as it was first written, until its address changes."""
    tree = scan.DiskTree(tmp_path)
    first = Output(path="archive/1/atom.xml", data=b"self=https://a/ one", keep=(b"https://a/",))
    publishing.publish([first], tmp_path, tree)
    edited = Output(path="archive/1/atom.xml", data=b"self=https://a/ two", keep=(b"https://a/",))
    assert publishing.publish([edited], tmp_path, tree, check=True).changed == []
    done = publishing.publish([edited], tmp_path, tree)
    assert (done.unchanged, done.written) == (1, [])
    (tmp_path / "archive" / "1" / "atom.xml").unlink()
    assert publishing.publish([first], tmp_path, tree).written == ["archive/1/atom.xml"]
    assert written(tmp_path) == {"archive/1/atom.xml": b"self=https://a/ one"}
    moved = Output(path="archive/1/atom.xml", data=b"self=https://b/ two", keep=(b"https://b/",))
    publishing.publish([moved], tmp_path, tree)
    assert written(tmp_path) == {"archive/1/atom.xml": b"self=https://b/ two"}
