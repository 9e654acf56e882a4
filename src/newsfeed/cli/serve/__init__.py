"""``newsfeed serve``."""

from __future__ import annotations

import gc
import queue
import threading
import webbrowser
from functools import cache
from pathlib import Path

import click
from msgspec import Struct
from msgspec.structs import replace

from newsfeed import build, disk
from newsfeed.build import picture_cache, pool, publish
from newsfeed.cli.options import passed_as
from newsfeed.cli.serve import live, watcher
from newsfeed.cli.serve import server as serving
from newsfeed.cli.session import Session, instant
from newsfeed.cli.shared_steps import open_site
from newsfeed.cli.silencing import silenced
from newsfeed.cli.usage import WrongUsage
from newsfeed.diagnostics import ConfigError, ContentError, WorldError, refused
from newsfeed.diagnostics.reporters import text

FOLDER = "serve"
"""Where the preview lies below the folder that may be deleted at any time."""
_scaled = cache(picture_cache.kept)


class Options(Struct, frozen=True, kw_only=True):
    """The options of the command; ``browser`` says that one is to be opened."""

    port: int
    drafts: bool
    future: bool
    now: str | None
    browser: bool


@click.command("serve")
@click.option("-p", "--port", type=click.IntRange(0, 65535), default=8000, show_default=True,
              help="Where to listen on loopback; 0 takes any free port.")  # fmt: skip
@click.option("--drafts", is_flag=True, help="Show drafts too.")
@click.option("--future", is_flag=True, help="Show scheduled articles too.")
@click.option("--now", metavar="ISO", help="Build as if it were this date or instant.")
@click.option("--open", "browser", is_flag=True, help="Open a browser.")
@click.pass_obj
@passed_as(Options)
def command(session: Session, options: Options) -> int:
    """Show the site on this machine, built and reloaded again each time a file is saved.

    Problems stand in the terminal and on the page. Only this machine can see it, and public/ and
    newsfeed.lock are left alone.
    """
    gc.enable()  # other commands end soon; this one goes on
    saved = _watch(session)
    try:
        preview = live.Preview(Path(disk.own_folder(session.root, FOLDER)))
    except OSError as error:
        raise refused(error.filename, error) from error
    try:
        server = serving.server(preview, options.port)
    except OSError as error:
        raise refused(f"{serving.HOST}:{options.port} (--port 0?)", error) from error
    address = f"http://{serving.HOST}:{server.server_address[1]}/"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        _rebuild(session, preview, address, options)
        click.echo(address)
        session.say(session.tr("Ctrl-C ends it", "Ctrl-C pour arrêter"))
        if options.browser:
            webbrowser.open(address)
        while True:
            saved.get()
            _rebuild(session, preview, address, options)
    except KeyboardInterrupt:
        pass
    finally:
        preview.close()
        server.shutdown()
    return 0


def _watch(session: Session) -> queue.Queue[object]:
    """Return a queue that gets something at each burst of saved files, from now on.

    Raises click.UsageError without watchfiles.
    """
    try:
        from watchfiles import watch
    except ImportError:
        raise WrongUsage(
            "serve needs watchfiles: pip install 'newsfeed-press[serve]'",
            "serve a besoin de watchfiles : pip install 'newsfeed-press[serve]'",
        ) from None
    saved: queue.Queue[object] = queue.Queue()

    def run() -> None:
        while True:
            sources = watcher.sources(session)
            only = watcher.wanted(sources)
            for changes in watch(
                *watcher.roots(sources), watch_filter=only, step=100, raise_interrupt=False
            ):
                saved.put(changes)
                if watcher.sources(session) != sources:
                    break

    # It looks from before the first build on: what is saved during a build is built next.
    threading.Thread(target=run, daemon=True).start()
    return saved


def _rebuild(session: Session, preview: live.Preview, address: str, options: Options) -> None:
    """Build into the preview's folder, for its own address, and say what is wrong."""
    try:
        config = session.config()
        config = replace(config, site=replace(config.site, url=address))
        wanted = build.Options(
            now=instant(options.now, config), drafts=options.drafts, future=options.future
        )
        site = open_site(session, config, wanted)
        scaled = _scaled(session.root, config.pages.picture_widths, None, pool.processors())
        rendering = build.Rendering(site, scaled=scaled)
        publish.publish(
            rendering.outputs(), preview.folder, site.tree, ready=lambda _: rendering.result.whole
        )
        problems = silenced(session, site, rendering.result.problems).kept
    except ConfigError as error:
        problems = error.problems
    except ContentError as error:
        problems = (error.problem,)
    except (WorldError, OSError) as error:
        failed = error if isinstance(error, WorldError) else refused(error.filename, error)
        session.complain(str(failed), failed.french)
        preview.update(failed.words(session.spoken))
        return
    session.report(problems, "text")
    preview.update(text(problems, session.spoken))
