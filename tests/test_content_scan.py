"""What lies in a site's folder: found, told apart, read as far as is asked, and no more of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsfeed.content.scan import scan


def written(root: Path, *paths: str) -> Path:
    for path in paths:
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(path.encode())
    return root


def test_every_file_is_found_by_its_path(tmp_path: Path) -> None:
    """Where the articles lie in the site's own folder too; hidden files and folders are passed over."""
    paths = ["a.md", "b/c.md", "b/d/e.md", "static/f.png"]
    written(tmp_path, *paths, ".g.md", "b/.h/i.md")
    tree = scan(tmp_path, [".", "static", "issues"])
    assert sorted(tree.files) == paths
    assert len(tree.files) == 4
    assert "g.md" not in tree.files and "b/x.md" not in tree.files and "a" not in tree.files
    for path in paths:
        assert tree.files[path].size == len(path)
        assert tree.info(path) == tree.files[path]
        assert tree.read(path) == path.encode()
        assert tree.place(path) == tmp_path / path
        assert tree.origin(path) == path
    assert sorted(tree.below("b")) == ["b/c.md", "b/d/e.md"]
    assert list(tree.below("b/d")) == ["b/d/e.md"]
    assert tree.problems == []


def test_files_outside_of_what_was_scanned_are_looked_at_when_they_are_named(
    tmp_path: Path,
) -> None:
    """None of them is one that a build published, or hidden, or no file at all."""
    written(tmp_path, "items/a.md", "images/b.png", ".git/c", "public/d.html", "public/e.txt")
    (tmp_path / "public" / ".newsfeed-files").write_text("d.html\n", "utf-8")
    tree = scan(tmp_path, ["items"])
    for path, size in (
        ("images/b.png", 12),
        ("public/e.txt", 12),
        ("public/d.html", None),
        (".git/c", None),
        ("images", None),
        ("images/none.png", None),
        ("images/\0.png", None),
        ("../other/f.png", None),
        ("a" * 5000, None),
    ):
        for _ in range(2):
            found = tree.info(path)
            assert (found.size if found else None) == size, path
    assert "images/b.png" not in tree.files


@pytest.mark.parametrize("size", [0, 1, 16_383, 16_384, 16_385, 40_000, 1_200_000])
def test_a_file_is_read_as_far_as_is_asked(tmp_path: Path, size: int) -> None:
    data = bytes(range(251)) * (size // 251 + 1)
    (tmp_path / "items").mkdir()
    (tmp_path / "items" / "a").write_bytes(data[:size])
    tree = scan(tmp_path, ["items"])
    for limit in (None, 0, 1, 16_384, 16_385, 20_000, 1_100_000, 5_000_000):
        assert tree.read("items/a", limit) == data[:size][:limit]
    tree.mended["items/a"] = b"mended"
    assert tree.read("items/a", 3) == b"men"
    with pytest.raises(OSError):
        tree.read("items/b")


def test_folders_are_walked_a_hundred_deep(tmp_path: Path) -> None:
    """What lies deeper is named, with the bound."""
    deepest = tmp_path / "items" / "/".join(["a"] * 100)
    deepest.mkdir(parents=True)
    for place in (deepest, deepest.parent):
        (place / "x.md").write_text("x", "utf-8")
    tree = scan(tmp_path, ["items"])
    assert [path.count("/") for path in tree.files] == [100]
    (problem,) = tree.problems
    assert (problem.code, dict(problem.values)) == ("folder-deep", {"limit": "100"})
    assert problem.path == f"items{'/a' * 100}"[:200]
