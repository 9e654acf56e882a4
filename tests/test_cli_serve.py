"""The preview: what a host would serve, to this machine alone, new as soon as a file is saved."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from command import SETTINGS, article, site
from newsfeed.cli.serve import connections, live
from newsfeed.cli.serve import server as serve

PATIENCE = 0.6
"""Seconds after which a server of the tests of patience lets a client go."""
Response = tuple[int, dict[str, str], bytes]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[live.Preview, int]]:
    yield from serving(tmp_path, connections.PATIENCE)


@pytest.fixture
def hurried(tmp_path: Path) -> Iterator[tuple[live.Preview, int]]:
    yield from serving(tmp_path, PATIENCE)


def serving(tmp_path: Path, patience: float) -> Iterator[tuple[live.Preview, int]]:
    folder = tmp_path / "public"
    (folder / "items").mkdir(parents=True)
    (folder / "index.html").write_text("<html><body><p>Home</p></body></html>")
    (folder / "items" / "index.html").write_text("<html><body>Items</body></html>")
    (folder / "404.html").write_text("<html><body>Nothing here</body></html>")
    (folder / "atom.xml").write_text("<feed/>")
    (folder / "été.png").write_bytes(b"png")
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / ".newsfeed-files").write_text("index.html")
    (folder / "linked").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.html")
    preview = live.Preview(folder)
    server = serve.server(preview, 0, patience=patience)
    # How often it looks whether it is to end, in seconds: half of one is its own.
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield preview, server.server_port
    preview.close()
    server.shutdown()
    server.server_close()


def ask(port: int, path: str, **headers: str) -> Response:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest("GET", path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    return answer.status, {k.lower(): v for k, v in answer.getheaders()}, data


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/", 200, "text/html; charset=utf-8"),
        ("/items/", 200, "text/html; charset=utf-8"),
        ("/items", 301, "text/plain; charset=utf-8"),
        ("/atom.xml", 200, "application/atom+xml; charset=utf-8"),
        ("/%C3%A9t%C3%A9.png", 200, "image/png"),
        ("/none.html", 404, "text/html; charset=utf-8"),
    ],
)
def test_files_are_served_as_a_host_does(served, path: str, status: int, kind: str) -> None:
    answer = ask(served[1], path)
    assert (answer[0], answer[1]["content-type"]) == (status, kind)


@pytest.mark.parametrize(
    "path",
    ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/out.txt", "/%00", "/.newsfeed-files",
     "/..\\secret.txt", "//etc/hostname", "/items/../../secret.txt", "/items//index.html", "/%2Fitems",
     "/%2e%2e%2fsecret.txt", "/items/%2e%2e/%2e%2e/secret.txt", "/%5c..%5csecret.txt", "/items/%00.html",
     "/linked/secret.txt", "/pipe.html", "/index.html/x", "/" + "x" * 10_000, "/" + "x/" * 20_000, "/C:/x",
     "/%f0%9f%98%80", "/items/.", "/./", "/.well-known/x"],
)  # fmt: skip
def test_nothing_outside_the_output_folder_is_served(served, path: str, capfd) -> None:
    status, _, data = ask(served[1], path)
    assert status == 404
    assert b"secret" not in data
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1", "", "127.0.0.1.nip.example:{port}"]
)
def test_other_names_are_refused(served, host: str) -> None:
    """A name of the web that leads to this machine gets nothing (DNS rebinding)."""
    status, _, data = ask(served[1], "/", Host=host.format(port=served[1]))
    assert status == 421
    assert data == b""


@pytest.mark.parametrize(
    "path", ["/%", "/%zz", "/%c3", "/%ff", "/items/%e2%82", "/%ed%a0%80", "*", "items/", "evil.example:80"]
)  # fmt: skip
def test_what_is_no_path_is_a_bad_request(served, path: str) -> None:
    assert ask(served[1], path)[0] == 400


def exchange(port: int, sent: bytes, *, limit: float = 10) -> bytes:
    """Return all that comes back for ``sent`` until the server closes the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=limit) as client:
        client.sendall(sent)
        got = b""
        while data := client.recv(1 << 16):
            got += data
        return got


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: {length}\r\n\r\n", b"501"),
        (b"GET / HTTP/1.1\r\nHost: {host}\r\nContent-Length: {length}\r\n\r\n", b"200"),
        (b"GET / HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n", b"200"),
        (b"DELETE /items/ HTTP/1.1\r\nHost: {host}\r\n\r\n", b"501"),
        (b"GET / HTTP/1.1\r\nHost: {host}\r\nHost: evil.example\r\n\r\n", b"421"),
        (b"GET / HTTP/1.1\r\nHost: {host}\r\n" + b"X: y\r\n" * 200 + b"\r\n", b"431"),
        (b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\nHost: {host}\r\n\r\n", b""),
        (b"GET / HTTP/1.1\r\nHost: {host}\r\nX: " + b"y" * 70_000 + b"\r\n\r\n", b"431"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", b""),
        (b"GET / HTTP/9.9\r\nHost: {host}\r\n\r\n", b""),
        (b"GET /\r\n\r\n", b""),
    ],
)
def test_one_request_is_answered_and_no_more(served, sent: bytes, status: bytes, capfd) -> None:
    """What comes after a head that is refused, or bears a body, is no request of its own."""
    host = f"127.0.0.1:{served[1]}".encode()
    hidden = b"GET /atom.xml HTTP/1.1\r\nHost: " + host + b"\r\n\r\n"
    sent = sent.replace(b"{host}", host).replace(b"{length}", b"%d" % len(hidden)) + hidden
    with suppress(ConnectionResetError):
        got = exchange(served[1], sent)
        assert got.partition(b" ")[2].startswith(status)
        assert b"<feed/>" not in got
    assert capfd.readouterr().err == ""


def test_what_it_serves_is_of_no_use_to_other_sites(served) -> None:
    """Neither frames nor pictures of it work elsewhere, and nothing is taken for another type."""
    for path in ("/", "/atom.xml", "/none", "/items", "/__newsfeed/live.js", "/%zz"):
        headers = ask(served[1], path)[1]
        assert headers["content-security-policy"] == "frame-ancestors 'self'", path
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["x-content-type-options"] == "nosniff"
        assert not [name for name in headers if name.startswith("access-control")]


@pytest.mark.parametrize("path", ["/", "/atom.xml", "/__newsfeed/changes", "/__newsfeed/live.js"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://localhost:{port}"},
        {"Origin": "https://127.0.0.1:{port}"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"},
    ],
)
def test_other_origins_are_refused(served, path: str, headers: dict[str, str]) -> None:
    """Pages of other sites, of other ports of this machine, and in a sandbox: none hears of builds."""
    port = served[1]
    status, _, data = ask(port, path, **{k: v.format(port=port) for k, v in headers.items()})
    assert (status, data) == (403, b"")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://127.0.0.1:{port}"},
        {"Host": "LOCALHOST:{port}", "Origin": "http://localhost:{port}"},
        {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
    ],
)
def test_own_pages_and_links_from_elsewhere_are_answered(served, headers: dict[str, str]) -> None:
    port = served[1]
    assert ask(port, "/", **{k: v.format(port=port) for k, v in headers.items()})[0] == 200


@pytest.mark.parametrize(
    ("begun", "pause"),
    [
        (b"", 0),
        (b"GET / HT", 0),
        (b"GET / HTTP/1.1\r\nHost: x", 0.1),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n", 0),
    ],
)
def test_no_client_is_waited_for_for_ever(hurried, begun: bytes, pause: float) -> None:
    """One that sends nothing, half a head, a byte now and then, or nothing more is let go."""
    _, port = hurried
    start = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(begun.replace(b"{port}", str(port).encode()))
        client.settimeout(pause or 10)
        ended = False
        while not ended and time.monotonic() < start + 8 * PATIENCE:
            try:
                ended = not client.recv(1 << 16)
                if pause:
                    client.send(b"x")
            except TimeoutError:
                client.send(b"x")
            except OSError:
                ended = True
        assert ended
    assert PATIENCE * 0.9 < time.monotonic() - start < 4 * PATIENCE


def test_a_client_that_takes_nothing_is_let_go(hurried) -> None:
    preview, port = hurried
    (preview.folder / "big.bin").write_bytes(b"x" * 30_000_000)
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(f"GET /big.bin HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        time.sleep(2.5 * PATIENCE)
        got = 0
        with suppress(ConnectionResetError):
            while data := client.recv(1 << 20):
                got += len(data)
    assert got < 30_000_000


def test_many_connections_hold_up_nobody(served) -> None:
    """Pages that wait, and clients that send half a request: the next one is answered at once."""
    _, port = served
    head = f"GET /__newsfeed/changes HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
    before = threading.active_count()
    with ExitStack() as open_ones:
        for number in range(3 * connections.MOST):
            client = socket.create_connection(("127.0.0.1", port), timeout=10)
            open_ones.enter_context(client)
            client.sendall(head if number % 2 else head[:20])
        start = time.monotonic()
        assert ask(port, "/")[0] == 200
        assert time.monotonic() - start < connections.PATIENCE / 2
        until = time.monotonic() + 10
        while threading.active_count() > before + connections.MOST and time.monotonic() < until:
            time.sleep(0.1)
        assert threading.active_count() <= before + connections.MOST


def test_a_large_file_comes_whole(served) -> None:
    preview, port = served
    data = bytes(range(256)) * 8000
    (preview.folder / "big.bin").write_bytes(data)
    assert ask(port, "/big.bin")[2] == data


def test_what_has_not_changed_is_304(served) -> None:
    _, headers, _ = ask(served[1], "/")
    status, again, data = ask(served[1], "/", If_None_Match=headers["etag"])
    assert (status, data) == (304, b"")
    assert again["etag"] == headers["etag"]


def test_a_page_hears_of_each_build_and_its_problems(served) -> None:
    """The page's script is there, and its stream sends the state now and after each build."""
    preview, port = served
    assert b"/__newsfeed/live.js" in ask(port, "/")[2]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/__newsfeed/changes")
    answer = connection.getresponse()
    assert json.loads(answer.readline().removeprefix(b"data: ")) == {"version": 0, "problems": ""}
    answer.readline()
    preview.update("items/a.md:1:1: erreur")
    state = json.loads(answer.readline().removeprefix(b"data: "))
    assert state == {"version": 1, "problems": "items/a.md:1:1: erreur"}
    connection.close()


class Serving:
    """The real command on a site's folder; what it says goes to ``log``."""

    def __init__(
        self, folder: Path, log: Path | None = None, *options: str, browser: str = ""
    ) -> None:
        self.log = log.open("w", encoding="utf-8") if log else None
        self.process = subprocess.Popen(
            [sys.executable, "-m", "newsfeed", "serve", "--port", "0", *options],
            cwd=folder,
            env={**os.environ, "BROWSER": browser} if browser else None,
            stdout=subprocess.PIPE,
            stderr=self.log or subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline().rstrip("/\n").rpartition(":")[2])

    def __enter__(self) -> Serving:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(10)
        self.process.stdout.close()
        if self.log:
            self.log.close()

    def shows(self, text: str, path: str = "/") -> bool:
        """Wait until the page at ``path`` says ``text``."""
        until = time.monotonic() + 20
        while time.monotonic() < until:
            if text.encode() in ask(self.port, path)[2]:
                return True
            time.sleep(0.1)
        return False

    def version(self) -> int:
        """Return how many times the site was built."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", "/__newsfeed/changes")
        state = json.loads(connection.getresponse().readline().removeprefix(b"data: "))
        connection.close()
        return int(state["version"])


def test_saving_an_article_builds_again(tmp_path: Path) -> None:
    """Through the real command: a saved article is on the page, and public/ is left alone."""
    folder = site(tmp_path, {"a.md": article("Premier")})
    with Serving(folder) as serving:
        assert serving.shows("Premier")
        (folder / "items" / "b.md").write_text(article("Deuxième", "2026-01-03"), "utf-8")
        assert serving.shows("Deuxième")
    assert not (folder / "public").exists()
    assert not (folder / "newsfeed.lock").exists()


def test_what_lies_elsewhere_is_watched_too(tmp_path: Path) -> None:
    """Articles in a folder that the configuration names, templates behind a link: both are seen."""
    folder = site(tmp_path / "site", {"a.md": article("Ici")})
    elsewhere = site(tmp_path / "elsewhere", {"a.md": article("Ailleurs")})
    (elsewhere / "templates" / "page").mkdir(parents=True)
    (folder / "templates").symlink_to(elsewhere / "templates")
    with Serving(folder) as serving:
        assert serving.shows("Ici")
        (elsewhere / "templates" / "page" / "footer.html").write_text("<footer>Un</footer>")
        assert serving.shows("<footer>Un</footer>")
        settings = SETTINGS + f"[items]\npath = '{elsewhere / 'items'}'\n"
        (folder / "newsfeed.toml").write_text(settings, "utf-8")
        assert serving.shows("Ailleurs")
        time.sleep(1)
        (elsewhere / "items" / "b.md").write_text(article("Deuxième", "2026-01-03"), "utf-8")
        assert serving.shows("Deuxième")


@pytest.mark.parametrize("log", ["serve.log", "items/serve.log"])
def test_what_it_says_does_not_wake_it(tmp_path: Path, log: str) -> None:
    """Its messages may go to a file in the folder; other files of no concern are left alone too."""
    folder = site(tmp_path, {"a.md": article("Premier"), "b.md": "---\ntitle: [\n---\n"})
    with Serving(folder, folder / log) as serving:
        assert serving.shows("Premier")
        before = serving.version()
        (folder / "notes.txt").write_text("à faire")
        time.sleep(1.5)
        assert serving.version() == before
        (folder / "items" / "c.md").write_text(article("Deuxième", "2026-01-03"), "utf-8")
        assert serving.shows("Deuxième")
        time.sleep(1.5)
        assert serving.version() == before + 1
    assert "items/b.md" in (folder / log).read_text("utf-8")


@pytest.mark.parametrize(
    ("options", "seen", "hidden"),
    [
        ((), "Paru", "Esquisse"),
        (("--drafts", "--now", "2026-11-23"), "Esquisse", "Bientôt"),
        (("--future", "--now", "2026-11-23"), "Bientôt", "Esquisse"),
        (("--now", "2026-12-25"), "Bientôt", "Esquisse"),
        (("--now", "2026-11-23"), "Paru", "Bientôt"),
    ],
)
def test_a_preview_shows_what_it_is_asked_for(
    tmp_path: Path, options: tuple[str, ...], seen: str, hidden: str
) -> None:
    articles = {
        "a.md": article("Paru", "2026-11-01"),
        "b.md": article("Esquisse", "2026-11-02", draft="true"),
        "c.md": article("Bientôt", "2026-12-24"),
    }
    folder = site(tmp_path, articles)
    options = options or ("--now", "2026-11-23")
    with Serving(folder, None, *options) as serving:
        assert serving.shows(seen)
        assert hidden.encode() not in ask(serving.port, "/")[2]


def test_a_browser_is_opened_on_wish(tmp_path: Path) -> None:
    """It is shown the address of the preview; ``BROWSER`` names it, as elsewhere."""
    browser, told = tmp_path / "browser", tmp_path / "told"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > "{told}"\n', "utf-8")
    browser.chmod(0o755)
    folder = site(tmp_path / "site", {"a.md": article("Premier")})
    with Serving(folder, None, "--open", browser=str(browser)) as serving:
        until = time.monotonic() + 20
        while not (told.exists() and told.read_text("utf-8")) and time.monotonic() < until:
            time.sleep(0.1)
        assert told.read_text("utf-8").endswith(f":{serving.port}/")
