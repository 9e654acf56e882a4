"""One issue file for readers of several languages: what it says to each, and an issue for each.

Its subject and preheader are a map by language, its editorial begins anew below a heading that is a
language alone, and a heading has as many parts, between `` / ``, as the file has languages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import replace

from newsfeed.markup.plain.titles import plain_title
from newsfeed.newsletter.issues.headings import WORDS, meaning
from newsfeed.newsletter.issues.issue import Issue, Role, Texts, suffix
from newsfeed.text.languages import alike, language_called

_BETWEEN = " / "


def spoken(heading: str, languages: Sequence[str]) -> str:
    """Return the one of ``languages`` that a heading is the tag or name of, empty for none."""
    tag = language_called(heading) or heading
    return next((each for each in languages if alike(each, tag)), "")


def first_of(languages: Sequence[str], main: str) -> str:
    """Return the one of ``languages`` that what names none is in: ``main``, or the first."""
    return spoken(main, languages) or next(iter(languages), "")


def parts(heading: str, languages: Sequence[str]) -> tuple[str, ...]:
    """Return a heading in each of ``languages``: its parts, or the whole for all of them."""
    written = tuple(part.strip() for part in heading.split(_BETWEEN))
    whole = len(written) != len(languages) or not all(written)
    return (heading,) * len(languages) if whole else written


def heading_in_each(
    heading: str, languages: Sequence[str], main: str, words: Callable[[str], Mapping[str, str]]
) -> tuple[tuple[str, ...], Role]:
    """Return a heading as the letter in each of ``languages`` prints it, and what it means.

    A word that is known, such as "In brief", is printed in the own words of each but ``main``,
    the one in which a heading without parts is written.
    """
    heading = plain_title(heading)
    read = [
        meaning(part, words(each))
        for part, each in zip(parts(heading, languages), languages, strict=True)
    ]
    role: Role = next((style for _, style in read if style != "excerpt"), "excerpt")
    key = next((key for key, style in WORDS.items() if style == role), "")
    titles = [title for title, _ in read]
    if key and set(titles) == {heading}:
        titles = [heading if each == main else words(each).get(key, heading) for each in languages]
    return tuple(titles), role


def heading_of(titles: Sequence[str]) -> str:
    """Return the heading that `parts` takes apart into ``titles``, if they differ and it can."""
    apart = len(set(titles)) > 1 and all(titles) and not any(_BETWEEN in each for each in titles)
    return _BETWEEN.join(titles) if apart else titles[0]


def letters(issue: Issue, main: str) -> tuple[Issue, ...]:
    """Return the issue of each letter that a file gives; ``main`` is the site's language.

    The letter in the site's language has the key of the file, every other one its language behind
    it: ``2026-11.en``.
    """
    if not issue.languages:
        return (issue,)
    made = []
    for place, language in enumerate(issue.languages):
        said = issue.texts.get(language, Texts())
        made.append(
            replace(
                issue,
                key=f"{issue.key}{suffix(language, main)}",
                language=language,
                subject=said.subject,
                preheader=said.preheader,
                editorial=said.editorial,
                editorial_line=said.editorial_line,
                sections=tuple(
                    replace(section, title=section.titles[place]) for section in issue.sections
                ),
                problems=() if place else issue.problems,
                shared=True,
            )
        )
    return tuple(made)
