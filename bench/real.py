"""A folder of real articles, laid out for newsfeed and for Hugo: the same ones on both sides."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import adapting
import edits
from corpus import Article

ARTICLES = (".md", ".markdown", ".mdown", ".mdx", ".html", ".htm")
TRIALS = 60
_UNDATED = re.compile(r"^items/(.+?):\d+:\d+: error \[date-missing\]", re.M)


@dataclass(frozen=True, slots=True, kw_only=True)
class Real:
    """The articles of a folder that both programs take, and how many were left out."""

    name: str
    articles: tuple[Article, ...]
    left_out: tuple[str, ...] = ()


def read(folder: Path) -> Real:
    """Return the articles below ``folder``: text files, no drafts' folders, no section's pages."""
    found = []
    for place in sorted(folder.rglob("*")):
        path = place.relative_to(folder).as_posix()
        hidden = any(part.startswith((".", "_")) for part in path.split("/"))
        if place.suffix.lower() in ARTICLES and place.is_file() and not hidden:
            text = place.read_bytes().decode("utf-8", errors="surrogateescape")
            found.append(Article(path, text))
    return Real(name=_name(folder), articles=tuple(found))


def write(folder: Path, articles: Iterable[Article]) -> None:
    """Write articles below ``folder`` as they are, bytes that are no text included."""
    for article in articles:
        place = folder / article.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(article.text.encode("utf-8", errors="surrogateescape"))


def for_hugo(articles: Sequence[Article]) -> list[Article]:
    """Return Hugo's copy: its front matter, and no page that makes others of its folder its own."""
    folders = [article.path.rpartition("/")[0] for article in articles]
    found = []
    for article, folder in zip(articles, folders, strict=True):
        path = re.sub(r"\.(?:mdx|mdown)$", ".md", article.path)
        above = f"{folder}/" if folder else ""
        alone = sum(each == folder or f"{each}/".startswith(above) for each in folders) == 1
        if path.rpartition("/")[2].startswith("index.") and not (alone and folder):
            path = f"{above}index-page.{path.rpartition('.')[2]}"
        found.append(Article(path, adapting.for_hugo(article.path, article.text)))
    return found


def write_shortcodes(folder: Path, articles: Iterable[Article]) -> None:
    """Write an empty template for each shortcode: real ones lie in a theme that is not here."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, template in adapting.shortcodes(each.text for each in articles).items():
        place = folder / f"{name.strip('/')}.html"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(template)


def settled(real: Real, run: Callable[[Sequence[Article]], tuple[str, str]]) -> Real:
    """Return ``real`` without the articles that one of the two programs does not take.

    ``run`` builds both sites and returns what newsfeed and Hugo said; Hugo names a few of the files
    that stop it at a time. Raises RuntimeError when it is stopped by something else.
    """
    articles = list(real.articles)
    left_out: list[str] = []
    for _ in range(TRIALS):
        newsfeed, hugo = run(articles)
        refused = set(_UNDATED.findall(newsfeed))
        if hugo:
            refused |= {
                each.path
                for each, copy in zip(articles, for_hugo(articles), strict=True)
                if f"items/{copy.path}" in hugo
            }
            if not refused:
                raise RuntimeError(f"{real.name}: Hugo fails\n{hugo[-2000:]}")
        if not refused:
            break
        left_out += sorted(refused)
        articles = [each for each in articles if each.path not in refused]
    return Real(name=real.name, articles=tuple(articles), left_out=tuple(left_out))


def newest(articles: Sequence[Article]) -> Article:
    """Return the newest article that every output shows."""
    return max(
        articles,
        key=lambda each: (edits.is_shown(each.text), edits.day_of(each.path, each.text), each.path),
    )


def said(command: Sequence[str], folder: Path) -> tuple[int, str]:
    """Return a command's exit code and all that it said."""
    run = subprocess.run(
        command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    return run.returncode, (run.stdout + run.stderr).decode("utf-8", errors="replace")


def summary(real: Real) -> str:
    """Return how many articles are compared, and how many are not."""
    size = sum(len(each.text) for each in real.articles) / max(1, len(real.articles))
    return (
        f"{real.name}: {len(real.articles):,} articles of {size / 1000:.1f} KB,"
        f" {len(real.left_out)} left out on both sides"
    )


def _name(folder: Path) -> str:
    folder = folder.resolve()
    plain = ("items", "content", "news", "blog", "posts", "_posts")
    return folder.parent.name if folder.name in plain else folder.name
