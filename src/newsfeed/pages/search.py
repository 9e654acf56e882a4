"""``search.json``, the index that the search of the pages looks through, and its script."""

from __future__ import annotations

import json
from collections.abc import Iterable

from newsfeed.model import Output
from newsfeed.pages.lists import Card
from newsfeed.pages.metadata import shortened
from newsfeed.pages.page_frame import PageFrame

SCRIPT = "search.js"
SUMMARY_LENGTH = 160


def search_index(cards: Iterable[Card], site_url: str) -> Output:
    """Return search.json: a row an item, in the order of ``cards``.

    A row is [address, title, day, category, summary]; the address of a page of the site is relative
    to its root. The summary is cut, so that the index stays in proportion to titles and summaries.
    """
    rows = [
        [
            card.item.url.removeprefix(site_url),
            card.title,
            card.item.published.date().isoformat(),
            card.item.category or "",
            shortened(card.summary, SUMMARY_LENGTH),
        ]
        for card in cards
    ]
    text = json.dumps({"items": rows}, ensure_ascii=False, separators=(",", ":"))
    return Output(path="search.json", data=text.encode("utf-8", "replace"))


def render_script(frame: PageFrame) -> Output:
    """Return the search's script."""
    text = frame.theme.render(SCRIPT, language=frame.config.site.language, about=SCRIPT)
    return Output(path=SCRIPT, data=text.encode())
