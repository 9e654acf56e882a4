"""A letter's figures, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import to_builtins

from newsfeed.cli.session import Session
from newsfeed.text.characters import visible

if TYPE_CHECKING:
    from newsfeed.build.letters import Made
    from newsfeed.newsletter.support import Support

_LEVELS = {
    "full": ("whole", "en entier"),
    "excerpt": ("excerpt", "extrait"),
    "headline": ("headline", "titre"),
    "line": ("line", "ligne"),
    "gone": ("left out", "retiré"),
}

_MJML = 119
"""The gaps of a letter of eight articles that MJML made, counted in the same way."""


def text(made: Made, dead: Sequence[str], support: Support, session: Session) -> str:
    """Return the letter's figures, a line each; ``dead`` are its links that lead nowhere."""
    return "".join(f"{visible(line)}\n" for line in _lines(made, dead, support, session))


def as_json(made: Made, dead: Sequence[str], support: Support, _session: Session) -> str:
    """Return the letter's figures as a JSON object."""
    figures = to_builtins(made.report) | {
        "dead_links": list(dead),
        "support": to_builtins(support) | {"pairs": support.pairs},
        "folder": made.letter.folder,
    }
    return json.dumps(figures, ensure_ascii=False, indent=2) + "\n"


def _lines(made: Made, dead: Sequence[str], support: Support, session: Session) -> Iterator[str]:
    report, tr = made.report, session.tr
    yield tr(f"Subject: {report.subject}", f"Objet : {report.subject}")
    yield tr(f"Preheader: {made.letter.preheader}", f"Accroche : {made.letter.preheader}")
    yield tr(
        f"Articles: {report.items}; {report.words} words, {report.minutes} min to read",
        f"Articles : {report.items} ; {report.words} mots, {report.minutes} min de lecture",
    )
    clip = round(report.clip * 100)
    html, plain, eml, weight = (
        _kb(size, session) for size in (report.html, report.text, report.eml, report.image_weight)
    )
    yield tr(
        f"HTML: {html}, {clip}% of what Gmail shows before it clips",
        f"HTML : {html}, {clip} % de ce que Gmail affiche avant de couper",
    )
    yield tr(f"Text: {plain}; message: {eml}", f"Texte : {plain} ; message : {eml}")
    count, mute = len(report.images), len(report.missing_alt)
    yield tr(
        f"Pictures: {count}, {weight}; without description: {mute}",
        f"Images : {count}, {weight} ; sans description : {mute}",
    )
    yield tr(
        f"Links: {len(report.links)}; dead on this site: {len(dead)}",
        f"Liens : {len(report.links)} ; morts sur ce site : {len(dead)}",
    )
    yield from (f"    {link}" for link in dead)
    light, dark = (_number(value, session) for value in report.contrast)
    yield tr(
        f"Least contrast: {light} in light, {dark} in dark; text needs 4.5",
        f"Plus faible contraste : {light} en clair, {dark} en sombre ; il faut 4,5 pour du texte",
    )
    pairs, clients, day = support.pairs, support.clients, support.date
    yield tr(
        f"Mail programs: {pairs} gaps in {clients} of them; MJML leaves {_MJML} (Can I email, {day})",
        f"Messageries : {pairs} lacunes dans {clients} logiciels ; MJML en laisse {_MJML} "
        f"(Can I email, {day})",
    )
    if report.shortened:
        yield tr(
            f"Shortened to fit: {len(report.shortened)}",
            f"Raccourcis pour tenir : {len(report.shortened)}",
        )
    for each in report.shortened:
        yield f"    {each.title}: {_level(each.wanted, session)} → {_level(each.shown, session)}"


def _level(name: str, session: Session) -> str:
    return session.tr(*_LEVELS[name]) if name in _LEVELS else name


def _kb(size: int, session: Session) -> str:
    return f"{_number(size / 1000, session)} {session.tr('kB', 'ko')}"


def _number(value: float, session: Session) -> str:
    shown = f"{value:.1f}"
    return shown.replace(".", ",") if session.spoken.startswith("fr") else shown


FORMATS: dict[str, Callable[[Made, Sequence[str], Support, Session], str]] = {
    "text": text,
    "json": as_json,
}
