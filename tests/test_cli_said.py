"""What commands say of their work, in both languages: what scripts and people go by."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from command import SETTINGS, article, tree_of
from command import site as whole_site
from newsfeed.cli import check, cli
from newsfeed.cli.session import Session
from newsfeed.cli.shared_steps import REASONS
from newsfeed.diagnostics import diagnostic
from newsfeed.disk import STAGING
from photographs import photograph

FEW = f"{SETTINGS}[pages]\nenabled = false\nitem = 'news/{{slug}}.html'\n[feeds]\nopml = false\nformats = ['atom', 'rss']\n"
"""Settings of a site of few outputs."""
NOW = ("--now", "2026-06-01")
LATER = "2027-01-02"
LEFT_OUT: dict[str, tuple[str | bytes, str, str]] = {
    "_index.md": (article(), "not an article, by its name or place", "pas un article, d’après son nom ou sa place"),
    "b.rst": ("Titre\n=====\n", "a text, but neither Markdown nor HTML", "un texte, mais ni Markdown ni HTML"),
    "c.md": (" \n", "empty", "vide"),
    "d.md": (b"x" * (5 * 1024 * 1024 + 1), "too large", "trop gros"),
    "e.md": (bytes(range(256)), "unreadable", "illisible"),
    "f.md": ("---\n- un\n---\nTexte.\n", "its front matter is broken", "son en-tête est cassé"),
    "g (1).md": ("---\ntitle: G\n---\nTexte.\n", "the same as the article of that name", "identique à l’article de ce nom"),
    "g.md": ("---\ntitle: G\n---\nTexte.\n", "no date that can be read", "pas de date lisible"),
    "g.sync-conflict-20261102-101112-ABCDEFG.md": (article(), "a copy that two changes at once have left", "une copie laissée par deux modifications simultanées"),
    "h.md": ("---\ntitle: H\ndraft: true\n---\nTexte.\n", "a draft without a date", "un brouillon sans date"),
    "l.md": ("<<<<<<< a\nun\n=======\ndeux\n>>>>>>> b\n", "it has the marks of a merge", "il porte les marques d’une fusion"),
    "m.md": ("---\ntitle: M\nredirect_to: /a/\n---\n", "it only leads on to another page", "il ne fait que mener à une autre page"),
    "i.md": (article("I", draft="true"), "draft", "brouillon"),
    "j.md": (article("J", LATER), "scheduled", "programmé"),
    "k.md": (article("K", expires="2026-02-01"), "expired", "expiré"),
}  # fmt: skip


def site(folder: Path, articles: dict[str, str | bytes]) -> Path:
    return whole_site(folder, articles, FEW)


def call(folder: Path, *arguments: str, **options: str) -> Result:
    """Run a command in this process."""
    runner = CliRunner(env={"SOURCE_DATE_EPOCH": None, "LC_ALL": "C", **options})
    return runner.invoke(cli, ["-C", str(folder), *arguments], standalone_mode=False)


def refused(done: Result) -> str:
    """Return why a command did not even begin: exit 2."""
    assert isinstance(done.exception, click.UsageError), done.stderr
    assert (done.exception.exit_code, done.stdout) == (2, "")
    return done.exception.message


def test_every_file_that_gives_nothing_public_is_named_with_the_reason(tmp_path: Path) -> None:
    """By ``check`` and by ``build -v``; a mere build counts them in its last line."""
    files = {name: text for name, (text, _, _) in LEFT_OUT.items()}
    folder = site(tmp_path, {"a.md": article(), **files})
    for language, command in enumerate(
        (("build", "-v", "--lang", "en"), ("check", "--lang", "fr"))
    ):
        done = call(folder, *command, *NOW)
        said = [row.removeprefix("items/") for row in done.stderr.split("\n")]
        named = [row for row in said if ": " in row and row.partition(": ")[0] in LEFT_OUT]
        assert named == [f"{name}: {row[1 + language]}" for name, row in LEFT_OUT.items()]
    *rows, last, _ = call(folder, "build", "--lang", "en", *NOW).stderr.split("\n")
    assert "items/c.md: empty" not in rows
    assert last.startswith(
        "1 article, 1 draft, 1 scheduled, 1 expired, 12 left out; 0 files written"
    )
    assert last.endswith("; 5 errors, 4 warnings")


FILES = {
    "draft": article("A", draft="true"),
    "later": article("B", LATER),
    "gone": article("C", expires="2026-02-01"),
    "notes": "---\ntitle: H\ndraft: true\n---\nTexte.\n",
}


def test_a_build_ends_with_what_it_read_and_wrote(tmp_path: Path) -> None:
    """One of a kind, or several, or none: in the words of each language."""
    one = site(tmp_path / "one", {f"{name}.md": text for name, text in FILES.items()})
    site(one, {"a.md": article()})
    counts = dict(zip(FILES, (3, 4, 5, 6), strict=True))
    several = {f"{name}{n}.md": FILES[name] for name, count in counts.items() for n in range(count)}
    two = site(tmp_path / "two", several)
    site(two, {"a.md": article(), "b.md": article("Deux", "2026-01-03", "[x](rien.md)")})
    none = site(tmp_path / "none", {})
    said = {
        one: {
            "fr": "1 article publié, 1 brouillon, 1 programmé, 1 expiré, 1 écarté; N fichiers écrits,"
            " 0 supprimés, 0 inchangés dans public",
        },
        two: {
            "en": "2 articles, 3 drafts, 4 scheduled, 5 expired, 6 left out; N files written, 0 removed,"
            " 0 unchanged in public; 1 warning",
            "fr": "2 articles publiés, 3 brouillons, 4 programmés, 5 expirés, 6 écartés; 0 fichiers écrits,"
            " 0 supprimés, N inchangés dans public; 1 avertissement",
        },
        none: {
            "en": "no article; N files written, 0 removed, 0 unchanged in public",
            "fr": "aucun article; 0 fichiers écrits, 0 supprimés, N inchangés dans public",
        },
    }
    for folder, lasts in said.items():
        for language, last in lasts.items():
            done = call(folder, "build", "--lang", language, *NOW)
            found = done.stderr.split("\n")[-2]
            assert re.sub(r"[1-9] (?=fi|inch)", "N ", found) == last
    # What differs is counted, for people, and listed, for scripts.
    outputs = ["atom.xml", "rss.xml"]
    for number, language, last in (
        (0, "fr", "tout est à jour"),
        (1, "en", "1 file differs"),
        (1, "fr", "1 fichier diffère"),
        (2, "en", "2 files differ"),
        (2, "fr", "2 fichiers diffèrent"),
    ):
        for name in outputs[:number]:
            (one / "public" / name).unlink(missing_ok=True)
        done = call(one, "build", "--check", "--lang", language, *NOW)
        assert done.stderr.split("\n")[-2] == last
        assert done.stdout.split() == outputs[:number]
        assert done.return_value == (1 if number else 0)


def test_what_is_wrong_with_its_own_feeds_is_said_where_they_are(tmp_path: Path) -> None:
    """Below the output folder, wherever that is; an article's error is one though nothing differs."""
    text = article(updated="2026-12-01", body="![x](rien.png)")
    folder = site(tmp_path, {"a.md": text})
    for command, place in (
        (("build", "-o", "la"), "la"),
        (("build", "-o", "la", "--check"), "la"),
        (("check",), "public"),
    ):
        done = call(folder, *command, "--lang", "en", *NOW)
        rows = (done.stdout + done.stderr).split("\n")
        said = {row.partition(":")[0] for row in rows if "[feed-date-future]" in row}
        assert said == {f"{place}/atom.xml", f"{place}/rss.xml"}
        assert done.return_value == 1
        assert ("everything is up to date" in rows) is ("--check" in command)


def test_it_is_said_that_nothing_was_published_and_why(tmp_path: Path) -> None:
    folder = site(tmp_path, {"a.md": article(body="[x](rien.md)")})
    for language, last in (
        ("en", "nothing was published (--strict)"),
        ("fr", "rien n’a été publié (--strict)"),
    ):
        done = call(folder, "build", "--strict", "--lang", language)
        assert (done.return_value, done.stderr.split("\n")[-2]) == (1, last)
    assert not (folder / "newsfeed.lock").exists()


def test_what_was_not_published_is_made_the_next_time(tmp_path: Path) -> None:
    """A look, and a build that was given up, leave nothing behind that says otherwise."""
    folder = site(tmp_path, {"a.md": article(body="Un.")})
    assert call(folder, "build").return_value == 0
    for text, options in (("Deux.", "--check"), ("Trois. [x](rien.md)", "--strict")):
        (folder / "items" / "a.md").write_text(article(body=text), "utf-8")
        for option, shown in ((options, False), ("--format=text", True)):
            call(folder, "build", option)
            assert (text[:4] in (folder / "public" / "atom.xml").read_text("utf-8")) is shown


@pytest.mark.parametrize("enabled", [True, False])
def test_who_only_looks_leaves_nothing_behind(tmp_path: Path, *, enabled: bool) -> None:
    """Not even what is remembered; nor does it take away what another may still be writing."""
    pages = f"[pages]\nenabled = {str(enabled).lower()}\npicture_widths = [40]\n"
    text = article(image="p.png", body="Un.")
    folder = whole_site(
        tmp_path, {"a.md": text, "p.png": photograph(90, 60, "PNG")}, f"{SETTINGS}{pages}[newsletter]\nenabled = false\n"
    )  # fmt: skip
    sources = tree_of(folder)
    done = call(folder, "build", "--check", *NOW)
    assert ("media/p.40w.png" in done.stdout.split()) is enabled
    (folder / f"{STAGING}x").write_text("half", "utf-8")
    for look in (("check",), ("check", "items/a.md"), ("check", "--fix", "--dry-run")):
        assert call(folder, *look, *NOW).return_value == 0
    assert tree_of(folder) == {**sources, f"{STAGING}x": b"half"}
    assert not (folder / ".newsfeed").exists()
    call(folder, "build", "--no-cache", *NOW)
    written = tree_of(folder).keys() - sources.keys()
    assert ("public/media/p.40w.png" in written) is enabled
    assert not [path for path in written if path.startswith(".newsfeed/")]


def test_frozen_writes_no_memory(tmp_path: Path) -> None:
    """The record of a past letter is memory as the lock is: it is named, and nothing is published."""
    folder = site(tmp_path, {"a.md": article()})
    (folder / "issues").mkdir()
    (folder / "issues" / "2026-01.md").write_text(
        "---\nsubject: Un\ndate: 2026-01-03\n---\n- items/a.md\n", "utf-8"
    )
    letters = '[newsletter]\nfrom = { name = "N", email = "n@a.example" }\nunsubscribe = "https://a.example/"\naddress = "A"\n'
    (folder / "newsfeed.toml").write_text(FEW + letters, "utf-8")
    record, atom = folder / "issues" / "2026-01.json", folder / "public" / "atom.xml"
    assert call(folder, "build", *NOW).return_value == 0
    assert call(folder, "build", "--frozen", *NOW).return_value == 0
    record.unlink()
    atom.write_text("x", "utf-8")
    done = call(folder, "build", "--frozen", *NOW)
    assert (done.return_value, "issues/2026-01.json" in done.stderr) == (1, True)
    done = call(folder, "build", "--frozen", "--check", *NOW)
    assert (done.return_value, done.stdout.split()) == (1, ["atom.xml", "issues/2026-01.json"])
    assert (record.exists(), atom.read_text("utf-8")) == (False, "x")
    assert call(folder, "build", *NOW).return_value == 0
    assert record.exists()


def test_what_is_silenced_is_counted(tmp_path: Path) -> None:
    """At the end of a build as of a check; a baseline says what it notes, and what has gone of it."""
    folder = site(tmp_path, {"a.md": article(body="[x](rien.md)\n\n[y](rien-non-plus.md)")})
    for command, language, last in (
        ("check --baseline", "en", "2 problems noted in newsfeed.baseline: from now on only others are said"),
        ("check", "en", "no problem (2 silenced)"),
        ("check", "fr", "aucun problème (2 tus)"),
        ("build", "fr", " (2 tus)"),
    ):  # fmt: skip
        done = call(folder, *command.split(), "--lang", language)
        assert any(row.endswith(last) for row in done.stderr.split("\n")), done.stderr
    (folder / "items" / "a.md").write_text(article(body="[x](rien.md)"), "utf-8")
    before = (folder / "newsfeed.baseline").read_text("utf-8")
    for language, rows in (
        ("en", ["1 problems of the baseline are gone: --baseline --update takes them out", "no problem (1 silenced)"]),
        ("fr", ["1 problèmes connus ont disparu : --baseline --update les retire", "aucun problème (1 tu)"]),
    ):  # fmt: skip
        done = call(folder, "check", "--baseline", "--lang", language)
        assert done.stderr.split("\n")[:-1] == rows
    assert (folder / "newsfeed.baseline").read_text("utf-8") == before
    done = call(folder, "check", "--baseline", "--update", "--lang", "fr")
    assert "1 problèmes notés dans newsfeed.baseline" in done.stderr
    assert (folder / "newsfeed.baseline").read_text("utf-8") != before
    # What other means silence is counted with it, and so is what is silenced of one file.
    (folder / "items" / "b.md").write_text(article("B", body="![x](b.png)"), "utf-8")
    (folder / "newsfeed.toml").write_text(f'{FEW}[check]\nignore = ["link-dead"]\n', "utf-8")
    for command, last in (
        ("check items/a.md items/b.md", "1 error (1 silenced)"),
        ("check --baseline --update", "no problem (2 silenced)"),
        ("check items/a.md items/b.md", "no problem (2 silenced)"),
    ):
        done = call(folder, *command.split(), "--lang", "en")
        assert done.stderr.split("\n")[-2] == last


def test_what_is_given_twice_is_counted_once(tmp_path: Path) -> None:
    folder = site(tmp_path, {"a.md": article(body="[x](rien.md)")})
    (folder / "feed.xml").write_text("<rss version='2.0'><channel/></rss>", "utf-8")
    for given, last in (
        (("items/a.md", "items"), "1 warning"),
        (("feed.xml", "./feed.xml"), "3 errors, 2 warnings"),
    ):
        done = call(folder, "check", *given, "--lang", "en")
        assert done.stderr.split("\n")[-2] == last
        assert len(re.findall(r"(?m)^\S+:1:1: |^items/a.md:", done.stdout)) == sum(
            map(int, re.findall(r"\d+", last))
        )


REFUSED: list[tuple[list[str], str]] = [
    (["check", "--dry-run"], "--dry-run goes with --fix"),
    (["check", "--update"], "--update goes with --baseline"),
    (["check", "--baseline", "items/a.md"], "--baseline is of the whole site"),
    (["check", "--baseline", "--fix"], "--fix or --baseline: mend first, then note what stays"),
    (["check", "static"], "no feed there: static"),
    (["build", "--now", "demain"], "“demain” is not an ISO 8601 date; write 2026-11-23 or 2026-11-23T10:00:00+01:00"),
]  # fmt: skip


def test_a_colour_that_text_cannot_bear_is_said_by_a_check(tmp_path: Path) -> None:
    """At its line, as all that is wrong with the settings."""
    folder = site(tmp_path, {"a.md": article()})
    text = f'{FEW}[brand]\naccent = "#ffcc00"\n'
    (folder / "newsfeed.toml").write_text(text, "utf-8")
    done = call(folder, "check", "--lang", "en")
    line = text.count("\n")
    assert f"newsfeed.toml:{line}:" in done.stdout and "[brand-contrast]" in done.stdout


def test_what_cannot_be_obeyed_is_refused(tmp_path: Path) -> None:
    """Options that say nothing together, no instant, no feed: exit 2 with the cure, nothing written."""
    folder = site(tmp_path, {"a.md": article()})
    (folder / "static").mkdir()
    for arguments, said in REFUSED:
        assert refused(call(folder, *arguments)) == said
    assert not (folder / "newsfeed.baseline").exists()


def wrong(folder: Path, *arguments: str) -> list[tuple[str, int, str]]:
    """Return what is wrong with a site that is not even opened: code, line and words."""
    done = call(folder, *arguments, "--lang", "en", "--format", "json")
    assert done.return_value == 2, done.stderr
    return [
        (each["code"], each["line"], each["message"] + each["hint"])
        for each in json.loads(done.stdout)
    ]


def test_other_settings_are_called_by_their_name(tmp_path: Path) -> None:
    folder = site(tmp_path, {"a.md": article()})
    (folder / "autre.toml").write_text(FEW + "[feed]\n", "utf-8")
    done = call(folder, "--config", str(folder / "autre.toml"), "check", "--format", "json")
    (said,) = json.loads(done.stdout)
    assert (said["path"], said["code"]) == ("autre.toml", "config-unknown-key")


def test_what_is_left_out_is_said_once_however_often_it_is_mended(tmp_path: Path) -> None:
    folder = site(tmp_path, {"a.md": article(tags="un, deux"), "b.rst": "x"})
    done = call(folder, "check", "--fix", "--lang", "en")
    assert done.stderr.count("items/b.rst: ") == 1
    assert "mended: items/a.md" in done.stderr
    assert REASONS["internal"] == ("newsfeed failed on it", "newsfeed y a échoué")


def test_a_site_without_its_folder_of_articles_is_no_site(tmp_path: Path) -> None:
    folder = site(tmp_path, {"a.md": article()})
    (folder / "items").rename(folder / "articles")
    ((code, _, words),) = wrong(folder, "check")
    assert code == "config-items" and "items" in words


def test_what_stands_is_not_written_again(tmp_path: Path) -> None:
    folder = site(tmp_path, {"a.md": article()})
    call(folder, "build")
    before = (folder / "newsfeed.lock").stat()
    call(folder, "build")
    after = (folder / "newsfeed.lock").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_what_a_site_lacks_is_named_by_its_key(tmp_path: Path) -> None:
    """Each picture of the settings that is nowhere, all at once; a field's name that is none."""
    folder = site(tmp_path, {"a.md": article()})
    pictures = 'logo = "a/l.png"\nlogo_dark = "/l.png"\nicon = "ftp://x/i.png"\n'
    show = '[podcast]\nimage = "static/p.png"\n'
    text = FEW.replace("[pages]", f"{pictures}[pages]") + show
    (folder / "newsfeed.toml").write_text(text, "utf-8")
    found = wrong(folder, "check")
    line = text.split("\n").index('logo = "a/l.png"') + 1
    last = text.split("\n").index('image = "static/p.png"') + 1
    lines = (line, line + 1, line + 2, last)
    assert [row[:2] for row in found] == [("config-file", at) for at in lines]
    for (_, _, words), key, cure in zip(
        found,
        ("site.logo", "site.logo_dark", "site.icon", "podcast.image"),
        ('logo = "static/l.png"', 'logo_dark = "static/l.png"', 'icon = "static/i.png"', 'image = "static/p.png"'),
        strict=True,
    ):  # fmt: skip
        assert f"“{key}”" in words and f" write {cure}," in words
    (folder / "static").mkdir()
    for name in ("l.png", "i.png", "p.png"):
        (folder / "static" / name).write_bytes(b"x")
    mended = (
        text.replace('"a/l', '"static/l')
        .replace('"/l', '"https://x.example/l')
        .replace("ftp://x/", "static/")
    )
    (folder / "newsfeed.toml").write_text(mended, "utf-8")
    assert call(folder, "check").exception is None
    fields = FEW + '[items.fields]\nzzz = ["a"]\ntitel = ["b"]\n'
    (folder / "newsfeed.toml").write_text(fields, "utf-8")
    lines = fields.split("\n")
    first, second = wrong(folder, "check")
    assert first[:2] == ("config-unknown-key", lines.index('zzz = ["a"]') + 1)
    assert "“items.fields.zzz”author, authors, " in first[2] and first[2].endswith(", url, weight")
    assert second[:2] == ("config-unknown-key", lines.index('titel = ["b"]') + 1)
    assert second[2].endswith("“items.fields.titel”title ?")


def test_a_build_harms_no_source(tmp_path: Path) -> None:
    """No folder that it reads is written to, nor the site's own; a lock that is no text says where."""
    folder = site(tmp_path, {"a.md": article()})
    (folder / "public").write_text("x", "utf-8")
    for dest, name in (
        ("templates", "templates"),
        (".git", ".git"),
        (".git/a", ".git"),
        ("issues/a", "issues"),
        ("static", "static"),
        ("items/../items", "items"),
        (".", "items"),
        ("..", "items"),
        ("public", "public"),
    ):
        ((code, _, words),) = wrong(folder, "build", "-o", dest)
        assert code == "config-output" and f" overlap with “{name}”" in words, dest
    settings = (folder / "newsfeed.toml").read_text("utf-8")
    (folder / "newsfeed.toml").write_text(f'{settings}\n[items]\npath = "."\n', "utf-8")
    ((code, _, words),) = wrong(folder, "build", "-o", ".")
    assert code == "config-output" and " overlap with “.”" in words
    (folder / "newsfeed.toml").write_text(settings, "utf-8")
    (folder / "newsfeed.lock").write_bytes(b"# a\n# b\n\xff\n")
    assert [row[:2] for row in wrong(folder, "check")] == [("lock-damaged", 3)]
    assert sorted(path.name for path in folder.iterdir()) == [
        "items",
        "newsfeed.lock",
        "newsfeed.toml",
        "public",
    ]


def test_the_clock_may_be_told(tmp_path: Path) -> None:
    """SOURCE_DATE_EPOCH is said, unless --now tells; an instant without a zone is of the site's."""
    folder = site(tmp_path, {"a.md": article(date="2026-03-01")})
    epoch = {"SOURCE_DATE_EPOCH": "1764590400"}
    for language, said in (
        ("en", "as of 2025-12-01T12:00:00+00:00 (SOURCE_DATE_EPOCH)\n"),
        ("fr", "au 2025-12-01T12:00:00+00:00 (SOURCE_DATE_EPOCH)\n"),
    ):
        assert call(folder, "build", "--lang", language, **epoch).stderr.startswith(said)
    assert "SOURCE_DATE_EPOCH" not in call(folder, "build", *NOW, **epoch).stderr
    for wrong in ("midi", "9" * 30):
        said = refused(call(folder, "build", SOURCE_DATE_EPOCH=wrong))
        assert said.startswith(f"SOURCE_DATE_EPOCH is “{wrong}”: it is a number of seconds")
    for instant, shown in (("2026-02-28T23:59", True), ("2026-02-28T23:00Z", False)):
        done = call(folder, "next-change", "--now", instant)
        assert (done.stdout == "2026-03-01T00:00:00+01:00\n") is shown


def test_a_file_that_somebody_changed_meanwhile_is_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was written between the look at a file and its mending is not lost."""
    folder = site(tmp_path, {"a.md": "new\n", "b.md": "old\n"})
    for name in ("a.md", "b.md"):
        check._write(Session(root=folder, language="fr"), f"items/{name}", b"old\n", b"mended\n")
    assert (folder / "items" / "a.md").read_text("utf-8") == "new\n"
    assert (folder / "items" / "b.md").read_text("utf-8") == "mended\n"
    said = capsys.readouterr()
    left = [row for row in (said.out + said.err).splitlines() if "entre-temps" in row]
    assert left == ["modifié entre-temps, laissé : items/a.md"]


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LC_ALL": "fr_CA.UTF-8", "LC_MESSAGES": "en_GB.UTF-8", "LANG": "C"}, "fr"),
        ({"LC_ALL": "C", "LC_MESSAGES": "fr_FR", "LANG": "fr_FR"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "fr_FR", "LANG": "en_GB"}, "fr"),
        ({"LC_MESSAGES": "de_DE", "LANG": "fr_FR"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({}, "en"),
    ],
)
def test_before_the_site_is_known_its_user_s_language_is_spoken(
    tmp_path: Path, variables: dict[str, str], language: str
) -> None:
    """As POSIX orders the variables (8.2): LC_ALL, LC_MESSAGES, LANG."""
    unset = dict.fromkeys(("LC_ALL", "LC_MESSAGES", "LANG"))
    done = CliRunner(env={**unset, **variables}).invoke(cli, ["-C", str(tmp_path), "build"])
    assert {"fr": "erreur", "en": "error"}[language] in done.stderr


def test_severities_are_coloured_at_a_terminal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Red and yellow, unless NO_COLOR is set (no-color.org) or TERM is dumb; never in a file."""
    problems = [
        diagnostic("file-missing", "a.md", url="x"),
        diagnostic("link-dead", "b.md", url="x"),
    ]
    for terminal, unwanted, coloured in (
        (True, "", True),
        (True, "1", False),
        (True, "dumb", False),
        (False, "", False),
    ):
        monkeypatch.setenv("NO_COLOR", unwanted if unwanted == "1" else "")
        monkeypatch.setenv("TERM", unwanted if unwanted == "dumb" else "xterm")
        for language, words in (("en", ("error", "warning")), ("fr", ("erreur", "attention"))):
            reading, writing = os.openpty() if terminal else os.pipe()
            with os.fdopen(writing, "w", encoding="utf-8") as stream:
                monkeypatch.setattr(sys, "stdout", stream)
                Session(language=language).report(problems, "text", data=True)
                stream.flush()
                said = os.read(reading, 65536).decode()
            os.close(reading)
            red, yellow = (f"\x1b[{colour}m\x1b[1m{word}\x1b[0m" for colour, word in zip((31, 33), words, strict=True))  # fmt: skip
            assert [red in said, yellow in said] == [coloured, coloured], said
            assert ("\x1b" in said) is coloured


@pytest.mark.parametrize(
    "arguments",
    [("build",), ("check",), ("compose",), ("digest",), ("new", "Un titre"), ("config",)],
)  # fmt: skip
def test_settings_that_are_no_toml_stop_every_command_alike(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    folder = site(tmp_path, {"a.md": article()})
    (folder / "newsfeed.toml").write_text("[site]\ntitle = Un titre\n", "utf-8")
    given = ["-C", str(folder), "--lang", "en", *arguments]
    done = CliRunner().invoke(cli, given, standalone_mode=False)
    assert done.return_value == 2
    assert "newsfeed.toml:2:9: error [config-line]" in done.output
