"""One article's front matter -> its `Item`."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from newsfeed.config import Config
from newsfeed.content import aliases, dates, permalinks
from newsfeed.content import fields as convert
from newsfeed.content.fields import Report
from newsfeed.content.frontmatter import Value
from newsfeed.content.reading.openings import as_title, first_heading, is_said, sketch
from newsfeed.content.reading.value import Article, LeftOut
from newsfeed.diagnostics import Edit
from newsfeed.model import Image, Item, Link
from newsfeed.text.slugs import slugify


class Settings:
    """What reading needs of a configuration, made ready once. ``prefix`` is the folder of articles."""

    def __init__(self, config: Config, prefix: str) -> None:
        self.zone: ZoneInfo = config.zone
        self.language = config.site.language
        self.order = config.items.date_order
        self.prefix = prefix
        self.pattern = permalinks.Pattern(config)
        fields = tuple((name, tuple(keys)) for name, keys in config.items.fields.items())
        self.table = aliases.table(fields)


class Builder:
    """Makes the item of one article from its front matter."""

    def __init__(self, settings: Settings, report: Report, *, is_html: bool) -> None:
        self.settings = settings
        self.report = report
        self.is_html = is_html
        self.values = report.block.values
        self.name = permalinks.name_of(report.path.removeprefix(settings.prefix))
        self.found = self._resolve()
        self.origins: list[tuple[str, str]] = [(name, key) for name, (key, _) in self.found.items()]

    def _resolve(self) -> dict[str, tuple[str, Value]]:
        """Return the keys that give each field; a misspelt one serves where nothing else does."""
        found, drafts, misspelt = self.settings.table.resolve(self.values)
        self.drafts = [(key, key.lower()) for key in drafts]
        for key, meant in misspelt:
            value = self.values[key]
            if meant in aliases.DRAFTS and (meant != "published" or aliases.is_boolean(value)):
                self.drafts.append((key, meant))
                needed = all(known != meant for _, known in self.drafts[:-1])
                self._say_misspelt(key, meant, needed=needed)
                continue
            field = self.settings.table.ranks[meant][0]
            needed = field not in found and bool(value)
            self._say_misspelt(key, meant, needed=needed)
            if needed:
                found[field] = (key, value)
        return found

    def _say_misspelt(self, key: str, meant: str, *, needed: bool) -> None:
        """Say that a key is misspelt; mending it is right where nothing else gives the field."""
        span = self.report.span((key,))
        edits: tuple[Edit, ...] = ()
        line, column = self.report.block.lines.get(key, 1), 1
        if span is not None and span.key[1] > span.key[0]:
            line, column = self.report.decoded.place(span.key[0])
            if needed and meant not in self.values:
                at = self.report.decoded.at
                edits = (Edit(start=at(span.key[0]), end=at(span.key[1]), text=meant),)
        if key.lower().strip("\u00a0\u202f ") == meant:
            self.report.add("yaml-space", line, column, edits, key=meant, better=f"{meant}: …")
            return
        self.report.add("key-misspelt", line, column, edits, key=key, meant=meant)

    def article(self) -> Article:
        draft = self._draft()
        title, body_at = self._title()
        when = self._published(draft=draft)
        if when is None:
            reason = "draft" if draft else "no-date"
            return Article(
                item=None,
                problems=tuple(self.report.problems),
                left_out=LeftOut(path=self.report.path, reason=reason),
                origins=tuple(self.origins),
            )
        item = self._item(title, body_at, when, draft=draft)
        return Article(item=item, problems=tuple(self.report.problems), origins=tuple(self.origins))

    def _item(self, title: str, body_at: int, when: datetime, *, draft: bool) -> Item:
        text = self.report.decoded.text
        slug = self._slug()
        categories = self._categories()
        place = self._place(when, slug, categories)
        found = self.found
        redirects, names = self._aliases() if "redirects" in found else ((), ())
        return Item(
            path=self.report.path,
            title=title,
            slug=slug,
            published=when,
            url=place.url,
            page=place.page,
            language=self._language(),
            id=self._text("id") or "",
            updated=self._updated(when),
            expires=self._expires(when) if "expires" in found else None,
            draft=draft,
            format="html" if self.is_html else "markdown",
            body_at=body_at,
            body_line=text.count("\n", 0, body_at) + 1,
            categories=categories,
            tags=self._tags() if "tags" in found else (),
            authors=self._one("authors", convert.people) or (),
            summary=self._text("summary"),
            source=self._source(),
            links=self._one("links", convert.links) or (),
            image=self._image(),
            enclosures=self._one("enclosures", convert.enclosures) or (),
            event=self._one("event", convert.event),
            weight=self._weight() if "weight" in found else None,
            canonical=self._one("canonical", convert.address),
            names=names,
            redirects=redirects,
            translation=self._translation(),
            sketch=sketch(self.report.decoded.body(body_at)),
            lines=tuple([(field, self._line(key)) for field, (key, _) in found.items()]),
        )

    def _line(self, key: str) -> int:
        lines = self.report.block.lines
        return lines[key] if key in lines else lines.get(key.split(".")[0], 1)

    def _path(self, key: str) -> convert.Path:
        return (key,) if key in self.values or "." not in key else tuple(key.split(".", 1))

    def _one(self, field: str, converter: convert.Converter[convert.T]) -> convert.T | None:
        if field not in self.found:
            return None
        key, value = self.found[field]
        return converter(self.report, self._path(key), value)

    def _text(self, field: str) -> str | None:
        if field not in self.found:
            return None
        key, value = self.found[field]
        return convert.text(self.report, self._path(key), value)

    def _draft(self) -> bool:
        """Say whether the article is held back. What is unclear is held back."""
        draft = f"/{aliases.DRAFT_FOLDER}/" in f"/{self.report.path}"
        for key, name in self.drafts:
            value, path = self.values[key], (key,)
            if not value:
                continue
            if name == "status":
                held = isinstance(value, str) and value.strip().lower() in aliases.HELD_BACK
            elif name in ("published", "publish"):
                given = self.found.get("published", ("", ""))[0] == key
                held = not given and not convert.boolean(self.report, path, value, unclear=True)
            else:
                held = convert.boolean(self.report, path, value, unclear=True)
            draft = draft or held
        return draft

    def _title(self) -> tuple[str, int]:
        """Return the title, and where the body begins: after the heading that gave the title."""
        body_at = self.report.block.body_at
        title = self._text("title")
        if title is not None:
            return title, body_at
        text = self.report.decoded.text
        heading, after = first_heading(text, body_at, is_html=self.is_html)
        written = next((key for key in self.values if key.lower() == "title"), None)
        fallback = as_title(self.name.stem)
        if written is not None:
            self.report.say("title-empty", (written,), value=heading or fallback)
        if heading:
            self.origins.append(("title", "first heading"))
            return heading, after
        self.origins.append(("title", "file name"))
        if written is None and not is_said(self.name.stem):
            self.report.add("title-missing", 1, 1, value=fallback)
        return fallback, body_at

    def _published(self, *, draft: bool) -> datetime | None:
        """Return when it is published: by its front matter, else by its file's name."""
        key, value = self.found.get("published", ("", ""))
        if key:
            read = convert.date(self.report, self._path(key), value)
            if read is not None:
                return read.when
            if self.name.day == "":
                return None
        if self.name.day:
            read = dates.read(self.name.day, self.settings.zone)
            if read.when is not None:
                self.origins.append(("published", "file name"))
                return read.when
            if not key and not draft:
                self.report.add(f"date-{read.wrong}", 1, 1, key="date", value=self.name.day)
                return None
        if not key and "url" in self.found and (when := self._day_in_address()):
            return when
        other, value = self.found.get("updated", ("", ""))
        if not key and other.lower() in _DATE_TOO:
            read = convert.date(self.report, self._path(other), value)
            if read is not None:
                self.origins.append(("published", other))
                return read.when
        if not draft and not key:
            line = 1
            self.report.add("date-missing", line, 1, file=self.report.path.rpartition("/")[2])
        return None

    def _day_in_address(self) -> datetime | None:
        """Return the day in the address that an article asks for: ``/2026/11/23/title.html``."""
        key, value = self.found["url"]
        found = re.search(_DATED, value) if isinstance(value, str) else None
        if found is None:
            return None
        year, month, day = found.groups()
        read = dates.read(f"{year}-{int(month):02}-{int(day):02}", self.settings.zone)
        if read.when is not None:
            self.origins.append(("published", key))
        return read.when

    def _updated(self, published: datetime) -> datetime | None:
        if "updated" not in self.found:
            return None
        key, value = self.found["updated"]
        read = convert.date(self.report, self._path(key), value)
        if read is None or read.when is None:
            return None
        when = read.when
        early = (
            when.date() < published.astimezone(when.tzinfo).date()
            if read.day_only
            else when < published
        )
        if early:
            self.report.say("updated-early", self._path(key), value=_said(value))
        return None if when < published else when

    def _expires(self, published: datetime) -> datetime | None:
        key, value = self.found["expires"]
        read = convert.date(self.report, self._path(key), value)
        if read is None or read.when is None:
            return None
        if read.when <= published:
            self.report.say("expires-early", self._path(key), value=_said(value))
        return read.when

    def _slug(self) -> str:
        if "slug" in self.found:
            slug = self._text("slug")
            if slug:
                return permalinks.slug_of(slug)
        return slugified(self.name.stem)

    def _categories(self) -> tuple[str, ...]:
        if "categories" not in self.found:
            folder = self.name.folder.split("/")[0]
            return (folder,) if self.report.block.container == "pelican" and folder else ()
        key, value = self.found["categories"]
        if isinstance(value, str):
            if key.lower() == "categories" and self._jekyll() and not set(value) & set(",;"):
                return tuple(dict.fromkeys(value.split()))
            if key.lower() in ("category", "section"):
                return (convert.text(self.report, (key,), value) or "",)
        return convert.texts(self.report, self._path(key), value)

    def _tags(self) -> tuple[str, ...]:
        key, value = self.found["tags"]
        return convert.tags(self.report, self._path(key), value, spaces=self._jekyll())

    def _jekyll(self) -> bool:
        """Say whether a text of several words is a list, as in Jekyll alone."""
        return "_posts/" in self.report.path or "_drafts/" in self.report.path

    def _place(self, when: datetime, slug: str, categories: tuple[str, ...]) -> permalinks.Place:
        category = categories[0] if categories else None
        pattern = self.settings.pattern
        place = pattern.place(when, slug, self.name.folder, category, self.name.language)
        asked = self._text("url") if "url" in self.found else None
        if asked is None:
            return place
        local = when.astimezone(self.settings.zone)
        values = {
            "year": f"{local:%Y}", "month": f"{local:%m}", "day": f"{local:%d}",
            "i_month": str(local.month), "i_day": str(local.day), "short_year": f"{local:%y}",
            "y_day": f"{local:%j}", "hour": f"{local:%H}", "minute": f"{local:%M}",
            "second": f"{local:%S}", "title": slug, "slug": slug, "name": slug, "filename": slug,
            "categories": "/".join(slugified(each) for each in categories),
            "category": slugified(category) if category else "", "section": self.name.folder,
            "lang": self._language(), "basename": slug, "path": self.name.folder,
        }  # fmt: skip
        asked_for = pattern.requested(asked, place, values)
        if asked_for.wrong:
            path = self._path(self.found["url"][0])
            self.report.say("path-unsafe", path, new=asked_for.better or None, value=asked)
        return asked_for

    def _language(self) -> str:
        written = self._one("language", convert.language)
        return written or self.name.language or self.settings.language

    def _source(self) -> Link | None:
        source = self._one("source", convert.link)
        url = self._one("source_url", convert.address)
        if url is None:
            return source
        return Link(text=source.text if source else convert.host(url), url=url)

    def _image(self) -> Image | None:
        if "image" not in self.found:
            return None
        key, value = self.found["image"]
        return convert.image(self.report, self._path(key), value, self._text("image_alt"))

    def _weight(self) -> int | None:
        key, value = self.found["weight"]
        if key.lower() in ("featured", "pinned") and not aliases.is_boolean(value):
            # In some themes of Hugo the picture of an article.
            return None
        return self._one("weight", convert.integer) or None

    def _aliases(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return former paths and other names: ``aliases`` are the first in Hugo, the second in Obsidian."""
        key, value = self.found["redirects"]
        written = convert.texts(self.report, self._path(key), value)
        if key.lower() != "aliases":
            return written, ()
        paths = tuple(each for each in written if "/" in each and " " not in each)
        return paths, tuple(each for each in written if each not in paths)

    def _translation(self) -> str | None:
        if "translation" in self.found:
            value = self.found["translation"][1]
            if isinstance(value, str) and value.lower() not in ("true", "false"):
                return value.strip()
        if self.name.language:
            return f"{self.name.folder}/{self.name.stem}".lstrip("/")
        return None


_DATED = r"(?:^|/)(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=[/-])"
# Hugo's date where no other is written (its configuration, frontmatter).
_DATE_TOO = frozenset(("lastmod", "modified"))


def _said(value: Value) -> str:
    return value if isinstance(value, str) else str(value)


slugified = lru_cache(maxsize=65536)(slugify)
