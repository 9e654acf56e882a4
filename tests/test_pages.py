"""`newsfeed.pages`: what every page holds, where it leads, and what it depends on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urldefrag, urljoin
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

import pages_samples as samples
from command import SETTINGS, article, newsfeed
from command import site as site_of
from folders import items_of
from newsfeed import pages
from newsfeed.config import parse
from newsfeed.model import Entry, Event, Image, Item, Link, Output, Person
from newsfeed.pages.links import Place, settle
from newsfeed.pages.metadata import shortened
from newsfeed.pages.page_frame import OVERVIEWS
from newsfeed.pages.stylesheet import smaller
from newsfeed.site.plan import Group, plan
from newsfeed.theme.environment import Theme
from outlines import is_as_kept, outline

FILES = {"media/vagues.png", "media/route.png", "media/cahier-des-charges.pdf"}
FILES |= {"media/episode-1.mp3", "static/logo.png", "feeds.opml"}


@pytest.fixture(scope="module")
def site() -> dict[str, Output]:
    return {output.path: output for output in samples.site()}


def text(output: Output) -> str:
    assert output.data is not None
    return output.data.decode()


def pages_of(site: dict[str, Output]) -> Iterator[tuple[str, html.HtmlElement]]:
    for path, output in site.items():
        if path.endswith(".html"):
            yield path, html.document_fromstring(text(output))


def frame(templates: Path | None = None, **parts: Any) -> pages.PageFrame:
    return pages.PageFrame(Theme(samples.config(), templates), pages.SiteParts(**parts))


def test_the_same_input_gives_the_same_bytes(site: dict[str, Output]) -> None:
    """Nothing but the arguments shows in a page."""
    assert {output.path: output for output in samples.site()} == site


def test_every_kind_of_page_is_written(site: dict[str, Output]) -> None:
    """The paths are those that the documentation promises."""
    for path in (
        "index.html", "page/1/index.html", "items/2026/11/parcours.html",
        "categories/index.html", "categories/depistage/index.html", "tags/index.html",
        "tags/coordination/index.html", "authors/index.html",
        "authors/agnes-valensole/page/1/index.html", "subscribe/index.html",
        "newsletter/index.html", "404.html", "vieux/index.html", "sitemap.xml", "robots.txt",
        "site.css", "search.js", "search.json",
    ):  # fmt: skip
        assert path in site


def test_every_link_and_anchor_resolves(site: dict[str, Output]) -> None:
    """What a page leads to within the site exists, anchors too, and is relative."""
    known = {*site, *FILES}
    known |= {samples.feeds(folder)[form].removeprefix(samples.BASE) for folder in _folders(site) for form in samples.FORMATS}  # fmt: skip
    known |= {f"newsletter/2026-{month}/index.html" for month in ("09", "10", "11")}
    ids = {path: set(page.xpath("//@id")) for path, page in pages_of(site)}
    for path, page in pages_of(site):
        for element, _, url, _ in page.iterlinks():
            if element.get("rel") in ("canonical",) or (element.get("hreflang") and element.tag == "link"):  # fmt: skip
                continue
            assert not url.startswith(samples.BASE), (path, url)
            here = samples.BASE + path if path != "404.html" else samples.BASE + "any/where"
            target, fragment = urldefrag(urljoin(here, url))
            if not target.startswith(samples.BASE):
                assert target.startswith(("https:", "mailto:")), (path, url)
                continue
            found = unquote(target.removeprefix(samples.BASE))
            found += "index.html" if not found or found.endswith("/") else ""
            if path == "404.html" and url.startswith("#"):
                found = path
            assert found in known, (path, url)
            if fragment:
                assert fragment in ids[found], (path, url)


def test_every_page_is_reachable(site: dict[str, Output]) -> None:
    """From the first page a reader gets to every other, but to 404 pages and where articles were."""
    graph: dict[str, set[str]] = {}
    for path, page in pages_of(site):
        targets = {
            unquote(urldefrag(urljoin(samples.BASE + path, a))[0]) for a in page.xpath("//a/@href")
        }
        graph[path] = {t.removeprefix(samples.BASE) + ("index.html" if t.endswith("/") else "") for t in targets}  # fmt: skip
    seen, ahead = set(), ["index.html"]
    while ahead:
        path = ahead.pop()
        if path not in seen and path in graph:
            seen.add(path)
            ahead += graph[path]
    assert set(graph) - seen == {"404.html", "vieux/index.html", "fini.html"}


def test_every_page_has_what_the_web_expects(site: dict[str, Output]) -> None:
    """Language, one h1, headings in order, landmarks, a skip link, discovery of feeds, metadata."""
    for path, page in pages_of(site):
        assert page.get("lang") and page.get("dir") in ("ltr", "rtl")
        assert len(page.xpath("//main//h1")) == 1, path
        levels = [int(h.tag[1]) for h in page.xpath("//*[self::h1 or self::h2 or self::h3]")]
        assert levels[0] == 1
        assert all(b - a <= 1 for a, b in pairwise(levels)), path
        assert page.xpath("//title/text()")[0].strip(), path
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), path
        if path == "vieux/index.html":
            continue
        assert page.xpath("//a[@class='skip']/@href") == ["#page-main"]
        assert page.xpath("//header[@class='masthead']//nav[@aria-label]")
        assert page.xpath("//footer//p[@class='notice']")
        assert len(page.xpath("//head/link[@rel='alternate'][@title]")) >= 3, path
        assert not page.xpath("//@style | //@onclick | //style")
        assert all(s.get("src") or s.get("type") == "application/ld+json" for s in page.xpath("//script"))  # fmt: skip
        if path not in ("404.html", "fini.html"):
            url = samples.BASE + quote(path.removesuffix("index.html"))
            assert page.xpath("//link[@rel='canonical']/@href") == [url]
            assert page.xpath("//meta[@name='description']/@content")[0]
            assert page.xpath("//meta[@property='og:url']/@content") == [url]


def test_groups_announce_their_own_feeds(site: dict[str, Output]) -> None:
    """A category's page is discovered with its own three feeds, and shows them."""
    page = html.document_fromstring(text(site["categories/depistage/index.html"]))
    links = page.xpath("//head/link[@rel='alternate']/@href")
    assert {"../../categories/depistage/atom.xml", "../../atom.xml"} <= set(links)
    assert len(page.xpath("//p[@class='follow']/a")) == 3


def test_an_item_s_page(site: dict[str, Output]) -> None:
    """Everything that an article has is on its page, in its place."""
    page = html.document_fromstring(text(site["items/2026/11/parcours.html"]))
    said = re.sub(r"[\s\u00a0]+", " ", page.xpath("string(//main)"))
    for part in (
        "Appel à projets · Parcours", "Publié le 22 novembre 2026", "Mis à jour le 23 novembre 2026",
        "Source : Institut national", "Par Agnès Valensole, Yanis Morel", "Illustration : Réseau Alizé",
        "13 décembre 2026, 12 h – 15 h", "Aix-en-Provence", "PDF, 1,2 Mo", "MP3, 8,4 Mo, 13 min",
        "Consulter le cahier des charges", "éducation thérapeutique", "Actualité précédente",
        "Toutes les actualités", "Haut de page", "العربية",
    ):  # fmt: skip
        assert part in said, part
    picture = page.xpath("//figure[@class='picture']/img")[0]
    assert (picture.get("width"), picture.get("loading")) == ("1200", None)
    assert page.xpath("//div[@class='prose']//img/@loading") == ["lazy"]
    assert page.xpath("//table/parent::div[@tabindex='0'][@role='region'][@aria-label]")
    times = page.xpath("//p[@class='byline']//time/@datetime")
    assert [datetime.fromisoformat(each).tzinfo is not None for each in times] == [True, True]
    assert not page.xpath("//a[@rel='next']")


def test_instants_are_what_html_can_say(tmp_path: Path) -> None:
    """Whole seconds, and whole minutes of an offset (HTML, valid date string): no fraction of a million."""
    written = {
        "fin.md": article("Fin", "2026-08-03T13:51:29.084+02:00", updated="2026-08-04T10:00:00.5Z",
                          event="{start: 2026-09-01T10:00:00.25Z}"),
        "avant.md": article("Avant", "1900-01-01T10:00:00"),
    }  # fmt: skip
    done = newsfeed("build", "--now", "2026-09-01", cwd=site_of(tmp_path, written))
    assert done.returncode == 0, done.stderr
    said = [
        found
        for page in sorted((tmp_path / "public").rglob("*.html"))
        for found in re.findall(
            r'(?:datetime|_time" content|datePublished|dateModified)"?[=:]\s?"([^"]+)', page.read_text("utf-8")
        )
    ]  # fmt: skip
    assert {"2026-08-03T13:51:29+02:00", "2026-08-04T10:00:00+00:00"} <= set(said)
    assert not [
        each for each in said if not re.fullmatch(r"[\d-]+(?:T[\d:]{8}[+-]\d\d:\d\d)?", each)
    ]


def shown(here: pages.PageFrame, item: Item, **parts: Any) -> html.HtmlElement:
    """Return the page of ``item``, whose entry has ``parts``."""
    entry = Entry(
        item=item, **{"title": item.title, "content": "<p>Bon.</p>", "summary": "S", **parts}
    )
    return html.document_fromstring(text(pages.render_item(pages.ItemPage(entry=entry), here)))


START = samples.NOW.replace(hour=9)
NIGHT = timedelta(days=1)
EVENTS = [
    ("fr", Event(start=START), "2026-11-23T09:00:00+01:00", "23 novembre 2026, 9 h"),
    ("fr", Event(start=START, end=START), "2026-11-23T09:00:00+01:00", "23 novembre 2026, 9 h"),
    ("fr", Event(start=START, end=START + timedelta(hours=2)), "2026-11-23T09:00:00+01:00", "23 novembre 2026, 9 h – 11 h"),
    ("fr", Event(start=START, end=START + 8 * NIGHT), "2026-11-23T09:00:00+01:00", "23 novembre 2026, 9 h – 1er décembre 2026, 9 h"),
    ("fr", Event(start=START, all_day=True), "2026-11-23", "23 novembre 2026"),
    ("fr", Event(start=START, end=START + timedelta(hours=2), all_day=True), "2026-11-23", "23 novembre 2026"),
    ("fr", Event(start=START, end=START + NIGHT, all_day=True), "2026-11-23", "23 novembre 2026 – 24 novembre 2026"),
    ("en-GB", Event(start=START, end=START + timedelta(hours=6)), "2026-11-23T09:00:00+01:00", "23 November 2026, 09:00 – 15:00"),
    ("ar-EG", Event(start=START), "2026-11-23T09:00:00+01:00", "23 نوفمبر 2026، 9:00 ص"),
]  # fmt: skip


def test_an_event_is_told_in_the_words_of_its_article() -> None:
    """One instant, hours of one day, several days: each day and hour once, as the language has them."""
    here = frame()
    for language, event, iso, words in EVENTS:
        (when,) = shown(here, samples.item("e", "E", START, language=language, event=event)).xpath("//dl//time")  # fmt: skip
        assert (
            when.get("datetime"),
            when.text_content().replace("\u00a0", " ").replace("\u202f", " "),
        ) == (iso, words)


@pytest.mark.parametrize(("later", "said"), [(None, 1), (0, 1), (1, 2)])
def test_an_article_is_called_updated_where_it_was(later: int | None, said: int) -> None:
    """A date that is the one of publication again tells nobody anything."""
    updated = None if later is None else START + timedelta(minutes=later)
    page = shown(frame(), samples.item("u", "U", START, updated=updated))
    assert len(page.xpath("//p[@class='byline']//time")) == said


def test_the_forms_of_a_picture_are_offered_where_it_has_several() -> None:
    """Each by its address as the page writes it and its width; one form alone is just the picture."""
    forms = {"p.png": ((samples.BASE + "p.480w.png", 480), (samples.BASE + "p.png", 900))}
    theme, parts = Theme(samples.config(), None), pages.SiteParts()
    here = pages.PageFrame(theme, parts, lambda url: forms.get(url.removeprefix(samples.BASE), ()))
    attributes = here.srcset(here.place("a/b.html"))
    assert (
        attributes("p.png", '"4"')
        == ' srcset="../p.480w.png 480w, ../p.png 900w" sizes="&#34;4&#34;"'
    )
    assert attributes("q.png", "90vw") == ""


def test_an_article_for_machines(site: dict[str, Output]) -> None:
    """The page holds a NewsArticle with its dates, authors, publisher and picture."""
    page = html.document_fromstring(text(site["items/2026/11/parcours.html"]))
    article = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))
    assert article["@type"] == "NewsArticle"
    assert article["datePublished"] == "2026-11-22T12:00:00+01:00"
    assert article["dateModified"] == "2026-11-23T07:00:00+01:00"
    assert [author["name"] for author in article["author"]] == ["Agnès Valensole", "Yanis Morel"]
    assert article["publisher"]["logo"]["url"].startswith(samples.BASE)
    alternates = page.xpath("//link[@hreflang]/@hreflang")
    assert alternates == ["ar", "en"]


def test_machines_are_told_what_is_there_and_no_more() -> None:
    """Where the original is, who wrote it as far as one may follow, a picture's sizes if both are known."""
    here = frame()
    plain = samples.item("a", "A", START)
    written = samples.item(
        "b", "B", START, canonical="https://origine.example/b", categories=("Prévention", "Outils"), tags=("x", "y"),
        authors=(Person(name="Zoé", url="https://zoe.example/"), Person(name="Ana", url="ftp://ana.example/")),
    )  # fmt: skip
    picture = Image(src=f"{samples.BASE}p.png", alt="", width=30)
    told = []
    for page in (shown(here, plain), shown(here, written, image=picture)):
        names = page.xpath("//head/meta[@property or @name='twitter:card']")
        data = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))
        told.append((page.xpath("//link[@rel='canonical']/@href"), names, data))
    (address, names, data), (origin, more, whole) = told
    url = f"{samples.BASE}items/2026/11/"
    organization = {"@type": "Organization", "name": "Réseau Alizé", "url": samples.BASE}
    when = "2026-11-23T09:00:00+01:00"
    assert address == [f"{url}a.html"]
    assert data == {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": "A", "description": "S",
        "mainEntityOfPage": f"{url}a.html", "datePublished": when, "dateModified": when, "inLanguage": "fr",
        "author": organization, "publisher": organization,
    }  # fmt: skip
    assert origin == ["https://origine.example/b"]
    assert whole == data | {
        "headline": "B", "mainEntityOfPage": "https://origine.example/b", "articleSection": "Prévention",
        "keywords": ["x", "y"], "image": f"{samples.BASE}p.png",
        "author": [{"@type": "Person", "name": "Zoé", "url": "https://zoe.example/"}, {"@type": "Person", "name": "Ana"}],
    }  # fmt: skip
    said = {each.get("property") or each.get("name"): each.get("content") for each in more}
    assert said["og:url"] == f"{url}b.html"
    assert said.keys() - {each.get("property") for each in names} == {"og:image", "twitter:card"}


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_a_page_speaks_its_article_s_language(site: dict[str, Output], language: str) -> None:
    """An article is shown with the words and direction of its own language."""
    path = {"fr": "parcours", "en": "screening", "ar": "kashf"}[language]
    page = html.document_fromstring(text(site[f"items/2026/11/{path}.html"]))
    menu = {"fr": "Actualités", "en": "News", "ar": "الأخبار"}[language]
    assert page.get("lang") == language
    assert page.get("dir") == ("rtl" if language == "ar" else "ltr")
    assert page.xpath("string(//nav[@class='menu']//a)") == menu
    notice = page.xpath("//p[@class='notice']")[0]
    assert notice.get("lang") == (None if language == "fr" else "fr")


def test_an_item_that_lives_elsewhere_links_out(site: dict[str, Output]) -> None:
    """It stands in lists, has no page, and is nobody's neighbour."""
    page = html.document_fromstring(text(site["index.html"]))
    assert page.xpath("//a[@href='https://ailleurs.example/x'][@rel='external']")
    assert not any("ailleurs" in text(o) for p, o in site.items() if p.startswith("items/"))


HOSTILE = "</script><img src=x onerror=alert(1)>\"'{{ 7 * 7 }}{% raw %}&amp; <!-- \u2028"


def test_hostile_words_stay_words() -> None:
    """What an author writes in front matter is never markup, script or template."""
    item = samples.item(
        "hostile", HOSTILE, samples.NOW, summary=HOSTILE, categories=(HOSTILE,), tags=(HOSTILE,),
        authors=(Person(name=HOSTILE, url="javascript:alert(2)"),),
    )  # fmt: skip
    entry = Entry(
        item=item, title=HOSTILE, content="<p>Bon.</p>", summary=HOSTILE,
        source=Link(text=HOSTILE, url="javascript:alert(3)"),
        links=(Link(text="clic", url=" JavaScript:alert(4)"), Link(text="data", url="data:text/html,x")),
        image=Image(src=samples.BASE + "x.png", alt=HOSTILE, credit=HOSTILE),
    )  # fmt: skip
    here = frame(feeds=samples.feeds())
    link = Link(text=HOSTILE, url=samples.BASE + "items/x.html")
    output = pages.render_item(
        pages.ItemPage(entry=entry, previous=link, tags=(link,), authors=(Link(text=HOSTILE, url="javascript:alert(2)"),)),
        here,
    )  # fmt: skip
    listing = pages.Listing(items=(item,), label=HOSTILE, kind="tag", about="javascript:alert(5)")
    (one,) = pages.paginate(listing, 10)
    card = pages.Card(item=item, title=HOSTILE, summary=HOSTILE)
    listed = pages.render_list(one, here, lambda _: card)
    for each in (output, listed):
        page = html.document_fromstring(text(each))
        assert not page.xpath("//@onerror | //img[@src='x']")
        assert len(page.xpath("//script")) == (2 if each is output else 1)
        assert not [u for _, _, u, _ in page.iterlinks() if "script:" in u.lower() or "data:" in u]
        assert "{{ 7 * 7 }}" in text(each) and "49" not in page.xpath("string(//main)")
    article = html.document_fromstring(text(output)).xpath("string(//script[@type])")
    assert json.loads(article)["headline"] == HOSTILE
    assert "<" not in article
    index = pages.search_index([card], samples.BASE)
    assert json.loads(text(index))["items"][0][1] == HOSTILE


@pytest.mark.parametrize(
    ("path", "root"),
    [("index.html", "./"), ("a/index.html", "../"), ("items/2026/11/x.html", "../../../")],
)
def test_addresses_are_relative_to_the_page(path: str, root: str) -> None:
    """The way to the root has a step for each folder."""
    place = Place(path, samples.BASE)
    assert place.root == root
    assert place.to(samples.BASE + "tags/x/") == root + "tags/x/"
    for followed in ("https://a.example/", "HTTP://a.example/", "mailto:a@b.example", "tel:+331"):
        assert place.to(followed) == followed
    assert place.to("javascript:alert(1)") == place.to("//x") == place.to("") == ""


@pytest.mark.parametrize(
    ("content", "settled"),
    [
        ("<p>rien</p>", "<p>rien</p>"),
        (f'<a href="{samples.BASE}a/#b" title="x">a</a>', '<a href="../a/#b" title="x">a</a>'),
        (f'<p>"{samples.BASE}" est notre adresse</p>',) * 2,
        (f'<p> href="{samples.BASE}"</p>',) * 2,
        (
            f'<img alt="a > &lt;img src=&quot;{samples.BASE}" src="{samples.BASE}x.png">',
            f'<img loading="lazy" decoding="async" alt="a > &lt;img src=&quot;{samples.BASE}" src="../x.png">',
        ),
        ('<img alt="<img onerror=alert(1) ">', '<img loading="lazy" decoding="async" alt="<img onerror=alert(1) ">'),
        ('<img loading="eager" src="https://x/">',) * 2,
        ("<pre>a</pre>", '<pre tabindex="0">a</pre>'),
        (
            "<table><tr><td>a</td></tr></table>",
            '<div class="scroll" role="region" aria-label="T" tabindex="0">'
            "<table><tr><td>a</td></tr></table></div>",
        ),
    ],
)  # fmt: skip
def test_bodies_settle_into_the_page(content: str, settled: str) -> None:
    """Links become relative, pictures wait, tables and code scroll; texts stay as they are."""
    assert settle(content, Place("x/index.html", samples.BASE), "T") == settled


WHOLE = "(min-width: 794px) 714px, 90vw"


@pytest.mark.parametrize(
    ("attributes", "sizes"),
    [
        ('src="p.png?a=1&amp;b=2"', WHOLE), ('src="p.png?a=1&amp;b=2" width="714"', WHOLE),
        ('src="p.png?a=1&amp;b=2" width="713"', "713px"), ('src="p.png" srcset="q.png 2x"', ""),
        ('src="p.png" sizes="50vw"', ""), ('alt="p"', ""),
    ],
)  # fmt: skip
def test_a_picture_of_a_body_is_offered_at_its_width(attributes: str, sizes: str) -> None:
    """By its address, unescaped, at the column's width or its own; what the author offers stays."""
    made = settle(f"<img {attributes}>", Place("x.html", samples.BASE), "T", lambda *asked: f" asked={asked}")  # fmt: skip
    asked = f" asked={('p.png?a=1&b=2', sizes)}" if sizes else ""
    assert made == f'<img loading="lazy" decoding="async" {attributes}{asked}>'


def _items(count: int) -> tuple[Item, ...]:
    return tuple(
        samples.item(f"n{at}", f"Numéro {at}", samples.NOW - timedelta(days=30 * at))
        for at in range(count)
    )


@settings(max_examples=60, deadline=None)
@given(count=st.integers(0, 70), per_page=st.integers(1, 12), added=st.integers(0, 15))
def test_closed_pages_of_a_list_never_change(count: int, per_page: int, added: int) -> None:
    """Every item stands on one page; newer items leave the closed pages as they were."""
    items = _items(count + added)
    before = pages.paginate(pages.Listing(items=items[added:]), per_page)
    after = pages.paginate(pages.Listing(items=items), per_page)
    assert [item for page in after for item in page.items] == list(items)
    assert len({page.path for page in after}) == len(after)
    least = max(1, per_page // 2) if len(items) > per_page else min(1, len(items))
    assert least <= len(after[0].items) < per_page + max(1, per_page // 2)
    assert all(len(page.items) == per_page for page in after[1:])
    now = {page.number: page for page in after[1:]}
    for page in before[1:]:
        assert now[page.number].items == page.items
        assert now[page.number].older == page.older
    for newer, older in pairwise(after):
        assert (newer.older, older.newer) == (older.path, newer.path)


def test_years_lead_to_their_pages() -> None:
    """The current page of a long list leads to each year's newest items."""
    listed = pages.paginate(pages.Listing(items=_items(40), folder="tags/x/"), 10)
    by_path = {page.path: page for page in listed}
    assert len(listed[0].years) > 2
    for year, path in listed[0].years:
        newest = max(i.published for p in listed for i in p.items if i.published.year == year)
        assert newest in [item.published for item in by_path[path].items]
    assert all(not page.years for page in listed[1:])


def test_an_empty_site_has_its_pages() -> None:
    """Before the first article every page says so, and none fails."""
    made = {output.path: output for output in samples.site(count=0)}
    assert "Rien n’est encore publié." in text(made["index.html"])
    assert "Aucun numéro" in text(made["newsletter/index.html"])
    assert json.loads(text(made["search.json"])) == {"items": []}
    assert "urlset" in text(made["sitemap.xml"])


def test_weights(site: dict[str, Output]) -> None:
    """An article's page weighs under 30 KB, style and script together under 25, script under 10."""
    sizes = {path: len(output.data or b"") for path, output in site.items()}
    assert max(size for path, size in sizes.items() if path.startswith("items/")) < 30_000
    assert sizes["site.css"] + sizes["search.js"] < 25_000
    assert sizes["search.js"] < 10_000
    assert sizes["site.css"] < 16_000


def test_the_search_index_is_small_and_ordered(site: dict[str, Output]) -> None:
    """A row an item: address below the root, title, day, category, a cut summary."""
    items = json.loads(text(site["search.json"]))["items"]
    assert len(items) == len(samples.entries())
    assert items[0] == [
        "items/2026/11/parcours.html",
        samples.entries()[0].title,
        "2026-11-22",
        "Appel à projets",
        "Dix équipes seront accompagnées pendant dix-huit mois par le réseau.",
    ]
    assert items[3][0] == "https://ailleurs.example/x"
    assert "équipes" in text(site["search.json"])
    long = pages.Card(item=samples.entries()[0].item, title="t", summary="mot " * 500)
    assert len(text(pages.search_index([long], samples.BASE))) < 400


@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1),
        st.just("") | st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat),
        min_size=1,
        max_size=4,
    )
)
def test_the_map_is_what_a_writer_of_xml_writes(pages_of: dict[str, str]) -> None:
    top = ElementTree.Element("urlset", {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"})
    for url, changed in sorted(pages_of.items()):
        element = ElementTree.SubElement(top, "url")
        ElementTree.SubElement(element, "loc").text = url
        if changed:
            ElementTree.SubElement(element, "lastmod").text = changed
    ElementTree.indent(top, "")
    (made,) = pages.sitemap(pages_of.items(), samples.BASE)
    assert made.data == ElementTree.tostring(top, "utf-8", xml_declaration=True) + b"\n"


@pytest.mark.parametrize(("count", "files"), [(0, 1), (1, 1), (50_000, 1), (50_001, 3)])
def test_the_map_of_the_site(count: int, files: int) -> None:
    """sitemap.xml lists every address once; above 50,000 it is an index of maps."""
    rows = [(f"{samples.BASE}é&{at}", samples.NOW.isoformat() if at else "") for at in range(count)]
    made = pages.sitemap(reversed(rows), samples.BASE)
    assert len(made) == files
    roots = [ElementTree.fromstring(output.data or b"") for output in made]
    found = [
        loc.text
        for root in roots
        for loc in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    ]
    assert len([url for url in found if url and "é&" in url]) == count
    assert roots[0].tag.endswith("sitemapindex" if files > 1 else "urlset")


def test_a_language_is_called_by_its_name_and_a_tag_by_its_own() -> None:
    """In lists, in lists of lists and beside feeds: a tag, category or author « en » is no English."""
    here = frame()
    one = samples.item("a", "A", samples.NOW)
    items = plan(items_of([one]), samples.NOW).items
    for kind in OVERVIEWS:
        group = Group(kind=kind, label="en", slug="en", items=items)
        line = pages.FeedLine(label="en", feeds=samples.feeds(group.folder), kind=kind)
        listing = pages.Listing(items=items, folder=group.folder, kind=kind, label="en")
        (listed,) = pages.paginate(listing, 10)
        made = [
            (
                pages.render_overview(pages.Overview(kind=kind, groups=(group,)), here),
                "//main//li/a",
            ),
            (
                pages.render_list(listed, here, lambda item: pages.Card(item=item, title="A")),
                "//h1",
            ),
            (pages.render_subscribe([line], here), "//main//li/b"),
        ]
        names = [html.document_fromstring(text(page)).xpath(f"string({at})") for page, at in made]
        assert names == ["English" if kind == "language" else "en"] * 3


@pytest.mark.parametrize(("typography", "sign"), [(True, "\u202f?"), (False, " ?")])
def test_what_the_site_says_of_itself_is_typeset_or_stays(*, typography: bool, sign: str) -> None:
    """Its title, its description and its notice, on every page."""
    told = parse(
        f'[site]\ntitle = "Qui ?"\nurl = "{samples.BASE}"\nlanguage = "fr"\ndescription = "Quoi ?"\n'
        f'notice = "Quand ?"\n[items]\ntypography = {str(typography).lower()}\n'
    )
    here = pages.PageFrame(Theme(told, None), pages.SiteParts())
    items = plan(items_of([samples.item("a", "A", samples.NOW)]), samples.NOW).items
    (listed,) = pages.paginate(pages.Listing(items=items), 10)
    output = pages.render_list(listed, here, lambda item: pages.Card(item=item, title="A"))
    page = html.document_fromstring(text(output))
    said = [
        page.xpath("string(//meta[@property='og:site_name']/@content)"),
        page.xpath("string(//p[@class='standfirst'])").strip(),
        page.xpath("string(//p[@class='notice'])").strip(),
    ]
    assert said == [f"Qui{sign}", f"Quoi{sign}", f"Quand{sign}"]


def test_a_site_without_a_description_is_described_by_its_title() -> None:
    told = parse(f'[site]\ntitle = "Le réseau"\nurl = "{samples.BASE}"\nlanguage = "fr"\n')
    here = pages.PageFrame(Theme(told, None), pages.SiteParts())
    items = plan(items_of([samples.item("a", "A", samples.NOW)]), samples.NOW).items
    for kind, said in (("news", "Le réseau"), ("tag", "mer · Le réseau")):
        listing = pages.Listing(items=items, kind=kind, label="mer" if kind == "tag" else "")
        output = pages.render_list(pages.paginate(listing, 10)[0], here, lambda item: pages.Card(item=item, title="A"))  # fmt: skip
        page = html.document_fromstring(text(output))
        assert page.xpath("//meta[@name='description']/@content") == [said]


def test_groups_stand_in_the_order_of_the_alphabet() -> None:
    """Accents and capitals part no two words; two names alike keep the order of their folders."""
    here = frame()
    items = plan(items_of([samples.item("a", "A", samples.NOW)]), samples.NOW).items
    names = {"zoo": "Zoo", "education": "Éducation", "eau-2": "Eau", "eau": "eau"}
    groups = [Group(kind="tag", label=name, slug=slug, items=items) for slug, name in names.items()]
    lines = [pages.FeedLine(label=g.label, feeds=samples.feeds(g.folder), kind="tag") for g in groups]  # fmt: skip
    made = (
        pages.render_overview(pages.Overview(kind="tag", groups=tuple(groups)), here),
        pages.render_subscribe(lines, here),
    )
    for output in made:
        addresses = html.document_fromstring(text(output)).xpath("//main//li/a[1]/@href")
        folders = [re.sub(r"atom\.xml$", "", each) for each in addresses]
        order = ("eau-2", "eau", "education", "zoo")
        assert folders == [f"../tags/{slug}/" for slug in order]


def test_an_issue_says_no_more_than_is_known() -> None:
    """Its subject and its day; a number and a first line where it has them, the newest issue first."""
    line = pages.IssueLine(subject="Un", date=START, url=f"{samples.BASE}newsletter/a/")
    more = pages.IssueLine(
        subject="Deux", date=START, url=f"{samples.BASE}newsletter/b/", number="7", preheader="La suite"
    )  # fmt: skip
    page = html.document_fromstring(text(pages.render_issues([line, more], frame())))
    rows = [" ".join(each.text_content().split()) for each in page.xpath("//main//li")]
    assert rows == ["N° 7 23 novembre 2026 Deux La suite", "23 novembre 2026 Un"]


def test_what_has_expired_says_when() -> None:
    """In the words of its language, and nothing but its title stays."""
    item = samples.item("offre", "An offer", START, language="en", expires=START + 8 * NIGHT)
    page = html.document_fromstring(text(pages.render_expired(item, "An “offer”", frame())))
    assert (page.get("lang"), page.xpath("string(//h1)").strip()) == ("en", "An “offer”")
    said = page.xpath("string(//main)")
    assert "December 1, 2026" in said and "November" not in said


def test_robots_and_redirects(site: dict[str, Output]) -> None:
    """Robots find the map; a former address leads on, for people and machines."""
    assert f"Sitemap: {samples.BASE}sitemap.xml\n" in text(site["robots.txt"])
    page = html.document_fromstring(text(site["vieux/index.html"]))
    assert page.xpath("//meta[@http-equiv]/@content") == ["0; url=../items/2026/11/parcours.html"]
    assert page.xpath("//link[@rel='canonical']/@href")[0].startswith(samples.BASE)


def test_the_404_page_works_anywhere(site: dict[str, Output]) -> None:
    """Its links start at the host, and hold below a path."""
    page = html.document_fromstring(text(site["404.html"]))
    assert page.xpath("//link[@rel='stylesheet']/@href") == ["/actus/site.css"]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_no_search_no_script() -> None:
    """A site that wants no search has neither form nor script."""
    made = {o.path: o for o in samples.site(samples.config("search = false\n"))}
    assert all("<script src" not in text(o) and "<form" not in text(o) for p, o in made.items() if p.endswith(".html"))  # fmt: skip


@pytest.mark.parametrize(
    ("css", "small"),
    [
        ("/* x */\na { b : c ; }\n\n\nd , e { f:  g;h: i }", "a{b :c}\nd,e{f:g;h:i}\n"),
        ('a::before { content: " ; } /* x */ , : y" ; }', 'a::before{content:" ; } /* x */ , : y"}\n'),
        ("@media (width > 4rem) {\n  a :hover { b: calc(1px + 2px); }\n}\n", "@media (width > 4rem){a :hover{b:calc(1px + 2px)}\n}\n"),
    ],
)  # fmt: skip
def test_the_style_becomes_smaller(css: str, small: str) -> None:
    """Comments and idle spaces go; what means something stays."""
    assert smaller(css) == small


def test_brand_colours_and_fonts_reach_the_style() -> None:
    """The palette and the fonts of the configuration are those of the stylesheet, as CSS has them.

    A family that ends with a number is none without quotes: all would be shown in Times.
    """
    brand = '[brand]\naccent = "#7a1f5c"\nfont = "Source Sans 3, \\"Noto Sans\\""\n'
    made = {o.path: text(o) for o in samples.site(samples.config(brand)) if o.path == "site.css"}
    assert "--accent:#7a1f5c;" in made["site.css"]
    assert "--sans:'Source Sans 3',Noto Sans," in made["site.css"]
    assert "/*" not in made["site.css"]


def test_a_description_is_cut_between_words() -> None:
    """And only where it is too long; no sign stands before the ellipsis."""
    assert shortened("un deux trois", 13) == "un deux trois"
    assert shortened("un deux trois", 12) == "un deux…"
    assert shortened("un, deux trois", 8) == "un…"
    assert shortened("anticonstitutionnel", 5) == "anti…"


@given(st.text(max_size=400), st.integers(2, 80))
@settings(max_examples=60, deadline=None)
def test_shortened_text_fits(words: str, length: int) -> None:
    """A description is never longer than its limit, and short ones stay."""
    cut = shortened(words, length)
    assert len(cut) <= length
    assert len(words) > length or cut == words


def _folders(site: dict[str, Output]) -> set[str]:
    return {"", *(path.removesuffix("index.html") for path in site if path.endswith("index.html"))}


OUTLINE = Path(__file__).parent / "data" / "pages" / "outline.txt"
OUTLINED = (
    "items/2026/11/parcours.html", "items/2026/11/kashf.html", "items/2025/04/article-9.html", "index.html",
    "page/2/index.html", "authors/yanis-morel/index.html", "categories/index.html", "authors/index.html",
    "subscribe/index.html", "newsletter/index.html", "404.html", "fini.html", "vieux/index.html",
)  # fmt: skip


def test_pages_are_as_they_were(site: dict[str, Output]) -> None:
    """Head, text, and once header and footer, in their order: the change of `OUTLINE` is read.

    ``REWRITE=1 pytest tests/test_pages.py`` writes it anew.
    """
    rows: list[str] = []
    for path in OUTLINED:
        page = html.document_fromstring(text(site[path]))
        for part in page.xpath("//div[@class='prose'][p] | //form"):
            part.drop_tree()  # bodies and the search have tests of their own
        for part in page.xpath("//header[@class='masthead'] | //footer") if rows else ():
            if not part.xpath(".//@aria-current"):
                part.drop_tree()
        rows += [f"# {path}", *outline(page), ""]
    assert is_as_kept(rows, OUTLINE)


def test_a_logo_for_the_dark(tmp_path: Path) -> None:
    """Pages show the other logo in the dark, without a script; both are published, wherever they lie."""
    picture = (Path(__file__).parent.parent / "static/logo.png").read_bytes()
    settings = SETTINGS.replace(
        'url = "', 'logo = "items/l.png"\nlogo_dark = "items/d.png"\nurl = "'
    )
    dark = picture + b"dark"
    folder = site_of(tmp_path, {"a.md": article(), "l.png": picture, "d.png": dark}, settings)
    assert newsfeed("build", "--now", "2026-11-23", cwd=folder).returncode == 0
    page = html.document_fromstring((folder / "public/index.html").read_text("utf-8"))
    (shown,) = page.xpath("//a[@class='brand']/picture")
    (source,) = shown.xpath("source")
    assert source.get("media") == "(prefers-color-scheme: dark)"
    named = [source.get("srcset"), shown.xpath("string(.//img/@src)")]
    assert [(folder / "public" / each).read_bytes() for each in named] == [dark, picture]
