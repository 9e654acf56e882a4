"""What the settings of several tools say in one way: an address, an author, a title, a section."""

from __future__ import annotations

from newsfeed.content import frontmatter
from newsfeed.moving.folder import Folder
from newsfeed.moving.formats import Table
from newsfeed.moving.found_settings import Found, within

_PREFERRED = ("posts", "post", "blog", "articles", "news", "writing")


def base(found: Found, settings: Table, url: str, path: str, *, file: str = "") -> None:
    """Take the site's address from a host and the path below it, in ``file`` or the main settings."""
    host, below = within(settings, url), within(settings, path)
    if isinstance(host, str) and host.startswith(("http://", "https://")):
        below = below.strip("/") if isinstance(below, str) else ""
        whole = f"{host.rstrip('/')}/{below}/" if below else f"{host.rstrip('/')}/"
        found.take("site.url", whole, f"{url}, {path}" if below else url, file=file)
    elif host and not file:
        found.doubts.append((f"{found.file}: {url}", str(host)))


def author(found: Found, said: object, email: object = None, *, file: str = "") -> None:
    """Take the site's author: a name, or a table of it with an address to write to and a page."""
    page: object = None
    if isinstance(said, dict):
        email = said.get("email") or email
        page = said.get("url") or said.get("uri") or said.get("link")
        said = said.get("name")
    if isinstance(said, str) and said.strip():
        person = {"name": said.strip()}
        if isinstance(email, str) and "@" in email:
            person["email"] = email
        if isinstance(page, str) and page.startswith(("https://", "http://")):
            person["url"] = page
        found.take("site.author", person, "author", file=file)


def titled(found: Found, folder: Folder, content: str) -> None:
    """Take from the first page what the settings do not say: the title, what it is about."""
    for name in ("_index.md", "_index.markdown"):
        if (text := folder.text(content, name)) is not None:
            said, file = frontmatter.read(text).values, folder.path(content, name)
            found.first("site.title", said, "title", file=file)
            found.first("site.description", said, "description", file=file)


def section_of(folder: Folder, content: str) -> str:
    """Return the section that holds the articles: one that is called so, or the fullest.

    It is empty where about as many lie in the folder of all sections itself.
    """
    held = folder.sections(content)
    for name in _PREFERRED:
        if held[name]:
            return name
    fullest = max(sorted(filter(None, held)), key=held.__getitem__, default="")
    return "" if 2 * held[""] > held[fullest] else fullest
