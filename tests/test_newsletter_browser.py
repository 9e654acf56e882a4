"""Letters in a browser: nothing overflows, nothing keeps a reader out, with and without styles."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from conftest import NODE_MODULES
from draws import square
from letters_samples import ITEMS, LOGO, SITE, config, letter, theme
from letters_samples import entry as article
from newsfeed.newsletter import Extras, render
from newsfeed.theme.palette import contrast

pytestmark = pytest.mark.browser

LAYOUTS = ("magazine", "bulletin", "essay")
LANGUAGES = ("fr", "en", "ar")
COUNTS = (1, 8, 30)
WIDTHS = (320, 375, 640)


class Letters(dict[tuple[str, str, int], str]):
    """The HTML of every letter by (layout, language, count), made when it is asked for."""

    def __missing__(self, key: tuple[str, str, int]) -> str:
        layout, language, count = key
        settings = config(f'layout = "{layout}"')
        extras = Extras(logos=(LOGO,))
        outputs = render(letter(count, language), settings, theme(settings), extras).outputs
        self[key] = outputs[0].data.decode()
        return self[key]


@pytest.fixture(scope="module")
def letters():
    return Letters()


def bare(html: str) -> str:
    """Return a letter as clients show it that drop styles and comments."""
    html = re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)
    return re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL)


@pytest.fixture(scope="module")
def opened(browser):
    """Give a tab that shows some ``html``, its pictures served from the repository."""
    tabs = {}

    def give(html, width, scheme="light"):
        if scheme not in tabs:
            tabs[scheme] = browser.new_page(color_scheme=scheme)
            tabs[scheme].route("**/*", picture)
        tabs[scheme].set_viewport_size({"width": width, "height": 900})
        tabs[scheme].set_content(html, wait_until="load")
        return tabs[scheme]

    yield give
    for tab in tabs.values():
        tab.context.close()


def picture(route):
    file = ITEMS / route.request.url.removeprefix(f"{SITE}items/")
    if file.is_file():
        route.fulfill(path=str(file))
    else:
        route.fulfill(path=str(ITEMS.parent / "static" / "logo.png"))


@pytest.mark.parametrize(("layout", "language", "count"), square(LAYOUTS, LANGUAGES, COUNTS))
def test_nothing_overflows(opened, letters, layout, language, count):
    """At 320, 375 and 640 px no letter is wider than the screen, styles or not."""
    html = letters[layout, language, count]
    for shown in (html, bare(html)):
        page = opened(shown, 640)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{wide} px at {width}"


@pytest.mark.parametrize(("layout", "language", "count"), square(LAYOUTS, LANGUAGES, COUNTS))
def test_every_text_shows_without_styles(opened, letters, layout, language, count):
    """A client that drops every style and comment shows every word, and no preheader."""
    html = letters[layout, language, count]
    shown = []
    for each, width in ((html, 640), (bare(html), 375)):
        page = opened(each, width)
        shown.append(page.inner_text("body"))
    whole, plain = (" ".join(text.casefold().split()) for text in shown)
    assert plain == whole
    made = letter(count, language)
    for section in made.sections:
        assert section.title.casefold() in plain
        for entry in section.entries:
            assert entry.title.casefold() in plain
    online = {"fr": "lire en ligne", "en": "view in browser", "ar": "اقرأ في المتصفح"}
    assert plain.startswith(online[language])


OVERRULED = {
    # What webmails write over a letter without its styles: hteumeuleu/email-bugs#122, #123 and #51.
    "SFR": ".read *{font:100% Helvetica,Arial,sans-serif;margin:auto;padding:0}",
    "La Poste": ".read *{width:auto!important}",
}
LOOK = """() => {
  const box = element => element.getBoundingClientRect();
  const family = element => getComputedStyle(element).fontFamily;
  const tile = document.querySelector('.da');
  const title = tile.closest('td').nextElementSibling.querySelector('h2, h3');
  const [one, other] = [box(tile), box(title)];
  return {
    wide: document.documentElement.scrollWidth,
    between: Math.max(other.left - one.right, one.left - other.right),
    heads: [...document.querySelectorAll('h2 a, h3 a')].every(link =>
      family(link) === family(link.parentElement) && getComputedStyle(link).fontWeight >= 600),
  };
}"""


@pytest.mark.parametrize("program", OVERRULED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_webmails_that_write_over_styles(opened, letters, language, program):
    """Headlines keep their font, dates stay beside their titles, nothing is wider than the screen."""
    html = bare(letters["magazine", language, 8])
    html = html.replace("</head>", f"<style>{OVERRULED[program]}</style></head>")
    html = re.sub(r"<body([^>]*)>", r'<body\1><div class="read">', html)
    page = opened(html.replace("</body>", "</div></body>"), 375)
    look = page.evaluate(LOOK)
    assert look["wide"] <= 375 and look["between"] >= 8 and look["heads"], look


@pytest.mark.node
@pytest.mark.parametrize(
    ("layout", "language", "scheme", "count"),
    square(LAYOUTS, LANGUAGES, ("light", "dark"), COUNTS),
)
def test_axe_finds_nothing_serious(opened, letters, layout, language, scheme, count):
    """axe-core finds no serious or critical problem, in light and in the dark."""
    axe = (NODE_MODULES / "axe-core" / "axe.min.js").read_text("utf-8")
    page = opened(letters[layout, language, count], 640, scheme)
    page.evaluate(axe)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    grave = [
        (each["id"], [node["html"][:120] for node in each["nodes"]][:3])
        for each in found["violations"]
        if each["impact"] in ("serious", "critical")
    ]
    assert not grave, grave


EVERYTHING = (
    "<h2>Rank</h2><p>Words, <code>code</code>, <a href='https://x.example/'>a link</a>, "
    "<mark>a mark</mark>.</p><pre><code>one = 2</code></pre><blockquote><p>Told.</p></blockquote>"
    "<ul><li>one<ol><li>two</li></ol></li></ul><dl><dt>Term</dt><dd>Sense</dd></dl><hr>"
    "<table><thead><tr><th>Day</th><th>Hour</th></tr></thead><tbody><tr><td>Monday</td><td>9</td></tr>"
    "</tbody></table><p><a class='button' href='https://x.example/'>Come now</a></p>"
    "<details><summary>More</summary><p>of it</p></details><figure><img src='https://x.example/a.png' "
    "width='300' alt='A view'><figcaption>A view</figcaption></figure>"
)
"""All that an author may write, in the editorial as in an article."""


@pytest.mark.node
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_whatever_is_written_can_be_read(opened, layout, scheme):
    """No text of an editorial or of a whole article is too pale for its own ground."""
    settings = config(f'layout = "{layout}"')
    made = letter(1, style="full", editorial=EVERYTHING)
    style = "lead" if layout == "essay" else "full"
    whole = replace(made.sections[0], entries=(article(0, content=EVERYTHING),), style=style)
    made = replace(made, sections=(whole,))
    html = render(made, settings, theme(settings), Extras(logos=(LOGO,))).outputs[0].data.decode()
    assert html.count("one = 2") == 2
    page = opened(html, 640, scheme)
    page.evaluate((NODE_MODULES / "axe-core" / "axe.min.js").read_text("utf-8"))
    found = page.evaluate("axe.run({runOnly: ['color-contrast']})")["violations"]
    assert not [node["html"][:120] for each in found for node in each["nodes"]]


def test_dark_reaches_every_surface(opened, letters):
    """In the dark no surface stays light."""
    page = opened(letters["magazine", "fr", 8], 640, "dark")
    grounds = page.evaluate(
        """[...document.querySelectorAll('body, body *')].map(e =>
            [getComputedStyle(e).backgroundColor, e.className])"""
    )
    light = {
        name
        for colour, name in grounds
        if (channels := [float(n) for n in re.findall(r"[\d.]+", colour)])[3:] != [0.0]
        and sum(channels[:3]) > 3 * 128
        and name != "bt"
    }
    assert not light - {"bar"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_words_of_a_picture_that_does_not_load_can_be_read(opened, letters, layout, scheme):
    """Most programs wait for a click before they load pictures: their words have contrast enough."""
    page = opened(letters[layout, "fr", 8], 640, scheme)
    found = page.evaluate(
        """[...document.querySelectorAll('a > img')].map(image => {
            let ground = image;
            while (getComputedStyle(ground).backgroundColor == 'rgba(0, 0, 0, 0)')
                ground = ground.parentElement;
            return [getComputedStyle(image).color, getComputedStyle(ground).backgroundColor]
        })"""
    )
    assert found
    for pair in found:
        one, other = (
            "#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", colour)[:3])
            for colour in pair
        )
        assert contrast(one, other) >= 4.5, pair


def test_outlook_com_gets_the_same_dark(letters):
    """Outlook.com ignores the query: its own attribute selectors carry the same colours."""
    html = letters["magazine", "fr", 8]
    query = html.split("@media (prefers-color-scheme:dark){")[1].split("\n}")[0]
    wanted = set(re.findall(r"#[0-9a-f]{6}", query))
    outlook = "".join(re.findall(r"\[data-ogs[bc]\][^\n]*", html))
    assert wanted == set(re.findall(r"#[0-9a-f]{6}", outlook))


def test_pictures_of_the_letter(opened, letters, tmp_path: Path):
    """A letter can be photographed at every width: the README's pictures come from here."""
    page = opened(letters["magazine", "fr", 8], 640)
    broken = page.evaluate("[...document.images].filter(i => !i.naturalWidth).length")
    page.screenshot(path=str(tmp_path / "letter.png"), full_page=True)
    assert broken == 0
    assert (tmp_path / "letter.png").stat().st_size > 20_000
