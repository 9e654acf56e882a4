"""The pictures of letters, their logos among them: what they are made of, and what is sent of them."""

from __future__ import annotations

from functools import partial
from html import unescape
from typing import TYPE_CHECKING

from msgspec import Struct

from newsfeed.build import feeds
from newsfeed.build.entries import Entries
from newsfeed.model import Form, Image, Letter
from newsfeed.site.letter_forms import form
from newsfeed.site.library import UNPROVEN
from newsfeed.site.mail_pictures import Frame, Shades
from newsfeed.text.regex import regex

if TYPE_CHECKING:
    from newsfeed.build.site import Site
    from newsfeed.newsletter import Extras

_SOURCE = regex(r'<img\b[^>]*?\ssrc="([^"]+)"')


class Illustrated(Struct, frozen=True, kw_only=True, array_like=True):
    """The ``forms`` of the pictures of the letter in ``folder`` that was made under ``key``."""

    folder: str
    key: str
    forms: tuple[Form, ...]


def pictures_of(site: Site, letter: Letter) -> str | None:
    """Return what stands for the files of all pictures that a letter may show, None if unproven."""
    addresses = {image.src for image in logos(site)}
    for text in (letter.editorial, *(e.content for s in letter.sections for e in s.entries)):
        addresses.update(unescape(written) for written in _SOURCE.findall(text))
    for section in letter.sections:
        addresses.update(entry.image.src for entry in section.entries if entry.image is not None)
    found = []
    for address in sorted(addresses):
        path = site.library.path_at(address)
        said = site.library.answer(f"file:{path}") if path is not None else ""
        if said == UNPROVEN:
            return None
        found.append((address, said))
    return repr(found)


def logos(site: Site) -> list[Image]:
    """Return the site's logos, the one for dark grounds first."""
    both = (feeds.logo(site, dark=True), feeds.logo(site))
    return [logo for logo in both if logo is not None]


def extras_of(site: Site, entries: Entries, path: str) -> Extras:
    """Return what the letter of the issue file at ``path`` needs beside its noun."""
    from newsfeed.newsletter import Extras
    from newsfeed.newsletter.masthead import Logo
    from newsfeed.newsletter.pictures import Pictures

    library, pictures = site.library, Pictures(partial(form, site.library))

    def picture(url: str) -> bytes | None:
        made = pictures.made.get(url)
        found = made.path if made is not None else library.path_at(url)
        try:
            if made is not None and made.page:
                return form_data(site, made)
            return site.tree.read(found) if found else None
        except OSError:
            return None

    shown = [*entries.assets]
    shown += [
        library.asset(written)
        for written in (site.config.site.logo_dark, site.config.site.logo)
        if written and written in site.tree.files
    ]
    return Extras(
        logos=tuple(Logo(image=image, shades=_shades(site, image)) for image in logos(site)),
        pictures=pictures,
        picture=picture,
        lengths={asset.url: asset.length for asset in shown},
        **({"path": path} if path else {}),
    )


def form_data(site: Site, form: Form) -> bytes | None:
    """Return the bytes of a picture's form, None where the picture has just become another."""
    scaled = site.library.scaled
    made = scaled.sent(form.path, Frame(*form.frame), site.tree) if scaled is not None else None
    return made.data if made is not None else None


def _shades(site: Site, image: Image) -> Shades | None:
    path, scaled = site.library.path_at(image.src), site.library.scaled
    return scaled.shades(path, site.tree) if path is not None and scaled is not None else None
