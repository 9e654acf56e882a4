"""The options that choose what a letter holds, shared by ``digest`` and ``compose``."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

import click
from msgspec import Struct

from newsfeed import build
from newsfeed.cli.session import Session
from newsfeed.cli.usage import WrongUsage, WrongValue
from newsfeed.config import Config
from newsfeed.content import dates
from newsfeed.model import Item
from newsfeed.newsletter.issues import Selection
from newsfeed.site.plan import Kind
from newsfeed.text.languages import alike
from newsfeed.text.slugs import folded

NOTHING = 4
"""The exit code where there is nothing for a letter."""

_OPTIONS = (
    click.option("--last", type=click.IntRange(min=1), metavar="N", help="The newest N articles."),
    click.option("--since", metavar="DATE", help="Articles of this day or later."),
    click.option("--until", metavar="DATE", help="Articles of this day or earlier."),
    click.option("--category", "categories", multiple=True, metavar="NAME", help="Of a category."),
    click.option("--tag", "tags", multiple=True, metavar="NAME", help="With a tag."),
    click.option(
        "--item", "items", multiple=True, metavar="PATH",
        help="This article and no other, by path, name or id; several in their order.",
    ),
    click.option("--subject", metavar="TEXT", help="The letter's subject."),
)  # fmt: skip


class Asked(Struct, frozen=True, kw_only=True):
    """The options as they were written."""

    last: int | None = None
    since: str | None = None
    until: str | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    subject: str | None = None

    @property
    def anything(self) -> bool:
        return self != Asked()


def selection_options(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options that choose articles; it receives them as ``asked``."""

    @wraps(command)
    def gather(*arguments: Any, **given: Any) -> int:
        asked = Asked(**{name: given.pop(name) for name in Asked.__struct_fields__})
        return command(*arguments, asked=asked, **given)

    for option in reversed(_OPTIONS):
        gather = option(gather)
    return gather


def refuse_off(config: Config) -> None:
    """Raise click.UsageError where the site's newsletter is switched off."""
    if not config.newsletter.enabled:
        raise WrongUsage(
            "the newsletter is switched off: [newsletter] enabled = false",
            "la lettre est désactivée : [newsletter] enabled = false",
        )


def selection_of(asked: Asked, site: build.Site, session: Session) -> Selection:
    """Return what the options mean on ``site``. Raises click.BadParameter, click.UsageError."""
    others = (asked.last, asked.since, asked.until, asked.categories, asked.tags)
    if asked.items and any(others):
        raise WrongUsage(
            "--item names the articles one by one: no other choice goes with it",
            "--item nomme les articles un à un : aucun autre choix ne va avec",
        )
    return Selection(
        last=asked.last,
        since=_day(asked.since, "--since", site.config),
        until=_day(asked.until, "--until", site.config, end=True),
        categories=_known(asked.categories, "category", site, session),
        tags=_known(asked.tags, "tag", site, session),
        items=tuple(dict.fromkeys(_item(name, site, session) for name in asked.items)),
    )


def language_of(written: str, site: build.Site, session: Session) -> str:
    """Return the language that an option names, empty for none. Raises click.BadParameter."""
    if not written or any(alike(each.language, written) for each in site.plan.items.heads):
        return written
    there = ", ".join(group.label for group in site.plan.of("language"))
    raise click.BadParameter(
        session.tr(
            f"no article is written in “{written}”; there is: {there or '-'}",
            f"aucun article n’est écrit en « {written} » ; il y a : {there or '-'}",
        ),
        param_hint="--language",
    )


def _day(text: str | None, option: str, config: Config, *, end: bool = False) -> datetime | None:
    """Return the instant that a date means: the day's last one where it is an ``end``."""
    if text is None:
        return None
    order = dates.order_of(config.items.date_order, config.site.language)
    found = dates.read(text, config.zone, order)
    if found.when is None:
        raise WrongValue(
            f"“{text}” is not a date; write 2026-11-23, or 23 novembre 2026",
            f"« {text} » n’est pas une date ; écrivez 2026-11-23, ou 23 novembre 2026",
            option,
        )
    if end and found.day_only:
        local = found.when.astimezone(config.zone)
        return local.replace(tzinfo=None, microsecond=0).replace(tzinfo=config.zone) + timedelta(
            days=1, microseconds=-1
        )
    return found.when


def _known(
    names: tuple[str, ...], kind: Kind, site: build.Site, session: Session
) -> tuple[str, ...]:
    """Return ``names``; each must be that of a category or tag of some article."""
    labels = [group.label for group in site.plan.of(kind)]
    known = {folded(label) for label in labels}
    for name in names:
        if folded(name) not in known:
            near = difflib.get_close_matches(name, labels, n=1, cutoff=0.5)
            suggestion = near or labels[:12]
            raise click.BadParameter(
                session.tr(
                    f"no article has “{name}”; try {', '.join(suggestion) or '-'}",
                    f"aucun article ne porte « {name} » ; essayez {', '.join(suggestion) or '-'}",
                ),
                param_hint=f"--{kind}",
            )
    return names


def _item(name: str, site: build.Site, session: Session) -> Item:
    """Return the visible article that ``name`` means."""
    visible = {item.path: item for item in site.plan.items}
    by_id = {item.id: item for item in site.plan.items}
    plain = name.removeprefix("./")
    found = by_id.get(name) or site.library.item(plain) or site.library.item_called(plain, "")
    if found is not None and found.path in visible:
        return visible[found.path]
    hint = "--item"
    if found is not None:
        raise click.BadParameter(_why_hidden(found, site, session), param_hint=hint)
    near = difflib.get_close_matches(name, _names(site.plan.items), n=1, cutoff=0.5)
    tail = session.tr(f"; did you mean {near[0]}?", f" ; vouliez-vous dire {near[0]} ?")
    raise click.BadParameter(
        session.tr(f"no article is called “{name}”", f"aucun article ne s’appelle « {name} »")
        + (tail if near else ""),
        param_hint=hint,
    )


def _names(items: Iterable[Item]) -> Mapping[str, None]:
    return dict.fromkeys(name for item in items for name in (item.path, item.slug))


def _why_hidden(item: Item, site: build.Site, session: Session) -> str:
    path = item.path
    if item in site.plan.drafts:
        return session.tr(
            f"{path} is a draft; add --drafts to see it",
            f"{path} est un brouillon ; ajoutez --drafts",
        )
    if item in site.plan.scheduled:
        day = item.published.astimezone(site.config.zone).isoformat(" ", "minutes")
        return session.tr(
            f"{path} appears on {day}; say --now {day[:10]} to see the letter of that day",
            f"{path} paraît le {day} ; ajoutez --now {day[:10]} pour voir la lettre de ce jour",
        )
    return session.tr(f"{path} has expired", f"{path} a expiré")
