"""``newsfeed next-change``."""

from __future__ import annotations

import click

from newsfeed.build import Options
from newsfeed.cli.session import Session, instant
from newsfeed.cli.work import open_site


@click.command("next-change")
@click.option("--now", metavar="ISO", help="As if it were this date or instant.")
@click.pass_obj
def command(session: Session, now: str | None) -> int:
    """Print the next instant at which the output will differ, for a scheduler.

    That is when a scheduled article appears or an article expires. Nothing is printed when the
    output will not change by itself. The exit code is 0 either way.
    """
    session.say_epoch(now)
    config = session.config()
    site = open_site(session, config, Options(now=instant(now, config)))
    change = site.next_change
    if change is None:
        session.say(session.tr("nothing will change by itself", "rien ne changera de soi-même"))
        return 0
    click.echo(change.astimezone(config.zone).isoformat())
    return 0
