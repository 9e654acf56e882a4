"""What templates write: Hugo's and Zola's shortcodes, Liquid's and Jinja's tags and expressions."""

from __future__ import annotations

import re
from html import escape

from newsfeed.markup.elements.markers import PLAIN, is_marker
from newsfeed.markup.shortcodes.expressions import value_of
from newsfeed.markup.shortcodes.known_shortcodes import Call, arguments, plain_name
from newsfeed.markup.shortcodes.meanings import meaning
from newsfeed.markup.shortcodes.scanning import Put, Scan
from newsfeed.text.regex import regex

# A comment that silences a rule is meant for us.
_OURS = regex(r"\W\s*newsfeed:\s*ignore")
_HEADING_ID = regex(r"\{/\*\s*#([\w-]+)\s*\*/\}")
_ZOLA = regex(r"\s*\((.*)\)\s*", re.S)
_FUNCTION = regex(r"(\w+)\s*\((.*)\)", re.S)
_TEMPLATES = frozenset(
    {"for", "tablerow", "capture", "macro", "set", "javascript", "style", "schema", "css", "js"}
)
_LISTINGS = frozenset({"highlight", "code", "codeblock", "mermaid", "plantuml", "chart", "echarts"})
# What writes nothing by itself.
_SILENT = frozenset({"assign", "increment", "decrement", "import", "from", "extends", "layout"})
_NOTHING = frozenset({"JB/setup", "base_path", "setup"})
_CONDITIONS = frozenset({"if", "unless", "case", "ifchanged"})
_BRANCHES = frozenset({"else", "elsif", "elif", "elseif", "when"})


def escaped(_: Scan, match: re.Match[str]) -> Put:
    """Hugo's ``{{</* name */>}}``: a shortcode that is shown."""
    return escape("{{" + match[0][2] + match["literal"] + match[0][-3] + "}}", quote=False)


def shortcode(scan: Scan, match: re.Match[str]) -> Put:
    """Hugo's ``{{< name arguments >}}``, and its end."""
    name = match["shortname"].rpartition("/")[2].partition(".html")[0]
    if match["slash"]:
        return scan.close(name)
    if name in _LISTINGS:
        args = match["shortargs"] if name in {"highlight", "code"} else name
        return listing(scan, match, args, scan.hugo_ends.after(name, match.end()))
    if name == "comment":
        end = scan.hugo_ends.after(name, match.end())
        return remark(scan, match), end.end() if end else match.end()
    end = scan.hugo_ends.after(match["shortname"], match.end())
    args = match["shortargs"].removesuffix("-").removesuffix("/")
    return scan.call(scan.new_call(match, name, args), match, end, "Hugo")


def liquid(scan: Scan, match: re.Match[str]) -> Put:
    """Liquid's ``{% name arguments %}``, and what begins like it in Zola, Hexo and Jinja."""
    name, args = match["tag"], match["tagargs"].removesuffix("-")
    end = scan.liquid_ends.after(name, match.end())
    if name in _LISTINGS:
        written = args if name in {"highlight", "code", "codeblock"} else name
        return listing(scan, match, written, end)
    if name in {"raw", "verbatim"}:
        if end is None:
            return scan.say(match, "Liquid")
        return scan.text[match.end() : end.start()], end.end()
    if name == "comment":
        remark(scan, match)
        return "", end.end() if end else match.end()
    if name in _SILENT or (name == "include" and args.strip() in _NOTHING):
        return ""
    if name in _TEMPLATES and (end := scan.block_end(name, match.end())) is not None:
        # What it encloses is a template, or the value of a variable: no text of the article.
        scan.say(match, "Liquid")
        return "", end.end()
    if name == "set":
        return ""
    if name in _BRANCHES:
        return _other_branch(scan, match, name)
    if name.startswith("end"):
        return scan.close(name.removeprefix("end"))
    return _liquid_call(scan, match, name, args)


def _liquid_call(scan: Scan, match: re.Match[str], name: str, args: str) -> Put:
    zola = _ZOLA.fullmatch(args)
    if zola is not None:
        end = scan.liquid_ends.after("", match.end())
        return scan.call(scan.new_call(match, name, zola[1]), match, end, "Zola")
    end = scan.liquid_ends.after(name, match.end())
    return scan.call(scan.new_call(match, name, args), match, end, "Liquid")


def _other_branch(scan: Scan, match: re.Match[str], name: str) -> Put:
    """Leave out all branches but the first: which one its own tool would take is not known."""
    around = next((each for each in reversed(scan.opened) if each.name in _CONDITIONS), None)
    if around is None:
        return scan.say(match, "Liquid")
    around.branches += 1
    if name == "when" and around.branches == 1:
        return ""
    scan.say(match, "Liquid")
    end = scan.block_end(around.name, match.end())
    return "", end.start() if end else match.end()


def remark(scan: Scan, match: re.Match[str]) -> str:
    """A comment of any tool; the mark of an excerpt stays, and so does the id of a heading."""
    if is_marker(match[0]):
        return PLAIN
    named = _HEADING_ID.fullmatch(match[0])
    if named is not None and scan.text.startswith("#", scan.lines.start(match.start())):
        return f"{{#{named[1]}}}"
    if _OURS.search(match[0]):
        return ""
    return scan.say(match, "-", "foreign-comment")


def expression(scan: Scan, match: re.Match[str]) -> Put:
    """``{{ … }}``: a call of Zola's, a value that is known, or nothing."""
    inner = match["inner"].strip()
    called = _FUNCTION.fullmatch(inner)
    if called is not None and called[1] not in {"url_for", "get_url"}:
        positional, named = arguments(called[2])
        call = Call(
            name=called[1],
            positional=positional,
            named=named,
            written=called[2],
            language=scan.language,
            own=scan.own.get(plain_name(called[1]), ""),
        )
        if call.own == "nothing":
            return ""
        found = meaning(call)
        if isinstance(found, str):
            return scan.alone(match, found)
    value = value_of(inner)
    if value is not None:
        return value
    if scan.mathematics.holds(match.start(), match.end()):
        return None
    if scan.text[match.start() - 1 : match.start()] == "=":
        return '""'  # an object, as the value of an attribute of a component
    return scan.say(match, "Zola" if called else "Liquid")


def listing(scan: Scan, match: re.Match[str], args: str, end: re.Match[str] | None) -> Put:
    """Code between two tags becomes a code block."""
    if end is None:
        return scan.say(match, "Liquid")
    positional, named = arguments(args)
    named_language = dict(named).get("lang") or next(
        (word for word in positional if word.startswith("lang:")),
        positional[0] if positional else "",
    )
    language = re.sub(r"\W.*", "", named_language.removeprefix("lang:"), flags=re.ASCII)
    code = scan.text[match.end() : end.start()].strip("\n")
    mark = f' class="language-{language}"' if language else ""
    # Empty lines would end the HTML in Markdown: a character reference has no line.
    line_end = "&#10;" if scan.written == "markdown" else "\n"
    lines = escape(code, quote=False).replace("\n", line_end)
    return scan.alone(match, f"<pre><code{mark}>{lines}</code></pre>"), end.end()
