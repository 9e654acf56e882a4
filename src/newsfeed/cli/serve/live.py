"""What makes an open page of the preview reload: its script, and the state that it is told."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path

LIVE = "/__newsfeed/"
BEAT = 15
"""Seconds between two signs of life to a page that waits for changes."""
SCRIPT = """\
(() => {
  let seen = null;
  const show = (text) => {
    let box = document.getElementById("newsfeed-problems");
    if (!text) { if (box) box.remove(); return; }
    if (!box) {
      box = document.createElement("pre");
      box.id = "newsfeed-problems";
      box.setAttribute("role", "status");
      box.style.cssText = "position:fixed;inset:auto 0 0 0;max-height:40vh;overflow:auto;margin:0;" +
        "padding:1rem;background:#7a1022;color:#fff;font:14px/1.5 monospace;white-space:pre-wrap;" +
        "z-index:99999";
      document.body.append(box);
    }
    box.textContent = text;
  };
  new EventSource("/__newsfeed/changes").onmessage = (event) => {
    const now = JSON.parse(event.data);
    if (seen !== null && seen !== now.version) location.reload();
    seen = now.version;
    show(now.problems);
  };
})();
"""
_TAG = f'<script src="{LIVE}live.js"></script>'


@dataclass
class Preview:
    """What is served: a folder, and the state of its last build."""

    folder: Path
    version: int = 0
    problems: str = ""
    changed: threading.Condition = field(default_factory=threading.Condition)
    closed: bool = False

    def update(self, problems: str) -> None:
        """Tell every open page that the site was built again."""
        with self.changed:
            self.version += 1
            self.problems = problems
            self.changed.notify_all()

    def wake(self) -> None:
        """Let every waiting page see whether it is still connected."""
        with self.changed:
            self.changed.notify_all()

    def close(self) -> None:
        """Let every waiting page go."""
        with self.changed:
            self.closed = True
            self.changed.notify_all()


def with_script(data: bytes) -> bytes:
    """Return a page with the script at its end."""
    before, end, after = data.rpartition(b"</body>")
    return before + _TAG.encode() + end + after if end else data + _TAG.encode()
