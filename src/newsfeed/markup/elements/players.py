"""Who plays the film or the sound at an address, and where it has a page of its own."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from newsfeed.text.regex import regex


class Player(NamedTuple):
    """A player's name, the address of what it plays, and whether that is sound alone."""

    name: str
    url: str
    is_audio: bool


_PLAYERS = (
    (r"(?:www\.)?youtube(?:-nocookie)?\.com/embed/videoseries\?list=([\w-]+)", "YouTube", "https://www.youtube.com/playlist?list={}"),
    (r"(?:www\.)?youtube(?:-nocookie)?\.com/(?:embed|v)/([\w-]+)", "YouTube", "https://www.youtube.com/watch?v={}"),
    (r"player\.vimeo\.com/video/(\d+)", "Vimeo", "https://vimeo.com/{}"),
    (r"(?:www\.|geo\.)?dailymotion\.com/embed/video/(\w+)", "Dailymotion", "https://www.dailymotion.com/video/{}"),
    (r"([\w.-]+/videos/embed/[\w-]+)", "PeerTube", "https://{}"),
    (r"embed\.ted\.com/talks/([\w/-]+)", "TED", "https://www.ted.com/talks/{}"),
    (r"archive\.org/embed/([\w.-]+)", "Internet Archive", "https://archive.org/details/{}"),
)  # fmt: skip
_SOUNDS = (
    (r"open\.spotify\.com/embed/([\w/-]+)", "Spotify", "https://open.spotify.com/{}"),
    (r"(?:podcasters|creators)\.spotify\.com/pod/(\S+?)(?:/embed)(?:/\S*)?", "Spotify", "https://podcasters.spotify.com/pod/{}"),
    (r"widget\.deezer\.com/widget/\w+/(\w+/\d+)", "Deezer", "https://www.deezer.com/{}"),
    (r"embed\.podcasts\.apple\.com/([^\s]+)", "Apple Podcasts", "https://podcasts.apple.com/{}"),
    (r"embed\.music\.apple\.com/([^\s]+)", "Apple Music", "https://music.apple.com/{}"),
    (r"embed\.tidal\.com/(\w+)s/([\w-]+)", "Tidal", "https://tidal.com/browse/{}/{}"),
)  # fmt: skip
_SOUND_HOSTS = {
    "w.soundcloud.com": "SoundCloud", "soundcloud.com": "SoundCloud", "api.soundcloud.com": "SoundCloud",
    "open.spotify.com": "Spotify", "podcasters.spotify.com": "Spotify", "creators.spotify.com": "Spotify",
    "widget.deezer.com": "Deezer", "deezer.com": "Deezer", "bandcamp.com": "Bandcamp",
    "mixcloud.com": "Mixcloud", "player-widget.mixcloud.com": "Mixcloud", "player.ausha.co": "Ausha",
    "widget.ausha.co": "Ausha", "embed.acast.com": "Acast", "player.acast.com": "Acast",
    "anchor.fm": "Anchor", "audioblog.arteradio.com": "Arte Radio", "arteradio.com": "Arte Radio",
    "share.transistor.fm": "Transistor", "buzzsprout.com": "Buzzsprout", "player.simplecast.com": "Simplecast",
    "playlist.megaphone.fm": "Megaphone", "player.megaphone.fm": "Megaphone", "html5-player.libsyn.com": "Libsyn",
    "play.libsyn.com": "Libsyn", "podbean.com": "Podbean", "player.captivate.fm": "Captivate",
    "widget.spreaker.com": "Spreaker", "omny.fm": "Omny", "embeds.audioboom.com": "Audioboom",
    "player.audiomeans.fr": "Audiomeans", "embed.radiofrance.fr": "Radio France", "radiofrance.fr": "Radio France",
    "castbox.fm": "Castbox", "player.fireside.fm": "Fireside", "embed.podtail.com": "Podtail",
    "audiomack.com": "Audiomack", "embed.music.apple.com": "Apple Music", "music.amazon.com": "Amazon Music",
}  # fmt: skip
_SPOKEN = regex(r"(?:^|[.-])(?:podcasts?|podigee(?:-cdn)?|podlove|audio|radio)(?:[.-]|$)")
_SITES = (
    ("youtube", "https://www.youtube.com/watch?v={}", "YouTube"),
    ("vimeo", "https://vimeo.com/{}", "Vimeo"),
    ("dailymotion", "https://www.dailymotion.com/video/{}", "Dailymotion"),
    ("mux", "https://player.mux.com/{}", "Mux"),
    ("twitter", "https://twitter.com/i/status/{}", "X"),
    ("instagram", "https://www.instagram.com/p/{}/", "Instagram"),
    ("soundcloud", "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/{}", "SoundCloud"),
    ("gist", "https://gist.github.com/{}", "GitHub Gist"),
)  # fmt: skip
"""What scripts show by an id alone: a part of the element's name, the page, and the site's name."""
FILMS = frozenset({"YouTube", "Vimeo", "Dailymotion", "Mux"})
_IDS = (
    "videoid", "video-id", "data-videoid", "data-video-id", "playback-id", "data-tweetid", "tweetid", "tweet-id",
    "data-shortcode", "data-trackid", "data-gistid", "data-id", "video", "params", "id",
)  # fmt: skip
_STARTS = {"YouTube": "&t={}", "Dailymotion": "?start={}", "PeerTube": "?start={}"}


def parts_of(address: str) -> SplitResult:
    """Return the parts of an address, all of them empty where it is broken: ``http://[::1``."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("", "", "", "", "")


def player(address: str) -> Player | None:
    """Return who plays what stands at ``address``, and where it has a page."""
    bare = re.sub(r"^(?:https?:)?//", "", address)
    for table, is_audio in ((_PLAYERS, False), (_SOUNDS, True)):
        for pattern, name, url in table:
            found = re.match(pattern, bare)
            if found is not None:
                page = url.format(
                    *(each.replace("/videos/embed/", "/w/") for each in found.groups())
                )
                return Player(name, page + _start(name, bare), is_audio)
    return _sound(address, bare)


def _sound(address: str, bare: str) -> Player | None:
    """Return the player of sounds at ``address``; one without a page of its own is its address."""
    host = bare.partition("/")[0].partition("?")[0].lower().removeprefix("www.")
    name = _SOUND_HOSTS.get(host) or (host if _SPOKEN.search(host) else "")
    if not name or bare == address:
        return None
    query = parse_qs(parts_of("//" + bare).query)
    inner = query.get("url", [""])[0]
    if name == "SoundCloud" and inner.startswith("https://soundcloud.com/"):
        return Player(name, unquote(inner), is_audio=True)
    feed = query.get("feed", [""])[0]
    if name == "Mixcloud" and feed.startswith("/"):
        return Player(name, f"https://www.mixcloud.com{feed}", is_audio=True)
    kind, number = query.get("type", [""])[0], query.get("id", [""])[0]
    if name == "Deezer" and kind.isalnum() and number.isdigit():
        return Player(
            name, f"https://www.deezer.com/{kind.removesuffix('s')}/{number}", is_audio=True
        )
    return Player(name, address, is_audio=True)


def _start(host: str, bare: str) -> str:
    """Return what leads to the moment at which a film is to start."""
    parts = parts_of("//" + bare)
    query = parse_qs(parts.query)
    start = (query.get("start") or query.get("t") or [""])[0]
    if host == "Vimeo" and re.fullmatch(r"t=\w+", parts.fragment):
        return f"#{parts.fragment}"
    if host in _STARTS and re.fullmatch(r"\d+[hms\d]*", start) and start != "0":
        return _STARTS[host].format(start)
    return ""


def site_of(name: str) -> tuple[str, str]:
    """Return the pages and the name of the site that a part of an element's name begins with."""
    parts = name.split("-")
    found = (each for each in _SITES if any(part.startswith(each[0]) for part in parts))
    return next(((page, site) for _, page, site in found), ("", ""))


def film_page(name: str, named: dict[str, str]) -> str:
    """Return the page of what an element called ``name`` plays by an id."""
    page = site_of(name)[0]
    number = next((named[key] for key in _IDS if re.fullmatch(r"[\w-]+", named.get(key, ""))), "")
    if not page or not number:
        return ""
    start = named.get("start") or parse_qs(named.get("params", "")).get("start", [""])[0]
    seconds = f"&t={start}" if "youtube" in page and start.isdigit() else ""
    return page.format(number) + seconds
