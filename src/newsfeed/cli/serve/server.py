"""A preview server on loopback: the output folder as a host would serve it, reloaded on change.

It answers to its own names alone, so that no page of the web can read a draft through a name that
leads to this machine (DNS rebinding), to no page of another origin, and only with files of the output
folder. It reads and changes nothing else, and no client can hold it up.
"""

from __future__ import annotations

import hashlib
import json
import os
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

from newsfeed import disk
from newsfeed.cli.serve.connections import PATIENCE, Server
from newsfeed.cli.serve.live import BEAT, LIVE, SCRIPT, Preview, with_script
from newsfeed.feeds import FORMATS
from newsfeed.feeds.lint import detect
from newsfeed.text.media_types import media_type
from newsfeed.text.regex import regex

HOST = "127.0.0.1"
_LONGEST = 4096
"""Characters of a path: no disk holds a longer one, and each of its parts would be looked up."""
_PART = 1 << 16
_FRONT = "subscribe"
_NO_ESCAPE = regex("%(?![0-9A-Fa-f]{2})")
_SAFE = {
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "frame-ancestors 'self'",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Headers of every answer: pages of other origins neither frame what it shows nor embed it."""


def server(preview: Preview, port: int, *, patience: float = PATIENCE) -> Server:
    """Return a server of ``preview`` on loopback; port 0 takes any that is free. Raises OSError.

    It waits ``patience`` seconds for a client.
    """

    class Handler(_Handler):
        pass

    Handler.preview = preview
    Handler.timeout = patience
    return Server((HOST, port), Handler, patience=patience, ended=preview.wake)


class _Handler(BaseHTTPRequestHandler):
    preview: Preview
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "newsfeed"
    sys_version = ""

    def handle_one_request(self) -> None:
        """Answer the next request of the connection, which has to come in time."""
        self.server.expect(self.connection)
        super().handle_one_request()

    def do_GET(self) -> None:
        self._answer(body=True)

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing: the terminal is for problems."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002 - http.server's signature
        """Refuse what is no request of HTTP, or any but GET and HEAD: nothing here can be changed."""
        self._refuse(HTTPStatus(code))

    def _answer(self, *, body: bool) -> None:
        # What follows the head of a request is not the next request.
        if "Content-Length" in self.headers or "Transfer-Encoding" in self.headers:
            self.close_connection = True
        refused = self._refused()
        path = _path(self.path)
        if refused is not None:
            self._refuse(refused)
        elif path is None:
            self._refuse(HTTPStatus.BAD_REQUEST)
        elif path == f"{LIVE}changes":
            self._stream(body=body)
        elif path == f"{LIVE}live.js":
            self._send(HTTPStatus.OK, SCRIPT.encode(), "text/javascript", body=body)
        else:
            self._file(path, body=body)

    def _refused(self) -> HTTPStatus | None:
        """Return why the request is not one to this server, from one of its own pages or a person.

        Pages of other origins are told apart by Origin, and where a browser sends none by
        Sec-Fetch-Site (Fetch Metadata §2.3); their links to a page of the preview are followed.
        """
        port = self.server.server_port
        names = {f"{name}:{port}" for name in (HOST, "localhost", "[::1]")}
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or hosts[0].lower() not in names:
            return HTTPStatus.MISDIRECTED_REQUEST
        own = f"http://{hosts[0].lower()}"
        if any(origin.lower() != own for origin in self.headers.get_all("Origin", [])):
            return HTTPStatus.FORBIDDEN
        near = self.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")
        followed = self.headers.get("Sec-Fetch-Mode") == "navigate"
        return None if near or followed else HTTPStatus.FORBIDDEN

    def _refuse(self, status: HTTPStatus) -> None:
        """Answer with ``status`` and nothing else, and close the connection."""
        self.close_connection = True
        self._send(status, b"", "text/plain", body=False)

    def _file(self, path: str, *, body: bool) -> None:
        place = self._place(path)
        if place is not None and os.path.isdir(place):
            if not path.endswith("/"):
                self._send(
                    HTTPStatus.MOVED_PERMANENTLY, b"", "text/plain", body=body, to=path + "/"
                )
                return
            place = place / "index.html"
            front = place.parent / _FRONT
            if path == "/" and not os.path.isfile(place) and front.is_dir():
                # A site without a list of all news: what stands there is another program's.
                self._send(HTTPStatus.FOUND, b"", "text/plain", body=body, to=f"/{_FRONT}/")
                return
        status = HTTPStatus.OK
        data = _read(place) if place is not None else None
        if place is None or data is None:
            status, place = HTTPStatus.NOT_FOUND, self.preview.folder / "404.html"
            data = _read(place) or b"<!doctype html><title>404</title><p>404</p>"
        kind = _type(place, data)
        if kind == "text/html":
            data = with_script(data)
        self._send(status, data, kind, body=body)

    def _place(self, path: str) -> Path | None:
        """Return the file that a path means, None for one outside the output folder."""
        parts = path[1:].split("/")
        if any(part.startswith(".") or not part for part in parts[:-1]) or parts[-1][:1] == ".":
            return None
        if "\x00" in path or "\\" in path or len(path) > _LONGEST:
            return None
        try:
            root = self.preview.folder.resolve()
            place = root.joinpath(*parts).resolve()
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
        for name, value in _SAFE.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        for start in range(0, len(data) if body else 0, _PART):
            self.server.expect(self.connection)
            self.wfile.write(data[start : start + _PART])

    def _stream(self, *, body: bool) -> None:
        """Send the version of the site now, and again each time that it changes."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        for name, value in {**_SAFE, "Cache-Control": "no-store"}.items():
            self.send_header(name, value)
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
                if not self.server.expect(self.connection, BEAT):
                    return
                if version == seen:
                    self.wfile.write(b": still here\n\n")
                else:
                    seen = version
                    state = json.dumps({"version": version, "problems": problems})
                    self.wfile.write(f"data: {state}\n\n".encode())
                self.wfile.flush()
        except OSError:
            return


def _path(target: str) -> str | None:
    """Return the path that the target of a request names, None for none (RFC 9112 §3.2.1).

    http.server reads the bytes of the line as ISO 8859-1.
    """
    written = target.partition("?")[0].partition("#")[0]
    if not written.startswith("/") or _NO_ESCAPE.search(written):
        return None
    try:
        return unquote_to_bytes(written.encode("iso-8859-1")).decode("utf-8")
    except UnicodeError:
        return None


def _read(place: Path) -> bytes | None:
    """Return the bytes of a regular file, None where there is none that can be read."""
    try:
        return disk.read(place)
    except (OSError, ValueError):
        return None


def _type(place: Path, data: bytes) -> str:
    form = FORMATS.get(detect(data) or "") if place.suffix in (".xml", ".json") else None
    return form.type if form else media_type(place.name)
