"""Items -> the pages of the site. Everything comes in as arguments: no disk, no clock.

A `Chrome` holds what stands around every page; each ``render_…`` function makes one page from what
it alone shows, so that a page changes only when that does. Addresses inside the site are written
relative to the page: the same files work on a domain, below a path, in a preview and from a disk.
"""

from newsfeed.pages.chrome import Chrome, SiteParts
from newsfeed.pages.items import ItemPage, Places, render_item
from newsfeed.pages.lists import (
    Card,
    IssueLine,
    Listing,
    ListPage,
    Overview,
    fragment,
    fragments,
    overview_path,
    paginate,
    render_issues,
    render_list,
    render_overview,
)
from newsfeed.pages.machines import MAP_LIMIT, robots, search_index, sitemap
from newsfeed.pages.others import (
    SCRIPT,
    STYLE,
    FeedLine,
    render_expired,
    render_not_found,
    render_redirect,
    render_script,
    render_style,
    render_subscribe,
)

__all__ = [
    "MAP_LIMIT",
    "SCRIPT",
    "STYLE",
    "Card",
    "Chrome",
    "FeedLine",
    "IssueLine",
    "ItemPage",
    "ListPage",
    "Listing",
    "Overview",
    "Places",
    "SiteParts",
    "fragment",
    "fragments",
    "overview_path",
    "paginate",
    "render_expired",
    "render_issues",
    "render_item",
    "render_list",
    "render_not_found",
    "render_overview",
    "render_redirect",
    "render_script",
    "render_style",
    "render_subscribe",
    "robots",
    "search_index",
    "sitemap",
]
