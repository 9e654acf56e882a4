"""What is wrong with a command line, in French where messages are: click has its words in English."""

from __future__ import annotations

import re

import click

from newsfeed.cli.session import Session
from newsfeed.text.regex import regex

_OF_CLICK: tuple[tuple[str, str], ...] = (
    (r"Invalid value for (?:'[^']+' / )?'(.+?)': (.*)", "valeur refusée pour {0} : {1}"),
    (r"Invalid value for (.+?): (.*)", "valeur refusée pour {0} : {1}"),
    (r"Invalid value: (.*)", "valeur refusée : {0}"),
    (r"No such option '?([^' ]+?)'?\. (?:Did you mean|\(Possible options:) '?(.+?)'?[?)]", "option inconnue : {0} ; vouliez-vous dire {1} ?"),
    (r"No such option '?([^' ]+?)'?\.", "option inconnue : {0}"),
    (r"No such command “(.+)”\. Did you mean “(.+)”\?", "commande inconnue : « {0} » ; vouliez-vous dire « {1} » ?"),
    (r"No such command “(.+)”\.", "commande inconnue : « {0} »"),
    (r"Option '(.+)' requires an argument\.", "l’option {0} attend une valeur"),
    (r"Option '(.+)' does not take a value\.", "l’option {0} ne prend pas de valeur"),
    (r"Got unexpected extra arguments? \((.+)\)", "de trop : {0}"),
    (r"Missing (?:argument|option|parameter) '(.+?)'\.(?: .*)?", "il manque {0}"),
    (r"'(.+)' is not one of (.+)\.", "« {0} » n’est pas parmi {1}"),
    (r"'(.*)' is not a valid integer(?: range)?\.", "« {0} » n’est pas un nombre entier"),
    (r"(.+) is not in the range (.+)\.", "{0} n’est pas permis ({1})"),
)  # fmt: skip
_OURS: tuple[tuple[str, str], ...] = (
    (r"--close and --refresh go with an issue", "--close et --refresh vont avec un numéro"),
    (r"--baseline is of the whole site", "--baseline est du site entier"),
    (r"--fix or --baseline: mend first, then note what stays", "--fix ou --baseline : corrigez d’abord, puis notez ce qui reste"),
    (r"--fix mends articles, not feeds", "--fix corrige des articles, non des flux"),
    (r"no feed there: (.+)", "aucun flux ici : {0}"),
    (r"no feed: (.+)", "ce n’est pas un flux : {0}"),
    (r"newsfeed opens no connection: fetch the feed first, such as: (.+)", "newsfeed n’ouvre pas de connexion ; téléchargez d’abord le flux, ainsi : {0}"),
    (r"no such setting: (.+)", "réglage inconnu : {0}"),
    (r"serve needs watchfiles: (.+)", "serve a besoin de watchfiles : {0}"),
    (r"OLD and NEW are two folders, or two files", "OLD et NEW sont deux dossiers, ou deux fichiers"),
    (r"the newsletter is switched off: (.+)", "la lettre est désactivée : {0}"),
    (r"--item names the articles one by one: no other choice goes with it", "--item nomme les articles un à un : aucun autre choix ne va avec"),
    (r"“(.+)” is not a date; write 2026-11-23, or 23 novembre 2026", "« {0} » n’est pas une date ; écrivez 2026-11-23, ou 23 novembre 2026"),
    (r"“(.+)” is not an ISO 8601 date; write (.+) or (.+)", "« {0} » n’est pas une date ISO 8601 ; écrivez {1} ou {2}"),
    (r"what (.+) holds is written in (.+)", "ce que contient {0} est écrit dans {1}"),
    (r"there is no (.+); there is (.+)", "il n’y a pas de {0} ; il y a {1}"),
    (r"there is no (.+); start one with: (.+)", "il n’y a pas de {0} ; commencez-en un par : {1}"),
    (r"(.+) gives a letter in: (.+)", "{0} donne une lettre en : {1}"),
    (r"“(.+)” cannot be part of an address; try (.+)", "« {0} » ne peut faire partie d’une adresse ; essayez {1}"),
    (r"(.+) is no export of Ghost \((.+)\)", "{0} n’est pas un export de Ghost ({1})"),
    (r"the title is empty", "le titre est vide"),
    (r"SOURCE_DATE_EPOCH is “(.*)”: .*", "SOURCE_DATE_EPOCH est « {0} » : c’est un nombre de secondes depuis 1970, comme le donne date +%s"),
    (r"(--\S+) goes with (.+)", "{0} va avec {1}"),
)  # fmt: skip
"""What click, and what newsfeed says of wrong usage, and the same in French."""
_FRENCH = tuple((regex(pattern, re.DOTALL), french) for pattern, french in (*_OF_CLICK, *_OURS))


def said(error: click.ClickException) -> str:
    """Return what is wrong, below how the command is called, in the language of the messages."""
    context = getattr(error, "ctx", None)
    session = context.find_object(Session) if context else None
    message, called, hint, wrong = error.format_message(), "", "", "Error: "
    is_french = (session or Session()).spoken.startswith("fr")
    if is_french:
        message, wrong = in_french(message), "Erreur : "
    if context is not None:
        called = context.get_usage() + "\n"
        called = called.replace("Usage:", "Usage\u00a0:", 1) if is_french else called
        command = f"{context.command_path} {context.help_option_names[-1]}"
        hint = f"Essayez « {command} ».\n\n" if is_french else f"Try '{command}' for help.\n\n"
    return f"{called}{hint}{wrong}{message}\n"


def in_french(message: str) -> str:
    """Return what click or newsfeed says in English in French; as it is, where it is so already."""
    for pattern, french in _FRENCH:
        if (found := pattern.fullmatch(message)) is not None:
            return french.format(*map(in_french, found.groups()))
    return message
