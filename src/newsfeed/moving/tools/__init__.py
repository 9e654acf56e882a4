"""The tools whose sites newsfeed knows, as data: a tool is a module and one line of `TOOLS`.

``read(folder, file, table)`` of a module returns the `Found` of the site whose settings are there.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from msgspec import Struct

from newsfeed.moving.folder import Folder
from newsfeed.moving.formats import Table, table
from newsfeed.moving.found_settings import Found

_INSIDE = ("", "docs", "website", "site", "blog", "www", "web")
"""The folders of a repository in which the settings of its site may lie."""


class Tool(Struct, frozen=True, kw_only=True):
    """A tool: its ``name``, the files that hold its settings, and what tells it from others.

    ``signs`` are keys, one of which its settings have, where package.json does not name ``package``;
    empty asks for none. ``home`` is where its documentation says so.
    """

    name: str
    module: str
    files: tuple[str, ...]
    signs: tuple[str, ...] = ()
    package: str = ""
    home: str

    def read(self, folder: Folder, file: str, settings: Table) -> Found:
        """Return what the tool's settings say."""
        module = import_module(f"newsfeed.moving.tools.{self.module}")
        read: Callable[[Folder, str, Table], Found] = module.read
        return read(folder, file, settings)


# The more particular before the others: several tools call their settings config.toml or _config.yml.
TOOLS = (
    Tool(
        name="Hugo", module="hugo", home="https://gohugo.io/configuration/",
        files=(
            *(f"{name}.{ending}" for name in ("hugo",) for ending in ("toml", "yaml", "yml", "json")),
            *(f"config/_default/{name}.{ending}" for name in ("hugo", "config")
              for ending in ("toml", "yaml", "yml", "json")),
        ),
    ),
    Tool(
        name="Zola", module="zola", files=("zola.toml", "config.toml"), signs=("base_url",),
        home="https://www.getzola.org/documentation/getting-started/configuration/",
    ),
    Tool(
        name="Hugo", module="hugo", home="https://gohugo.io/configuration/",
        files=("config.toml", "config.yaml", "config.yml", "config.json"),
        signs=("baseURL", "baseurl", "languageCode", "permalinks", "theme", "params"),
    ),
    Tool(
        name="Hexo", module="hexo", files=("_config.yml", "_config.yaml"),
        signs=("public_dir", "source_dir", "new_post_name"), package="hexo",
        home="https://hexo.io/docs/configuration",
    ),
    Tool(
        name="Jekyll", module="jekyll", files=("_config.yml", "_config.yaml", "_config.toml"),
        home="https://jekyllrb.com/docs/configuration/",
    ),
    Tool(
        name="Astro", module="astro", home="https://docs.astro.build/en/reference/configuration-reference/",
        files=tuple(f"astro.config.{ending}" for ending in ("mjs", "ts", "js", "mts", "cjs")),
    ),
    Tool(
        name="Docusaurus", module="docusaurus", home="https://docusaurus.io/docs/api/docusaurus-config",
        files=tuple(f"docusaurus.config.{ending}" for ending in ("js", "ts", "mjs", "cjs")),
    ),
    Tool(
        name="Eleventy", module="eleventy", home="https://www.11ty.dev/docs/config/",
        files=(".eleventy.js", *(f"eleventy.config.{each}" for each in ("js", "mjs", "cjs", "ts"))),
    ),
    Tool(
        name="Pelican", module="pelican", files=("pelicanconf.py",),
        home="https://docs.getpelican.com/en/latest/settings.html",
    ),
    Tool(
        name="MkDocs", module="mkdocs", files=("mkdocs.yml", "mkdocs.yaml"),
        home="https://squidfunk.github.io/mkdocs-material/plugins/blog/",
    ),
)  # fmt: skip


def site_of(root: Path) -> Found | None:
    """Return what the settings of the site in ``root`` say, None where no tool's are found."""
    for inside in _INSIDE:
        folder = Folder(root, inside)
        if inside and not folder.has():
            continue
        for tool in TOOLS:
            for name in tool.files:
                if (text := folder.text(name)) is None:
                    continue
                settings = table(name, text)
                if _is_of(tool, settings, folder):
                    found = tool.read(folder, folder.path(name), settings)
                    _domain(found, folder)
                    return found
    return None


def _domain(found: Found, folder: Folder) -> None:
    """Take the address from the file that names a domain to GitHub Pages, where no setting does."""
    for place in (
        "CNAME",
        *(f"{name}/CNAME" for name in ("static", "public", "source", "docs", "src")),
    ):
        names = (folder.text(place) or "").split()
        if len(names) == 1 and "." in names[0] and "/" not in names[0]:
            found.take("site.url", f"https://{names[0]}/", file=folder.path(place))


def _is_of(tool: Tool, settings: Table, folder: Folder) -> bool:
    """Say whether settings that bear the name of a tool's are that tool's."""
    if not tool.signs or any(sign in settings for sign in tool.signs):
        return True
    return bool(tool.package) and f'"{tool.package}"' in (folder.text("package.json") or "")
