"""A site as one text, built in this process: its files, its outputs, and what is said of it."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lxml import etree

from newsfeed import build
from newsfeed.config import parse
from newsfeed.content.scan import scan
from newsfeed.diagnostics import Diagnostic, arrange
from newsfeed.theme.environment import Theme

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HEAD = '[site]\ntitle = "T"\nurl = "https://www.example.org/"\nlanguage = "en"\ntimezone = "UTC"\n'
SAMPLE = Path(__file__).parent / "data"


class Built:
    """What a build gives: ``outputs`` by path, and the problems that ``newsfeed check`` says.

    ``kept`` is what a file of that path holds that stays as it is.
    """

    def __init__(self, folder: Path, lock: str | None = None) -> None:
        config = parse((folder / "newsfeed.toml").read_text("utf-8"))
        tree = scan(folder, [config.items.path, "static", "issues"])
        theme = Theme(config, folder / "templates")
        self.site = build.load(tree, theme, build.Options(now=NOW), lock=lock)
        rendering = build.Rendering(self.site)
        made = list(rendering.outputs())
        self.outputs = {each.path: each.data or b"" for each in made}
        self.kept = {each.path: each.keep for each in made if each.keep}
        self.problems: tuple[Diagnostic, ...] = arrange(rendering.result.problems)

    def codes(self, path: str = "") -> list[str]:
        """Return the codes of the problems, of one file where ``path`` names it."""
        return [each.code for each in self.problems if not path or each.path == path]

    def rss(self, expression: str) -> list[Any]:
        """Return what an XPath expression finds in rss.xml."""
        root = etree.fromstring(self.outputs["rss.xml"])
        names = {prefix: uri for prefix, uri in root.nsmap.items() if prefix}
        try:
            found = root.xpath(expression, namespaces=names)
        except etree.XPathEvalError:  # a prefix that the document does not even declare
            return []
        return list(found)

    def items(self) -> dict[str, dict[str, Any]]:
        """Return the items of feed.json by the last part of their address."""
        items = json.loads(self.outputs["feed.json"])["items"]
        return {re.sub(r".*/|\.html$", "", each["url"]): each for each in items}


def built(folder: Path, files: dict[str, str | bytes], settings: str = "") -> Built:
    """Build a site of ``files`` by path; ``settings`` follow those of its [site]."""
    (folder / "items").mkdir(exist_ok=True)
    (folder / "newsfeed.toml").write_text(HEAD + settings, "utf-8")
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode())
    return Built(folder)


def article(
    body: str = "Text.", *lines: str, title: str = "A title", date: str = "2026-01-02"
) -> str:
    """Return an article, whose front matter has ``lines`` too."""
    more = "".join(f"{line}\n" for line in lines)
    return f"---\ntitle: {title}\ndate: {date}\n{more}---\n\n{body}\n"
