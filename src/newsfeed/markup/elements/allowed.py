"""What HTML may stand in an article: one allow-list that is good in a feed, on a page and in a letter."""

from __future__ import annotations

from newsfeed.text.regex import regex

ITEM_SCHEME = "newsfeed-item"
# Browsers leave out white space and controls before and within a scheme (URL standard).
SCHEME = regex(r"[\x00-\x20]*([a-zA-Z][a-zA-Z0-9+.\t\n\r-]*):")
ITEM_NAME = regex(rf"{ITEM_SCHEME}:((?:(?!{ITEM_SCHEME}:)[\w%/#.~-])*)")
_REACHED = "mailto tel sms smsto sip sips xmpp irc ircs matrix im news nntp"
_FETCHED = "http https ftp ftps sftp webcal geo"
SCHEMES = frozenset({*_REACHED.split(), *_FETCHED.split(), ITEM_SCHEME})
"""Of those which a browser may hand on (HTML, safelisted schemes), what readers may meet in an article."""
OF_PASTING = frozenset({"applewebdata", "attachment", "blob", "cid", "mid", "webkit-fake-url"})
"""Schemes of pictures that only the program has from which they were copied (RFC 2392, W3C File API)."""
_BLOCKS = "aside blockquote caption col colgroup dd details div dl dt figcaption figure footer "
_BLOCKS += (
    "h1 h2 h3 h4 h5 h6 header hr li ol p pre section summary table tbody td tfoot th thead tr "
)
_INLINE = "a abbr b bdi bdo br cite code del dfn em i img ins kbd mark q s samp small span strong "
_INLINE += "sub sup time u var wbr "
_MEDIA = "audio picture source track video"
TAGS = frozenset((_BLOCKS + "ul " + _INLINE + _MEDIA).split())
# Elements whose content is no text of the article.
EMPTIED = frozenset({
    "script", "style", "title", "template", "applet", "embed", "svg",
    "iframe", "frameset", "noframes", "noembed", "textarea", "select", "option",
    "button", "datalist", "dialog", "head",
})  # fmt: skip
DOCUMENT = frozenset(
    {"html", "head", "body", "meta", "link", "title", "base", "main", "article", "nav"}
)
# HTML's other elements, of which what is left out is worth another word than of a typing mistake.
KNOWN = EMPTIED | frozenset({
    "form", "input", "label", "fieldset", "legend", "optgroup", "output", "progress", "meter",
    "menu", "slot", "param", "map", "search", "hgroup", "address", "ruby", "rt", "rp",
    "canvas", "portal", "image", "keygen", "nobr", "acronym", "dir", "bgsound", "data",
})  # fmt: skip
LOOKS = frozenset({"font", "center", "big", "tt", "strike", "marquee", "blink", "basefont"})
_OPERATOR = {
    "fence",
    "form",
    "largeop",
    "lspace",
    "movablelimits",
    "rspace",
    "separator",
    "stretchy",
}
# MathML Core, and what says a formula in TeX. Inside of ``<math>`` nothing else may stand.
_BARE = "merror mmultiscripts mphantom mprescripts mroot mrow ms msqrt mtext semantics"
_STYLED = "mn mstyle msub msup msubsup mpadded mtable mtr"
MATHML: dict[str, set[str]] = {
    **{name: set() for name in _BARE.split()},
    **{name: {"displaystyle"} for name in _STYLED.split()},
    "annotation": {"encoding"},
    "math": {"alttext", "display"},
    "mfrac": {"linethickness"},
    "mi": {"mathvariant"},
    "mo": _OPERATOR,
    "mover": {"accent"},
    "mspace": {"width"},
    "mtd": {"columnspan", "rowspan"},
    "munder": {"accentunder"},
    "munderover": {"accent", "accentunder"},
}
ATTRIBUTES = {
    "*": {"class", "dir", "id", "lang", "title"},
    "a": {"href", "hreflang", "name"},
    "audio": {"controls", "loop", "muted", "preload", "src"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "img": {"alt", "height", "loading", "sizes", "src", "srcset", "width"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"reversed", "start", "type"},
    "q": {"cite"},
    "source": {"height", "media", "sizes", "src", "srcset", "type", "width"},
    "td": {"colspan", "headers", "rowspan"},
    "th": {"abbr", "colspan", "headers", "rowspan", "scope"},
    "time": {"datetime"},
    "track": {"default", "kind", "label", "src", "srclang"},
    "video": {"controls", "height", "loop", "muted", "playsinline", "poster", "preload", "src", "width"},
}  # fmt: skip
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".bmp")
"""Endings of the names of pictures."""


def may_lead(url: str) -> bool:
    """Tell whether a body may hold ``url``: relative, or of an allowed scheme."""
    found = SCHEME.match(url)
    return found is None or found[1].lower() in SCHEMES
