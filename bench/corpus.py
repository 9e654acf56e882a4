"""A seeded corpus: French articles of some 3 KB with ten front-matter fields, the same every time.

Article ``number`` depends on its number alone, so that a corpus of 10,000 begins with the one of
1,000. Everything that the peers understand is varied: quoting, list style, date form, Markdown.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

Dialect = Literal["yaml", "pelican"]

MONTHS = 120
MINUTES = 28 * 600
FIRST = datetime(2015, 1, 1, 8)  # noqa: DTZ001 - written with its offset, or without one on purpose
BODY = 3000
SENTENCES = 1500

CATEGORIES = ("Dépistage", "Prévention", "Recherche", "Parcours de soins", "Formation", "Événements", "Vie du réseau", "Appels à projets")  # fmt: skip
TAGS = ("sein", "côlon", "poumon", "prostate", "peau", "thyroïde", "pédiatrie", "hôpital", "médecin généraliste", "tabac", "alcool", "nutrition", "activité physique", "vaccination", "imagerie", "radiothérapie", "essai clinique", "données", "qualité", "aidants", "après-cancer", "fertilité", "douleur", "oncogénétique")  # fmt: skip
AUTHORS = ("Camille Aubert", "Élodie Berçot", "Jean-Noël Castaing", "Inès Delmas", "Loïc Étienne", "François Guérin", "Zoé Lefèvre", "Noémie Marchand", "Rémi Ollivier", "Agnès Pichon")  # fmt: skip
SUBJECTS = ("le réseau", "l’équipe du centre", "la coordination régionale", "un groupe d’experts", "l’agence sanitaire", "la commission", "le comité d’éthique", "une infirmière de pratique avancée", "l’hôpital de jour", "le registre", "la campagne", "une étude européenne")  # fmt: skip
VERBS = ("publie", "présente", "met à jour", "évalue", "accompagne", "propose", "rappelle", "coordonne", "finance", "détaille", "étend", "simplifie")  # fmt: skip
OBJECTS = ("les recommandations de suivi", "un guide à l’usage des patients", "les délais de prise en charge", "l’accès aux soins de support", "une formation en ligne", "les résultats de l’enquête", "la participation au dépistage organisé", "un référentiel commun", "les consultations d’annonce", "un appel à candidatures", "la surveillance après traitement", "le programme personnalisé de soins")  # fmt: skip
ENDINGS = ("dans toute la région", "avec les médecins traitants", "à partir de l’automne", "pour les personnes de 50 à 74 ans", "sans avance de frais", "auprès des aidants", "en lien avec les établissements", "depuis trois ans", "au plus près du domicile", "selon les données du registre national", "malgré de fortes inégalités territoriales", "à l’occasion de la journée mondiale")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Article:
    """One file: its ``path`` below the folder of articles, and its ``text``."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class _Fields:
    title: str
    date: datetime
    updated: datetime
    slug: str
    category: str
    tags: tuple[str, ...]
    author: str
    description: str
    source: str


def write(folder: Path, count: int, dialect: Dialect = "yaml") -> None:
    """Write ``count`` articles below ``folder``, by year and month."""
    made: set[Path] = set()
    for article in articles(count, dialect):
        place = folder / article.path
        if place.parent not in made:
            place.parent.mkdir(parents=True, exist_ok=True)
            made.add(place.parent)
        place.write_text(article.text, encoding="utf-8", newline="\n")


def articles(count: int, dialect: Dialect = "yaml") -> Iterator[Article]:
    """Yield the articles 0 to ``count`` - 1; the last is not the newest, dates are spread."""
    for number in range(count):
        yield article(number, dialect)


def article(number: int, dialect: Dialect = "yaml") -> Article:
    """Return the article with this number."""
    chance = random.Random(number)
    fields = _fields(number, chance)
    head = _yaml(fields, chance) if dialect == "yaml" else _pelican(fields)
    path = f"{fields.date:%Y/%m}/{fields.slug}.md"
    return Article(path, f"{head}\n{_body(chance)}")


def edited(text: str, times: int) -> str:
    """Return an article's text with one more paragraph: the edit of the warm runs."""
    return f"{text}\nModification n° {times}.\n"


def _fields(number: int, chance: random.Random) -> _Fields:
    # Seven is prime to the number of months: neighbours by number lie in different folders.
    month = number * 7 % MONTHS
    date = FIRST.replace(year=FIRST.year + month // 12, month=month % 12 + 1)
    # No two articles of a month bear the same minute: 7919 is prime to the number of minutes.
    slot = number // MONTHS * 7919 % MINUTES
    date += timedelta(days=slot // 600, minutes=slot % 600)
    title = f"{chance.choice(SUBJECTS)} {chance.choice(VERBS)} {chance.choice(OBJECTS)}"
    title = title[0].upper() + title[1:]
    if chance.random() < 0.3:
        title = f"{chance.choice(CATEGORIES)} : {title[0].lower()}{title[1:]}"
    return _Fields(
        title=f"{title} ({number})",
        date=date,
        updated=date + timedelta(days=chance.randrange(60)),
        slug=f"actualite-{number:06}",
        category=chance.choice(CATEGORIES),
        tags=tuple(chance.sample(TAGS, 3)),
        author=chance.choice(AUTHORS),
        description=chance.choice(sentences()),
        source=f"Réseau régional, bulletin {number % 97 + 1}",
    )


def _yaml(fields: _Fields, chance: random.Random) -> str:
    """Return a YAML block, in one of the ways that people and tools write one."""
    form = chance.choice(("%Y-%m-%dT%H:%M:%S+01:00", "%Y-%m-%d %H:%M:%S+01:00", "%Y-%m-%dT%H:%M:%SZ"))  # fmt: skip
    if chance.random() < 0.5:
        tags = f"tags: [{', '.join(fields.tags)}]"
    else:
        tags = "tags:\n" + "\n".join(f"  - {tag}" for tag in fields.tags)
    quote = chance.choice(('"', '"', "'"))
    description = fields.description
    if chance.random() < 0.02:
        description = f"description: >-\n  {description}"
    else:
        description = f'description: "{description}"'
    plain = " : " not in fields.title and chance.random() < 0.5
    return "\n".join((
        "---",
        f"title: {fields.title}" if plain else f"title: {quote}{fields.title}{quote}",
        f"date: {fields.date:{form}}",
        f"lastmod: {fields.updated:{form}}",
        f"slug: {fields.slug}",
        f"categories: [{fields.category}]",
        tags,
        f"author: {fields.author}",
        description,
        "draft: false",
        f"source: {fields.source}",
        "---",
        "",
    ))  # fmt: skip


def _pelican(fields: _Fields) -> str:
    return "\n".join((
        f"Title: {fields.title}",
        f"Date: {fields.date:%Y-%m-%d %H:%M}",
        f"Modified: {fields.updated:%Y-%m-%d %H:%M}",
        f"Slug: {fields.slug}",
        f"Category: {fields.category}",
        f"Tags: {', '.join(fields.tags)}",
        f"Author: {fields.author}",
        f"Summary: {fields.description}",
        "Status: published",
        f"Source: {fields.source}",
        "",
    ))  # fmt: skip


def _body(chance: random.Random) -> str:
    parts: list[str] = []
    size = 0
    while size < BODY:
        part = _block(chance, len(parts))
        size += len(part.encode()) + 2
        parts.append(part)
    return "\n\n".join(parts) + "\n"


def _block(chance: random.Random, at: int) -> str:
    known = sentences()
    kind = chance.random()
    if at and kind < 0.15:
        return f"## {chance.choice(OBJECTS).capitalize()}"
    if at and kind < 0.27:
        return "\n".join(f"- {chance.choice(known)}" for _ in range(chance.randrange(2, 5)))
    if at and kind < 0.33:
        return f"> {chance.choice(known)}"
    if at and kind < 0.36:
        rows = (f"| {chance.choice(TAGS)} | {chance.randrange(20, 90)} % |" for _ in range(3))
        return "\n".join(("| Localisation | Participation |", "| --- | --- |", *rows))
    words = [chance.choice(known) for _ in range(chance.randrange(2, 5))]
    if kind < 0.6:
        words.append(f"Voir **{chance.choice(OBJECTS)}** et [le dossier complet](https://sante.example.org/dossiers/{chance.randrange(500)}).")  # fmt: skip
    return " ".join(words)


@cache
def sentences() -> tuple[str, ...]:
    chance = random.Random("phrases")
    found = []
    for _ in range(SENTENCES):
        sentence = f"{chance.choice(SUBJECTS)} {chance.choice(VERBS)} {chance.choice(OBJECTS)} {chance.choice(ENDINGS)}"  # fmt: skip
        if chance.random() < 0.4:
            sentence += (
                f", et {chance.choice(SUBJECTS)} {chance.choice(VERBS)} {chance.choice(OBJECTS)}"
            )
        found.append(f"{sentence[0].upper()}{sentence[1:]}.")
    return tuple(found)
