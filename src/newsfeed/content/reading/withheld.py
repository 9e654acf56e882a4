"""Whether an article is held back. What is unclear is, and is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import cast

from newsfeed.content import dates, not_public
from newsfeed.content import fields as convert
from newsfeed.content.aliases import CONVERTERS
from newsfeed.content.fields import Report, named, shown
from newsfeed.content.keys import Given, Resolved, Table
from newsfeed.content.not_public import Found
from newsfeed.text.regex import regex

# Where a text may say so whose front matter is none that anybody can read.
_LOOKED_AT = 4000
_LINE = regex(r"^[^\w\n]{0,8}([A-Za-z_][\w.-]{2,30})[\"']?[ \t]*[:=][ \t]*[\"']?([\w-]+)", re.M)
_MEMBER = regex(r"[{,]\s{0,9}[\"']?([A-Za-z_]\w{2,30})[\"']?\s{0,9}:\s{0,9}[\"']?([\w-]+)")
_CODE = ("---", "export ", "import ", "{")
_NIKOLA_TAGS = frozenset(("draft", "private", "retired"))


def is_held_back(report: Report, table: Table, given: Resolved, prefix: str) -> bool:
    """Say whether an article is held back by its folder or by its front matter.

    ``given`` is what its front matter gives; ``prefix`` is the folder of articles.
    """
    found = given.fields
    held = f"/{not_public.FOLDER}/" in f"/{report.path}"
    public = False
    for mark in given.marks:
        day = table.day(mark)
        if day == "expires":
            continue  # it is published until then
        says = _says_a_day(report, mark, found) if day else _says(report, mark)
        held = held or says in ("held", "unclear")
        public = public or says == "public"
    held = held or _is_repeated(report) or _is_of_nikola(report, found)
    held = held or (not report.block.values and _is_marked_in_text(report))
    held = held or (not public and _is_labelled(report, given.labels))
    place = not_public.doubtful_place(report.path.removeprefix(prefix))
    if place and not held and not public:
        report.add("public-unclear", 1, 1, key=place, value=report.path, better="draft: false")
        held = True
    return held


def _says(report: Report, mark: Found) -> not_public.Verdict:
    """Return what a mark says, saying what is unclear about it."""
    says = not_public.verdict(mark)
    kind, value = mark.mark, mark.value
    null = isinstance(value, str) and value.strip().lower() in not_public.NULLS
    plain = kind.kind in ("yes", "no") and not (kind.loose or kind.doubtful or mark.elsewhere)
    known = isinstance(value, str) and convert.truth(value) is not None
    if plain and not null and (known or says == "unclear"):
        convert.boolean(report, mark.path, value, unclear=True)
    elif says == "unclear":
        better = f"{named(mark.path)}: {kind.better}"
        report.say("public-unclear", mark.path, value=shown(value), better=better)
    return says


def _says_a_day(report: Report, mark: Found, found: Mapping[str, Given]) -> not_public.Verdict:
    """Return what a key says that can give the day of publication: of two days the later counts."""
    chosen = found.get("published")
    if chosen is None or chosen.path == mark.path or not isinstance(mark.value, str):
        return "" if isinstance(mark.value, str) else _says(report, mark)
    if mark.value.strip().lower() in not_public.NULLS:
        return _says(report, mark)
    other = _when(report, mark.value)
    day = _when(report, chosen.value) if isinstance(chosen.value, str) else None
    if other is not None and (day is None or other <= day):
        return ""
    better = f"{named(chosen.path)}: {shown(mark.value)}"
    report.say("public-unclear", mark.path, value=shown(mark.value), better=better)
    return "unclear"


def _when(report: Report, value: str) -> datetime | None:
    return dates.read(value, report.zone, report.order).when


def _is_repeated(report: Report) -> bool:
    """Say whether a key that can hold back is written twice, with two values."""
    repeated: Iterable[str] = (
        dict(fault.values)["key"]
        for fault in report.block.faults
        if fault.code == "key-repeated" and not fault.edits
    )
    return any(not_public.mark_of(key) is not None for key in repeated)


def _is_marked_in_text(report: Report) -> bool:
    """Say whether the text of an article without front matter begins with what looks like one."""
    text = report.decoded.text[:_LOOKED_AT]
    patterns = (_LINE, _MEMBER) if text.lstrip().startswith(_CODE) else (_LINE,)
    for found in (each for pattern in patterns for each in pattern.finditer(text)):
        mark = not_public.mark_of(found[1])
        if mark is None or not mark.strong:
            continue
        if not_public.verdict(Found((found[1],), found[2], mark)) == "held":
            line, column = report.places.place(found.start(1))
            better = f"{found[1]}: {mark.better}"
            report.add("public-unclear", line, column, key=found[1], value=found[2], better=better)
            return True
    return False


def _is_of_nikola(report: Report, found: Mapping[str, Given]) -> bool:
    """Say whether tags hold back, as they do in Nikola, whose front matter is a comment."""
    given = found.get("tags")
    if given is None or not report.decoded.text.lstrip("\ufeff \n\t").startswith("<!--"):
        return False
    tags = given.value.split(",") if isinstance(given.value, str) else []
    return any(not_public.plain(tag) in _NIKOLA_TAGS for tag in tags)


def _is_labelled(report: Report, labelling: Iterable[tuple[str, Given]]) -> bool:
    """Say whether a tag or a category says so, as ``draft`` does: no tool agrees on what that is.

    ``labelling`` are the keys of such fields, each with its field.
    """
    for field, given in labelling:
        for label in _labels(report, field, given):
            if not_public.is_label(label):
                report.say("public-unclear", given.path, value=shown(label), better="draft: false")
                return True
    return False


def _labels(report: Report, field: str, given: Given) -> Iterator[str]:
    """Yield the labels that a key gives, as they are published and as they may have been meant."""
    if isinstance(given.value, list) and all(type(each) is str for each in given.value):
        yield from cast(list[str], given.value)
        return
    said = len(report.problems)
    labels = CONVERTERS[field](report, given.path, given.value) or ()
    del report.problems[said:]  # they are said where the field itself is read
    yield from labels
    if isinstance(given.value, str):
        yield from re.split("[,;]", given.value)
