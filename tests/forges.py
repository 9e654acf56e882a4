"""Runs the steps of a workflow as a forge does: each as shell, in a clone, with a real repository.

Steps that use an action of somebody's are passed over, and so is the installation of newsfeed: its
command is on the path. What an expression or a condition means is in the tables below; one that
stands in neither fails.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from command import ROOT, program
from newsfeed.cli import workflows

Outputs = dict[str, dict[str, str]]
CONDITIONS: dict[str, Callable[[str, Outputs], bool]] = {
    "github.event_name == 'pull_request'": lambda event, _: event == "pull_request",
    "github.event_name != 'pull_request'": lambda event, _: event != "pull_request",
    "github.event_name == 'schedule'": lambda event, _: event == "schedule",
    "steps.due.outputs.due != 'no'": lambda _, out: out.get("due", {}).get("due") != "no",
    "steps.build.outputs.published == 'yes'": lambda _, out: (
        out.get("build", {}).get("published") == "yes"
    ),
    "steps.build.outputs.code == '1'": lambda _, out: out.get("build", {}).get("code") == "1",
    "inputs.commit == 'true'": lambda *_: True,
    "inputs.fail == 'true' && steps.build.outputs.code == '1'": lambda _, out: (
        out.get("build", {}).get("code") == "1"
    ),
}
EXPRESSIONS = {
    "github.ref_name": "main",
    "github.token": "a token",
    "inputs.folder": ".",
    "inputs.options": "",
    "inputs.token": "a token",
}
GITLAB = {"CI_COMMIT_BRANCH": "main", "CI_JOB_TOKEN": "a token"}
PROPOSAL = "proposal"
"""The branch that a pull request is of."""
INSTALL = "Install newsfeed"


@dataclass
class Done:
    """How a job went: its exit code, what its steps printed, and their outputs by id."""

    code: int = 0
    text: str = ""
    outputs: Outputs = field(default_factory=dict)


class Forge:
    """A repository ``origin.git`` below ``folder``, and runs of workflows on clones of it.

    ``epoch`` is the time of everything, in seconds since 1970.
    """

    def __init__(self, folder: Path, epoch: int) -> None:
        self.folder = folder
        self.origin = folder / "origin.git"
        self.epoch = epoch
        self._runs = 0
        scripts = folder / "bin"
        scripts.mkdir(parents=True)
        command = scripts / "newsfeed"
        command.write_text(f'#!/bin/sh\nexec {shlex.join(program())} "$@"\n')
        command.chmod(0o755)
        self.scripts = scripts
        self.git("init", "--quiet", "--bare", "--initial-branch=main", self.origin)
        self.git("-C", self.origin, "config", "receive.advertisePushOptions", "true")
        self.author = folder / "author"
        self.git("clone", "--quiet", self.origin, self.author)
        self.git("-C", self.author, "checkout", "--quiet", "-B", "main")

    @property
    def _temp(self) -> Path:
        """The folder of a run that its steps may write to: newsfeed's command is in the action's."""
        place = self.folder / f"temp-{self._runs}"
        if not place.exists():
            (place / "newsfeed").mkdir(parents=True)
            (place / "newsfeed" / "bin").symlink_to(self.scripts)
        return place

    @property
    def env(self) -> dict[str, str]:
        """The environment of every command: nobody's settings, and the time."""
        kept = {name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ}
        return {
            **kept,
            "PATH": f"{self.scripts}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.folder),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_COMMITTER_DATE": f"@{self.epoch} +0000",
            "GIT_AUTHOR_DATE": f"@{self.epoch} +0000",
            "SOURCE_DATE_EPOCH": str(self.epoch),
        }

    def git(self, *arguments: str | Path) -> str:
        """Run git as the author; return what it prints."""
        named = ("-c", "user.name=Autrice", "-c", "user.email=a@example.org")
        done = subprocess.run(
            ["git", *named, *map(str, arguments)],
            cwd=self.folder, env=self.env, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def write(self, files: Mapping[str, str | None]) -> None:
        """Commit ``files`` as the author does, None for one that is removed, and push them."""
        if self.log():
            self.git("-C", self.author, "pull", "--quiet", "--rebase", "origin", "main")
        self._commit(files, "main")

    def propose(self, files: Mapping[str, str | None]) -> None:
        """Commit ``files`` on a branch from ``main``, for a pull request."""
        self.git("-C", self.author, "fetch", "--quiet", "origin", "main")
        self.git("-C", self.author, "checkout", "--quiet", "-B", PROPOSAL, "FETCH_HEAD")
        self._commit(files, PROPOSAL)
        self.git("-C", self.author, "checkout", "--quiet", "main")

    def _commit(self, files: Mapping[str, str | None], branch: str) -> None:
        for path, text in files.items():
            place = self.author / path
            place.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                place.unlink()
            else:
                place.write_text(text, "utf-8")
        self.git("-C", self.author, "add", "--all")
        self.git("-C", self.author, "commit", "--quiet", "-m", "Des articles")
        self.git("-C", self.author, "push", "--quiet", "--force", "origin", f"HEAD:{branch}")

    def log(self) -> list[str]:
        """Return the authors of the commits of the branch, the newest first."""
        done = subprocess.run(
            ["git", "-C", self.origin, "log", "--format=%an", "main"],
            env=self.env, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return done.stdout.split("\n")[:-1]

    def changed(self) -> list[str]:
        """Return the paths that the newest commit changed."""
        return self.git("-C", self.origin, "show", "--format=", "--name-only", "main").split("\n")[
            :-1
        ]

    def file(self, path: str) -> str:
        """Return the text of ``path`` as it was pushed."""
        return self.git("-C", self.origin, "show", f"main:{path}")

    def run(
        self, kind: str, event: str = "push", before: Mapping[str, Callable[[], None]] | None = None
    ) -> Done:
        """Run the jobs of ``kind`` that ``event`` starts, on a fresh clone.

        ``before`` are things that happen before steps, by their name.
        """
        self._runs += 1
        place = self.folder / f"run-{self._runs}"
        place.mkdir()
        if kind != "forgejo":
            self._clone(place, kind, event)
        if kind == "gitlab":
            return self._gitlab(place, event, before or {})
        if kind == "action":
            table = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
            return self._steps(table["runs"]["steps"], place, event, before or {}, {})
        table = yaml.safe_load(workflows.text(kind))
        (job,) = [
            each
            for name, each in table["jobs"].items()
            if name != "publish" and CONDITIONS[each["if"]](event, {})
        ]
        return self._steps(job["steps"], place, event, before or {}, table["env"])

    def _clone(self, place: Path, kind: str, event: str) -> None:
        """Clone as the forge does: of a pull request GitHub takes what it would be when merged."""
        url = f"file://{self.origin}"
        if event != "pull_request":
            self.git("clone", "--quiet", "--depth", "1", url, place)
        else:
            self.git("clone", "--quiet", url, place)
            branch = f"origin/{PROPOSAL}"
            what = ("merge", "--no-ff") if kind == "github" else ("checkout", "--detach")
            self.git("-C", place, *what, "--quiet", branch)
        self.git("-C", place, "checkout", "--quiet", "--detach")

    def _sha(self, event: str) -> str:
        branch = PROPOSAL if event == "pull_request" else "main"
        return self.git("-C", self.origin, "rev-parse", branch).strip()

    def _steps(
        self,
        steps: list[dict[str, Any]],
        place: Path,
        event: str,
        before: Mapping[str, Callable[[], None]],
        env: Mapping[str, str],
    ) -> Done:
        done = Done()
        for step in steps:
            if "if" in step and not CONDITIONS[step["if"]](event, done.outputs):
                continue
            if "uses" in step or step["name"] == INSTALL:
                continue
            before.get(step["name"], lambda: None)()
            told = self.folder / "output"
            told.write_text("")
            given = {name: _meant(text) for name, text in step.get("env", {}).items()}
            code, text = self._shell(
                step["run"],
                place,
                {
                    **env,
                    **given,
                    "GITHUB_OUTPUT": str(told),
                    "GITHUB_SERVER_URL": f"file://{self.folder}",
                    "GITHUB_REPOSITORY": "origin",
                    "GITHUB_SHA": self._sha(event),
                    "GITHUB_BASE_REF": "main" if event == "pull_request" else "",
                    "RUNNER_TEMP": str(self._temp),
                },
            )
            done.text += text
            if "id" in step:
                done.outputs[step["id"]] = _outputs(told.read_text("utf-8"))
            if code:
                done.code = code
                return done
        return done

    def _gitlab(self, place: Path, event: str, before: Mapping[str, Callable[[], None]]) -> Done:
        table = yaml.safe_load(workflows.text("gitlab"))
        job = table["newsfeed-check" if event == "pull_request" else "pages"]
        env = {**table["variables"], **job.get("variables", {}), **GITLAB}
        env = {name: re.sub(r"\$(\w+)", lambda m: GITLAB[m[1]], text) for name, text in env.items()}
        env["CI_PIPELINE_SOURCE"] = {"pull_request": "merge_request_event"}.get(event, event)
        if event == "pull_request":
            base = self.git("-C", self.origin, "merge-base", "main", PROPOSAL).strip()
            env["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = base
        before.get("Commit", lambda: None)()
        done = Done()
        done.code, done.text = self._shell("\n".join(job["script"]), place, env)
        report = place / "gl-code-quality-report.json"
        done.text += report.read_text("utf-8") if report.exists() else ""
        idle = done.code in job.get("allow_failure", {}).get("exit_codes", [])
        done.outputs["due"] = {"due": "no" if idle else "yes"}
        if idle:
            done.code = 0
            return done
        if done.code == 0 and event != "pull_request":
            assert (place / "public").is_dir(), "what GitLab publishes"
            told = _outputs((place / "newsfeed.env").read_text("utf-8"))
            done.code, _ = self._shell("\n".join(table["newsfeed-verdict"]["script"]), place, told)
        return done

    def _shell(self, script: str, place: Path, env: Mapping[str, str]) -> tuple[int, str]:
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=place, env={**self.env, **env}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr


def _meant(text: str) -> str:
    return re.sub(r"\$\{\{ *(.*?) *\}\}", lambda found: EXPRESSIONS[found[1]], str(text))


def _outputs(text: str) -> dict[str, str]:
    """Return what a step wrote to GITHUB_OUTPUT: ``name=value``, and values of several lines."""
    found: dict[str, str] = {}
    lines = iter(text.split("\n"))
    for line in lines:
        name, sign, end = line.partition("<<") if "<<" in line.split("=")[0] else ("", "", "")
        if sign:
            value = []
            for inner in lines:
                if inner == end:
                    break
                value.append(inner)
            found[name] = "\n".join(value)
        elif line:
            name, _, found_value = line.partition("=")
            found[name] = found_value
    return found
