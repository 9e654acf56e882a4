"""``newsfeed next-change``."""

from __future__ import annotations

import click

from newsfeed.build import Options
from newsfeed.cli.session import Session, instant
from newsfeed.cli.shared_steps import open_site

NOTHING = 4
"""The exit code where nothing has come."""


@click.command("next-change")
@click.option("--now", metavar="ISO", help="As if it were this date or instant.")
@click.option("--since", metavar="ISO", help="Say what has come since, in the place of what will.")
@click.pass_obj
def command(session: Session, now: str | None, since: str | None) -> int:
    """Print the next instant at which the output will differ, for a scheduler.

    That is when a scheduled article appears or an article expires. Nothing is printed when the
    output will not change by itself. The exit code is 0 either way.

    With --since it is the first such instant after ISO, if it has come by now: that of the last
    build, say, for a job that runs by the clock. Exit code 4: none has come.
    """
    session.say_epoch(now)
    config = session.config()
    until = instant(now, config)
    after = until if since is None else instant(since, config)
    change = open_site(session, config, Options(now=after)).next_change
    if since is not None and (change is None or change > until):
        session.say(session.tr("nothing has changed by itself", "rien n’a changé de soi-même"))
        return NOTHING
    if change is None:
        session.say(session.tr("nothing will change by itself", "rien ne changera de soi-même"))
        return 0
    click.echo(change.astimezone(config.zone).isoformat())
    return 0
