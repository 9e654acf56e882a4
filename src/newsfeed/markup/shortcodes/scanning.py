"""One pass over a text: each piece of foreign syntax becomes ours, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from newsfeed.markup.allowed import TAGS
from newsfeed.markup.markers import PLAIN, is_marker
from newsfeed.markup.shortcodes.calls import Call, Meaning, arguments, meaning
from newsfeed.markup.shortcodes.code import Code
from newsfeed.markup.shortcodes.edits import Replacement
from newsfeed.markup.shortcodes.expressions import ADDRESS_BEFORE, value_of
from newsfeed.markup.shortcodes.inline import STARTS, SYNTAX
from newsfeed.markup.shortcodes.output import PICTURES, figure, inline, item, link
from newsfeed.markup.shortcodes.said import Said, shown
from newsfeed.model import BodyFormat

_PATIENCE = 1000
# What an attribute list asks for that shows: not where a link opens, nor what scripts look for.
_LOOK = re.compile(r"(?<![\w-])(?!(?:target|rel|data-[\w-]+|loading|markdown)=)[\w-]+=")
_HEADING_ID = re.compile(r"\{/\*\s*#([\w-]+)\s*\*/\}")
_TEMPLATES = frozenset(
    {"for", "tablerow", "capture", "macro", "set", "javascript", "style", "schema", "css", "js"}
)
_LISTINGS = frozenset({"highlight", "code", "codeblock", "mermaid", "plantuml", "chart", "echarts"})
# What writes nothing by itself.
_SILENT = frozenset({"assign", "increment", "decrement", "import", "from", "extends", "layout"})
_NOTHING = frozenset({"JB/setup", "base_path", "setup"})
_CONDITIONS = frozenset({"if", "unless", "case", "ifchanged"})
_BRANCHES = frozenset({"else", "elsif", "elif", "elseif", "when"})
_VALUE = re.compile(
    r"=\s*\{\s*(?:(?:require|useBaseUrl)\(\s*[\"'](?P<path>[^\"'\n]+)[\"']\s*\)(?:\.default)?"
    r"|(?P<variable>\w+)(?:\.src)?)\s*\}"
)
_PICTURE = re.compile(r"\s*(?:<a\b[^>]*>\s*)?(?:<img\b[^>]*>|!\[[^\]]*\]\([^)]*\))(?:\s*</a>)?")
_ATTRIBUTE = r"(?:[.#][\w-]+|[\w-]+(?:=(?:\"[^\"]*\"|'[^']*'|[^\s\"']+))?)"
_ATTRIBUTES = re.compile(rf"\s*{_ATTRIBUTE}(?:\s+{_ATTRIBUTE})*\s*")


@dataclass(slots=True)
class Scan:
    """One pass over a text, from one piece of foreign syntax to the next."""

    text: str
    written: BodyFormat
    language: str
    imports: dict[str, str]
    replacements: list[Replacement] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    opened: list[tuple[str, str]] = field(default_factory=list)
    unclosed: set[str] = field(default_factory=set)

    def run(self) -> None:
        """Scan; a text with a thousand stray braces is no template and is left as it is."""
        code = Code(self.text, self.written)
        at, patience = 0, _PATIENCE
        while patience and (start := STARTS.search(self.text, at)) is not None:
            skipped = code.end_at(start.start())
            if skipped is not None:
                at = max(skipped, start.end())
                continue
            match = SYNTAX.match(self.text, start.start())
            put = self._put(match) if match is not None else None
            if match is None or put is None:
                patience -= start[0] in "{<"
                at = start.end()
                continue
            text, end = put if isinstance(put, tuple) else (put, match.end())
            self.replacements.append(Replacement(match.start(), end, text))
            at = max(end, start.end())

    def _put(self, match: re.Match[str]) -> str | tuple[str, int] | None:
        """Return what stands for a piece, and where to go on; None leaves it as it is."""
        kind = next(name for name in _KINDS if match[name] is not None)
        return _KINDS[kind](self, match)

    def _say(self, match: re.Match[str], tool: str, code: str = "foreign-removed") -> str:
        self.said.append(Said(code, match.start(), shown(match[0]), tool))
        return ""

    def _escaped(self, match: re.Match[str]) -> str:
        return escape("{{" + match[0][2] + match["literal"] + match[0][-3] + "}}", quote=False)

    def _shortcode(self, match: re.Match[str]) -> str | tuple[str, int]:
        name = match["shortname"].rpartition("/")[2].partition(".html")[0]
        if match["slash"]:
            return self._close(name)
        if name in _LISTINGS:
            return self._listing(
                match,
                match["shortargs"] if name in {"highlight", "code"} else name,
                rf"\{{\{{[<%]-?\s*/\s*{name}\s*-?[>%]\}}\}}",
            )
        if name == "comment":
            end = self._until(r"\{\{[<%]\s*/\s*comment\s*[>%]\}\}", match)
            return self._remark(match), end.end() if end else match.end()
        closing = rf"\{{\{{[<%]-?\s*/\s*{re.escape(match['shortname'])}\s*-?[>%]\}}\}}"
        return self._call(match, name, match["shortargs"], "Hugo", closing)

    def _liquid(self, match: re.Match[str]) -> str | tuple[str, int]:
        name, args = match["tag"], match["tagargs"]
        if name in _LISTINGS:
            written = args if name in {"highlight", "code", "codeblock"} else name
            return self._listing(match, written, rf"\{{%-?\s*end{name}\s*-?%\}}")
        if name in {"raw", "verbatim"}:
            end = self._until(rf"\{{%-?\s*end{name}\s*-?%\}}", match)
            if end is None:
                return self._say(match, "Liquid")
            return self.text[match.end() : end.start()], end.end()
        if name == "comment":
            end = self._until(r"\{%-?\s*endcomment\s*-?%\}", match)
            self._remark(match)
            return "", end.end() if end else match.end()
        if name in _SILENT or (name == "include" and args.strip() in _NOTHING):
            return ""
        if name in _TEMPLATES and (end := self._matching(match, name)) is not None:
            # What it encloses is a template, or the value of a variable: no text of the article.
            self._say(match, "Liquid")
            return "", end.end()
        if name == "set":
            return ""
        if name in _BRANCHES:
            return self._other_branch(match, name)
        if name.startswith("end"):
            return self._close(name.removeprefix("end"))
        zola = re.fullmatch(r"\s*\((.*)\)\s*", args, re.S)
        closing = r"\{%-?\s*end\s*%\}" if zola else rf"\{{%-?\s*end_?{re.escape(name)}\s*-?%\}}"
        tool = "Zola" if zola else "Liquid"
        return self._call(match, name, zola[1] if zola else args, tool, closing)

    def _other_branch(self, match: re.Match[str], name: str) -> str | tuple[str, int]:
        """Leave out all branches but the first: which one its own tool would take is not known."""
        around = next((each for each, _ in reversed(self.opened) if each in _CONDITIONS), None)
        if around is None:
            return self._say(match, "Liquid")
        if name == "when":
            opening = self.text.rfind("case", 0, match.start())
            if not re.search(r"\{%-?\s*when\b", self.text[opening : match.start()]):
                return ""
        self._say(match, "Liquid")
        end = self._matching(match, around)
        return "", end.start() if end else match.end()

    def _matching(self, match: re.Match[str], name: str) -> re.Match[str] | None:
        """Return the end tag of the block ``name`` in which ``match`` stands, or that it opens."""
        depth = 1
        tags = re.compile(rf"\{{%-?\s*(end)?{re.escape(name)}\b.{{0,1500}}?%\}}", re.S)
        for tag in tags.finditer(self.text, match.end()):
            depth += -1 if tag[1] else 1
            if depth == 0:
                return tag
        return None

    def _remark(self, match: re.Match[str]) -> str:
        if is_marker(match[0]):
            return PLAIN
        if (named := _HEADING_ID.fullmatch(match[0])) and self._on_heading(match):
            return f"{{#{named[1]}}}"
        return self._say(match, "-", "foreign-comment")

    def _on_heading(self, match: re.Match[str]) -> bool:
        return self.text.startswith("#", self.text.rfind("\n", 0, match.start()) + 1)

    def _is_mathematics(self, match: re.Match[str]) -> bool:
        """Say whether a piece stands between dollars: braces are TeX's there."""
        start = self.text.rfind("\n\n", 0, match.start()) + 1
        before = self.text[start : match.start()]
        if before.count("$$") % 2:
            return True
        row = before.rpartition("\n")[2].replace("$$", "")
        rest = self.text[match.end() :].partition("\n")[0]
        return row.count("$") % 2 == 1 and "$" in rest

    def _expression(self, match: re.Match[str]) -> str | None:
        inner = match["inner"].strip()
        called = re.fullmatch(r"(\w+)\s*\((.*)\)", inner, re.S)
        if called is not None and called[1] not in {"url_for", "get_url"}:
            positional, named = arguments(called[2])
            found = meaning(
                Call(
                    name=called[1],
                    positional=positional,
                    named=named,
                    written=called[2],
                    language=self.language,
                )
            )
            if isinstance(found, str):
                return self._alone(match, found)
        value = value_of(inner)
        if value is None and self._is_mathematics(match):
            return None
        if value is None and self.text[match.start() - 1 : match.start()] == "=":
            return '""'  # an object, as the value of an attribute of a component
        if value is None:
            return self._say(match, "Zola" if called else "Liquid")
        return value

    def _kramdown(self, match: re.Match[str]) -> str | tuple[str, int] | None:
        body = match[0][2:-1]
        if body.startswith((":", "/")):
            return ""
        if not re.fullmatch(
            r"\s*(?:(?:[.#][\w-]+|[\w-]+(?:=(?:\"[^\"]*\"|'[^']*'|[^\s]+))?)\s*)+", body
        ):
            return None
        before = self.text[: match.start()]
        line = before.rpartition("\n")[2]
        name = re.search(r"#([\w-]+)", body)
        if not line.strip() and name is not None:
            heading = before.rstrip("\n").rpartition("\n")[2]
            if heading.startswith("#") and not heading.rstrip().endswith("}"):
                at = len(before.rstrip("\n"))
                self.replacements.append(Replacement(at, at, f" {{#{name[1]}}}"))
                return ""
        if _LOOK.search(body):
            self._say(match, "Kramdown", "html-look")
        return ""

    def _pandoc(self, match: re.Match[str]) -> str | None:
        if self.written == "html":
            return None
        return self._say(match, "Pandoc", "html-look") if _LOOK.search(match[0]) else ""

    def _wiki(self, match: re.Match[str]) -> str | None:
        target, label = match["target"].strip(), match["label"]
        if not target or (len(target) < 4 and target.isdigit()):
            return None
        path = target.partition("#")[0]
        if match["bang"] and path.lower().endswith(PICTURES):
            words = "" if label is None or re.fullmatch(r"\d+(?:x\d+)?", label) else label
            return figure(path, alt=words)
        path, mark, part = target.partition("#")
        # The last of several headings is the one that is meant; a block's id is an id.
        part = part.rpartition("#")[2].strip()
        if not path:
            return link(
                f"#{part.removeprefix('^')}", label or escape(part.lstrip("^"), quote=False)
            )
        name = path.rpartition("/")[2]
        name = name if not mark or part.startswith("^") else f"{name} > {part}"
        if match["bang"]:
            self._say(match, "Obsidian", "note-embedded")
        target = f"{path}{mark}{part.removeprefix('^')}"
        return link(item(target), label or escape(name, quote=False))

    def _comment(self, match: re.Match[str]) -> str | None:
        if self.written == "html" or self.text[match.start() - 1 : match.start()].isalnum():
            return None
        if match["aside"] is None:
            # A mail service's merge tag: text like any other, the letter makes it inert.
            return match[0]
        return self._remark(match)

    def _merge(self, match: re.Match[str]) -> str:
        """A mail service's merge tag: not Markdown's emphasis."""
        return match[0] if self.written == "html" else f"&#42;{match[0][1:-1]}&#42;"

    def _highlight(self, match: re.Match[str]) -> str | None:
        return None if self.written == "html" else f"<mark>{match['marked']}</mark>"

    def _jsx(self, match: re.Match[str]) -> str | tuple[str, int] | None:
        name = match["component"]
        if not re.search(r"[a-z]", name) or self.text[match.start() - 1 : match.start()] == "\\":
            return None
        if match["end"]:
            return self._close(name) if name.lower() not in TAGS or self._is_open(name) else None
        props = _VALUE.sub(self._imported, match["props"])
        if name.lower() in TAGS and "=" not in props:
            return None
        closing = "(?!)" if match["closed"] else rf"</{re.escape(name)}\s*>"
        return self._call(match, name.rpartition(".")[2], props, "MDX", closing, whole=name)

    def _imported(self, found: re.Match[str]) -> str:
        path = found["path"] or self.imports.get(found["variable"])
        return f'="{path}"' if path else found[0]

    def _spaced(self, match: re.Match[str]) -> str:
        return f"](<{match['pelican']}>)" if " " in match["pelican"] else match[0]

    def _braced(self, match: re.Match[str]) -> str | None:
        path = match["path"] or self.imports.get(match["variable"])
        return f'"{path}"' if path else None

    def _film(self, match: re.Match[str]) -> str | None:
        """WordPress's ``[youtube address]`` and Hashnode's ``%[address]``: a link."""
        url = match["filmurl"] or match["embedded"]
        if match["embedded"] and self._before(match)[-1:].isalnum():
            return None
        return self._alone(match, link(url, inline(re.sub(r"^https?://(?:www\.)?", "", url))))

    def _wordpress(self, match: re.Match[str]) -> str | tuple[str, int] | None:
        name = match["wpname"].removeprefix("wp_")
        if name in {"code", "sourcecode"}:
            ending = rf"\[/{name}\]"
            if match["wpend"] or self._until(ending, match) is None:
                return None
            return self._listing(match, match["wpargs"].replace("language=", "lang="), ending)
        end = self._until(r"\[/(?:wp_)?caption\]", match) if name == "caption" else None
        if end is not None:
            picture = _PICTURE.match(self.text, match.end(), end.start())
            if picture is not None:
                caption = inline(self.text[picture.end() : end.start()])
                figure_ = f"<figure>{picture[0]}<figcaption>{caption}</figcaption></figure>"
                return self._alone(match, figure_), end.end()
        silent = name in {"embed", "caption"} or match["wpend"]
        return "" if silent else self._say(match, "WordPress")

    def _call(
        self,
        match: re.Match[str],
        name: str,
        args: str,
        tool: str,
        closing: str,
        *,
        whole: str = "",
    ) -> str:
        positional, named = arguments(args)
        in_address = ADDRESS_BEFORE.search(self._before(match)) is not None
        found: Meaning = meaning(
            Call(
                name=name,
                positional=positional,
                named=named,
                written=args.strip(),
                language=self.language,
                in_address=in_address,
            )
        )
        closed = self._until(closing, match) is not None
        if isinstance(found, tuple):
            if closed:
                self.opened.append((whole or name, found[1]))
                return self._alone(match, found[0])
            found = None
        elif closed:
            # What it encloses is its own text, or a caption: it stays below it.
            self.opened.append((whole or name, ""))
        if found is None and in_address and len(positional) == 1 and "." in positional[0]:
            # A plugin's way of saying where a file lies: at least its name is known.
            return positional[0]
        source = dict(named).get("src", "")
        if found is None and whole and source.lower().endswith(PICTURES):
            # A component of one's own that shows a picture.
            return self._alone(match, figure(source, alt=dict(named).get("alt", "")))
        if found is None:
            self._say(match, tool)
            return inline(dict(named).get("text", ""))
        return found if in_address else self._alone(match, found)

    def _before(self, match: re.Match[str]) -> str:
        """Return what stands before a piece, where a piece close before it is translated."""
        start, put = match.start(), ""
        if self.replacements and self.replacements[-1].end == start:
            start, _, put = self.replacements[-1]
        return self.text[max(0, start - 200) : start] + put

    def _close(self, name: str) -> str:
        for index in reversed(range(len(self.opened))):
            if self.opened[index][0] == name or not name:
                return self.opened.pop(index)[1]
        return ""

    def _is_open(self, name: str) -> bool:
        return any(opened == name for opened, _ in self.opened)

    def _until(self, pattern: str, match: re.Match[str]) -> re.Match[str] | None:
        # What is not found once is not there later: a text of many start tags stays linear.
        if pattern in self.unclosed:
            return None
        found = re.compile(pattern).search(self.text, match.end())
        if found is None:
            self.unclosed.add(pattern)
        return found

    def _listing(self, match: re.Match[str], args: str, end: str) -> str | tuple[str, int]:
        """Code between two tags becomes a code block."""
        found = self._until(end, match)
        if found is None:
            return self._say(match, "Liquid")
        positional, named = arguments(args)
        named_language = dict(named).get("lang") or next(
            (word for word in positional if word.startswith("lang:")),
            positional[0] if positional else "",
        )
        language = re.sub(r"\W.*", "", named_language.removeprefix("lang:"), flags=re.ASCII)
        code = self.text[match.end() : found.start()].strip("\n")
        mark = f' class="language-{language}"' if language else ""
        # Empty lines would end the HTML in Markdown: a character reference has no line.
        lines = escape(code, quote=False).replace(
            "\n", "&#10;" if self.written == "markdown" else "\n"
        )
        return self._alone(match, f"<pre><code{mark}>{lines}</code></pre>"), found.end()

    def _alone(self, match: re.Match[str], put: str) -> str:
        """Keep Markdown below an HTML block from being taken for its text."""
        if self.written == "html" or not put.startswith("<"):
            return put
        start = self.text.rfind("\n", 0, match.start()) + 1
        ends = self.text[match.end() : match.end() + 1] in {"", "\n"}
        if self.text[start : match.start()].strip() or not ends or self._in_block(start):
            return put
        if put.startswith(("<a ", "<img ")):
            # Alone on a line these would be a block of HTML, outside any paragraph.
            return f"<p>{put}</p>\n"
        return put if put.endswith("\n") else put + "\n"

    def _in_block(self, start: int) -> bool:
        """Tell whether the line at ``start`` goes on with a block of HTML, which has no empty line."""
        above = self.text[max(0, start - 2000) : start]
        lines = re.split(r"\n[ \t]*\n", above)[-1].lstrip("\n")
        return lines.lstrip(" ").startswith("<") and len(lines) - len(lines.lstrip(" ")) < 4


_KINDS: dict[str, Callable[[Scan, re.Match[str]], str | tuple[str, int] | None]] = {
    "escaped": Scan._escaped,
    "shortcode": Scan._shortcode,
    "liquid": Scan._liquid,
    "remark": Scan._remark,
    "expression": Scan._expression,
    "kramdown": Scan._kramdown,
    "pandoc": Scan._pandoc,
    "wiki": Scan._wiki,
    "comment": Scan._comment,
    "braced": Scan._braced,
    "merge": Scan._merge,
    "highlight": Scan._highlight,
    "jsx": Scan._jsx,
    "spaced": Scan._spaced,
    "film": Scan._film,
    "wordpress": Scan._wordpress,
}
