"""What letters send of the pictures that articles show: which file, at which address."""

from __future__ import annotations

import posixpath
from urllib.parse import quote

from newsfeed.model import Form
from newsfeed.site.library import Library
from newsfeed.site.mail_pictures import Frame
from newsfeed.text.media_types import media_type

_MAILED = frozenset(
    f"image/{kind}" for kind in ("jpeg", "png", "webp", "avif", "gif", "bmp", "tiff")
)


def form(library: Library, url: str, frame: Frame) -> Form | None:
    """Return what letters send of the picture at ``url``; None for one that is not the site's own.

    A picture that cannot be read has a form without an address. A form's name tells its frame; one
    that a file of the site bears stays that file's, and the picture is sent as it is.
    """
    path = library.path_at(url)
    if path is None or library.scaled is None or media_type(path) not in _MAILED:
        return None
    info = library.tree.info(path)
    made = library.scaled.sent(path, frame, library.tree)
    if made is None or info is None:
        return Form(path=path)
    stem, ending = posixpath.splitext(path)
    # A picture of another ending keeps it: photo.webp and photo.jpg may lie side by side.
    whole = stem if ending == f".{made.ending}" else path
    name = f"{whole}.{_named(frame)}.{made.ending}"
    if not made.data or library.tree.info(name) is not None:
        return Form(path=path, url=url, width=made.width, height=made.height, length=info.size)
    page = library.page(name)
    return Form(
        path=path,
        url=library.config.site.url + quote(page),
        width=made.width,
        height=made.height,
        length=len(made.data),
        page=page,
        frame=(frame.width, frame.ratio, frame.focus, frame.clear),
    )


def _named(frame: Frame) -> str:
    """Return what a frame's form is called: ``letter-1280``, ``letter-528x352-40-30``."""
    shape = f"x{round(frame.width * frame.ratio[1] / frame.ratio[0])}" if frame.ratio else ""
    focus = "-{}-{}".format(*frame.focus) if frame.ratio and frame.focus else ""
    return f"letter-{frame.width}{shape}{focus}{'-clear' if frame.clear else ''}"
