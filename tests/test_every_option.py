"""Every option of every command does something that its user sees, and every rule is met by a test."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from subprocess import CompletedProcess

import click
import jsonschema
import pytest

from command import ROOT, SETTINGS, article, newsfeed, site
from newsfeed.cli import COMMANDS, cli
from newsfeed.config import schema
from newsfeed.diagnostics.rules import RULES

TESTS = Path(__file__).parent
NOW = "2026-11-23T12:00:00Z"
CLOCK = {"SOURCE_DATE_EPOCH": str(int(datetime.fromisoformat(NOW).timestamp()))}
"""So that no day of the year is another one for a test."""
Done = CompletedProcess[str]


def example(folder: Path) -> Path:
    """Write a site with a draft, a scheduled article, a wrong one and a folder of another name."""
    site(
        folder,
        {
            "a.md": article(
                "Nouvelle A", "2026-11-03", "Texte.", tags="[poumon]", category="Soins"
            ),
            "b.md": article("Nouvelle B", "2026-11-04", "Voir [là](/nulle-part/)."),
            "draft.md": article("Esquisse", "2026-11-05", "Texte.", draft="true"),
            "later.md": article("Bientôt", "2026-12-24", "Texte."),
        },
    )
    (folder / "other").mkdir()
    (folder / "other" / "c.md").write_text(article("Autre dossier"), "utf-8")
    return folder


def atom(folder: Path, where: str = "public") -> str:
    return (folder / where / "atom.xml").read_text("utf-8")


ROWS: dict[str, tuple[list[str], Callable[[Path, Done], bool]]] = {
    "build --items": (["build", "--items", "other"], lambda f, _: "Autre dossier" in atom(f)),
    "build --output": (["build", "-o", "there"], lambda f, _: "Nouvelle A" in atom(f, "there")),
    "build --now": (["build", "--now", "2026-12-25"], lambda f, _: "Bientôt" in atom(f)),
    "build --drafts": (["build", "--drafts"], lambda f, _: "Esquisse" in atom(f)),
    "build --future": (["build", "--now", NOW, "--future"], lambda f, _: "Bientôt" in atom(f)),
    "build --check": (["build", "--check"], lambda f, d: d.returncode == 1 and not (f / "public").exists()),
    "build --frozen": (["build", "--frozen"], lambda f, d: d.returncode == 1 and not (f / "newsfeed.lock").exists()),
    "build --no-cache": (["build", "--no-cache"], lambda f, _: not (f / ".newsfeed/cache").exists()),
    "build --jobs": (["build", "--jobs", "0"], lambda _, d: d.returncode == 2),
    "build --timings": (["build", "--timings"], lambda _, d: bool(re.search(r"\d\.\d{3} s", d.stderr))),
    "build --strict": (["build", "--strict"], lambda f, d: d.returncode == 1 and not (f / "public/atom.xml").exists()),
    "build --format": (["build", "--format", "json"], lambda _, d: "link-dead" in json.dumps(json.loads(d.stdout))),
    "check --verbose": (["check", "-v"], lambda _, d: "Nouvelle A" in d.stdout + d.stderr),
    "check --fix": (["check", "--fix", "--dry-run"], lambda _, d: d.returncode in (0, 1)),
    "check --strict": (["check", "--strict"], lambda _, d: d.returncode == 1),
    "check --now": (["check", "-v", "--now", "2026-12-25"], lambda _, d: "programmé" not in d.stdout + d.stderr),
    "check --format": (["check", "--format", "sarif"], lambda _, d: json.loads(d.stdout)["version"] == "2.1.0"),
    "digest --last": (["digest", "--last", "1", "-o", "l"], lambda f, _: "Nouvelle A" not in (f / "l/newsletter/latest/letter.txt").read_text("utf-8")),
    "digest --since": (["digest", "--since", "2026-11-04", "-o", "l"], lambda f, _: "Nouvelle A" not in (f / "l/newsletter/latest/letter.txt").read_text("utf-8")),
    "digest --until": (["digest", "--until", "2026-11-03", "-o", "l"], lambda f, _: "Nouvelle B" not in (f / "l/newsletter/latest/letter.txt").read_text("utf-8")),
    "digest --category": (["digest", "--category", "Soins", "-o", "l"], lambda f, _: "Nouvelle B" not in (f / "l/newsletter/latest/letter.txt").read_text("utf-8")),
    "digest --tag": (["digest", "--tag", "poumon", "-o", "l"], lambda f, _: "Nouvelle B" not in (f / "l/newsletter/latest/letter.txt").read_text("utf-8")),
    "digest --item": (["digest", "--item", "items/a.md", "-o", "l"], lambda f, _: "Nouvelle B" not in (f / "l/newsletter/latest/letter.txt").read_text("utf-8")),
    "digest --subject": (["digest", "--subject", "Le sujet", "-o", "l"], lambda f, _: "Subject: Le sujet" in (f / "l/newsletter/latest/letter.eml").read_text("utf-8")),
    "digest --drafts": (["digest", "--drafts", "-o", "l"], lambda f, _: "Esquisse" in (f / "l/newsletter/latest/letter.txt").read_text("utf-8")),
    "digest --now": (["digest", "--now", "2026-12-25", "-o", "l"], lambda f, _: "Bientôt" in (f / "l/newsletter/latest/letter.txt").read_text("utf-8")),
    "digest --output": (["digest", "-o", "l"], lambda f, _: (f / "l/newsletter/latest/letter.eml").exists()),
    "digest --strict": (["digest", "--strict", "-o", "l"], lambda f, d: d.returncode == 1 and not (f / "l").exists()),
    "digest --format": (["digest", "--format", "json", "-o", "l"], lambda _, d: bool(json.loads(d.stdout))),
    "compose --last": (["compose", "--last", "1"], lambda f, _: "Nouvelle A" not in issue(f)),
    "compose --since": (["compose", "--since", "2026-11-04"], lambda f, _: "Nouvelle A" not in issue(f)),
    "compose --until": (["compose", "--until", "2026-11-03"], lambda f, _: "Nouvelle B" not in issue(f)),
    "compose --category": (["compose", "--category", "Soins"], lambda f, _: "Nouvelle B" not in issue(f)),
    "compose --tag": (["compose", "--tag", "poumon"], lambda f, _: "Nouvelle B" not in issue(f)),
    "compose --item": (["compose", "--item", "items/a.md"], lambda f, _: "Nouvelle B" not in issue(f)),
    "compose --subject": (["compose", "--subject", "Le sujet"], lambda f, _: "Le sujet" in issue(f)),
    "compose --now": (["compose", "--now", "2026-12-25"], lambda f, _: (f / "issues/2026-12.md").exists()),
    "check --whole": (["check", "--whole", "items/b.md"], lambda _, d: "link-dead" in d.stdout + d.stderr),
    "check --baseline": (["check", "--baseline"], lambda f, d: "link-dead" in (f / "newsfeed.baseline").read_text("utf-8")),
    "check --update": (["check", "--baseline", "--update"], lambda f, d: (f / "newsfeed.baseline").exists()),
    "next-change --since": (["next-change", "--since", "2026-11-01", "--now", "2026-11-02"], lambda _, d: d.returncode == 4),
    "new --date": (["new", "Ici", "--date", "2026-10-09"], lambda f, _: "2026-10-09" in written(f, "ici")),
    "new --category": (["new", "Ici", "--category", "Soins"], lambda f, _: "Soins" in written(f, "ici")),
    "new --draft": (["new", "Ici", "--draft"], lambda f, _: "draft: true" in written(f, "ici")),
    "new --folder": (["new", "Ici", "--folder"], lambda f, _: any(f.glob("items/*/ici/index.md"))),
    "next-change --now": (["next-change", "--now", NOW], lambda _, d: d.stdout.startswith("2026-12-24T00:00:00+01:00")),
    "config --schema": (["config", "--schema"], lambda _, d: "pages" in json.loads(d.stdout)["newsfeed.toml"]["properties"]),
    "config --format": (["config", "--format", "json"], lambda _, d: bool(json.loads(d.stdout))),
}  # fmt: skip
ELSEWHERE = {
    "check --dry-run", "digest --close", "digest --refresh", "compose --all", "compose --sections", "import --dry-run",
    "compose --language", "compose --together", "digest --language", "adopt --dry-run", "adopt --replace",
    "diff --strict", "diff --format", "init --pages",
    "init --title", "init --url", "init --language", "init --ci", "serve --port", "serve --drafts",
    "serve --future", "serve --now", "serve --open",
}  # fmt: skip
"""Options that tests of their commands run, which need a server, an export or a letter before."""


def issue(folder: Path) -> str:
    return (folder / "issues" / "2026-11.md").read_text("utf-8")


def written(folder: Path, name: str) -> str:
    return next(folder.rglob(f"items/*/{name}.md")).read_text("utf-8")


def _options() -> set[str]:
    context = click.Context(cli)
    found = set()
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        for param in command.params:
            if isinstance(param, click.Option) and not getattr(param, "expose", False):
                found.add(f"{name} {max(param.opts, key=len)}")
    general = {max(param.opts, key=len) for param in cli.params}
    return {each for each in found if each.split()[1] not in general or each in ROWS}


def test_every_option_has_a_row() -> None:
    """A new option is not done before a test sees what it does."""
    assert _options() - {f"{name} --help" for name in COMMANDS} == ROWS.keys() | ELSEWHERE
    homes = ("test_ci.py", "test_cli_*.py", "test_moving_*.py", "test_feeds_reader_models.py")
    names = (*(path for home in homes for path in TESTS.glob(home)), Path(__file__))
    sources = "".join(path.read_text("utf-8") for path in names)
    sources = re.sub(r"(?s)ELSEWHERE = \{.*?\n\}", "", sources)
    assert [
        each for each in ELSEWHERE if each.split()[1].replace("--sections", "--flat") not in sources
    ] == []


def test_one_setting_alone(tmp_path: Path) -> None:
    """As a script needs it: a text as it is, anything else as JSON; a name that is none is refused."""
    site(tmp_path, {}, SETTINGS.replace("[site]", '[site]\noutput = "le site"'))
    for key, form, said in (
        ("site.output", "text", "le site\n"),
        ("site.output", "json", '"le site"\n'),
        ("feeds.formats", "text", '["atom", "rss", "json"]\n'),
    ):
        assert newsfeed("config", key, "--format", form, cwd=tmp_path).stdout == said
    assert newsfeed("config", "site.outputs", cwd=tmp_path).returncode == 2


@pytest.mark.parametrize("name", ROWS)
def test_an_option_does_what_it_says(name: str, tmp_path: Path) -> None:
    arguments, shows = ROWS[name]
    folder = example(tmp_path)
    done = newsfeed(*arguments, cwd=folder, env=CLOCK)
    assert shows(folder, done), done.stderr


def test_a_site_begins_with_what_it_is_told(tmp_path: Path) -> None:
    """`init --title --url --language` leaves nothing of them to be written by hand."""
    told = ("--title", "Ici", "--url", "https://ici.example/", "--language", "fr")
    assert newsfeed("init", *told, cwd=tmp_path).returncode == 0
    settings = tomllib.loads((tmp_path / "newsfeed.toml").read_text("utf-8"))["site"]
    assert (settings["title"], settings["language"]) == ("Ici", "fr")
    assert settings["url"] == "https://ici.example/"


MET: dict[str, dict[str, str | bytes]] = {
    "updated-future": {"a.md": article(date="2026-01-02", updated="2126-01-02")},
    "html-removed": {"a.md": article(body="Avant.\n\n<form><input></form>\n\nAprès.")},
    "html-event": {"a.md": article(body='<p onclick="x()">Texte.</p>')},
    "html-look": {"a.md": article(body='<p style="color:red">Texte.</p>')},
    "embed-linked": {
        "a.md": article(body='<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>\n')
    },
    "html-unknown": {"a.md": article(body="Texte <x-boite>dedans</x-boite>.")},
    "address-refused": {"a.md": article(body="[ici](javascript:x)")},
    "articles-format": {"a.rst": "Un", "b.docx": b"PK", "c.rst": "Deux"},
    "picture-format": {"a.md": article(body="![x](x.heic)"), "x.heic": b"x"},
    "article-double": {"a.md": article(), "a (1).md": article()},
    "author-number": {"a.md": article(author="12")},
    "file-capitals": {"a.md": article(body="[ici](Plan.PDF)"), "plan.pdf": b"%PDF-1.4"},
    "article-copy": {"a.md": article(), "a.sync-conflict-20261102-101112-ABCDEFG.md": article()},
    "address-own-computer": {"a.md": article(body="[ici](D:\\Partage\\bilan.pdf)")},
    "address-mended": {"a.md": article(body="[ici](www.ici.example)")},
    "code-unclosed": {"a.md": article(body="```\nun\n\ndeux")},
    "markdown-shown": {"a.md": article(body="**Écrivez-nous avant vendredi.")},
    "address-wrapped": {
        "a.md": article(
            body="[ici](https://l.facebook.com/l.php?u=https%3A%2F%2Fici.example%2F&h=A)"
        )
    },
    "link-preview": {"a.md": article(body="[ici](http://localhost:8000/a/)")},
    "picture-pasted": {"a.md": article(body="![x](blob:https://ici.example/1)")},
    "picture-refused": {"a.md": article(body="![x](data:image/png;base64,AAAA)")},
    "picture-empty": {"a.md": article(body='Texte.\n\n<img alt="rien">')},
    "heading-skipped": {"a.md": article(body="## Un\n\nx\n\n#### Deux\n\nx")},
    "summary-long": {"a.md": article(summary="Un mot. " * 60)},
    "file-pointer": {
        "a.md": article(body="[le plan](plan.pdf)"),
        "plan.pdf": b"version https://git-lfs.github.com/spec/v1\noid sha256:0a\nsize 1\n",
    },
    "picture-page": {
        "a.md": article(body="![le plan](plan.jpg)"),
        "plan.jpg": b"\n<!DOCTYPE html><title>Connexion</title>",
    },
    "file-empty": {"a.md": article(body="[le plan](plan.pdf)"), "plan.pdf": b""},
    "attachment-type": {"a.md": article(body="[le plan](plan.dwg)"), "plan.dwg": b"AC1027"},
    "ignore-refused": {
        "a.md": article(date="jamais", body="<!-- newsfeed: ignore date-unreadable -->")
    },
    "output-name": {"a.md": article(slug="con")},
    "file-heavy": {"a.md": article(enclosures="[plan.pdf]"), "plan.pdf": b"x" * 11_000_000},
    "file-name-twice": {"\u00e9t\u00e9.md": article(), "e\u0301te\u0301.md": article()},
}


@pytest.mark.parametrize("code", MET)
def test_a_rule_is_met_by_a_small_example(code: str, tmp_path: Path) -> None:
    """What it speaks of is said, with its line, and nothing is said without it."""
    site(tmp_path / "wrong", MET[code])
    site(tmp_path / "right", {"a.md": article()})
    said = []
    for name in ("wrong", "right"):
        done = newsfeed("check", "--format", "json", cwd=tmp_path / name)
        said.append({each["code"] for each in json.loads(done.stdout)})
    assert code in said[0] - said[1]


def test_a_picture_that_no_directory_takes_is_said(tmp_path: Path) -> None:
    """`podcast-image`: Apple asks for a square of 1400 to 3000 pixels."""
    show = (
        SETTINGS
        + '[podcast]\ncategories = ["Technology"]\nexplicit = false\nimage = "items/p.png"\n'
    )
    site(tmp_path, {"a.md": article(audio="https://a.example/a.mp3"), "p.png": b"x"}, show)
    done = newsfeed("check", "--format", "json", cwd=tmp_path)
    assert "podcast-image" in {each["code"] for each in json.loads(done.stdout)}


def test_what_is_left_of_an_article_is_said(tmp_path: Path) -> None:
    """`output-left`: its page stands there still, and the next build will remove it."""
    folder = site(tmp_path, {"a.md": article(), "b.md": article("B", "2026-02-02")})
    assert newsfeed("build", cwd=folder).returncode == 0
    (folder / "items" / "b.md").unlink()
    done = newsfeed("build", "--check", "--format", "json", cwd=folder)
    left = [each["path"] for each in json.loads(done.stdout) if each["code"] == "output-left"]
    assert any(path.endswith("/02/b.html") for path in left)


SETTINGS_MET = {
    "config-missing": (None, ["check"]),
    "config-items": ('[site]\ntitle = "x"\nurl = "https://x.example/"\n[items]\npath = "nulle-part"\n', ["build"]),
    "config-output": ('[site]\ntitle = "x"\nurl = "https://x.example/"\n', ["build", "-o", "items"]),
}  # fmt: skip


@pytest.mark.parametrize("code", SETTINGS_MET)
def test_a_site_that_cannot_be_built_is_said(code: str, tmp_path: Path) -> None:
    settings, command = SETTINGS_MET[code]
    if settings is not None:
        site(tmp_path, {"a.md": article()}, settings)
    done = newsfeed(*command, cwd=tmp_path)
    assert done.returncode == 2
    assert f"[{code}]" in done.stderr


def test_every_rule_is_met() -> None:
    """Each code of a problem stands in a test, or in the data of one."""
    kinds = (".py", ".md", ".txt", ".toml", ".json", ".html")
    sources = "".join(
        path.read_text("utf-8", "replace")
        for path in sorted(TESTS.rglob("*"))
        if path.suffix in kinds and "node_modules" not in path.parts
    )
    assert [code for code in RULES if code not in sources] == []


def test_our_settings_are_what_the_schema_says() -> None:
    """An editor that knows the schema finds nothing wrong in our own newsfeed.toml."""
    checker = jsonschema.validators.validator_for(schema.site_schema())
    checker.check_schema(schema.site_schema())
    ours = tomllib.loads((ROOT / "newsfeed.toml").read_text("utf-8"))
    assert list(checker(schema.site_schema()).iter_errors(ours)) == []
    wrong = {"site": {"title": 3, "url": "https://www.example.org/"}, "pages": {"per_page": 0}}
    assert {error.path[0] for error in checker(schema.site_schema()).iter_errors(wrong)} >= {"site"}
