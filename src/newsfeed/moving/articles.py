"""Where the articles of a site lie, as far as its files tell."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import suppress
from pathlib import Path

from newsfeed import disk
from newsfeed.content.reading.listing import OTHER_MARKUP
from newsfeed.moving.folder import ARTICLES, HEAD, NOT_ARTICLES, NOT_OURS, bears_date

# Where other tools keep their articles: the more particular before what holds it.
FOLDERS = (
    "items", "_posts", "docs/_posts", "src/_posts", "source/_posts", "content/posts", "content/post",
    "content/blog", "content/articles", "content/news", "src/content/blog", "src/content/posts",
    "src/content/post", "src/content/articles", "src/content", "src/posts", "src/blog",
    "website/blog", "content", "posts", "_articles", "articles", "blog", "emails", "docs",
)  # fmt: skip
# Folders of articles that begin with a sign, as those that a tool keeps for itself do.
_WITH_SIGN = ("_posts", "_articles")


def folder_of(root: Path) -> str:
    """Return the folder that holds articles already, or the default.

    Where some bear a date, those without are a project's documentation. A vault of Obsidian is one
    whole; notes may lie in the site's folder itself elsewhere too.
    """
    if (root / ".obsidian").is_dir():
        return "."
    held = [name for name in FOLDERS if holds_articles(root / name)]
    if held[:1] == [FOLDERS[0]]:
        return held[0]
    if dated := _dated(root):
        inside = (name for name in held if any(each.startswith(f"{name}/") for each in dated))
        return next(inside, None) or _fullest(dated) or "."
    return next(iter(held), None) or ("." if _notes(root) else _fullest(_named(root))) or FOLDERS[0]


def others(root: Path, taken: str, *written: str) -> list[tuple[str, int]]:
    """Return the folders with articles outside of the one that was ``taken``, and how many.

    An article bears front matter. ``written`` are folders that a tool writes.
    """
    if taken == ".":
        return []
    aside = {Path(name) for name in (taken, *written) if name}
    held: Counter[str] = Counter()
    for place, folders, names in os.walk(root):
        inside = Path(place).relative_to(root)
        folders[:] = sorted(
            name
            for name in folders
            if name[0] != "." and name not in NOT_OURS and inside / name not in aside
        )
        number = sum(_has_front_matter(Path(place, name)) for name in names if _is_named_so(name))
        if number and inside != Path():
            held["/".join(inside.parts[:2])] += number
    return sorted(held.items())


def unread(root: Path, taken: str) -> list[tuple[str, int]]:
    """Return the endings of texts below the folder that was ``taken`` which newsfeed does not read,
    and how many of each there are.
    """
    found: Counter[str] = Counter()
    for _, folders, names in os.walk(root / taken):
        folders[:] = [name for name in folders if name[0] not in "._" and name not in NOT_OURS]
        found.update(Path(name).suffix.lower() for name in names)
    return sorted((ending, found[ending]) for ending in OTHER_MARKUP if found[ending])


def holds_articles(folder: Path) -> bool:
    """Say whether a folder holds an article, however deep; hidden folders are passed over."""
    for _, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name[0] != "." and name != "node_modules"]
        if any(name.lower().endswith(ARTICLES) for name in names):
            return True
    return False


def _is_named_so(name: str) -> bool:
    plain = not NOT_ARTICLES.match(name) and not name.startswith("_index.")
    return name.lower().endswith(ARTICLES) and plain


def _has_front_matter(place: Path) -> bool:
    try:
        head = disk.head(place, 8).removeprefix(b"\xef\xbb\xbf").lstrip()
    except OSError:
        return False
    return head.startswith((b"---", b"+++"))


def _named(root: Path) -> list[str]:
    """Return the paths of what may be an article; a tool's own folders begin with a sign."""
    found: list[str] = []
    for place, folders, names in os.walk(root):
        folders[:] = [
            name
            for name in folders
            if (name[0] not in "._" and name not in NOT_OURS) or name in _WITH_SIGN
        ]
        inside = Path(place).relative_to(root)
        found += [(inside / name).as_posix() for name in names if _is_named_so(name)]
    return found


def _dated(root: Path) -> list[str]:
    """Return the paths of the articles that bear a date."""
    found: list[str] = []
    for name in _named(root):
        with suppress(OSError):
            head = disk.head(root / name, HEAD).decode("utf-8", "replace")
            if bears_date(name, head):
                found.append(name)
    return found


def _fullest(named: list[str]) -> str:
    """Return the folder with the most articles, no higher than it must be; empty for none."""
    held: Counter[str] = Counter()
    for name in named:
        parts = name.split("/")[:-1]
        for depth in range(1, len(parts) + 1):
            held["/".join(parts[:depth])] += 1
    found = ""
    while inner := [name for name in held if held[name] and name.rpartition("/")[0] == found]:
        best = max(inner, key=lambda name: (held[name], name))
        if found and (held[best] < held[found] or best.rpartition("/")[2].isdigit()):
            break  # several folders share the articles, or days and years do
        found = best
    return found


def _notes(root: Path) -> bool:
    """Say whether articles lie in the folder itself, beside what every project has."""
    return root.is_dir() and any(
        place.name.lower().endswith(ARTICLES) and not NOT_ARTICLES.match(place.name)
        for place in root.iterdir()
    )
