"""Letters to try things on: French, English, Arabic; any number of items; hostile ones."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from newsfeed.config import Config, parse
from newsfeed.model import Entry, Event, Image, Item, Letter, Link, Section
from newsfeed.newsletter.masthead import Logo
from newsfeed.site.mail_pictures import Shades
from newsfeed.theme.environment import Theme

SITE = "https://www.reseau-mistral.example/"
ITEMS = Path(__file__).parents[1] / "items"
LOGO = Logo(
    image=Image(src=f"{SITE}logo.png", alt="", width=400, height=120),
    shades=Shades(solid=False, colours=(("#ffffff", 1.0),)),
)

CONFIG = """
[site]
title = "Réseau Mistral Cancer"
url = "https://www.reseau-mistral.example/"
language = "fr"
timezone = "Europe/Paris"
notice = "Les informations publiées ici ne remplacent pas une consultation."
[newsletter]
title = "La lettre du réseau"
from = {{ name = "Réseau Mistral Cancer", email = "lettre@reseau-mistral.example" }}
address = "Réseau Mistral Cancer, 12 rue de l’Exemple, 13000 Marseille"
unsubscribe = "https://www.reseau-mistral.example/desabonnement?liste=lettre&de=courriel"
unsubscribe_email = "desabonnement@reseau-mistral.example"
{extra}
"""

Words = dict[str, list[str]]
WORDS: dict[str, Words] = {
    "fr": {
        "title": [
            "Parcours de soins : les équipes ont jusqu’au 15 décembre pour déposer leur dossier",
            "Un guide pratique pour les aidants",
            "Activité physique adaptée : la carte s’agrandit",
            "Portrait : une journée avec une infirmière de coordination",
            "Dépistage du cancer du poumon : ce que le programme pilote change",
            "Le dossier communicant de cancérologie passe en version 4",
            "Mois sans tabac : le réseau vous accompagne",
            "Journée régionale : rendez-vous le 10 décembre",
        ],
        "text": [
            "Le réseau ouvre un appel à projets pour soutenir les initiatives qui facilitent la "
            "coordination entre la ville et l’hôpital. Dix équipes seront accompagnées pendant "
            "dix-huit mois.",
            "Seize fiches pour organiser le quotidien, connaître ses droits et trouver du répit "
            "près de chez soi.",
            "Vingt-quatre structures sont désormais référencées, dont six en zone rurale, avec "
            "leurs créneaux.",
            "Son téléphone sonne à 8 h 02. Au bout du fil, une voix qui s’excuse de déranger.",
        ],
        "category": ["Appel à projets", "Patients et proches", "Soins de support", "Vie du réseau"],
        "section": ["À la une", "Vie du réseau", "En bref", "Agenda"],
        "action": ["Consulter le cahier des charges", "Télécharger le guide", "S’inscrire"],
        "quote": [
            "Quand chaque équipe sait qui appeler, le patient gagne du temps et de la sérénité.",
            "Une infirmière coordinatrice, Rennes",
        ],
        "place": ["Maison des réseaux, Marseille"],
    },
    "en": {
        "title": [
            "Care pathways: teams have until 15 December to apply",
            "A practical guide for carers",
            "Adapted physical activity: the map grows",
            "Portrait: a day with a coordinating nurse",
            "Lung cancer screening: what the pilot changes",
            "The shared oncology record moves to version 4",
            "A month without tobacco: we walk with you",
            "Regional day: see you on 10 December",
        ],
        "text": [
            "The network opens a call for projects that make it easier for hospital and town to "
            "work together. Ten teams will be supported for eighteen months.",
            "Sixteen sheets to organise everyday life, know one’s rights and find respite nearby.",
            "Twenty-four centres are now listed, six of them in rural areas, with their hours.",
            "Her phone rings at 8:02. A voice apologises for the trouble.",
        ],
        "category": ["Call for projects", "Patients and families", "Support", "The network"],
        "section": ["In the spotlight", "The network", "In brief", "Diary"],
        "action": ["Read the terms", "Download the guide", "Register"],
        "quote": [
            "When each team knows whom to call, the patient gains time and peace of mind.",
            "A coordinating nurse, Rennes",
        ],
        "place": ["House of networks, Marseille"],
    },
    "ar": {
        "title": [
            "مسارات الرعاية: آخر موعد لتقديم الملفات هو 15 ديسمبر",
            "دليل عملي لمقدمي الرعاية",
            "النشاط البدني المكيّف: الخريطة تتوسع",
            "بورتريه: يوم مع ممرضة منسقة",
            "الكشف عن سرطان الرئة: ما الذي يغيره البرنامج",
            "الملف المشترك للأورام في نسخته الرابعة",
            "شهر بلا تدخين: الشبكة ترافقكم",
            "اليوم الجهوي: موعدنا في 10 ديسمبر",
        ],
        "text": [
            "تفتح الشبكة باب تقديم المشاريع لدعم المبادرات التي تسهل التنسيق بين المدينة "
            "والمستشفى. ستُرافق عشر فرق مدة ثمانية عشر شهرا.",
            "ست عشرة بطاقة لتنظيم الحياة اليومية ومعرفة الحقوق وإيجاد الراحة.",
            "أربعة وعشرون مركزا مسجلا، ستة منها في مناطق ريفية.",
            "يرن هاتفها في الثامنة ودقيقتين، وصوت يعتذر عن الإزعاج.",
        ],
        "category": ["دعوة للمشاريع", "المرضى والأقارب", "الرعاية الداعمة", "حياة الشبكة"],
        "section": ["في الواجهة", "حياة الشبكة", "باختصار", "المواعيد"],
        "action": ["اطلع على الشروط", "حمّل الدليل", "سجّل"],
        "quote": [
            "حين تعرف كل فرقة بمن تتصل، يربح المريض الوقت والطمأنينة في مساره.",
            "ممرضة منسقة",
        ],
        "place": ["دار الشبكات، مرسيليا"],
    },
}
PICTURES = (
    ("2026/appel-a-projets/mosaique.png", 1200, 600),
    ("2026/mars-bleu/vagues.png", 1200, 600),
    ("2026/octobre-rose/arches.png", 1200, 600),
    ("2026/portrait-coordination/matin.jpg", 1600, 1067),
)


def config(extra: str = "") -> Config:
    """Return a configuration; ``extra`` are lines of its [newsletter] table."""
    return parse(CONFIG.format(extra=extra))


def theme(settings: Config, templates: Path | None = None) -> Theme:
    return Theme(settings, templates)


def entry(
    number: int = 0,
    language: str = "fr",
    *,
    title: str | None = None,
    content: str | None = None,
    summary: str | None = None,
    picture: bool = False,
    event: bool = False,
    action: bool = False,
    updated: bool = False,
    source: bool = False,
) -> Entry:
    """Return the ``number``-th entry of ``language``, its words taken in turn."""
    words = WORDS[language]
    text = words["text"][number % len(words["text"])]
    slug = f"article-{number}"
    quote, by = words["quote"]
    body = (
        content
        if content is not None
        else (
            f"<p>{text}</p><h2>{words['category'][0]}</h2><p>{words['text'][0]}</p>"
            f"<blockquote><p>{quote}</p><p>— {by}</p></blockquote><p>{words['text'][1]}</p>"
            f"<ul><li>{words['text'][2]}</li><li><a href='{SITE}x'>{words['text'][3]}</a></li></ul>"
        )
    )
    path, width, height = PICTURES[number % len(PICTURES)]
    published = datetime(2026, 10, 3, 8, tzinfo=UTC) - timedelta(days=2 * number)
    name = title if title is not None else words["title"][number % len(words["title"])]
    item = Item(
        path=f"items/{slug}.md",
        title=name,
        slug=slug,
        published=published,
        updated=published + timedelta(days=1) if updated else None,
        url=f"{SITE}items/2026/10/{slug}.html",
        page=f"items/2026/10/{slug}.html",
        language=language,
        id=f"tag:reseau-mistral.example,2026:{slug}",
        categories=(words["category"][number % len(words["category"])],),
        summary=summary,
        event=Event(
            start=datetime(2026, 12, 10, 8, tzinfo=UTC),
            end=datetime(2026, 12, 10, 16, tzinfo=UTC),
            place=words["place"][0],
        )
        if event
        else None,
    )
    return Entry(
        item=item,
        title=name,
        content=body,
        opening=lambda: body if content is not None else f"<p>{text}</p>",
        summary=summary or text,
        image=Image(src=f"{SITE}items/{path}", alt=name, width=width, height=height)
        if picture
        else None,
        links=(Link(text=words["action"][number % 3], url=f"{SITE}action-{number}"),)
        if action
        else (),
        source=Link(text="INCa", url="https://www.cancer.example/") if source else None,
    )


def letter(
    count: int = 8,
    language: str = "fr",
    *,
    style: Literal["full", "excerpt"] = "excerpt",
    subject: str | None = None,
    editorial: str = "",
) -> Letter:
    """Return a letter of ``count`` entries: a lead, sections, briefs, an agenda."""
    words = WORDS[language]
    entries = [
        entry(
            n,
            language,
            picture=n < 4,
            event=n == count - 1 and count > 2,
            action=n in (0, 1, count - 1),
            updated=n == 0,
            source=n in (0, 4),
        )
        for n in range(count)
    ]
    lead, rest, agenda = entries[:1], entries[1:], []
    if count > 2:
        rest, agenda = rest[:-1], rest[-1:]
    shown = rest if style == "full" else rest[: max(4, len(rest) // 2)]
    briefs = rest[len(shown) :]
    sections = [Section(title="", entries=tuple(lead), style="lead")]
    for title, chosen, kind in (
        (words["section"][1], shown, style),
        (words["section"][2], briefs, "headline"),
        (words["section"][3], agenda, "agenda"),
    ):
        if chosen:
            sections.append(Section(title=title, entries=tuple(chosen), style=kind))
    return Letter(
        key="2026-10",
        subject=subject if subject is not None else entries[0].title,
        preheader=words["text"][1],
        date=datetime(2026, 10, 5, 6, tzinfo=UTC),
        language=language,
        sections=tuple(sections),
        folder="newsletter/2026-10/",
        web=f"{SITE}newsletter/2026-10/",
        editorial=editorial,
        number="42",
    )


def relied_on(html: str) -> str:
    """Return what the markup itself relies on: no style element, comment or colour-scheme meta."""
    html = re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)
    html = re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL)
    return re.sub(r'<meta name="(?:supported-)?color-schemes?"[^>]*>', "", html)
