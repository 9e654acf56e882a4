"""Hugo's settings: ``hugo.toml`` and its likes, and folders of ``config/`` with a file a table.

https://gohugo.io/configuration/permalinks/, https://gohugo.io/configuration/introduction/#configuration-directory
"""

from __future__ import annotations

from newsfeed.moving import patterns
from newsfeed.moving.common import author, section_of, titled
from newsfeed.moving.folder import Folder
from newsfeed.moving.formats import Table, table
from newsfeed.moving.found_settings import Found, merged, within

_ENDINGS = (".toml", ".yaml", ".yml", ".json")
_ROOT = frozenset(("hugo", "config"))
# What `hugo build` reads; of two values that of the latter counts.
_ENVIRONMENTS = ("_default", "production")


def read(folder: Folder, file: str, settings: Table) -> Found:
    """Return what the settings of a Hugo site say."""
    found = Found(tool="Hugo", file=file)
    for environment in _ENVIRONMENTS:
        if folder.has("config", environment):
            settings = _in_parts(folder, f"config/{environment}", settings)
            parts = folder.path("config") + "/"
            found.file = parts if file.startswith(parts) else f"{file}, {parts}"
    own = _language(settings)
    found.first("site.title", own, "title")
    found.first("site.title", settings, "title", "params.title")
    url = within(own, "baseURL") or within(settings, "baseURL")
    if isinstance(url, str) and url.startswith(("http://", "https://")):
        found.take("site.url", url, "baseURL")
    elif url:
        found.doubts.append((f"{file}: baseURL", str(url)))
    found.first("site.language", own, "languageCode", "locale")
    found.first("site.language", settings, "languageCode", "locale", "defaultContentLanguage")
    found.first("site.timezone", settings, "timeZone")
    found.first("site.description", own, "params.description", "description")
    found.first("site.description", settings, "params.description", "params.subtitle")
    said = within(settings, "params.author") or within(settings, "author")
    author(found, said, within(settings, "params.email"))
    found.first("site.rights", settings, "copyright")
    content = _content(settings, own)
    section = section_of(folder, content)
    found.assume("items.path", folder.path(content, section) if folder.has(content) else "")
    found.assume("pages.slugs", "hugo")
    found.assume("items.typography", value=False)
    titled(found, folder, content)
    below = within(settings, "defaultContentLanguageInSubdir") is True
    tongue = f"{_main(settings).lower()}/" if below else ""
    _permalink(found, folder, settings, section, tongue)
    _feeds(found, settings, tongue)
    found.output = folder.path(str(within(settings, "publishDir") or "public"))
    return found


def _in_parts(folder: Folder, place: str, settings: Table) -> Table:
    """Return the settings with those of a folder: ``params.toml``, and ``params.fr.toml`` for French."""
    for name in folder.names(place):
        stem = name.removesuffix(next((end for end in _ENDINGS if name.endswith(end)), "."))
        if "/" in name or stem == name:
            continue
        said = table(name, folder.text(place, name) or "")
        key, _, language = stem.partition(".")
        if language:
            said = {"languages": {language: said if key == "languages" else {key: said}}}
        elif key not in _ROOT:
            said = {key: said}
        settings = merged(settings, said)
    return settings


def _main(settings: Table) -> str:
    return str(within(settings, "defaultContentLanguage") or "en")


def _language(settings: Table) -> Table:
    """Return the table of the main language, empty where there is none."""
    found = within(within(settings, "languages"), _main(settings))
    return found if isinstance(found, dict) else {}


def _content(settings: Table, own: Table) -> str:
    """Return the folder of the main language's contents."""
    if said := within(own, "contentDir") or within(settings, "contentDir"):
        return str(said)
    mounts = within(settings, "module.mounts")
    for mount in mounts if isinstance(mounts, list) else ():
        language = within(mount, "lang") or _main(settings)
        if within(mount, "target") == "content" and language == _main(settings):
            return str(within(mount, "source") or "content")
    return "content"


def _permalink(found: Found, folder: Folder, settings: Table, section: str, tongue: str) -> None:
    said: object = None
    ugly = True in (within(settings, "uglyURLs"), within(settings, f"uglyURLs.{section}"))
    for name in (f"permalinks.page.{section}", f"permalinks.{section}"):
        if section and isinstance(said := within(settings, name), str):
            break
    else:
        default = f"{tongue}{section}/{{folder}}/{{slug|file}}" + (".html" if ugly else "/")
        found.assume("pages.item", patterns.tidy(default))
        return
    articles = str(found.value("items.path") or ".")
    nested = any(name.endswith("/_index.md") for name in Folder(folder.root).names(articles))
    inner = "{folder}" if nested else ""
    tokens = {
        "section": section, "sections": f"{section}/{inner}", "sections[1:]": inner,
        "sections[0]": section, "sections[first]": section, "sections[:1]": section,
        "slug": "{slug|title}", "title": "{title}", "filename": "{file}", "contentbasename": "{file}",
        "slugorfilename": "{slug|file}", "slugorcontentbasename": "{slug|file}", "yearday": "{y_day}",
    }  # fmt: skip
    pattern = patterns.colons(f"{tongue}{said}", tokens)
    if pattern is None:
        found.doubts.append((f"{found.file}: {name}", said))
        return
    if not pattern.endswith((".html", ".htm")):
        # Hugo writes a page as a folder, whatever its permalink ends with.
        pattern = pattern.rstrip("/") + (".html" if ugly else "/")
    found.take("pages.item", pattern, name)


def _feeds(found: Found, settings: Table, tongue: str) -> None:
    outputs = within(settings, "outputs.home")
    if isinstance(outputs, list) and not any(str(each).lower() == "rss" for each in outputs):
        return
    if within(settings, "disableKinds") and "RSS" in str(within(settings, "disableKinds")):
        return
    name = within(settings, "outputFormats.RSS.baseName")
    file = tongue + (f"{name}.xml" if isinstance(name, str) else "index.xml")
    found.take("feeds.rss", file, "outputFormats.RSS.baseName" if name else "")
    limit = within(settings, "services.rss.limit") or within(settings, "rssLimit")
    if isinstance(limit, int) and limit > 0:
        found.take("feeds.limit", limit, "services.rss.limit")
