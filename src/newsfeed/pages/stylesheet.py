"""``site.css``: the one style sheet of all pages, made smaller."""

from __future__ import annotations

import re

from msgspec.structs import replace

from newsfeed.model import Output
from newsfeed.pages.page_frame import PageFrame
from newsfeed.text.regex import regex
from newsfeed.theme.fonts import stack

STYLE = "site.css"
_IDLE = regex(
    r"""("[^"]*"|'[^']*')|/\*.*?\*/\s*|\s*;\s*(?=})|\s*([{};,])\s*|(:)[ \t]+|^\s+""",
    re.DOTALL | re.MULTILINE,
)


def render_style(frame: PageFrame) -> Output:
    """Return the one stylesheet, in the brand's colours and fonts, without its comments."""
    brand = frame.config.brand
    text = frame.theme.render(
        STYLE,
        language=frame.config.site.language,
        about=STYLE,
        light=frame.colours.light,
        dark=frame.colours.dark,
        brand=replace(brand, font=stack(brand.font), heading_font=stack(brand.heading_font)),
    )
    return Output(path=STYLE, data=smaller(text).encode())


def smaller(css: str) -> str:
    """Return a stylesheet without comments and idle spaces, a rule a line; strings stay."""

    def one(match: re.Match[str]) -> str:
        string, mark, colon = match[1], match[2], match[3]
        return "}\n" if mark == "}" else string or mark or colon or ""

    return _IDLE.sub(one, css).strip() + "\n"
