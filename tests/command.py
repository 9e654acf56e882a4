"""Runs the real command, as its users do."""

from __future__ import annotations

import io
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO

ROOT = Path(__file__).parent.parent
# Seconds.
_PATIENCE = 120
SETTINGS = """[site]
title = "Le réseau"
url = "https://www.example.org/"
language = "fr"
timezone = "Europe/Paris"
"""


# What an interpreter reads as it starts: a command that is given one has an interpreter of its own.
_READ_AT_START = ("PYTHON", "LC_", "LANG", "LD_", "MALLOC")


def newsfeed(
    *arguments: str | Path,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    stdin: str | None = None,
    alone: bool = False,
) -> subprocess.CompletedProcess[str]:
    """Run ``newsfeed`` with ``arguments`` in the folder ``cwd``; ``alone`` in an interpreter of its own."""
    command = [*map(str, arguments)]
    is_plain = not any(each.startswith(_READ_AT_START) for each in env or ())
    if is_plain and not alone and sys.platform == "linux":
        return _Loaded.one().run(command, cwd, {**os.environ, **(env or {})}, stdin)
    return subprocess.run(
        [sys.executable, "-m", "newsfeed", *command],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_PATIENCE,
        check=False,
    )


def program() -> list[str]:
    """Return what runs newsfeed where arguments follow it, for a program that is not Python."""
    if sys.platform != "linux":
        return [sys.executable, "-m", "newsfeed"]
    return _Loaded.one().command


class _Loaded:
    """A process that has loaded newsfeed (`fork_server`), as long as this one lives."""

    _only: _Loaded | None = None

    def __init__(self) -> None:
        self._channel, end = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._channel.settimeout(_PATIENCE)
        self._folder = TemporaryDirectory(prefix="newsfeed-")
        self._address = os.path.join(self._folder.name, "door")
        with end, socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as door:
            door.bind(self._address)
            door.listen()
            script = Path(__file__).with_name("fork_server.py")
            command = [sys.executable, script, str(door.fileno())]
            subprocess.Popen(command, stdin=end, cwd=ROOT, pass_fds=[door.fileno()])

    @classmethod
    def one(cls) -> _Loaded:
        """Return the process, which the first call starts."""
        cls._only = cls._only or cls()
        return cls._only

    @property
    def command(self) -> list[str]:
        """What another program runs to ask for a command there, before its arguments."""
        return [
            sys.executable,
            "-IS",
            str(Path(__file__).with_name("fork_client.py")),
            self._address,
        ]

    def run(
        self, arguments: list[str], cwd: Path, env: Mapping[str, str], stdin: str | None
    ) -> subprocess.CompletedProcess[str]:
        """Run a command there, as `subprocess.run` would."""
        asked = {"arguments": arguments, "cwd": str(cwd.absolute()), "env": dict(env)}
        with ExitStack() as stack:
            files = [stack.enter_context(TemporaryFile()) for _ in range(3)]
            files[0].write((stdin or "").encode())
            files[0].seek(0)
            numbers = [file.fileno() for file in files]
            socket.send_fds(self._channel, [json.dumps(asked).encode()], numbers)
            child = int(self._channel.recv(64))
            try:
                code = int(self._channel.recv(64))
            except TimeoutError:
                os.kill(child, signal.SIGKILL)
                self._channel.recv(64)
                raise subprocess.TimeoutExpired(arguments, _PATIENCE) from None
            out, err = (_read(file) for file in files[1:])
        return subprocess.CompletedProcess(["newsfeed", *arguments], code, out, err)


def _read(file: IO[bytes]) -> str:
    file.seek(0)
    return io.TextIOWrapper(file, "utf-8").read()


def site(folder: Path, articles: Mapping[str, str | bytes], settings: str = SETTINGS) -> Path:
    """Write a site: its settings, and ``articles`` by their path below ``items/``."""
    (folder / "items").mkdir(parents=True, exist_ok=True)
    (folder / "newsfeed.toml").write_text(settings, "utf-8")
    for path, content in articles.items():
        place = folder / "items" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def article(
    title: str = "Un titre", date: str = "2026-01-02", body: str = "Le texte.", **keys: str
) -> str:
    """Return the text of an article; ``keys`` are further lines of its front matter."""
    extra = "".join(f"{key}: {value}\n" for key, value in keys.items())
    return f"---\ntitle: {title}\ndate: {date}\n{extra}---\n\n{body}\n"


def tree_of(folder: Path) -> dict[str, bytes]:
    """Return every file below ``folder`` with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
