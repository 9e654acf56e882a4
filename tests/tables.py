"""Tables of cases: many small inputs, one line each, and what becomes of them.

A file in ``tests/data/tables`` holds lines of JSON: the input, what it becomes, and the problems.
``REWRITE=1 pytest tests/test_tables.py`` writes what comes after the inputs anew, for a new line
``["input"]``, too; the difference is for reading. A row says what newsfeed does with an ordinary or an
odd input of its kind: each name that a table in the code holds stands in one.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from bodies import resolve
from folders import InMemory
from newsfeed import config
from newsfeed.config import Config, Site
from newsfeed.config.sections import Brand
from newsfeed.content import copies, naming, patterns, placeholders, schema, spelling
from newsfeed.content.reading import read_article
from newsfeed.diagnostics import ConfigError, Diagnostic, diagnostic
from newsfeed.diagnostics.comments import comments
from newsfeed.diagnostics.reasons import in_french
from newsfeed.diagnostics.reporters import FORMATS
from newsfeed.diagnostics.silence import matches
from newsfeed.feeds.lint import detect, lint_feed
from newsfeed.markup.plain.excerpt import excerpt, first_words
from newsfeed.markup.plain.plaintext import plain_text
from newsfeed.markup.plain.titles import as_markup, plain_title
from newsfeed.markup.renderer import render
from newsfeed.markup.source import Source
from newsfeed.markup.typography import typeset
from newsfeed.model import BodyFormat, Item
from newsfeed.moving import formats, javascript, matching, site_of
from newsfeed.moving import patterns as moving_patterns
from newsfeed.moving import settings as moving_settings
from newsfeed.newsletter import go_templates, merge_tags
from newsfeed.site import names
from newsfeed.text import (
    characters,
    iri,
    languages,
    media_types,
    output_paths,
    podcasting,
    redirectors,
    slugs,
    template_tags,
    typed_addresses,
)  # fmt: skip
from newsfeed.theme import dates as theme_dates
from newsfeed.theme import fonts, palette, words

FOLDER = Path(__file__).parent / "data" / "tables"
PARIS = ZoneInfo("Europe/Paris")
CONFIG = Config(
    site=Site(title="S", url="https://www.example.org/", language="fr", timezone="Europe/Paris")
)
SETTINGS = '[site]\ntitle = "T"\nurl = "https://www.example.org"\n'
HEAD = {"title": "title: T\n", "date": "date: 2026-10-01\n"}
_APART = {"body_at", "body_line", "lines", "sketch", "path"}


def said(problems: Iterable[Diagnostic]) -> list[str]:
    """Return problems as one line each, with the text that would mend them."""
    return [
        f"{each.line}:{each.column} {each.code} "
        + ", ".join(f"{name}={value}" for name, value in each.values)
        + "".join(f" → {edit.text}" for edit in each.fix)
        for each in problems
    ]


def body(written: BodyFormat, text: str) -> list[Any]:
    """Return the HTML of a body, its excerpt and plain text where they say something else, and its anchors."""
    made = render(Source(text=text, format=written, language="fr", path="items/a.md", prefix="a"))
    html = made.html(resolve)
    excerpt, plain = made.excerpt(resolve), plain_text(html)
    more = {
        "excerpt": "" if excerpt.strip() == html.strip() else excerpt,
        "text": plain,
        "summary": "" if made.summary == plain.strip() else made.summary,
        "h1": made.h1 or "",
        "anchors": list(made.anchors),
        "holds pictures, tables or code": not made.still,
    }
    return [html, {name: value for name, value in more.items() if value}, said(made.problems)]


def front_matter(lines: str) -> list[Any]:
    """Return the fields that lines of front matter change in an article."""
    base = "".join(line for key, line in HEAD.items() if f"\n{key}:" not in f"\n{lines}".lower())
    read = read_article(
        "items/un-article.md", f"---\n{base}{lines}\n---\nTexte.\n".encode(), CONFIG
    )
    plain = read_article(
        "items/un-article.md", f"---\n{''.join(HEAD.values())}---\nTexte.\n".encode(), CONFIG
    )
    return [_fields(read.item, _APART, plain.item), said(read.problems)]


def article(given: str) -> list[Any]:
    """Return what an article is whose path stands on the first line, in UTF-8, or as its ending says.

    The path may end with a colon and the name of an encoding.
    """
    head, _, text = given.partition("\n")
    path, _, encoding = head.partition(":")
    read = read_article(path, text.encode(encoding or "utf-8"), CONFIG)
    reason = read.left_out.reason if read.left_out is not None else ""
    return [_fields(read.item, {"lines", "sketch", "path"}), reason, said(read.problems)]


def _fields(
    item: Item | None, apart: AbstractSet[str], usual: Item | None = None
) -> dict[str, Any]:
    """Return what an item says, but for what is ``apart``, or empty, or as in the ``usual`` one."""
    fields = (
        {name: getattr(item, name) for name in item.__struct_fields__} if item is not None else {}
    )
    return {
        name: msgspec.to_builtins(value)
        for name, value in fields.items()
        if name not in apart and (value != getattr(usual, name) if usual is not None else value)
    }


def settings(lines: str) -> list[Any]:
    """Return the settings that lines of newsfeed.toml change, below the least that a site needs."""
    plain = SETTINGS
    if lines.startswith("[site]\n"):
        lines = lines.removeprefix("[site]\n")
        plain = "".join(
            row + "\n" for row in plain.splitlines() if row.split()[0] != lines.split()[0]
        )
    text = plain + lines
    try:
        read = config.parse(text)
    except ConfigError as error:
        return [None, said(error.problems)]
    return [_changed(read, config.parse(SETTINGS))]


def _changed(read: Any, plain: Any) -> Any:
    changed: dict[str, Any] = {}
    for name in read.__struct_fields__:
        value, usual = getattr(read, name), getattr(plain, name)
        if value == usual or name in {"written", "problems", "places"}:
            continue
        inside = hasattr(value, "__struct_fields__") and hasattr(usual, "__struct_fields__")
        changed[name] = _changed(value, usual) if inside else _plain(value)
    return changed


def _plain(value: Any) -> Any:
    return msgspec.to_builtins(value, enc_hook=str)


def moving(given: str) -> list[Any]:
    """Return what the settings of another tool's site say, and the newsfeed.toml that is made of them.

    The files are given as an object of texts by their paths.
    """
    with TemporaryDirectory() as folder:
        for path, content in json.loads(given).items():
            place = Path(folder, path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(content, "utf-8")
        found = site_of(Path(folder))
    if found is None:
        return [None]
    facts = {key: list(fact) for key, fact in found.facts.items()}
    text = moving_settings.text(moving_settings.values(found, {}, stays=True))
    return [[found.tool, found.file, found.output], facts, found.doubts, text.split("\n")]


PROBLEMS = (
    diagnostic("link-dead", "items/été, 100 %.md", 7, 3, url="a:b,c\n%"),
    diagnostic("title-capitals", "items/a.md", 2, 8, title="TOUT"),
    diagnostic("yaml-indent", 'items/<a> & "b".md', 4, 1, key="x", better="  x: 1"),
    diagnostic(
        "date-words", "items/a.md", 3, 7, key="date", value="2 mai 2026\r", better="2026-05-02"
    ),
)


def report(given: str) -> Any:
    """Return what a reporter makes of problems: its name and a language are given."""
    form, language = given.split()
    return FORMATS[form](PROBLEMS, language).split("\n")


def colours(given: str) -> Any:
    """Return the colours that one, or two, lead to, and what is said of them."""
    accent, _, highlight = given.partition(" ")
    brand = Brand(accent=accent, highlight=highlight or "#a34a00")
    schemes = palette.palette(brand)
    return [
        _plain(schemes.light),
        _plain(schemes.dark),
        said(palette.check(brand)),
        round(palette.contrast(accent, "#ffffff"), 2),
    ]


def days(given: str) -> Any:
    """Return a day in each style, and an hour, as a language writes them."""
    language, _, day = given.partition(" ")
    when = datetime.fromisoformat(day)
    styles = ("long", "short", "month", "weekday", "number", "month-name")
    written = [theme_dates.day(when, language, style) for style in styles]
    return [*written, theme_dates.hour(when, language), str(theme_dates.ordinal(written[0]))]


def lint(given: str) -> Any:
    """Return what kind of feed a text is, and what is wrong with it."""
    data = given.encode()
    return [detect(data), said(lint_feed("feed", data, now=datetime(2026, 11, 1, tzinfo=UTC)))]


FUNCTIONS: dict[str, Callable[[str], Any]] = {
    "date": lambda text: front_matter(f"date: {text}"),
    "slug": slugs.slugify,
    "folded": slugs.folded,
    "path": lambda text: [output_paths.is_fit(text), output_paths.lies_below_a_file(text), output_paths.folded(text)],
    "visible": lambda text: [characters.visible(text), characters.for_xml(text), characters.one_line(text)],
    "uri": lambda text: [iri.to_uri(text), iri.is_absolute(text), iri.absolute(text, "https://www.example.org/a/b")],
    "host": lambda text: [iri.ascii_authority(text), iri.mailto(f"a@{text}")],
    "geo": iri.is_geo,
    "language": lambda text: [languages.is_language(text), languages.primary(text), languages.direction(text), languages.language_called(text)],
    "direction": languages.direction_of,
    "media type": media_types.media_type,
    "podcast category": lambda text: [podcasting.category(text), podcasting.nearest(text)],
    "redirector": redirectors.led_to,
    "template tag": lambda text: [template_tags.first_tag(text), template_tags.without_tags(text)],
    "address": lambda text: [
        typed_addresses.mended(text), typed_addresses.mended_link(text), typed_addresses.is_on_own_computer(text),
        typed_addresses.is_of_preview(text), typed_addresses.is_out_of_reach(text), typed_addresses.is_bare_host(text),
        typed_addresses.normal_contact(text),
    ],
    "plain": lambda html: [plain_text(html, width=30, links="none"), plain_text(html, width=40), excerpt(html)],
    "title": lambda text: [plain_title(text), as_markup(text)],
    "first words": partial(first_words, most=60),
    "french": lambda text: typeset(text, "fr"),
    "english": lambda text: typeset(text, "en"),
    "german": lambda text: typeset(text, "de"),
    "naming": lambda text: [naming.naming(tool, ":title")(text) for tool in ("jekyll", "hugo", "hexo", "pelican", "eleventy", "mkdocs", "zola")],
    "meant": lambda text: [spelling.meant_by(text), spelling.foreign(text)],
    "copies": lambda text: copies.copies(text.split("|")),
    "doubles": lambda text: copies.doubles(text.split("|"), InMemory(dict.fromkeys(text.split("|"), b"x"))),
    "placeholder": lambda text: [placeholders.in_body(text, 0), placeholders.is_summary(text)],
    "report": report,
    "reason": lambda name: in_french(os.strerror(getattr(errno, name))),
    "comment": lambda text: [[each.line, each.column, list(each.codes), each.about] for each in comments(text)],
    "silent": lambda text: matches(*text.split(" ", 1)),
    "colours": colours,
    "days": days,
    "language name": words.language_name,
    "size": lambda text: [words.size(int(text), language) for language in ("fr", "en", "ar")],
    "fonts": lambda text: [fonts.stack(text), fonts.stack(text, "Arial"), fonts.for_outlook(text, "Arial")],
    "colons": lambda text: moving_patterns.colons(text, {"slug": "{slug}"}),
    "strftime": moving_patterns.strftime,
    "tidy": moving_patterns.tidy,
    "literals": javascript.literals,
    "calls": lambda text: javascript.calls(text, "f"),
    "table": lambda text: formats.table(*text.split("\n", 1)),
    "letters": matching.letters_of,
    "path of": lambda text: matching.path_of(text, "https://www.example.org/a/"),
    "inert": lambda text: [merge_tags.inert(text), merge_tags.inert_address(text)],
    "go": lambda text: [go_templates.html(text), go_templates.text(text)],
    "stem": lambda text: [names.stem(text), names.comparable(text)],
    "lint": lint,
    "schema": lambda text: schema.items_schema().get(text) or schema.items_schema()["properties"].get(text),
    "slug of a file": lambda text: [patterns.slug_of(text), patterns.slug_of_file(text)],
}  # fmt: skip


def text(given: str) -> list[Any]:
    """Return what a function makes of the text after its name and a colon."""
    name, _, argument = given.partition(": ")
    return [FUNCTIONS[name](argument)]


TABLES: dict[str, Callable[[str], list[Any]]] = {
    "markdown": partial(body, "markdown"),
    "html": partial(body, "html"),
    "shortcodes": partial(body, "markdown"),
    "front-matter": front_matter,
    "articles": article,
    "settings": settings,
    "moving": moving,
    "texts": text,
}
"""What makes a row of its input, by the name of the file."""


def rows(name: str) -> list[list[Any]]:
    """Return the rows of a table as they are written."""
    lines = (FOLDER / f"{name}.jsonl").read_text("utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


def row(name: str, given: str) -> list[Any]:
    """Return the row for an input as it is now."""
    made = [given, *TABLES[name](given)]
    while made and made[-1] in ([], {}):
        made.pop()
    return json.loads(json.dumps(made, default=_written))


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def write(name: str) -> None:
    """Write a table with what its inputs become today."""
    inputs = list(dict.fromkeys(each[0] for each in rows(name)))
    lines = [json.dumps(row(name, each), ensure_ascii=False) + "\n" for each in inputs]
    (FOLDER / f"{name}.jsonl").write_text("".join(lines), "utf-8")
