"""Addresses that Markdown leaves alone: bare ones become links, and names with spaces are taken whole."""

from __future__ import annotations

import re
from html import escape, unescape

from newsfeed.markup.code import Code, code_of, replaced
from newsfeed.markup.elements.tags import TAG, name_of
from newsfeed.text.redirectors import led_to
from newsfeed.text.regex import regex

# A name with an ending, in which a space stands; parentheses in it must match.
_SPACED = regex(
    r"\]\((?![^\s()]*\))(?P<to>(?:[^()<>\n\"]|\([^()<>\n\"]*\))+?\.[A-Za-z0-9]{2,5}(?:#[^()<>\n\"]*)?)"
    r"(?P<title>[ \t]+\"[^\"\n]*\")?[ \t]*\)"
)
# A whole address, or a number to call, in which a space stands, or a line ends.
_SPACED_WHOLE = regex(
    r"\]\((?P<to>(?P<scheme>tel:|sms:|mailto:|https?://)(?:[^()<>\n\"]|\n(?!\s)|\([^()<>\n\"]*\))+?)"
    r"(?P<title>[ \t]+\"[^\"\n]*\")?[ \t]*\)",
    re.I,
)
_WHOLE = regex(r"\]\((?:tel:|sms:|mailto:|https?://)[^\s()]*+(?:\([^\s()]*+\))?+[^\s()]*+\s", re.I)
_TITLED = regex(r"\S+[ \t]+(?:'[^']*'|\(.*\))\Z")
_SENTENCE = regex(r"https?://[^\s/?#]+[ \t]", re.I)
# What a look at the whole HTML finds fast; those of links have a quotation mark before them.
_SIGNS = (
    regex(
        r"://(?:(?<=[\s>(*_~;«“‘](?i:http)://)|(?<=[\s>(*_~;«“‘](?i:https)://))[^\s<>]++(?!</a>)"
    ),
    regex(r"ww\.(?<=[\s>(*_~;«“‘][Ww]ww\.)[^\s<>]++(?!</a>)"),
    regex(r"WW\.(?<=[\s>(*_~;«“‘]WWW\.)[^\s<>]++(?!</a>)"),
    regex(r"@(?<=[\w.+-]@)\w[\w.-]*\.\w"),
)
_WORLDWIDE = (("ww.", _SIGNS[1]), ("WW.", _SIGNS[2]))
# Where an address in a sentence ends, of whatever script.
_ENDS = '"«»“”。，、；：！？（）「」『』【】《》〈〉｡､'
_BARE = regex(
    rf"(?<![\w/:@.&=?#%+-])(?:(?P<web>(?i:https?://|www\.))(?P<host>[\w-]+(?:\.[\w-]+)+)(?P<rest>[^\s<>{_ENDS}]*)"
    rf"|(?P<mail>[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{{2,}})(?![\w/@-])(?!:\S))"
)
# A bare address that Markdown would read emphasis into: no link's, picture's or definition's.
_EMPHATIC = regex(
    rf"http(?<![^\s(*_~]http)(?<!\]\(http)s?://[^\s<>{_ENDS}_*\[\]]+[_*][^\s<>{_ENDS}\[\]]*"
)
# What it stands in the middle of: a link's address, an attribute, another address.
_WITHIN = regex(r"(?:\]\(<?|=[\"']?|\]:[ \t]*|<)[^\s<>\"']*\Z")
_LOOKED_BACK = 300
_TRAILING = "?!.,:;*_~'’…"
_PAIRS = {")": "(", "]": "["}
_ENTITY = regex(r"&(?:\w+|#\w+);\Z")
_VERBATIM = frozenset({"a", "code", "pre", "kbd", "samp", "var", "foreign", "math"})


def with_whole_names(markdown: str) -> str:
    """Return ``markdown`` with angle brackets around the spaced names of files in links and pictures.

    CommonMark 6.3 ends an address at a space; editors that put a file into a text do not know.
    """
    if "](" not in markdown:
        return markdown
    whole = replaced(markdown, _SPACED_WHOLE, _whole) if _WHOLE.search(markdown) else markdown
    return replaced(whole, _SPACED, _bracketed)


def _whole(found: re.Match[str]) -> str | None:
    """Tell an address with a space in it from one with a title, and from half a sentence."""
    to = found["to"].strip()
    is_web = found["scheme"][0] in "hH"
    if "\n" in to:
        lines = to.split("\n")
        is_one = is_web and not any(" " in line or line[:1] in "'(" for line in lines)
        return f"]({''.join(lines)}{found['title'] or ''})" if is_one else None
    return None if is_web and (_SENTENCE.match(to) or _TITLED.match(to)) else _bracketed(found)


def _bracketed(found: re.Match[str]) -> str | None:
    to = found["to"].strip()
    return f"](<{to}>{found['title'] or ''})" if " " in to else None


def with_whole_addresses(markdown: str) -> str:
    """Return ``markdown`` with angle brackets around the bare addresses that hold ``_`` or ``*``.

    To Markdown these are marks of emphasis (CommonMark 6.2); GFM 6.9 takes the address whole.
    """
    if "://" not in markdown:
        return markdown
    code: Code | None = None
    kept: list[str] = []
    at = 0
    for found in _EMPHATIC.finditer(markdown):
        address = _ended(found[0])
        if "_" not in address and "*" not in address:
            continue
        if _WITHIN.search(markdown[max(0, found.start() - _LOOKED_BACK) : found.start()]):
            continue
        code = code or code_of(markdown, "markdown")
        if code.end_at(found.start()) is None:
            kept += (markdown[at : found.start()], f"<{address}>")
            at = found.start() + len(address)
    return "".join([*kept, markdown[at:]])


def may_have_bare_addresses(markdown: str) -> bool:
    """Tell whether ``markdown`` may hold an address that is no link's, picture's or definition's."""
    if "@" in markdown or any(
        mark in markdown and sign.search(f" {markdown}") for mark, sign in _WORLDWIDE
    ):
        return True
    at = markdown.find("://")
    while at >= 0:
        start = at - (5 if markdown[at - 5 : at].lower() == "https" else 4)
        before = markdown[max(0, start - 2) : max(0, start)]
        if not before.endswith(('="', "='", "<", "](", "=", "/")) and before != ": ":
            return True
        at = markdown.find("://", at + 3)
    return False


def with_bare_links(html: str) -> str:
    """Return well-formed ``html`` with bare web and mail addresses as links (GFM 6.9), not in code."""
    if not any(sign.search(html) for sign in _SIGNS):
        return html
    parts = TAG.split(html)
    depth = 0
    for index, part in enumerate(parts):
        if index % 2:
            if name_of(part) in _VERBATIM:
                depth += -1 if part[1] == "/" else 1
        elif not depth and ("://" in part or "@" in part or "ww." in part or "WW." in part):
            parts[index] = _BARE.sub(_linked, part)
    return "".join(parts)


def _linked(found: re.Match[str]) -> str:
    if found["mail"]:
        return f'<a href="mailto:{found["mail"]}">{found["mail"]}</a>'
    address = _ended(found[0])
    rest = found[0][len(address) :]
    host = found["host"]
    if "_" in host.rpartition(".")[2] or len(address) < len(found["web"] + host.rstrip(_TRAILING)):
        return found[0]
    at = len(found["web"])
    web = found["web"].lower()
    href = ("https://www." if web == "www." else web) + address[at:]
    # What a mail program puts around an address may hold the name of who was written to.
    beyond = led_to(unescape(href))
    words = address if beyond is None else escape(beyond, quote=False)
    return f'<a href="{href}">{words}</a>{rest}'


def _ended(address: str) -> str:
    """Return ``address`` without the punctuation of the sentence that it stands in."""
    surplus = {end: address.count(end) - address.count(start) for end, start in _PAIRS.items()}
    end = len(address)
    while end:
        last = address[end - 1]
        entity = _ENTITY.search(address, max(0, end - 12), end) if last == ";" else None
        if entity is not None and unescape(entity[0]) in {"<", ">", '"', "\u00a0"}:
            end = entity.start()
        elif surplus.get(last, 0) > 0:
            surplus[last] -= 1
            end -= 1
        elif last in _TRAILING and entity is None:
            end -= 1
        else:
            break
    return address[:end]
