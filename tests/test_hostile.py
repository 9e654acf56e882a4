"""Articles written against us: what they hold opens no socket, and leaves the letter whole."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import lxml.html
import pytest

from command import SETTINGS, article, newsfeed, site, tree_of

FORBIDDEN = """
import os
import sys


def refuse(event, arguments):
    if event.startswith(("socket.connect", "socket.getaddrinfo", "socket.gethostby", "urllib.")):
        os.write(2, f"NETWORK: {event} {arguments}".encode())
        os._exit(99)


sys.addaudithook(refuse)
"""
"""What Python runs before anything of ours (sitecustomize): to ask the network ends the process."""

ARTICLES = {
    "style-head.md": '<p style="head">Un</p>\n\n<div style="p">deux</div>',
    "import.md": '<style>@import url("http://127.0.0.1:9/a.css");</style>\n\nUn\n\n'
    "<div style=\"background:url('http://127.0.0.1:9/b.png')\">deux</div>",
    "link.md": '<link rel="stylesheet" href="http://127.0.0.1:9/c.css">\n\n'
    '<base href="http://127.0.0.1:9/">Un <svg><use href="http://127.0.0.1:9/d.svg#e"/></svg>deux',
    "deep.md": "<div>" * 300 + "Un deux" + "</div>" * 300,
    "quoted.md": "> " * 300 + "Un deux",
    "merge.md": "Un *|UNSUB|* %%{email}%% &#123;&#123; contact.EMAIL &#125;&#125; `{{ x }}` deux",
    "outlook.md": "Un <!--[if mso]><script>x()</script><![endif]--> deux",
    "close.md": "Un </td></tr></table></body></html> deux",
    "long.md": "Un " + "mot" * 1000 + " [x](https://x.example/" + "a" * 3000 + ") deux",
    "bytes.md": "Un \x0b\x1b\u202e\u2028 🎉👩🏽‍⚕️ deux",
}
LETTER = """
[newsletter]
from = { name = "Le réseau", email = "lettre@example.org" }
unsubscribe = "https://www.example.org/adieu"
address = "Marseille"
limit = 30
max_kb = 90
esp = ["mailchimp", "brevo", "ghost", "postmark"]
"""
OWN = {
    "mailchimp": {"*|UNSUB|*", "*|ARCHIVE|*", "*|HTML:LIST_ADDRESS_HTML|*", "*|LIST:ADDRESSLINE|*"},
    "brevo": {"{{ unsubscribe }}", "{{ mirror }}"},
    "ghost": {"%%{unsubscribe_url}%%"},
    "postmark": {"{{{ pm:unsubscribe }}}"},
}
TAG = re.compile(r"\*\|.*?\|\*|\{\{\{?.*?\}\}\}?|%%.*?%%")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of hostile articles, each shown whole by an issue; built with the network forbidden."""
    root = tmp_path_factory.mktemp("hostile")
    articles = {
        name: article(f"Article {name.split('.')[0]}", f"2026-11-{day:02}", body)
        for day, (name, body) in enumerate(ARTICLES.items(), 1)
    }
    site(root, articles, SETTINGS + LETTER)
    lines = "".join(f"- items/{name}\n" for name in ARTICLES)
    (root / "issues").mkdir()
    (root / "issues/2026-11.md").write_text(
        f"---\nsubject: Bonjour *|FNAME|*\ndate: 2026-11-23\n---\n\n## Tout (texte intégral)\n\n{lines}",
        "utf-8",
    )
    (root / "hook").mkdir()
    (root / "hook/sitecustomize.py").write_text(FORBIDDEN, "utf-8")
    path = os.pathsep.join([str(root / "hook"), *filter(None, [os.environ.get("PYTHONPATH")])])
    for command in ("build", "digest", "check", "compose"):
        result = newsfeed(command, "--now", "2026-11-24", cwd=root, env={"PYTHONPATH": path})
        assert "NETWORK" not in result.stderr, command
        assert "Traceback" not in result.stderr, result.stderr
        assert result.returncode in (0, 1, 4), (command, result.stderr)
    return root


def test_the_hook_sees_the_network(folder: Path) -> None:
    """The fence of this test is one: what asks for an address is ended."""
    script = folder / "asks.py"
    script.write_text("import socket\nsocket.getaddrinfo('127.0.0.1', 9)\n", "utf-8")
    done = subprocess.run(
        [sys.executable, script],
        env={**os.environ, "PYTHONPATH": str(folder / "hook")},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 99


def test_every_letter_is_whole(folder: Path) -> None:
    """All articles are named, each from its first word to its last, and the footer stands below."""
    letters = sorted((folder / "public/newsletter/2026-11").glob("letter*.html"))
    assert len(letters) == 5
    for place in letters:
        page = lxml.html.fromstring(place.read_bytes())
        text = " ".join(" ".join(page.find("body").itertext()).split())
        # The first time a title stands in the list of contents.
        places = [text.rindex(f"Article {name.split('.')[0]}") for name in ARTICLES]
        assert places == sorted(places)
        ends = [*places[1:], text.index("Vous recevez ce message")]
        for name, start, end in zip(ARTICLES, places, ends, strict=True):
            assert re.search(r"\bUn\b.*\bdeux\b", text[start:end]), name
        assert not page.xpath("//script | //link | //base | //svg | //*[@onload]")
        assert "127.0.0.1" not in place.read_text("utf-8")
        assert max(map(len, place.read_bytes().split(b"\n"))) <= 998


@pytest.mark.parametrize("name", OWN)
def test_no_service_finds_a_tag_of_an_article(folder: Path, name: str) -> None:
    """In HTML, in the text and in the subject only the service's own tags are left."""
    for ending in ("html", "txt"):
        text = (folder / f"public/newsletter/2026-11/letter.{name}.{ending}").read_text("utf-8")
        shown = re.sub(r"<style.*?</style>|<!--.*?-->", "", text, flags=re.DOTALL)
        assert set(TAG.findall(shown)) <= OWN[name]
        assert set(TAG.findall(shown))
    head = (folder / f"public/newsletter/2026-11/letter.{name}.eml").read_bytes()
    assert b"*|FNAME|*" not in head.split(b"\r\n\r\n")[0]


def test_messages_are_lines_that_every_relay_bears(folder: Path) -> None:
    messages = {p: data for p, data in tree_of(folder / "public").items() if p.endswith(".eml")}
    assert len(messages) == 10
    for path, data in messages.items():
        assert data.isascii(), path
        assert max(map(len, data.split(b"\r\n"))) <= 998, path
        assert b"\n" not in data.replace(b"\r\n", b""), path
