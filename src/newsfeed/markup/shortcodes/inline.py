"""Finding foreign syntax in a text, whatever its tool."""

from __future__ import annotations

import re

# In the order in which they are tried at a place. Bounded lengths keep a stray mark from
# swallowing an article.
SYNTAX = re.compile(
    r"(?P<escaped>\{\{[<%]/\*(?P<literal>.{0,600}?)\*/[>%]\}\})"
    r"|(?P<shortcode>\{\{(?P<angle>[<%])-?\s*(?P<slash>/?)\s*(?P<shortname>[\w./-]+)(?P<shortargs>.{0,1500}?)(?P<selfclosed>/?)-?(?:>\}\}|%\}\}))"
    r"|(?P<liquid>\{%-?\s*(?P<tag>/?[\w.-]+)(?P<tagargs>.{0,1500}?)\s*-?%\})"
    r"|(?P<remark>\{#(?!\w).{0,1500}?#\}|\{/\*.{0,1500}?\*/\}|\{::comment\}.{0,1500}?\{:/(?:comment)?\})"
    r"|(?P<expression>\{\{\{?-?(?P<inner>.{0,600}?)-?\}?\}\})"
    r"|(?P<kramdown>\{::?/?(?:nomarkdown|options|comment)?[^{}\n]*\}(?<!\{:\}))"
    r"|(?P<braced>(?<==)\{\s*(?:(?:require|useBaseUrl)\(\s*[\"'](?P<path>[^\"'\n]+)[\"']\s*\)(?:\.default)?|(?P<variable>\w+)(?:\.src)?)\s*\})"
    r"|(?P<pandoc>(?<=[)\]`*])\{(?:[.#][\w-]+|[\w-]+=(?:\"[^\"\n]*\"|[^\s{}]+))(?:\s+(?:[.#][\w-]+|[\w-]+=(?:\"[^\"\n]*\"|[^\s{}]+)))*\s*\})"
    r"|(?P<wiki>(?P<bang>!?)(?<![\w\]])\[\[(?![\s^])(?P<target>[^\[\]\n|]*?)(?:\\?\|(?P<label>[^\[\]\n]*))?\]\](?![(:\[\]]))"
    r"|(?P<comment>%%(?:\{[^{}%\n]*\}|(?![{%])(?P<aside>.{1,2000}?))%%)"
    r"|(?P<merge>\*\|[A-Za-z_][\w:=. -]*\|\*)"
    r"|(?P<highlight>(?<![\w=])==(?=[^\s=])(?P<marked>[^=\n]{1,300})(?<=\S)==(?![\w=]))"
    r"|(?P<jsx><(?P<end>/?)(?P<component>[A-Z]\w*(?:\.\w+)*)(?P<props>(?:\s+(?:[\w:-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}))?|\{\.\.\.[^{}]*\}))*)\s*(?P<closed>/?)>)"
    r"|(?P<spaced>\]\((?P<pelican>\{(?:filename|static|attach)\}[^)\n]*?)\))"
    r"|(?P<film>\[(?:youtube|vimeo|dailymotion)[ =]+(?P<filmurl>https?://[^\]\s]+)\]|%\[(?P<embedded>https?://[^\]\s]+)\])"
    r"|(?P<wordpress>\[(?P<wpend>/?)(?P<wpname>caption|wp_caption|code|sourcecode|gallery|embed|playlist|vc_\w+|et_pb_\w+|contact-form-7)\b(?P<wpargs>[^\]\n]*)\](?![(\[:]))",
    re.S,
)
STARTS = re.compile(r"[{<\]]|!?\[\[?|%%|%\[|==|\*\|")
