"""Letters of every layout, language, length and set of pictures, in a browser, in light and dark.

`make letters` tries all of them; the suite tries a part that holds each value of each axis.
"""

from __future__ import annotations

import itertools
import json

import pytest

from conftest import NODE_MODULES
from letter_pictures import SHAPES, SITE, Shelf, illustrated
from letters_samples import ITEMS, LOGO, config, letter, theme
from newsfeed.newsletter import Extras, render
from newsfeed.newsletter.support import support

LAYOUTS = ("magazine", "bulletin", "essay")
LANGUAGES = ("fr", "en", "ar")
COUNTS = (1, 3, 8, 30)
WIDTHS = (320, 375, 480, 560, 640)
SCHEMES = ("light", "dark")
SAMPLE = (
    ("magazine", "fr", 8, "photographs"),
    ("magazine", "en", 30, "mixed"),
    ("magazine", "ar", 3, "landscape"),
    ("magazine", "fr", 1, "mixed"),
    ("magazine", "fr", 8, "none"),
    ("bulletin", "ar", 8, "mixed"),
    ("essay", "en", 3, "photographs"),
    ("essay", "ar", 30, "mixed"),
)
ALL = tuple(itertools.product(LAYOUTS, LANGUAGES, COUNTS, SHAPES))
CASES = [pytest.param(*case, marks=() if case in SAMPLE else pytest.mark.whole) for case in ALL]

MEASURED = """() => ({
    wide: document.documentElement.scrollWidth,
    headline: document.querySelector('h2').getBoundingClientRect().top,
    pictures: [...document.images].map(image => ({
        src: image.src, natural: image.naturalWidth, high: image.naturalHeight,
        width: image.getBoundingClientRect().width, height: image.getBoundingClientRect().height})),
    holes: [...document.querySelectorAll('.cols')].map(row => {
        const boxes = [...row.querySelectorAll('.col')].map(each => each.getBoundingClientRect())
        const side = boxes.length > 1 && Math.abs(boxes[0].top - boxes[1].top) < 2
        const filled = side ? Math.max(...boxes.map(b => b.right)) - Math.min(...boxes.map(b => b.left))
            : Math.min(...boxes.map(b => b.width))
        return row.getBoundingClientRect().width - filled}),
})"""


def made(layout, language, count, pictures):
    """Return a letter's HTML, and the pictures that it shows by their address."""
    settings = config(f'layout = "{layout}"')
    shelf = Shelf()
    extras = Extras(logos=(LOGO,), pictures=shelf.pictures())
    rendered = render(
        illustrated(letter(count, language), pictures), settings, theme(settings), extras
    )
    codes = [problem.code for problem in rendered.problems]
    assert not {"letter-pictures-heavy", "letter-picture-heavy", "letter-too-heavy"} & {*codes}
    return rendered.outputs[0].data.decode(), shelf.data


@pytest.mark.browser
@pytest.mark.node
@pytest.mark.slow
@pytest.mark.parametrize(("layout", "language", "count", "pictures"), CASES)
def test_a_letter_holds(browser, layout, language, count, pictures):
    """Nothing overflows, no picture is wider than twice its place, no column leaves a hole, axe is
    content; the HTML is below 90 KB, the pictures are below 2 MB together and 500 kB each."""
    html, data = made(layout, language, count, pictures)
    assert len(html.encode()) < 90_000
    shown = {url: len(each) for url, each in data.items() if url in html}
    assert sum(shown.values()) < 2_000_000
    assert max(shown.values(), default=0) <= 500_000
    if count == 8 and layout == "magazine":
        assert len(html.encode()) <= 30_000
        assert support(html.encode()).pairs <= 56
    axe = (NODE_MODULES / "axe-core" / "axe.min.js").read_text("utf-8")

    def answer(route):
        url = route.request.url
        if url in data:
            route.fulfill(body=data[url], content_type="image/jpeg")
        else:
            route.fulfill(path=str(ITEMS.parent / "static" / "logo.png"))

    for scheme in SCHEMES:
        context = browser.new_context(
            viewport={"width": WIDTHS[-1], "height": 900}, color_scheme=scheme
        )
        page = context.new_page()
        page.route(f"{SITE}**", answer)
        page.set_content(html, wait_until="load")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found = page.evaluate(MEASURED)
            where = json.dumps([width, scheme, found], indent=1)
            assert found["wide"] <= width, where
            assert all(hole <= 2 for hole in found["holes"]), where
            for each in found["pictures"]:
                if each["src"] in data and width == WIDTHS[-1]:
                    assert each["natural"] <= 2 * each["width"] + 1, where
                if each["src"] in data:
                    shape = each["natural"] / each["high"] * each["height"] / each["width"]
                    assert 0.97 < shape < 1.03, where
            if width == WIDTHS[-1] and layout != "bulletin":
                assert found["headline"] <= 420, where
        page.evaluate(axe)
        violations = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        grave = [
            (each["id"], [node["html"][:160] for node in each["nodes"]][:3])
            for each in violations
            if each["impact"] in ("serious", "critical")
        ]
        assert not grave, grave
        context.close()
