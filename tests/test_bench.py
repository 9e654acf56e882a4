"""The benchmark compares the same work, made the same way every time."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from command import ROOT, SETTINGS, newsfeed
from newsfeed.cli import figures
from newsfeed.config import parse
from newsfeed.content.episode_keys import EPISODE
from newsfeed.content.reading import read_article


@pytest.fixture(scope="module")
def bench() -> dict[str, ModuleType]:
    sys.path.insert(0, str(ROOT / "bench"))
    try:
        import adapting
        import corpus
        import edits
        import gaps
        import measure
        import mixed
        import real
        import report
        import sites
    finally:
        sys.path.remove(str(ROOT / "bench"))
    return {
        module.__name__: module
        for module in (adapting, corpus, edits, gaps, measure, mixed, real, report, sites)
    }


def _front_matter(text: str) -> dict[str, Any]:
    """Return an article's fields as the languages' own parsers read them, keys in lower case."""
    found: Any
    if text.startswith("---\n"):
        found = yaml.safe_load(text.split("\n---\n")[0][4:])
    elif text.startswith("+++\n"):
        found = tomllib.loads(text.split("\n+++\n")[0][4:])
    elif text.startswith("{\n"):
        found = json.loads(text.split("\n}\n")[0] + "}")
    elif text.startswith(";;;\n"):
        found = json.loads("{" + text.split("\n;;;\n")[0][4:] + "}")
    else:
        heads = text.split("\n\n")[0].splitlines()
        found = dict(line.split(": ", 1) for line in heads) if ": " in heads[0] else {}
    return {str(key).lower(): value for key, value in found.items()}


def test_the_corpus_is_seeded_and_clean(bench: dict[str, ModuleType]) -> None:
    """The same articles every time, of some 3 KB and ten fields, which newsfeed reads without a word."""
    corpus = bench["corpus"]
    articles = list(corpus.articles(300))
    assert articles == list(corpus.articles(300))
    assert articles[:100] == list(corpus.articles(100))
    assert len({article.path for article in articles}) == 300
    assert all(2_500 < len(article.text.encode()) < 6_000 for article in articles)
    config = parse(SETTINGS)
    for article in articles:
        read = read_article(f"items/{article.path}", article.text.encode(), config)
        assert read.item is not None
        assert read.problems == ()
        assert len(read.item.lines) + 1 >= 10
    assert corpus.edited(articles[0].text, 1) != corpus.edited(articles[0].text, 2)


def test_the_plain_corpus_stays_what_it_was(bench: dict[str, ModuleType]) -> None:
    """Figures of another year compare: no byte of an article changes."""
    article = bench["corpus"].article(7)
    digest = hashlib.sha256((article.path + article.text).encode()).hexdigest()
    assert digest[:16] == "947695b7e025b62d"


def test_the_mixed_corpus_has_every_field_and_form(bench: dict[str, ModuleType]) -> None:
    """Each documented field, each language of front matter, each kind of block, and real sizes.

    But for the fields of episodes: a news site is no podcast.
    """
    mixed, corpus = bench["mixed"], bench["corpus"]
    articles = list(mixed.articles(2_000))
    assert articles[:50] == list(mixed.articles(50))
    assert articles[40] == mixed.article(40)
    assert len({article.path for article in articles}) == 2_000
    sizes = sorted(len(article.text.encode()) for article in articles)
    assert sizes[0] >= 500
    assert sizes[-1] < 60_000
    assert 4_000 < sum(sizes) / len(sizes) < 6_500
    heads = [_front_matter(article.text) for article in articles]
    keys = {key for head in heads for key in head}
    page = (ROOT / "docs/articles.md").read_text("utf-8")
    rows = re.findall(r"^\| (\w+) \| .*? \| (`.*) \|$", page, re.M)
    assert len(rows) >= 24
    for field, known in rows:
        if field in EPISODE:
            continue
        names = {name.lower() for name in re.findall(r"`([^`]+)`", known)}
        assert keys & names, field
    starts = [article.text[:3] for article in articles]
    for start, least in (("---", 1_200), ("+++", 200), ("{\n ", 60), (";;;", 20), ("Tit", 100), ("# ", 20)):  # fmt: skip
        assert sum(each.startswith(start) for each in starts) >= least, start
    for form in (r"^```", r"^\| --- ", r"\[\^1\]: ", r"^> ", r"\[\[actualite-", r"<figure>", r".{1500}", r"!\[", r"<!--more-->", r"\]\(\.\./"):  # fmt: skip
        assert sum(bool(re.search(form, article.text, re.M)) for article in articles) >= 20, form
    assert {type(head.get("tags")) for head in heads} == {str, list, type(None)}
    assert any(isinstance(head.get("source"), dict) for head in heads)
    assert any(isinstance(head.get("image"), dict) for head in heads)
    assert any(isinstance(name, dict) for head in heads for name in head.get("authors", ()))
    assert len(list(corpus.articles(3))) == 3


def test_an_edit_changes_one_field_in_each_language(bench: dict[str, ModuleType]) -> None:
    """Body, summary, title, tags and date change alone, and differently each time."""
    edits, mixed = bench["edits"], bench["mixed"]
    keys = {
        "title": {"title"},
        "summary": {"description", "summary", "excerpt"},
        "tag": {"tags"},
        "date": {"date", "publishdate", "pubdate", "created"},
    }
    for article in mixed.articles(200):
        before = _front_matter(article.text)
        for kind in edits.KINDS:
            texts = {edits.edited(article.text, turn, kind, article.path) for turn in (1, 2, 3)}
            assert len(texts) == 3
            assert article.text not in texts
            for text in texts:
                after = _front_matter(text)
                changed = {key for key in before | after if before.get(key) != after.get(key)}
                assert bool(changed) == (kind != "body")
                assert changed <= keys.get(kind, set()), (kind, article.text)


def test_a_real_folder_is_laid_out_for_both(
    bench: dict[str, ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """newsfeed gets the bytes, Hugo the closest form that it reads; the newest shown is edited."""
    sites, real = bench["sites"], bench["real"]
    monkeypatch.setattr(sites, "BENCH", tmp_path / "bench")
    given = {
        "_index.md": "+++\ntitle = 'A section'\n+++\n",
        "zola.md": '+++\npath = "2024/05/06/a-page"\ntitle = "Zola"\n+++\n\nText.\n',
        "2020-01-02-dated.md": "No front matter.\n",
        "pelican.md": "Title: Pelican: a head\nDate: 2023-01-02 10:20\nTags: a, b\n\nText.\n",
        "hexo.md": ';;;\n"title": "Hexo",\n"date": "2022-01-02"\n;;;\n\nText.\n',
        "jekyll.md": "---\ntitle: J\ndate: 2021-03-04 05:06\npublished: false\n---\n\nText.\n",
        "old.md": "---\ntitle: O\ndate: 2025-01-01\nexpiryDate: 2025-02-01\n---\n\nText.\n",
        "index.md": "---\ntitle: I\ndate: 2020-01-01\n---\n\n{{< box >}}Text.{{< /box >}} {{< img a >}}\n",
        "picture.png": "no article",
    }
    items = tmp_path / "a-site/items"
    items.mkdir(parents=True)
    for name, text in given.items():
        (items / name).write_text(text, "utf-8")
    found = real.read(items)
    assert found.name == "a-site"
    assert len(found.articles) == 7
    tools = sites.tools("pages", found.name)
    ours, hugo = (
        sites.lay_out(tools[name], "pages", 7, tmp_path / "memory", found)
        for name in ("newsfeed", "hugo")
    )
    for path in (ours.folder / "items").iterdir():
        assert path.read_text("utf-8") == given[path.name]
    copies = {
        path.name: path.read_text("utf-8") for path in (hugo.folder / "content/items").iterdir()
    }
    assert len(copies) == len(list((ours.folder / "items").iterdir())) == 7
    assert _front_matter(copies["zola.md"]) == {
        "title": "Zola",
        "url": "/2024/05/06/a-page/",
        "date": date(2024, 5, 6),
    }
    assert _front_matter(copies["pelican.md"])["tags"] == ["a", "b"]
    assert "10:20:00" in copies["pelican.md"]
    assert copies["hexo.md"].startswith('{\n"title": "Hexo",\n"date": "2022-01-02"\n}\n')
    assert _front_matter(copies["jekyll.md"])["draft"] is True
    assert "index-page.md" in copies
    shortcodes = hugo.folder / "layouts/_shortcodes"
    assert (shortcodes / "box.html").read_text() == "{{ .Inner }}"
    assert (shortcodes / "img.html").read_text() == ""
    assert ours.edited == hugo.edited == "zola.md"
    ours.edit(1, "title")
    assert 'title = "Modification 1 de Zola"' in (ours.folder / "items/zola.md").read_text()


def test_an_article_that_one_tool_refuses_is_left_out_of_both(bench: dict[str, ModuleType]) -> None:
    """Hugo names a few at a time: it is asked until it names none."""
    real, corpus = bench["real"], bench["corpus"]
    names = [f"{number}.md" for number in range(6)]
    given = real.Real(name="r", articles=tuple(corpus.Article(name, "text") for name in names))

    def run(articles: list[Any]) -> tuple[str, str]:
        paths = [article.path for article in articles]
        refused = next((path for path in ("1.md", "3.md") if path in paths), "")
        undated = "items/5.md:1:1: error [date-missing] there is no date" if "5.md" in paths else ""
        return undated, f"ERROR at content/items/{refused}:1:1" if refused else ""

    settled = real.settled(given, run)
    assert [article.path for article in settled.articles] == ["0.md", "2.md", "4.md"]
    assert sorted(settled.left_out) == ["1.md", "3.md", "5.md"]
    with pytest.raises(RuntimeError, match="no such template"):
        real.settled(given, lambda _: ("", "no such template"))


def test_both_copies_of_the_mixed_corpus_have_the_same_articles(
    bench: dict[str, ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many files for Hugo as for newsfeed, and none in a form that Hugo does not know."""
    sites = bench["sites"]
    monkeypatch.setattr(sites, "BENCH", tmp_path)
    tools = sites.tools("pages", "mixed")
    found = [
        sites.lay_out(tools[name], "pages", 120, tmp_path / "memory", "mixed")
        for name in ("newsfeed", "hugo")
    ]
    files = [sorted((site.folder / site.tool.items).rglob("*.md")) for site in found]
    assert len(files[0]) == len(files[1]) == 120
    for path in files[1]:
        assert path.read_text("utf-8").startswith(("---\n", "+++\n", "{\n", "# "))
    assert found[0].edited == found[1].edited


def test_two_checkouts_are_compared(tmp_path: Path) -> None:
    """A site that both build the same says so; one word of one template is a difference."""
    site = tmp_path / "site"
    (site / "items").mkdir(parents=True)
    (site / "newsfeed.toml").write_text(SETTINGS, "utf-8")
    (site / "items/a.md").write_text("---\ntitle: Un titre\ndate: 2026-01-02\n---\n\nTexte.\n")
    other = tmp_path / "other"
    shutil.copytree(ROOT / "src", other / "src")
    shutil.copytree(ROOT / "templates", other / "templates")

    def same(new: Path) -> subprocess.CompletedProcess[str]:
        steps = ("--steps", "cold", "body")
        command = [sys.executable, ROOT / "bench/same.py", ROOT, new, site, *steps]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    found = same(other)
    assert (found.returncode, found.stderr) == (0, "")
    template = other / "templates/page/base.html"
    template.write_text(template.read_text("utf-8").replace("<!doctype", "<!-- x --><!doctype"))
    found = same(other)
    assert found.returncode == 1
    assert "[cold] public/items/2026/01/a.html" in found.stdout


def test_every_tool_gets_the_same_articles(
    bench: dict[str, ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each tool has a site of its own with as many articles, and the newest one is edited."""
    sites = bench["sites"]
    monkeypatch.setattr(sites, "BENCH", tmp_path)
    for name, tool in sites.tools("pages").items():
        site = sites.lay_out(tool, "pages", 20, tmp_path / "memory")
        files = sorted((site.folder / tool.items).rglob("*.md"))
        assert len(files) == 20, name
        before = {path: path.read_text("utf-8") for path in files}
        site.edit(1)
        changed = [path for path in files if path.read_text("utf-8") != before[path]]
        assert [path.name for path in changed] == [Path(site.edited).name]
        (site.out / "left.html").write_text("")
        site.forget()
        assert not list(site.out.iterdir())


def test_a_run_is_measured(bench: dict[str, ModuleType], tmp_path: Path) -> None:
    """Wall time, CPU time and memory of a command, its children with it; a failure is one."""
    measure = bench["measure"]
    script = "data = bytearray(80_000_000); sum(range(10**6))"
    command = [sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {script!r}])"]  # fmt: skip
    cost = measure.run(command, cwd=tmp_path, watch_memory=True)
    assert cost.wall > 0.02
    assert cost.cpu > 0.02
    assert cost.memory > 80_000_000
    with pytest.raises(measure.RunFailed):
        measure.run([sys.executable, "-c", "raise SystemExit(3)"], cwd=tmp_path)


def test_ratios_are_of_runs_made_in_turn(bench: dict[str, ModuleType]) -> None:
    """A ratio is the median of the ratios of each turn, and stands in the page's table."""
    measure, report = bench["measure"], bench["report"]

    def costs(*walls: float) -> list[object]:
        return [measure.Cost(wall=wall, cpu=wall, memory=0) for wall in walls]

    found = {"newsfeed": costs(1, 2, 9), "hugo": costs(2, 8, 9)}
    row = report.Row.of("feeds", 10_000, "cold", found, {"newsfeed": 1_000_000, "hugo": 5_000_000})
    assert [line.ratio for line in row.lines] == [1, 0.5]
    assert "| hugo |  | 8.000 | 8.000 | 5 | 0.500 × | 0.500 × | 0.200 × |" in report.table([row])
    results = {
        "runs": 3,
        "machine": {"kernel": "Linux"},
        "rows": [{"work": "feeds", "count": 1, "change": "", "lines": []}],
    }
    page = report.document("before\n<!-- bench -->\nold\n<!-- /bench -->\nafter\n", results)
    assert "old" not in page
    assert page.startswith("before\n")
    assert page.endswith("after\n")


@pytest.mark.whole
def test_the_matrix_of_reproducibility_gives_one_hash() -> None:
    """With this Python, each zone, locale and clone once; the archives are the same twice."""
    done = subprocess.run(
        [sys.executable, ROOT / "bench" / "reproducible.py", "--here", "--few"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 of 3 combinations gave one hash" in done.stdout
    assert done.stdout.count(": the same twice, ") == 2


def test_the_gaps_that_are_told_are_those_that_were_measured(
    bench: dict[str, ModuleType], tmp_path: Path
) -> None:
    """`digest` names MJML's number of the page; newsfeed's own on it is that of today's letter."""
    page = (ROOT / "docs/performance.md").read_text("utf-8")
    told = {
        name: int(gaps) for name, gaps in re.findall(r"^\| (newsfeed|mjml) \| (\d+) \|", page, re.M)
    }
    assert told["mjml"] == figures.MJML
    gaps = bench["gaps"]
    texts = [article.text for article in bench["corpus"].articles(gaps.COUNT)]
    gaps.lay_out(tmp_path, texts)
    done = newsfeed(*gaps.DIGEST, "--format", "json", cwd=tmp_path)
    shown = json.loads(done.stdout)
    # The event's picture is not shown, the logo is.
    assert (shown["items"], len(shown["images"])) == (gaps.COUNT, gaps.COUNT)
    assert shown["support"]["pairs"] == told["newsfeed"]
