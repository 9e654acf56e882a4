"""What a heading of an issue file means for the articles below it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from newsfeed.newsletter.issues.issue import Role
from newsfeed.text.regex import regex

WORDS: dict[str, Role] = {
    "letter_lead": "lead",
    "letter_briefs": "headline",
    "letter_agenda": "agenda",
    "letter_left_out": "out",
}
"""Which interface words are headings of their own: a site that renames one can write it too."""

_NAMES: dict[Role, tuple[str, ...]] = {
    "lead": ("À la une", "La une", "In the spotlight", "Lead", "Cover story", "في الواجهة"),
    "headline": (
        "En bref", "Brèves", "Les brèves", "In brief", "Briefs", "Headlines", "News in brief",
        "باختصار",
    ),
    "agenda": (
        "Agenda", "L’agenda", "Calendrier", "À vos agendas", "Rendez-vous", "Les rendez-vous",
        "Événements", "Calendar", "Events", "Upcoming", "Upcoming events", "Dates", "المواعيد",
    ),
    "out": ("Écartés", "Écarté", "Non retenus", "Left out", "Not in this letter", "مستبعدة"),
}  # fmt: skip
_SUFFIXES: dict[Role, tuple[str, ...]] = {
    "full": ("texte intégral", "en entier", "full text", "full", "النص الكامل"),
    "excerpt": ("extraits", "résumés", "excerpts", "summaries", "مقتطفات"),
    "headline": ("titres", "titres seuls", "headlines", "عناوين"),
    "agenda": ("agenda",),
}
_SUFFIX = regex(r"(.*\S)\s*\(([^()]+)\)\s*")


def meaning(heading: str, words: Mapping[str, str]) -> tuple[str, Role]:
    """Return the heading as it is printed, and how it shows its articles.

    A known word makes it so (``En bref``, ``Agenda``), or an addition in parentheses, which is not
    printed: ``Dossier (texte intégral)``. ``words`` are the interface words of the letter.
    """
    own = {folded(words[key]): role for key, role in WORDS.items() if key in words}
    whole = own.get(folded(heading)) or _ROLES.get(folded(heading))
    if whole:
        return heading, whole
    found = _SUFFIX.fullmatch(heading)
    role = _SUFFIX_ROLES.get(folded(found[2])) if found else None
    return (found[1], role) if found and role else (heading, "excerpt")


def folded(text: str) -> str:
    """Return ``text`` in lower case without accents, punctuation and emoji."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c))))


_ROLES: dict[str, Role] = {folded(name): role for role, names in _NAMES.items() for name in names}
_SUFFIX_ROLES: dict[str, Role] = {
    folded(name): role for role, names in _SUFFIXES.items() for name in names
}
