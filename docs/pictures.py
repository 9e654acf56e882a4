"""Take the pictures of the pages that the documentation shows, from a built site.

``newsfeed build && python docs/pictures.py`` needs Chromium, playwright and Pillow (the ``dev`` extra).
"""

from __future__ import annotations

import functools
import http.server
import io
import shutil
import sys
import threading
from pathlib import Path
from urllib.parse import unquote

from PIL import Image
from playwright.sync_api import Route, sync_playwright

from newsfeed.config import parse

PICTURES = Path(__file__).parent / "pictures"
SHOTS = (
    ("page-news-light", "index.html", 1280, 900, "light"),
    ("page-news-phone-dark", "index.html", 390, 844, "dark"),
    ("page-item-light", "items/2026/11/appel-a-projets.html", 1280, 1000, "light"),
    ("page-item-dark", "items/2026/02/strategie-mi-parcours.html", 1280, 1000, "dark"),
    ("page-item-phone-light", "items/2026/11/portrait-coordination.html", 390, 844, "light"),
    ("page-subscribe-light", "subscribe/index.html", 1280, 900, "light"),
    ("letter-light", "newsletter/latest/letter.html", 640, 1500, "light"),
    ("letter-phone-dark", "newsletter/latest/letter.html", 375, 1500, "dark"),
)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def main(public: Path) -> None:
    """Write every picture of the site in the folder ``public``."""
    PICTURES.mkdir(exist_ok=True)
    site = parse((public.parent / "newsfeed.toml").read_text("utf-8")).site.url
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(public))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for name, path, width, height, scheme in SHOTS:
            page = browser.new_page(
                viewport={"width": width, "height": height},
                color_scheme="dark" if scheme == "dark" else "light",
            )
            # A letter's pictures have the site's own address.
            page.route(f"{site}**", lambda route: route.fulfill(path=_file(public, site, route)))
            page.goto(f"http://127.0.0.1:{server.server_port}/{path}", wait_until="networkidle")
            taken = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
            taken.quantize(128).save(PICTURES / f"{name}.png", optimize=True)
            page.close()
        browser.close()
    server.shutdown()


def _file(public: Path, site: str, route: Route) -> Path:
    return public / unquote(route.request.url.removeprefix(site))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "public"))
