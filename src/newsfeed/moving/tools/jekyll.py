"""Jekyll's ``_config.yml``, with what jekyll-feed and jekyll-seo-tag read there.

https://jekyllrb.com/docs/permalinks/, https://github.com/jekyll/jekyll-feed
"""

from __future__ import annotations

from collections import Counter

from newsfeed.moving import patterns
from newsfeed.moving.common import author, base
from newsfeed.moving.folder import ARTICLES, Folder
from newsfeed.moving.formats import Table
from newsfeed.moving.found_settings import Found, entries, texts, within

_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_TOKENS = {
    "categories": "{categories}", "slugified_categories": "{categories}", "title": "{slug}",
    "slug": "{slug}", "name": "{slug}", "output_ext": ".html", "collection": "posts",
}  # fmt: skip


def read(folder: Folder, file: str, settings: Table) -> Found:
    """Return what the settings of a Jekyll site say."""
    found = Found(tool="Jekyll", file=file)
    found.first("site.title", settings, "title", "name")
    base(found, settings, "url", "baseurl")
    found.first("site.language", settings, "lang", "language", "locale")
    found.first("site.timezone", settings, "timezone")
    found.first("site.description", settings, "description", "tagline")
    author(found, settings.get("author"), settings.get("email"))
    above = _above_posts(folder, found, str(settings.get("collections_dir") or ""))
    if above is not None:
        found.take("items.path", folder.path(above, "_posts"))
    found.assume("pages.slugs", "jekyll")  # jekyll-feed has typography of its own in titles
    _permalink(found, settings, above if above and not settings.get("collections_dir") else "")
    _feeds(found, settings)
    found.output = folder.path(str(settings.get("destination") or "_site"))
    return found


def _above_posts(folder: Folder, found: Found, collections: str) -> str | None:
    """Return the folder whose ``_posts`` holds the articles, None where there is none.

    Of several, which are parts or languages of the site, it is the one of its language, else the
    fullest; the others are named among what is not taken.
    """
    if folder.has(collections, "_posts"):
        return collections
    held = Counter(
        name.partition("_posts/")[0].rstrip("/")
        for name in folder.names()
        if "/_posts/" in name and name.endswith(ARTICLES)
    )
    language = str(found.value("site.language") or "en").partition("-")[0]
    spoken = [name for name in held if language in name.split("/")]
    return max(sorted(spoken or held), key=held.__getitem__, default=None)


def _permalink(found: Found, settings: Table, above: str) -> None:
    """Take the form of addresses; folders ``above`` that of the posts are their first categories."""
    name, said = _said(settings)
    tokens = {**_TOKENS, "categories": f"{above}/{_TOKENS['categories']}"} if above else _TOKENS
    pattern = patterns.colons(_STYLES.get(said, said), tokens)
    if pattern is None:
        found.doubts.append((f"{found.file}: {name}", said))
    elif name:
        found.take("pages.item", pattern, name)
    else:
        found.assume("pages.item", pattern)


def _said(settings: Table) -> tuple[str, str]:
    """Return the key of the posts' permalink, empty for the default, and its value.

    The most particular one counts.
    """
    for scope in entries(settings, "defaults"):
        kind, said = within(scope, "scope.type"), within(scope, "values.permalink")
        if kind in ("posts", None) and not within(scope, "scope.path") and isinstance(said, str):
            return "defaults", said
    for name in ("collections.posts.permalink", "permalink"):
        if isinstance(said := within(settings, name), str):
            return name, said
    return "", "date"


def _feeds(found: Found, settings: Table) -> None:
    plugins = texts(settings.get("plugins") or settings.get("gems"))
    feed = settings.get("feed")
    feed = feed if isinstance(feed, dict) else {}
    if "jekyll-feed" not in plugins and not feed:
        return
    path = feed.get("path") or within(feed, "collections.posts.path") or "feed.xml"
    found.take("feeds.atom", str(path).lstrip("/"), "feed.path" if feed.get("path") else "plugins")
    limit = feed.get("posts_limit")
    found.take("feeds.limit", limit if isinstance(limit, int) else None, "feed.posts_limit")
    found.assume("feeds.limit", 10)
    if feed.get("excerpt_only") is True:
        found.take("feeds.content", "summary", "feed.excerpt_only")
    kinds = [kind for kind, name in (("category", "categories"), ("tag", "tags")) if feed.get(name)]
    found.take("feeds.per", kinds, "feed")
    if "tag" in kinds:
        tags = feed["tags"]
        folder = str(within(tags, "path") or "feed/by_tag/").strip("/")
        found.take("feeds.tag", {"atom": f"{folder}/{{slug}}.xml"}, "feed.tags")
    if "category" in kinds:
        found.take("feeds.category", {"atom": "feed/{slug}.xml"}, "feed.categories")
