"""The pages in a real browser: they fit, they can be read, and the keyboard is enough."""

from __future__ import annotations

import functools
import http.server
import json
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import pages_samples as samples
from command import SETTINGS, article, newsfeed, site

pytestmark = pytest.mark.browser
HERE = Path(__file__).parent
MODULES = HERE / "node" / "node_modules"
KINDS = {
    "all news": "index.html",
    "older news": "page/1/index.html",
    "item": "items/2026/11/parcours.html",
    "english item": "items/2026/11/screening.html",
    "arabic item": "items/2026/11/kashf.html",
    "category": "categories/depistage/index.html",
    "author": "authors/yanis-morel/index.html",
    "overview": "tags/index.html",
    "issues": "newsletter/index.html",
    "subscribe": "subscribe/index.html",
    "not found": "404.html",
    "redirect": "vieux/index.html",
    "expired": "fini.html",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site on disk, with its pictures."""
    root = tmp_path_factory.mktemp("public")
    for output in samples.site():
        # The page at a former address would leave before it is looked at.
        data = re.sub(rb'<meta http-equiv="refresh".*?>', b"", output.data or b"")
        path = root / "actus" / output.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (root / "actus" / "media").mkdir()
    (root / "actus" / "static").mkdir()
    for name in ("media/vagues.png", "media/route.png", "static/logo.png"):
        shutil.copy(HERE / "data" / "pages" / "vagues.png", root / "actus" / name)
    return root


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder))
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/actus/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def tabs(browser: Any) -> Iterator[Callable[..., Any]]:
    """Give a tab of a browser with some options, opened once for all tests."""
    opened: dict[str, Any] = {}

    def give(**options: object) -> Any:
        key = repr(sorted(options.items()))
        if key not in opened:
            opened[key] = browser.new_page(**options)
        opened[key].set_viewport_size({"width": 1280, "height": 800})
        return opened[key]

    yield give
    for tab in opened.values():
        tab.context.close()


@pytest.fixture
def tab(tabs: Callable[..., Any]) -> Iterator[Any]:
    tab = tabs(locale="fr-FR")
    yield tab
    tab.unroute_all()
    tab.emulate_media(media="null")


@pytest.mark.parametrize("kind", KINDS)
def test_pages_fit(tabs: Any, address: str, kind: str) -> None:
    """At 320, 640 and 1280 px, light and dark, nothing stands out of the page's width."""
    for scheme in ("light", "dark"):
        tab = tabs(color_scheme=scheme)
        tab.goto(address + KINDS[kind])
        for width in (320, 640, 1280):
            tab.set_viewport_size({"width": width, "height": 800})
            assert tab.evaluate("document.documentElement.scrollWidth") <= width, (scheme, width)


@pytest.mark.node
@pytest.mark.parametrize(
    ("kind", "scheme", "width"),
    # Each kind of page in one of the two; both by `make whole`.
    [
        pytest.param(kind, *look, marks=[pytest.mark.whole] if (at + number) % 2 else [])
        for number, kind in enumerate(KINDS)
        for at, look in enumerate((("light", 1280), ("dark", 320)))
    ],
)
def test_pages_are_accessible(tabs: Any, address: str, kind: str, scheme: str, width: int) -> None:
    """axe-core finds nothing serious or moderate, on a desk in light, on a phone in the dark."""
    tab = tabs(color_scheme=scheme, reduced_motion="reduce")
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(address + KINDS[kind])
    tab.add_script_tag(path=str(MODULES / "axe-core" / "axe.min.js"))
    found = tab.evaluate("axe.run().then(r => r.violations)")
    serious = [
        (each["id"], [node["html"] for node in each["nodes"]])
        for each in found
        if each["impact"] in ("serious", "critical", "moderate")
    ]
    assert serious == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_keyboard_reaches_everything(tab: Any, address: str, kind: str) -> None:
    """Tab comes to every link, field and player, in order, and each shows that it has the focus."""
    tab.goto(address + KINDS[kind])
    wanted = tab.evaluate(
        "[...document.querySelectorAll('a[href], input, audio')]"
        ".filter(e => e.checkVisibility()).map((e, i) => e.dataset.n = i)"
    )
    seen, blind = [], []
    for _ in range(len(wanted) * 8 + 20):
        tab.keyboard.press("Tab")
        number, shown = tab.evaluate(
            "(() => { const e = document.activeElement, s = getComputedStyle(e);"
            "return [e.dataset.n, s.outlineStyle != 'none' && parseFloat(s.outlineWidth) >= 2]; })()"
        )
        if number is not None and int(number) not in seen:
            seen.append(int(number))
            if not shown:
                blind.append(number)
        if len(seen) == len(wanted):
            break
    assert seen == wanted
    assert blind == []


@pytest.mark.parametrize("kind", KINDS)
def test_pages_need_no_script(tabs: Any, address: str, kind: str) -> None:
    """Without script everything is there but the search, whose form stays hidden."""
    shown = []
    for scripts in (True, False):
        tab = tabs(java_script_enabled=scripts)
        tab.goto(address + KINDS[kind])
        shown.append(tab.locator("main").inner_text())
        if tab.locator("form.search").count():
            assert tab.locator("form.search").is_visible() is scripts
    assert shown[0] == shown[1]


def test_the_skip_link_skips(tab: Any, address: str) -> None:
    """The first Tab shows the skip link; Enter leads into the content."""
    tab.goto(address + KINDS["item"])
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize(
    ("query", "first", "count"),
    [
        ("depistage", "Screening: who is invited, and when", 5),
        ("DÉPISTAGE octobre", "Octobre rose\u00a0: trois rendez-vous dans la région", 1),
        ("l'hopital", None, 0),
        ("équip", "Parcours de soins", 2),
        ("الكشف", "الكشف المبكر", 1),
        ("zzz", None, 0),
        ("<zzz>", None, 0),
    ],
)
def test_search(tab: Any, address: str, query: str, first: str | None, count: int) -> None:
    """Search pays no heed to accents and case, and says how much it found."""
    tab.goto(address + KINDS["item"])
    tab.locator("#page-search").fill(query)
    said = "Aucun résultat" if not count else f"Résultats\u00a0: {count}"
    tab.wait_for_function(
        "t => document.querySelector('.found').textContent === t", arg=said, timeout=4000
    )
    links = tab.locator(".hits a")
    assert links.count() == count
    if first:
        assert links.first.inner_text().startswith(first)
        links.first.click()
        assert tab.locator("h1").inner_text().startswith(first)


def test_search_by_keyboard(tab: Any, address: str) -> None:
    """Arrows walk through what was found, Escape empties the field."""
    tab.goto(address + KINDS["all news"])
    tab.locator("#page-search").focus()
    tab.keyboard.type("dépistage")
    tab.wait_for_selector(".hits a")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowDown")
    assert tab.evaluate("document.activeElement === document.querySelectorAll('.hits a')[1]")
    tab.keyboard.press("ArrowUp")
    tab.keyboard.press("ArrowUp")
    assert tab.evaluate("document.activeElement.id") == "page-search"
    tab.keyboard.press("Escape")
    tab.wait_for_function("document.querySelectorAll('.hits a').length === 0")
    assert tab.locator(".found").inner_text() == ""


def test_search_says_when_it_cannot(tab: Any, address: str) -> None:
    """Where the index cannot be loaded, the reader is told."""
    tab.route("**/search.json", lambda route: route.abort())
    tab.goto(address)
    tab.locator("#page-search").fill("soin")
    tab.wait_for_function("document.querySelector('.found').textContent.includes('disponible')")


def test_pages_open_from_a_folder(tab: Any, folder: Path) -> None:
    """A page opened from the disk has its style and its links, without a server."""
    tab.goto((folder / "actus" / KINDS["item"]).as_uri())
    band = tab.evaluate("getComputedStyle(document.querySelector('.masthead')).borderTopWidth")
    assert band == "6px"
    assert tab.locator(".neighbours .previous").evaluate("e => e.protocol") == "file:"


def test_print_shows_the_article_alone(tab: Any, address: str) -> None:
    """On paper there is no navigation, and links say where they lead."""
    tab.emulate_media(media="print")
    tab.goto(address + KINDS["item"])
    assert not tab.locator(".menu").is_visible()
    assert not tab.locator(".neighbours").is_visible()
    after = "getComputedStyle(document.querySelector('.actions a'), '::after').content"
    assert tab.evaluate(after) == '" (https://www.exemple.fr/)"'


@pytest.mark.node
def test_the_nu_checker_agrees(folder: Path) -> None:
    """The Nu HTML checker finds no error and no warning on any page."""
    jar = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    files = sorted(str(path) for path in folder.rglob("*.html"))
    done = subprocess.run(
        ["java", "-Xmx400m", "-jar", str(jar), "--format", "json", "--stdout", *files],
        capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    messages = json.loads(done.stdout)["messages"]
    said = [f"{m['url']}:{m.get('lastLine')}: {m['message']}" for m in messages]
    assert said == []


LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2


def test_words_without_end_fit(tab: Any, tmp_path: Path) -> None:
    """A word that is longer than any line breaks, wherever it stands."""
    text = article(
        LONG, body=f"## {LONG}\n\n{LONG}\n\n| {LONG} | b |\n|---|---|\n| {'x' * 300} | d |\n\n`{LONG}`",
        category=LONG, summary=LONG, authors=f"[{LONG}]", tags=str([f"mot {at}" for at in range(60)]),
    )  # fmt: skip
    settings = SETTINGS.replace("Le réseau", LONG)
    site(tmp_path, {"a.md": text, "b.md": article("B")}, settings)
    assert newsfeed("build", cwd=tmp_path).returncode == 0
    for path in ("index.html", "items/2026/01/a.html", "tags/index.html", "subscribe/index.html"):
        tab.goto((tmp_path / "public" / path).as_uri())
        for width in (320, 640, 1280):
            tab.set_viewport_size({"width": width, "height": 800})
            assert tab.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
