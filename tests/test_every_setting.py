"""Every setting does something that its user sees: one row each, and no setting without a row."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from command import article, newsfeed, site, tree_of
from newsfeed.config.sections import keys

BASE = {
    "site.title": '"Le réseau"',
    "site.url": '"https://www.example.org/"',
    "site.language": '"fr"',
    "site.timezone": '"Europe/Paris"',
    "feeds.archive_size": "2",
    "feeds.limit": "12",
    "newsletter.from": '"Rédaction <redaction@example.org>"',
    "newsletter.unsubscribe": '"https://www.example.org/quitter"',
    "newsletter.address": '"1 rue Neuve, Lyon"',
}
NOW = "2026-11-23T12:00:00Z"
PLACE = "Ce qui suit : voir [l’équipe](/equipe/), et le dépistage."
ARTICLES: dict[str, str | bytes] = {
    f"n{number}.md": article(
        f"Nouvelle {number}",
        f"2026-11-{number:02} 10:00",
        f"{PLACE} Texte {number}.",
        category=("Dépistage", "Soins")[number % 2],
        tags="[poumon]",
        author="Inès Delmas",
    )
    for number in range(1, 8)
} | {
    "joint.md": article("Joint", "2026-11-09", "Un document.", enclosures="[plan.pdf]"),
    "plan.pdf": b"%PDF-1.4\n" + b"x" * 1_500_000,
    "plan.dwg": b"AC1027" + b"x" * 500,
    "dwg.md": article("Dessin", "2026-11-12", "Voir [le dessin](plan.dwg)."),
    "encart.md": article(
        "Encart", "2026-11-13", "Avant. {{< encart >}}Dans l’encart.{{< /encart >}} Après."
    ),
    "deux.fr.md": article("Deux", "2026-11-14", "La version française.", translationKey="deux"),
    "deux.en.md": article("Two", "2026-11-14", "The English version.", translationKey="deux"),
    "sonne.md": article(
        "Épisode", "2026-11-15", "À écouter.", audio="https://sons.example.net/a.mp3"
    ),
    "seul.md": article("Seul", "2026-11-16", "À écouter.", audio="seul.mp3"),
    "ordre.md": article("Ordre", "03/04/2026", "Un jour ambigu."),
    "champ.md": article("Champ", "2026-11-10", "Un champ.", sous_titre="Le sous-titre du champ."),
}


class Row(NamedTuple):
    """A value of a setting, and what it changes in the files of a build.

    ``where`` holds ``text`` with it and not before, or, with a ``!``, no longer; without a text the
    file is there, or no longer. What is printed is ``said``. ``beside`` are settings that it needs.
    """

    value: str
    where: str
    text: str = ""
    beside: Mapping[str, str] = {}


LETTER = "newsletter/latest/letter.html"
MAIL = "newsletter/latest/letter.eml"
PAGE = "items/2026/11/n7.html"
LETTERS = (LETTER, MAIL, "said", "subscribe/index.html")
NO_LETTER = {"newsletter.enabled": "false"}
SHOW = {"podcast.categories": '["Technology"]'}
ROWS: dict[str, Row] = {
    "site.logo_dark": Row('"items/nuit.png"', LETTER, "nuit", {"site.logo": '"items/photo.png"'}),
    "items.shortcodes": Row('{ encart = "nothing" }', "atom.xml", "!Dans l’encart"),
    "items.attachments": Row('["dwg"]', "media/plan.dwg"),
    "feeds.main_language": Row('"en"', "atom.xml", "The English version"),
    "podcast.categories": Row('["Technology"]', "rss.xml", 'text="Technology"'),
    "podcast.explicit": Row("true", "rss.xml", "<itunes:explicit>true", SHOW),
    "podcast.image": Row('"https://img.example.org/p.jpg"', "rss.xml", "https://img.example.org/p.jpg", SHOW),
    "podcast.author": Row('"Les voix"', "rss.xml", "<itunes:author>Les voix", SHOW),
    "podcast.owner": Row('"Ana <ana@example.org>"', "rss.xml", "<itunes:email>ana@example.org", SHOW),
    "podcast.type": Row('"serial"', "rss.xml", "<itunes:type>serial", SHOW),
    "podcast.media": Row('"https://sons.example.org/"', "rss.xml", "https://sons.example.org/seul.mp3", SHOW),
    "podcast.block": Row("true", "rss.xml", "<itunes:block>", SHOW),
    "podcast.complete": Row("true", "rss.xml", "<itunes:complete>", SHOW),
    "podcast.new_feed_url": Row('"https://neuf.example.org/rss.xml"', "rss.xml", "<itunes:new-feed-url>https://neuf", SHOW),
    "podcast.guid": Row('"917393e3-1b1e-5cef-ace4-edaa54e1f810"', "rss.xml", "917393e3-1b1e-5cef", SHOW),
    "podcast.locked": Row("true", "rss.xml", "<podcast:locked", SHOW),
    "podcast.medium": Row('"music"', "rss.xml", "<podcast:medium>music", SHOW),
    "podcast.funding": Row('{ "Aider" = "https://don.example.org/" }', "rss.xml", "<podcast:funding", SHOW),
    "podcast.hosts": Row('["Ana Voix"]', "rss.xml", "Ana Voix", SHOW),
    "podcast.location": Row('"Nîmes"', "rss.xml", "Nîmes", SHOW),
    "podcast.geo": Row('"geo:43.8,4.3"', "rss.xml", "geo:43.8,4.3", {**SHOW, "podcast.location": '"Nîmes"'}),
    "podcast.license": Row('"cc-by-4.0"', "rss.xml", "cc-by-4.0", SHOW),
    "podcast.license_url": Row('"https://l.example.org/"', "rss.xml", "https://l.example.org/", {**SHOW, "podcast.license": '"La nôtre"'}),
    "check.ignore": Row('["link-dead"]', "said", "!link-dead"),
    "check.per_file_ignores": Row('{ "items/*" = ["link-dead"] }', "said", "!link-dead"),
    "check.baseline": Row('"connus.txt"', "said", "!link-dead"),
    "site.title": Row('"Autre nom"', "atom.xml", "<title>Autre nom</title>"),
    "site.url": Row('"https://autre.example/"', "atom.xml", "https://autre.example/atom.xml"),
    "site.language": Row('"en"', "atom.xml", 'xml:lang="en"'),
    "site.timezone": Row('"Asia/Tokyo"', "atom.xml", "2026-11-07T10:00:00+09:00"),
    "site.description": Row('"De quoi il s’agit."', "atom.xml", "De quoi il s’agit."),
    "site.author": Row('"Réseau <nous@example.org>"', "rss.xml", "nous@example.org (Réseau)"),
    "site.notice": Row('"Mentions du réseau."', PAGE, "Mentions du réseau."),
    "site.rights": Row('"© Le réseau"', "atom.xml", "<rights>© Le réseau</rights>"),
    "site.logo": Row('"https://www.example.org/l.png"', "atom.xml", "<logo>https://www.example.org/l.png"),
    "site.icon": Row('"https://www.example.org/i.png"', "atom.xml", "<icon>https://www.example.org/i.png"),
    "site.output": Row('"ailleurs"', "!atom.xml"),
    "items.path": Row('"articles"', "atom.xml", "Ailleurs"),
    "items.fields": Row('{ summary = ["sous_titre"] }', "rss.xml", "Le sous-titre du champ."),
    "items.typography": Row("false", "atom.xml", "Ce qui suit : voir"),
    "items.date_order": Row('"mdy"', "items/2026/03/ordre.html"),
    "items.max_attachment_mb": Row("1", "said", "plan.pdf"),
    "feeds.limit": Row("1", "rss.xml", "!<title>Champ"),
    "feeds.formats": Row('["atom"]', "!rss.xml"),
    "feeds.content": Row('"summary"', "feed.json", "!content_html"),
    "feeds.per": Row('["category"]', "categories/depistage/atom.xml"),
    "feeds.archive": Row("true", "archive/1/atom.xml", "", {"feeds.limit": "4"}),
    "feeds.archive_size": Row("3", "!archive/3/atom.xml", "", {"feeds.archive": "true", "feeds.limit": "4"}),
    "feeds.removed_days": Row("0", "atom.xml", "!deleted-entry"),
    "feeds.hub": Row('"https://hub.example/"', "atom.xml", 'rel="hub"'),
    "feeds.atom": Row('"feed.xml"', "feed.xml"),
    "feeds.rss": Row('"blog/index.xml"', "blog/index.xml"),
    "feeds.json": Row('"flux.json"', "flux.json"),
    "feeds.category": Row('{ atom = "c/{slug}.xml" }', "c/depistage.xml", beside={"feeds.per": '["category"]'}),
    "feeds.tag": Row('{ rss = "t/{slug}.xml" }', "t/poumon.xml", beside={"feeds.per": '["tag"]'}),
    "feeds.author": Row('{ json = "a/{slug}.json" }', "a/ines-delmas.json", beside={"feeds.per": '["author"]'}),
    "feeds.language": Row('{ atom = "l/{slug}.xml" }', "l/fr.xml", beside={"feeds.per": '["language"]'}),
    "feeds.opml": Row("false", "!feeds.opml"),
    "pages.enabled": Row("false", "!index.html"),
    "pages.item": Row('"{slug}/"', "n7/index.html"),
    "pages.slugs": Row('"jekyll"', "Nouvelle-7.html", beside={"pages.item": '"{title}.html"'}),
    "pages.per_page": Row("2", "page/1/index.html"),
    "pages.lists": Row('["news"]', "!categories/depistage/index.html"),
    "pages.picture_widths": Row("[40]", "media/photo.40w.png"),
    "pages.search": Row("false", "!search.json"),
    "pages.elsewhere": Row('["equipe/"]', "said", "!link-dead"),
    "pages.host": Row('"netlify"', "_headers", "Access-Control-Allow-Origin: *"),
    "newsletter.enabled": Row("false", f"!{LETTER}"),
    "newsletter.title": Row('"La lettre du réseau"', MAIL, "=?utf-8?q?La_lettre_du_r=C3=A9seau?="),
    "newsletter.titles": Row('{ fr = "Notre lettre" }', MAIL, "List-Id: Notre lettre"),
    "newsletter.notices": Row('{ fr = "Mentions de la lettre." }', LETTER, "Mentions de la lettre."),
    "newsletter.from": Row('"Autre <autre@example.org>"', MAIL, "From: Autre <autre@example.org>"),
    "newsletter.reply_to": Row('"ici@example.org"', MAIL, "Reply-To: <ici@example.org>"),
    "newsletter.address": Row('"2 place Vieille"', LETTER, "2 place Vieille"),
    "newsletter.subscribe": Row('"https://www.example.org/rejoindre"', "subscribe/index.html", "https://www.example.org/rejoindre"),
    "newsletter.unsubscribe": Row('"https://www.example.org/adieu"', LETTER, "https://www.example.org/adieu"),
    "newsletter.unsubscribe_email": Row('"stop@example.org"', MAIL, "mailto:stop@example.org"),
    "newsletter.one_click": Row("true", MAIL, "List-Unsubscribe-Post"),
    "newsletter.layout": Row('"bulletin"', LETTER),
    "newsletter.esp": Row('"mailchimp"', LETTER, "*|UNSUB|*"),
    "newsletter.tags": Row('{ unsubscribe = "[sortie]" }', LETTER, "[sortie]", beside={"newsletter.esp": '"own"'}),
    "newsletter.max_kb": Row("6", "said", "letter-too-heavy"),
    "newsletter.limit": Row("1", LETTER, "!Illustré"),
    "newsletter.utm": Row('{ utm_source = "lettre" }', LETTER, "utm_source=lettre"),
    "newsletter.embed_images": Row("true", MAIL, "Content-ID: <"),
    "newsletter.draft": Row("true", MAIL, "X-Unsent: 1"),
    "brand.accent": Row('"#123456"', LETTER, "#123456"),
    "brand.highlight": Row('"#654321"', "site.css", "#654321"),
    "brand.font": Row('"Verdana"', LETTER, "Verdana"),
    "brand.heading_font": Row('"Tahoma"', LETTER, "Tahoma"),
}  # fmt: skip


def test_every_setting_has_a_row() -> None:
    """A new setting is not done before a test sees what it does."""
    assert ROWS.keys() == {name for name, *_ in keys()}


def written(settings: Mapping[str, str]) -> str:
    """Return ``settings`` as newsfeed.toml has them."""
    sections: dict[str, list[str]] = {}
    for dotted, value in settings.items():
        section, _, name = dotted.partition(".")
        sections.setdefault(section, []).append(f"{name} = {value}\n")
    return "".join(f"[{name}]\n{''.join(lines)}\n" for name, lines in sections.items())


def picture() -> bytes:
    from io import BytesIO

    from PIL import Image

    data = BytesIO()
    Image.linear_gradient("L").resize((360, 240)).convert("RGB").save(data, "PNG")
    return data.getvalue()


def built(folder: Path, settings: Mapping[str, str], *, gone: bool = False) -> dict[str, str]:
    """Return the files of a build by path, and what it ``said``.

    With ``gone`` one article has gone since the build before.
    """
    shown = {"photo.png": picture(), "nuit.png": picture(), "illustre.md": article("Illustré", "2026-11-11", "Vu.", image="photo.png")}  # fmt: skip
    site(folder, ARTICLES | shown, written(settings))
    if settings.get("check.baseline"):
        newsfeed("check", "--baseline", "--now", NOW, cwd=folder)
    (folder / "articles").mkdir()
    (folder / "articles" / "ailleurs.md").write_text(article("Ailleurs"), "utf-8")
    if gone:
        before = folder / "items" / "parti.md"
        before.write_text(article("Parti", "2026-01-05", "Une autre page."), "utf-8")
        newsfeed("build", "--now", "2026-11-22T12:00:00Z", cwd=folder)
        before.unlink()
    done = newsfeed("build", "--now", NOW, cwd=folder)
    files = {path: data.decode("utf-8", "replace") for path, data in tree_of(folder / "public").items()}  # fmt: skip
    return {**files, "said": done.stderr}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return built(tmp_path_factory.mktemp("base"), BASE, gone=True)


@pytest.mark.parametrize("name", ROWS)
def test_a_setting_does_what_it_says(name: str, base: dict[str, str], tmp_path: Path) -> None:
    """What its row names is there with the setting, and was not without it."""
    row = ROWS[name]
    # A letter takes half of a build: it is made where it can be what differs.
    quiet = {} if row.beside or not row.text or row.where in LETTERS else NO_LETTER
    if row.beside:
        base = built(tmp_path / "before", {**BASE, **row.beside})
    found = built(
        tmp_path / "after",
        {**BASE, **quiet, **row.beside, name: row.value},
        gone=name == "feeds.removed_days",
    )
    place = row.where.removeprefix("!")
    text = row.text.removeprefix("!")
    gone = row.where != place or row.text != text
    (before, after) = (found, base) if gone else (base, found)
    assert place in after
    if not text and place in before:
        assert before[place] != after[place]
    elif text:
        assert text in after[place]
        assert text not in before.get(place, "")
