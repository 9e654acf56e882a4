"""What a command does not say: the settings, the comments and the baseline of the site's folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from newsfeed import disk
from newsfeed.build.site import Site
from newsfeed.cli.session import Session
from newsfeed.config import Config, place_of
from newsfeed.content.charset import decode
from newsfeed.diagnostics import ConfigError, Diagnostic, diagnostic, refused
from newsfeed.diagnostics.comments import Comment, comments
from newsfeed.diagnostics.silence import Silence, Silenced, read_baseline

_WITH_COMMENTS = (".md", ".markdown", ".mdx", ".mdown", ".mkd", ".html", ".htm", ".xhtml")
_NO_ARTICLE = ("format", "not-an-article", "draft")


def silenced(
    session: Session,
    site: Site,
    problems: Iterable[Diagnostic],
    *,
    whole: bool = False,
    old: bool = True,
) -> Silenced:
    """Return the ``problems`` of ``site`` that are to be said.

    With ``whole`` comments that silence nothing are named too, wherever they are; without ``old``
    the baseline counts for nothing. Raises ConfigError for a baseline that is damaged.
    """
    config = site.config
    texts = _texts(site) if whole else ()
    said = tuple(problems)
    baseline: Counter[tuple[str, str, str]] = _baseline(session, config) if old else Counter()
    if not (said or texts or baseline or config.check.ignore or config.check.per_file_ignores):
        return Silenced(kept=())
    silence = Silence(
        ignore=config.check.ignore,
        per_file=config.check.per_file_ignores,
        baseline=baseline,
        held=frozenset(left.path for left in site.left_out if left.reason not in _NO_ARTICLE),
        comments=lambda path: _comments(site, path),
        place=lambda key: _place(session, key),
    )
    return silence.of(said, texts)


def baseline_file(session: Session, config: Config) -> Path:
    """Return where the baseline is."""
    return session.root / config.check.baseline


def _baseline(session: Session, config: Config) -> Counter[tuple[str, str, str]]:
    place = baseline_file(session, config)
    try:
        return read_baseline(disk.read_text(place))
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return Counter()
    except OSError as error:
        raise refused(place, error) from error
    except ValueError:
        raise ConfigError([diagnostic("baseline-damaged", config.check.baseline)]) from None


def _texts(site: Site) -> list[str]:
    return sorted(path for path in site.tree.files if path.lower().endswith(_WITH_COMMENTS))


def _comments(site: Site, path: str) -> Sequence[Comment]:
    if not path.lower().endswith(_WITH_COMMENTS) or path not in site.tree.files:
        return ()
    try:
        data = site.tree.read(path)
    except OSError:
        return ()
    return comments(decode(data).text) if b"newsfeed:" in data else ()


def _place(session: Session, key: str) -> tuple[str, int, int]:
    """Return the file, line and column of a key of [check]."""
    place, name = session.settings_file()
    try:
        lines = disk.read_text(place, "utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        lines = []
    return name, *place_of(f"check.{key}", lines)
