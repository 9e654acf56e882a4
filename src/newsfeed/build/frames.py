"""What a build found out from all articles together, kept for as long as it stays true.

When nothing but the text of some bodies changed, the ids, the plan, the lock and every list are what
they were: a `Frame` holds them, and the build settles, plans and compares nothing anew. It is used
only where that can be proved; otherwise a build does all of it again, and says the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from newsfeed import lock as locks
from newsfeed.build.standing import Memory, hashed
from newsfeed.diagnostics import Diagnostic
from newsfeed.lock import NONE
from newsfeed.model import Item, Removed, Tree
from newsfeed.rows import problem_of, problem_row, settled_row
from newsfeed.selecting import Group, Later, Plan, groups
from newsfeed.theming import Theme

if TYPE_CHECKING:
    from newsfeed.build import Site
    from newsfeed.build.entries import Entries

_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What holds of all articles of a site, from ``since`` until ``until`` (None for ever).

    ``problems`` are those of articles compared with each other, ``told`` what showing each item with
    a page told: its problems and its links into others, by path. ``assets`` are the files that pages
    show, ``pages`` the outputs of pages in order, each with the article that has it for its own, or
    an empty text. ``edited`` are the articles whose bodies changed since, with a hash of what they
    were, ``head`` is what the cache has.
    """

    since: datetime
    until: datetime | None
    plan: Plan
    items: Sequence[Item]
    removed: tuple[Removed, ...]
    redirects: tuple[tuple[str, str], ...]
    problems: tuple[Diagnostic, ...]
    told: Mapping[str, Any]
    assets: tuple[str, ...]
    pages: tuple[tuple[str, str], ...]
    edited: Mapping[str, str] = field(default_factory=dict)
    head: Mapping[str, Any] = field(default_factory=dict)


def recall(
    tree: Tree,
    theme: Theme,
    memory: Memory,
    lock: str | None,
    now: datetime,
    *flags: bool,
) -> Frame | None:
    """Return the frame that the last build noted if it still holds at ``now``, otherwise None.

    ``flags`` are what the build was asked for: drafts and the like.
    """
    found = memory.frame()
    if found is None or lock is None:
        return None
    head = json.loads(found[0])
    token, *body = found[1].split("\n")
    if head["version"] != _VERSION or head["body"] != token:
        return None
    since = datetime.fromisoformat(head["since"])
    until = datetime.fromisoformat(head["until"]) if head["until"] else None
    if now < since or (until is not None and now >= until):
        return None
    base = _ground(tree, theme, memory, lock, flags)
    if (
        base != head["ground"]
        or head["rows"] != memory.rows()
        or head["content"] != memory.content(before=True)
        or not all(_body_alone(path, memory, lock) for path in memory.edited)
    ):
        return None
    count = head["items"]
    items = memory.items(body[4 : 4 + count])
    shown, drafts, scheduled, expired = (
        tuple([items[int(at)] for at in line.split()]) for line in body[:4]
    )
    plan = Plan(
        now=now,
        items=shown,
        drafts=drafts,
        scheduled=scheduled,
        expired=expired,
        groups=_groups(head["groups"], shown),
        next_change=until,
    )
    return Frame(
        since=since,
        until=until,
        plan=plan,
        items=items,
        removed=tuple(
            Removed(id=key, when=datetime.fromisoformat(when), url=url)
            for key, when, url in head["removed"]
        ),
        redirects=tuple((page, url) for page, url in head["redirects"]),
        problems=tuple(map(problem_of, head["problems"])),
        told=head["told"],
        assets=tuple(head["assets"]),
        pages=tuple(_page(line, items) for line in body[4 + count :]),
        edited=memory.edited,
        head=head,
    )


def note(
    site: Site,
    entries: Entries,
    memory: Memory,
    problems: Iterable[Diagnostic],
    pages: Iterable[tuple[str, str]],
) -> None:
    """Let ``memory`` note what holds of the articles of ``site``, which has just been rendered.

    ``problems`` are those of articles compared with each other, ``pages`` the outputs of pages.
    What may not hold for the next build, since this one changes the lock, is not noted.
    """
    frame, plan = site.frame, site.plan
    if frame is not None and not frame.edited:
        return
    told = entries.told() if site.config.pages.enabled else {}
    if frame is not None:
        edited = {"content": memory.content(), "told": told}
        memory.add_frame(json.dumps({**frame.head, **edited}), None)
        return
    ground = _ground(site.tree, site.theme, memory, site.lock_text, site.flags)
    rows = memory.rows()
    doubtful = site.lock_text != site.lock_before and site.settled.problems
    if ground is None or not rows or doubtful or site.records or not site.whole:
        return
    items = site.settled.items
    number = {item.path: str(at) for at, item in enumerate(items)}
    until = site.next_change
    lists = (plan.items, plan.drafts, plan.scheduled, plan.expired)
    body = "\n".join(
        (
            *(" ".join([number[item.path] for item in each]) for each in lists),
            *map(settled_row, items),
            *(f"{number.get(article, '')} {path}" for path, article in pages),
        )
    )
    token = hashed((body,))
    head = {
        "version": _VERSION,
        "body": token,
        "rows": rows,
        "since": plan.now.isoformat(),
        "until": until.isoformat() if until else None,
        "items": len(items),
        "groups": [
            [group.kind, group.label, group.slug, group.spellings]
            for group in (plan.groups if site.config.pages.enabled or site.config.feeds.per else ())
        ],
        "removed": [[each.id, each.when.isoformat(), each.url] for each in site.settled.removed],
        "redirects": site.settled.redirects,
        "problems": [problem_row(each) for each in (*site.settled.problems, *problems)],
        "assets": sorted({asset.path for asset in entries.assets}),
        "content": memory.content(),
        "told": told,
        "ground": ground,
    }
    memory.add_frame(json.dumps(head), f"{token}\n{body}")


def _ground(
    tree: Tree, theme: Theme, memory: Memory, lock: str, flags: Sequence[bool]
) -> str | None:
    """Return what stands for all that a frame depends on but for the articles and the instant.

    None where a file has changed so lately that nothing proves what it holds.
    """
    others = sorted(tree.files.keys() - memory.paths())
    stats = [memory.file(path) for path in others]
    if None in stats:
        return None
    return hashed((theme.fingerprint, lock, repr(flags), *others, *map(str, stats)))


def _body_alone(path: str, memory: Memory, lock: str) -> bool:
    """Say whether nothing changed of an article but its body, and the lock need not change for it."""
    former, title = memory.edited[path], memory.title(path)
    row = memory.second(path, memory.digest(path)) if former and title else None
    if row is None or row != memory.second(path, former):
        return False
    record = locks.record_at(lock, path)
    if record is None or record.missed != NONE:
        return False
    article = record._replace(sketch=memory.sketch(path) or NONE)
    if article.sketch == record.sketch:
        return True
    from newsfeed.recognition import still_recognisable, title_hash

    return (
        record.title == title_hash(title)
        and lock.count(f" {record.title} ") == 1
        and memory.titled(title) == 1
        and still_recognisable(article, record)
    )


def _groups(rows: Sequence[Any], items: Sequence[Item]) -> tuple[Group, ...]:
    """Return the groups of ``rows``, whose items are found when someone asks for them."""
    found: dict[tuple[str, str], Sequence[Item]] = {}

    def members(kind: str, slug: str) -> tuple[Item, ...]:
        if not found:
            found.update({(each.kind, each.slug): each.items for each in groups(items)})
        return tuple(found[kind, slug])

    def later(kind: str, slug: str) -> Later[Item]:
        return Later(lambda: members(kind, slug))

    return tuple(
        Group(
            kind=kind, label=label, slug=slug, items=later(kind, slug), spellings=tuple(spellings)
        )
        for kind, label, slug, spellings in rows
    )


def _page(line: str, items: Sequence[Item]) -> tuple[str, str]:
    number, _, path = line.partition(" ")
    return path, items[int(number)].path if number else ""
