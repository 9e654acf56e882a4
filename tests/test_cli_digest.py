"""`newsfeed digest` through the real command: what a letter holds, where it is, what it keeps."""

from __future__ import annotations

import email
import email.policy
import json
import resource
import shutil
import subprocess
from pathlib import Path

import pytest

from command import SETTINGS, article, newsfeed, site, tree_of

COMPLETE = (
    SETTINGS
    + """
[newsletter]
from = { name = "Le réseau", email = "lettre@example.org" }
address = "12 rue de l’Exemple, Marseille"
unsubscribe = "https://www.example.org/adieu"
"""
)
NOW = ("--now", "2026-11-23T12:00:00+01:00")
LATEST = "newsletter/latest"


def made(folder: Path, *arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    result = newsfeed("digest", *NOW, *arguments, cwd=folder)
    assert result.returncode == code, (result.returncode, result.stdout, result.stderr)
    return result


def text_of(folder: Path, key: str = "latest") -> str:
    return (folder / f"public/newsletter/{key}/letter.txt").read_text("utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twelve articles, one a month, the newest on 1 December 2025 minus; a draft, one to come."""
    articles = {
        f"a{month:02}.md": article(
            f"Article {month:02}",
            f"2026-{month:02}-05",
            f"Le texte {month}.",
            category=("Vie", "Soins")[month % 2],
            tags="[pair]" if month % 2 == 0 else "[impair]",
        )
        for month in range(1, 12)
    }
    articles["draft.md"] = article("Un brouillon", "2026-11-20", draft="true")
    articles["later.md"] = article("Plus tard", "2026-12-05")
    return site(tmp_path, articles, COMPLETE)


def titles(folder: Path, key: str = "latest") -> list[str]:
    """The articles of a letter in the order of its text part."""
    found = [line.strip("# *") for line in text_of(folder, key).splitlines()]
    seen = [
        word
        for line in found
        for word in [line[:10].title()]
        if line.upper().startswith("ARTICLE ")
    ]
    return list(dict.fromkeys(seen))


def test_without_options_the_newest_articles(folder: Path) -> None:
    """As many as newsletter.limit says, newest first, drafts and what is to come left aside."""
    made(folder)
    assert titles(folder) == [f"Article {month:02}" for month in range(11, 3, -1)]
    letter = folder / "public" / LATEST
    assert {path.name for path in letter.iterdir()} == {
        "letter.html", "letter.txt", "letter.eml", "index.html",
    }  # fmt: skip
    message = email.message_from_bytes(
        (letter / "letter.eml").read_bytes(), policy=email.policy.default
    )
    assert message["Subject"] == "Article 11"
    assert "23 Nov 2026" in message["Date"], "the letter that is about to be sent is of its day"


@pytest.mark.parametrize(
    ("options", "months"),
    [
        (["--last", "2"], [11, 10]),
        (["--since", "2026-10-05"], [11, 10]),
        (["--since", "5 octobre 2026", "--until", "2026-10-31"], [10]),
        (["--until", "2026-02-05"], [2, 1]),
        (["--category", "vie", "--last", "2"], [10, 8]),
        (["--tag", "impair", "--until", "2026-04-01"], [3, 1]),
        (["--item", "items/a03.md", "--item", "a09", "--item", "a03.md"], [3, 9]),
        (["--item", "tag:www.example.org,2026-02-05:a02"], [2]),
    ],
)
def test_options_choose_the_articles(folder: Path, options: list[str], months: list[int]) -> None:
    """Days of either end are included; articles named one by one keep their order."""
    made(folder, *options)
    assert titles(folder) == [f"Article {month:02}" for month in months]


def test_a_subject_of_ones_own(folder: Path) -> None:
    """The subject is the first article's title unless it is given."""
    result = made(folder, "--subject", "La rentrée", "--format", "json")
    assert json.loads(result.stdout)["subject"] == "La rentrée"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--since", "bientôt"], "bientôt"),
        (["--category", "Vei"], "Vie"),
        (["--tag", "zzz"], "impair"),
        (["--item", "items/a3.md"], "items/a03.md"),
        (["--item", "draft"], "--drafts"),
        (["--item", "later"], "2026-12-05"),
        (["--item", "a01", "--last", "2"], "--item"),
        (["--last", "0"], "--last"),
        (["2026-11"], "compose"),
        (["--close"], "--close"),
    ],
)
def test_a_wrong_option_is_said_with_what_is_there(
    folder: Path, options: list[str], words: str
) -> None:
    """Exit code 2, the nearest name, nothing written."""
    result = made(folder, *options, code=2)
    assert words in result.stderr
    assert not (folder / "public").exists()


def test_nothing_to_send_is_exit_code_4(folder: Path) -> None:
    """No empty letter, no file, one plain sentence."""
    result = made(folder, "--since", "2026-11-20", code=4)
    assert "aucune lettre" in result.stderr
    assert result.stdout == ""
    assert not (folder / "public").exists()


def test_the_letter_is_placed_beside_what_is_there(folder: Path) -> None:
    """Nothing else of the output folder is touched; a second run writes nothing."""
    assert newsfeed("build", *NOW, cwd=folder).returncode == 0
    before = tree_of(folder / "public")
    letter = {
        f"{LATEST}/{name}" for name in ("letter.html", "letter.txt", "letter.eml", "index.html")
    }
    for options in ((), ("--last", "2")):
        result = made(folder, *options)
        after = tree_of(folder / "public")
        assert {path for path in after if after[path] != before[path]} <= letter
    assert "fichiers écrits" in result.stderr
    assert "0 fichiers écrits" in made(folder, "--last", "2").stderr
    assert newsfeed("build", *NOW, cwd=folder).returncode == 0
    assert tree_of(folder / "public") == before


def test_the_pictures_of_a_letter_are_there(folder: Path, tmp_path: Path) -> None:
    """A letter alone, in an empty folder, leads to no missing picture of the site."""
    picture = (Path(__file__).parent.parent / "static/icon.png").read_bytes()
    (folder / "items/p.png").write_bytes(picture)
    (folder / "items/q.png").write_bytes(picture)
    text = article(
        "Avec image", "2026-11-20", "![Une autre](q.png)", image="{src: p.png, alt: Une image}"
    )
    (folder / "items/img.md").write_text(text, "utf-8")
    issue = "---\ndate: 2026-11-23\n---\n\n## Tout (texte intégral)\n\n- items/img.md\n"
    write(folder, "2026-11", issue)
    figures = json.loads(made(folder, "2026-11", "-o", "out", "--format", "json").stdout)
    for name in ("p.png", "q.png"):
        assert (folder / "out/media" / name).read_bytes() == picture
    for image in figures["images"]:
        shown = folder / "out" / image["src"].split("/", 3)[3]
        assert shown.stat().st_size == image["length"] <= len(picture)


def test_figures_for_people_and_for_programs(folder: Path) -> None:
    """On stdout: sizes, the share of what Gmail shows, links; a sentence each, or JSON."""
    plain = made(folder).stdout
    for words in (
        "Objet : Article 11",
        "HTML : ",
        "de ce que Gmail affiche avant de couper",
        "Liens : ",
    ):
        assert words in plain
    figures = json.loads(made(folder, "--format", "json").stdout)
    letter = (folder / "public" / LATEST / "letter.html").stat().st_size
    assert figures["html"] == letter
    assert figures["items"] == 8
    counted = figures["support"]
    assert 0 < counted["pairs"] == sum(counted["lacking"].values()) <= 60
    assert f"{counted['pairs']} lacunes" in plain and f"Can I email, {counted['date']}" in plain


def test_each_picture_and_each_link_to_look_at_is_told(folder: Path) -> None:
    """With its size and weight; links that lead nowhere or in the clear are named."""
    picture = (Path(__file__).parent.parent / "static/icon.png").read_bytes()
    (folder / "items/p.png").write_bytes(picture)
    body = (
        "Lire ![](p.png) puis [ceci](http://x.example/a) et "
        "[cela](https://www.example.org/nulle-part.html)."
    )
    (folder / "items/liens.md").write_text(article("Des liens", "2026-11-22", body), "utf-8")
    write(
        folder, "2026-11", "---\ndate: 2026-11-23\n---\n\n## Tout (en entier)\n\n- items/liens.md\n"
    )
    told = made(folder, "2026-11").stdout
    (line,) = [line for line in told.splitlines() if "p.png" in line or "p.letter" in line]
    assert " px" in line and " ko" in line and line.endswith("sans description")
    assert "morts sur ce site : 1 ; non chiffrés : 1" in told
    assert "    http://x.example/a (non chiffré)" in told
    assert "    https://www.example.org/nulle-part.html (mort)" in told
    english = newsfeed("--lang", "en", "digest", *NOW, "2026-11", cwd=folder).stdout
    assert "without description" in english and "http://x.example/a (not encrypted)" in english
    figures = json.loads(made(folder, "2026-11", "--format", "json").stdout)
    assert figures["insecure_links"] == ["http://x.example/a"]
    assert figures["dead_links"] == ["https://www.example.org/nulle-part.html"]
    assert figures["missing_alt"] == [figures["images"][0]["src"]]


BROKEN = '{% extends "default/letter-magazine.html" %}{% block content %}{{ nope.x }}{% endblock %}'


@pytest.mark.parametrize(
    ("options", "change", "code", "codes"),
    [
        ((), None, 0, {"link-dead"}),
        (("--strict",), None, 1, {"link-dead"}),
        (("--since", "2026-11-25"), None, 4, set()),
        ((), ("templates/letter-magazine.html", BROKEN), 1, {"template"}),
    ],
    ids=["made", "strict", "nothing", "template"],
)
def test_problems_are_data_where_figures_are(
    folder: Path,
    options: tuple[str, ...],
    change: tuple[str, str] | None,
    code: int,
    codes: set[str],
) -> None:
    """One JSON object on stdout whatever comes of it; no problem stands as text on stderr."""
    text = article("Lien mort", "2026-11-21", "Voir [ici](nulle-part.md).")
    (folder / "items/dead.md").write_text(text, "utf-8")
    if change is not None:
        (folder / change[0]).parent.mkdir()
        (folder / change[0]).write_text(change[1], "utf-8")
    result = made(folder, *options, "--format", "json", code=code)
    problems = json.loads(result.stdout)["problems"]
    assert {problem["code"] for problem in problems} == codes
    assert all(problem["path"] and problem["line"] and problem["message"] for problem in problems)
    assert not any(f"[{each}]" in result.stderr for each in codes)


@pytest.mark.parametrize(("count", "times"), [(8, 18), (200, 40)])
def test_a_letter_takes_no_time(tmp_path: Path, count: int, times: int) -> None:
    """Processor time beside that of `newsfeed --version`, of as many tries as it takes, three at most."""
    text = "Un paragraphe de *texte*, et [un lien](https://x.example/). " * 12
    articles = {
        f"{n}.md": article(f"Article {n}", f"2026-{1 + n % 10:02}-{1 + n % 28:02}", text)
        for n in range(count)
    }
    site(tmp_path, articles, COMPLETE + "max_kb = 900\n")

    def spent(*command: str) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert newsfeed(*command, cwd=tmp_path, alone=True).returncode == 0
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    least = min(spent("--version") for _ in range(3))
    tries = (spent("digest", *NOW, "--last", str(count)) for _ in range(3))
    assert any(letter < times * least for letter in tries)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_init_proposes_is_what_a_letter_needs(tmp_path: Path, language: str) -> None:
    """Without the # in front of them, its lines leave nothing to say."""
    options = ("--title", 'Le "réseau"', "--language", language)
    assert newsfeed("init", *options, cwd=tmp_path).returncode == 0
    place = tmp_path / "newsfeed.toml"
    lacking = newsfeed("digest", "--now", "2100-01-01", cwd=tmp_path).stderr
    assert all(f"letter-no-{what}" in lacking for what in ("sender", "address", "unsubscribe"))
    place.write_text(place.read_text("utf-8").replace("\n# ", "\n"), "utf-8")
    result = newsfeed("digest", "--now", "2100-01-01", cwd=tmp_path)
    assert result.returncode == 0 and "letter-no-" not in result.stderr


def test_a_problem_elsewhere_does_not_stop_a_letter(folder: Path) -> None:
    """An article with errors that is not in the letter is no concern of it."""
    (folder / "items/bad.md").write_text("---\ntitle: [\n---\n", "utf-8")
    result = made(folder, "--strict")
    assert "bad.md" not in result.stderr


def test_strict_writes_nothing_where_something_is_wrong(folder: Path) -> None:
    """A warning about an article of the letter is enough."""
    text = article("Lien mort", "2026-11-21", "Voir [ici](nulle-part.md).")
    (folder / "items/dead.md").write_text(text, "utf-8")
    result = made(folder, "--strict", code=1)
    assert "link-dead" in result.stderr
    assert not (folder / "public").exists()


# Issues.


def write(folder: Path, key: str, text: str) -> Path:
    place = folder / f"issues/{key}.md"
    place.parent.mkdir(exist_ok=True)
    place.write_text(text, "utf-8")
    return place


ISSUE = """---
subject: "Le numéro de novembre : à lire"
preheader: "Trois articles"
date: 2026-11-23
number: 7
---

Chères lectrices,

voici [notre article](../items/a01.md) et ce *mot*.

- [Article 10](../items/a10.md)
- [Article 09](../items/a09.md)

## En bref

- [Article 02](../items/a02.md)
"""


def test_an_issue_file_is_the_letter(folder: Path) -> None:
    """Subject, editorial with its links, order, headings: as the file has them."""
    write(folder, "2026-11", ISSUE)
    result = made(folder, "2026-11")
    text = text_of(folder, "2026-11")
    assert titles(folder, "2026-11") == ["Article 10", "Article 09", "Article 02"]
    assert "Chères lectrices," in text
    assert "https://www.example.org/items/2026/01/a01.html" in text
    assert text.upper().index("EN BREF") > text.index("Article 09")
    assert "Le numéro de novembre\u00a0: à lire" in result.stdout
    html = (folder / "public/newsletter/2026-11/letter.html").read_text("utf-8")
    assert "<em" in html and "N°" in html
    latest = tree_of(folder / "public" / LATEST)
    assert latest == tree_of(folder / "public/newsletter/2026-11")
    assert "https://www.example.org/newsletter/2026-11/" in html


def test_build_shows_every_issue_whose_day_has_come(folder: Path) -> None:
    """Drafts and letters of a day to come are not online; the newest one is also in latest/."""
    write(folder, "2026-10", ISSUE.replace("2026-11-23", "2026-10-20"))
    write(folder, "2026-11", ISSUE)
    write(folder, "2026-12", ISSUE.replace("2026-11-23", "2026-12-20"))
    write(folder, "brouillon", ISSUE.replace("number: 7", "draft: true"))
    write(folder, "README", "Notre mode d’emploi.\n")
    result = newsfeed("build", *NOW, cwd=folder)
    assert result.returncode == 0, result.stderr
    letters = {path.name for path in (folder / "public/newsletter").iterdir()}
    assert letters == {"index.html", "latest", "2026-10", "2026-11"}
    page = (folder / "public/newsletter/index.html").read_text("utf-8")
    assert page.index("2026-11/") < page.index("2026-10/")
    assert "latest" not in page
    change = newsfeed("next-change", *NOW, cwd=folder).stdout
    assert change.startswith("2026-12-05"), "an article; the letter of the 20th comes after it"
    change = newsfeed("next-change", "--now", "2026-12-19", cwd=folder).stdout
    assert change.startswith("2026-12-20")


def test_a_broken_issue_does_not_stop_the_others(folder: Path) -> None:
    """It is named; articles, feeds and the other letters are published; exit code 1."""
    write(folder, "2026-10", ISSUE.replace("2026-11-23", "2026-10-20"))
    (folder / "issues/2026-11.md").write_bytes(b"\x00\xff\xfe---\x00[")
    write(folder, "vide", "---\nsubject: Rien\n---\n")
    result = newsfeed("build", *NOW, cwd=folder)
    assert result.returncode == 1
    assert "issues/2026-11.md" in result.stderr and "issue-empty" in result.stderr
    assert (folder / "public/newsletter/2026-10/letter.html").exists()
    assert (folder / "public/atom.xml").exists()
    assert not (folder / "public/newsletter/vide").exists()
    assert made(folder, "vide", code=4).stdout == ""


def test_no_letter_where_the_newsletter_is_switched_off(folder: Path) -> None:
    """Neither letters nor the page that lists them; digest says so."""
    (folder / "newsfeed.toml").write_text(SETTINGS + "[newsletter]\nenabled = false\n", "utf-8")
    write(folder, "2026-11", ISSUE)
    assert newsfeed("build", *NOW, cwd=folder).returncode == 0
    assert not (folder / "public/newsletter").exists()
    assert not (folder / "issues/2026-11.json").exists()
    assert "enabled" in made(folder, "2026-11", code=2).stderr


def test_a_past_letter_keeps_its_bytes(folder: Path) -> None:
    """Its articles are edited, renamed, deleted: the letter stays as it was, from a clean clone."""
    write(folder, "2026-11", ISSUE)
    assert newsfeed("build", *NOW, cwd=folder).returncode == 0
    before = tree_of(folder / "public/newsletter/2026-11")
    (folder / "items/a10.md").write_text(article("Autre titre", "2026-10-05", "Autre."), "utf-8")
    (folder / "items/a09.md").rename(folder / "items/neuf.md")
    (folder / "items/a02.md").unlink()
    (folder / "items/a01.md").unlink()
    import shutil

    shutil.rmtree(folder / "public")
    later = ("--now", "2026-12-01T08:00:00+01:00")
    result = newsfeed("build", *later, cwd=folder)
    assert result.returncode == 0, result.stderr
    assert tree_of(folder / "public/newsletter/2026-11") == before
    told = newsfeed("digest", *later, "2026-11", cwd=folder)
    assert "Article 10" in told.stderr and "--refresh" in told.stderr
    assert tree_of(folder / "public/newsletter/2026-11") == before
    anew = newsfeed("digest", *later, "2026-11", "--refresh", cwd=folder)
    assert anew.returncode == 1 and "issue-item-mis" in anew.stderr
    assert "Autre titre" in text_of(folder, "2026-11")


def test_the_pictures_of_a_past_letter_stay_where_they_were(folder: Path) -> None:
    """Its mails are in inboxes: an article that moves does not take their pictures away."""
    picture = (Path(__file__).parent.parent / "static/icon.png").read_bytes()
    place = folder / "items/photo/index.md"
    place.parent.mkdir()
    place.write_text(article("Photo", "2026-11-20", image="{src: p.png, alt: Une image}"), "utf-8")
    (place.parent / "p.png").write_bytes(picture)
    write(folder, "2026-11", ISSUE.replace("items/a10.md", "items/photo/index.md"))
    assert newsfeed("build", *NOW, cwd=folder).returncode == 0
    assert (folder / "public/media/photo/p.png").exists()
    place.parent.rename(folder / "items/autre")
    later = ("--now", "2026-12-01T08:00:00+01:00")
    assert newsfeed("build", *later, cwd=folder).returncode == 0
    assert (folder / "public/media/photo/p.png").read_bytes() == picture
    assert (folder / "public/media/autre/p.png").read_bytes() == picture


def test_a_preview_of_drafts_is_not_remembered(folder: Path) -> None:
    """What nobody received is no record."""
    write(folder, "2026-11", ISSUE.replace("items/a10.md", "items/draft.md"))
    assert "issue-item-draft" in made(folder, "2026-11", code=1).stderr
    before = (folder / "issues/2026-11.json").read_text("utf-8")
    made(folder, "2026-11", "--drafts")
    assert "Un brouillon" in text_of(folder, "2026-11")
    assert (folder / "issues/2026-11.json").read_text("utf-8") == before


def test_a_letter_follows_its_articles_until_its_day_is_over(folder: Path) -> None:
    """Or until someone says that it is sent."""
    write(folder, "2026-11", ISSUE)
    made(folder, "2026-11")
    (folder / "items/a10.md").write_text(article("Corrigé", "2026-10-05"), "utf-8")
    made(folder, "2026-11", "--close")
    assert "Corrigé" in text_of(folder, "2026-11")
    (folder / "items/a10.md").write_text(article("Trop tard", "2026-10-05"), "utf-8")
    result = made(folder, "2026-11")
    assert "Trop tard" not in text_of(folder, "2026-11")
    assert "Corrigé" in result.stderr
    assert newsfeed("build", *NOW, cwd=folder).returncode == 0
    assert "Trop tard" not in text_of(folder, "2026-11")


def test_a_letter_that_stands_is_not_made_again_and_one_that_changed_is(folder: Path) -> None:
    """With what earlier builds left and without it: the same bytes, of old letters and of new."""
    write(folder, "2026-10", ISSUE.replace("2026-11-23", "2026-10-20"))
    write(folder, "2026-11", ISSUE)
    for change in (None, "items/a09.md", "issues/2026-10.md", "newsfeed.toml"):
        if change:
            place = folder / change
            text = place.read_text("utf-8")
            place.write_text(
                text.replace("Le texte", "Autre").replace("Chères", "Bonjour"), "utf-8"
            )
            if change == "newsfeed.toml":
                place.write_text(text.replace("Exemple", "Essai"), "utf-8")
        assert newsfeed("build", *NOW, cwd=folder).returncode == 0
        warm = tree_of(folder / "public/newsletter")
        assert newsfeed("build", *NOW, "--no-cache", "-o", "cold", cwd=folder).returncode == 0
        assert tree_of(folder / "cold/newsletter") == warm, change


def test_what_is_wrong_with_a_letter_is_remembered_with_it(folder: Path) -> None:
    """A letter with a warning is not made again at each build, and the warning is said at each."""
    incomplete = COMPLETE.replace("unsubscribe =", "# unsubscribe =")
    (folder / "newsfeed.toml").write_text(incomplete, "utf-8")
    write(folder, "2026-11", ISSUE)
    said, inlined = [], []
    for _ in range(3):
        result = newsfeed("build", *NOW, cwd=folder, env={"PYTHONPROFILEIMPORTTIME": "1"})
        lines = result.stderr.splitlines()
        said.append([line for line in lines if "letter-no-unsubscribe" in line])
        inlined.append(any(line.endswith("premailer.premailer") for line in lines))
    assert said[0] and said[0] == said[1] == said[2]
    assert inlined == [True, False, False]


def test_what_builds_remember_changes_no_letter(folder: Path) -> None:
    """After a build articles are not read again; one that changed is, and one that is new."""
    write(folder, "2026-11", ISSUE)
    assert newsfeed("build", *NOW, cwd=folder).returncode == 0
    assert (folder / ".newsfeed/cache").is_file()
    changed = folder / "items/a10.md"
    changed.write_text(changed.read_text("utf-8").replace("Le texte", "Un autre texte"), "utf-8")
    (folder / "items/new.md").write_text(article("Tout neuf", "2026-11-22"), "utf-8")
    told = {}
    for kept in (True, False):
        if not kept:
            shutil.rmtree(folder / ".newsfeed")
        issue = made(folder, "2026-11", "-o", f"issue-{kept}")
        newest = made(folder, "--last", "3", "-o", f"newest-{kept}")
        composed = newsfeed("compose", "next", *NOW, cwd=folder)
        text = (folder / "issues/next.md").read_text("utf-8")
        (folder / "issues/next.md").unlink()
        said = [each.stderr.replace(str(kept), "") for each in (issue, newest, composed)]
        told[kept] = (issue.stdout, newest.stdout, text, said)
    assert told[True] == told[False]
    assert "Tout neuf" in told[True][2]
    for name in ("issue", "newest"):
        assert tree_of(folder / f"{name}-True") == tree_of(folder / f"{name}-False")
    assert "Un autre texte" in (folder / "issue-True/newsletter/2026-11/letter.txt").read_text(
        "utf-8"
    )


def test_a_record_is_kept_like_the_lock(folder: Path) -> None:
    """--check and --frozen fail where it is missing or differs; what is committed passes."""
    write(folder, "2026-11", ISSUE)
    assert newsfeed("build", *NOW, cwd=folder).returncode == 0
    for flag in ("--check", "--frozen"):
        assert newsfeed("build", *NOW, flag, cwd=folder).returncode == 0, flag
    record = folder / "issues/2026-11.json"
    text = record.read_text("utf-8")
    record.unlink()
    checked = newsfeed("build", *NOW, "--check", cwd=folder)
    assert checked.returncode == 1 and checked.stdout == "issues/2026-11.json\n"
    frozen = newsfeed("build", *NOW, "--frozen", cwd=folder)
    assert frozen.returncode == 1 and "issues/2026-11.json" in frozen.stderr
    assert not record.exists()
    made(folder, "2026-11")
    assert record.read_text("utf-8") == text


def test_a_damaged_record_is_named_and_kept(folder: Path) -> None:
    """It may be all that is left of what was sent: nothing overwrites it but --refresh."""
    write(folder, "2026-11", ISSUE)
    made(folder, "2026-11")
    record = folder / "issues/2026-11.json"
    record.write_text("<<<<<<< HEAD\n", "utf-8")
    result = newsfeed("build", *NOW, cwd=folder)
    assert result.returncode == 1 and "issue-record" in result.stderr
    assert record.read_text("utf-8") == "<<<<<<< HEAD\n"
    made(folder, "2026-11", "--refresh")
    assert record.read_text("utf-8").startswith("{")


def test_an_issue_chooses_its_articles_itself(folder: Path) -> None:
    """Selection options with an issue are refused; a near name is offered."""
    write(folder, "2026-11", ISSUE)
    assert "issues/2026-11.md" in made(folder, "2026-11", "--last", "2", code=2).stderr
    assert "2026-11" in made(folder, "2026-1", code=2).stderr
    made(folder, "issues/2026-11.md")


def test_a_layout_and_a_language_of_its_own(folder: Path) -> None:
    """An issue may be a bulletin, or in English, on a French site of magazines."""
    write(folder, "en", ISSUE.replace("number: 7", "number: 7\nlanguage: en\nlayout: bulletin"))
    made(folder, "en")
    html = (folder / "public/newsletter/en/letter.html").read_text("utf-8")
    assert '<html lang="en"' in html
    write(folder, "fr", ISSUE)
    made(folder, "fr")
    assert (folder / "public/newsletter/fr/letter.html").read_text("utf-8") != html
