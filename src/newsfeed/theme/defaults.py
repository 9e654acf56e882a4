"""The default templates: their folder, and a hash of all templates and words."""

from __future__ import annotations

import os

from newsfeed import disk

_HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

DEFAULTS = next(
    folder
    for folder in (
        os.path.join(_HERE, "templates"),  # in the package, or beside it in a checkout
        os.path.join(os.path.dirname(os.path.dirname(_HERE)), "templates"),
    )
    if os.path.isdir(folder)
)


def fingerprint(own: str) -> str:
    """Return a hash of every template and table of words, the defaults and those in ``own``."""
    from newsfeed.text.hashing import blake2b

    digest = blake2b(digest_size=16)
    for top in (DEFAULTS, own):
        seen: set[str] = set()
        for folder, folders, names in os.walk(top, followlinks=True):
            # Templates are read through links, too; one that leads back is followed once.
            if (real := os.path.realpath(folder)) in seen:
                folders.clear()
                continue
            seen.add(real)
            folders.sort()
            for name in sorted(names):
                place = os.path.join(folder, name)
                try:
                    data = disk.read(place)
                except OSError:
                    data = b"unreadable"
                shown = f"{place[len(top) :]}\0{len(data)}\0"
                digest.update(shown.encode("utf-8", "surrogatepass"))
                digest.update(data)
        digest.update(b"\0\0")
    return digest.hexdigest()
