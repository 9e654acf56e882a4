"""Which files of a site may be shown to anybody, by where they really lie: the one gate of what is read.

The folder of articles, ``static/``, the issues, and where other tools keep what they publish as it is.
Everything else of a repository is its own business: settings, sources, whatever is hidden.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

PUBLIC_NAMES = frozenset(
    ("static", "public", "source", "assets", "images", "image", "img", "imgs", "media", "uploads",
     "photos", "pictures", "pics", "audio", "video", "videos", "downloads")
)  # fmt: skip
"""Where Hexo, Astro, Jekyll, Gatsby and others keep pictures and documents, and what people call such
folders themselves: in the site's folder, and in those that hold the articles."""
NOT_SHOWN = frozenset(("newsfeed.toml", "newsfeed.lock"))
_NOT_PUBLIC = ("", ".", "_")  # what such a name begins with is nobody's to read


def is_hidden(name: str) -> bool:
    """Say whether a file or folder of this name is passed over."""
    return name[:1] == "." or name == "node_modules"


class PublicFolders:
    """The places of the site at ``root`` whose files may be shown; the first of ``folders`` is that of
    articles."""

    def __init__(self, root: Path, folders: Sequence[str]) -> None:
        self._root = root
        self._folders = tuple(folders)
        self._tops: dict[str, str] | None = None
        self._holders: tuple[str, ...] = ()
        self._base = ""

    def hold(self, place: str) -> bool:
        """Say whether the file or folder at ``place``, a path without links, may be shown."""
        return self.path(place) is not None

    def path(self, place: str) -> str | None:
        """Return what a file at ``place`` is called in the site, None where it may not be shown."""
        place = os.path.abspath(place)
        for top, name in self._places().items():
            if place == top:
                return name
            if place.startswith(top + os.sep):
                rest = place[len(top) + 1 :].split(os.sep)
                if any(map(is_hidden, rest)):
                    return None
                if place[len(self._base) + 1 :] in NOT_SHOWN:
                    return None
                return "/".join(rest if name == "." else [name, *rest])
        return self._in_public_folder(place)

    def _in_public_folder(self, place: str) -> str | None:
        for holder in self._holders:
            start = os.path.join(self._base, holder, "") if holder else self._base + os.sep
            if place.startswith(start):
                rest = place[len(start) :].split(os.sep)
                if rest[0] in PUBLIC_NAMES and not any(
                    part[:1] in _NOT_PUBLIC or is_hidden(part) for part in rest
                ):
                    return "/".join([*filter(None, holder.split("/")), *rest])
        return None

    def _places(self) -> dict[str, str]:
        """Return the real places of the folders, the inner before what holds them, with their names."""
        if self._tops is None:
            self._base = os.path.realpath(self._root)
            tops = {
                os.path.realpath(os.path.join(self._root, name)): os.path.normpath(name)
                for name in reversed(self._folders)
            }
            self._tops = dict(sorted(tops.items(), key=lambda each: -len(each[0])))
            articles = os.path.normpath(self._folders[0] if self._folders else ".")
            parts = [] if articles[:2] in (".", "..") else articles.split("/")[:-1]
            self._holders = tuple("/".join(parts[:count]) for count in range(len(parts), -1, -1))
        return self._tops
