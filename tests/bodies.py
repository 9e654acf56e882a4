"""Cases of bodies as files: a source, and what it becomes.

A file in ``tests/data/bodies`` has settings, then ``--- source``, ``--- html``, ``--- excerpt``,
``--- text`` and ``--- problems``. ``REWRITE=1 pytest tests/test_markup_cases.py`` writes what comes
after the source anew; the difference is for reading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from newsfeed.markup.address_slots import Ref, Resolved
from newsfeed.markup.body import Body
from newsfeed.markup.plain.plaintext import plain_text
from newsfeed.markup.renderer import render
from newsfeed.markup.source import Source

FOLDER = Path(__file__).parent / "data" / "bodies"
PARTS = ("source", "html", "excerpt", "text", "problems")
SITE = "https://site.example/"


def resolve(ref: Ref) -> Resolved | None:
    """Lead every reference somewhere that shows its kind; what is called dead is dead."""
    if "dead" in ref.url:
        return None
    if re.match(r"[a-z]+:", ref.url):
        return Resolved(ref.url)
    size = (640, 480) if ref.kind == "image" else (None, None)
    return Resolved(f"{SITE}{ref.kind}/{quote(ref.url, safe='/#?=&%.')}", *size)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One file: its settings and its parts by name."""

    path: Path
    settings: dict[str, str]
    parts: dict[str, str]

    def render(self) -> Body:
        return render(
            Source(
                text=self.parts["source"],
                format="html" if self.settings["format"] == "html" else "markdown",
                language=self.settings["language"],
                path="items/case.md",
                line=int(self.settings.get("line", "1")),
                prefix=self.settings["prefix"],
            )
        )

    def outcome(self) -> dict[str, str]:
        """Return the parts after the source as they are now."""
        body = self.render()
        html = body.html(resolve)
        lines = [
            f"{p.line}:{p.column} {p.code} " + " ".join(f"{k}={v!r}" for k, v in p.values)
            for p in body.problems
        ]
        return {
            "html": html,
            "excerpt": body.excerpt(resolve),
            "text": plain_text(html),
            "problems": "\n".join(line.rstrip() for line in lines),
        }


def read(path: Path) -> Case:
    """Return the case in ``path``."""
    text = path.read_bytes().decode()
    head, *parts = re.split(rf"^--- ({'|'.join(PARTS)})\n", text, flags=re.M)
    settings = dict(line.split(": ", 1) for line in head.strip().splitlines())
    return Case(
        path=path,
        settings=settings,
        parts=dict(zip(parts[::2], (part.removesuffix("\n") for part in parts[1::2]), strict=True)),
    )


def write(case: Case) -> None:
    """Write the case with its outcome of today."""
    head = "".join(f"{name}: {value}\n" for name, value in case.settings.items())
    parts = {"source": case.parts["source"], **case.outcome()}
    body = "".join(f"--- {name}\n{parts[name]}\n" for name in PARTS)
    case.path.write_bytes((head + body).encode())
