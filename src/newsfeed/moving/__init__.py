"""Moving in: what another tool's settings and feeds say becomes newsfeed.toml and newsfeed.lock.

`site_of` reads the settings of the site that is there, `adoption` the feeds that subscribers know.
Nothing here runs what it reads, and nothing of that tool's is written.
"""

from newsfeed.moving import articles, settings
from newsfeed.moving.folder import Folder
from newsfeed.moving.found_settings import Fact, Found
from newsfeed.moving.tools import site_of

__all__ = ["Fact", "Folder", "Found", "articles", "settings", "site_of"]
