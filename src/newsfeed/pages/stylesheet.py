"""``site.css``: the one style sheet of all pages, made smaller."""

from __future__ import annotations

import re

from newsfeed.model import Output
from newsfeed.pages.page_frame import PageFrame

STYLE = "site.css"
_IDLE = re.compile(
    r"""("[^"]*"|'[^']*')|/\*.*?\*/\s*|\s*;\s*(?=})|\s*([{};,])\s*|(:)[ \t]+|^\s+""",
    re.DOTALL | re.MULTILINE,
)


def render_style(frame: PageFrame) -> Output:
    """Return the one stylesheet, in the brand's colours and fonts, without its comments."""
    text = frame.theme.render(
        STYLE,
        language=frame.config.site.language,
        about=STYLE,
        light=frame.colours.light,
        dark=frame.colours.dark,
        brand=frame.config.brand,
    )
    return Output(path=STYLE, data=smaller(text).encode())


def smaller(css: str) -> str:
    """Return a stylesheet without comments and idle spaces, a rule a line; strings stay."""

    def one(match: re.Match[str]) -> str:
        string, mark, colon = match[1], match[2], match[3]
        return "}\n" if mark == "}" else string or mark or colon or ""

    return _IDLE.sub(one, css).strip() + "\n"
