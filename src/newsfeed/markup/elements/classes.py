"""Classes by which style sheets and scripts know what is not for a reader of the text."""

from __future__ import annotations

from newsfeed.text.regex import regex

HIDDEN_CLASSES = frozenset(
    [
        "sr-only",
        "visually-hidden",
        "visuallyhidden",
        "screen-reader-text",
        "screen-reader-only",
        "screenreader-only",
        "is-sr-only",
        "u-visually-hidden",
        "u-hidden-visually",
        "show-for-sr",
        "element-invisible",
        "a11y-only",
        "visually-hidden-focusable",
        "sr-only-focusable",
        "screenreader",
        "visually-hide",
        "visuallyHidden",
        "u-visuallyhidden",
        "katex-html",
        "MathJax_Preview",
        "MathJax_SVG",
        "MathJax_CHTML",
    ]
)
HIDDEN_NOW = frozenset(
    [
        "hidden",
        "is-hidden",
        "u-hidden",
        "uk-hidden",
        "w-hidden",
        "d-none",
        "display-none",
        "hide",
        "hidden-all",
        "invisible",
        "is-invisible",
        "u-invisible",
        "uk-invisible",
        "w-condition-invisible",
    ]
)
"""Those of Tailwind, Bootstrap, Bulma, Foundation, UIkit, USWDS and Webflow, unless another shows it."""
SHOWS = regex(
    r"(?!(?:d-)?print[:-])(?:\S+:!?(?:block|inline\S*|flex|grid|table\S*|contents|list-item|visible|flow-root)"
    r"|d-(?:\w+-)?(?:block|inline\S*|flex|grid|table\S*|contents)|(?:visible|show|is-(?:block|flex|inline\S*))-\S+|show|visible"
    r"|(?:uk-)?(?:visible|hidden)@\S+|\S*(?:tab-?pane|tab-?panel|tab-?content|accordion|collaps|spoiler|toggle|dropdown)\S*)"
)
"""What shows an element for some widths, or lets a reader unfold it."""
PAGE_TOOLS = frozenset(
    [
        "mw-editsection",
        "mw-editsection-like",
        "mw-jump-link",
        "crayon-toolbar",
        "crayon-info",
        "urvanov-syntax-highlighter-toolbar",
        "urvanov-syntax-highlighter-info",
        "code-block-toolbar",
    ]
)
"""What leads to a page's own tools: MediaWiki's links to edit, Crayon's bar of buttons."""
CAPTIONED = frozenset(
    [
        "wp-caption",
        "figure",
        "image",
        "captioned-image-container",
        "image-container",
        "img-container",
        "image-wrapper",
        "photo",
    ]
)
CAPTIONS = frozenset(
    [
        "wp-caption-text",
        "caption",
        "image-caption",
        "img-caption",
        "photo-caption",
        "figure-caption",
        "caption-text",
        "thumbcaption",
    ]
)
"""What former editors call a picture with its caption, which is a figure (HTML 4.4.12)."""
NUMBERS = frozenset(
    [
        "ln",
        "lnt",
        "lineno",
        "linenos",
        "linenums",
        "linenumber",
        "linenumbers",
        "line-number",
        "line-numbers",
        "line-numbers-rows",
        "gutter",
        "rouge-gutter",
        "hljs-ln-numbers",
        "blob-num",
        "lno",
        "nolinenumber",
        "lnlinks",
        "linenodiv",
        "lineNumber",
        "lineNumbers",
        "line_number",
        "line-num",
        "line-no",
        "linenum",
        "code-line-number",
        "code__line-number",
        "shiki-line-number",
        "react-syntax-highlighter-line-number",
        "giallo-ln",
        "z-ln",
        "hljs-ln-n",
        "crayon-nums",
        "crayon-num",
        "urvanov-syntax-highlighter-nums",
        "urvanov-syntax-highlighter-num",
        "CodeMirror-linenumber",
        "ace_gutter-cell",
    ]
)
