"""The front matter of an issue file -> the fields of an `Issue`."""

from __future__ import annotations

import difflib
from datetime import datetime
from typing import get_args

from msgspec.structs import replace

from newsfeed.content import fields as convert
from newsfeed.content.fields import Report
from newsfeed.markup.plain.titles import plain_title
from newsfeed.newsletter.issues.headings import folded
from newsfeed.newsletter.issues.issue import Issue, Layout, Texts
from newsfeed.newsletter.issues.versions import first_of, spoken
from newsfeed.text.characters import CONTROLS
from newsfeed.text.languages import alike, is_language

FIELDS: dict[str, tuple[str, ...]] = {
    "subject": ("subject", "objet", "sujet", "title", "titre"),
    "preheader": ("preheader", "accroche", "summary", "description"),
    "date": ("date",),
    "number": ("number", "numero", "no"),
    "layout": ("layout", "mise en page"),
    "language": ("language", "lang", "langue", "languages", "langues"),
    "draft": ("draft", "brouillon"),
}
"""The fields of an issue's front matter, and what else people call them, accents aside."""


class Fields:
    """Reads the front matter; ``main`` is the site's language."""

    def __init__(self, report: Report, main: str) -> None:
        self.report = report
        self.main = main
        self.found: dict[str, str] = {}

    def of(self, issue: Issue) -> Issue:
        """Return ``issue`` with what the front matter says of it."""
        report = self.report
        names = {folded(alias): field for field, aliases in FIELDS.items() for alias in aliases}
        for key in report.block.values:
            field = names.get(folded(key.replace("_", " ").replace("-", " ")))
            if field is None:
                near = difflib.get_close_matches(folded(key), names, n=1)
                known = names[near[0]] if near else ", ".join(FIELDS)
                report.add("issue-field", report.block.lines.get(key, 1), 1, key=key, known=known)
            else:
                self.found.setdefault(field, key)
        languages = self._languages()
        several = languages if len(languages) > 1 else ()
        subjects = self._by_language("subject", several)
        preheaders = self._by_language("preheader", several)
        own = languages[0] if languages and not several else ""
        return replace(
            issue,
            subject=subjects.get("", ""),
            preheader=preheaders.get("", ""),
            date=_date(report, self.found.get("date")),
            number=self._text("number") or None,
            layout=_layout(report, self.found.get("layout"), self._text("layout")),
            language=own,
            languages=several,
            texts={
                each: Texts(subject=subjects.get(each, ""), preheader=preheaders.get(each, ""))
                for each in several
            },
            draft=_draft(report, self.found.get("draft")),
        )

    def _text(self, field: str) -> str:
        key = self.found.get(field)
        return convert.text(self.report, (key,), self.report.block.values[key]) or "" if key else ""

    def _languages(self) -> tuple[str, ...]:
        """Return the languages that the file gives letters in: those that exist, each once."""
        key = self.found.get("language")
        if key is None:
            return ()
        value = self.report.block.values[key]
        made: list[str] = []
        for tag in convert.texts(self.report, (key,), value):
            if not is_language(tag):
                self.report.say("issue-language", (key,), value=tag)
            elif not any(alike(tag, other) for other in made):
                made.append(tag)
        return tuple(made)

    def _by_language(self, field: str, languages: tuple[str, ...]) -> dict[str, str]:
        """Return a text by language, or by none; one text for several is that of the site's."""
        key = self.found.get(field)
        value = self.report.block.values[key] if key else ""
        if not key or not languages or not isinstance(value, dict):
            return {first_of(languages, self.main): self._one_line(field, self._text(field))}
        texts: dict[str, str] = {}
        for tag, each in value.items():
            if language := spoken(tag, languages):
                written = convert.text(self.report, (key, tag), each) or ""
                texts[language] = self._one_line(field, written)
            else:
                self.report.say("issue-text-language", (key, tag), value=tag)
        return texts

    def _one_line(self, field: str, written: str) -> str:
        """Return a text as inboxes show it: without markup, the subject without what ends a header."""
        if field == "subject" and CONTROLS.search(written):
            self.report.say("letter-header", (self.found[field],), header="Subject")
            written = CONTROLS.sub(" ", written).strip()
        return plain_title(written)


def _draft(report: Report, key: str | None) -> bool:
    """Say whether the letter is held back. What is unclear is held back."""
    if key is None:
        return False
    return bool(convert.boolean(report, (key,), report.block.values[key], unclear=True))


def _date(report: Report, key: str | None) -> datetime | None:
    if key is None or not report.block.values[key]:
        return None
    read = convert.date(report, (key,), report.block.values[key])
    return read.when if read else None


def _layout(report: Report, key: str | None, value: str) -> Layout | None:
    known: dict[str, Layout] = {each: each for each in get_args(Layout)}
    if value and value.lower() not in known:
        report.say("issue-layout", (key or "",), value=value)
    return known.get(value.lower())
