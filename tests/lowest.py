"""Prints the lowest version of each dependency that pyproject.toml allows: see `make oldest`."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

PROJECT = Path(__file__).parent.parent / "pyproject.toml"


def lowest(project: str) -> list[str]:
    """Return ``name==version`` for each dependency that says from which version on."""
    table = tomllib.loads(project)["project"]
    wanted = table["dependencies"] + table["optional-dependencies"]["serve"]
    found = [re.fullmatch(r"([\w.-]+)>=([\w.]+)(;.*)?", each) for each in wanted]
    return [f"{each[1]}=={each[2]}{each[3] or ''}" for each in found if each is not None]


if __name__ == "__main__":
    print("\n".join(lowest(PROJECT.read_text("utf-8"))))
