"""``newsfeed build``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsfeed.build import pool
from newsfeed.build.grounds import Lost
from newsfeed.cli.progress import Progress
from newsfeed.cli.session import LOCK, TEMPLATES, Session, folders, instant

if TYPE_CHECKING:
    from newsfeed import build
    from newsfeed.build import publish
    from newsfeed.build.frames import Noted
    from newsfeed.build.memory import Memory
    from newsfeed.build.outcomes import Outcome
    from newsfeed.build.surveying import Scanned, Survey
    from newsfeed.config import Config
    from newsfeed.diagnostics import Diagnostic


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
    dest = output or session.root / "public"
    wanted = not flags["no_cache"]
    work = _Build(session, items, dest, now, form, jobs or pool.processors(), flags)
    quick = wanted and session.remembers and not (flags["check"] or session.verbose)
    scan = _scan(session, items)
    try:
        if not session.remembers:
            # Nothing is written, not even what is remembered, before it is clear that all may be.
            from newsfeed.cli.work import refuse_overlap

            refuse_overlap(session, dest, work.config)
        with _memory(session, items, dest, wanted=wanted, write=not flags["check"]) as memory:
            code = work.run(memory, scan, quick=quick)
    finally:
        if scan is not None:
            scan.close()
    work.progress.lap("remember")
    if flags["timings"]:
        session.say(work.progress.table())
    return code


def _scan(session: Session, items: str | None) -> Scanned | None:
    """Begin to scan the site's folder, if the settings say at a glance where the articles lie.

    That goes on while this process loads what it may need.
    """
    from newsfeed.content import scan as scanning

    table = (session.glance() or {}).get("items", {})
    path = items or (table.get("path", "items") if isinstance(table, dict) else None)
    if not isinstance(path, str):
        return None
    return pool.Begun(scanning.listed, (str(session.root), folders(path)))


@contextmanager
def _memory(
    session: Session, items: str | None, dest: Path, *, wanted: bool, write: bool
) -> Iterator[Memory | None]:
    """Yield what earlier builds of the site remember, or None where that is not wanted."""
    settings = session.settings(items=items) if wanted else ""
    if not settings:
        yield None
        return
    from newsfeed.build import cache
    from newsfeed.build.memory import Memory

    with cache.opened(session.root, settings, write=write) as opened:
        if opened is None:
            yield None
            return
        memory = Memory(opened, dest)
        try:
            yield memory
            memory.save()
        finally:
            memory.close()


class _Build:
    """One call of the command."""

    def __init__(
        self,
        session: Session,
        items: str | None,
        dest: Path,
        now: str | None,
        form: str,
        jobs: int,
        flags: Mapping[str, bool],
    ) -> None:
        self.session = session
        self.items = items
        self.dest = dest
        self.now = now
        self.form = form
        self.jobs = jobs
        self.flags = flags
        self.asked = (flags["drafts"], flags["future"], flags["frozen"])
        self.progress = Progress(session)

    def run(self, memory: Memory | None, scan: Scanned | None, *, quick: bool) -> int:
        """Build, with what ``memory`` holds and ``scan`` finds; return the exit code.

        If it may be done the ``quick`` way, only what differs from the last build is looked for.
        """
        try:
            return self._run(memory, scan, quick=quick)
        except Lost:  # what is remembered is damaged
            return self._anew(None)

    def _run(self, memory: Memory | None, scan: Scanned | None, *, quick: bool) -> int:
        if memory is None or scan is None or not quick:
            return self._anew(memory, scan=scan)
        from newsfeed.build import outcomes

        last = outcomes.last(memory)
        lock = _lock(self.session)
        if last is None or lock is None:
            return self._anew(memory, scan=scan)
        from newsfeed.build.surveying import Survey

        survey = Survey(memory, scan, self.session.root, lambda: self.config)
        try:
            noted = self._prepared(memory, survey, lock)
            if last.holds(survey, lock, self.instant, self.asked):
                return self._again(last, memory)
            return self._renewed(memory, survey, noted)
        finally:
            survey.close()

    def _prepared(self, memory: Memory, survey: Survey, lock: str) -> Noted | None:
        """Load what a build with an edited article needs, until it is known whether there is one."""
        from newsfeed.cli.work import SHOWING, load

        load(SHOWING, lambda: survey.is_done)
        if survey.is_done:
            return None
        from newsfeed.build import frames

        return frames.Noted.by(memory, lock)

    @cached_property
    def config(self) -> Config:
        """The site's settings. Raises ConfigError, WorldError."""
        return self.session.config(items=self.items)

    @cached_property
    def instant(self) -> datetime:
        """The instant of the build: the clock is asked here, once."""
        return datetime.now(UTC) if self.now is None else instant(self.now, self.config)

    def _again(self, last: Outcome, memory: Memory) -> int:
        """Say what the ``last`` build said: nothing has changed since."""
        from newsfeed.build.rows import problem_of
        from newsfeed.diagnostics import serious

        self.progress.lap("scan")
        self.session.language = self.session.language or last.language
        problems = [problem_of(row) for row in last.problems]
        if self.flags["strict"] and problems:
            return self._anew(memory)
        self.session.report(problems, self.form)
        done = (0, 0, last.outputs)
        self.session.say(_summary(self.session, last.counts, problems, done, self.dest))
        return 1 if serious(problems, strict=False) else 0

    def _renewed(self, memory: Memory, survey: Survey, noted: Noted | None) -> int:
        """Make the outputs that differ, where that can be told; otherwise all of them."""
        from newsfeed import build
        from newsfeed.build import publish, variants
        from newsfeed.build.frames import Noted
        from newsfeed.cli.work import refuse_overlap
        from newsfeed.content.scan import DiskTree
        from newsfeed.theme.environment import Theme

        config, root = self.config, self.session.root
        refuse_overlap(self.session, self.dest, config)
        sources = survey.sources
        if not sources.sound or sources.few is None:
            return self._anew(memory, survey)
        tree = DiskTree(root, sources.listing)
        memory.learn(sources.few, tree, config)
        self.progress.lap("scan")
        noted = noted or Noted.by(memory, _lock(self.session) or "")
        site = build.reopen(
            tree, config, Theme(config, root / TEMPLATES), memory, now=self.instant,
            noted=noted, templates=survey.templates, flags=self.asked,
        )  # fmt: skip
        if site is None:
            return self._anew(memory, survey)
        self.progress.lap("plan")
        with variants.opened(root, config.pages.picture_widths, memory, write=True) as scaled:
            outputs = build.renew(site, memory, lambda: survey.lost, scaled)
        self.progress.lap("render")
        if outputs is None or not publish.are_placed(outputs, self.dest):
            return self._anew(memory, survey)
        result = publish.renew(outputs, self.dest, tree, ready=lambda: self._is_ready(site))
        result.unchanged += site.frame.count - len(outputs) if site.frame else 0
        return self._concluded(site, result, memory)

    def _anew(
        self, memory: Memory | None, survey: Survey | None = None, scan: Scanned | None = None
    ) -> int:
        """Make everything that does not stand as it should."""
        from newsfeed.build import publish, variants
        from newsfeed.cli.work import load, needed, open_site, refuse_overlap

        config, flags = self.config, self.flags
        refuse_overlap(self.session, self.dest, config)
        listed = None
        if survey is not None:
            listed = survey.sources[:2]
        elif scan is not None:
            load(needed(config), lambda: scan.is_done)
            listed = scan.result()
        if memory is not None and survey is not None:
            memory.outputs.miss(survey.lost)
        site = open_site(
            self.session,
            config,
            self.instant,
            drafts=flags["drafts"],
            future=flags["future"],
            frozen=flags["frozen"],
            memory=memory,
            jobs=self.jobs,
            lap=self.progress.lap,
            count=lambda done: self.progress.tick(done, "articles read", "articles lus"),
            listed=listed,
        )
        self.progress.clear()
        from newsfeed import build

        with variants.opened(
            self.session.root,
            config.pages.picture_widths,
            memory,
            write=not (flags["check"] or flags["no_cache"]),
        ) as scaled:
            outputs = self.progress.watch(build.render(site, memory, jobs=self.jobs, scaled=scaled))
            if flags["frozen"] and site.lock_text != site.lock_before:
                self.session.report(site.problems, self.form)
                self.session.complain(
                    "newsfeed.lock would change: run newsfeed build without --frozen, and commit the file",
                    "newsfeed.lock changerait : lancez newsfeed build sans --frozen, puis validez le fichier",
                )
                return 1
            result = publish.publish(
                outputs,
                self.dest,
                site.tree,
                check=flags["check"],
                ready=lambda: self._is_ready(site),
            )
            return self._concluded(site, result, memory)

    def _is_ready(self, site: build.Site) -> bool:
        from newsfeed.diagnostics import serious

        strict = self.flags["strict"]
        return (
            site.whole
            and not (strict and serious(site.problems, strict=True))
            and not (self.flags["frozen"] and site.records)
        )

    def _concluded(self, site: build.Site, result: publish.Published, memory: Memory | None) -> int:
        """Say what was done, and write what belongs to it; return the exit code."""
        from newsfeed.build import publish
        from newsfeed.cli.work import say_left_out
        from newsfeed.diagnostics import serious

        session, flags = self.session, self.flags
        stale_lock = site.lock_text != site.lock_before
        counts = (
            len(site.plan.items),
            len(site.plan.drafts),
            len(site.plan.scheduled),
            len(site.plan.expired),
            len(site.left_out),
        )
        if memory is not None and not (result.abandoned or flags["check"] or site.unread):
            memory.outputs.learn(result)
            self._leave(site, counts, result, memory)
        if session.verbose:
            say_left_out(session, site)
        session.report(site.problems, self.form)
        failed = 1 if serious(site.problems, strict=flags["strict"]) else 0
        if flags["check"]:
            changed = [*result.changed, *site.records, *([LOCK] if stale_lock else [])]
            for path in changed:
                click.echo(path)
            session.say(_differing(session, len(changed)))
            return 1 if changed else failed
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
            publish.write_whole(session.root / LOCK, site.lock_text.encode())
        for path, text in site.records.items():
            publish.write_whole(session.root / path, text.encode())
        done = (len(result.written), len(result.removed), result.unchanged)
        session.say(_summary(session, counts, site.problems, done, self.dest))
        return failed

    def _leave(
        self,
        site: build.Site,
        counts: Sequence[int],
        result: publish.Published,
        memory: Memory,
    ) -> None:
        """Let ``memory`` keep what this build came to, where the next one may come to the same."""
        from newsfeed.build.outcomes import Outcome
        from newsfeed.build.rows import problem_row

        if site.noted is not None and not site.records:
            Outcome(
                language=site.config.site.language,
                counts=counts,
                outputs=len(result.written) + result.unchanged,
                problems=[problem_row(each) for each in site.problems],
                since=site.noted["since"],
                until=site.noted["until"],
                ground=site.noted["ground"],
            ).leave(memory)


def _lock(session: Session) -> str | None:
    """Return the lock's text; what is wrong with it is said when it is needed."""
    try:
        return (session.root / LOCK).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _differing(session: Session, count: int) -> str:
    if count > 1:
        return session.tr(f"{count} files differ", f"{count} fichiers diffèrent")
    if count:
        return session.tr("1 file differs", "1 fichier diffère")
    return session.tr("everything is up to date", "tout est à jour")


_COUNTED = (
    (("article", "articles"), ("article publié", "articles publiés")),
    (("draft", "drafts"), ("brouillon", "brouillons")),
    (("scheduled", "scheduled"), ("programmé", "programmés")),
    (("expired", "expired"), ("expiré", "expirés")),
    (("left out", "left out"), ("écarté", "écartés")),
)


def _summary(
    session: Session,
    counts: Sequence[int],
    problems: Sequence[Diagnostic],
    done: tuple[int, int, int],
    dest: Path,
) -> str:
    """Say in one line what was read and what was ``done``: files written, removed, unchanged."""
    read = ", ".join(
        f"{count} {session.tr(english[count > 1], french[count > 1])}"
        for count, (english, french) in zip(counts, _COUNTED, strict=True)
        if count
    )
    written, removed, unchanged = done
    said = session.tr(
        f"{written} files written, {removed} removed, {unchanged} unchanged in {dest}",
        f"{written} fichiers écrits, {removed} supprimés, {unchanged} inchangés dans {dest}",
    )
    text = f"{read or session.tr('no article', 'aucun article')}; {said}"
    if not problems:
        return text
    from newsfeed.diagnostics.reporters import counted

    return f"{text}; {counted(problems, session.spoken)}"
