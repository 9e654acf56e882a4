"""A process that has loaded newsfeed, and runs each command that it is asked for in a child of its own.

Half of the time of a small build goes into loading the interpreter and the modules: the suite runs
some thousands. The child is what ``python -m newsfeed`` would be, with the folder, the environment
and the files 0 to 2 that came with the question.

Other programs come to the socket that is the file of the first argument: `fork_client` is the command
that they run.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import random
import select
import socket
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

_SETTINGS = """[site]
title = "T"
url = "https://www.example.org/"
language = "fr"
"""


def main() -> None:
    """Answer on the socket that is the file 0, until nobody asks any more."""
    channel = socket.socket(fileno=os.dup(0))
    door = socket.socket(fileno=int(sys.argv[1]))
    load()
    while True:
        if door in select.select([channel, door], [], [])[0]:
            visitor, _ = door.accept()
            if not os.fork():
                channel.close()
                door.close()
                _answer(visitor)
                os._exit(0)
            visitor.close()
        elif not _answer(channel):
            return


def _answer(channel: socket.socket) -> bool:
    """Run the next command that ``channel`` asks for; say whether it asked for any."""
    asked, files, _, _ = socket.recv_fds(channel, 1 << 20, 3)
    if not asked:
        return False
    child = os.fork()
    if not child:
        channel.close()
        _become(json.loads(asked), files)
    for file in files:
        os.close(file)
    channel.send(str(child).encode())
    _, status = os.waitpid(child, 0)
    channel.send(str(os.waitstatus_to_exitcode(status)).encode())
    return True


def load() -> None:
    """Load all of newsfeed, and what it loads late, for the children of this process."""
    import newsfeed
    from newsfeed.text.regex import regex

    for module in pkgutil.walk_packages(newsfeed.__path__, "newsfeed."):
        if not module.name.endswith("__main__"):
            for value in vars(importlib.import_module(module.name)).values():
                if type(value) is type(regex("")):
                    value.groups  # noqa: B018 - to be asked is what compiles it
    sys.dont_write_bytecode = False  # the code of the default templates
    _build_once()
    gc.freeze()


def _build_once() -> None:
    """Build a site with a letter: what is loaded late, and what libraries keep, is there for all."""
    from newsfeed.cli import main as build

    out, before = sys.stdout, os.getcwd()
    with (
        tempfile.TemporaryDirectory() as folder,
        open(os.devnull, "w", encoding="utf-8") as nowhere,
    ):
        Path(folder, "newsfeed.toml").write_text(_SETTINGS, "utf-8")
        Path(folder, "items").mkdir()
        Path(folder, "items", "a.md").write_text(
            "---\ntitle: T\ndate: 2026-01-02\n---\nA.\n", "utf-8"
        )
        os.chdir(folder)
        sys.argv, sys.stdout = ["newsfeed", "-q", "build", "--now", "2026-01-03"], nowhere
        with suppress(SystemExit):
            build()
        sys.stdout = out
        os.chdir(before)


def _become(asked: dict[str, object], files: list[int]) -> NoReturn:
    """Run the command that is asked for, and end."""
    from newsfeed.cli import run

    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        stream = open(number, "w" if number else "r", encoding="utf-8", closefd=False)  # noqa: SIM115 - for good
        setattr(sys, name, stream)
    sys.stderr.reconfigure(errors="backslashreplace", line_buffering=True)
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["env"])
    time.tzset()
    random.seed()
    sys.argv = ["newsfeed", *asked["arguments"]]
    gc.unfreeze()
    try:
        run()
    except BaseException:
        sys.excepthook(*sys.exc_info())
    os._exit(1)


if __name__ == "__main__":
    main()
