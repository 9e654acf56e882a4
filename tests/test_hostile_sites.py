"""An article of a former fault costs the others nothing: the site is whole but for it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from command import SETTINGS, article, newsfeed, site, tree_of
from newsfeed.diagnostics import diagnostic
from newsfeed.diagnostics.reporters import FORMATS
from newsfeed.identity import lockfile
from newsfeed.newsletter.issues import RecordProblem, records
from newsfeed.text.characters import visible, visible_lines
from newsfeed.text.output_paths import folded, is_fit, lies_below_a_file

NOW = "2026-06-01"
LONG = "\U0001f600" * 80
FAULTS = {
    "url-long": article(url="/" + "x" * 300 + "/"),
    "url-home": article(url="/index.html"),
    "url-below-home": article(url="/index.html/x/"),
    "url-below-article": article(url="/items/2026/01/bon.html/x/"),
    "url-hidden": article(url="/.git/hooks/x.html"),
    "url-windows": article(url="/con/"),
    "url-feed": article(url="/atom.xml"),
    "url-letter": article(url="/newsletter/index.html"),
    "slug-long": article(slug=f'"{LONG}"'),
    "slug-case": article(slug="BON", date="2026-01-03"),
    "tag-long": article(tags=f'["{LONG}"]'),
    "redirect-deep": article(redirect_from="/" + "x/" * 1200),
    "redirect-own": article(redirect_from="[/.newsfeed-files/, /index.html, /subscribe/, /.git/HEAD/]"),
    "picture": article(image="javascript:alert(1)"),
    "picture-data": article(image='"data:text/html,<script>1</script>"'),
    "picture-share": article(image="file://mal.example.org/x.png"),
    "picture-host": article(image='"http://[::1"'),
    "links": article(links='[{text: a, url: "ms-word:ofe|u|https://mal.example.org"}, {text: b, url: "blob:x"}]'),
    "source": article(source='{name: a, url: "search-ms:x"}'),
    "canonical": article(canonical_url='"feed:javascript:x"'),
    "escapes": article(title='"\\e]0;PWN\\a\\u202e\\n::error::PWNED"', lang='"\\e[31m"'),
    "number": '{"title": "A", "date": "2026-01-02", "weight": ' + "9" * 5000 + "}\n\nx\n",
    "deep": article(body="> " * 500 + "[" * 500 + "x"),
}  # fmt: skip
FORBIDDEN = (
    "javascript:alert",
    "data:text/html",
    "file://mal",
    "ms-word:",
    "blob:x",
    "search-ms:",
    "feed:javascript",
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], str]:
    """All faults in one site beside a good article: what is published, and what is said."""
    articles = {
        f"{name}.md": text.replace("Un titre", f"Titre {name}", 1) for name, text in FAULTS.items()
    }
    root = tmp_path_factory.mktemp("site")
    folder = site(root, {"bon.md": article("Le bon", date="2026-01-03"), **articles})
    done = newsfeed("build", "--now", NOW, cwd=folder)
    assert done.returncode == 1, done.stderr
    return tree_of(folder / "public"), done.stderr


def test_the_site_is_whole(built):
    """The good article, the lists and the feeds are there, each in its place."""
    files, said = built
    assert "Traceback" not in said
    for path in (
        "index.html",
        "items/2026/01/bon.html",
        "newsletter/index.html",
        "subscribe/index.html",
    ):
        assert path in files
    for path in ("atom.xml", "rss.xml", "feed.json", "index.html"):
        assert b"Le bon" in files[path], path
    assert b"http-equiv" not in files["index.html"]
    assert all(is_fit(path) for path in files if path != ".newsfeed-files")
    assert len(set(map(folded, files))) == len(files)


def test_no_output_leads_where_nothing_may(built):
    """Pages, feeds and letters have one list of what an address may be."""
    for path, data in built[0].items():
        text = data.decode("utf-8", "replace")
        assert [each for each in FORBIDDEN if each in text] == [], path


def test_words_are_clean(built):
    """No control, no mark of direction, no command of a CI service."""
    said = built[1]
    assert re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]", said) is None
    assert "\u202e" not in said
    assert not any(line.startswith("::") for line in said.splitlines())


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_every_form_is_clean(form):
    """Values and paths show as escapes what a terminal would obey."""
    problem = diagnostic("link-dead", "items/\x1b[2J\u202e.md", url="a\n::error::x\x9b\u2028b")
    text = FORMATS[form]([problem], "fr")
    assert not any(char in text for char in "\x1b\u202e\x9b\u2028")
    assert "\n::error::x" not in text


def test_what_is_shown_of_a_text():
    """An escape is what Python writes; lines of ours stay lines."""
    assert visible("é\x1b\n\u202e\x85") == "é\\x1b\\n\\u202e\\x85"
    assert visible_lines("a\n::error::b\n ##[x]") == "a\n\\x3a\\x3aerror::b\n ##[x]"


@pytest.mark.parametrize("path", [
    "a" * 256, "é" * 128 + ".html", "a/" * 100 + "b", "a\\b", "a\nb", "a\x1fb", "a//b", "/a", "a/", "../a", "a/./b",
    ".git/x", "a/.b", "con", "a/NUL.html", "a./b", "a /b", "", "x/" * 600 + "y",
])  # fmt: skip
def test_paths_that_no_output_has(path):
    assert not is_fit(path)


@pytest.mark.parametrize("path", [
    "a", "items/2026/01/été.html", ".well-known/a.txt", "a" * 255, "concert/aux-armes.html", "a.b/c", "_headers", "日本/語",
])  # fmt: skip
def test_paths_that_outputs_have(path):
    assert is_fit(path)


def test_a_folder_called_like_a_file():
    assert lies_below_a_file("index.html/x/index.html") and lies_below_a_file("media/a.PDF/x")
    assert not lies_below_a_file("v1.2/asp.net/index.html")


@pytest.mark.parametrize("field", ["page", "old", "closed"])
@pytest.mark.parametrize("value", ["../../evil.html", "/x", "a//b", "a%00b", "a\\b", "%2e%2e/x"])
def test_a_lock_that_leads_out_is_damaged(field, value):
    """Said with its line: nothing of it reaches a path, and no page is counted to a billion."""
    record = {"page": "-", "old": "-", "missed": "-", "closed": "-"}
    record[field] = value if field != "closed" else "999999999:"
    line = "tag:e.org,2026-01-01:a items/a.md 2026-01-01T00:00:00Z 0eaf67a4 - " + " ".join(
        record.values()
    )
    with pytest.raises(lockfile.ConfigError) as caught:
        lockfile.parse(f"# newsfeed.lock {lockfile.VERSION}\n{line}\n")
    assert [(each.code, each.line) for each in caught.value.problems] == [("lock-damaged", 2)]


LIES = [None, 1, [], {}, True, "\ud800", "javascript:alert(1)", ["<script>1</script>"], ['<img src=x onerror="1">'],
        ['<a href="javascript:1">x</a>'], [None], [[1]], {"a": 1}, ["<!--><img src=x onerror=1>-->"],
        ["<img/src=x/onerror=1>"], ['<noscript><p title="</noscript><img src=x onerror=1>">'], [1e999, 1e999],
        [50, 1e999], "50", 1e999, 10**400, "9999-12-31T23:59:59-12:00"]  # fmt: skip


def test_a_record_with_lies_is_said(tmp_path):
    """Each of its values replaced by another: a problem of the record, never a traceback."""
    folder = site(
        tmp_path, {"a.md": article(image="p.png", source="{name: s, url: https://e.org/}")}
    )
    (folder / "issues").mkdir()
    (folder / "issues" / "2026-02.md").write_text(
        "---\ndate: 2026-01-15\n---\n\nMot\n\n- [Un titre](../items/a.md)\n"
    )
    newsfeed("build", "--now", NOW, cwd=folder)
    text = (folder / "issues" / "2026-02.json").read_text("utf-8")
    for place, lie in ((place, lie) for place in _places(json.loads(text)) for lie in LIES):
        table = json.loads(text)
        inner = table
        for key in place[:-1]:
            inner = inner[key]
        inner[place[-1]] = lie
        try:
            kept = records.load(json.dumps(table))
        except RecordProblem:
            continue
        shown, led = [kept.editorial], []
        for entry in kept.entries:
            shown += [entry.content, entry.excerpt]
            led += [entry.url, *(link.url for link in entry.links)]
            led += [each.url for each in (entry.source,) if each]
            led += [each.src for each in (entry.image,) if each]
        assert not any(
            "<script" in each or "onerror" in each or '"javascript' in each for each in shown
        )
        assert not any(each.startswith("javascript:") for each in led)


@pytest.mark.parametrize(
    "changed",
    [
        {"published": "9999-12-31T23:59:59-12:00"},
        {"published": "0001-01-01T00:00:00+14:00"},
        {"event": {"start": "9999-12-31T23:59:59-12:00"}},
        {"image": {"src": "http://[::1"}},
        {"image": {"src": r"\\evil\x.png"}},
        {"image": {"src": "a.png", "focus": [1e999, 1]}},
        {"url": "http://[::1"},
        {"content": ["<!--><img src=x onerror=alert(1)>-->"]},
        {"excerpt": ["<noscript>"]},
    ],
)
def test_a_record_that_nobody_wrote_is_said_with_its_line(tmp_path, changed):
    """The line is that of the item's id; the letter stays as it was published, the rest is built."""
    folder = site(tmp_path, {"a.md": article()})
    (folder / "issues").mkdir()
    (folder / "issues" / "2026-02.md").write_text(
        "---\ndate: 2026-01-15\n---\n\nMot\n\n- [Un titre](../items/a.md)\n", "utf-8"
    )
    newsfeed("build", "--now", "2026-06-01", cwd=folder)
    place = folder / "issues" / "2026-02.json"
    table = json.loads(place.read_text("utf-8"))
    table["items"][0].update(changed)
    text = json.dumps(table, indent=1)
    place.write_text(text, "utf-8")
    line = text[: text.index(json.dumps(table["items"][0]["id"]))].count("\n") + 1
    done = newsfeed("build", "--no-cache", "--now", "2026-06-02", cwd=folder)
    assert done.returncode == 1
    assert f"issues/2026-02.json:{line}:1: erreur [issue-record]" in done.stderr
    assert "internal" not in done.stderr
    assert place.read_text("utf-8") == text


def _places(table: object, above: tuple[object, ...] = ()) -> list[tuple]:
    inner = (
        table.items()
        if isinstance(table, dict)
        else enumerate(table)
        if isinstance(table, list)
        else ()
    )
    found = [above] if above else []
    for key, value in inner:
        found += _places(value, (*above, key))
    return found


BREAKING = """
import newsfeed.markup.renderer as renderer
real = renderer.render
def render(source, *given, **named):
    if "CASSE" in source.text:
        raise ZeroDivisionError("un bogue")
    return real(source, *given, **named)
renderer.render = render
"""


def test_a_bug_of_ours_costs_one_article(tmp_path):
    """Whatever raises while an article is rendered is that article's error; -v shows where."""
    folder = site(
        tmp_path / "site",
        {"bon.md": article("Le bon", "2026-01-03"), "a.md": article(body="CASSE")},
    )
    (tmp_path / "sitecustomize.py").write_text(BREAKING)
    path = os.pathsep.join([str(tmp_path), *sys.path])
    for _ in range(2):
        done = newsfeed("-v", "build", "--now", NOW, cwd=folder, env={"PYTHONPATH": path})
        assert done.returncode == 1
        assert (
            "items/a.md:1:1: erreur [internal]" in done.stderr
            and "ZeroDivisionError" in done.stderr
        )
        files = tree_of(folder / "public")
        assert "items/2026/01/bon.html" in files and "items/2026/01/a.html" not in files


def test_builds_at_once(tmp_path):
    """Four at a time, an edit in between: none fails, and the end is that of one build."""
    folder = site(tmp_path / "many", {"bon.md": article("Le bon", "2026-01-03")})
    command = [sys.executable, "-m", "newsfeed", "-q", "build", "--now", NOW]
    for number in range(2):
        running = []
        for each in range(4):
            text = article(f"Titre {number} {each}", f"2026-02-0{each + 1}")
            (folder / "items" / f"a{number}-{each}.md").write_text(text)
            running.append(subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True))
        assert [(run.communicate()[1], run.returncode) for run in running] == [("", 0)] * 4
    alone = site(tmp_path / "one", {p.name: p.read_text() for p in (folder / "items").iterdir()})
    assert newsfeed("-q", "build", "--now", NOW, cwd=alone).returncode == 0
    assert tree_of(alone / "public") == tree_of(folder / "public")
    assert (alone / "newsfeed.lock").read_text() == (folder / "newsfeed.lock").read_text()


def test_what_a_killed_command_left_is_removed(tmp_path):
    """At the next run, however soon that comes."""
    folder = site(tmp_path, {"bon.md": article("Le bon", "2026-01-03")})
    left = [
        "public/.newsfeed-new-1-a/pages/x.html",
        ".newsfeed/aside/1-a",
        ".newsfeed/tick-1",
        ".newsfeed-new-1-b",
    ]
    for path in left:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("x")
    assert newsfeed("-q", "build", "--now", NOW, cwd=folder).returncode == 0
    assert [path for path in left if (folder / path).exists()] == []


def test_a_file_takes_the_place_of_a_folder(tmp_path):
    folder = site(tmp_path, {"bon.md": article("Le bon", "2026-01-03")})
    (folder / "static" / "doc").mkdir(parents=True)
    (folder / "static" / "doc" / "inner.txt").write_text("x")
    assert newsfeed("-q", "build", "--now", NOW, cwd=folder).returncode == 0
    (folder / "static" / "doc" / "inner.txt").unlink()
    (folder / "static" / "doc").rmdir()
    (folder / "static" / "doc").write_text("y")
    assert newsfeed("-q", "build", "--now", NOW, cwd=folder).returncode == 0
    assert (folder / "public" / "static" / "doc").read_text() == "y"


def test_new_where_the_disk_refuses(tmp_path):
    """One line, exit code 3."""
    folder = site(tmp_path, {"bon.md": article()}, SETTINGS)
    Path(folder / "items" / "2026").write_text("x")
    done = newsfeed("new", "Un autre", "--date", "2026-05-01", cwd=folder)
    assert done.returncode == 3 and done.stderr.count("\n") == 1
