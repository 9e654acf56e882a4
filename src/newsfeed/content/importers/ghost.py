"""Ghost's export: ``{"db": [{"data": {"posts": […], "tags": […], …}}]}``, or its ``data`` alone.

Its posts are rows of tables, as Ghost's database has them (ghost.org/docs/migration/custom). Old
versions write times in milliseconds and bodies in Markdown, newer ones bodies in Lexical.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Mapping
from datetime import UTC, datetime

from newsfeed.content.frontmatter import quoted
from newsfeed.content.importers import lexical, mobiledoc
from newsfeed.content.importers.value import Article, Export, NotAnExportError
from newsfeed.text.slugs import slugify

SITE = "__GHOST_URL__"
Row = Mapping[str, object]


def read(data: bytes) -> Export:
    """Return the articles of an export. Raises NotAnExportError."""
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise NotAnExportError(str(error)) from error
    tables = _tables(found)
    posts = _rows(tables, "posts")
    related = _Related(tables)
    articles: dict[str, Article] = {}
    pages = 0
    for post in posts:
        if post.get("type") == "page" or post.get("page") in (1, True):
            pages += 1
            continue
        article = _article(post, related, taken=articles.keys())
        articles[article.path] = article
    return Export(articles=tuple(articles[path] for path in sorted(articles)), pages=pages)


def _tables(found: object) -> Row:
    if isinstance(found, dict) and isinstance(found.get("db"), list) and found["db"]:
        found = found["db"][0]
    tables = found.get("data", found) if isinstance(found, dict) else None
    if not isinstance(tables, dict) or not isinstance(tables.get("posts"), list):
        raise NotAnExportError("no posts")
    return tables


def _rows(tables: Row, name: str) -> list[Row]:
    rows = tables.get(name)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


class _Related:
    """The rows of other tables that belong to a post."""

    def __init__(self, tables: Row) -> None:
        self.tags = {_key(row, "id"): row for row in _rows(tables, "tags")}
        self.users = {_key(row, "id"): row for row in _rows(tables, "users")}
        self.meta = {_key(row, "post_id"): row for row in _rows(tables, "posts_meta")}
        self._tagged = _ordered(_rows(tables, "posts_tags"))
        self._written = _ordered(_rows(tables, "posts_authors"))

    def tags_of(self, post: Row) -> list[str]:
        """Return the names of a post's tags; those that begin with # are Ghost's own marks."""
        rows = [
            self.tags.get(_key(row, "tag_id"), {}) for row in self._tagged.get(_key(post, "id"), [])
        ]
        names = (_text(row, "name") for row in rows if row.get("visibility") != "internal")
        return list(dict.fromkeys(name for name in names if name and name[0] != "#"))

    def authors_of(self, post: Row) -> list[str]:
        written = [_key(row, "author_id") for row in self._written.get(_key(post, "id"), [])]
        rows = [self.users.get(one, {}) for one in written or [_key(post, "author_id")]]
        return list(dict.fromkeys(filter(None, (_text(row, "name") for row in rows))))


def _key(row: Row, name: str) -> str:
    """Return an id: a text in new versions, a number in old ones."""
    return str(row.get(name))


def _ordered(rows: list[Row]) -> dict[str, list[Row]]:
    """Return the rows of a table between two others by post, in the order that Ghost shows."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(_key(row, "post_id"), []).append(row)
    for each in found.values():
        each.sort(key=lambda row: order if isinstance(order := row.get("sort_order"), int) else 0)
    return found


def _article(post: Row, related: _Related, *, taken: Container[str]) -> Article:
    title = _text(post, "title") or "(Untitled)"
    slug = _text(post, "slug") or slugify(title)
    when = _moment(post.get("published_at"))
    held_back = _held_back(post)
    body, ending, left_out = _body(post)
    lines = ["---", f"title: {quoted(title)}"]
    if when or post.get("created_at"):
        lines.append(f"date: {when or _moment(post.get('created_at'))}")
    updated = _moment(post.get("updated_at"))
    if when and updated > when:
        lines.append(f"updated: {updated}")
    lines += [f"guid: {quoted(guid)}"] if (guid := _guid(post)) else []
    lines += [f"slug: {quoted(slug)}", f"url: {quoted(f'/{slug}/')}"]
    lines += [f"draft: true  # {held_back}"] if held_back else []
    lines += _listed("tags", related.tags_of(post)) + _listed("authors", related.authors_of(post))
    lines += _described(post, related.meta.get(_key(post, "id"), {}))
    text = "\n".join([*lines, "---", "", body.replace(SITE, "").strip(), ""])
    path = _path(slug, when, ending, taken)
    return Article(path=path, text=text, held_back=held_back, left_out=left_out)


def _guid(post: Row) -> str:
    """Return the guid that Ghost's RSS gives a post: its id, which in Ghost 0.x was its uuid."""
    return _text(post, "id") or _text(post, "uuid")


def _held_back(post: Row) -> str:
    """Return why a post is not for everyone to read, empty where it is."""
    status = _text(post, "status") or "draft"
    if status == "sent" or post.get("email_only") in (1, True):
        return "email"
    if status not in ("published", "scheduled"):
        return "draft"
    return "members" if (_text(post, "visibility") or "public") != "public" else ""


def _described(post: Row, meta: Row) -> list[str]:
    """Return the lines of what Ghost says of a post: its summary, its picture, its original."""
    lines = []
    if summary := _text(post, "custom_excerpt"):
        lines.append(f"description: {quoted(summary)}")
    if picture := _text(post, "feature_image") or _text(post, "image"):
        parts = {"src": picture.replace(SITE, "")}
        parts["alt"] = _text(meta, "feature_image_alt") or _text(post, "feature_image_alt")
        caption = _text(meta, "feature_image_caption") or _text(post, "feature_image_caption")
        parts["credit"] = re.sub(r"<[^>]*>", "", caption).strip()
        inside = ", ".join(f"{key}: {quoted(value)}" for key, value in parts.items() if value)
        lines.append(f"image: {{ {inside} }}")
    if canonical := _text(post, "canonical_url") or _text(meta, "canonical_url"):
        lines.append(f"canonical: {quoted(canonical.replace(SITE, ''))}")
    if language := _text(post, "locale"):
        lines.append(f"lang: {quoted(language)}")
    if post.get("featured") in (1, True):
        lines.append("featured: true")
    return lines


def _listed(key: str, names: list[str]) -> list[str]:
    return [f"{key}: [{', '.join(map(quoted, names))}]"] if names else []


def _body(post: Row) -> tuple[str, str, tuple[str, ...]]:
    """Return a post's body, the ending of its file, and what of it could not be said."""
    if html := _text(post, "html"):
        return html, ".html", ()
    for name, convert in (("lexical", lexical.to_html), ("mobiledoc", mobiledoc.to_markdown)):
        if source := _text(post, name):
            try:
                return convert(json.loads(source))
            except (ValueError, RecursionError):
                continue
    return _text(post, "markdown") or _text(post, "plaintext"), ".md", ()


def _moment(value: object) -> str:
    """Return an instant in UTC as ISO writes it, empty for none."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return f"{datetime.fromtimestamp(value / 1000, UTC):%Y-%m-%dT%H:%M:%SZ}"
        except (OverflowError, OSError, ValueError):
            return ""
    found = re.match(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?))?", str(value or ""))
    if found is None:
        return ""
    clock = found[2] or "00:00:00"
    return f"{found[1]}T{clock if len(clock) == 8 else clock + ':00'}Z"


def _path(slug: str, when: str, ending: str, taken: Container[str]) -> str:
    folder = when[:4] or "_drafts"
    name = slugify(slug)
    path, number = f"{folder}/{name}{ending}", 2
    while path in taken:
        path, number = f"{folder}/{name}-{number}{ending}", number + 1
    return path


def _text(row: Row, key: str) -> str:
    value = row.get(key)
    return value.strip() if isinstance(value, str) else ""
