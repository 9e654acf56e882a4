"""``newsfeed build``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from newsfeed import build, cache, files, parallel, variants
from newsfeed.cli.progress import Progress
from newsfeed.cli.session import LOCK, Session, instant
from newsfeed.cli.work import open_site, refuse_overlap, say_left_out, serious
from newsfeed.config import Config
from newsfeed.memory import Memory
from newsfeed.model import Output
from newsfeed.reporting import counted


@click.command("build")
@click.option("--items", metavar="DIR", help="Read articles here, not from items.path.")
@click.option("-o", "--output", type=Path, metavar="DIR", help="Write here, not in public/.")
@click.option("--now", metavar="ISO", help="Build as if it were this date or instant.")
@click.option("--drafts", is_flag=True, help="Show drafts too.")
@click.option("--future", is_flag=True, help="Show scheduled articles too.")
@click.option("--check", is_flag=True, help="Write nothing; list what differs; exit 1 if any does.")
@click.option("--frozen", is_flag=True, help="Fail if newsfeed.lock would change.")
@click.option("--no-cache", is_flag=True, help="Remember nothing, and use nothing remembered.")
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Use so many processors.")
@click.option("--timings", is_flag=True, help="Say where the time went.")
@click.option("--strict", is_flag=True, help="Publish nothing if there is any problem.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "github", "sarif"]), default="text",
    help="How to print problems.",
)  # fmt: skip
@click.pass_obj
def command(
    session: Session,
    /,
    items: str | None,
    output: Path | None,
    now: str | None,
    form: str,
    jobs: int | None,
    **flags: bool,
) -> int:
    """Make everything into public/: feeds, pages, letters.

    Only what differs is written, whole or not at all; what no longer belongs is removed. Articles
    with errors are named and left out; the others are published, and the exit code is 1.
    """
    jobs = jobs or parallel.processors()
    config = session.config(items=items)
    dest = output or session.root / "public"
    refuse_overlap(session, dest, config)
    progress = Progress(session)
    with _memory(
        session, config, dest, wanted=not flags["no_cache"], write=not flags["check"]
    ) as memory:
        site = open_site(
            session,
            config,
            instant(now, config),
            drafts=flags["drafts"],
            future=flags["future"],
            frozen=flags["frozen"],
            memory=memory,
            jobs=jobs,
            lap=progress.lap,
        )
        with variants.opened(
            session.root,
            config.pages.picture_widths,
            memory,
            write=not (flags["check"] or flags["no_cache"]),
        ) as scaled:
            outputs = progress.watch(build.render(site, memory, jobs=jobs, scaled=scaled))
            code = _publish(session, site, outputs, dest, form, memory, flags)
        progress.lap("write")
    progress.lap("remember")
    if flags["timings"]:
        session.say(progress.table())
    return code


@contextmanager
def _memory(
    session: Session, config: Config, dest: Path, *, wanted: bool, write: bool
) -> Iterator[Memory | None]:
    """Yield what earlier builds of the site remember, or None where that is not wanted."""
    if not wanted:
        yield None
        return
    with cache.opened(session.root, config.fingerprint, write=write) as opened:
        memory = Memory(opened, dest) if opened is not None else None
        yield memory
        if memory is not None:
            memory.save()


def _publish(
    session: Session,
    site: build.Site,
    outputs: Iterable[Output],
    dest: Path,
    form: str,
    memory: Memory | None,
    flags: Mapping[str, bool],
) -> int:
    """Publish the ``outputs`` of ``site`` at ``dest``; return the exit code."""
    stale_lock = site.lock_text != site.lock_before
    if flags["frozen"] and stale_lock:
        session.report(site.problems, form)
        session.complain(
            "newsfeed.lock would change: run newsfeed build without --frozen, and commit the file",
            "newsfeed.lock changerait : lancez newsfeed build sans --frozen, puis validez le fichier",
        )
        return 1
    strict = flags["strict"]
    result = files.publish(
        outputs,
        dest,
        site.tree,
        check=flags["check"],
        ready=lambda: (
            site.whole
            and not (strict and serious(site, strict=True))
            and not (flags["frozen"] and site.records)
        ),
    )
    if memory is not None and not (result.abandoned or flags["check"]):
        memory.published(result)
    if session.verbose:
        say_left_out(session, site)
    session.report(site.problems, form)
    if flags["check"]:
        changed = [*result.changed, *site.records, *([LOCK] if stale_lock else [])]
        for path in changed:
            click.echo(path)
        session.say(_differing(session, len(changed)))
        return 1 if changed or serious(site, strict=strict) else 0
    if flags["frozen"] and site.records:
        paths = ", ".join(site.records)
        session.complain(
            f"{paths} would change: run newsfeed build without --frozen, and commit the files",
            f"{paths} changerait : lancez newsfeed build sans --frozen, puis validez les fichiers",
        )
        return 1
    if result.abandoned:
        why = " (--strict)" if site.whole else ""
        session.say(session.tr(f"nothing was published{why}", f"rien n’a été publié{why}"))
        return 1
    if stale_lock:
        files.write_whole(session.root / LOCK, site.lock_text.encode())
    for path, text in site.records.items():
        files.write_whole(session.root / path, text.encode())
    session.say(_summary(session, site, result, dest))
    return 1 if serious(site, strict=strict) else 0


def _differing(session: Session, count: int) -> str:
    if count > 1:
        return session.tr(f"{count} files differ", f"{count} fichiers diffèrent")
    if count:
        return session.tr("1 file differs", "1 fichier diffère")
    return session.tr("everything is up to date", "tout est à jour")


def _summary(session: Session, site: build.Site, result: files.Published, dest: Path) -> str:
    """Say in one line what was read and what was done."""
    plan = site.plan
    counts = [
        (len(plan.items), ("article", "articles"), ("article publié", "articles publiés")),
        (len(plan.drafts), ("draft", "drafts"), ("brouillon", "brouillons")),
        (len(plan.scheduled), ("scheduled", "scheduled"), ("programmé", "programmés")),
        (len(plan.expired), ("expired", "expired"), ("expiré", "expirés")),
        (len(site.left_out), ("left out", "left out"), ("écarté", "écartés")),
    ]
    read = ", ".join(
        f"{count} {session.tr(english[count > 1], french[count > 1])}"
        for count, english, french in counts
        if count
    )
    done = session.tr(
        f"{len(result.written)} files written, {len(result.removed)} removed, "
        f"{result.unchanged} unchanged in {dest}",
        f"{len(result.written)} fichiers écrits, {len(result.removed)} supprimés, "
        f"{result.unchanged} inchangés dans {dest}",
    )
    problems = counted(site.problems, session.spoken)
    return f"{read or session.tr('no article', 'aucun article')}; {done}" + (
        f"; {problems}" if problems else ""
    )
