"""Wrong usage of a command line, in the language of the messages: click has English words alone."""

from __future__ import annotations

import re

import click

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
"""What click says of wrong usage, and the same in French."""
_FRENCH = tuple((regex(pattern, re.DOTALL), french) for pattern, french in _OF_CLICK)


class WrongUsage(click.UsageError):
    """Options or arguments that say nothing together, in both languages."""

    def __init__(self, english: str, french: str) -> None:
        super().__init__(english)
        self.french = french


class WrongValue(click.BadParameter):
    """A value that an option or argument, ``of``, cannot have, in both languages."""

    def __init__(self, english: str, french: str, of: str | None = None) -> None:
        super().__init__(english, param_hint=of)
        self.french = french


def said(error: click.ClickException, *, french: bool) -> str:
    """Return what is wrong, below how the command is called."""
    context = getattr(error, "ctx", None)
    message = error.format_message()
    if french:
        own = getattr(error, "french", "")
        message = in_french(message.replace(error.message, own) if own else message)
    called = ""
    if context is not None:
        command = f"{context.command_path} {context.help_option_names[-1]}"
        hint = f"Essayez «\u00a0{command}\u00a0»." if french else f"Try '{command}' for help."
        usage = context.get_usage()
        usage = usage.replace("Usage:", "Usage\u00a0:", 1) if french else usage
        called = f"{usage}\n{hint}\n\n"
    wrong = "Erreur\u00a0:" if french else "Error:"
    return f"{called}{wrong} {message}\n"


def in_french(message: str) -> str:
    """Return what click says in English in French; as it is, where it is so already."""
    for pattern, french in _FRENCH:
        if (found := pattern.fullmatch(message)) is not None:
            return french.format(*map(in_french, found.groups()))
    return message
