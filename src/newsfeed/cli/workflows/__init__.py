"""Workflows of forges that check and build a site: files that ``newsfeed init --ci`` writes.

They are whole as they lie here, so that they can be included, and read in docs/ci.md.
"""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

PLACES = {
    "github": ".github/workflows/news.yml",
    "gitlab": ".gitlab-ci.yml",
    "forgejo": ".forgejo/workflows/news.yml",
}
"""Where each forge looks for its file, below the root of the repository."""


def text(forge: str, folder: str = ".") -> str:
    """Return the file for ``forge`` of a site in ``folder``, relative to the repository's root."""
    written = (resources.files(__name__) / f"{forge}.yml").read_text("utf-8")
    return re.sub(r"(?m)^  SITE: \.$", lambda _: f"  SITE: {_scalar(folder)}", written)


def place(forge: str, repository: Path) -> Path:
    """Return where the file for ``forge`` belongs."""
    return repository / PLACES[forge]


def _scalar(folder: str) -> str:
    """Return ``folder`` as YAML, between quotation marks where it needs them."""
    if re.fullmatch(r"[\w./][\w./-]*", folder, re.A):
        return folder
    return "'" + folder.replace("'", "''") + "'"
