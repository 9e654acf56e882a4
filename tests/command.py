"""Runs the real command, as its users do."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent
SETTINGS = """[site]
title = "Le réseau"
url = "https://www.example.org/"
language = "fr"
timezone = "Europe/Paris"
"""


def newsfeed(
    *arguments: str | Path,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    stdin: str | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run ``newsfeed`` with ``arguments`` in the folder ``cwd``."""
    return subprocess.run(
        [sys.executable, "-m", "newsfeed", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


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
