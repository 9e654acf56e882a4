"""The description on a package index: README.md, whose relative links lead nowhere there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_TABLE = re.compile(r"(?m)^(?:\|.*\n)+\n?")
_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\((?!https?:|#)([^)\s]+)\)")


class CustomMetadataHook(MetadataHookInterface):
    """Gives the project its ``readme``."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set ``readme`` to README.md without its pictures, its links as names of files."""
        text = Path(self.root, "README.md").read_text("utf-8")
        text = _TABLE.sub(lambda found: "" if "![" in found[0] else found[0], text)
        text = _LINK.sub(r"\1 (`\2`)", text)
        metadata["readme"] = {"content-type": "text/markdown", "text": text}
