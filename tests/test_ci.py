"""The action, the workflows, the hooks and the container: what a forge would do with them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sysconfig
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest
import yaml

import audit
from command import ROOT, SETTINGS, article, newsfeed
from forges import Forge
from newsfeed import __version__
from newsfeed.cli import workflows

KINDS = ("github", "forgejo", "gitlab", "action")
FORGEJO = pytest.param("forgejo", marks=pytest.mark.whole)
"""Its workflow runs the same shell as GitHub's, which a test holds: ``make whole`` tries it too."""
SOURCES = Path(workflows.__file__).parent
TOOLS = os.pathsep.join((sysconfig.get_path("scripts"), os.environ.get("PATH", "")))
START = int(datetime(2026, 12, 1, 9, 0, tzinfo=UTC).timestamp())
SITE = {
    "newsfeed.toml": SETTINGS,
    ".gitignore": ".newsfeed/\n",
    ".gitattributes": "newsfeed.lock merge=union\n",
    "items/2026/un.md": article("Un", "2026-11-02"),
}
BROKEN = article("Deux", "un jour")


@pytest.fixture
def forge(tmp_path: Path) -> Forge:
    """A forge with a site of one article, whose output is committed."""
    made = Forge(tmp_path, START)
    made.write(SITE)
    return made


def ids(forge: Forge) -> set[str]:
    return {entry.id for entry in feedparser.parse(forge.file("public/atom.xml")).entries}


@pytest.mark.parametrize("kind", ["github", FORGEJO, "gitlab", "action"])
def test_a_push_is_built_and_committed_once(forge: Forge, kind: str) -> None:
    """Outputs and lock come back with a bot's name; what is built again changes nothing."""
    done = forge.run(kind)
    assert done.code == 0, done.text
    bot, author = forge.log()
    assert author == "Autrice" and bot != author
    assert {"newsfeed.lock", "public/atom.xml", "public/items/2026/11/un.html"} <= set(
        forge.changed()
    )
    assert not [path for path in forge.changed() if path.startswith((".newsfeed/", "items/"))]
    for event in ("push", "schedule"):
        again = forge.run(kind, event)
        assert again.code == 0, again.text
        assert forge.log() == [bot, author], "a commit of the bot's starts no other"


@pytest.mark.parametrize("kind", ["github", FORGEJO, "gitlab", "action"])
def test_what_is_right_is_published_though_an_article_is_wrong(forge: Forge, kind: str) -> None:
    """The job fails at its end, the wrong line is annotated, and the other article is out."""
    forge.run(kind)
    forge.write(
        {"items/2026/deux.md": BROKEN, "items/2026/trois.md": article("Trois", "2026-11-03")}
    )
    done = forge.run(kind)
    assert done.code == 1, done.text
    if kind == "gitlab":
        assert '"path": "items/2026/deux.md"' in done.text and '"begin": 3' in done.text
    else:
        assert "::error file=items/2026/deux.md,line=3,col=7,title=date-unreadable::" in done.text
    assert "public/items/2026/11/trois.html" in forge.changed()
    assert len(ids(forge)) == 2
    forge.write({"items/2026/deux.md": article("Deux", "2026-11-04")})
    assert forge.run(kind).code == 0
    assert len(ids(forge)) == 3


@pytest.mark.parametrize("kind", ["github", FORGEJO, "gitlab"])
def test_a_pull_request_is_only_checked(forge: Forge, kind: str) -> None:
    """Nothing is written, the wrong line is annotated, and the exit code is 1."""
    forge.propose({"items/2026/deux.md": article("Deux", "2026-11-04")})
    done = forge.run(kind, "pull_request")
    assert done.code == 0, done.text
    forge.propose({"items/2026/deux.md": BROKEN})
    done = forge.run(kind, "pull_request")
    assert done.code == 1
    said = '"path": "items/2026/deux.md"' if kind == "gitlab" else "file=items/2026/deux.md,line=3"
    assert said in done.text
    assert set(forge.log()) == {"Autrice"}


# What somebody proposes, and what a subscriber would see that nobody should.
PROPOSALS: dict[str, tuple[dict[str, str | None], str]] = {
    "another article": ({"items/2026/deux.md": article("Deux", "2026-11-04")}, ""),
    "one that is gone": (
        {"items/2026/un.md": None,
         "items/2026/zero.md": article("Zéro", "2026-11-01", "Un texte tout autre.")}, ""),
    "one that is renamed": (
        {"items/2026/un.md": None, "items/2026/autre.md": article("Un", "2026-11-02")}, ""),
    "another id": (
        {"items/2026/un.md": article("Un", "2026-11-02", id="urn:x:1")}, "[entry-resurfaces]"),
    "feeds of another name": (
        {"newsfeed.toml": f'{SETTINGS}\n[feeds]\natom = "feed.xml"\n'}, "[feed-gone]"),
    "another folder": (
        {"newsfeed.toml": SETTINGS.replace("[site]", '[site]\noutput = "www"')}, ""),
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "name"),
    [("github", name) for name in PROPOSALS]
    + [
        pytest.param("forgejo", "another id", marks=pytest.mark.whole),
        ("gitlab", "one that is gone"),
    ],
)
def test_a_pull_request_says_what_subscribers_would_see(forge: Forge, kind: str, name: str) -> None:
    """Beside what is published, which meanwhile may have gone on."""
    files, expected = PROPOSALS[name]
    forge.run(kind)
    forge.propose(files)
    text = article("Trois", "2026-11-05", "Ce qui a paru entre-temps.")
    forge.write({"items/2026/trois.md": text})
    done = forge.run(kind, "pull_request")
    assert done.code == (1 if expected else 0), done.text
    assert expected.strip("[]") in done.text


@pytest.mark.parametrize("kind", ["github", FORGEJO, "gitlab"])
def test_a_scheduled_article_appears_when_it_is_due(forge: Forge, kind: str) -> None:
    """At the instant that next-change names, not a second before; and nothing else differs."""
    forge.write({"items/2027/an.md": article("Bonne année", "2027-01-01 08:00")})
    assert forge.run(kind).code == 0
    assert forge.run("action").outputs["build"]["next-change"] == "2027-01-01T08:00:00+01:00"
    due = int(datetime(2027, 1, 1, 7, 0, tzinfo=UTC).timestamp())
    before, commits = ids(forge), len(forge.log())
    forge.epoch = due - 1
    early = forge.run(kind, "schedule")
    assert (early.code, early.outputs["due"]["due"]) == (0, "no")
    assert len(forge.log()) == commits
    forge.epoch = due
    now = forge.run(kind, "schedule")
    assert (now.code, now.outputs["due"]["due"]) == (0, "yes"), now.text
    new = ids(forge) - before
    assert len(new) == 1 and before < ids(forge)
    assert all("2027" in each for each in new)
    assert "public/items/2027/01/an.html" in forge.changed()
    assert "public/items/2026/11/un.html" not in {
        path for path in forge.changed() if "an.html" not in forge.file(path)
    }, "a page changes only where it leads to the new one"
    assert forge.run(kind, "schedule").outputs["due"]["due"] == "no"


@pytest.mark.parametrize("kind", ["github", "action"])
def test_two_who_push_at_once(forge: Forge, kind: str) -> None:
    """Whoever pushed last has a run of their own; a forge that refuses is no such case."""
    forge.run(kind)
    forge.write({"items/2026/deux.md": article("Deux", "2026-11-04")})
    late = {"items/2026/trois.md": article("Trois", "2026-11-05")}
    done = forge.run(kind, before={"Commit": lambda: forge.write(late)})
    assert done.code == 0, done.text
    assert forge.log()[0] == "Autrice"
    assert forge.run(kind).code == 0
    assert len(ids(forge)) == 3
    forge.write({"items/2026/quatre.md": article("Quatre", "2026-11-06")})
    refusing = forge.origin / "hooks" / "pre-receive"
    refusing.write_text("#!/bin/sh\nexit 1\n")
    refusing.chmod(0o755)
    assert forge.run(kind).code == 1


def test_the_action_tells_what_changed(forge: Forge) -> None:
    """`changed` and `paths` are of what belongs in the repository; an ignored folder does not."""
    forge.write({".gitignore": ".newsfeed/\npublic/\n"})
    told = forge.run("action").outputs["build"]
    assert (told["code"], told["changed"], told["paths"]) == ("0", "true", "newsfeed.lock")
    assert forge.changed() == ["newsfeed.lock"]
    told = forge.run("action").outputs["build"]
    assert (told["changed"], told["paths"], told["next-change"]) == ("false", "", "")
    forge.write({"newsfeed.toml": SETTINGS + "titel = 1\n"})
    assert forge.run("action").code == 2, "a wrong setting stops it"


@pytest.mark.parametrize("kind", ["github", FORGEJO, "gitlab", "action"])
def test_another_folder_is_written(forge: Forge, kind: str) -> None:
    """It is committed where Git does not ignore it, and published, as the settings name it."""
    forge.write({"newsfeed.toml": SETTINGS.replace("[site]", '[site]\noutput = "docs/le site"')})
    done = forge.run(kind)
    assert done.code == 0, done.text
    assert "docs/le site/atom.xml" in forge.changed()
    if kind != "gitlab":
        assert done.outputs["build"]["folder"] == "./docs/le site"


def test_a_template_that_fails_publishes_nothing(forge: Forge) -> None:
    """On a clone without an output folder there is nothing to publish then."""
    forge.write(
        {".gitignore": ".newsfeed/\npublic/\n", "templates/page/item.html": "{{ nothing.at.all }}"}
    )
    done = forge.run("github")
    assert done.code == 1
    assert "published" not in done.outputs["build"]
    assert set(forge.log()) == {"Autrice"}


def documented(start: str) -> str:
    """Return the block of shell in docs/ci.md that begins with ``start``."""
    text = (ROOT / "docs" / "ci.md").read_text("utf-8")
    (found,) = [each for each in re.findall(r"(?s)```sh\n(.*?)```", text) if each.startswith(start)]
    return found


@pytest.mark.ci
def test_the_script_for_a_server(forge: Forge) -> None:
    """Built, committed back and copied; a wrong article is told by the exit code, the rest is out."""
    script = forge.folder / "news.sh"
    script.write_text(documented("#!/bin/sh"), "utf-8")
    forge.write({".gitignore": ".newsfeed/\npublic/\n"})
    site, target = forge.folder / "server", forge.folder / "www"
    forge.git("clone", "--quiet", forge.origin, site)
    forge.git("-C", site, "config", "user.name", "robot")
    forge.git("-C", site, "config", "user.email", "robot@example.org")

    def run() -> int:
        done = subprocess.run(
            ["sh", script, site, target], env=forge.env, capture_output=True, text=True, check=False
        )
        return done.returncode

    assert run() == 0
    assert forge.log()[0] == "robot" and forge.changed() == ["newsfeed.lock"]
    assert (target / "items/2026/11/un.html").exists()
    commits = len(forge.log())
    assert run() == 0 and len(forge.log()) == commits
    forge.write(
        {"items/2026/deux.md": BROKEN, "items/2026/trois.md": article("Trois", "2026-11-03")}
    )
    assert run() == 1
    assert (target / "items/2026/11/trois.html").exists()
    forge.write(
        {
            "items/2026/deux.md": None,
            "items/2026/trois.md": None,
            "items/2026/quatre.md": article("Quatre", "2026-11-06"),
        }
    )
    assert run() == 0
    assert not (target / "items/2026/11/trois.html").exists()
    assert not (target / ".newsfeed-files").exists()


@pytest.mark.parametrize(("wrong", "code"), [("", 0), (BROKEN, 0), (None, 2)])
def test_the_build_command_of_hosts(forge: Forge, wrong: str | None, code: int) -> None:
    """A host publishes though an article is wrong, and not where the settings are."""
    command = documented("pip install").partition(" && ")[2]
    files = {"newsfeed.toml": "[site]\n"} if wrong is None else {"items/2026/deux.md": wrong}
    forge.write(files)
    done = subprocess.run(
        ["bash", "-ec", command], cwd=forge.author, env=forge.env, capture_output=True, check=False
    )
    assert (done.returncode == 0) == (code == 0)
    assert (forge.author / "public" / "atom.xml").exists() == (code == 0)


def test_the_branch_of_pages(forge: Forge) -> None:
    """The folder is pushed to a branch of its own, whatever stood there."""
    for _ in range(2):
        assert newsfeed("build", cwd=forge.author, env=forge.env).returncode == 0
        done = subprocess.run(
            ["bash", "-ec", documented("set -e\noutput=")],
            cwd=forge.author, env={**forge.env, "REMOTE": str(forge.origin)},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode in (0, 1), done.stderr
    assert "atom.xml" in forge.git("-C", forge.origin, "ls-tree", "--name-only", "pages").split()


def shell_of(kind: str) -> str:
    """Return the commands that commit, as ``kind`` has them."""
    text = (ROOT / "action.yml" if kind == "action" else SOURCES / f"{kind}.yml").read_text("utf-8")
    found = re.search(r'(?ms)^ *cd "\$SITE"\n.*?exit 1; fi\n +fi\n', text)
    assert found is not None
    lines = [line.strip() for line in found[0].splitlines()]
    return "\n".join(lines).replace(" -o ci.skip", "")


def test_all_commit_in_the_same_way() -> None:
    assert len({shell_of(kind) for kind in KINDS}) == 1
    for kind in workflows.PLACES:
        assert f"newsfeed-press=={__version__}\n" in workflows.text(kind), kind


def test_actions_of_others_are_named_by_commit() -> None:
    """A tag can be moved to another commit; a commit cannot."""
    for place in (ROOT / "action.yml", *sorted(SOURCES.glob("*.yml"))):
        for line in place.read_text("utf-8").splitlines():
            if "uses:" in line:
                assert re.search(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v[\d.]+$", line), line


def scripts() -> list[tuple[str, str]]:
    """Return every piece of shell that a forge runs."""
    found = []
    for kind in ("github", "forgejo"):
        for name, job in yaml.safe_load(workflows.text(kind))["jobs"].items():
            found += [(f"{kind} {name}", step["run"]) for step in job["steps"] if "run" in step]
    for step in yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["runs"]["steps"]:
        if "run" in step:
            found.append(("action", step["run"]))
    for name, job in yaml.safe_load(workflows.text("gitlab")).items():
        if isinstance(job, dict) and "script" in job:
            found.append((f"gitlab {name}", "\n".join(job["script"])))
    return found


def tool(name: str) -> str:
    place = shutil.which(name, path=TOOLS)
    assert place is not None
    return place


@pytest.mark.ci
def test_linters_of_workflows_find_nothing(tmp_path: Path) -> None:
    """actionlint, zizmor and shellcheck, on workflows where their forge looks for them."""
    for forge in ("github", "forgejo"):
        place = workflows.place(forge, tmp_path)
        place.parent.mkdir(parents=True)
        place.write_text(workflows.text(forge, "a site/news"), "utf-8")
        config = tmp_path / "actionlint.yaml"
        config.write_text("self-hosted-runner:\n  labels: [docker]\n")
        ran = [tool("actionlint"), "-shellcheck", tool("shellcheck"), "-config-file", config, place]
        done = subprocess.run(ran, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr
    shutil.copy(ROOT / "action.yml", tmp_path)
    files = [
        tmp_path / "action.yml",
        *(workflows.place(f, tmp_path) for f in ("github", "forgejo")),
    ]
    done = subprocess.run(
        [tool("zizmor"), "--offline", "--no-progress", *files],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    for name, script in scripts():
        done = subprocess.run(
            [tool("shellcheck"), "--shell", "bash", "-"],
            input=f"set -e\n{script}", capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, (name, done.stdout)


@pytest.mark.ci
def test_the_hooks_run(forge: Forge) -> None:
    """Of the files of a commit those that belong to a site are checked, and the lock comes along."""
    repository = forge.author
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    local = [{**hook, "language": "system"} for hook in hooks]
    config = {"repos": [{"repo": "local", "hooks": local}]}
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), "utf-8")
    (repository / "README.md").write_text("# A site\n", "utf-8")

    def hook(name: str) -> subprocess.CompletedProcess[str]:
        forge.git("-C", repository, "add", "--all")
        env = {**forge.env, "PREK_HOME": str(forge.folder / "prek")}
        return subprocess.run(
            [tool("prek"), "run", name, "--verbose"],
            cwd=repository, env=env, capture_output=True, text=True, check=False,
        )  # fmt: skip

    done = hook("newsfeed-check")
    assert done.returncode == 0, done.stdout + done.stderr
    (repository / "items" / "2026" / "deux.md").write_text(BROKEN, "utf-8")
    done = hook("newsfeed-check")
    assert done.returncode == 1
    assert "items/2026/deux.md:3:7: " in done.stdout
    assert "README" not in done.stdout
    (repository / "items" / "2026" / "deux.md").write_text(article("Deux", "2026-11-04"), "utf-8")
    assert hook("newsfeed-build").returncode == 0
    assert "deux.md" in (repository / "newsfeed.lock").read_text("utf-8")
    (repository / "items" / "2026" / "deux.md").write_text(article("Deux", "2026-11-05"), "utf-8")
    assert hook("newsfeed-build").returncode == 1, "it wrote to files of the commit: they join it"
    assert hook("newsfeed-build").returncode == 0


@pytest.mark.parametrize("forge", sorted(workflows.PLACES))
def test_init_writes_a_workflow(tmp_path: Path, forge: str) -> None:
    """To the root of the repository, for the site where it lies; nothing that exists is changed."""
    (tmp_path / ".git").mkdir()
    done = newsfeed("init", "--ci", forge, "sous l’arbre", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    place = tmp_path / workflows.PLACES[forge]
    table = yaml.safe_load(place.read_text("utf-8"))
    assert (table.get("env") or table["variables"])["SITE"] == "sous l’arbre"
    place.write_text("mine", "utf-8")
    assert newsfeed("init", "--ci", forge, "sous l’arbre", cwd=tmp_path).returncode == 0
    assert place.read_text("utf-8") == "mine"


def test_the_container_holds_what_it_names_and_is_not_root() -> None:
    text = (ROOT / "Containerfile").read_text("utf-8")
    for line in re.findall(r"^COPY (?!--from)(.*)$", text, re.M):
        *sources, _ = line.split()
        assert all((ROOT / name).exists() for name in sources), line
    last = text.rpartition("\nFROM ")[2]
    (user,) = re.findall(r"^USER (\d+)", last, re.M)
    assert int(user) > 0
    assert json.loads(re.findall(r"^ENTRYPOINT (.*)$", last, re.M)[0]) == ["newsfeed"]


def test_a_build_has_the_time_of_source_date_epoch(tmp_path: Path) -> None:
    """`--now` wins over it; what is no number is refused."""
    folder = tmp_path
    for path, text in {**SITE, "items/2027/an.md": article("Bonne année", "2027-01-01")}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    page = folder / "public/items/2027/01/an.html"
    for seconds, options, there in (
        (START, [], False),
        (START + 86400 * 365, [], True),
        (START, ["--now", "2027-02-01"], True),
    ):
        done = newsfeed("build", *options, cwd=folder, env={"SOURCE_DATE_EPOCH": str(seconds)})
        assert done.returncode == 0, done.stderr
        assert page.exists() == there
        assert ("SOURCE_DATE_EPOCH" in done.stderr) == (not options)
    assert newsfeed("build", cwd=folder, env={"SOURCE_DATE_EPOCH": "hier"}).returncode == 2


def test_an_audit_says_weaknesses_and_that_nobody_answered() -> None:
    """pip-audit's JSON: `dependencies`, each with its `vulns`."""
    found = {"dependencies": [
        {"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]},
        {"name": "b", "version": "1", "vulns": []},
        {"name": "c", "skip_reason": "not found"},
    ]}  # fmt: skip
    assert audit.found_in(json.dumps(found)) == ["a 1: PYSEC-1, mended in 2"]
    assert audit.found_in('{"dependencies": []}') == []
    assert audit.found_in("") is None
    assert audit.found_in("ERROR: no connection") is None
