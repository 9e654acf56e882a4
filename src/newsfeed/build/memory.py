"""What one build knows from earlier ones: articles that have not changed, what was found out of them.

The law: with a memory, with none, or with a damaged one, a build gives the same bytes and says the
same. So nothing is taken for unchanged that size and times alone do not prove, and whatever an
output is made of is part of the key that it is remembered by.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence, Set
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from newsfeed.build.cache import YOUNG, Cache
from newsfeed.build.chunks import Chunks, Numbered
from newsfeed.build.finding import DIGEST, MARKS, NO_LINE, SAME, SECOND, SLIM, holds, read
from newsfeed.build.grounds import Lost
from newsfeed.build.published import Outputs
from newsfeed.build.rows import BETWEEN, article_of, row_of
from newsfeed.config import Config
from newsfeed.content import scan
from newsfeed.content.reading import Article, articles
from newsfeed.content.scan import PART, ROW, DiskTree, Listing
from newsfeed.model import FileInfo

if TYPE_CHECKING:
    from newsfeed.content.reading.reader import Reader

_PLAIN, _NOTED = "0", "1"
_FEW = 200
"""How many articles may have changed for the others not even to be looked up."""
_SAVED = 16
"""How many chunks are kept in memory before they are written, while all articles are being read."""


class Few(NamedTuple):
    """What changed of a site where that are some articles alone.

    ``edited`` are those that have another content, each with a hash of the former one, ``renewed``
    their lines. ``folders`` are those whose files have other sizes or times.
    """

    edited: dict[str, str]
    renewed: dict[str, str]
    folders: list[str]


class Memory:
    """What is remembered of a site's articles, and of a build that published at ``dest``.

    ``outputs`` are the files there. ``edited`` are the articles that `learn` was told of: those with
    another content than remembered, each with a hash of the former one.
    """

    def __init__(self, cache: Cache, dest: Path) -> None:
        self.fingerprint = cache.fingerprint
        self.edited: dict[str, str] = {}
        self._cache = cache
        self._dest = os.path.realpath(dest)
        # Of an article its line, as `finding` makes it. Of a note: a path, a hash of the content,
        # what is known of the body.
        self._articles = Chunks(cache, "articles")
        self._notes = Chunks(cache, "notes")
        # Of a folder, what a scan found there.
        self._listed = Chunks(cache, "listed")
        self.outputs = Outputs(cache, self._dest)
        self.laid = Numbered(cache, "laid", self._dest)
        self._tree: DiskTree | None = None
        self._config: Config | None = None
        self._few = False
        self._streamed = False
        self._coming: Generator[list[str]] | None = None
        self._told = False
        self._here: Set[str] = frozenset()
        self._odd: dict[str, str] = {}
        self._folders: Sequence[str] = ()
        self._lines: dict[str, str] = {}
        self._unread: dict[str, Article] = {}
        self._renewed: dict[str, str] = {}
        self._digests: dict[str, str] = {}
        self._gone: list[str] = []
        self._noted: dict[str, str] = {}
        self._left: dict[str, tuple[str, bool]] = {}

    @property
    def empty(self) -> bool:
        """Whether nothing is remembered of any article."""
        return not self._articles.token

    # What the last build that published here left

    def found(self, name: str, *, bound: bool = True) -> str | None:
        """Return what a build left under ``name``.

        Of what was left ``bound``, only if the articles and outputs of that build are remembered.
        """
        text = self._cache.find("whole", name, self._dest)
        if not bound or text is None:
            return text
        bond, _, text = text.partition("\n")
        return text if bond == self._bond() else None

    def leave(self, name: str, text: str, *, bound: bool = True) -> None:
        """Leave a text for the next build that publishes here."""
        self._left[name] = (text, bound)

    def _bond(self) -> str:
        """Return what stands for all that a build saw and made: else its words are not true.

        A build that is given up sees a picture, too, that is another one than before.
        """
        return f"{self._listed.token} {self._articles.token} {self.outputs.token}"

    def listing(self) -> Listing:
        """Return what the scan listed that the remembered articles come from, empty for unknown."""
        bond = f"{self._listed.token} {self._articles.token}"
        if self._cache.find("whole", "bond") != bond:
            return {}
        return {folder: line[len(folder) + 1 :] for folder, line in self._listed.lines()}

    # Articles

    def refresh(
        self,
        tree: DiskTree,
        config: Config,
        jobs: int,
        meanwhile: Callable[[], None] = lambda: None,
        count: Callable[[int], None] = lambda _: None,
    ) -> None:
        """Learn what every article of ``tree`` says; those that changed are read, by ``jobs`` processes.

        This process does ``meanwhile`` while others read, and ``count`` is told how many are read. Of
        a site of which nothing is remembered the articles may still be being read: `told` waits for
        each.
        """
        self._tree, self._config = tree, config
        self._few = self._streamed = self._told = False
        self._lines, self._unread, self._gone = {}, {}, []
        known = self.listing()
        changed = set(scan.differing(known, tree.listing)) if known else None
        self._learn_all(changed, jobs, meanwhile, count)

    def few(self, tree: DiskTree, config: Callable[[], Config]) -> Few | None:
        """Return what changed since the articles were remembered, if that are a few of them alone."""
        known = self.listing()
        if not known:
            return None
        changed = set(scan.differing(known, tree.listing))
        if not changed:
            return Few({}, {}, [])
        waiting: list[tuple[str, str]] = []
        for path in sorted(changed) if len(changed) <= _FEW else ("",):
            line = self._articles.line(path)
            if line is None or tree.files.get(path) is None:
                return None
            waiting.append((path, line.split(BETWEEN, 2)[DIGEST]))
        former = dict(waiting)
        renewed: dict[str, str] = {}
        edited: dict[str, str] = {}
        for path, line in _found(waiting, read(waiting, tree, config(), 1)):
            if line == NO_LINE:
                return None
            if line != SAME:
                renewed[path] = line
                edited[path] = former[path]
        folders = [folder for folder in known if known[folder] != tree.listing.get(folder)]
        return Few(edited, renewed, folders)

    def learn(self, few: Few, tree: DiskTree, config: Config) -> None:
        """Know what changed in ``tree``: a few articles, and no others are looked up."""
        self._tree, self._config, self._few = tree, config, True
        self.edited, self._renewed, self._folders = few

    def _learn_all(
        self,
        changed: Set[str] | None,
        jobs: int,
        meanwhile: Callable[[], None],
        count: Callable[[int], None],
    ) -> None:
        """Learn what is remembered of all articles, and read the others."""
        assert self._tree is not None and self._config is not None
        paths = articles(self._tree, self._config)
        here = self._here = frozenset(paths)
        former: dict[str, str] = {}
        for path, line in self._articles.lines():
            if path not in here:
                self._gone.append(path)
            elif changed is not None and path not in changed:
                self._lines[path] = line
            else:
                former[path] = line
        waiting = [
            (path, former[path].split(BETWEEN, 2)[DIGEST] if path in former else "")
            for path in paths
            if path not in self._lines
        ]
        if not waiting:
            return
        found = _counted(read(waiting, self._tree, self._config, jobs, meanwhile), count)
        if not self._articles.token:
            self._coming, self._streamed = self._arriving(waiting, found), True
            self._save_listing(self._tree.listing)  # while others read
            return
        for path, line in _found(waiting, found):
            if line == NO_LINE:
                self._leave_unread(path)
                if path in former:
                    self._gone.append(path)
            else:
                self._lines[path] = line or former[path]
                if line != SAME:
                    self._renewed[path] = line
        self._lines = dict(sorted(self._lines.items()))

    def _arriving(
        self, waiting: Sequence[tuple[str, str]], found: Iterator[str]
    ) -> Generator[list[str]]:
        """Yield the lines that are ``found`` in all articles, and keep them as they are."""
        index: list[tuple[str, str]] = []
        at = 0
        for text in found:
            lines = text.split("\n")
            paths = waiting[at : at + len(lines)]
            at += len(lines)
            if NO_LINE in lines:
                for (path, _), line in zip(paths, lines, strict=True):
                    if line == NO_LINE:
                        self._leave_unread(path)
                lines = [line for line in lines if line != NO_LINE]
                text = "\n".join(lines)
            if lines:
                index.append(self._articles.add(text))
                if len(index) % _SAVED == 0:
                    self._cache.save()  # what the index does not name is nothing yet
            yield lines
        self._articles.keep(index)

    def _leave_unread(self, path: str) -> None:
        """Read an article that is not to be remembered."""
        assert self._tree is not None
        self._unread[path] = self._reader.file(self._tree, path)

    def _arrive(self) -> None:
        """Wait for all that is still being read."""
        for _ in self._coming or ():
            pass
        self._coming = None

    def close(self) -> None:
        """Let go of those who still read articles, of whom nobody wants anything any more."""
        if self._coming is not None:
            self._coming.close()

    def told(self) -> Iterator[tuple[str, str, str]]:
        """Yield the path, the marks and the first line of the row of each article, by path."""
        self._odd = {}
        lines: Iterable[str]
        if self._coming is not None and not self._told:
            lines = chain.from_iterable(self._coming)
        else:
            self._arrive()
            known = self._articles.lines() if self._streamed else self._lines.items()
            lines = (line for _, line in known)
        self._told = True
        paged = self._config is not None and self._config.pages.enabled
        for line in lines:
            path, digest, _, marks, slim = line.split(BETWEEN, SLIM)
            if paged:
                self._digests[path] = digest  # a page's key asks for it
            if slim[0] != "+":
                self._odd[path] = slim
            yield path, marks, slim

    def troubled(self) -> dict[str, Article]:
        """Return the articles that have problems, or give no item, of those that `told` told of."""
        return {
            path: article_of(path, slim, self.rest) for path, slim in self._odd.items()
        } | self._unread

    def articles(self) -> dict[str, Article]:
        """Return every article that `refresh` learned of."""
        return {
            path: article_of(path, slim, self.rest) for path, _, slim in self.told()
        } | self._unread

    def paths(self) -> Set[str]:
        """Return the paths of all articles."""
        return self._here

    @property
    def whole(self) -> bool:
        """Whether all that the site's folder holds can be remembered."""
        self._arrive()
        tree = self._tree
        return tree is not None and not (self._unread or tree.problems or tree.asked)

    def slim(self, path: str) -> str:
        """Return the first line of an article's row."""
        line = self._line(path)
        if line is None:
            raise Lost
        return line.split(BETWEEN, SLIM)[SLIM]

    def rest(self, path: str) -> str:
        """Return the second line of an article's row, made anew where it is lost."""
        line = self._line(path)
        if line is not None:
            return line.split(BETWEEN, MARKS)[SECOND]
        assert self._tree is not None
        row = row_of(self._reader.file(self._tree, path))
        return row[1] if row is not None else ""

    def _line(self, path: str) -> str | None:
        line = self._lines.get(path)
        if line is None and (self._few or self._streamed):
            line = self._renewed.get(path) or self._articles.line(path)
        return line

    def rows(self, path: str) -> tuple[tuple[str, str], tuple[str, str]]:
        """Return the two lines of the row that an edited article had, and those that it has."""
        lines = (self._articles.line(path), self._renewed.get(path))
        if None in lines:
            raise Lost
        before, after = ((line or "").split(BETWEEN, SLIM) for line in lines)
        return (before[SLIM], before[SECOND]), (after[SLIM], after[SECOND])

    def digest(self, path: str) -> str:
        """Return a hash of an article's content, empty where it is not known."""
        digest = self._digests.get(path)
        if digest is None:
            line = self._line(path)
            digest = self._digests[path] = line.split(BETWEEN, 2)[DIGEST] if line else ""
        return digest

    # Notes on bodies

    @cached_property
    def _old_notes(self) -> dict[str, str]:
        """The notes of articles that have not changed, empty for nothing of note."""
        found: dict[str, str] = {}
        for path, line in self._notes.lines():
            _, digest, note = line.split(BETWEEN, 2)
            if self.digest(path) == digest:
                found[path] = "" if note[0] == _PLAIN else note[1:]
        return found

    def note(self, path: str) -> str | None:
        """Return what is known of an article's body, empty for nothing of note, None for unknown."""
        text = self._noted.get(path)
        if text is None:
            if not self._few:
                return self._old_notes.get(path)
            text = self._noted_before(path, self.digest(path))
        return text if text is None else "" if text[0] == _PLAIN else text[1:]

    def whole_note(self, path: str, digest: str = "") -> str | None:
        """Return all that was noted of an article's body, None where it was lost.

        ``digest`` is the content that it had, where that is another one than today's.
        """
        text = None if digest else self._noted.get(path)
        text = text or self._noted_before(path, digest or self.digest(path))
        return text[1:] if text else None

    def _noted_before(self, path: str, digest: str) -> str | None:
        _, known, note = (self._notes.line(path) or BETWEEN * 2).split(BETWEEN, 2)
        return note if digest and known == digest else None

    def add_note(self, path: str, note: str, *, plain: bool) -> None:
        """Remember what is known of an article's body; ``plain`` says that it is nothing of note."""
        self._noted[path] = (_PLAIN if plain else _NOTED) + note

    # Files of the site

    def file(self, path: str) -> str | None:
        """Return what stands for the content of a file, None where its times prove nothing."""
        info = self._tree.files.get(path) if self._tree is not None else None
        return _stat(info) if info is not None and self._cache.is_old(info) else None

    def size(self, path: str) -> tuple[int | None, int | None] | None:
        """Return a picture's size in pixels, None where it is not known."""
        stat = self.file(path)
        text = self._cache.find("sizes", path, stat) if stat else None
        if text is None:
            return None
        width, _, height = text.partition(" ")
        return (int(width), int(height)) if height else (None, None)

    def add_size(self, path: str, size: tuple[int | None, int | None]) -> None:
        """Remember a picture's size."""
        if stat := self.file(path):
            width, height = size
            text = "" if width is None or height is None else f"{width} {height}"
            self._cache.add("sizes", text, path, stat)

    def widths(self, path: str) -> tuple[int, ...] | None:
        """Return the widths of a picture's smaller forms, None where they are not known."""
        stat = self.file(path)
        text = self._cache.find("sizes", path, stat, "widths") if stat else None
        return None if text is None else tuple(map(int, text.split()))

    def add_widths(self, path: str, widths: tuple[int, ...]) -> None:
        """Remember the widths of a picture's smaller forms."""
        if stat := self.file(path):
            self._cache.add("sizes", " ".join(map(str, widths)), path, stat, "widths")

    def save(self) -> None:
        """Write what this build learned."""
        if self._tree is not None:
            self._arrive()
            self._save_articles()
            if not self._streamed:
                self._save_listing(self._tree.listing)
            self._cache.add("whole", f"{self._listed.token} {self._articles.token}", "bond")
        known = self.outputs.keep()
        if known is not None:
            if not known:
                self._left = {}  # nothing is true of all
            for name, (text, bound) in self._left.items():
                sealed = f"{self._bond()}\n{text}" if bound else text
                self._cache.add("whole", sealed, name, self._dest)
        self._cache.save()

    def _save_articles(self) -> None:
        lines = {
            path: BETWEEN.join((path, digest, note))
            for path, note in self._noted.items()
            if (digest := self.digest(path))
        }
        self._articles.renew(self._renewed, self._gone)
        self._notes.renew(lines, self._gone)

    def _save_listing(self, listing: Listing) -> None:
        """Keep what was scanned; of files that may yet change unseen the name alone."""
        if not all(holds(folder) and holds(text) for folder, text in listing.items()):
            self._listed.keep([])
            return
        known = {} if self._few else dict(self._listed.lines())
        lines: dict[str, str] = {}
        oldest = self._cache.oldest
        for folder in self._folders if self._few else listing:
            text = listing[folder]
            line = f"{folder}{BETWEEN}{text}"
            if known.get(folder) != line:
                proven = ROW.join([_proven(row, oldest) for row in text.split(ROW)])
                lines[folder] = f"{folder}{BETWEEN}{proven}"
        gone = [folder for folder in known if folder not in listing]
        self._listed.renew(lines, gone)

    @cached_property
    def _reader(self) -> Reader:
        from newsfeed.content.reading.reader import Reader

        assert self._config is not None
        return Reader(self._config)


def _counted(found: Iterator[str], count: Callable[[int], None]) -> Iterator[str]:
    """Yield the texts that are ``found``, and tell how many articles they speak of."""
    done = 0
    for text in found:
        done += text.count("\n") + 1
        count(done)
        yield text


def _found(waiting: Sequence[tuple[str, str]], found: Iterator[str]) -> Iterator[tuple[str, str]]:
    """Yield the paths of what was ``waiting``, each with the line that was ``found``."""
    lines = chain.from_iterable(text.split("\n") for text in found)
    for (path, _), line in zip(waiting, lines, strict=True):
        yield path, line


def _proven(row: str, oldest: int) -> str:
    """Return the row of a file, without numbers if these do not prove what the file holds."""
    name, numbers = row.split(PART, 2)[:2]
    _, mtime, changed = numbers.split(" ")
    return row if int(mtime) < oldest and int(changed) < oldest else f"{name}{PART}{YOUNG}"


def _stat(info: FileInfo) -> str:
    return f"{info.size} {info.mtime} {info.changed}"
