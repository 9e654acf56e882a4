"""Pages that only lead on, which mail programs and networks put before an address that is copied."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

from newsfeed.text.regex import regex

_PARAMETERS = {
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
    "www.youtube.com/redirect": "q",
}
"""Where such pages are, by the parameter that says where they lead."""
_SAFE_LINKS = ".safelinks.protection.outlook.com"
_GOOGLE = regex(r"www\.google(?:\.[a-z]{2,3}){1,2}/url").fullmatch
_DEFENSE = regex(r"https://urldefense\.(?:com|us)/v3/__(https?:/{1,2}[^\s*]+?)__;[^\s]*").fullmatch
_MAY_WRAP = regex(r"https?://[^/?#]{2,200}/(?:v3/__|[^\s?#]{0,40}\?)").match


def led_to(url: str) -> str | None:
    """Return where a page leads that only leads on, None for any other address.

    Such a page counts who follows the link; Outlook's names the person who received it first. An
    address of Proofpoint that holds replaced characters (``*``) stays: its code is its own.
    """
    if _MAY_WRAP(url) is None:
        return None
    if (defended := _DEFENSE(url)) is not None:
        return defended[1].replace(":/", "://", 1) if "://" not in defended[1] else defended[1]
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    page = f"{parts.netloc.lower()}{parts.path or '/'}"
    keys = ["q", "url"] if _GOOGLE(page) else [_PARAMETERS.get(page, "")]
    if parts.netloc.lower().endswith(_SAFE_LINKS):
        keys = ["url"]
    fields = parse_qs(parts.query)
    found = next((fields[key][0] for key in keys if key in fields), "")
    if not found.startswith(("https://", "http://")):
        return None
    return found if unquote(found).isprintable() else None
