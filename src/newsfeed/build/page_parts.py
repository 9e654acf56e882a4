"""What the pages of one build share: what stands around them, and how lists show an article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from newsfeed.build import feeds
from newsfeed.build.remembered_entries import key_of
from newsfeed.model import Head, Item, Output
from newsfeed.pages import Card, PageFrame, SiteParts
from newsfeed.site.items import ItemList
from newsfeed.site.plan import Group, Kind
from newsfeed.text.slugs import slugify

if TYPE_CHECKING:
    from newsfeed.build.entries import Entries
    from newsfeed.build.rendering import Rendering
    from newsfeed.pages import IssueLine

TOGETHER = 100
"""How many pages a process makes together: each step for all of them, then the next."""
_OVERVIEWS: tuple[Kind, ...] = ("category", "tag", "author", "language")


class PageParts:
    """What the pages of a rendering share.

    ``listed`` are the kinds of lists that the settings ask for, ``issues`` the letters that the site
    shows, ``ground`` makes the targets of pages.
    """

    def __init__(self, rendering: Rendering) -> None:
        self.rendering = rendering
        self.site = site = rendering.site
        self.showings = rendering.showings
        self.jobs = site.options.jobs
        self.listed = site.config.pages.lists
        self.issues = _issues(rendering)
        parts = SiteParts(
            feeds=feeds.addresses(site.config, feeds.files(site.config)),
            overviews=tuple(
                kind for kind in _OVERVIEWS if any(group.kind == kind for group in self.groups)
            ),
            newsletter=site.config.newsletter.enabled,
            logo=feeds.logo(site),
            logo_dark=feeds.logo(site, dark=True),
            icon=feeds.site_file(site, site.config.site.icon),
        )
        self.frame = PageFrame(site.theme, parts, site.library.candidates)
        self.ground = rendering.ground(repr(parts), repr(_spelt(self.groups)))

    def __reduce__(self) -> tuple[Callable[..., PageParts], tuple[Rendering]]:
        """Carry the parts to a process that was not forked off."""
        return PageParts, (self.rendering,)

    def apart(self) -> PageParts:
        """Return the same parts for another process, which gathers for itself what items tell."""
        from newsfeed.build.entries import Entries

        twin = object.__new__(PageParts)
        vars(twin).update(vars(self))
        twin.entries = Entries.apart(self.site.library)
        twin.showings = twin.entries.showings
        return twin

    @cached_property
    def entries(self) -> Entries:
        """The entries of items, loaded where a page has to be made."""
        return self.rendering.entries

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The groups that have a page."""
        plan, config = self.site.plan, self.site.config
        if not set(_OVERVIEWS).intersection(self.listed):
            return ()
        return tuple(group for group in plan.groups if feeds.is_listed(group, plan, config))

    @cached_property
    def fed(self) -> tuple[Group, ...]:
        """The groups that have feeds."""
        return tuple(feeds.fed(self.site.plan, self.site.config))

    @cached_property
    def _fed(self) -> frozenset[str]:
        return frozenset(group.folder for group in self.fed)

    def feeds(self, group: Group) -> Mapping[str, str]:
        """Return the addresses of the feeds of ``group`` by format, none where it has none."""
        if group.folder not in self._fed:
            return {}
        config = self.site.config
        return feeds.addresses(config, feeds.files(config, group))

    def made(self, path: str, made_of: str, make: Callable[[], Output]) -> Output:
        """Return an output that shows no article."""
        return self.ground.output(path, lambda: (made_of,), make)

    def card(self, item: Item) -> Card:
        """Return ``item`` as lists show it; its body is rendered only where it has no summary."""
        return Card(
            item=item,
            title=self.entries.title(item),
            summary=self.entries.summary(item),
            image=self.entries.image(item),
        )

    def cards_made_of(self, items: Sequence[Item]) -> list[str | None]:
        """Return what the card of each of ``items`` is made of, None where that is not known."""
        assert isinstance(items, ItemList)
        return [self._card_made_of(head) for head in items.heads]

    def _card_made_of(self, head: Head) -> str | None:
        if head.page:
            return self.showings.made_of(head)
        item = self.site.items[head.path]
        if self.entries.shows_body(item):
            return self.showings.made_of(head)
        image = self.entries.image(item)
        candidates = self.site.library.candidates(image.src) if image else ""
        return f"{key_of(head)} {image} {candidates}" if head.digest else None

    def recall(self, items: ItemList | Sequence[Item]) -> None:
        """Gather what those of ``items`` told that no page shows."""
        for head in items.heads if isinstance(items, ItemList) else ():
            if not head.page and self.entries.shows_body(self.site.items[head.path]):
                self.showings.recall(head.path)


def _issues(rendering: Rendering) -> Sequence[IssueLine]:
    """Return every letter that the site shows; without a newsletter nothing of letters is loaded."""
    if not rendering.site.config.newsletter.enabled:
        return ()
    from newsfeed.build import letter_targets

    return letter_targets.issues(rendering.site)


def _spelt(groups: Iterable[Group]) -> list[tuple[str, str, str]]:
    """Return the groups whose address does not follow from how their items spell their name."""
    return [
        (group.kind, group.label, group.slug)
        for group in groups
        if len(group.spellings) > 1 or group.slug != slugify(group.label)
    ]
