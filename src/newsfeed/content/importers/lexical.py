"""Lexical, the form in which Ghost 5 and later keep a body: a tree of nodes -> HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

Node = Mapping[str, object]

# Lexical's TextNode keeps its format as bits.
_FORMATS = ((1, "strong"), (2, "em"), (4, "s"), (8, "u"), (16, "code"), (32, "sub"), (64, "sup"))


def to_html(document: object) -> tuple[str, str, tuple[str, ...]]:
    """Return the HTML of ``document``, its file extension, and the cards that were left out."""
    left_out: dict[str, None] = {}
    root = document.get("root") if isinstance(document, dict) else None
    html = "\n".join(filter(None, (_block(node, left_out) for node in _children(root))))
    return html, ".html", tuple(left_out)


def _children(node: object) -> list[Node]:
    children = node.get("children") if isinstance(node, dict) else None
    return (
        [each for each in children if isinstance(each, dict)] if isinstance(children, list) else []
    )


def _block(node: Node, left_out: dict[str, None]) -> str:
    kind = str(node.get("type", "")).removeprefix("extended-")
    known = _BLOCKS.get(kind)
    if known is not None:
        return known(node)
    if _children(node):
        return f"<p>{_inside(node)}</p>"
    if kind not in ("", "paragraph", "paywall", "signup", "email", "email-cta"):
        left_out[kind] = None
    return ""


def _inside(node: Node) -> str:
    return "".join(map(_inline, _children(node)))


def _inline(node: Node) -> str:
    kind = str(node.get("type", "")).removeprefix("extended-")
    if kind == "linebreak":
        return "<br>"
    if kind in ("link", "autolink", "at-link"):
        return f'<a href="{_value(node, "url")}">{_inside(node)}</a>'
    if kind in ("list", "listitem"):
        return _list(node) if kind == "list" else _item(node)
    text = escape(str(node.get("text", "")), quote=False) or _inside(node)
    form = node.get("format")
    for bit, tag in _FORMATS:
        if isinstance(form, int) and form & bit and text:
            text = f"<{tag}>{text}</{tag}>"
    return text


def _value(node: Node, name: str) -> str:
    value = node.get(name)
    return escape(value) if isinstance(value, str) else ""


def _html(node: Node, name: str) -> str:
    """Return a value that Ghost keeps as HTML: a caption, the text of a callout."""
    value = node.get(name)
    return value if isinstance(value, str) else ""


def _heading(node: Node) -> str:
    tag = str(node.get("tag", "h2"))
    tag = tag if tag in ("h1", "h2", "h3", "h4", "h5", "h6") else "h2"
    return f"<{tag}>{_inside(node)}</{tag}>"


def _list(node: Node) -> str:
    tag = "ol" if node.get("listType") == "number" else "ul"
    return f"<{tag}>{''.join(map(_inline, _children(node)))}</{tag}>"


def _item(node: Node) -> str:
    return f"<li>{_inside(node)}</li>"


def _figure(node: Node, inner: str) -> str:
    caption = _html(node, "caption")
    return f"<figure>{inner}{f'<figcaption>{caption}</figcaption>' if caption else ''}</figure>"


def _picture(node: Node) -> str:
    return f'<img src="{_value(node, "src")}" alt="{_value(node, "alt")}">'


def _gallery(node: Node) -> str:
    images = node.get("images")
    found = [each for each in images if isinstance(each, dict)] if isinstance(images, list) else []
    return _figure(node, "".join(map(_picture, found)))


def _player(tag: str) -> Callable[[Node], str]:
    return lambda node: _figure(node, f'<{tag} controls src="{_value(node, "src")}"></{tag}>')


def _link(url: str, *labels: str) -> Callable[[Node], str]:
    def made(node: Node) -> str:
        data = node.get("metadata")
        title = _value(data, "title") if isinstance(data, dict) else ""
        label = next(filter(None, (title, *(_value(node, name) for name in labels))), "")
        return f'<p><a href="{_value(node, url)}">{label or _value(node, url)}</a></p>'

    return made


def _embed(node: Node) -> str:
    return _html(node, "html") or _link("url")(node)


def _code(node: Node) -> str:
    language = _value(node, "language")
    mark = f' class="language-{language}"' if language else ""
    return f"<pre><code{mark}>{escape(str(node.get('code', '')), quote=False)}</code></pre>"


def _markdown(node: Node) -> str:
    import pyromark

    return str(pyromark.html(str(node.get("markdown", ""))))


_BLOCKS: dict[str, Callable[[Node], str]] = {
    "aside": lambda node: f"<blockquote><p>{_inside(node)}</p></blockquote>",
    "audio": _player("audio"),
    "bookmark": _link("url"),
    "button": _link("buttonUrl", "buttonText"),
    "callout": lambda node: f"<aside>{_html(node, 'calloutText')}</aside>",
    "codeblock": _code,
    "embed": _embed,
    "file": _link("src", "fileTitle", "fileName"),
    "gallery": _gallery,
    "heading": _heading,
    "horizontalrule": lambda _: "<hr>",
    "html": lambda node: _html(node, "html"),
    "image": lambda node: _figure(node, _picture(node)),
    "list": _list,
    "markdown": _markdown,
    "quote": lambda node: f"<blockquote><p>{_inside(node)}</p></blockquote>",
    "toggle": lambda node: (
        f"<details><summary>{_html(node, 'heading')}</summary>{_html(node, 'content')}</details>"
    ),
    "video": _player("video"),
}
