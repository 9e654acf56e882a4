"""An entry's text as a subscriber sees it.

Readers show the text of an entry and hardly anything else: its picture, its calls to action, its
source and its attachments stand there too, unless the author's text shows them already.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from newsfeed.model import Enclosure, Entry, Image, Link
from newsfeed.text.characters import one_line
from newsfeed.text.iri import to_uri
from newsfeed.text.languages import direction


def content(entry: Entry, words: Mapping[str, str], language: str = "") -> str:
    """Return the HTML of ``entry`` in a feed in ``language``.

    ``words`` may hold what stands before a ``source``. What runs from right to left, or the other way
    than the feed, says so itself: readers show the rest as their own language runs.
    """
    parts = (*_before(entry), entry.content.strip(), *_after(entry, words))
    text = "\n".join(parts).strip()
    own = entry.item.language
    if not text or "ltr" == direction(own) == direction(language):
        return text
    return f'<div dir="{direction(own)}" lang="{escape(own)}">\n{text}\n</div>'


def _before(entry: Entry) -> Iterator[str]:
    if entry.image and not _shown(entry.image.src, entry.content):
        yield _picture(entry.image)


def _after(entry: Entry, words: Mapping[str, str]) -> Iterator[str]:
    calls = [_call(link) for link in entry.links if not _shown(link.url, entry.content)]
    files = [_file(each) for each in entry.enclosures if not _shown(each.url, entry.content)]
    if calls or files:
        yield "<ul>\n" + "\n".join(f"<li>{each}</li>" for each in (*calls, *files)) + "\n</ul>"
    source = entry.source
    if source and source.url and not _shown(source.url, entry.content):
        label = words.get("source", "→")
        yield f"<p>{escape(label, quote=False)} {_call(source)}</p>"


def _shown(url: str, text: str) -> bool:
    """Tell whether a text has the address in one of its attributes."""
    return any(f'"{escape(each)}"' in text for each in {url, to_uri(url)})


def _picture(image: Image) -> str:
    sizes = (("width", image.width), ("height", image.height))
    size = "".join(f' {name}="{pixels}"' for name, pixels in sizes if pixels)
    picture = f'<img src="{escape(to_uri(image.src))}" alt="{escape(one_line(image.alt))}"{size}>'
    if image.credit:
        picture += f"\n<figcaption>{escape(one_line(image.credit), quote=False)}</figcaption>"
    return f"<figure>\n{picture}\n</figure>"


def _call(link: Link) -> str:
    url = to_uri(link.url)
    return f'<a href="{escape(url)}">{escape(one_line(link.text) or url, quote=False)}</a>'


def _file(enclosure: Enclosure) -> str:
    name = enclosure.title or enclosure.url.rstrip("/").rpartition("/")[2]
    return _call(Link(text=name, url=enclosure.url))
