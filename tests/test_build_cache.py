"""The law of the cache: whatever happened to the site, the same bytes and the same words."""

from __future__ import annotations

import gc
import json
import os
import shutil
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from command import ROOT
from draws import times
from newsfeed import build
from newsfeed.build import (
    article_pages,
    articles,
    cache,
    entries,
    list_pages,
    pool,
    remembered_articles,
)
from newsfeed.build import letters as build_letters
from newsfeed.build.rendering import Rendering
from newsfeed.build.site import Options
from newsfeed.cli import cli
from newsfeed.cli.session import Session
from newsfeed.config import parse
from newsfeed.content import charset, scan
from newsfeed.content.reading import Article, LeftOut, read_article
from newsfeed.diagnostics import diagnostic
from newsfeed.model import Enclosure, Event, Image, Item, Link, Person
from newsfeed.theme.environment import Theme
from photographs import photograph

SETTINGS = """[site]
title = "Le réseau"
url = "https://www.example.org/"
language = "fr"
timezone = "Europe/Paris"
[feeds]
limit = {limit}
per = ["category"]
archive = {archive}
archive_size = 2
[pages]
enabled = {pages}
lists = {lists}
per_page = 2
picture_widths = [40, 90]
[newsletter]
enabled = {letters}
[brand]
accent = "{accent}"
"""
PICTURE = photograph(120, 120, "PNG")
NAMES = ("a", "b", "c", "d", "e")
KINDS = ("news", "category", "tag", "author", "language")


class Site:
    """A site on disk that edits are made to, and its builds, warm and cold."""

    def __init__(
        self, folder: Path, *, archive: bool = True, pages: bool = True, letters: bool = False
    ) -> None:
        self.pages = str(pages).lower()
        self.letters = str(letters).lower()
        self.lists = KINDS
        self.folder = folder / "site"
        self.archive = str(archive).lower()
        self.items = self.folder / "items"
        self.items.mkdir(parents=True)
        (self.folder / "templates").mkdir()
        self.configure(3, "#0f4c5c")
        self.now = "2026-06-01T12:00:00Z"
        self.flags: tuple[str, ...] = ()
        for number, name in enumerate(NAMES):
            self.write(name, f"Titre {name}", day=number + 1, body=f"Texte {name}.")
        (self.items / "image.png").write_bytes(PICTURE)
        self.elsewhere = folder / "cold"
        self.kept: bytes | None = None

    @property
    def settings(self) -> str:
        return Session(root=self.folder).settings()

    def configure(self, limit: int, accent: str) -> None:
        text = SETTINGS.format(
            limit=limit,
            accent=accent,
            archive=self.archive,
            pages=self.pages,
            lists=[*self.lists],
            letters=self.letters,
        )
        (self.folder / "newsfeed.toml").write_text(text, "utf-8")

    def write(self, name: str, title: str, *, day: int, body: str, more: str = "") -> None:
        others = [each for each in NAMES if each != name]
        link = others[len(body) % len(others)]
        text = (
            f'---\ntitle: "{title}"\ndate: 2026-05-{day:02}\ncategory: Thème {day % 2}\n'
            f"tags: [Étiquette {day % 3}, commune]\n{more}---\n{body}\n\n"
            f"Voir [l’autre]({link}.md#partie) et ![une image](image.png).\n\n## Partie\n\nFin.\n"
        )
        (self.items / f"{name}.md").write_text(text, "utf-8")

    def build(self, folder: Path, out: Path, *options: str) -> tuple[Any, ...]:
        """Build, and return the exit code with what was said as data."""
        said = folder / ".said.json"
        command = ["-q", "-C", str(folder), "build", "-o", str(out), "--now", self.now]
        with said.open("w", encoding="utf-8") as stream:
            out_, sys.stdout = sys.stdout, stream
            try:
                code = cli.main([*command, "--format", "json", *options], standalone_mode=False)
            finally:
                sys.stdout = out_
                gc.enable()
        # Paths of outputs are seen from the repository, which neither folder is in.
        return code, said.read_text("utf-8").replace(str(folder), "")

    def settle(self) -> None:
        """Build until all that may stand stands: some of it is only known when it is published."""
        for _ in range(2):
            self.build(self.folder, self.folder / "public")

    def check(self, *options: str) -> None:
        """Assert that a build with what is remembered gives what one without gives.

        Both begin with what was published before: closed pages of an archive stay as they are. With
        the flags of an edit, which hold once, both are such builds; an ordinary one follows.
        """
        flags, self.flags = self.flags, ()
        self._agree(*options, flags=flags)
        if flags:
            self._agree(*options)

    def _agree(self, *options: str, flags: tuple[str, ...] = ()) -> None:
        shutil.rmtree(self.elsewhere, ignore_errors=True)
        skip = shutil.ignore_patterns(".newsfeed", ".said.json")
        shutil.copytree(self.folder, self.elsewhere, ignore=skip)
        cold = self.build(
            self.elsewhere, self.elsewhere / "public", "--no-cache", "--jobs", "1", *flags
        )
        warm = self.build(self.folder, self.folder / "public", *options, *flags)
        assert warm == cold
        assert tree(self.folder / "public") == tree(self.elsewhere / "public")
        assert tree(self.folder / "issues") == tree(self.elsewhere / "issues")
        locks = [each / "newsfeed.lock" for each in (self.folder, self.elsewhere)]
        assert locks[0].read_text("utf-8") == locks[1].read_text("utf-8")


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _article(site: Site, at: int) -> Path:
    return sorted(site.items.glob("*.md"))[at % len(list(site.items.glob("*.md")))]


def touch(site: Site, at: int) -> None:
    os.utime(_article(site, at))


def edit(site: Site, at: int) -> None:
    path = _article(site, at)
    path.write_text(path.read_text("utf-8") + f"\nEncore {at}.\n", "utf-8")


def edit_same_size(site: Site, at: int) -> None:
    """A same-size edit whose author, or whose tool, puts the time back."""
    path = _article(site, at)
    before = path.stat()
    path.write_text(path.read_text("utf-8").replace("Texte", "Motif"), "utf-8")
    if path.stat().st_size == before.st_size:
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def retitle(site: Site, at: int) -> None:
    path = _article(site, at)
    path.write_text(path.read_text("utf-8").replace('title: "', f'title: "N{at} '), "utf-8")


def rename(site: Site, at: int) -> None:
    path = _article(site, at)
    path.rename(path.with_name(f"{path.stem}{at}.md"))


def remove(site: Site, at: int) -> None:
    if len(list(site.items.glob("*.md"))) > 2:
        _article(site, at).unlink()


def add(site: Site, at: int) -> None:
    site.write(NAMES[at % 5], f"Nouveau {at}", day=at % 28 + 1, body=f"Neuf {at}.")


def elsewhere(site: Site, at: int) -> None:
    """An article whose page is another site's: lists alone show its body's beginning."""
    address = "url: https://ailleurs.example.org/a\n"
    body = f"Texte {at}, et un lien [mort](mort-{at}.md)."
    # Feeds show the newest alone.
    site.write("ailleurs", "Ailleurs", day=7 if at % 2 else 1, body=body, more=address)


def schedule(site: Site, at: int) -> None:
    site.write(f"plus-tard-{at}", f"Plus tard {at}", day=25, body="Texte.", more="draft: false\n")


def spoil(site: Site, at: int) -> None:
    path = _article(site, at)
    path.write_text(path.read_text("utf-8").replace("date: 2026", "date: 20x6"), "utf-8")


def edit_spoilt(site: Site, at: int) -> None:
    """Another text below a front matter that cannot be read."""
    spoil(site, at)
    edit(site, at)


def odd(site: Site, at: int) -> None:
    """Text that no row of the cache can hold as it is."""
    site.write(f"odd{at}", "A\\u001fB", day=3, body="X", more='summary: "un\\n\\ndeux"\n')


def clock_back(site: Site, at: int) -> None:
    edit(site, at)
    os.utime(_article(site, at), (1_000_000_000, 1_000_000_000 - at))


def picture(site: Site, at: int) -> None:
    width = (at % 200 + 1).to_bytes(4, "big")
    (site.items / "image.png").write_bytes(PICTURE[:16] + width + PICTURE[20:])


def photo(site: Site, at: int) -> None:
    """A picture that has smaller forms, in other bytes each time."""
    (site.items / "image.png").write_bytes(photograph(120, 80, "PNG", seed=at % 5))


def no_picture(site: Site, at: int) -> None:
    (site.items / "image.png").unlink(missing_ok=True)


def template(site: Site, at: int) -> None:
    """Change the page of an article, now and then to one that fails, or fails for one of them."""
    text = f"<title>{at}</title>{{{{ title }}}}{{{{ body }}}}{{{{ next.text if next }}}}\n"
    fails = ("{{ item.nope }}", '{% if title == "Titre c" %}{{ nope }}{% endif %}')
    page = site.folder / "templates" / "page"
    page.mkdir(exist_ok=True)
    (page / "item.html").write_text(text + (fails[at % 4] if at % 4 < 2 else ""), "utf-8")
    if at % 3 == 0:
        (page / "card.html").write_text(f"<p>{at}{{{{ item.url }}}}{fails[1]}</p>\n", "utf-8")
    else:
        (page / "card.html").unlink(missing_ok=True)


def configuration(site: Site, at: int) -> None:
    site.configure(at % 3 + 2, f"#0f4c{at % 90 + 10}")


def unlist(site: Site, at: int) -> None:
    site.lists = tuple(kind for number, kind in enumerate(KINDS) if at >> number & 1)
    site.configure(3, "#0f4c5c")


def later(site: Site, at: int) -> None:
    site.now = f"2026-05-{at % 28 + 1:02}T12:00:00Z"


def forget(site: Site, at: int) -> None:
    shutil.rmtree(site.folder / ".newsfeed", ignore_errors=True)


def truncate(site: Site, at: int) -> None:
    with _cache(site).open("r+b") as file:
        file.truncate(at * 977 % (_cache(site).stat().st_size + 1))


def damage(site: Site, at: int) -> None:
    data = bytearray(_cache(site).read_bytes())
    for place in range(at, len(data), 1009):
        data[place] ^= 0x55
    _cache(site).write_bytes(data)


def lose(site: Site, at: int) -> None:
    """Lose some results of one step, in a cache that is whole otherwise, and edit an article."""
    document = _document(site)
    if document is not None:
        _, steps = document
        for name in sorted(steps)[at % len(steps) :][:1]:
            steps[name] = [raw for number, raw in enumerate(steps[name]) if (number + at) % 3]
        _rewrite(site, document)
    edit(site, at)


def lose_step(site: Site, at: int) -> None:
    """Lose all results of one step, and no other."""
    document = _document(site)
    if document is not None:
        del document[1][sorted(document[1])[at % len(document[1])]]
        _rewrite(site, document)


def mistake(site: Site, at: int) -> None:
    """Results of a step that none of ours would be, in a cache that is whole otherwise."""
    document = _document(site)
    if document is not None:
        name = sorted(document[1])[at % len(document[1])]
        document[1][name] = [[7, "x"], {"a": 1}, ["items/a.md"], None][at % 4 :][:1]
        _rewrite(site, document)


def outside(site: Site, at: int) -> None:
    """Show a picture that lies in no folder that is scanned; change it, or take it away."""
    place = site.folder / "pics" / "x.png"
    place.parent.mkdir(exist_ok=True)
    if at % 3 and place.exists():
        place.unlink()
    else:
        place.write_bytes((ROOT / "static" / ("icon.png", "logo.png")[at % 2]).read_bytes())
    article = _article(site, 0)
    if "../pics" not in article.read_text("utf-8"):
        article.write_text(article.read_text("utf-8") + "\n![x](../pics/x.png)\n", "utf-8")


def lose_folder(site: Site, at: int) -> None:
    """Take away a folder of pages."""
    shutil.rmtree(site.folder / "public" / ("items", "categories", "items/2026")[at % 3], True)


def linked_template(site: Site, at: int) -> None:
    """Keep templates behind a link, and change one there."""
    theirs = site.folder.parent / "theirs"
    theirs.mkdir(exist_ok=True)
    own = site.folder / "templates" / "page"
    if not own.exists():
        own.symlink_to(theirs)
    if own.is_symlink():
        (theirs / "not_found.html").write_text(f"<!doctype html><title>{at}</title>", "utf-8")


def interrupt(site: Site, at: int) -> None:
    """A build that ended before it saved what it learned: the cache is an earlier one."""
    if site.kept is None:
        site.kept = _cache(site).read_bytes()
    else:
        _cache(site).write_bytes(site.kept)


def tamper(site: Site, at: int) -> None:
    files = [each for each in sorted((site.folder / "public").rglob("*")) if each.is_file()]
    if files:
        path = files[at % len(files)]
        if at % 2 and path.name != ".newsfeed-files":
            path.unlink()
        elif path.suffix == ".html":
            path.write_bytes(path.read_bytes().replace(b"T", b"t"))


def _cache(site: Site) -> Path:
    path = site.folder / ".newsfeed" / "cache"
    path.parent.mkdir(exist_ok=True)
    path.touch()
    return path


def _document(site: Site) -> tuple[str, dict[str, list[Any]]] | None:
    """Return what the cache holds: its fingerprint, the results of each step; None for nothing."""
    data = _cache(site).read_bytes()
    if not data.startswith(cache._MAGIC):
        return None
    rest = data[len(cache._MAGIC) : -cache._SUM]
    if zlib.crc32(rest).to_bytes(cache._SUM, "little") != data[-cache._SUM :]:
        return None
    fingerprint, steps = msgspec.msgpack.decode(rest)
    return fingerprint, steps


def _rewrite(site: Site, document: tuple[str, dict[str, list[Any]]]) -> None:
    """Write the cache again, with a checksum that is right."""
    data = msgspec.msgpack.encode(document)
    summed = zlib.crc32(data).to_bytes(cache._SUM, "little")
    _cache(site).write_bytes(cache._MAGIC + data + summed)


def _field(site: Site, at: int, name: str, value: str) -> None:
    """Give an article a field of front matter, another value each time; now and then none."""
    path = _article(site, at)
    lines = path.read_text("utf-8").split("\n")
    kept = [line for line in lines if not line.startswith(f"{name}: ")]
    if at % 5:
        kept.insert(1, f"{name}: {value}")
    path.write_text("\n".join(kept), "utf-8")


def tags(site: Site, at: int) -> None:
    _field(site, at, "tags", f"[Étiquette {at % 4}, étiquette {at % 2}, C++, C{at % 2}]")


def image(site: Site, at: int) -> None:
    """Show a picture in lists: one that is there, one that is not, or one of another site."""
    src = ("image.png", "absente.png", "https://images.example.org/a.png", "autre.png")[at % 4]
    (site.items / "autre.png").write_bytes(photograph(100, 60, "PNG", seed=at % 5))
    _field(site, at, "image", f"{{src: {src}, alt: Une image {at % 3}}}")


def links(site: Site, at: int) -> None:
    name = NAMES[at % 5]
    _field(site, at, "links", f"[{{text: S’inscrire {at % 3}, url: {name}.md}}]")


def event(site: Site, at: int) -> None:
    start = f"2026-06-{at % 28 + 1:02}T09:00:00"
    _field(site, at, "event", f"{{start: {start}, place: Salle {at % 3}}}")


def translation(site: Site, at: int) -> None:
    _field(site, at + 1, "language", ("fr", "en")[at % 2])
    _field(site, at, "translation", f"commune-{at % 2}")
    _field(site, at + 1, "translation", f"commune-{at % 3 % 2}")


def summary(site: Site, at: int) -> None:
    _field(site, at, "summary", f"Résumé {at}.")


def author(site: Site, at: int) -> None:
    _field(
        site, at, "authors", f"[{{name: Camille {at % 2}, url: /items/2026/05/{NAMES[at % 5]}}}]"
    )


def aliases(site: Site, at: int) -> None:
    """What an article is also called, which others lead to; and where it was before."""
    _field(site, at, "aliases", f"[Nom {at % 2}, Nom b, /ancien/{at % 3}/]")


def speak(site: Site, at: int) -> None:
    """Folders of languages come and go: what lies in the others is read otherwise then."""
    for folder in ("en", "fr", "de")[at % 3 :]:
        place = site.items / folder / "post.md"
        if place.exists():
            shutil.rmtree(place.parent)
        else:
            place.parent.mkdir(exist_ok=True)
            place.write_text(
                f"---\ntitle: {folder}\ndate: 2026-05-{at % 28 + 1:02}\n---\nB\n", "utf-8"
            )


def speak_in_place(site: Site, at: int) -> None:
    """An article whose address is given stays where it is, and others make its folder a language's."""
    place = site.items / "en" / "placed.md"
    others = [site.items / folder / "pair.md" for folder in ("en", "fr")]
    if not place.exists():
        place.parent.mkdir(exist_ok=True)
        there = "---\ntitle: There\ndate: 2026-05-02\n---\nB\n"
        (site.items / "there.en.md").write_text(there, "utf-8")
        place.write_text(
            '---\ntitle: Placed\ndate: 2026-05-03\nurl: /placed.html\n---\n"B"\n', "utf-8"
        )
    elif others[1].exists():
        others[1].unlink()
    else:
        for other in others:
            other.parent.mkdir(exist_ok=True)
            other.write_text("---\ntitle: Pair\ndate: 2026-05-04\n---\nB\n", "utf-8")


def attach(site: Site, at: int) -> None:
    (site.items / "notice.pdf").write_bytes(b"%PDF-1.4 " + b"x" * (at % 7))
    _field(site, at, "enclosures", "[{file: notice.pdf, title: Notice}]")


def wiki(site: Site, at: int) -> None:
    """Lead to an article by what it is called, by its title, its file, and a place in it."""
    path = _article(site, at)
    names = f"[[Titre b]], [[{NAMES[at % 5]}]], [[Nom {at % 2}]], [[c#Partie]], ![[image.png]]"
    path.write_text(f"{path.read_text('utf-8')}\n{names}\n", "utf-8")


def rename_linked(site: Site, at: int) -> None:
    """An article that others lead to, under another file name."""
    path = _article(site, at + 1)
    source = _article(site, at)
    source.write_text(f"{source.read_text('utf-8')}\n[[{path.stem}]]\n", "utf-8")
    site._agree()
    path.rename(path.with_name(f"{path.stem}{at % 3}.md"))


def draft(site: Site, at: int) -> None:
    _field(site, at, "draft", "true")


def expire(site: Site, at: int) -> None:
    _field(site, at, "expires", f"2026-05-{at % 28 + 1:02}")


def preview(site: Site, at: int) -> None:
    """A build that shows drafts, or what is to come, or both, after an edit."""
    (draft, edit, schedule, expire)[at % 4](site, at)
    site.flags = (("--drafts",), ("--future",), ("--drafts", "--future"))[at % 3]


def ask(site: Site, at: int) -> None:
    """A build that writes nothing, or does not let the lock change, after an edit."""
    (edit, retitle, picture, add)[at % 4](site, at)
    site.flags = (("--check",), ("--check", "--strict"), ("--frozen",), ("--strict",))[at % 4]


def taken(site: Site, at: int) -> None:
    """A file that bears the name of a picture's smaller form, for a while."""
    photo(site, at)
    place = site.items / f"image.{(40, 90)[at % 2]}w.png"
    if place.exists():
        place.unlink()
    else:
        place.write_bytes(PICTURE)


def huge(site: Site, at: int) -> None:
    """An article that grows too large to be read at all."""
    path = _article(site, at)
    path.write_text(path.read_text("utf-8") + "x" * charset.LIMIT, "utf-8")
    site._agree()
    site._agree()
    path.write_text(path.read_text("utf-8").rstrip("x") + f"{at}\n", "utf-8")


def shelved(site: Site, at: int) -> None:
    """A file that is published as it is, in other bytes, or gone; an article leads to it."""
    place = site.folder / "static" / "carte.pdf"
    place.parent.mkdir(exist_ok=True)
    if at % 3 == 0 and place.exists():
        place.unlink()
    else:
        place.write_bytes(b"%PDF-1.4 " + b"y" * (at % 7))
    path = _article(site, 1)
    if "carte.pdf" not in path.read_text("utf-8"):
        path.write_text(path.read_text("utf-8") + "\n[carte](/carte.pdf)\n", "utf-8")


def relock(site: Site, at: int) -> None:
    """The lock, as another tool or a merge leaves it: the same lines, or one that is damaged."""
    place = site.folder / "newsfeed.lock"
    header, *lines = place.read_text("utf-8").splitlines(keepends=True)
    texts = (
        header + "".join(reversed(lines)),
        "\ufeff" + (header + "".join(lines)).replace("\n", "\r\n"),
        f"{header}# une remarque\n\n{''.join(lines[1:])}",
        header + "".join(lines[:-1]) + lines[-1].replace("2026-", "20x6-") if lines else header,
    )
    place.write_bytes(texts[at % 4].encode())
    if at % 4 == 3:
        site._agree()
        place.write_text(header + "".join(lines), "utf-8")


def issue(site: Site, at: int) -> None:
    """An issue of the newsletter, which leads to articles by their files."""
    place = site.folder / "issues" / f"{at % 2 + 1}.md"
    place.parent.mkdir(exist_ok=True)
    place.write_text(
        f"---\ndate: 2026-05-{at % 28 + 1:02}\n---\nBonjour {at}.\n\n- [Un](../items/{NAMES[at % 5]}.md)\n",
        "utf-8",
    )


EDITS: tuple[Callable[[Site, int], None], ...] = (
    touch, edit, edit_same_size, retitle, rename, remove, add, schedule, spoil, odd, clock_back,
    elsewhere, edit_spoilt, picture, photo, no_picture, template, configuration, unlist, later,
    forget, truncate, damage, lose, lose_step, mistake, outside, lose_folder, linked_template,
    interrupt, tamper, tags, image, links, event, translation, summary, author, aliases, speak, attach,
    wiki, rename_linked, draft, expire, preview, ask, taken, huge, shelved, relock, issue,
    speak_in_place,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust what is a moment old, as this disk's clock allows, and share work from the start."""
    monkeypatch.setattr(cache, "SLACK", 0)
    monkeypatch.setattr(pool, "WORTH", 2)
    # A few articles make several batches, and more items than are held at once.
    for module, name in (
        (articles, "TOGETHER"),
        (articles, "_AT_HAND"),
        (entries, "_AT_HAND"),
        (article_pages, "TOGETHER"),
        (list_pages, "TOGETHER"),
    ):
        monkeypatch.setattr(module, name, 2)


@given(
    st.lists(
        st.tuples(st.sampled_from(EDITS), st.integers(0, 300), st.sampled_from(("1", "2"))),
        min_size=1,
        max_size=8,
    ),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.sampled_from((0, 2_000_000_000)),
)
@settings(max_examples=times(6, 40))
def test_whatever_happened_a_build_that_remembers_gives_what_one_without_gives(
    history: list[tuple[Callable[[Site, int], None], int, str]],
    archive: bool,
    pages: bool,
    letters: bool,
    slack: int,
) -> None:
    """Warm equals cold, byte for byte and word for word, with one process or two."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        # What has just changed is trusted, or nothing in the whole history is old enough.
        patch.setattr(cache, "SLACK", slack)
        site = Site(Path(folder), archive=archive, pages=pages, letters=letters)
        site.check()
        for change, at, jobs in history:
            change(site, at)
            site.check("--jobs", jobs)


@pytest.mark.parametrize(
    ("change", "archive"),
    [
        # With an archive and without in turn; both by `make whole`.
        pytest.param(
            change, archive, id=f"{change.__name__}-{'archive' if archive else 'no archive'}",
            marks=[] if archive == bool(number % 2) else [pytest.mark.whole],
        )
        for number, change in enumerate(EDITS)
        for archive in (True, False)
    ],
)  # fmt: skip
def test_each_kind_of_change_is_seen(
    tmp_path: Path,
    change: Callable[[Site, int], None],
    archive: bool,
) -> None:
    """No kind of change hides behind what is remembered, even where it comes twice."""
    site = Site(tmp_path, archive=archive)
    site.settle()
    for at in (1, 6):
        change(site, at)
        site.check("--jobs", "2")


def test_a_build_that_is_given_up_is_not_taken_for_one_that_was_published(tmp_path: Path) -> None:
    """Whatever it saw, what it did not publish is still to be done."""
    site = Site(tmp_path)
    site.write("a", "Titre b", day=1, body="Texte a.")
    site.settle()
    picture = site.items / "image.png"
    picture.write_bytes((ROOT / "static" / "logo.png").read_bytes())
    code, said = site.build(site.folder, site.folder / "public", "--strict")
    assert code == 1
    assert "title-twice" in said
    site.check()


@pytest.mark.parametrize("at", range(4))
def test_outputs_that_nobody_remembers_are_not_taken_for_whole(tmp_path: Path, at: int) -> None:
    """With a step's results lost, another hand's change to an output is still seen."""
    site = Site(tmp_path, archive=False)
    site.settle()
    lose_step(site, at)
    (site.folder / "public" / "index.html").write_text("by another hand", "utf-8")
    site.check()


def test_a_picture_that_changes_shortly_before_each_build_is_seen_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What nothing proves stands for nothing: not in feeds and lists that are made after the page."""
    monkeypatch.setattr(cache, "SLACK", 2_000_000_000)
    site = Site(tmp_path, archive=False)
    for name in NAMES:
        path = site.items / f"{name}.md"
        text = path.read_text("utf-8").replace(" et ![une image](image.png)", "")
        path.write_text(text, "utf-8")
    time.sleep(2.1)  # articles are old enough; the newest one's picture never is
    _field(site, 1, "image", "image.png")
    newest = site.items / "e.md"
    newest.write_text(newest.read_text("utf-8").replace("---\n", "---\nimage: image.png\n", 1))
    for at in (1, 2, 3):
        photo(site, at)
        site.check()


class Counting(scan.DiskTree):
    """A tree that notes which files are read."""

    def __init__(self, root: Path, listing: scan.Listing) -> None:
        super().__init__(root, listing)
        self.seen: list[str] = []

    def read(self, path: str, limit: int | None = None) -> bytes:
        self.seen.append(path)
        return super().read(path, limit)


def test_what_has_not_changed_is_neither_read_nor_written(tmp_path: Path) -> None:
    """After a build its articles are known unread, and its files stand: a second one leaves them."""
    site = Site(tmp_path)
    site.settle()
    public = site.folder / "public"
    before = {path: path.stat().st_mtime_ns for path in public.rglob("*")}
    site.build(site.folder, public)
    assert {path: path.stat().st_mtime_ns for path in public.rglob("*")} == before
    seen, read = _seen(site)
    assert seen == []
    assert {head.path: head.title for head in read.heads} == {
        f"items/{name}.md": f"Titre {name}" for name in NAMES
    }
    assert [read.decode(head.path).title for head in read.heads] == [
        head.title for head in read.heads
    ]


@pytest.mark.parametrize("change", [touch, edit, retitle])
def test_what_has_changed_alone_is_read(
    tmp_path: Path, change: Callable[[Site, int], None]
) -> None:
    """An edit costs one file, whichever article it is."""
    site = Site(tmp_path)
    site.settle()
    for at, name in enumerate(NAMES):
        change(site, at)
        assert _seen(site)[0] == [f"items/{name}.md"]
        site.check()


def _seen(site: Site) -> tuple[list[str], articles.Articles]:
    """Return which files are read for all articles to be known, and those."""
    config = parse((site.folder / "newsfeed.toml").read_text("utf-8"))
    counting = Counting(site.folder, scan.scan(site.folder, ["items", "static", "issues"]).listing)
    with cache.opened(site.folder, site.settings, write=False) as opened:
        assert opened is not None
        read = articles.Reading(counting, config, opened).articles(1)
    return counting.seen, read


@pytest.mark.parametrize("letters", [True, False])
def test_a_build_that_changes_nothing_renders_nothing(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    letters: bool,
) -> None:
    """Every page, feed and letter stands; no letter is made. An edit renders its own article."""
    site = Site(tmp_path, letters=letters)
    site.settle()
    made: list[str] = []
    monkeypatch.setattr(
        build_letters, "make", lambda *given: pytest.fail("a letter was made again")
    )
    real = entries.render_body

    def rendered(item: Item, *given: Any) -> Any:
        made.append(item.path)
        return real(item, *given)

    monkeypatch.setattr(entries, "render_body", rendered)
    site.build(site.folder, site.folder / "public", "--jobs", "1")
    assert letters or made == []
    if not letters:
        edit(site, 2)
        site.build(site.folder, site.folder / "public", "--jobs", "1")
        # Feeds show it beside others; none is rendered twice.
        assert "items/c.md" in made
        assert len(set(made)) == len(made) < len(NAMES)


def test_check_and_no_cache_leave_no_trace(tmp_path: Path) -> None:
    """What must write nothing writes no cache either."""
    site = Site(tmp_path)
    for option in ("--check", "--no-cache"):
        site.build(site.folder, site.folder / "public", option)
        assert not (site.folder / ".newsfeed" / "cache").exists()


def test_two_builds_at_once_agree(tmp_path: Path) -> None:
    """Builds that run at the same time, one of them with other articles, spoil nothing."""
    site = Site(tmp_path)
    site.check()
    edit(site, 2)
    command = [sys.executable, "-m", "newsfeed", "-q", "-C", str(site.folder), "build"]
    running = [
        subprocess.Popen([*command, "-o", str(tmp_path / f"out{number}"), "--now", site.now])
        for number in range(4)
    ]
    assert [each.wait(timeout=60) for each in running] == [0] * 4
    site.check()
    first = tree(tmp_path / "out0")
    assert all(tree(tmp_path / f"out{number}") == first for number in range(1, 4))


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    """A file in the place of the folder, or a folder in the place of the file, harms nobody."""
    site = Site(tmp_path)
    (site.folder / ".newsfeed").write_text("")
    site.check()
    (site.folder / ".newsfeed").unlink()
    (site.folder / ".newsfeed" / "cache").mkdir(parents=True)
    site.check()


ZONES = (
    UTC,
    ZoneInfo("Europe/Paris"),
    timezone(timedelta(hours=-3, minutes=-30)),
    timezone(timedelta(hours=0, minutes=9, seconds=21)),
)
moments = st.builds(
    lambda when, zone, fold: when.replace(tzinfo=zone, fold=fold),
    st.datetimes(datetime(1890, 1, 1), datetime(2090, 1, 1)),
    st.sampled_from(ZONES),
    st.sampled_from((0, 1)),
)
texts = st.text(max_size=8)
people = st.builds(Person, name=texts, email=st.none() | texts, url=st.none() | texts)
items = st.builds(
    Item,
    path=st.just("items/a.md"), title=texts, slug=texts, published=moments, url=texts, page=texts,
    language=texts, id=texts, updated=st.none() | moments, expires=st.none() | moments,
    draft=st.booleans(), format=st.sampled_from(("markdown", "html")), body_at=st.integers(0, 99),
    categories=st.lists(texts, max_size=3).map(tuple), tags=st.lists(texts, max_size=3).map(tuple),
    authors=st.lists(people, max_size=2).map(tuple), summary=st.none() | texts,
    source=st.none() | st.builds(Link, text=texts, url=texts),
    links=st.lists(st.builds(Link, text=texts, url=texts), max_size=2).map(tuple),
    image=st.none() | st.builds(Image, src=texts, alt=texts, width=st.none() | st.integers(0, 9)),
    enclosures=st.lists(st.builds(Enclosure, url=texts, title=st.none() | texts), max_size=2).map(tuple),
    event=st.none() | st.builds(Event, start=moments, end=st.none() | moments, place=st.none() | texts),
    weight=st.none() | st.integers(-5, 5), canonical=st.none() | texts,
    redirects=st.lists(texts, max_size=2).map(tuple), translation=st.none() | texts,
    sketch=st.lists(st.integers(0, 2**32 - 1), max_size=3).map(tuple),
    lines=st.lists(st.tuples(texts, st.integers(1, 9)), max_size=3).map(tuple),
)  # fmt: skip


def test_what_an_article_without_a_page_told_is_told_again(tmp_path: Path) -> None:
    """Lists alone show its body's beginning, and while they stand nobody renders it."""
    site = Site(tmp_path)
    elsewhere(site, 2)
    for change in (None, None, add, odd):
        if change is not None:
            change(site, 1)
        site.check()
        _, said = site.build(site.folder, site.folder / "public")
        assert '"link-dead"' in said


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_template_that_fails_says_the_same_by_any_number_of_processes(
    tmp_path: Path, jobs: str
) -> None:
    """Whatever bodies have told until then: how far each process got does not show."""
    site = Site(tmp_path)
    elsewhere(site, 2)
    site.check("--jobs", jobs)
    template(site, 3)
    page = site.folder / "templates" / "page"
    for name, title in (("item", "a"), ("card", "e")):
        text = f'{{% if item.title == "Titre {title}" %}}{{{{ nope }}}}{{% endif %}}'
        (page / f"{name}.html").write_text(text, "utf-8")
    site.check("--jobs", jobs)
    _, said = site.build(site.folder, site.folder / "public")
    assert [each["code"] for each in json.loads(said)] == ["template"]
    assert "item.html" in said


def test_what_is_made_while_an_article_is_gone_is_not_to_be_remembered(tmp_path: Path) -> None:
    """Such a build says so, and the next one makes all of it again."""
    site = Site(tmp_path)
    config = parse((site.folder / "newsfeed.toml").read_text("utf-8"))
    options = Options(now=datetime.fromisoformat(site.now))
    for gone in (False, True):
        tree = scan.scan(site.folder, ["items", "static"])
        rendering = Rendering(build.load(tree, Theme(config), options, lock=None))
        if gone:
            (site.items / "c.md").rename(tmp_path / "c.md")
        made = [output.path for output in rendering.outputs()]
        assert rendering.result.unreadable.keys() == ({"items/c.md"} if gone else set())
        assert ("items/2026/05/c.html" in made) != gone
        codes = [problem.code for problem in rendering.result.problems]
        assert ("file-unreadable" in codes) == gone


def _back(article: Article, path: str) -> remembered_articles.Known:
    """Return what a cache gives back of ``article``."""
    return remembered_articles.unpacked(remembered_articles.packed(article, path, "d" * 32))


def _fixed(when: datetime) -> datetime:
    """Return ``when`` with the offset that it has, or in UTC where that has odd seconds: RFC 3339
    has no such offsets."""
    offset = when.utcoffset()
    assert offset is not None
    if offset.seconds % 60:
        return when.astimezone(UTC)
    return when.replace(tzinfo=timezone(offset) if offset else UTC, fold=0)


@given(items, st.booleans())
@settings(max_examples=150)
def test_the_cache_gives_back_the_article_exactly(item: Item, troubled: bool) -> None:
    """Whatever an article holds, its item comes back, with the offsets of its dates."""
    problems = (diagnostic("date-unreadable", item.path, 3, value="x"),) if troubled else ()
    known = _back(Article(item=item, problems=problems), item.path)
    back = remembered_articles.item_of({known.path: known}, known.path)
    expected = replace(
        item,
        published=_fixed(item.published),
        updated=item.updated and _fixed(item.updated),
        expires=item.expires and _fixed(item.expires),
        event=item.event
        and replace(
            item.event,
            start=_fixed(item.event.start),
            end=item.event.end and _fixed(item.event.end),
        ),
    )
    assert back == expected
    assert hash(back) == hash(expected)
    # Of dates that are equal the offsets may differ still.
    assert repr(back) == repr(expected)
    assert known.head is not None
    assert known.head == remembered_articles.head_of(back, "d" * 32)
    if troubled:
        assert remembered_articles.told(known).problems == problems
    else:
        assert known.said == b""


def test_the_cache_holds_real_articles_and_reasons() -> None:
    """The articles of the demo site come back; so do the reasons why files are left out."""
    config = parse((ROOT / "newsfeed.toml").read_text("utf-8"))
    for path in sorted((ROOT / "items").rglob("*.md")):
        name = path.relative_to(ROOT).as_posix()
        article = read_article(name, path.read_bytes(), config)
        known = _back(article, name)
        assert article.item is not None
        assert remembered_articles.item_of({known.path: known}, known.path) == article.item
        assert (remembered_articles.told(known).problems if known.said else ()) == article.problems
    out = Article(item=None, left_out=LeftOut(path="items/x.md", reason="empty"))
    known = _back(out, "items/x.md")
    assert known.head is None
    assert remembered_articles.told(known) == out


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell's redirections")
@pytest.mark.parametrize("closed", ["1", "2", "1 2"])
def test_a_build_needs_nobody_to_talk_to(tmp_path: Path, closed: str) -> None:
    """With its output or its messages closed it builds, and says so by its exit code."""
    site = Site(tmp_path)
    streams = " ".join(f"{number}>&-" for number in closed.split())
    command = f"exec {sys.executable} -m newsfeed build --jobs 2 {streams}"
    assert subprocess.run(["sh", "-c", command], cwd=site.folder, check=False).returncode == 0
    assert (site.folder / "public" / "atom.xml").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit of open files")
@pytest.mark.parametrize(
    "limit", [8, *(pytest.param(each, marks=pytest.mark.whole) for each in (12, 24)), 64]
)
def test_too_few_descriptors_are_nobodys_broken_articles(tmp_path: Path, limit: int) -> None:
    """What cannot be opened for want of them fails the build; nothing published is taken away."""
    site = Site(tmp_path)
    for number in range(420):
        site.write(f"n{number:03}", f"Numéro {number}", day=number % 28 + 1, body="Texte.")
    site.build(site.folder, site.folder / "public")
    before = tree(site.folder / "public")
    shutil.rmtree(site.folder / ".newsfeed")
    command = f"ulimit -n {limit}; exec {sys.executable} -m newsfeed build --jobs 40"
    done = subprocess.run(["sh", "-c", command], cwd=site.folder, capture_output=True, check=False)
    assert done.returncode in (0, 3), done.stderr.decode()
    assert tree(site.folder / "public") == before


def test_a_site_is_built_by_spawned_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where processes cannot be forked, a site travels to those that are spawned."""
    monkeypatch.setattr(pool, "FORKS", False)
    site = Site(tmp_path)
    site.check("--jobs", "2")


def test_the_cache_is_data_alone() -> None:
    """Nothing in it can run: no pickle, no marshal."""
    source = (ROOT / "src" / "newsfeed" / "build" / "cache.py").read_text("utf-8")
    assert "pickle" not in source
    assert "marshal" not in source


@pytest.fixture(scope="module", autouse=True)
def _collecting() -> Iterator[None]:
    yield
    gc.enable()
