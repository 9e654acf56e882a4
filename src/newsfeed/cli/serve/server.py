"""A preview server on loopback: the output folder as a host would serve it, reloaded on change.

It answers to its own names alone, so that no page of the web can read a draft through a name that
leads to this machine (DNS rebinding), and only with files of the output folder.
"""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from newsfeed.feeds import FORMATS
from newsfeed.feeds.lint import detect
from newsfeed.text.media_types import media_type

HOST = "127.0.0.1"
LIVE = "/__newsfeed/"
BEAT = 15
"""Seconds between two signs of life to a page that waits for changes."""
_FRONT = "subscribe"

_SCRIPT = """\
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

    def close(self) -> None:
        """Let every waiting page go."""
        with self.changed:
            self.closed = True
            self.changed.notify_all()


def server(preview: Preview, port: int) -> ThreadingHTTPServer:
    """Return a server of ``preview`` on loopback; port 0 takes any that is free. Raises OSError."""

    class Handler(_Handler):
        pass

    Handler.preview = preview
    made = ThreadingHTTPServer((HOST, port), Handler)
    made.daemon_threads = True
    return made


class _Handler(BaseHTTPRequestHandler):
    preview: Preview
    protocol_version = "HTTP/1.1"
    server_version = "newsfeed"
    sys_version = ""

    def do_GET(self) -> None:
        self._answer(body=True)

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing: the terminal is for problems."""

    def _answer(self, *, body: bool) -> None:
        if not self._asked_for_us():
            self._send(HTTPStatus.MISDIRECTED_REQUEST, b"", "text/plain", body=body)
            return
        path = unquote(urlsplit(self.path).path)
        if path == f"{LIVE}changes":
            self._stream(body=body)
        elif path == f"{LIVE}live.js":
            self._send(HTTPStatus.OK, _SCRIPT.encode(), "text/javascript", body=body)
        else:
            self._file(path, body=body)

    def _asked_for_us(self) -> bool:
        """Say whether the request names this server as loopback does."""
        assert isinstance(self.server, ThreadingHTTPServer), "`server` makes no other"
        port = self.server.server_port
        names = {f"{name}:{port}" for name in (HOST, "localhost", "[::1]")}
        return self.headers.get("Host", "").lower() in names

    def _file(self, path: str, *, body: bool) -> None:
        place = self._place(path)
        if place is not None and place.is_dir():
            if not path.endswith("/"):
                self._send(
                    HTTPStatus.MOVED_PERMANENTLY, b"", "text/plain", body=body, to=path + "/"
                )
                return
            place = place / "index.html"
            if path == "/" and not place.is_file() and (place.parent / _FRONT).is_dir():
                # A site without a list of all news: what stands there is another program's.
                self._send(HTTPStatus.FOUND, b"", "text/plain", body=body, to=f"/{_FRONT}/")
                return
        status = HTTPStatus.OK
        if place is None or not place.is_file():
            status, place = HTTPStatus.NOT_FOUND, self.preview.folder / "404.html"
        try:
            data = place.read_bytes()
        except OSError:
            data = b"<!doctype html><title>404</title><p>404</p>"
        kind = _type(place, data)
        if kind == "text/html":
            data = _with_script(data)
        self._send(status, data, kind, body=body)

    def _place(self, path: str) -> Path | None:
        """Return the file that a path means, None for one outside the output folder."""
        if "\x00" in path or "\\" in path or any(part.startswith(".") for part in path.split("/")):
            return None
        root = self.preview.folder.resolve()
        try:
            place = (root / path.lstrip("/")).resolve()
        except (OSError, RuntimeError):
            return None
        return place if place == root or place.is_relative_to(root) else None

    def _send(
        self, status: HTTPStatus, data: bytes, kind: str, *, body: bool, to: str | None = None
    ) -> None:
        tag = f'"{hashlib.blake2b(data, digest_size=12).hexdigest()}"'
        if status is HTTPStatus.OK and tag in self.headers.get("If-None-Match", ""):
            status, data = HTTPStatus.NOT_MODIFIED, b""
        self.send_response(status)
        if to is not None:
            self.send_header("Location", quote(to))
        if status is not HTTPStatus.NOT_MODIFIED:
            text = kind.startswith("text/") or kind.endswith(("xml", "json"))
            self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
            self.send_header("Content-Length", str(len(data)))
        if status in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
            self.send_header("ETag", tag)
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if body:
            self.wfile.write(data)

    def _stream(self, *, body: bool) -> None:
        """Send the version of the site now, and again each time that it changes."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        seen = -1
        try:
            while body and not self.preview.closed:
                with self.preview.changed:
                    if self.preview.version == seen:
                        self.preview.changed.wait(BEAT)
                    version, problems = self.preview.version, self.preview.problems
                if version == seen:
                    self.wfile.write(b": still here\n\n")
                else:
                    seen = version
                    state = json.dumps({"version": version, "problems": problems})
                    self.wfile.write(f"data: {state}\n\n".encode())
                self.wfile.flush()
        except OSError:
            return


def _type(place: Path, data: bytes) -> str:
    form = FORMATS.get(detect(data) or "") if place.suffix in (".xml", ".json") else None
    return form.type if form else media_type(place.name)


def _with_script(data: bytes) -> bytes:
    before, end, after = data.rpartition(b"</body>")
    return before + _TAG.encode() + end + after if end else data + _TAG.encode()
