"""A build: source texts in, outputs and diagnostics out.

`load` reads, settles and plans a site; a `Rendering` of it yields its outputs. Disk and clock stand
outside.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsfeed.build.rendering import Rendering, check
    from newsfeed.build.result import Result
    from newsfeed.build.site import Options, Site, load

__all__ = ["Options", "Rendering", "Result", "Site", "check", "load"]
_HOMES = {
    "Options": "site",
    "Rendering": "rendering",
    "Result": "result",
    "Site": "site",
    "check": "rendering",
    "load": "site",
}


def __getattr__(name: str) -> object:
    """Load what is first asked for: the command forks before it loads the rest (30 ms)."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"newsfeed.build.{_HOMES[name]}"), name)
