"""``newsfeed build`` at work: loaded while another process looks at the disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsfeed.build import cache, pool, publish
from newsfeed.build.picture_sizes import Pictures
from newsfeed.build.rendering import Rendering
from newsfeed.build.site import Options, Site
from newsfeed.build.targets import Standing
from newsfeed.cli import staleness
from newsfeed.cli.build import Asked, Scanned, Sources
from newsfeed.cli.progress import Progress
from newsfeed.cli.session import LOCK, Session, folders, instant
from newsfeed.cli.shared_steps import in_output, open_site, refuse_overlap, say_left_out
from newsfeed.config import Config
from newsfeed.content import scan
from newsfeed.diagnostics import Diagnostic, serious

if TYPE_CHECKING:
    from newsfeed.build.cache import Cache
    from newsfeed.build.picture_cache import Variants


def build(session: Session, asked: Asked, scanned: Scanned, progress: Progress) -> int:
    """Build the site whose folder is being ``scanned``; return the exit code."""
    config = session.config(items=asked.items)
    dest = session.output(asked.output, config.site.output)
    # Nothing is written, not even what is remembered, before it is clear that all may be.
    refuse_overlap(session, dest, config)
    with _remembering(session, asked) as cache:
        code = _Build(session, asked, config, dest, cache, progress).run(scanned)
        if cache is not None:
            cache.save()
    return code


@contextmanager
def _remembering(session: Session, asked: Asked) -> Iterator[Cache | None]:
    """Yield what earlier builds of the site remember, or None where that is not wanted."""
    settings = "" if asked.no_cache else session.settings(items=asked.items)
    if not settings:
        yield None
        return
    with cache.opened(session.root, settings, write=not asked.check) as opened:
        yield opened


@contextmanager
def _scaling(
    session: Session, config: Config, known: Pictures | None, asked: Asked
) -> Iterator[Variants | None]:
    """Yield what makes pictures smaller, None where none are wanted: then it is not even loaded."""
    widths = config.pages.picture_widths if config.pages.enabled else ()
    if not (widths or config.newsletter.enabled):
        yield None
        return
    from newsfeed.build import picture_cache

    write, jobs = not (asked.check or asked.no_cache), asked.jobs or pool.processors()
    with picture_cache.opened(session.root, widths, known, write=write, jobs=jobs) as scaled:
        yield scaled


class _Build:
    """One call of the command."""

    def __init__(
        self,
        session: Session,
        asked: Asked,
        config: Config,
        dest: Path,
        cache: Cache | None,
        progress: Progress,
    ) -> None:
        self.session = session
        self.asked = asked
        self.config = config
        self.dest = dest
        self.cache = cache
        self.progress = progress

    def run(self, scanned: Scanned) -> int:
        """Build what the site's folder holds, as ``scanned`` finds it; return the exit code."""
        asked, session = self.asked, self.session
        standing = Standing(self.cache, str(self.dest))
        lost = pool.Begun(lambda _: standing.lost(), "") if standing.any else None
        try:
            sources = Sources(*scanned.result())
            self.progress.lap("scan")
            site = self._site(sources)
            self.progress.lap("plan")
            pictures = Pictures(self.cache, site.tree) if self.cache is not None else None
            with _scaling(session, self.config, pictures, asked) as scaled:
                if lost is not None:
                    standing.miss(lost.result())
                rendering = Rendering(
                    site,
                    cache=self.cache,
                    standing=standing,
                    templates=sources.templates,
                    scaled=scaled,
                    sizes=pictures,
                )
                if asked.frozen and not asked.check and site.lock_text != site.lock_before:
                    for _ in rendering.outputs():
                        pass
                    return self._refuse_thaw(rendering)
                done = publish.publish(
                    self.progress.watch(rendering.outputs()),
                    self.dest,
                    site.tree,
                    check=asked.check,
                    ready=lambda done: self._is_ready(rendering, done),
                )
        finally:
            if lost is not None:
                lost.close()
        if not (done.abandoned or asked.check or rendering.result.unreadable):
            standing.learn(done, rendering.result.said)
        return self._concluded(rendering, done)

    def _site(self, sources: Sources) -> Site:
        asked, session = self.asked, self.session
        session.say_epoch(asked.now)
        tree = None
        if sources.sound:
            tree = scan.DiskTree(session.root, sources.listing, folders(self.config.items.path))
        options = Options(
            # The clock is asked here, once.
            now=instant(asked.now, self.config),
            drafts=asked.drafts,
            future=asked.future,
            frozen=asked.frozen,
            jobs=asked.jobs or pool.processors(),
        )
        site = open_site(
            session,
            self.config,
            options,
            cache=self.cache,
            tree=tree,
            count=lambda done: self.progress.tick(done, "articles read", "articles lus"),
        )
        self.progress.clear()
        return site

    def _refuse_thaw(self, rendering: Rendering) -> int:
        """Say what --frozen keeps from being written."""
        problems = in_output(rendering.site, self._said(rendering)[0], self.dest)
        self.session.report([*problems, *staleness.memory(rendering)], self.asked.form)
        return 1

    def _is_ready(self, rendering: Rendering, done: publish.Publication) -> bool:
        """Say whether what was made may be published; what that depends on is written first.

        So no reader ever has an id that newsfeed.lock does not know, whenever the build ends.
        """
        result, asked = rendering.result, self.asked
        for path, reason in done.missed.items():
            result.missed(path, reason)
        if (
            not result.whole
            or (asked.strict and serious(self._said(rendering)[0], strict=True))
            or (asked.frozen and result.records)
        ):
            return False
        if rendering.site.lock_text != rendering.site.lock_before:
            self.session.write(LOCK, rendering.site.lock_text.encode())
        for path, text in result.records.items():
            self.session.write(path, text.encode())
        return True

    def _said(self, rendering: Rendering) -> tuple[Sequence[Diagnostic], int]:
        """Return the problems that are to be said, and how many are silenced."""
        problems, check = rendering.result.problems, self.config.check
        if not (problems or check.ignore or check.per_file_ignores):
            return (), 0
        from newsfeed.cli.silencing import silenced  # most builds have no problem to say

        found = silenced(self.session, rendering.site, problems)
        return found.kept, found.silent

    def _concluded(self, rendering: Rendering, done: publish.Publication) -> int:
        """Say what was done, and write what belongs to it; return the exit code."""
        session, asked = self.session, self.asked
        site, result = rendering.site, rendering.result
        if session.verbose:
            say_left_out(session, site)
        problems, silent = self._said(rendering)
        failed = 1 if serious(problems, strict=asked.strict) else 0
        if asked.frozen and result.records and not asked.check:
            return self._refuse_thaw(rendering)
        problems = in_output(site, problems, self.dest)
        if asked.check:
            return self._checked(rendering, done, problems) or failed
        session.report(problems, asked.form)
        if done.abandoned:
            why = " (--strict)" if result.whole else ""
            session.say(session.tr(f"nothing was published{why}", f"rien n’a été publié{why}"))
            return 1
        session.say(_summary(session, site, problems, done, self.dest) + session.silent(silent))
        return failed

    def _checked(
        self, rendering: Rendering, done: publish.Publication, problems: Sequence[Diagnostic]
    ) -> int:
        """Say what differs from what stands there; return 1 where anything does.

        As text that is a list for scripts, of paths below the output folder and of the memory's.
        """
        session = self.session
        memory = list(staleness.memory(rendering))
        if self.asked.form == "text":
            session.report([*problems, *staleness.pillow(done.changed, self.dest)], "text")
            for path in [*done.changed, *(each.path for each in memory)]:
                click.echo(path)
        else:
            outputs = staleness.outputs(done, self.dest)
            session.report([*problems, *outputs, *memory], self.asked.form)
        count = len(done.changed) + len(memory)
        session.say(_differing(session, count))
        return 1 if count else 0


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
    site: Site,
    problems: Sequence[Diagnostic],
    done: publish.Publication,
    dest: Path,
) -> str:
    """Say in one line what was read and what was ``done``."""
    plan = site.plan
    counts = map(len, (plan.items, plan.drafts, plan.scheduled, plan.expired, site.left_out))
    read = ", ".join(
        f"{count} {session.tr(english[count > 1], french[count > 1])}"
        for count, (english, french) in zip(counts, _COUNTED, strict=True)
        if count
    )
    written, removed, unchanged = len(done.written), len(done.removed), done.unchanged
    said = session.tr(
        f"{written} files written, {removed} removed, {unchanged} unchanged in {dest}",
        f"{written} fichiers écrits, {removed} supprimés, {unchanged} inchangés dans {dest}",
    )
    text = f"{read or session.tr('no article', 'aucun article')}; {said}"
    if not problems:
        return text
    from newsfeed.diagnostics.reporters import counted

    return f"{text}; {counted(problems, session.spoken)}"
