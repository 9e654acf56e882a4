"""A letter's figures, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct, to_builtins

from newsfeed.cli.session import Session
from newsfeed.text.characters import visible

if TYPE_CHECKING:
    from newsfeed.build.letters import Made
    from newsfeed.diagnostics import Diagnostic
    from newsfeed.newsletter.report import Shown
    from newsfeed.newsletter.support import Support

_LEVELS = {
    "full": ("whole", "en entier"),
    "excerpt": ("excerpt", "extrait"),
    "headline": ("headline", "titre"),
    "line": ("line", "ligne"),
    "gone": ("left out", "retiré"),
}

MJML = 152
"""The gaps of a letter of eight articles that MJML 5 made, counted in the same way (`make bench`)."""


class Finished(Struct, frozen=True, kw_only=True):
    """A letter, its ``dead`` links, what mail programs lack for it, and what is wrong with it."""

    made: Made
    dead: Sequence[str]
    support: Support
    problems: Sequence[Diagnostic]


def text(letters: Sequence[Finished], session: Session) -> str:
    """Return the figures of each letter, a line each."""
    return "\n".join(
        "".join(f"{visible(line)}\n" for line in _lines(letter, session)) for letter in letters
    )


def as_json(letters: Sequence[Finished], session: Session) -> str:
    """Return a letter's figures and what is wrong with it as a JSON object.

    Several letters, of one issue file, are the list ``letters`` of such an object.
    """
    tables = [_table(letter, session) for letter in letters]
    figures = tables[0] if len(tables) == 1 else {"letters": tables}
    return json.dumps(figures, ensure_ascii=False, indent=2) + "\n"


def _table(letter: Finished, session: Session) -> dict[str, Any]:
    report, support = letter.made.report, letter.support
    table: dict[str, Any] = to_builtins(report)
    return table | {
        "missing_alt": list(report.missing_alt),
        "dead_links": list(letter.dead),
        "insecure_links": list(report.insecure_links),
        "support": to_builtins(support) | {"pairs": support.pairs},
        "folder": letter.made.letter.folder,
        "problems": session.worded(letter.problems),
    }


def _lines(letter: Finished, session: Session) -> Iterator[str]:
    report, tr = letter.made.report, session.tr
    preheader = letter.made.letter.preheader
    yield tr(f"Subject: {report.subject}", f"Objet : {report.subject}")
    yield tr(f"Preheader: {preheader}", f"Accroche : {preheader}")
    yield tr(
        f"Articles: {report.items}; {report.words} words, {report.minutes} min to read",
        f"Articles : {report.items} ; {report.words} mots, {report.minutes} min de lecture",
    )
    clip = round(report.clip * 100)
    html, plain, eml = (_kb(size, session) for size in (report.html, report.text, report.eml))
    yield tr(
        f"HTML: {html}, {clip}% of what Gmail shows before it clips",
        f"HTML : {html}, {clip} % de ce que Gmail affiche avant de couper",
    )
    yield tr(f"Text: {plain}; message: {eml}", f"Texte : {plain} ; message : {eml}")
    yield from _pictures(letter, session)
    yield from _links(letter, session)
    if report.long_code:
        yield tr(
            f"Lines of code too long for Outlook on Windows, which breaks none: {report.long_code}",
            "Lignes de code trop longues pour Outlook sous Windows, qui n’en coupe aucune : "
            f"{report.long_code}",
        )
    light, dark = (_number(value, session) for value in report.contrast)
    yield tr(
        f"Least contrast: {light} in light, {dark} in dark; text needs 4.5",
        f"Plus faible contraste : {light} en clair, {dark} en sombre ; il faut 4,5 pour du texte",
    )
    pairs, clients, day = letter.support.pairs, letter.support.clients, letter.support.date
    yield tr(
        f"Mail programs: {pairs} gaps in {clients} of them; MJML leaves {MJML} (Can I email, {day})",
        f"Messageries : {pairs} lacunes dans {clients} logiciels ; MJML en laisse {MJML} "
        f"(Can I email, {day})",
    )
    if report.shortened:
        yield tr(
            f"Shortened to fit: {len(report.shortened)}",
            f"Raccourcis pour tenir : {len(report.shortened)}",
        )
    for each in report.shortened:
        yield f"    {each.title}: {_level(each.wanted, session)} → {_level(each.shown, session)}"


def _pictures(letter: Finished, session: Session) -> Iterator[str]:
    """Yield how many pictures there are, and each with its size on the page and its weight."""
    report = letter.made.report
    count, mute, weight = len(report.images), len(report.missing_alt), report.image_weight
    total = _kb(weight, session)
    yield session.tr(
        f"Pictures: {count}, {total}; without description: {mute}",
        f"Images : {count}, {total} ; sans description : {mute}",
    )
    site = letter.made.letter.web.removesuffix(letter.made.letter.folder)
    for image in report.images:
        yield f"    {image.src.removeprefix(site)}{session.tr(':', ' :')} {_size(image, session)}"


def _size(image: Shown, session: Session) -> str:
    """Return a picture's size on the page, that of its file, its weight, and what it lacks."""
    tr = session.tr
    told = []
    if image.width:
        told.append(f"{image.width} × {image.height} px" if image.height else f"{image.width} px")
    if image.pixels and image.pixels != image.width:
        told[-1:] = [
            " ".join([*told[-1:], tr(f"({image.pixels} sent)", f"({image.pixels} envoyés)")])
        ]
    told.append(
        tr("weight unknown", "poids inconnu")
        if image.length is None
        else _kb(image.length, session)
    )
    if not image.alt:
        told.append(tr("without description", "sans description"))
    return ", ".join(told)


def _links(letter: Finished, session: Session) -> Iterator[str]:
    """Yield how many links there are, and those that lead nowhere or are not encrypted."""
    report, dead = letter.made.report, letter.dead
    insecure = report.insecure_links
    yield session.tr(
        f"Links: {len(report.links)}; dead on this site: {len(dead)}; not encrypted: {len(insecure)}",
        f"Liens : {len(report.links)} ; morts sur ce site : {len(dead)} ; "
        f"non chiffrés : {len(insecure)}",
    )
    for link in dict.fromkeys([*dead, *insecure]):
        what = [session.tr("dead", "mort")] if link in dead else []
        what += [session.tr("not encrypted", "non chiffré")] if link in insecure else []
        yield f"    {link} ({', '.join(what)})"


def _level(name: str, session: Session) -> str:
    return session.tr(*_LEVELS[name]) if name in _LEVELS else name


def _kb(size: int, session: Session) -> str:
    return f"{_number(size / 1000, session)} {session.tr('kB', 'ko')}"


def _number(value: float, session: Session) -> str:
    shown = f"{value:.1f}"
    return shown.replace(".", ",") if session.spoken.startswith("fr") else shown


FORMATS: dict[str, Callable[[Sequence[Finished], Session], str]] = {"text": text, "json": as_json}
