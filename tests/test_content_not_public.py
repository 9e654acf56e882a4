"""No way to say "not public" is passed over, whatever tool it belongs to."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command import newsfeed, tree_of
from newsfeed.config import Config, Site
from newsfeed.content import not_public
from newsfeed.content.reading import Article, read_article

FOLDERS: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "data" / "not_public.toml").read_text("utf-8")
)["folder"]
TABLE: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "data" / "not_public_words.toml").read_text("utf-8")
)
SECRET = "Ce que personne ne doit lire"
SETTINGS = """[site]
title = "Le site"
url = "https://www.example.org/"
language = "fr"
timezone = "Europe/Paris"
[items]
path = "{below}"
[feeds]
per = ["tag", "category", "author"]
"""
CONFIG = Config(site=Site(title="Un site", url="https://www.example.org/", language="fr"))


def _text(kind: str, line: str, title: str, body: str) -> str:
    match kind:
        case "toml":
            return f'+++\ntitle = "{title}"\ndate = 2026-01-02\ntags = ["Fou"]\n{line}\n+++\n\n{body}\n'
        case "json":
            return f'{{\n"title": "{title}",\n"date": "2026-01-02",\n{line or chr(34) + "a" + chr(34) + ": 1"}\n}}\n\n{body}\n'
        case "lines":
            more = f"{line}\n" if line else ""
            return f"Title: {title}\nDate: 2026-01-02\n{more}\n{body}\n"
    more = f"{line}\n" if line else ""
    return f"---\ntitle: {title}\ndate: 2026-01-02\n{more}---\n\n{body}\n"


def _files(folder: dict[str, Any]) -> dict[str, str]:
    """Return the secret articles of a folder by their path below it."""
    files = {}
    for number, line in enumerate([*folder["lines"], *folder["said"]], 1):
        # The page of one that has expired says so, by its title.
        title = "Fini" if "xpir" in line and "in spring" not in line else f"{SECRET} {number}"
        files[f"a{number:02}.md"] = _text(folder["kind"], line, title, f"{SECRET}.")
    for path in folder.get("places", ()):
        files[path] = _text(folder["kind"], "", SECRET, f"{SECRET}.")
    return files


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder["tool"])
def test_nothing_leaks(tmp_path: Path, folder: dict[str, Any]) -> None:
    """Feeds, pages, search, sitemap and letter hold nothing of what is not public; the rest is there."""
    files = _files(folder)
    assert len(files) >= 12
    below = tmp_path / folder["below"]
    for path, text in files.items():
        place = below / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    links = " ".join(f"[x](<{path}>) [[{path}]]" for path in files)
    public = _text(folder["kind"], "", "Pour tous", f"Lisez {links}.")
    (below / "pour-tous.md").write_text(public, "utf-8")
    (tmp_path / "newsfeed.toml").write_text(SETTINGS.format(below=folder["below"]), "utf-8")
    (tmp_path / "issues").mkdir()
    lines = "".join(f"- {folder['below']}/{path}\n" for path in [*files, "pour-tous.md"])
    (tmp_path / "issues" / "2026-05.md").write_text(
        f"---\nsubject: Mai\ndate: 2026-05-01\n---\n\n## Actualités\n\n{lines}", "utf-8"
    )
    done = newsfeed("build", "--now", "2026-06-01", cwd=tmp_path)
    assert "Traceback" not in done.stderr
    published = tree_of(tmp_path / "public")
    assert not [path for path, data in published.items() if SECRET.encode() in data]
    assert [path for path, data in published.items() if b"Pour tous" in data]
    pages = {path for path, text in files.items() if path.startswith("a") and "Fini" not in text}
    stems = [Path(path).stem for path in pages]
    assert not [path for path in published if Path(path).stem in stems]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder["tool"])
def test_what_is_unclear_is_said(folder: dict[str, Any]) -> None:
    """What is clear is held back in silence; what is not is named at its line, with what to write."""
    for lines, named in ((folder["lines"], False), (folder["said"], True)):
        for line in lines:
            text = _text(folder["kind"], line, "Un titre", "Texte.")
            found = read_article("items/a.md", text.encode(), CONFIG)
            quiet = ("boolean-words", "list-text", "key-misspelt", "key-repeated")
            problems = [each for each in found.problems if each.code not in quiet]
            if named and "visiblity" not in line and "confidentiel" not in line:
                assert problems, line
                assert all(problem.line > 1 for problem in problems), line
                assert all(all(problem.words("fr")) for problem in problems)
            elif not named:
                assert not problems, line


CURES = [
    "status: à voir",
    "visibility: quelque part",
    "hiddenFromFeed: true",
    "rss: false",
    "published: ~",
    "build: {list: local}",
    "workflow: {private: true}",
    "draft: peut-être",
]


@pytest.mark.parametrize("line", CURES)
def test_the_cure_publishes(line: str) -> None:
    """What a message says to write makes the article public."""
    found = _article(line)
    assert _is_held(found)
    problem = next(p for p in found.problems if p.code in ("public-unclear", "boolean-unclear"))
    values = dict(problem.values)
    better = values.get("better", f"{values['key']}: false")
    key, _, value = better.partition(": ")
    *above, last = key.split(".")
    written = f"{above[0]}: {{{last}: {value}}}" if above else better
    assert not _is_held(_article(written))
    assert not _article(written).problems


PUBLIC = [
    "draft: false",
    "published: true",
    "status: Publié",
    "status: [published]",
    "visibility: public",
    "statut: en ligne",
    "private: non",
    "password: ''",
    "draft:",
    "hide: [toc, navigation]",
    "members: [Ana, Bob]",
    "type: link",
    "layout: review",
    "cover: {hidden: true}",
    "sidebar: {hidden: true}",
    "comments: {private: true}",
    "build: {render: always, list: always}",
    "audience: soignants",
    "state: Bretagne",
    "public: Aidants et proches",
    "published: 2026-01-05",
    "draft: false\nstatus: published\nvisibility: public",
    "robots: noindex",
    "share: false",
    "toc: false",
    "comments: false",
]


@pytest.mark.parametrize("line", PUBLIC)
def test_what_is_public_stays_so(line: str) -> None:
    """Keys that look alike, and words that say public, hold nothing back."""
    assert not _is_held(_article(line))


def test_a_folder_of_drafts_may_hold_what_says_that_it_is_public() -> None:
    """A folder's name is a guess; what the article says wins. In ``_drafts`` it is none."""
    text = _text("yaml", "draft: false", "T", "B").encode()
    assert not _is_held(read_article("items/drafts/a.md", text, CONFIG))
    assert _is_held(read_article("items/_drafts/a.md", text, CONFIG))


@pytest.mark.parametrize(
    "text",
    [
        "{# note #}\n---\ntitle: T\ndraft: true\n---\nB\n",
        "# T\n\n---\ntitle: T\nprivate: yes\n---\nB\n",
        "--- #x\ntitle: T\ndraft: true\n---\nB\n",
        "---js\n{title: 'T', draft: true}\n---\nB\n",
        "%%%\ntitle: T\nstatus = draft\n%%%\nB\n",
        "#+title: T\n#+draft: true\nB\n",
        "export const meta = {title: 'T', draft: true}\n\nB\n",
    ],
)
def test_a_front_matter_that_nobody_can_read(text: str) -> None:
    """Where the front matter is none that is known, what it says of privacy counts all the same."""
    found = read_article("items/2026-01-02-a.md", text.encode(), CONFIG)
    assert _is_held(found)
    assert "public-unclear" in [problem.code for problem in found.problems]


TWICE = [
    ("draft: true\ndraft: false", True),
    ("draft: false\ndraft: true", True),
    ("status: draft\nstatus: published", True),
    ("draft: false\ndraft: false", False),
    ("tags: a\ntags: b", False),
    # Of two days the later counts: before it nobody is to read the article.
    ("published_at: 2026-01-02\ndatePublished: 2026-01-02", False),
    ("published_at: 2026-01-03\ndatePublished: 2026-01-02", False),
    ("published_at: 2026-01-02\ndatePublished: 2026-01-03", True),
    ("published: 2026-01-02\npublished_at: 2026-01-03", True),
    ("published: 2026-01-02\npublished_at: null", True),
]


@pytest.mark.parametrize(("lines", "held"), TWICE)
def test_what_is_said_twice_holds_back_where_it_differs(lines: str, *, held: bool) -> None:
    assert _is_held(_article(lines)) is held


def test_nikola_hides_by_tags() -> None:
    """In Nikola's comment the tags draft and private hold back; elsewhere they may be topics."""
    text = "<!--\n.. title: T\n.. date: 2026-01-02\n.. tags: sport, {0}\n-->\nB\n"
    for tag in ("draft", "private", "retired"):
        assert _is_held(read_article("items/a.md", text.format(tag).encode(), CONFIG))
    assert not _is_held(read_article("items/a.md", text.format("nba").encode(), CONFIG))
    assert _is_held(_article("tags: [nba, draft]"))
    assert not _is_held(_article("draft: false\ntags: [nba, draft]"))
    assert not _is_held(_article("tags: [nba draft, drafting]"))


LABELLED = [
    'tags: "#vaccin #draft"',
    "tags: vaccin; draft",
    "tags: [{name: draft}]",
    "tags: [{label: Brouillon}, a]",
    "tags: [[a, draft]]",
    "tags: (a, draft)",
    'tags: {a: 1, "#draft": 1}',
    'tags: ["(draft)"]',
    "tags: [a]\ntag: draft",
    "tag: a\nkeywords: b, private",
    "category: News\ncategories: [private]",
    "category: News, private",
    "section: News\ntaxonomies: {categories: [unlisted]}",
    "tags: [a]\nparams: {tags: [draft]}",
    "tags: [a]\ncategoris: [private]",
]


@pytest.mark.parametrize("lines", LABELLED)
def test_a_label_holds_back_however_it_is_written(lines: str) -> None:
    """Every key of tags and categories counts, whatever its list looks like."""
    found = _article(lines)
    assert _is_held(found)
    assert "public-unclear" in [problem.code for problem in found.problems]
    assert not _is_held(_article(f"draft: false\n{lines}"))
    assert (
        not _is_held(
            _article(lines.replace("draft", "b").replace("private", "b").replace("unlisted", "b"))
        )
        or "Brouillon" in lines
    )


def test_words_between_spaces_are_labels_where_jekyll_has_them() -> None:
    text = b"---\ntitle: T\ntags: news draft\n---\nB\n"
    assert _is_held(read_article("items/_posts/2026-01-02-a.md", text, CONFIG))
    assert not _is_held(read_article("items/2026-01-02-a.md", text, CONFIG))


KEYS = [(key, mark) for mark in not_public.MARKS for key, _ in mark.keys if "." not in key]
WRAPS = [
    "{0}",
    "params: {{{0}}}",
    "extra: {{a: {{}}, {0}}}",
    "data: {{meta: {{{0}}}}}",
    "custom: [{{{0}}}]",
]


@given(
    pair=st.sampled_from(KEYS),
    wrap=st.sampled_from(WRAPS),
    spelling=st.sampled_from([str, str.upper, str.lower, lambda key: key.replace("_", "-")]),
)
def test_every_key_of_the_table_holds_back(pair: Any, wrap: str, spelling: Any) -> None:
    """Each key holds back, in any case and in every map that stands for the article."""
    key, mark = pair
    value = {"yes": "true", "no": "false", "word": "draft", "any": "x", "null": "null"}[mark.kind]
    line = wrap.format(f'"{spelling(key)}": {value}')
    assert _is_held(_article(line)), line


@given(key=st.sampled_from(KEYS), value=st.text(max_size=12))
def test_a_strict_key_publishes_by_known_words_alone(key: Any, value: str) -> None:
    """Whatever a strict key holds, the article is held back unless that is a word for public."""
    name, mark = key
    if mark.loose or mark.kind in ("any", "null"):
        return
    hit = not_public.Found((name,), value, mark)
    if not_public.verdict(hit) in ("", "public"):
        words = not_public.PUBLIC | not_public.NULLS | {"1", "0", "y", "n", "t", "f"}
        assert not_public.plain(value) in words or value.strip().lower() in words


def _listed(text: str) -> list[str]:
    return [" ".join(each.split()) for each in text.split(";")]


@pytest.mark.parametrize("row", TABLE["keys"], ids=lambda row: row["keys"].split(";")[0].strip())
def test_each_key_means_what_its_row_says(row: dict[str, Any]) -> None:
    """Where a key is clear it holds back, in silence or not; what it is not sure of is as its row says."""
    for key in _listed(row["keys"]):
        name, _, inner = key.rpartition(".")
        held, free, unclear = (
            _article(f"{name}: {{{inner}: {value}}}" if name else f'"{key}": {value}')
            for value in (row["hold"], row["free"], row.get("unclear", "peut-être"))
        )
        assert (_is_held(held), bool(_unclear(held))) == (True, row.get("said", False)), key
        assert (_is_held(free), _unclear(free)) == (False, []), key
        if row["hold"] == "null":
            continue
        assert _is_held(unclear) is not row.get("loose", False), key
        far = _article(f'ailleurs: {{"{inner}": {row["hold"]}}}')
        strong = row.get("anywhere", False) and not name
        assert (_is_held(far), bool(_unclear(far))) == (strong, strong), key


def test_what_each_key_is_to_hold_is_public() -> None:
    """The value that a message says to write: what it says of any other key of its kind."""
    for mark in not_public.MARKS:
        found = _article(f'"{mark.keys[0][0]}": {mark.better or "~"}')
        assert (_is_held(found), _unclear(found)) == (False, []), mark.keys[0]
        if mark.kind in ("yes", "no") and mark.keys[0][0] != "permalink":
            assert mark.better == {"yes": "false", "no": "true"}[mark.kind]
        if mark.kind in ("yes", "no", "word") and not mark.loose:
            hit = not_public.Found((mark.keys[0][0],), mark.better, mark)
            assert not_public.verdict(hit) == "public", mark.keys[0]


def test_every_key_has_a_row() -> None:
    """A new key hides articles: it is not done before its row says how."""
    rows = [key for row in TABLE["keys"] for key in _listed(row["keys"])]
    assert sorted(rows) == sorted(key for mark in not_public.MARKS for key, _ in mark.keys)


# What a word does in each of these places: whether the article is held back, and whether that is said.
PLACES = {
    "status: {}": {
        "public": (False, False), "held": (True, False), "held_everywhere": (True, False),
    },
    "layout: {}": {
        "public": (False, False), "held": (False, False), "held_everywhere": (True, False),
    },
    "tags: [mer, {}]": {"labels": (True, True), "public": (False, False)},
    "{}: {{hidden: true}}": {
        "maps_of_the_article": (True, False), "maps_of_other_things": (False, False),
    },
    "{}: {{draft: true}}": {
        "maps_of_the_article": (True, False), "maps_of_other_things": (False, False),
    },
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_each_word_means_what_its_row_says(place: str) -> None:
    """A word that is not known to be public holds back; which are known is no accident."""
    for row, expected in PLACES[place].items():
        for word in _listed(TABLE["words"][row]):
            found = _article(place.format(word))
            assert (_is_held(found), bool(_unclear(found))) == expected, word


def test_each_folder_that_may_be_of_drafts_is_known() -> None:
    text = _text("yaml", "", "Un titre", "Texte.").encode()
    for folder in (*_listed(TABLE["words"]["folders"]), "Brouillons", "non publiés"):
        found = read_article(f"items/2026/{folder}/a.md", text, CONFIG)
        assert (_is_held(found), _unclear(found)) == (True, ["public-unclear"]), folder
    for name in ("a.draft", "a.brouillon", "a.WIP", "[draft] a", "(private) a", "a.prive"):
        assert _is_held(read_article(f"items/{name}.md", text, CONFIG)), name
    for name in ("draft", "a.drafts", "brouillon-a", "[a] draft", "draft.a"):
        assert not _is_held(read_article(f"items/{name}.md", text, CONFIG)), name


def _unclear(found: Article) -> list[str]:
    codes = ("public-unclear", "boolean-unclear")
    return [problem.code for problem in found.problems if problem.code in codes]


def _article(line: str) -> Article:
    return read_article("items/a.md", _text("yaml", line, "Un titre", "Texte.").encode(), CONFIG)


def _is_held(found: Article) -> bool:
    return found.item is None or found.item.draft


def test_what_new_wrote_is_not_published(tmp_path: Path) -> None:
    """An article is held back until its first sentence is written, and its summary left out."""
    (tmp_path / "items").mkdir()
    for language in ("fr", "en"):
        settings = SETTINGS.format(below="items").replace('"fr"', f'"{language}"')
        (tmp_path / "newsfeed.toml").write_text(settings, "utf-8")
        made = newsfeed("new", f"Titre {language}", "--date", "2026-01-05", cwd=tmp_path)
        assert made.returncode == 0, made.stderr
        place = tmp_path / made.stdout.strip()
        begun = place.read_text("utf-8")
        done = newsfeed("build", "--now", "2026-06-01", cwd=tmp_path)
        assert f"{made.stdout.strip()}:9:1: " in done.stderr and "[article-begun]" in done.stderr
        feed = json.loads((tmp_path / "public" / "feed.json").read_text("utf-8"))
        assert f"Titre {language}" not in [item["title"] for item in feed["items"]]
        *head, _, _ = begun.split("\n")
        place.write_text("\n".join([*head, "Le vrai texte.", ""]), "utf-8")
        done = newsfeed("build", "--now", "2026-06-01", cwd=tmp_path)
        assert (
            f"{made.stdout.strip()}:6:10: " in done.stderr and "[placeholder-left]" in done.stderr
        )
        feed = json.loads((tmp_path / "public" / "feed.json").read_text("utf-8"))
        shown = next(item for item in feed["items"] if item["title"] == f"Titre {language}")
        assert shown["summary"] == "Le vrai texte."
