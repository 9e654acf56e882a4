"""Forms of Markdown that other editors write or paste, as CommonMark has them: bullets, sizes of pictures."""

from __future__ import annotations

import re

from newsfeed.markup.code import replaced
from newsfeed.text.paragraphs import paragraph
from newsfeed.text.regex import regex

_BULLET = regex(
    r"^(?P<indent>[ ]{0,3})(?:[•▪◦‣⁃●■\uf0b7\uf0a7]|·(?=\t|[ \u00a0]{2}|\u00a0))[ \t\u00a0]*"
    r"(?=[\w«\"“‘'(\[*_`])",
    re.M,
)
_BULLETS = "•▪◦‣⁃●■\uf0b7\uf0a7·"
_ADDRESS = r"!\[[^\[\]\n]{0,1000}\]\([^()\s<>]{1,2000}"
_SIZE = regex(
    rf"(?P<kept>{_ADDRESS}(?:[ \t]+\"[^\"\n]*\")?)[ \t]+=(?:\d{{1,5}}%?)?x?(?:\d{{1,5}}%?)?[ \t]*(?=\))"
)
_LOGSEQ = regex(r"\)(?P<size>\{:[^{}\n]{0,60}?(?:height|width)[^{}\n]{0,60}\})")
_FOR_THE_DARK = regex(
    rf"{_ADDRESS}#(?:gh-dark-mode-only|only-dark)(?:[ \t]+\"[^\"\n]*\")?\)"
    r"|<img\b[^<>]*#(?:gh-dark-mode-only|only-dark)[\"'][^<>]*>"
)
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
    is_html = paragraph(bullet.string, bullet.start()).lstrip().startswith("<")
    return bullet[0] if is_html else f"{bullet['indent']}- "
