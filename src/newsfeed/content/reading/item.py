"""One article's front matter -> its `Item`."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from functools import lru_cache, partial
from typing import Any, cast
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from newsfeed.config import Config
from newsfeed.content import dates, not_public, permalinks, placeholders
from newsfeed.content import fields as convert
from newsfeed.content.aliases import BESIDE_LANGUAGE, CONVERTERS, FORMER
from newsfeed.content.episode_keys import EPISODE
from newsfeed.content.fields import Report
from newsfeed.content.fingerprint import sketch
from newsfeed.content.frontmatter import Step, Value
from newsfeed.content.keys import LABELLING, Given, table
from newsfeed.content.patterns import DATES, MOST_OCTETS, Facts, slug_of, slug_of_file
from newsfeed.content.reading.episodes import episode_of
from newsfeed.content.reading.titles import (
    as_title,
    first_heading,
    first_words,
    is_said,
    names_article,
)
from newsfeed.content.reading.unindented import gathered
from newsfeed.content.reading.values import Article, LeftOut
from newsfeed.content.reading.withheld import is_held_back
from newsfeed.content.spelling import joined
from newsfeed.diagnostics import Edit
from newsfeed.model import Item, Link
from newsfeed.text.slugs import slugify, within

_DATED = r"(?:^|/)(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=[/-])"
_REDIRECTS = frozenset(map(joined, ("redirect_from", "redirects", "aliases", "alias", *FORMER)))
# Hugo's date where no other is written (its configuration, frontmatter).
_DATE_TOO = frozenset(("lastmod", "modified"))
# Read before the others, or with another field.
_APART = EPISODE | {"title", "published", "updated", "expires", "image", "image_alt"}

slugified = lru_cache(maxsize=65536)(slugify)


class Settings:
    """What reading needs of a configuration, made ready once.

    ``prefix`` is the folder of articles, ``language_folders`` those below it that are languages.
    """

    def __init__(self, config: Config, prefix: str, language_folders: Collection[str] = ()) -> None:
        self.zone: ZoneInfo = config.zone
        self.language = config.site.language
        self.order = dates.order_of(config.items.date_order, config.site.language)
        self.prefix = prefix
        self.language_folders = language_folders
        self.pattern = permalinks.Pattern(config)
        fields = tuple((name, tuple(keys)) for name, keys in config.items.fields.items())
        self.table = table(fields)


class Builder:
    """Makes the item of one article from its front matter."""

    def __init__(self, settings: Settings, report: Report, *, is_html: bool) -> None:
        self.settings = settings
        self.report = report
        self.is_html = is_html
        self.values = gathered(report, report.block.values, settings.table.reads)
        self.name = permalinks.name_of(
            report.path.removeprefix(settings.prefix), settings.language_folders
        )
        self.found = self._resolve()
        self.origins = [(field, given.key) for field, given in self.found.items()]

    def _resolve(self) -> dict[str, Given]:
        """Return what gives each field; a misspelt key serves where nothing else does."""
        resolved = self.settings.table.resolve(self.values)
        found = resolved.fields
        self.resolved = resolved
        for key, meant in resolved.misspelt:
            value = self.values[key]
            mark = not_public.mark_of(meant)
            if mark is not None and (meant != "published" or convert.is_boolean(value)):
                needed = all(str(each.path[-1]).lower() != meant for each in resolved.marks)
                if not_public.mark_of(key) is None:
                    resolved.marks.append(not_public.Found((key,), value, mark))
                self._say_misspelt(key, meant, needed=needed)
                continue
            field = self.settings.table.ranks[meant][0]
            needed = field not in found and bool(value)
            self._say_misspelt(key, meant, needed=needed)
            if needed:
                found[field] = Given(key, (key,), value)
                if field in LABELLING:
                    resolved.labels.append((field, found[field]))
        return found

    def _say_misspelt(self, key: str, meant: str, *, needed: bool) -> None:
        """Say that a key is misspelt; mending it is right where nothing else gives the field."""
        report = self.report
        span = report.span((key,))
        edits: tuple[Edit, ...] = ()
        line, column = report.block.lines.get(key, 1), 1
        if span is not None and span.key[1] > span.key[0]:
            line, column = report.places.place(span.key[0])
            if needed and meant not in self.values:
                at = report.places.at
                edits = (Edit(start=at(span.key[0]), end=at(span.key[1]), text=meant),)
        if key.lower().strip("\u00a0\u202f ") == meant:
            report.add("yaml-space", line, column, edits, key=meant, better=f"{meant}: …")
            return
        report.add("key-misspelt", line, column, edits, key=key, meant=meant)

    def article(self) -> Article:
        settings = self.settings
        held = is_held_back(self.report, settings.table, self.resolved, settings.prefix)
        title, body_at, untitled = self._title()
        draft = self._is_begun(body_at) or self._expiry_is_unclear() or held
        when = self._published(draft=draft)
        item = left_out = None
        if when is None:
            reason = "draft" if draft else "no-date"
            left_out = LeftOut(path=self.report.path, reason=reason)
        else:
            item = self._item(title, body_at, when, draft=draft)
            if untitled:
                item = replace(item, untitled=True)
        return Article(
            item=item,
            problems=tuple(self.report.problems),
            left_out=left_out,
            origins=tuple(self.origins),
        )

    def _item(self, title: str, body_at: int, published: datetime, *, draft: bool) -> Item:
        """Return the item: what the table's converters make of its fields, and what these depend on."""
        decoded, found, name = self.report.decoded, self.found, self.name
        said = self._converted()
        slug = self._slug(said.get("slug"))
        said.setdefault("categories", self._folder_category())
        said.setdefault("language", name.language or self.settings.language)
        says_language = "language" in found or name.language
        is_doubtful = "translation" in said and not says_language
        if is_doubtful and joined(found["translation"].key) in BESIDE_LANGUAGE:
            del said["translation"]
        if name.language or self._stands_beside_languages():
            said.setdefault("translation", name.path)
        place = self._place(published, title, slug, said)
        if "redirects" in said:
            self._part_names(said, place.page)
        if "tags" in said and [name for name, _ in self.resolved.labels].count("tags") > 1:
            more = self._more("tags", ("tags", "tag"))
            said["tags"] = tuple(dict.fromkeys((*said["tags"], *(tag for _, tag in more))))
        if "source_url" in said:
            url = said.pop("source_url")
            source = said.get("source")
            said["source"] = Link(text=source.text if source else convert.host(url), url=url)
        files, episode = episode_of(self.report, found, said.get("enclosures", ()))
        if files:
            said |= {"enclosures": files, "episode": episode}
        if "image" in found:
            said["image"] = self._image()
        if placeholders.is_summary(said.get("summary")):
            del said["summary"]
            self.report.say("placeholder-left", found["summary"].path, value=found["summary"].key)
        if "updated" in found:
            said["updated"] = self._updated(published)
        if "expires" in found:
            said["expires"] = self._expires(published)
        said |= {
            "path": self.report.path,
            "title": title,
            "slug": slug,
            "published": published,
            "url": place.url,
            "page": place.page,
            "draft": draft,
            "format": "html" if self.is_html else "markdown",
            "body_at": body_at,
            "body_line": decoded.text.count("\n", 0, body_at) + 1,
            "sketch": sketch(decoded.body(body_at)),
            "lines": self._lines(),
        }
        return Item(**said)

    def _stands_beside_languages(self) -> bool:
        """Say whether its versions in other languages would stand in folders beside it."""
        path = self.report.path.removeprefix(self.settings.prefix)
        above = (folder.rpartition("/")[0] for folder in self.settings.language_folders)
        return any(not folder or path.startswith(f"{folder}/") for folder in above)

    def _slug(self, asked: str | None) -> str:
        """Return its short name: what the author wrote, as far as a file system holds it."""
        stem = self.name.stem
        whole = slug_of(asked) if asked else slug_of_file(stem)
        slug = within(whole, MOST_OCTETS)
        if slug != whole:
            octets, shown = MOST_OCTETS, f"{whole[:40]}…"
            if asked:
                path = self.found["slug"].path
                self.report.say("slug-long", path, value=shown, better=slug, octets=octets)
            else:
                self.report.add("slug-long", 1, 1, value=shown, better=slug, octets=octets)
        return slug

    def _converted(self) -> dict[str, Any]:
        """Return what the fields say that need no other one."""
        said: dict[str, Any] = {}
        report = self.report
        for field, given in self.found.items():
            if field not in _APART:
                meant = CONVERTERS[field](report, given.path, given.value)
                if meant is not None:
                    said[field] = meant
        return said

    def _more(self, field: str, keys: Collection[str]) -> Iterator[tuple[str, str]]:
        """Yield the values that other keys give a field whose lists add up, each with its key."""
        for key, value in self.values.items():
            if joined(key) in keys and key != self.found[field].key and value:
                for each in CONVERTERS[field](self.report, (key,), value) or ():
                    yield joined(key), each

    def _part_names(self, said: dict[str, Any], page: str) -> None:
        """Part Obsidian's other names from the former paths, as ``aliases`` are in Hugo.

        Hugo's paths without a slash begin in the folder of the article's page.
        """
        first = joined(self.found["redirects"].key)
        written = [(first, each) for each in said["redirects"]]
        written += self._more("redirects", _REDIRECTS)
        folder = posixpath.dirname(page.removesuffix("/index.html"))
        paths: dict[str, None] = {}
        names: dict[str, None] = {}
        for key, each in written:
            slashed = each[0] == "/" or each[-1] == "/" or ("/" in each and " " not in each)
            if key != "aliases" or slashed:
                paths[each] = None
            elif each.lower().endswith((".html", ".htm")):
                paths[f"{folder}/{each}".lstrip("/")] = None
            else:
                names[each] = None
        said["redirects"] = tuple(paths)
        if "aliases" in [key for key, _ in written]:
            said["names"] = tuple(names)

    def _lines(self) -> tuple[tuple[str, int], ...]:
        lines = cast(Mapping[Step, int], self.report.block.lines)
        return tuple([(field, lines.get(given.path[0], 1)) for field, given in self.found.items()])

    def _text(self, field: str) -> str | None:
        if field not in self.found:
            return None
        given = self.found[field]
        return convert.text(self.report, given.path, given.value)

    def _date(self, field: str) -> dates.Date | None:
        given = self.found[field]
        return convert.date(self.report, given.path, given.value)

    def _title(self) -> tuple[str, int, bool]:
        """Return the title, where the body begins, after the heading that gave it, and if it has none.

        A note without a title is called by its first words, unless its file's name has any.
        """
        body_at = self.report.block.body_at
        title = self._text("title")
        if title is not None:
            return title, body_at, False
        text, stem = self.report.decoded.text, self.name.stem
        heading, after = first_heading(text, body_at, is_html=self.is_html)
        written = next((key for key in self.values if key.lower() == "title"), None)
        named = names_article(stem)
        said = "" if heading or named else first_words(text, body_at, is_html=self.is_html)
        fallback = heading or said or as_title(stem)
        if written is not None and (heading or named):
            self.report.say("title-empty", (written,), value=fallback)
        elif said:
            line = self.report.block.lines.get(written, 1) if written is not None else 1
            self.report.add("title-none", line, 1, value=said)
        elif not heading and not is_said(stem):
            self.report.add("title-missing", 1, 1, value=fallback)
        if heading:
            self.origins.append(("title", "first heading"))
            return heading, after, False
        self.origins.append(("title", "first words" if said else "file name"))
        return fallback, body_at, written is not None or bool(said)

    def _published(self, *, draft: bool) -> datetime | None:
        """Return when it is published: by its front matter, else by its file's name."""
        written = "published" in self.found
        if written:
            read = self._date("published")
            if read is not None:
                return read.when
            if self.name.day == "":
                return None
        if self.name.day:
            read = dates.read(self.name.day, self.settings.zone)
            if read.when is not None:
                self.origins.append(("published", "file name"))
                return read.when
            if not written and not draft:
                self.report.add(f"date-{read.wrong}", 1, 1, key="date", value=self.name.day)
                return None
        if not written and "url" in self.found and (when := self._day_in_address()):
            return when
        if not written and "updated" in self.found:
            other = self.found["updated"].key
            if joined(other) in _DATE_TOO and (read := self._date("updated")) is not None:
                self.origins.append(("published", other))
                return read.when
        if not draft and not written:
            self._say_dateless()
        return None

    def _say_dateless(self) -> None:
        """Say that there is no date, and which key that nobody knows holds one."""
        report, settings = self.report, self.settings
        for key, value in self.values.items():
            is_said = isinstance(value, str) and not value.strip().isdecimal()
            if is_said and not settings.table.reads(key):
                when = dates.read(cast("str", value), settings.zone, settings.order).when
                if when is not None:
                    day = when.date().isoformat()
                    report.add(
                        "date-elsewhere", report.block.lines.get(key, 1), 1, key=key, day=day
                    )
                    return
        report.add("date-missing", 1, 1, file=report.path.rpartition("/")[2])

    def _day_in_address(self) -> datetime | None:
        """Return the day in the address that an article asks for: ``/2026/11/23/title.html``."""
        given = self.found["url"]
        found = re.search(_DATED, given.value) if isinstance(given.value, str) else None
        if found is None:
            return None
        year, month, day = found.groups()
        read = dates.read(f"{year}-{int(month):02}-{int(day):02}", self.settings.zone)
        if read.when is not None:
            self.origins.append(("published", given.key))
        return read.when

    def _updated(self, published: datetime) -> datetime | None:
        read = self._date("updated")
        if read is None or read.when is None:
            return None
        when = read.when
        early = (
            when.date() < published.astimezone(when.tzinfo).date()
            if read.day_only
            else when < published
        )
        if early:
            given = self.found["updated"]
            self.report.say("updated-early", given.path, value=_said(given.value))
        return None if when < published else when

    def _expires(self, published: datetime) -> datetime | None:
        read = self._date("expires")
        if read is None or read.when is None:
            return None
        if read.when <= published:
            given = self.found["expires"]
            self.report.say("expires-early", given.path, value=_said(given.value))
        return read.when

    def _is_begun(self, body_at: int) -> bool:
        """Say whether its text is still the one that ``newsfeed new`` wrote."""
        at = placeholders.in_body(self.report.decoded.text, body_at)
        if at < 0:
            return False
        line, column = self.report.places.place(at)
        self.report.add("article-begun", line, column)
        return True

    def _expiry_is_unclear(self) -> bool:
        """Say whether nobody knows until when it is public."""
        given = self.found.get("expires")
        if given is None:
            return False
        text = given.value if isinstance(given.value, str) else ""
        return dates.read(text, self.settings.zone, self.settings.order).when is None

    def _image(self) -> Any:
        alt = self._text("image_alt")
        given = self.found["image"]
        return convert.image(self.report, given.path, given.value, alt)

    def _folder_category(self) -> tuple[str, ...]:
        """Return the folder of an article that Pelican would read, which is its category there."""
        folder = self.name.folder.split("/")[0]
        return (folder,) if self.report.block.container == "pelican" and folder else ()

    def _place(
        self, when: datetime, title: str, slug: str, said: dict[str, Any]
    ) -> permalinks.Place:
        """Return where the page is: by the site's pattern, or where ``url`` asks for."""
        pattern = self.settings.pattern
        facts = Facts(
            when=when if when.tzinfo is self.settings.zone else when.astimezone(self.settings.zone),
            title=title,
            slug=said.get("slug", ""),
            name=self.name.stem,
            path=self.name.path,
            folder=self.name.folder,
            day=self.name.day,
            categories=said["categories"],
            language=said["language"],
        )
        place = pattern.place(facts, self.name.language, self.name.spoken)
        asked = said.pop("url", None)
        if asked is None:
            return place
        asked_for = pattern.requested(asked, place, partial(self._placeholders, facts, slug))
        if asked_for.wrong:
            path = self.found["url"].path
            self.report.say("path-unsafe", path, new=asked_for.better or None, value=asked)
        return asked_for

    def _placeholders(self, facts: Facts, slug: str) -> dict[str, str]:
        """Return what the placeholders of an address stand for, as other tools have them."""
        categories = [slugified(each) for each in facts.categories]
        return {
            **{name: filled(facts) for name, filled in DATES.items()},
            **dict.fromkeys(("title", "slug", "name", "filename", "basename"), slug),
            "categories": "/".join(categories),
            "category": categories[0] if categories else "",
            "section": facts.folder,
            "path": facts.folder,
            "lang": facts.language,
        }


def _said(value: Value) -> str:
    return value if isinstance(value, str) else str(value)
