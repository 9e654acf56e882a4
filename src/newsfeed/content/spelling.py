"""Misspelt keys of front matter, and those of other languages -> the keys that were meant."""

from __future__ import annotations

from functools import lru_cache

# Names in other languages, and keys that look like a misspelling of ours and are not.
_FOREIGN = {
    "titre": "title", "sujet": "title", "résumé": "summary", "resume": "summary",
    "catégorie": "category", "categorie": "category", "catégories": "categories",
    "rubrique": "category", "mots-clés": "tags", "mots-cles": "tags", "mots_clés": "tags",
    "étiquettes": "tags", "etiquettes": "tags", "auteur": "author", "auteurs": "authors",
    "auteure": "author", "autrice": "author", "langue": "lang", "brouillon": "draft",
    "liens": "links", "illustration": "image", "pièces jointes": "enclosures",
    "expiration": "expires", "évènement": "event", "événement": "event", "évenement": "event",
    "mise à jour": "updated", "mis à jour": "updated", "date de publication": "date",
    "publié": "date", "publication": "date", "poids": "weight", "modifié": "updated",
    "date publication": "date", "date de parution": "date", "parution": "date", "jour": "date",
    "date de mise en ligne": "date", "mise en ligne": "date", "fecha": "date", "datum": "date",
}  # fmt: skip
_ORDINARY_WORDS = (
    "layout type data page pages list link name names images file files label links2 dates date2"
    " toc math comments comment subtitle series part state stage star start stars text theme template"
    " templates tagline lead lede line lines slugs event_date source_name image_credit image_caption"
    " image_src image_width image_height caption credit color colors colour header footer sidebar"
    " title_en title_fr titles subtitles status sort sorting dir role parent nav menu menus icon code"
    " rss feed feeds mathjax katex license lisence reading_time readtime words count id2 key keys kind"
    " top sticky stick hide hidden show share search index noindex robots sitemap amp css js style"
    " styles script scripts language_code languages locales authors_list location place price city"
    " video audio podcast season episode duration cover_image hero logo banner_image background"
    " cssclass cssclasses publish permalinks urls paths body content outputs cascade headless linktitle"
    " menu_title sidebar_label sidebar_position pagination_next pagination_prev hide_title tile tiles"
    " titlecase linked time times ended end ends day days year month updated_by dated rate eid uuid"
    " publisher publishers stats statute statutes primate privates hides hiding passwords listed"
)
ORDINARY = frozenset(_ORDINARY_WORDS.split())
_SPELT = (
    "title", "date", "published", "updated", "modified", "expires", "draft", "slug", "permalink",
    "url", "category", "categories", "tags", "summary", "description", "excerpt", "image",
    "author", "authors", "language", "lang", "weight", "source", "links", "enclosures", "event",
    "canonical", "redirects", "aliases", "private", "visibility", "unlisted", "status", "hidden",
    "isdraft", "password",
)  # fmt: skip


def joined(key: str) -> str:
    """Return ``key`` as keys are compared: in small letters, without what parts its words."""
    return key.lower().translate(_PARTING)


_PARTING = {ord(sign): None for sign in "-_ "}
_MEANT = {joined(key): meant for key, meant in _FOREIGN.items()}


def foreign(key: str) -> str:
    """Return the key that one in another language stands for, or ``""``."""
    return _MEANT.get(joined(key), "")


@lru_cache(maxsize=4096)
def meant_by(key: str) -> str:
    """Return the key that the unknown ``key``, in lower case, is a misspelling of, or ``""``."""
    if meant := foreign(key):
        return meant
    plain = key.strip(" \u00a0\u202f")
    if plain in _SPELT:
        return plain
    if key in ORDINARY or len(key) < 3:
        return ""
    for known in _SPELT:
        allowed = 1 if len(known) < 7 else 2
        if abs(len(known) - len(key)) <= allowed and len(known) > 3:
            distance = _distance(key, known)
            if distance <= allowed and key[0] in (known[0], known[1]):
                return known
    return ""


def _distance(one: str, other: str) -> int:
    """Return how many letters must be changed, added, dropped or swapped between two words."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
