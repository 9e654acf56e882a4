"""What shortcodes, template tags and components mean: one table for all tools.

Hugo's ``{{< figure src="a.jpg" >}}``, Jekyll's ``{% include figure src="a.jpg" %}``, Hexo's
``{% asset_img a.jpg %}``, Zola's ``{{ youtube(id="x") }}`` and MDX's ``<YouTube id="x" />`` are all
a name with arguments.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

import msgspec

from newsfeed.markup.shortcodes.output import (
    aside,
    figure,
    inline,
    is_aside,
    item,
    link,
)
from newsfeed.text.regex import regex

_ARGUMENT = regex(
    r"(?:([\w:-]+)\s*=\s*)?(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|`[^`]*`|\{[^{}]*\}|[^\s\"'=,]+)"
)
_ESCAPED = regex(r"\\(.)")
_VIDEO_ADDRESS = regex(r"(?:https?:)?//\S+")


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """A name, its arguments, and where it stands.

    ``whole`` is the name that an end tag has, ``written`` the arguments as written. ``in_address``
    says that an address is expected there, and not a link or a picture. ``own`` is what the site
    says that it is, empty where it says nothing.
    """

    name: str
    whole: str = ""
    positional: tuple[str, ...] = ()
    named: tuple[tuple[str, str], ...] = ()
    written: str = ""
    language: str
    in_address: bool = False
    own: str = ""

    def value(self, *names: str, at: int | None = None) -> str:
        """Return the first named argument of ``names``, else the positional one ``at``, else empty."""
        table = dict(self.named)
        for name in names:
            if table.get(name):
                return table[name]
        if at is not None and at < len(self.positional):
            return self.positional[at]
        return ""


# What a call becomes: text, or what stands before and after what the call encloses.
Meaning = str | tuple[str, str] | None


def arguments(text: str) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return the positional and the named arguments of a call, without their quotes."""
    positional: list[str] = []
    named: list[tuple[str, str]] = []
    for name, value in _ARGUMENT.findall(text):
        if value[:1] == "{":
            value = value[1:-1].strip()
        if value[:1] in {'"', "'", "`"} and value[-1:] == value[:1] and len(value) > 1:
            value = value[1:-1]
            if "\\" in value:
                value = _ESCAPED.sub(r"\1", value)
        if name:
            named.append((name.lower(), value))
        else:
            positional.append(value)
    return tuple(positional), tuple(named)


def plain_name(name: str) -> str:
    """Return a name as tables have it: in small letters, with ``_`` for ``-``."""
    return name.lower().replace("-", "_")


def included(name: str, positional: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Return the name and the arguments of what Jekyll's ``include name.html arguments`` calls."""
    if plain_name(name) not in _INCLUDES or not positional:
        return name, positional
    return positional[0].rpartition("/")[2].partition(".")[0], positional[1:]


def player(url: str, host: str, language: str) -> str:
    """Return a link to what was embedded."""
    words = "Vidéo" if language.lower().startswith("fr") else "Video"
    return link(url, f"{words} ({host})")


def as_figure(call: Call) -> Meaning:
    src = call.value("src", "image", "url", "path", "image_path", "link_to", "file", at=0)
    if not src or (call.name.lower() in {"include", "image"} and src.startswith("{")):
        return None
    caption = call.value("caption", "title", "legend")
    alt = call.value("alt") or ("" if caption else call.value(at=1))
    sizes = {name: call.value(name) for name in ("width", "height") if call.value(name).isdigit()}
    return figure(src, alt=alt, caption=caption, to=call.value("link", "href"), **sizes)


def asset_picture(call: Call) -> Meaning:
    """Hexo's ``asset_img [class] file [width] [height] [title]`` and Octopress's ``img``."""
    at = next((n for n, word in enumerate(call.positional) if re.search(r"\.\w{2,5}$", word)), None)
    if at is None:
        return None
    rest = [word for word in call.positional[at + 1 :] if not word.isdigit()]
    return figure(call.positional[at], alt=" ".join(rest))


def _video(host: str, address: str) -> Callable[[Call], Meaning]:
    def mean(call: Call) -> Meaning:
        name = call.value("id", "videoid", "video_id", "video", "youtubeid", "v", at=0)
        url = call.value("url", "src")
        if _VIDEO_ADDRESS.fullmatch(name or url):
            return player(name or url, host, call.language)
        return player(address.format(name), host, call.language) if name else None

    return mean


def _post(host: str, address: str) -> Callable[[Call], Meaning]:
    def mean(call: Call) -> Meaning:
        name = call.value("id", "tweetid", "tweetlink", at=-1 % max(1, len(call.positional)))
        if not name:
            return None
        url = name if "://" in name else address.format(name.strip("/"))
        return link(url, f"{url.partition('://')[2]}" if host == "" else host)

    return mean


def _gist(call: Call) -> Meaning:
    name = "/".join(part for part in (*call.positional[:2],) if "." not in part)
    name = name or call.value("id")
    return link(f"https://gist.github.com/{name}", f"gist.github.com/{name}") if name else None


def _reference(call: Call) -> Meaning:
    """An article's name where an address is expected; a link to it elsewhere."""
    name = call.value("path", "slug", "page", at=0)
    if not name:
        return None
    if call.in_address:
        return item(name)
    label = " ".join(call.positional[1:]) or name
    return link(item(name), inline(label))


def _path(call: Call) -> Meaning:
    return call.value("path", "src", at=0) or None


def _asset_link(call: Call) -> Meaning:
    file = call.value(at=0)
    return link(file, inline(" ".join(call.positional[1:]) or file)) if file else None


def _button(call: Call) -> Meaning:
    url = call.value("href", "url", "link", "relref", "to", at=0)
    label = call.value("text", "label", "title", "content", at=1)
    if not url:
        return None
    if label:
        return f'<a class="button" href="{escape(url)}">{inline(label)}</a>'
    return f'<a class="button" href="{escape(url)}">', "</a>"


def as_quotation(call: Call) -> Meaning:
    words = [call.value("author", "attribution", "name"), call.value("source", "cite", "title")]
    words = words if any(words) else [re.sub(r"https?://\S+", "", call.written).strip()]
    name = ", ".join(word for word in words if word)
    footer = f"<footer>{inline(name)}</footer>" if name else ""
    return "<blockquote>\n\n", f"\n\n{footer}</blockquote>"


def as_details(call: Call) -> Meaning:
    title = call.value("title", "summary", "label", at=0) or "Details"
    return f"<details><summary>{inline(title)}</summary>\n\n", "\n\n</details>"


def _tab(call: Call) -> Meaning:
    """One of several panes: its label stands above what it holds."""
    label = call.value("label", "name", "title", "header", "value", at=0)
    return (f"<p><strong>{inline(label)}</strong></p>\n\n" if label else ""), "\n\n"


def _label(call: Call) -> Meaning:
    """Hexo's ``label [class]@text``."""
    words = call.written.partition("@")[2].strip()
    return f"<mark>{inline(words)}</mark>" if words else None


def _listed_button(call: Call) -> Meaning:
    """Hexo's ``btn address, text, icon [class]``, and buttons with named arguments."""
    url, _, rest = call.written.partition(",")
    if call.named or not rest:
        return _button(call)
    label = rest.partition(",")[0].strip()
    return f'<a class="button" href="{escape(url.strip())}">{inline(label)}</a>' if label else None


def _link(call: Call) -> Meaning:
    """Jekyll's ``link path``, where an address is expected; Hexo's ``link words address``."""
    at = next((n for n, word in enumerate(call.positional) if _VIDEO_ADDRESS.fullmatch(word)), None)
    if at is None:
        return _reference(call) if call.positional else None
    url = call.positional[at]
    return link(url, inline(" ".join(call.positional[:at]) or url))


def as_aside(call: Call) -> Meaning:
    kind = call.value("type", "kind", "variant") or call.name
    title = call.value("title", "label")
    if call.positional and is_aside(call.positional[0]):
        kind = call.positional[0]
        title = title or call.value(at=1)
    if not is_aside(kind):
        kind = "note"
    return aside(kind, title, call.language)


def _address(call: Call) -> Meaning:
    mail = call.value("email", "address", "mail", at=0)
    return link(f"mailto:{mail}", escape(mail)) if "@" in mail else None


def as_recording(call: Call) -> Meaning:
    src = call.value("src", "url", "mp3", "mp4", "file", at=0)
    if not re.search(r"\.\w{2,4}$", src):
        return None
    tag = (
        "audio"
        if src.lower().endswith((".mp3", ".m4a", ".ogg", ".oga", ".wav", ".opus"))
        else "video"
    )
    return f'<{tag} controls src="{escape(src)}"></{tag}>'


def text_around(before: str, after: str = "") -> Callable[[Call], Meaning]:
    return lambda _: (before, after)


def fixed(text: str) -> Callable[[Call], Meaning]:
    return lambda _: text


_INCLUDES = ("include", "include_cached", "include_relative")
YOUTUBE = _video("YouTube", "https://www.youtube.com/watch?v={}")
_VIMEO = _video("Vimeo", "https://vimeo.com/{}")
_TWEET = _post("X (Twitter)", "https://x.com/i/status/{}")
TABLE: dict[str, Callable[[Call], Meaning]] = {
    "centerquote": as_quotation,
    "clear": fixed(""),
    "cq": as_quotation,
    "folding": as_details,
    "gi": text_around(""),
    "gp": text_around(""),
    "grouppicture": text_around(""),
    "hideblock": as_details,
    "hidetoggle": as_details,
    "icon": fixed(""),
    "katex": text_around(""),
    "label": _label,
    "math": text_around(""),
    "tab": _tab,
    "tabitem": _tab,
    "tabs": text_around(""),
    "toc": fixed(""),
    "asset_img": asset_picture,
    "asset_link": _asset_link,
    "asset_path": _path,
    "audio": as_recording,
    "blockquote": as_quotation,
    "br": fixed("<br>"),
    "btn": _listed_button,
    "button": _listed_button,
    "callout": as_aside,
    "collapse": as_details,
    "cta": _button,
    "dailymotion": _video("Dailymotion", "https://www.dailymotion.com/video/{}"),
    "details": as_details,
    "expand": as_details,
    "email": _address,
    "embed": _link,
    "github": lambda call: link(f"https://github.com/{call.written}", f"github.com/{call.written}"),
    "figure": as_figure,
    "gist": _gist,
    "html": text_around(""),
    "image": as_figure,
    "img": lambda call: asset_picture(call) if call.positional else as_figure(call),
    "instagram": _post("Instagram", "https://www.instagram.com/p/{}/"),
    "kbd": text_around("<kbd>", "</kbd>"),
    "link": _link,
    "mailto": _address,
    "mark": text_around("<mark>", "</mark>"),
    "picture": as_figure,
    "post_link": _reference,
    "post_path": _reference,
    "post_url": _reference,
    "pullquote": as_quotation,
    "quote": as_quotation,
    "rawhtml": text_around(""),
    "raw_html": text_around(""),
    "ref": _reference,
    "relref": _reference,
    "responsive_image": as_figure,
    "spoiler": as_details,
    "tweet": _TWEET,
    "twitter": _TWEET,
    "video": lambda call: as_recording(call) or YOUTUBE(call),
    "vimeo": _VIMEO,
    "x": _TWEET,
    "youtube": YOUTUBE,
    "youtube_lite": YOUTUBE,
    "youtubeplayer": YOUTUBE,
    "lite_youtube": YOUTUBE,
}
