"""A site of a few entries in three languages, and every kind of page made from it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from folders import items_of
from newsfeed import pages
from newsfeed.config import Config, parse
from newsfeed.model import Enclosure, Entry, Event, Image, Item, Link, Output, Person
from newsfeed.site.items import ItemList
from newsfeed.site.plan import Group, newest_first, plan
from newsfeed.theme.environment import Theme

BASE = "https://www.reseau.example/actus/"
ZONE = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 23, 12, tzinfo=ZONE)
FORMATS = {"atom": "atom.xml", "rss": "rss.xml", "json": "feed.json"}
CONFIG = f"""
[site]
title = "Réseau Alizé"
url = "{BASE}"
language = "fr"
timezone = "Europe/Paris"
description = "Les actualités d’un réseau de soins qui n’existe pas : dépistage, prévention, parcours, recherche"
author = {{ name = "La rédaction" }}
notice = "Le Réseau Alizé est imaginaire. Ce qui est publié ici ne remplace pas une consultation."
[newsletter]
title = "La lettre du réseau"
[pages]
per_page = 5
"""
BODY = """<p>Le réseau ouvre un appel à projets pour soutenir les initiatives qui facilitent la
coordination entre la ville et l’hôpital. <a href="https://www.reseau.example/actus/items/2026/10/octobre-rose.html">Dix équipes</a> seront accompagnées pendant dix-huit mois<sup id="r-1"><a href="#n-1">1</a></sup>.</p>
<h2 id="calendrier">Le calendrier</h2>
<ul><li>dépôt des dossiers jusqu’au 15 décembre ;</li><li>jury en janvier :<ul><li>lecture,</li><li>audition ;</li></ul></li><li>démarrage au printemps.</li></ul>
<figure class="quotation"><blockquote><p>« Quand chaque équipe sait qui appeler, le patient gagne du temps et de la sérénité. »</p></blockquote><figcaption>— Une infirmière coordinatrice</figcaption></figure>
<h3>Les montants</h3>
<table><thead><tr><th>Action</th><th>En 2021</th><th>En 2025</th><th>Objectif à l’horizon de la stratégie décennale</th><th>Établissements</th></tr></thead><tbody><tr><td>Fiches partagées par le dossier communicant</td><td>6 sur 10</td><td>9 sur 10</td><td>10 sur 10</td><td>Tous</td></tr><tr><td>Patients partenaires formés</td><td>0</td><td>22</td><td>60</td><td>Marseille, Aix</td></tr></tbody></table>
<p><img src="https://www.reseau.example/actus/media/route.png" alt="Une route" width="1200" height="630"></p>
<p>Un mot très long : anticonstitutionnellementanticonstitutionnellementanticonstitutionnellement, et <code>du code</code>.</p>
<pre><code>une ligne de code qui est bien plus longue que la largeur d’un téléphone, et qui défile donc toute seule
</code></pre>
<ol><li>un</li><li>deux</li></ol>
<hr>
<p>Fin.</p>
<div class="footnotes"><ol><li id="n-1"><p>Ou davantage. <a href="#r-1">↩</a></p></li></ol></div>"""
ENGLISH = "<p>Screening saves lives: the regional programme invites everyone from 50 to 74.</p><h2>How to take part</h2><p>Ask your doctor for a kit.</p>"
ARABIC = "<p>يدعو البرنامج الإقليمي كل من تتراوح أعمارهم بين 50 و74 عامًا.</p><h2>كيف تشارك</h2><blockquote><p>الكشف المبكر ينقذ الأرواح.</p></blockquote><ul><li>اطلب العدة من طبيبك</li><li>أرسلها بالبريد</li></ul>"


def config(extra: str = "") -> Config:
    return parse(CONFIG + extra)


def item(slug: str, title: str, when: datetime, **more: Any) -> Item:
    page = f"items/{when:%Y/%m}/{slug}.html"
    values: dict[str, Any] = {
        "path": f"items/{slug}.md",
        "title": title,
        "slug": slug,
        "published": when,
        "url": BASE + page,
        "page": page,
        "language": "fr",
        "id": f"tag:reseau.example,2026:{slug}",
    }
    return Item(**(values | more))


def entries() -> tuple[Entry, ...]:
    """Return the site's entries, newest first."""
    day = timedelta(days=1)
    picture = Image(
        src=f"{BASE}media/vagues.png",
        alt="Des vagues claires sous un soleil orange",
        width=1200,
        height=630,
        credit="Illustration : Réseau Alizé",
    )
    full = item(
        "parcours",
        "Parcours de soins : les équipes ont jusqu’au 15 décembre pour déposer leur dossier",
        NOW - day,
        updated=NOW - timedelta(hours=5),
        categories=("Appel à projets", "Parcours"),
        tags=("coordination", "ville-hôpital", "éducation thérapeutique"),
        authors=(Person(name="Agnès Valensole"), Person(name="Yanis Morel", url="https://m.example/")),
        summary="Dix équipes seront accompagnées pendant dix-huit mois par le réseau.",
        event=Event(start=NOW + 20 * day, end=NOW + 20 * day + timedelta(hours=3), place="Aix-en-Provence, salle des Arcades"),
        translation="appel",
    )  # fmt: skip
    made = [
        Entry(
            item=full,
            title=full.title,
            content=BODY,

            summary=full.summary or "",
            image=picture,
            enclosures=(
                Enclosure(url=f"{BASE}media/cahier-des-charges.pdf", type="application/pdf", length=1_234_567, title="Le cahier des charges"),
                Enclosure(url=f"{BASE}media/episode-1.mp3", type="audio/mpeg", length=8_400_000, duration=754),
            ),
            links=(Link(text="Consulter le cahier des charges", url="https://www.exemple.fr/"), Link(text="Poser une question", url="mailto:a@exemple.fr")),
            source=Link(text="Institut national", url="https://www.exemple.fr/source"),
            count=lambda: 700,
        )
    ]  # fmt: skip
    english = item("screening", "Screening: who is invited, and when", NOW - 2 * day, language="en", categories=("Dépistage",), translation="appel", tags=("coordination",), authors=(Person(name="Yanis Morel"),))  # fmt: skip
    made.append(Entry(item=english, title=english.title, content=ENGLISH, summary="The programme invites everyone from 50 to 74.", count=lambda: 20))  # fmt: skip
    arabic = item("kashf", "الكشف المبكر: من تشمله الدعوة ومتى", NOW - 3 * day, language="ar", categories=("Dépistage",), summary="يدعو البرنامج الإقليمي كل من بلغ الخمسين.", translation="appel", tags=("الكشف",))  # fmt: skip
    made.append(Entry(item=arabic, title=arabic.title, content=ARABIC, summary=arabic.summary or "", image=replace(picture, credit=None), count=lambda: 30))  # fmt: skip
    away = item("ailleurs", "Un article paru sur un autre site", NOW - 4 * day, url="https://ailleurs.example/x", page="", categories=("Recherche",))  # fmt: skip
    made.append(Entry(item=away, title=away.title, content="", summary="Il est publié chez un partenaire."))  # fmt: skip
    titles = (
        "Octobre rose : trois rendez-vous dans la région",
        "Le dossier communicant passe en version 4",
        "Activité physique adaptée : la carte s’agrandit",
        "Deux essais cliniques ouverts",
        "Un guide pratique pour les aidants",
        "Journée régionale : les inscriptions sont ouvertes",
        "Mars bleu : le bilan",
        "Vaccination HPV au collège",
        "Soins de support : neuf fiches",
        "Bienvenue à la nouvelle équipe",
    )
    categories = ("Dépistage", "Outils", "Prévention", "Recherche")
    for at, title in enumerate(titles):
        slug = "octobre-rose" if not at else f"article-{at}"
        when = datetime(2026, 10, 1, 9, tzinfo=ZONE) - at * 60 * day
        one = item(slug, title, when, categories=(categories[at % 4],), tags=("coordination",) if at % 2 else (), authors=(Person(name="Agnès Valensole"),))  # fmt: skip
        made.append(Entry(item=one, title=title, content=f"<p>{title}.</p>", summary=f"{title}, en quelques mots et sans détour.", image=picture if at % 3 == 1 else None, count=lambda: 300))  # fmt: skip
    order = newest_first(entry.item for entry in made)
    by_path = {entry.item.path: entry for entry in made}
    return tuple(by_path[each.path] for each in order)


def feeds(folder: str = "") -> dict[str, str]:
    return {form: BASE + folder + name for form, name in FORMATS.items()}


def site(
    settings: Config | None = None, templates: Path | None = None, *, count: int | None = None
) -> tuple[Output, ...]:
    """Return every page of the sample site (the first ``count`` entries of it)."""
    settings = settings or config()
    theme = Theme(settings, templates)
    shown = entries()[:count]
    by_path = {entry.item.path: entry for entry in shown}
    what = plan(items_of(entry.item for entry in shown), NOW)
    groups = tuple(group for group in what.groups if group.kind != "language")
    frame = pages.PageFrame(
        theme,
        pages.SiteParts(
            feeds=feeds(),
            overviews=("category", "tag", "author"),
            newsletter=True,
            logo=Image(src=f"{BASE}static/logo.png", width=400, height=120),
            icon=f"{BASE}static/logo.png",
        ),
    )

    def card(one: Item) -> pages.Card:
        entry = by_path[one.path]
        return pages.Card(item=one, title=entry.title, summary=entry.summary, image=entry.image)

    places = pages.Places(what.items, groups, BASE, lambda one: by_path[one.path].title)
    made = [
        pages.render_item(places.page(e, what.items.index(e.item)), frame)
        for e in shown
        if e.item.page
    ]
    for listing in listings(what.items, groups):
        made += [
            pages.render_list(page, frame, card)
            for page in pages.paginate(listing, settings.pages.per_page)
        ]
    for kind in ("category", "tag", "author"):
        mine = tuple(group for group in groups if group.kind == kind)
        overview = pages.Overview(kind=kind, groups=mine, feeds={g.folder: feeds(g.folder) for g in mine})  # fmt: skip
        made.append(pages.render_overview(overview, frame))
    made.append(pages.render_issues(issues() if shown else (), frame))
    lines = [pages.FeedLine(label="Réseau Alizé", feeds=feeds())]
    lines += [pages.FeedLine(label=g.label, feeds=feeds(g.folder), kind=g.kind) for g in groups]
    made += [
        pages.render_subscribe(lines, frame, f"{BASE}feeds.opml"),
        pages.render_not_found(frame),
        pages.render_style(frame),
        pages.render_script(frame),
        pages.search_index([card(one) for one in what.items], BASE),
        pages.robots(BASE),
        *pages.sitemap(
            [(e.item.url, e.item.modified.isoformat()) for e in shown if e.item.page], BASE
        ),
    ]
    if shown:
        made.append(pages.render_redirect("vieux/index.html", shown[0].item.url, frame))
        gone = replace(shown[0].item, page="fini.html", expires=shown[0].item.published)
        made.append(pages.render_expired(gone, "Une offre d’emploi", frame))
    return tuple(made)


def listings(items: ItemList, groups: tuple[Group, ...]) -> list[pages.Listing]:
    related = tuple(
        Link(text=group.label, url=BASE + group.folder)
        for group in groups
        if group.kind == "category"
    )
    made = [pages.Listing(items=items, feeds=feeds(), related=related)]
    made += [
        pages.Listing(
            items=group.items,
            folder=group.folder,
            kind=group.kind,
            label=group.label,
            feeds=feeds(group.folder),
            about="https://m.example/" if group.label == "Yanis Morel" else "",
        )
        for group in groups
    ]
    return made


def issues() -> tuple[pages.IssueLine, ...]:
    return tuple(
        pages.IssueLine(
            subject=f"Ce qu’il faut retenir de {month}",
            preheader="Appel à projets, dépistage, agenda.",
            date=datetime(2026, at, 1, 8, tzinfo=ZONE),
            url=f"{BASE}newsletter/2026-{at:02}/",
            number=str(at),
        )
        for at, month in ((9, "septembre"), (10, "octobre"), (11, "novembre"))
    )
