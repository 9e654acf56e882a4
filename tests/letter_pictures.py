"""Sets of pictures for letters: none, landscapes, shapes from 1:3 to 3:1, photographs of 12 megapixels."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache

from msgspec.structs import replace

from newsfeed.model import Form, Image, Letter
from newsfeed.newsletter.pictures import Pictures
from newsfeed.site import mail_pictures
from photographs import drawn, saved

SITE = "https://www.reseau-mistral.example/"
SHAPES: dict[str, Sequence[tuple[int, int]]] = {
    "none": (),
    "landscape": ((1200, 800), (1000, 640), (1600, 900), (900, 600)),
    "mixed": (
        (500, 1500),
        (1500, 500),
        (700, 700),
        (600, 1000),
        (1200, 800),
        (90, 60),
        (1000, 460),
    ),
    "photographs": ((4000, 3000), (3000, 4000)),
}


@cache
def original(width: int, height: int, seed: int) -> bytes:
    return saved(drawn(width, height, seed), "JPEG", quality=90)


@cache
def sent(
    width: int, height: int, seed: int, frame: mail_pictures.Frame
) -> mail_pictures.Sent | None:
    return mail_pictures.sent(original(width, height, seed), frame)


class Shelf:
    """Pictures by the address that a letter shows: ``data`` are the bytes that were sent."""

    def __init__(self) -> None:
        self.data: dict[str, bytes] = {}

    def pictures(self) -> Pictures:
        return Pictures(self._form)

    def _form(self, src: str, frame: mail_pictures.Frame) -> Form | None:
        if not src.startswith(f"{SITE}p-"):
            return None
        width, height, seed = map(int, src.removeprefix(f"{SITE}p-").split(".")[0].split("-"))
        made = sent(width, height, seed, frame)
        if made is None:
            return Form(path=src)
        data = made.data or original(width, height, seed)
        name = hashlib.blake2b(repr((src, frame)).encode(), digest_size=6).hexdigest()
        url = f"{SITE}{name}.{made.ending or 'jpg'}"
        self.data[url] = data
        return Form(path=src, url=url, width=made.width, height=made.height, length=len(data))


def illustrated(letter: Letter, name: str) -> Letter:
    """Return ``letter`` with the pictures of the set ``name``, in turn."""
    shapes = SHAPES[name]
    number = 0
    sections = []
    for section in letter.sections:
        entries = []
        for entry in section.entries:
            image = None
            if shapes:
                width, height = shapes[number % len(shapes)]
                src = f"{SITE}p-{width}-{height}-{number % len(shapes)}.jpg"
                image = Image(src=src, alt=f"Image {number}", width=width, height=height)
            number += 1
            entries.append(replace(entry, image=image))
        sections.append(replace(section, entries=tuple(entries)))
    return replace(letter, sections=tuple(sections))
