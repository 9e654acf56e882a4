"""Items -> the pages of the site. Everything comes in as arguments: no disk, no clock.

A `PageFrame` holds what stands around every page; each ``render_…`` function makes one page from what
it alone shows, so that a page changes only when that does. Addresses inside the site are written
relative to the page: the same files work on a domain, below a path, in a preview and from a disk.
"""

from newsfeed.pages.article import ItemPage, Places, render_item
from newsfeed.pages.lists import (
    Card,
    Listing,
    ListPage,
    fragment,
    fragments,
    paginate,
    render_list,
)
from newsfeed.pages.overviews import (
    FeedLine,
    IssueLine,
    Overview,
    overview_path,
    render_issues,
    render_overview,
    render_subscribe,
)
from newsfeed.pages.page_frame import PageFrame, SiteParts
from newsfeed.pages.redirects import render_expired, render_not_found, render_redirect
from newsfeed.pages.search import SCRIPT, render_script, search_index
from newsfeed.pages.sitemap import MAP_LIMIT, robots, sitemap
from newsfeed.pages.stylesheet import STYLE, render_style

__all__ = [
    "MAP_LIMIT",
    "SCRIPT",
    "STYLE",
    "Card",
    "FeedLine",
    "IssueLine",
    "ItemPage",
    "ListPage",
    "Listing",
    "Overview",
    "PageFrame",
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
