"""The parts of a letter -> the text of its issue file, and of the list of what is left out."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from newsfeed.content.frontmatter import quoted
from newsfeed.markup.plain.titles import as_markup
from newsfeed.model import Item
from newsfeed.newsletter.issues.issue import FOLDER, suffix
from newsfeed.newsletter.issues.sections import Part
from newsfeed.text.regex import regex

_SPECIAL = regex(r"([\\\[\]*_`<>~])")


class Told(Struct, frozen=True, kw_only=True):
    """What an inbox shows of a letter; ``language`` is empty for the site's."""

    subject: str
    preheader: str
    language: str = ""


class FrontMatter(Struct, frozen=True, kw_only=True):
    """The fields of an issue file; ``number`` is None where a team does not count its issues.

    ``told`` has an entry for each language of the file; ``main`` is the site's.
    """

    told: tuple[Told, ...]
    day: date
    number: str | None
    main: str = ""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of a file that gives several letters."""
        return tuple(each.language for each in self.told) if len(self.told) > 1 else ()


def write(
    parts: Sequence[Part],
    front: FrontMatter,
    *,
    words: Mapping[str, str],
    again: Collection[str] = (),
) -> str:
    """Return an issue file that shows ``parts`` and waits for its editorial.

    ``again`` are the ids of articles that an earlier issue has too.
    """
    rows = ["---", *_front(front), "---", ""]
    rows += [f"<!-- {words['letter_note_editorial']} -->", ""]
    for language in front.languages:
        rows += [f"## {language}", ""]
    rows += [f"<!-- {words['letter_note_items']} -->", ""]
    for place, part in enumerate(parts):
        if part.title:
            rows += [f"## {as_markup(part.title)}", ""]
        for item in part.items:
            rows.append(row(item) + (f" ({words['letter_again']})" if item.id in again else ""))
        following = parts[place + 1] if place + 1 < len(parts) else None
        # The first article is the lead by its place; those that follow it continue its list.
        if following is None or following.title or part.style != "lead":
            rows.append("")
    return "\n".join(rows).rstrip("\n") + "\n"


def _front(front: FrontMatter) -> Iterator[str]:
    """Yield the lines of the front matter."""
    for name in ("subject", "preheader"):
        if front.languages:
            yield f"{name}:"
            for each in front.told:
                yield f"  {each.language}: {quoted(as_markup(getattr(each, name)))}"
        else:
            yield f"{name}: {quoted(as_markup(getattr(front.told[0], name)))}"
    yield f"date: {front.day.isoformat()}"
    if front.number:
        yield f"number: {front.number}"
    if front.languages:
        yield f"languages: [{', '.join(front.languages)}]"
    elif suffix(language := front.told[0].language, front.main):
        yield f"language: {language}"


def write_left_out(
    items: Iterable[Item], *, title: str, words: Mapping[str, str], before: str = ""
) -> str:
    """Return the file that lists the articles which no letter is to propose.

    ``before`` is the list as it is, to which the first letter in another language adds its own.
    """
    rows = [before.rstrip("\n")] if before else [f"<!-- {words['letter_note_left_out']} -->"]
    rows += ["", f"## {title}", "", *(row(item) for item in items)]
    return "\n".join(rows) + "\n"


def row(item: Item) -> str:
    """Return the line of an issue file that names ``item``."""
    title = _SPECIAL.sub(r"\\\1", " ".join(item.title.split()))
    target = item.path if item.path.startswith("/") else posixpath.relpath(item.path, FOLDER)
    if re.search(r"[\s()<>\\]", target):
        target = "<" + re.sub(r"([<>\\])", r"\\\1", target) + ">"
    key = item.id.replace("\\", "\\\\").replace('"', '\\"')
    return f'- [{title}]({target} "{key}")'
