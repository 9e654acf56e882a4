"""What a feed that was published before newsfeed's said of an article, as far as ours would differ.

Most readers go by the id alone. A reader that also compares title and address shows an article once
more where either differs by a character, and the address is that of the page which another tool wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import unescape
from typing import Final, Literal, NamedTuple, cast, get_args
from urllib.parse import unquote

from newsfeed.text.output_paths import is_fit, lies_below_a_file
from newsfeed.text.regex import regex

NONE: Final = "-"
Form = Literal["atom", "html", "rss", "json"]
FORMS = frozenset(get_args(Form))
_HASH = regex(r"[0-9a-f]{8}").fullmatch
_ADDRESS = regex(r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})+").fullmatch
# Not one line, or nothing that XML may hold.
_ILLEGAL = regex("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]").search
_MARKUP = regex(r"<[A-Za-z/!?]").search
_LONGEST = 2000


class Former(NamedTuple):
    """What of an article's entry stays as it was, ``-`` for nothing.

    ``address``, below the site's, is that of its page for as long as the pattern gives ``page``.
    ``text`` is its title in feeds of ``form`` for as long as ``title``, a hash, is the article's:
    plain, or HTML in an Atom title of type "html".
    """

    id: str
    page: str = NONE
    address: str = NONE
    title: str = NONE
    form: Form | Literal["-"] = NONE
    text: str = NONE


def of_row(row: Sequence[str]) -> Former | None:
    """Return what the fields of a line say, None for a line that we did not write."""
    if len(row) != len(Former._fields) or "" in row:
        return None
    key, page, address, title, form, text = row
    addressed = page != NONE and page_at(address, page)
    titled = _HASH(title) and form in FORMS and is_title(text)
    if ":" not in key or not (addressed or (page, address) == (NONE, NONE)):
        return None
    if not (titled or (title, form, text) == (NONE, NONE, NONE)):
        return None
    return Former(key, page, address, title, cast("Form", form), text)


def page_at(address: str, natural: str) -> str:
    """Return the output path of an ``address`` below the site's, empty for what is none.

    ``natural`` is the page that the pattern gives: it tells whether ``a/b`` is a file or a folder.
    """
    if not _ADDRESS(address) or len(address) > _LONGEST:
        return ""
    path = unquote(address)
    if path.endswith("/"):
        path += "index.html"
    elif natural.endswith("/index.html") and not path.lower().endswith((".html", ".htm")):
        path += "/index.html"
    return path if is_fit(path) and not lies_below_a_file(path) else ""


def is_title(text: str) -> bool:
    """Say whether ``text`` may stand as a title to the letter: in no reading of it is there markup."""
    once = unescape(text)
    return bool(
        0 < len(text) <= _LONGEST
        and text == text.strip(" ")
        and not _ILLEGAL(text)
        and not any(map(_MARKUP, (text, once, unescape(once))))
    )
