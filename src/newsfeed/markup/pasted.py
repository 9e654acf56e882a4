"""Forms of Markdown that other editors write or paste, as CommonMark has them: bullets, sizes of pictures."""

from __future__ import annotations

import re
import unicodedata

from newsfeed.markup.shortcodes.code import replaced
from newsfeed.text.regex import regex

_BULLET = regex(
    r"^(?P<indent>[ ]{0,3})(?:[•▪◦‣⁃●■\uf0b7\uf0a7]|·(?=\t|[ \u00a0]{2}|\u00a0))[ \t\u00a0]*"
    r"(?=[\w«\"“‘'(\[*_`])",
    re.M,
)
_BULLETS = "•▪◦‣⁃●■\uf0b7\uf0a7·"
_CJK = "\u1100-\u11ff\u2e80-\u30ff\u3130-\u318f\u31c0-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef"
_IS_CJK = regex(f"[{_CJK}]").match
_RUN = regex(r"\*\*{0,2}(?![\s*])")  # a literal first: it is sought fastest
EDGE = "\x0e"
"""What stands for the edge of a word in the sources that `with_cjk_emphasis` returns: no text holds it."""
_ADDRESS = r"!\[[^\[\]\n]{0,1000}\]\([^()\s<>]{1,2000}"
_SIZE = regex(
    rf"(?P<kept>{_ADDRESS}(?:[ \t]+\"[^\"\n]*\")?)[ \t]+=(?:\d{{1,5}}%?)?x?(?:\d{{1,5}}%?)?[ \t]*(?=\))"
)
_LOGSEQ = regex(r"\)(?P<size>\{:[^{}\n]{0,60}?(?:height|width)[^{}\n]{0,60}\})")
_FOR_THE_DARK = regex(
    rf"{_ADDRESS}#(?:gh-dark-mode-only|only-dark)(?:[ \t]+\"[^\"\n]*\")?\)"
    r"|<img\b[^<>]*#(?:gh-dark-mode-only|only-dark)[\"'][^<>]*>"
)
_NEAR = 1000
_FOR_THE_LIGHT = ("#gh-light-mode-only", "#only-light")


def with_plain_forms(markdown: str) -> str:
    """Return ``markdown`` with lists for lines with bullets, and without what only its editor reads.

    Bullets come from word processors; ``=300x200`` behind a picture's address from HackMD and
    markdown-it-imsize, ``{:height 300}`` from Logseq. Of two pictures, one for a dark ground (GitHub,
    Material for MkDocs), the light one stays: feeds and letters would show both.
    """
    if any(bullet in markdown for bullet in _BULLETS):
        markdown = replaced(markdown, _BULLET, _item)
    if "![" in markdown and "=" in markdown:
        markdown = replaced(markdown, _SIZE, lambda found: found["kept"])
    if "{:" in markdown:
        markdown = replaced(markdown, _LOGSEQ, lambda _: ")")
    if "-dark" in markdown and any(light in markdown for light in _FOR_THE_LIGHT):
        markdown = replaced(markdown, _FOR_THE_DARK, lambda _: "")
    return markdown


def _item(bullet: re.Match[str]) -> str:
    """Return the mark of a list's item, but in a block of HTML, where Markdown means nothing."""
    above = bullet.string[max(0, bullet.start() - _NEAR) : bullet.start()]
    paragraph = above.rpartition("\n\n")[2]
    return bullet[0] if paragraph.lstrip().startswith("<") else f"{bullet['indent']}- "


def with_cjk_emphasis(markdown: str) -> str:
    """Return ``markdown`` with an `EDGE` where emphasis meets Chinese, Japanese or Korean punctuation.

    CommonMark 6.2 asks for a space there, which these languages do not write (commonmark-spec, issue
    650): ``**重要：**请`` would keep its asterisks. To the parser the edge is a letter.
    """
    if "*" not in markdown or markdown.isascii():
        return markdown
    return replaced(markdown, _RUN, _edged)


def _edged(run: re.Match[str]) -> str | None:
    start, end = run.span()
    before, after = run.string[start - 1 : start], run.string[end : end + 1]
    if not before or before in " \t\n\\*" or not (_IS_CJK(before) or _IS_CJK(after)):
        return None
    if _is_mark(before) == _is_mark(after):
        return None
    return f"{EDGE}{run[0]}" if _is_mark(before) else f"{run[0]}{EDGE}"


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"
