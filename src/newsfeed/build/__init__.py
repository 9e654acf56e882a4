"""A build: source texts in, outputs and diagnostics out.

`load` reads, settles and plans a site; a `Rendering` of it yields its outputs. Disk and clock stand
outside.
"""

from newsfeed.build.rendering import Rendering, check
from newsfeed.build.result import Result
from newsfeed.build.site import Options, Site, load

__all__ = ["Options", "Rendering", "Result", "Site", "check", "load"]
