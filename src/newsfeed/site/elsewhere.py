"""What another program serves below the site's address: ``pages.elsewhere``."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from newsfeed.config import Config
from newsfeed.text.iri import absolute, is_absolute
from newsfeed.text.regex import regex

_SOURCE = regex(r"(?:(?:^|/)_?index)?\.(?:md|markdown|mdx|adoc|rst|org)$", re.IGNORECASE)


class Elsewhere:
    """Tells which addresses of a site another program answers, and cuts the site's own path."""

    def __init__(self, config: Config) -> None:
        self._site = config.site.url
        self._base = unquote(urlsplit(config.site.url).path)
        self._folders = tuple(self._folder(place) for place in config.pages.elsewhere)

    def _folder(self, place: str) -> str:
        """Return a place of the settings as a path below the site's address: ``/uploads``."""
        return "/" + self.inside(place.removeprefix(self._site.rstrip("/"))).strip("/")

    def inside(self, path: str) -> str:
        """Return a path below the host as one below the site: ``/blog/a`` is ``/a`` on ``…/blog/``.

        A path that does not begin with the site's own stays as it is.
        """
        if self._base != "/" and path.startswith(self._base):
            return path[len(self._base) - 1 :]
        return path

    def serves(self, page: str) -> bool:
        """Say whether another program serves ``page``, a path below the site's address."""
        inside = f"/{page.strip('/')}/"
        return any(inside.startswith(f"{folder.rstrip('/')}/") for folder in self._folders)

    def address(self, reference: str, beside: str) -> str | None:
        """Return the address of what ``reference`` names, where another program serves it.

        ``beside`` is the address of the page that names it. None where it is not served elsewhere.
        """
        if not self._folders or is_absolute(reference) or reference.startswith(("//", "#")):
            return None
        url = absolute(reference, beside)
        path = unquote(urlsplit(url).path)
        below = url.startswith(self._site) and self.serves(self.inside(path))
        return url if below or (reference.startswith("/") and self.serves(path)) else None

    def page_called(self, name: str) -> str | None:
        """Return the address of a page of another program that ``name`` calls by its source.

        Hugo's ``ref "/topics/mobile.md"`` is ``/topics/mobile/``, Jekyll's ``link _docs/history.md``
        is ``/docs/history/``.
        """
        if not self._folders or not name.strip("/"):
            return None
        page = _SOURCE.sub("", self.inside(name).lstrip("/").removeprefix("./"))
        page = re.sub(r"(^|/)_(?=[^/]+/)", r"\1", page)
        if not self.serves(page):
            return None
        ending = "" if re.search(r"\.\w{1,5}$", page) or not page or page.endswith("/") else "/"
        return absolute(page + ending, self._site)
