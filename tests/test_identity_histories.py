"""Random lives of a site, on real files: what a reader has seen never comes back as new."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import folders
from draws import times
from newsfeed import config
from newsfeed.build.articles import Reading
from newsfeed.config import Config
from newsfeed.identity import lockfile, settle
from newsfeed.identity.settle import Settled
from newsfeed.site import archives
from newsfeed.site import plan as planning
from newsfeed.site.items import Items

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
LIMIT, SIZE = 3, 2
BOILERPLATE = "À propos : le réseau réunit les établissements de la région."
PICK = st.integers(min_value=0, max_value=999)


@dataclass(frozen=True)
class Article:
    """An article as its authors think of it: ``uid`` is what makes it the same one."""

    uid: int
    title: str
    date: datetime
    paragraphs: tuple[str, ...]
    slug: str = ""
    category: str = "Vie du réseau"
    given: str = ""
    draft: bool = False

    def text(self) -> str:
        lines = ["---", f'title: "{self.title}"', f"date: {self.date:%Y-%m-%d %H:%M}"]
        lines.append(f"category: {self.category}")
        lines += [f"slug: {self.slug}"] if self.slug else []
        lines += [f"id: {self.given}"] if self.given else []
        lines += ["draft: true"] if self.draft else []
        return "\n".join([*lines, "---", "", "\n\n".join(self.paragraphs), ""])


@dataclass
class Reader:
    """Someone who reads every build: which article they know under which id."""

    known: dict[int, str] = field(default_factory=dict)
    owner: dict[str, int] = field(default_factory=dict)


class History(RuleBasedStateMachine):
    """Authors change files, a build runs now and then, a reader remembers."""

    def __init__(self) -> None:
        super().__init__()
        self.files: dict[str, Article] = {}
        self.trash: list[Article] = []
        self.reader = Reader()
        self.locked: str | None = None
        self.domain = "https://www.example.org/"
        self.now = START
        self.serial = 0
        self.closed: dict[str, dict[int, set[str]]] = {}
        # What was done since the last build, by uid: too much at once is another article.
        self.done: dict[int, set[str]] = {}
        self.stale: set[int] = set()
        self.twins: set[int] = set()
        self.places: set[str] = set()

    @initialize()
    def begin(self) -> None:
        """Two articles that nobody touches make a boilerplate paragraph what it is."""
        for name in ("premier", "second"):
            self.files[f"items/{name}.md"] = self._new(BOILERPLATE)
        self.build(0)

    @rule(boilerplate=st.booleans(), given=st.booleans(), name=PICK, size=st.integers(2, 5))
    def add(self, *, boilerplate: bool, given: bool, name: int, size: int) -> None:
        article = self._new(*[BOILERPLATE] * boilerplate, size=size)
        if given:
            article = replace(article, given=f"article {article.uid}")
        self.files[self._free(name)] = article

    @rule(which=PICK, paragraph=PICK)
    def edit(self, which: int, paragraph: int) -> None:
        """Change one paragraph of the article's own."""
        if path := self._pick(which, "body"):
            article = self.files[path]
            own = [n for n, each in enumerate(article.paragraphs) if each != BOILERPLATE]
            texts = list(article.paragraphs)
            texts[own[paragraph % len(own)]] = f"Corrigé {self._serial()}."
            self.files[path] = replace(article, paragraphs=tuple(texts))

    @rule(which=PICK, name=PICK)
    def rename(self, which: int, name: int) -> None:
        if path := self._pick(which, "path"):
            self.files[self._free(name)] = self.files.pop(path)

    @rule(one=PICK, two=PICK)
    def swap(self, one: int, two: int) -> None:
        first, second = self._pick(one, "path"), self._pick(two, "path")
        if first and second:
            self.files[first], self.files[second] = self.files[second], self.files[first]

    @rule(which=PICK)
    def retitle(self, which: int) -> None:
        if path := self._pick(which, "title"):
            self.files[path] = replace(self.files[path], title=f"Nouveau titre {self._serial()}")

    @rule(which=PICK)
    def redate(self, which: int) -> None:
        if path := self._pick(which, "date"):
            self.files[path] = replace(self.files[path], date=self._date())

    @rule(which=PICK, slug=st.sampled_from(["", "autre", "ete-2026"]))
    def reslug(self, which: int, slug: str) -> None:
        if path := self._pick(which, ""):
            self.files[path] = replace(self.files[path], slug=slug)

    @rule(which=PICK, category=st.sampled_from(["Dépistage", "Vie du réseau"]))
    def recategorise(self, which: int, category: str) -> None:
        if path := self._pick(which, ""):
            self.files[path] = replace(self.files[path], category=category)

    @rule(which=PICK)
    def copy(self, which: int) -> None:
        """A copy, changed a little: until the next build the original stays where it is."""
        path = self._pick(which, "copied")
        if path and not self.files[path].draft:
            title = f"Copie {self._serial()}"
            copied = replace(
                self.files[path], uid=self._serial(), title=title, date=self._date(), given=""
            )
            self.files[f"items/copie-{copied.uid}.md"] = copied
            self.done[copied.uid] = {"copied"}
            self.twins |= {copied.uid, self.files[path].uid}

    @rule(which=PICK)
    def delete(self, which: int) -> None:
        if path := self._pick(which, "deleted"):
            self.trash.append(self.files.pop(path))

    @precondition(lambda self: self.trash)
    @rule(which=PICK, name=PICK)
    def restore(self, which: int, name: int) -> None:
        article = self.trash[which % len(self.trash)]
        if not self.done.get(article.uid):
            self.trash.remove(article)
            self.files[self._free(name)] = article
            self.done[article.uid] = {"path"}

    @rule(which=PICK)
    def hide_or_show(self, which: int) -> None:
        path = self._pick(which, "")
        # A draft has no line before it is published: its twin's would be as much its own.
        if path and self.files[path].uid not in self.twins:
            self.files[path] = replace(self.files[path], draft=not self.files[path].draft)

    @rule()
    def change_domain(self) -> None:
        other = {"https://www.example.org/", "https://autre.example/"} - {self.domain}
        self.domain = other.pop()

    @rule(order=PICK)
    def build(self, order: int) -> None:
        self.now += timedelta(days=1)
        paths = sorted(self.files, key=lambda path: zlib.crc32(f"{order}{path}".encode()))
        tree = folders.InMemory({path: self.files[path].text().encode() for path in paths})
        site = self._config()
        heads = Reading(tree, site, None).articles(1).heads
        known = settle.parse(self.locked) if self.locked is not None else None
        settled = settle.settle(heads, known, site, self.now)
        assert {each.path for each in settled.heads} == set(self.files)
        again = settle.settle(reversed(heads), settled.lock, site, self.now)
        assert again.lock == settled.lock
        assert again.heads == settled.heads
        self._read(settled)
        self._archive(settled, site)
        self.done = {}

    @invariant()
    def the_lock_is_text_that_reads_back(self) -> None:
        if self.locked is not None:
            assert settle.dump(settle.parse(self.locked)) == self.locked

    def _read(self, settled: Settled) -> None:
        """The reader sees each published item under the id that they know, or under a new one."""
        doubtful = {each.path for each in settled.problems if each.code == "identity-doubtful"}
        # Said only where a new article took the place of another one since the last build.
        assert all(self.files[path].uid not in self.reader.known for path in doubtful)
        assert doubtful <= self.places
        self.places = set(self.files)
        seen = [item for item in settled.heads if not item.draft]
        assert len({item.id for item in settled.heads}) == len(settled.heads)
        assert len({item.page for item in settled.heads}) == len(settled.heads)
        for item in seen:
            uid = self.files[item.path].uid
            assert self.reader.known.setdefault(uid, item.id) == item.id
            assert self.reader.owner.setdefault(item.id, uid) == uid
            record = settled.lock.records[item.id]
            (self.stale.discard if record.sketch == item.sketch else self.stale.add)(uid)
        gone = {each.id for each in settled.removed}
        assert not gone & {item.id for item in seen}
        known = {self.reader.known[a.uid] for a in self.trash if a.uid in self.reader.known}
        assert known == gone & known

    def _archive(self, settled: Settled, site: Config) -> None:
        """Closed pages keep their members for ever; the walk gives each item once."""
        plan = planning.plan(Items(settled.heads, {}.__getitem__), self.now)
        visible = {head.id: head for head in plan.items.heads}
        closing = {}
        feeds = {"": plan.items.heads}
        feeds |= {group.folder: group.items.heads for group in plan.of("category")}
        for folder, items in feeds.items():
            pages = archives.arrange(
                items,
                visible,
                lockfile.archived(settled.lock).get(folder, {}),
                limit=LIMIT,
                size=SIZE,
            )
            closing[folder] = pages.closing
            walk = [item.id for part in (pages.current, pages.open, *pages.closed) for item in part]
            assert len(walk) == len(set(walk))
            assert set(walk) >= {item.id for item in items}
            assert folder or set(walk) == {item.id for item in items}
            before = self.closed.setdefault(folder, {})
            for number, page in enumerate(pages.closed, 1):
                now = {item.id for item in page}
                assert now == before.setdefault(number, now) & visible.keys()
        self.locked = settle.dump(lockfile.with_archived(settled.lock, closing))

    def _pick(self, which: int, change: str) -> str | None:
        """Return the path of an article that may be changed so, and note the change."""
        path = sorted(self.files)[which % len(self.files)]
        uid = self.files[path].uid
        if path in ("items/premier.md", "items/second.md"):
            return None
        done = self.done.setdefault(uid, set())
        after = {*done, change} - {""}
        if not self._recognisable(uid, done, after):
            return None
        done.update(after)
        return path

    def _recognisable(self, uid: int, before: set[str], after: set[str]) -> bool:
        """Say whether docs/identity.md promises that the changes ``after`` keep the id."""
        if before & {"copied", "deleted"} or (after & {"copied", "deleted"} and before):
            return False
        if "body" in before and after == before:
            return False
        if uid in self.twins:
            return len(after) <= (1 if "path" in after or uid in self.stale else 2)
        stale = uid in self.stale and after - {"path", "body"}
        return "path" not in after or len(after) <= (1 if stale else 2)

    def _new(self, *more: str, size: int = 3) -> Article:
        uid = self._serial()
        texts = tuple(f"Paragraphe {n} de l’article {uid}." for n in range(size))
        return Article(uid=uid, title=f"Titre {uid}", date=self._date(), paragraphs=texts + more)

    def _date(self) -> datetime:
        return START - timedelta(days=400) + timedelta(minutes=7 * self._serial())

    def _free(self, number: int) -> str:
        """Return a path where no file is; few names, so that old ones come back."""
        names = [f"items/{folder}{name}.md" for folder in ("", "2026/") for name in "abcdefghijkl"]
        free = [name for name in names if name not in self.files]
        return free[number % len(free)] if free else f"items/{self._serial()}.md"

    def _serial(self) -> int:
        self.serial += 1
        return self.serial

    def _config(self) -> Config:
        return config.parse(f'[site]\ntitle = "Réseau"\nurl = "{self.domain}"\n')


TestHistory = History.TestCase
TestHistory.settings = settings(max_examples=times(60, 150), stateful_step_count=60, deadline=None)
