"""Rules about dates, and what comes before what."""

from __future__ import annotations

from newsfeed.diagnostics.rules.rule import GOOD, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        code="date-missing",
        severity="error",
        en=(
            "there is no date",
            "add a line to the block at the top: date: 2026-11-23; or begin the file’s name with it: 2026-11-23-{file}",
        ),
        fr=(
            "il n’y a pas de date",
            "ajoutez une ligne au bloc d’en-tête : date: 2026-11-23 ; ou commencez par elle le nom du fichier : 2026-11-23-{file}",
        ),
        doc="A feed is in order of dates, and the time at which a file was saved is not one. The article is left out.",
        bad="---\ntitle: Octobre rose\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="date-elsewhere",
        severity="error",
        en=(
            "there is no date, and “{key}” holds one",
            'if it is the day of publication, add a line to the block at the top: date: {day}; for all articles, in newsfeed.toml: [items.fields] published = ["{key}"]',
        ),
        fr=(
            "il n’y a pas de date, et « {key} » en contient une",
            'si c’est le jour de la publication, ajoutez une ligne au bloc d’en-tête : date: {day} ; pour tous les articles, dans newsfeed.toml : [items.fields] published = ["{key}"]',
        ),
        doc="A key that newsfeed does not know is not taken for the date: it may be that of a meeting. The article is left out.",
        bad="---\ntitle: Octobre rose\nconference: 2026-10-01\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="date-unreadable",
        severity="error",
        en=("“{value}” is no date", "write year, month, day: {key}: 2026-11-23"),
        fr=(
            "« {value} » n’est pas une date",
            "écrivez l’année, le mois, le jour : {key}: 2026-11-23",
        ),
        doc="The article is left out when the date is the one of its publication.",
        bad="---\ntitle: Octobre rose\ndate: à la rentrée\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="date-impossible",
        severity="error",
        en=(
            "“{value}” does not exist in the calendar",
            "correct the day, the month or the time: {key}: 2026-11-23 09:30",
        ),
        fr=(
            "« {value} » n’existe pas dans le calendrier",
            "corrigez le jour, le mois ou l’heure : {key}: 2026-11-23 09:30",
        ),
        doc="There is no 31 November, no thirteenth month and no 25 o'clock.",
        bad="---\ntitle: Octobre rose\ndate: 2026-02-30\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="date-ambiguous",
        severity="error",
        en=(
            "“{value}” can be {first} or {second}",
            "write the one that you mean; or set items.date_order in newsfeed.toml",
        ),
        fr=(
            "« {value} » peut être le {first} ou le {second}",
            "écrivez celle que vous voulez dire ; ou réglez items.date_order dans newsfeed.toml",
        ),
        doc="Day and month stand in either order, by country. Where the site's language tells (day first in French, month first in American English), it is read so, with a note (`date-words`); English alone does not. Guessing would shift an article by months.",
    ),
    Rule(
        code="date-placeholder",
        severity="error",
        en=(
            "“{value}” was left by a tool that should have replaced it",
            "write the date: {key}: 2026-11-23",
        ),
        fr=(
            "« {value} » a été laissé par un outil qui devait le remplacer",
            "écrivez la date : {key}: 2026-11-23",
        ),
        doc="Content managers such as Decap leave a placeholder where a template was not filled.",
        bad="---\ntitle: Octobre rose\ndate: '{{now}}'\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="date-range",
        severity="error",
        en=(
            "the year of “{value}” cannot be right",
            "write a year between 1900 and 2199: {key}: 2026-11-23",
        ),
        fr=(
            "l’année de « {value} » ne peut pas être juste",
            "écrivez une année entre 1900 et 2199 : {key}: 2026-11-23",
        ),
        doc="Tools write year 1 or 0 for a date that was never set.",
        bad="---\ntitle: Octobre rose\ndate: 0001-01-01T00:00:00Z\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="date-zone",
        severity="error",
        en=(
            "the time zone of “{value}” is not known",
            "write a difference or a name: {key}: 2026-11-23 09:30 +01:00, or Europe/Paris at the end",
        ),
        fr=(
            "le fuseau horaire de « {value} » n’est pas connu",
            "écrivez un décalage ou un nom : {key}: 2026-11-23 09:30 +01:00, ou Europe/Paris à la fin",
        ),
        doc="Abbreviations mean several zones; names of the IANA data base and offsets do not.",
        bad="---\ntitle: Octobre rose\ndate: 2026-10-01 09:30 Paris/Europe\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="date-words",
        severity="info",
        en=("“{value}” is read as {better}", "write {key}: {better}"),
        fr=("« {value} » est lu comme {better}", "écrivez {key}: {better}"),
        doc="A date in words, or with the day first, is understood; other tools may not.",
        bad="---\ntitle: Octobre rose\ndate: 1er octobre 2026\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="date-weekday",
        severity="warning",
        en=(
            "“{value}” names another weekday than that date has: it is read as {better}",
            "correct the day or the weekday, or write {better}",
        ),
        fr=(
            "« {value} » nomme un autre jour de la semaine que celui de cette date : "
            "c’est lu comme {better}",
            "corrigez le jour ou le jour de la semaine, ou écrivez {better}",
        ),
        doc="The weekday tells nothing that the date does not: where they differ, one of them is a "
        "typing mistake, and nobody but the author knows which. The date counts.",
        bad="---\ntitle: Octobre rose\ndate: lundi 1er octobre 2026\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="updated-early",
        severity="warning",
        en=("it was updated ({value}) before it was published", "correct one of the two dates"),
        fr=("la mise à jour ({value}) précède la publication", "corrigez l’une des deux dates"),
        doc="An update before publication is a typing mistake in one of the two. It is passed over.",
        bad="---\ntitle: Octobre rose\ndate: 2026-10-01\nupdated: 2025-10-01\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="updated-future",
        severity="warning",
        en=(
            "it says that it was updated on a day to come ({value})",
            "write the day of its last change, or take the line out",
        ),
        fr=(
            "la mise à jour annoncée est encore à venir ({value})",
            "écrivez le jour de la dernière modification, ou retirez la ligne",
        ),
        doc="Feed readers sort by it, or pass it over: an article that is updated in the future "
        "stays above all others. What appears on a given day is said by its date.",
    ),
    Rule(
        code="expires-early",
        severity="warning",
        en=(
            "it expires ({value}) before it is published: it will never be shown",
            "correct one of the two dates",
        ),
        fr=(
            "il expire ({value}) avant d’être publié : il ne sera jamais montré",
            "corrigez l’une des deux dates",
        ),
        doc="An article that expires before it appears is never seen.",
        bad="---\ntitle: Octobre rose\ndate: 2026-10-01\nexpires: 2026-09-30\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="event-ends-early",
        severity="warning",
        en=("the event ends before it begins", "correct “start” or “end”"),
        fr=("l’évènement finit avant de commencer", "corrigez « start » ou « end »"),
        doc="The end is passed over.",
        bad="---\ntitle: Colloque\ndate: 2026-10-01\nevent: {start: 2026-12-10, end: 2026-12-09}\n---\nTexte.\n",
        good=GOOD,
    ),
)
