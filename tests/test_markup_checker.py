"""The Nu HTML checker has nothing to say of our bodies."""

from __future__ import annotations

import json
import subprocess

import pytest

from bodies import FOLDER, read, resolve
from conftest import NODE_MODULES

# What only an author can mend, or a page decides: pictures that are meant to be described.
ALLOWED = ("An “img” element must have an “alt” attribute",)


@pytest.mark.node
def test_bodies_are_valid_html(tmp_path):
    """Every case, HTML and excerpt, is valid content of a page's ``article``."""
    for case in map(read, sorted(FOLDER.glob("*.case"))):
        body = case.render()
        for part, html in (("html", body.html(resolve)), ("excerpt", body.excerpt(resolve))):
            page = (
                f'<!DOCTYPE html><html lang="{case.settings["language"]}"><head><meta charset="utf-8">'
                f"<title>t</title></head><body><main><h1>t</h1>{html}</main></body></html>"
            )
            (tmp_path / f"{case.path.stem}-{part}.html").write_text(page, "utf-8")
    jar = NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    done = subprocess.run(
        ["java", "-jar", jar, "--format", "json", *sorted(tmp_path.glob("*.html"))],
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    found = [
        (message["url"].rpartition("/")[2], message["message"], message.get("extract"))
        for message in json.loads(done.stderr)["messages"]
        if not message["message"].startswith(ALLOWED)
    ]
    assert not found, "\n".join(map(str, found))
