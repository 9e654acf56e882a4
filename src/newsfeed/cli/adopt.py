"""``newsfeed adopt``."""

from __future__ import annotations

from pathlib import Path

import click

from newsfeed import build, disk
from newsfeed.cli.session import LOCK, Session, instant
from newsfeed.cli.shared_steps import open_site, read_lock
from newsfeed.cli.usage import WrongValue
from newsfeed.content.charset import decode
from newsfeed.diagnostics import refused
from newsfeed.feeds import published
from newsfeed.feeds.published import Published
from newsfeed.identity.lockfile import Lock, dump, parse
from newsfeed.moving.adoption import Adoption, adopt
from newsfeed.moving.matching import Known
from newsfeed.site.entry import title_of

_DOUBTS = {
    "alike": ("is it {path}? Then write in its front matter: id: {id}",
              "est-ce {path} ? Alors écrivez en tête de ce fichier : id: {id}"),
    "id": ("is {path}, but its id is no URI; write in its front matter: id: {id}",
           "est {path}, mais son identifiant n’est pas un URI ; écrivez en tête de ce fichier : id: {id}"),
    "twice": ("is {path}, but another article bears its id: {id}",
              "est {path}, mais un autre article porte son identifiant : {id}"),
}  # fmt: skip


@click.command("adopt")
@click.argument("feeds", nargs=-1, required=True, type=Path, metavar="FEED…")
@click.option("--dry-run", is_flag=True, help="Say what would be noted, write nothing.")
@click.option(
    "--replace", is_flag=True, help="Also where newsfeed.lock knows the article under another id."
)
@click.pass_obj
def command(session: Session, /, feeds: tuple[Path, ...], *, dry_run: bool, replace: bool) -> int:
    """Take over the ids of a feed that was published so far, so that nothing old comes back as new.

    FEED are its documents as files: Atom, RSS or JSON Feed, all pages of an archive. Each entry is
    found among the articles by its id, its address, or its title and text, and newsfeed.lock notes
    its id; an address that differs redirects. Doubtful ones are said and left alone. Exit 1 where an
    entry is no article of the site, or a doubtful one.
    """
    with session.alone():
        entries = [entry for feed in feeds for entry in _entries(session.given(feed))]
        config = session.config()
        site = open_site(session, config, build.Options(now=instant(None, config), future=True))
        text = read_lock(session)
        known = Known(
            heads=site.settled.heads,
            lock=parse(site.lock_text),
            before=parse(text) if text is not None else Lock(),
            url=config.site.url,
            text_of=lambda path: decode(site.tree.read(path)).text,
            title_of=lambda path: title_of(site.items[path], config),
            paged=config.pages.enabled,
        )
        done = adopt(entries, known, replace=replace)
        _say(session, done)
        written = dump(done.lock)
        if not dry_run and written != text:
            session.write(LOCK, written.encode())
            click.echo(LOCK)
        return 1 if done.doubts or done.unmatched or done.known else 0


def _entries(place: Path) -> tuple[Published, ...]:
    try:
        document = published.read(disk.read(place))
    except OSError as error:
        raise refused(place, error) from error
    if document is None:
        raise WrongValue(f"{place} is no feed", f"{place} n’est pas un flux")
    return document.entries


def _say(session: Session, done: Adoption) -> None:
    for pair in done.pairs:
        session.detail(f"{pair.head.path}: {pair.entry.id or pair.entry.link} ({pair.by})")
        when = pair.entry.when
        if when is not None and abs((when - pair.head.published).days) > 1:
            session.say(
                session.tr(
                    f"{pair.head.path}: the feed dates it {when.date()}",
                    f"{pair.head.path} : le flux le date du {when.date()}",
                )
            )
    for path, address in done.led:
        session.say(
            session.tr(
                f"{path}: feeds lead to {address}, as the former one did",
                f"{path} : les flux mènent à {address}, comme l’ancien",
            )
        )
    for entry, path, why in done.doubts:
        words = session.tr(*_DOUBTS[why]).format(path=path, id=entry.id or entry.link)
        session.say(f"“{entry.title}”: {words}")
    for pair in done.known:
        session.say(
            session.tr(
                f"{pair.head.path}: newsfeed.lock knows it as {pair.head.id}, the feed as "
                f"{pair.entry.id}; --replace takes the feed’s",
                f"{pair.head.path} : newsfeed.lock le connaît sous {pair.head.id}, le flux sous "
                f"{pair.entry.id} ; --replace prend celui du flux",
            )
        )
    for entry in done.unmatched:
        session.say(
            session.tr(
                f"no article: “{entry.title}” {entry.link}",
                f"aucun article : « {entry.title} » {entry.link}",
            )
        )
    number = len(done.pairs)
    session.say(session.tr(f"{number} entries taken over", f"{number} articles repris"))
