"""Letters under others' checkers: the Nu HTML checker and the data of Can I email."""

from __future__ import annotations

import json
import re
import subprocess

import pytest

from conftest import NODE_MODULES
from letters_samples import LOGO, config, letter, relied_on, theme
from newsfeed.newsletter import Extras, render, web_page

pytestmark = pytest.mark.node
LAYOUTS = ("magazine", "bulletin")
LANGUAGES = ("fr", "en", "ar")


def html(layout: str, language: str, count: int = 8, **options) -> str:
    settings = config(f'layout = "{layout}"')
    made = letter(count, language, **options)
    return render(made, settings, theme(settings), Extras(logos=(LOGO,))).outputs[0].data.decode()


def test_eight_items_are_light_and_widely_understood(tmp_path):
    """8 items: at most 30 KB, and 60 pairs of a feature and a client that lacks it.

    Counted with the npm package ``caniemail`` 2.x over all of its clients.
    """
    files = []
    for layout in LAYOUTS:
        for language in LANGUAGES:
            text = html(layout, language)
            assert len(text.encode()) <= 30_000
            file = tmp_path / f"{layout}-{language}.html"
            file.write_text(relied_on(text), "utf-8")
            files.append(file)
    script = NODE_MODULES.parent / "caniemail.mjs"
    done = subprocess.run(
        ["node", script, *files], capture_output=True, text=True, check=True, timeout=120
    )
    for line in done.stdout.splitlines():
        found = json.loads(line)
        assert found["count"] <= 60, found


def test_nu_checker_finds_only_what_mail_needs(tmp_path):
    """The Nu HTML checker finds mso- properties and presentational attributes, nothing else."""
    for layout in LAYOUTS:
        for language, style in (("fr", "full"), ("ar", "excerpt")):
            file = tmp_path / f"{layout}-{language}.html"
            file.write_text(html(layout, language, style=style, editorial="<p>x</p>"), "utf-8")
    settings = config()
    page = web_page(letter(), settings, theme(settings), Extras(logos=(LOGO,)))
    (tmp_path / "web.html").write_bytes(page.data)
    jar = NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    done = subprocess.run(
        ["java", "-jar", jar, "--format", "json", *tmp_path.glob("*.html")],
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    allowed = re.compile(
        r"CSS: “mso-"
        r"|The “(?:width|height|align|valign|bgcolor|border|cellpadding|cellspacing)” attribute on"
    )
    found = {
        m["message"]
        for m in json.loads(done.stderr)["messages"]
        if not allowed.search(m["message"])
    }
    assert not found
