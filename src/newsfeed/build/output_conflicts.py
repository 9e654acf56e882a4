"""Who has which path of the output folder: a path is one file's, or a folder's, never both."""

from __future__ import annotations

from newsfeed.text.output_paths import folded, is_fit

# What readers, robots and scripts ask for by name: no article's page turns one into a folder.
FILES = frozenset(
    {
        "404.html", "_headers", "atom.xml", "feed.json", "feeds.opml", "robots.txt", "rss.xml",
        "search.json", "sitemap.xml",
    }
)  # fmt: skip


class Claims:
    """The paths taken so far: two that some disk takes for one are one."""

    def __init__(self) -> None:
        self._files: set[str] = set()
        self._taken: set[str] = set()
        self._folders: set[str] = set()

    @property
    def paths(self) -> list[str]:
        """The paths of files, sorted."""
        return sorted(self._files)

    def answers(self, address: str) -> bool:
        """Say whether a host would find something at ``address``, a path below the site's own."""
        if not address or address.endswith("/"):
            return f"{address}index.html" in self._files
        return not self._files.isdisjoint((address, f"{address}/index.html", f"{address}.html"))

    def take(self, path: str) -> bool:
        """Take ``path`` for a file; return False, and take nothing, where it is not free or not fit."""
        key = folded(path)
        if key in self._taken or key in self._folders or not is_fit(path):
            return False
        folder = key.rpartition("/")[0]
        above = []
        while folder and folder not in self._folders:
            if folder in self._taken or folder in FILES:
                return False
            above.append(folder)
            folder = folder.rpartition("/")[0]
        self._folders.update(above)
        self._files.add(path)
        self._taken.add(key)
        return True
