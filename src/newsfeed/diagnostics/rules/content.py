"""Rules about what articles say: what an editor looks at before publishing."""

from __future__ import annotations

from newsfeed.diagnostics.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        code="title-capitals",
        severity="warning",
        en=("the title is in capitals", "write it in small letters; templates set the style"),
        fr=(
            "le titre est en capitales",
            "écrivez-le en minuscules ; les modèles s’occupent du style",
        ),
        doc="Capitals are slow to read, lose accents, and some screen readers spell them out.",
        bad="---\ntitle: CAMPAGNE DE DÉPISTAGE\ndate: 2026-01-02\n---\nTexte.\n",
        good="---\ntitle: Campagne de dépistage\ndate: 2026-01-02\n---\nTexte.\n",
    ),
    Rule(
        code="summary-long",
        severity="warning",
        en=(
            "the summary has {length} characters, more than {limit}",
            "keep one or two sentences: letters and lists show it whole",
        ),
        fr=(
            "le résumé compte {length} caractères, plus que {limit}",
            "gardez une ou deux phrases : les lettres et les listes le montrent en entier",
        ),
        doc="The summary stands in lists, letters and search results.",
        bad="---\ntitle: Un\ndate: 2026-01-02\nsummary: "
        + "Une phrase de plus. " * 20
        + "\n---\nTexte.\n",
        good="---\ntitle: Un\ndate: 2026-01-02\nsummary: Une phrase.\n---\nTexte.\n",
    ),
    Rule(
        code="title-twice",
        severity="warning",
        en=(
            "“{title}” is also the title of {other}",
            "tell them apart: readers and search engines see titles alone",
        ),
        fr=(
            "« {title} » est aussi le titre de {other}",
            "distinguez-les : lecteurs et moteurs de recherche ne voient que les titres",
        ),
        doc="In a feed reader two entries of one title look like a mistake.",
    ),
    Rule(
        code="minute-twice",
        severity="info",
        en=(
            "{other} has the same minute",
            "set one a minute later if their order matters",
        ),
        fr=(
            "{other} porte la même minute",
            "décalez l’un d’une minute si leur ordre compte",
        ),
        doc="Items of one minute are ordered by id, which nobody sees.",
    ),
)
