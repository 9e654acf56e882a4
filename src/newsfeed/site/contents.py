"""What the files that articles show hold, where their names do not say it."""

from __future__ import annotations

from newsfeed.model import FileInfo, Tree
from newsfeed.site.attachments import LARGEST_POINTER, LARGEST_SVG, mistaken, runs_script
from newsfeed.text.media_types import media_type


class Contents:
    """Looks into the files of ``tree``, into each as long as it stays what it was."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._scripted: dict[tuple[str, FileInfo], bool] = {}
        self._beginnings: dict[tuple[str, FileInfo], bytes] = {}

    def mistaken(self, path: str) -> str:
        """Return the code of the rule for a file that is not what its name says; empty for others."""
        info = self._tree.info(path)
        kind = media_type(path)
        is_picture = kind.startswith("image/") and kind != "image/svg+xml"
        if info is None or not (is_picture or 0 < info.size < LARGEST_POINTER):
            return ""
        if (path, info) not in self._beginnings:
            self._beginnings[path, info] = self._tree.read(path, LARGEST_POINTER)
        return mistaken(self._beginnings[path, info], is_picture=is_picture)

    def runs_script(self, path: str) -> bool:
        """Say whether the drawing at ``path`` holds a script, or is too large to be looked at."""
        info = self._tree.info(path)
        if info is None or info.size > LARGEST_SVG:
            return info is not None
        if (path, info) not in self._scripted:
            self._scripted[path, info] = runs_script(self._tree.read(path))
        return self._scripted[path, info]
