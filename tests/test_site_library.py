"""What an article names is found, and each look-up with its answer stands for what was found."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hypothesis import event, example, given, settings
from hypothesis import strategies as st

import folders
from draws import times
from newsfeed.build.articles import Reading
from newsfeed.config import Config, Site
from newsfeed.content.scan import DiskTree
from newsfeed.model import FileInfo, Tree
from newsfeed.site.entry import read_body, render_body, show
from newsfeed.site.items import Items
from newsfeed.site.library import UNPROVEN, Library
from photographs import photograph

CONFIG = Config(site=Site(title="Site", url="https://www.example.org/", language="fr"))
PICTURES = tuple(photograph(width, 60, "PNG", seed=width) for width in (50, 120))
NAMES = ("b", "c", "d")
REFERENCES = (
    "[x](b.md)", "[x](b)", "[x](b.md#partie)", "[x](c.md)", "[x](d/)", "[x](/items/2026/05/b.html)",
    "[x](https://www.example.org/items/2026/05/c.html)", "[x](https://www.example.org/ailleurs/)",
    "[[b]]", "[[Titre c]]", "[[Nom d]]", "[[nom D]]", "[[c#partie]]", "![[photo.png]]", "[[2026-05-01-b]]",
    "![x](photo.png)", "![x](/photo.png)", "![x](../pics/x.png)", "![x](/pics/x.png)",
    "[x](carte.pdf)", "![x](@assets/y.png)", "![x](absente.png)", "[x](https://autre.example.org/)",
)  # fmt: skip
FIELDS = (
    "image: photo.png", "enclosures: [carte.pdf]", "links: [{text: A, url: b.md}]",
    "source: {name: B, url: c.md}", "authors: [{name: C, url: /items/2026/05/b.html}]",
)  # fmt: skip
FILES = (
    "items/photo.png", "items/photo.40w.png", "static/photo.png", "items/carte.pdf",
    "static/carte.pdf", "items/a/photo.png", "pics/x.png", "src/assets/y.png",
)  # fmt: skip
UNSCANNED = ("pics/x.png", "src/assets/y.png")

World = dict[str, Any]
articles = st.fixed_dictionaries(
    {
        "title": st.sampled_from(("Titre b", "Titre c", "Autre")),
        "alias": st.sampled_from(("Nom d", "Nom b", "x")),
        "slug": st.sampled_from(("", "b", "neuf")),
        "url": st.sampled_from(("", "", "https://ailleurs.example.org/")),
        "draft": st.booleans(),
        "broken": st.sampled_from((False, False, True)),
        "place": st.sampled_from(("{}.md", "d/{}.md", "{}/index.md", "2026-05-01-{}.md")),
    }
)
worlds = st.fixed_dictionaries(
    {
        "articles": st.dictionaries(st.sampled_from(NAMES), articles),
        "files": st.dictionaries(st.sampled_from(FILES), st.sampled_from(PICTURES)),
    }
)


class Folder(folders.InMemory):
    """A folder in memory where some files lie outside of what is scanned."""

    def __init__(self, texts: Mapping[str, bytes]) -> None:
        super().__init__({path: each for path, each in texts.items() if path not in UNSCANNED})
        self.root = Path("no-such-folder")
        self.texts = texts
        self.listing = {
            folder: tuple((name, size, self._when(folder, name), 0, "") for name, size, *_ in rows)
            for folder, rows in self.listing.items()
        }

    def _when(self, folder: str, name: str) -> int:
        return zlib.crc32(self.texts[f"{folder}/{name}"])

    def info(self, path: str) -> FileInfo | None:
        if path not in self.texts:
            return None
        return FileInfo(len(self.texts[path]), zlib.crc32(self.texts[path]))


class Halves:
    """Says that wide pictures have a smaller form."""

    def widths(self, path: str, tree: Tree) -> tuple[int, ...]:
        return (40,) if tree.read(path) == PICTURES[1] else ()

    def data(self, path: str, width: int, tree: Tree) -> bytes | None:
        return b""


def library(world: World, text: str, *, proven: int = 2**40) -> Library:
    """Return the library of a site with ``text`` at ``items/a.md``."""
    texts: dict[str, bytes] = {"items/a.md": text.encode(), **world["files"]}
    for name, each in world["articles"].items():
        lines = [f"title: {each['title']}", "date: 2026-05-01", f"aliases: [{each['alias']}]"]
        lines += [f"{key}: {each[key]}" for key in ("slug", "url") if each[key]]
        lines += ["draft: true"] if each["draft"] else []
        lines += ["date: 20x6"] if each["broken"] else []
        place = f"items/{each['place'].format(name)}"
        texts[place] = "\n".join(["---", *lines, "---", "", "## Partie"]).encode()
    tree = Folder(texts)
    read = Reading(tree, CONFIG, None).articles(1)
    made = Library(
        tree,
        Items(read.heads, read.decode),
        CONFIG,
        visible={head.path for head in read.heads if not head.draft},
        withheld=frozenset(left.path for left in read.left_out if left.reason != "format"),
        proven=proven,
    )
    made.scaled = Halves()
    return made


def shown(of: Library) -> tuple[tuple[Any, ...], tuple[tuple[str, str], ...]]:
    """Return all that showing ``items/a.md`` gives, and the look-ups with their answers."""
    item = of.items["items/a.md"]
    found = show(item, of, render_body(item, read_body(item, of), of))
    entry = found.entry
    smaller = [of.candidates(asset.url) for asset in found.assets]
    told = (
        entry.title, entry.content, entry.summary, entry.excerpt, entry.image, entry.enclosures,
        entry.links, entry.source, entry.still, found.assets, found.problems, found.anchors,
        found.crossings, smaller,
    )  # fmt: skip
    return told, found.referred


def article(references: list[str], fields: list[str]) -> str:
    return "\n".join(
        ["---", "title: A", "date: 2026-05-02", *fields, "---", "", "\n\n".join(references)]
    )


@given(
    worlds,
    worlds,
    st.lists(st.sampled_from(REFERENCES), max_size=3),
    st.lists(st.sampled_from(FIELDS), max_size=1),
)
@example(
    {"articles": {}, "files": {"items/photo.png": PICTURES[1]}},
    {
        "articles": {},
        "files": dict.fromkeys(("items/photo.png", "items/photo.40w.png"), PICTURES[1]),
    },
    ["![x](photo.png)"],
    [],
)
@settings(max_examples=times(150, 400))
def test_what_was_shown_with_the_same_answers_is_the_same(
    before: World, after: World, references: list[str], fields: list[str]
) -> None:
    """Whatever else has changed on the site: that is why it need not be shown again."""
    text = article(references, fields)
    told, asked = shown(library(before, text))
    second = library(after, text)
    same = all(second.answer(question) == said for question, said in asked)
    event(f"same answers: {same}")
    if same:
        assert shown(second) == (told, asked)


@given(worlds, st.lists(st.sampled_from(REFERENCES), max_size=3))
def test_the_same_site_answers_alike(world: World, references: list[str]) -> None:
    """Nothing of a process, of its hashes or of an order shows in an answer."""
    text = article(references, [])
    first, second = library(world, text), library(world, text)
    told, asked = shown(first)
    assert shown(second) == (told, asked)
    assert all(second.answer(question) == said for question, said in asked)


@given(worlds, st.lists(st.sampled_from(REFERENCES), min_size=1, max_size=3))
def test_a_young_file_is_no_answer(world: World, references: list[str]) -> None:
    """Of a file whose times prove nothing every answer says just that."""
    young = library(world, article(references, []), proven=0)
    for question, said in shown(young)[1]:
        kind, _, path = question.partition(":")
        if kind in ("scanned", "file"):
            assert isinstance(young.tree, DiskTree)
            files = young.tree
            here = path in files.files if kind == "scanned" else files.info(path) is not None
            assert said == (UNPROVEN if here else "")
