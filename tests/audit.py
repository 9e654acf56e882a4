"""Asks which of the packages in constraints.txt have known weaknesses, with pip-audit.

    python tests/audit.py FOLDER

pip-audit gets an environment in FOLDER. It asks a service of the web: where that, or pip-audit itself,
is not to be had, that is said, and nothing fails. Exit code 1: there are weaknesses.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
_LONGEST = 180
"""Seconds for each step."""


def main(folder: Path) -> int:
    python = folder / "bin" / "python"
    audit = [python, "-m", "pip_audit", "-r", ROOT / "constraints.txt", "--no-deps", "--disable-pip",
             "--progress-spinner", "off", "--timeout", "10", "--format", "json"]  # fmt: skip
    if not python.exists():
        _said([sys.executable, "-m", "venv", folder])
    _said([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "pip-audit"])
    told = found_in(_said(audit))
    if told is None:
        print("not audited: pip-audit, or the service that it asks, cannot be reached from here")
        return 0
    print("\n".join(told) or "no known weakness in the packages of constraints.txt")
    return 1 if told else 0


def found_in(written: str) -> list[str] | None:
    """Return a line for each weakness that pip-audit wrote as JSON; None where it wrote none."""
    try:
        packages = json.loads(written)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return None
    return [
        f"{each['name']} {each['version']}: {weakness['id']}, mended in "
        + (", ".join(weakness["fix_versions"]) or "no version yet")
        for each in packages
        for weakness in each.get("vulns", ())
    ]


def _said(command: list[str | Path]) -> str:
    """Return what a command prints; nothing where it cannot be run, or takes too long."""
    try:
        return subprocess.run(
            command, capture_output=True, text=True, timeout=_LONGEST, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
