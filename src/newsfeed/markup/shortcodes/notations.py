"""What other dialects of Markdown write: Kramdown, Pandoc, Obsidian, MDX, WordPress and others."""

from __future__ import annotations

import re
from html import escape

from newsfeed.markup.elements.allowed import PICTURES, TAGS
from newsfeed.markup.shortcodes.edits import Replacement
from newsfeed.markup.shortcodes.emoji_names import emoji_of
from newsfeed.markup.shortcodes.meanings import meaning
from newsfeed.markup.shortcodes.output import figure, inline, item, link
from newsfeed.markup.shortcodes.scanning import Put, Scan
from newsfeed.markup.shortcodes.templates import listing, remark
from newsfeed.text.regex import regex

# What an attribute list asks for that shows: not where a link opens, nor what scripts look for.
_LOOK = regex(r"(?<![\w-])(?!(?:target|rel|data-[\w-]+|loading|markdown)=)[\w-]+=")
_LONGEST_SPAN = 500
_QUOTED = regex(r"(?s:.*?)(?<!`)(?P<marks>`+)(?!`)(?P<held>[^`]+)(?P=marks)").fullmatch
_KEYS = {
    "ctrl": "Ctrl", "alt": "Alt", "shift": "Shift", "enter": "Enter", "esc": "Esc", "escape": "Esc", "tab": "Tab",
    "cmd": "Cmd", "command": "Cmd", "option": "Option", "del": "Del", "delete": "Del", "backspace": "Backspace",
    "space": "Space", "up": "↑", "down": "↓", "left": "←", "right": "→", "home": "Home", "end": "End",
    "page-up": "Page Up", "page-down": "Page Down", "win": "Win", "meta": "Meta", "super": "Super",
}  # fmt: skip
_NOTE = "in-its-place-"
_VALUE = regex(
    r"=\s*\{\s*(?:(?:require|useBaseUrl)\(\s*[\"'](?P<path>[^\"'\n]+)[\"']\s*\)(?:\.default)?"
    r"|(?P<variable>\w+)(?:\.src)?)\s*\}"
)
_PICTURE = regex(
    r"\s*+(?:<a\b[^<>]*+>\s*+)?(?:<img\b[^<>]*+>|!\[[^\]]{0,2000}\]\([^)]{0,2000}\))(?:\s*</a>)?"
)


def kramdown(scan: Scan, match: re.Match[str]) -> Put:
    """Kramdown's attribute list; an id below a heading becomes that heading's."""
    body = match["list"]
    if body.startswith((":", "/")):
        return ""
    name = re.search(r"#([\w-]+)", body)
    start = scan.lines.start(match.start())
    if name is not None and start == match.start():
        end = start
        while end and scan.text[end - 1] == "\n":
            end -= 1
        heading = scan.lines.start(end)
        if scan.text.startswith("#", heading) and not scan.text[heading:end].rstrip().endswith("}"):
            scan.replacements.append(Replacement(end, end, f" {{#{name[1]}}}"))
            return ""
    if _LOOK.search(body):
        scan.say(match, "Kramdown", "html-look")
    return ""


def pandoc(scan: Scan, match: re.Match[str]) -> Put:
    """Pandoc's attributes after a link, a picture or code, or after a few words in brackets."""
    if scan.written == "html":
        return None
    start = scan.text.rfind("[", max(0, match.start() - _LONGEST_SPAN), match.start())
    words = scan.text[start + 1 : match.start() - 1]
    is_span = start >= 0 and scan.text[match.start() - 1] == "]" and "]" not in words
    is_span = is_span and scan.text[start - 1 : start] not in ("!", "]", "^", "\\")
    if is_span and words not in scan.labels:
        scan.replacements.append(Replacement(start, start + 1, ""))
        scan.replacements.append(Replacement(match.start() - 1, match.start(), ""))
    return scan.say(match, "Pandoc", "html-look") if _LOOK.search(match[0]) else ""


def block(scan: Scan, match: re.Match[str]) -> Put:
    """Hugo's attributes of a block, alone on the line below it."""
    if scan.written == "html":
        return None
    return scan.say(match, "Hugo", "html-look") if _LOOK.search(match[0]) else ""


def wiki(scan: Scan, match: re.Match[str]) -> Put:
    """Obsidian's ``[[note|label]]`` and ``![[picture]]``."""
    target, label = match["target"].strip(), match["label"]
    if not target or (len(target) < 4 and target.isdigit()):
        return None
    path, mark, part = target.partition("#")
    if match["bang"] and path.lower().endswith(PICTURES):
        words = "" if label is None or re.fullmatch(r"\d+(?:x\d+)?", label) else label
        return figure(path, alt=words)
    # The last of several headings is the one that is meant; a block's id is an id.
    part = part.rpartition("#")[2].strip()
    if not path:
        return link(f"#{part.removeprefix('^')}", label or escape(part.lstrip("^"), quote=False))
    name = path.rpartition("/")[2]
    name = name if not mark or part.startswith("^") else f"{name} > {part}"
    if match["bang"]:
        scan.say(match, "Obsidian", "note-embedded")
    target = f"{path}{mark}{part.removeprefix('^')}"
    return link(item(target), label or escape(name, quote=False))


def comment(scan: Scan, match: re.Match[str]) -> Put:
    """Obsidian's ``%%comment%%``."""
    if scan.written == "html" or scan.text[match.start() - 1 : match.start()].isalnum():
        return None
    if match["aside"] is None:
        # A mail service's merge tag: text like any other, the letter makes it inert.
        scan.say(match, "Ghost", "merge-tag")
        return match[0]
    return remark(scan, match)


def merge(scan: Scan, match: re.Match[str]) -> Put:
    """A mail service's merge tag: not Markdown's emphasis."""
    scan.say(match, "Mailchimp", "merge-tag")
    return match[0] if scan.written == "html" else f"&#42;{match[0][1:-1]}&#42;"


def office(scan: Scan, _: re.Match[str]) -> Put:
    """Word's own elements and conditions, of which HTML knows none."""
    return None if scan.written == "html" else ""


def cited(scan: Scan, match: re.Match[str]) -> Put:
    """What ChatGPT and Gemini leave where they named a source, which nobody else can follow."""
    scan.say(match, "ChatGPT", "foreign-comment")
    start = match.start()
    is_spaced = (
        scan.text[start - 1 : start] == " "
        and not scan.text[match.end() : match.end() + 1].isalnum()
    )
    if is_spaced:
        scan.replacements.append(Replacement(start - 1, start, ""))
    return ""


def source(_: Scan, match: re.Match[str]) -> Put:
    """ChatGPT's link to a source: its words alone."""
    return f"[{match['source']}]"


def named(scan: Scan, match: re.Match[str]) -> Put:
    """``:tada:`` of GitHub and others; Material for MkDocs has icons, too."""
    name = match["emoji"]
    if name.startswith(("material-", "octicons-", "fontawesome-", "simple-")):
        scan.say(match, "Material for MkDocs")
        return "", match.end() + (scan.text[match.end() : match.end() + 1] == " ")
    return emoji_of(name)


def highlight(scan: Scan, match: re.Match[str]) -> Put:
    """``==marked text==``."""
    return None if scan.written == "html" else f"<mark>{match['marked']}</mark>"


def inserted(scan: Scan, match: re.Match[str]) -> Put:
    """``++added text++`` of HackMD; the name of a key, with Material for MkDocs."""
    if scan.written == "html":
        return None
    name = match["newer"]
    return f"<kbd>{_key(name)}</kbd>" if name in _KEYS else f"<ins>{name}</ins>"


def keys(scan: Scan, match: re.Match[str]) -> Put:
    """``++ctrl+c++`` of Material for MkDocs: keys that are pressed together."""
    if scan.written == "html":
        return None
    return "+".join(f"<kbd>{_key(name)}</kbd>" for name in match["pressed"].split("+"))


def _key(name: str) -> str:
    return _KEYS.get(name) or " ".join(word.capitalize() for word in name.split("-"))


def raw(scan: Scan, match: re.Match[str]) -> Put:
    """Pandoc's `` `<b>`{=html} ``: what stands between the backquotes is HTML, or for another format."""
    if scan.written == "html":
        return None
    first = max(0, match.start() - _LONGEST_SPAN)
    quoted = _QUOTED(scan.text[first : match.start()])
    if quoted is None:
        return None
    start = first + quoted.start("marks")
    put = quoted["held"] if match["rawkind"].startswith("html") else ""
    scan.replacements.append(Replacement(start, match.start(), put))
    return "" if put else scan.say(match, "Pandoc")


def template(scan: Scan, match: re.Match[str]) -> Put:
    """``<%= … %>`` of ERB, EJS and Obsidian's Templater."""
    return scan.say(match, "ERB")


def low(scan: Scan, match: re.Match[str]) -> Put:
    """Pandoc's ``H~2~O``."""
    return _script(scan, match, "sub", match["lower"])


def high(scan: Scan, match: re.Match[str]) -> Put:
    """Pandoc's ``m^2^``."""
    return _script(scan, match, "sup", match["higher"])


def critic(scan: Scan, match: re.Match[str]) -> Put:
    """CriticMarkup's proposed changes, which stay proposals, and its remarks, which nobody shows."""
    if scan.written == "html" or scan.mathematics.holds(match.start(), match.end()):
        return None
    if match["remarked"] is not None:
        return remark(scan, match)
    named = {
        "mark": match["pointed"],
        "del": match["cut"] or match["old"],
        "ins": match["added"] or match["new"],
    }
    said = ((tag, words.strip()) for tag, words in named.items() if words)
    # Elements of a sentence cannot hold paragraphs.
    put = (words if "\n\n" in words else f"<{tag}>{words}</{tag}>" for tag, words in said if words)
    return "".join(put)


def _script(scan: Scan, match: re.Match[str], tag: str, said: str) -> Put:
    if scan.written == "html" or scan.mathematics.holds(match.start(), match.end()):
        return None
    return f"<{tag}>{said}</{tag}>"


def note(scan: Scan, match: re.Match[str]) -> Put:
    """Pandoc's and Obsidian's note in its place, ``^[text]``: one of those at the end."""
    if scan.written == "html" or scan.mathematics.holds(match.start(), match.end()):
        return None
    scan.notes.append(match["noted"])
    return f"[^{_NOTE}{len(scan.notes)}]"


def notes(scan: Scan) -> str:
    """Return the definitions of the notes that stood in their place, for the end of the text."""
    said = (f"\n\n[^{_NOTE}{number}]: {text}" for number, text in enumerate(scan.notes, 1))
    return "".join(said) + "\n" if scan.notes else ""


def component(scan: Scan, match: re.Match[str]) -> Put:
    """MDX's ``<Component property="value">``, and its end."""
    name = match["component"]
    if scan.text[match.start() - 1 : match.start()] == "\\":
        return None
    if match["end"]:
        return scan.close(name) if name.lower() not in TAGS or scan.is_open(name) else None

    def imported(found: re.Match[str]) -> str:
        path = found["path"] or scan.imports.get(found["variable"])
        return f'="{path}"' if path else found[0]

    props = _VALUE.sub(imported, match["props"])
    if name.lower() in TAGS and "=" not in props:
        return None
    end = None if match["closed"] else scan.component_ends.after(name, match.end())
    call = scan.new_call(match, name.rpartition(".")[2], props, whole=name)
    says_nothing = "=" not in props and "{" not in props and meaning(call) is None
    if end is None and not match["closed"] and says_nothing:
        return None  # words between angle brackets: a name, or what is to be filled in
    return scan.call(call, match, end, "MDX")


def spaced(_: Scan, match: re.Match[str]) -> Put:
    """Pelican's ``{filename}`` with a space in the name: an address in angle brackets."""
    return f"](<{match['pelican']}>)" if " " in match["pelican"] else match[0]


def braced(scan: Scan, match: re.Match[str]) -> Put:
    """The value of an attribute in MDX: a path, or an imported picture."""
    path = match["path"] or scan.imports.get(match["variable"])
    return f'"{path}"' if path else None


def film(scan: Scan, match: re.Match[str]) -> Put:
    """WordPress's ``[youtube address]`` and Hashnode's ``%[address]``: a link."""
    url = match["filmurl"] or match["embedded"]
    if match["embedded"] and scan.before(match)[-1:].isalnum():
        return None
    return scan.alone(match, link(url, inline(re.sub(r"^https?://(?:www\.)?", "", url))))


def wordpress(scan: Scan, match: re.Match[str]) -> Put:
    """WordPress's shortcodes."""
    name = match["wpname"].removeprefix("wp_")
    end = scan.wordpress_ends.after(name, match.end())
    if name in {"code", "sourcecode"}:
        if match["wpend"] or end is None:
            return None
        return listing(scan, match, match["wpargs"].replace("language=", "lang="), end)
    if name == "caption" and end is not None:
        picture = _PICTURE.match(scan.text, match.end(), end.start())
        if picture is not None:
            caption = inline(scan.text[picture.end() : end.start()])
            whole = f"<figure>{picture[0]}<figcaption>{caption}</figcaption></figure>"
            return scan.alone(match, whole), end.end()
    silent = name in {"embed", "caption"} or match["wpend"]
    return "" if silent else scan.say(match, "WordPress")
