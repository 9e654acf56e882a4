"""What mail programs and networks put around an address that is copied: pages that lead on, marks."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

from newsfeed.text.regex import regex

_PARAMETERS = {
    "duckduckgo.com/l/": "uddg",
    "exit.sc/": "url",
    "l.facebook.com/l.php": "u",
    "l.instagram.com/": "u",
    "l.messenger.com/l.php": "u",
    "linkprotect.cudasvc.com/url": "a",
    "lm.facebook.com/l.php": "u",
    "out.reddit.com/": "url",
    "slack-redir.net/link": "url",
    "steamcommunity.com/linkfilter/": "url",
    "t.umblr.com/redirect": "z",
    "vk.com/away.php": "to",
    "www.linkedin.com/redir/redirect": "url",
    "www.linkedin.com/safety/go": "url",
    "www.youtube.com/redirect": "q",
}
"""Where such pages are, by the parameter that says where they lead."""
_SAFE_LINKS = ".safelinks.protection.outlook.com"
_MORE = (
    (regex(r"statics\.teams\.cdn\.office\.net/\S*safelinks\S*").fullmatch, "url"),
    (regex(r"[^/]+/owa/redir\.aspx", re.I).fullmatch, "URL"),
    (regex(r"deref-(?:gmx|web|mail)[\w-]*\.[a-z]+/\S*").fullmatch, "redirectUrl"),
)
"""Such pages of Teams, of Outlook on a web server, of GMX and web.de, and their parameter."""
_GOOGLE = regex(r"(?:www\.)?google(?:\.[a-z]{2,3}){1,2}/url").fullmatch
_DEFENSE = regex(r"https://urldefense\.(?:com|us)/v3/__(https?:/{1,2}[^\s*]+?)__;[^\s]*").fullmatch
_WITHIN = (
    _DEFENSE,
    regex(r"https?://[^/?#]+/v2/(?:[\w-]+/)?___(https?:/{1,2}\S+?)___\.\S*").fullmatch,
    regex(r"https?://secure-web\.cisco\.com/(?:[^/?#]+/)+(https?%3A%2F%2F[^/?#]+)", re.I).fullmatch,
)
"""What Proofpoint, Check Point and Cisco write around an address."""
_DEFENSE_2 = regex(r"https?://urldefense\.proofpoint\.com/v2/url").match
_MARKS = regex(
    r"(?<=[?&])(?:fbclid|[gd]clid|msclkid|yclid|twclid|ttclid|igshid|igsh|li_fat_id|mc_eid|_hsenc|_hsmi"
    r"|mkt_tok|vero_id|oly_(?:anon|enc)_id|ml_subscriber(?:_hash)?|rb_clickid|wickedid|_openstat"
    r"|utm_source=(?:chatgpt\.com|openai|copilot\.com|perplexity(?:\.ai)?)(?=[&#]|$))(?:=[^&#]*)?&?"
)
"""What services add to an address to know who was sent it, which browsers strip, too; and assistants."""
_EMPTIED = regex(r"[?&]+(?=#|$)")
_MAY_WRAP = regex(
    r"https?://[^/?#]{2,200}/(?:v3/__|v2/(?:[\w-]+/)?___|[^?#]{1,300}/https?%3A|[^\s?#]{0,120}\?)",
    re.I,
).match


def led_to(url: str) -> str | None:
    """Return where pages lead in the end that only lead on, without marks; None for any other ``url``.

    Such a page counts who follows the link; Outlook's names the person who received it first, and so
    does a mark (``fbclid``, ``mc_eid``). An address of Proofpoint that holds replaced characters
    (``*``) stays: its code is its own.
    """
    if "?" not in url and "/v" not in url and "%3" not in url:
        return None
    found = url
    while (beyond := _beyond(found)) is not None and len(beyond) < len(found):
        found = beyond
    return None if found == url else found


def _beyond(url: str) -> str | None:
    """Return what one page, or marks, stand around; None where there is none of them."""
    if _MAY_WRAP(url) is None:
        return None
    if _MARKS.search(url) is not None:
        return _EMPTIED.sub("", _MARKS.sub("", url))
    for form in _WITHIN:
        if (held := form(url)) is not None:
            inner = unquote(held[1]) if "%3" in held[1][:8] else held[1]
            return inner if "://" in inner else inner.replace(":/", "://", 1)
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    page = f"{parts.netloc.lower()}{parts.path or '/'}"
    keys = ["q", "url"] if _GOOGLE(page) else [_PARAMETERS.get(page, "")]
    keys += [key for form, key in _MORE if form(page)]
    if parts.netloc.lower().endswith(_SAFE_LINKS):
        keys = ["url"]
    fields = parse_qs(parts.query)
    found = next((fields[key][0] for key in keys if key in fields), "")
    if _DEFENSE_2(url) is not None:
        found = unquote(fields.get("u", [""])[0].replace("-", "%").replace("_", "/"))
    if not found.startswith(("https://", "http://")):
        return None
    return found if unquote(found).isprintable() else None
