"""YAML -> texts, lists and maps of texts: the only user of PyYAML.

Scalars stay text, so that ``title: 2026``, ``lang: no`` and ``time: 3:30`` mean what was written.
What front matter has no use for (anchors, aliases, tags, merge keys) is refused before it can
multiply, and nothing nests deeper than `MAX_DEPTH`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from newsfeed.content.charset import legal
from newsfeed.content.frontmatter.block import (
    MAX_DEPTH,
    MAX_SIZE,
    Broken,
    Fault,
    Span,
    Step,
    Value,
    readable,
    too_big,
    too_deep,
)
from newsfeed.text.regex import regex

if TYPE_CHECKING:
    _BASE = yaml.BaseLoader
else:
    _BASE = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
# Each list and map needs one of these: where they are few, composing cannot go deep into itself.
_OPENERS = "[{:-?"
_SHALLOW = 500
# What stands for nothing in a list or map, unless it is quoted (YAML 1.2.2 §10.2.1.1).
_NULLS = frozenset(("~", "null", "Null", "NULL"))
# Tags that say what is so anyway: scalars stay text. Old Psych wrote ``! '…'``, the non-specific
# one, before what it put between quotation marks (YAML 1.2.2 §6.9.1).
_SCALARS = ("str", "int", "float", "bool", "null", "timestamp")
_PLAIN_TAGS = frozenset(("!", *(f"tag:yaml.org,2002:{name}" for name in _SCALARS)))
# Where a node begins, an anchor or a tag: the parser's nodes do not tell of all of them.
_PROPERTY = regex(r"(?:^|[\n:?,\[{-])[ \t]*[&!]").search

# Halves of a character beyond U+FFFF, as JSON escapes them: YAML has no such escapes (§5.7), and
# those who wrote these lines meant JSON's.
_HALVES = regex(
    r"(?<!\\)((?:\\\\)*)\\u([dD][89a-fA-F][0-9a-fA-F]{2})(?:\\u([dD][c-fC-F][0-9a-fA-F]{2}))?"
)
# They are parsed as characters of a private area, two for a pair, so that all keep their places.
_PRIVATE = 0xE000 - 0xD800
_PAIR = regex("([\ue000-\ue3ff])([\ue400-\ue7ff])")
_AS_TEXT = regex(r"\\u([eE][0-7][0-9a-fA-F]{2})")


class Parsed(NamedTuple):
    """A YAML mapping: its values, the row of each top-level key, and whether one is repeated."""

    values: dict[str, Value]
    rows: dict[str, int]
    repeats: bool = False


class Repeated(NamedTuple):
    """A top-level key that was written before, with the ``same`` value or another."""

    key: str
    at: int
    end: int
    same: bool


class _Loader(_BASE):
    """Composes nodes whose tags nobody asks for: PyYAML would take a third of the time to find them."""

    def resolve(self, _kind: object, _value: object, _implicit: object) -> str:
        return ""

    def descend_resolver(self, parent: object, index: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


class _Irregular(Exception):
    """Something that front matter has no use for: `_refuse` tells what."""


def parse(fm: str) -> Parsed:
    """Return what the YAML mapping ``fm`` says. Raises `Broken`, in time linear in its size."""
    if len(fm) > MAX_SIZE:
        raise Broken(too_big())
    if "\\u" in fm and (private := _with_private(fm)) != fm:
        parsed = parse(private)
        return parsed._replace(values=_pairs_without_private(parsed.values))
    fm = readable(fm)
    deep = len(fm) > _SHALLOW and sum(map(fm.count, _OPENERS)) > _SHALLOW
    tagged = bool(deep or (("&" in fm or "!" in fm) and _PROPERTY(fm))) and _refuse(fm)
    try:
        root = yaml.compose(fm, Loader=_Loader)
        if root is None:
            return Parsed({}, {})
        if not isinstance(root, yaml.MappingNode):
            raise Broken(Fault("frontmatter-not-mapping", 0))
        if tagged:
            raise Broken(Fault("frontmatter-broken", 0))
        # Only an escape can name a character that XML forbids.
        return _mapping(root, escapes="\\" in fm)
    except (yaml.YAMLError, _Irregular, RecursionError):
        _refuse(fm)
        raise Broken(Fault("frontmatter-broken", 0)) from None


def _with_private(fm: str) -> str:
    """Return ``fm``, as long as before, with halves of characters as YAML can escape them."""

    def private(found: re.Match[str]) -> str:
        first, second = int(found[2], 16), found[3]
        if second is None or first >= 0xDC00:
            rest = f"\\u{second}" if second else ""
            return f"{found[1]}\\uFFFD{rest and chr(92) + 'uFFFD'}"
        return f"{found[1]}\\u{first + _PRIVATE:04X}\\u{int(second, 16) + _PRIVATE:04X}"

    return _HALVES.sub(private, fm)


def _pairs_without_private(pairs: dict[str, Value]) -> dict[str, Value]:
    """Return a map with the characters that `_with_private` has parted."""
    return {_text_without_private(key): _without_private(each) for key, each in pairs.items()}


def _without_private(value: Value) -> Value:
    if isinstance(value, list):
        return [_without_private(each) for each in value]
    if isinstance(value, dict):
        return _pairs_without_private(value)
    return _text_without_private(value)


def _text_without_private(value: str) -> str:
    text = _PAIR.sub(
        lambda pair: chr(0x10000 + ((ord(pair[1]) - 0xE000) << 10) + ord(pair[2]) - 0xE000 - 0x400),
        value,
    )
    # Between other quotation marks, and between none, they are letters.
    return _AS_TEXT.sub(lambda found: f"\\u{int(found[1], 16) - _PRIVATE:04x}", text)


def _mapping(root: yaml.Node, *, escapes: bool) -> Parsed:
    values: dict[str, Value] = {}
    rows: dict[str, int] = {}
    scalar = yaml.ScalarNode
    for key, node in root.value:
        if type(key) is not scalar or key.value == "<<":
            raise _Irregular
        name = legal(key.value) if escapes else key.value
        if type(node) is scalar:
            values[name] = legal(node.value) if escapes else node.value
        else:
            values[name] = _collection(node, 1, escapes=escapes)
        rows[name] = key.start_mark.line
    return Parsed(values, rows, len(rows) < len(root.value))


def _collection(node: yaml.Node, depth: int, *, escapes: bool) -> Value:
    """Return the list or map, ``depth`` deep in another, that ``node`` stands for."""
    if depth >= MAX_DEPTH:
        raise _Irregular
    if type(node) is yaml.SequenceNode:
        return [_value(each, depth + 1, escapes=escapes) for each in node.value]
    pairs: dict[str, Value] = {}
    for key, each in node.value:
        if type(key) is not yaml.ScalarNode or key.value == "<<":
            raise _Irregular
        name = legal(key.value) if escapes else key.value
        pairs[name] = _value(each, depth + 1, escapes=escapes)
    return pairs


def _value(node: yaml.Node, depth: int, *, escapes: bool) -> Value:
    if type(node) is yaml.ScalarNode:
        text: str = node.value
        if text in _NULLS and not node.style:
            return ""
        return legal(text) if escapes else text
    return _collection(node, depth, escapes=escapes)


def _refuse(fm: str) -> bool:
    """Raise `Broken` for the first thing in ``fm`` that cannot be; say whether a tag changes a node.

    Without recursion: the parser tells of one event after the other.
    """
    # Of each collection that has not ended: the number of its nodes if it is a map, else None.
    nodes: list[int | None] = []
    tagged = False
    documents = 0
    try:
        for event in yaml.parse(fm, Loader=_BASE):
            if isinstance(event, yaml.NodeEvent):
                tagged = _refuse_node(event, nodes) or tagged
                if isinstance(event, yaml.CollectionStartEvent):
                    nodes.append(0 if isinstance(event, yaml.MappingStartEvent) else None)
            elif isinstance(event, yaml.CollectionEndEvent):
                nodes.pop()
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    # It would be lost: a line that stands less deep than the first one.
                    raise Broken(Fault("frontmatter-broken", _index(event.start_mark)))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Broken(Fault("frontmatter-broken", _index(mark))) from None
    except yaml.YAMLError:
        return tagged  # what cannot be read at all, `parse` says
    return tagged


def _refuse_node(event: Any, nodes: list[int | None]) -> bool:
    """Raise `Broken` for a node that cannot be; say whether it has a tag that would change it."""
    at = _index(event.start_mark)
    if event.anchor is not None:  # an alias has its name, too
        raise Broken(Fault("frontmatter-alias", at))
    is_key = False
    if nodes and (count := nodes[-1]) is not None:
        is_key = count % 2 == 0
        nodes[-1] = count + 1
    if isinstance(event, yaml.ScalarEvent):
        if is_key and event.value == "<<":
            raise Broken(Fault("frontmatter-alias", at))
    elif is_key:
        raise Broken(Fault("frontmatter-broken", at))
    elif len(nodes) >= MAX_DEPTH:
        raise Broken(too_deep(at))
    if event.tag == "!" and isinstance(event, yaml.ScalarEvent) and not event.style:
        return True  # "! Attention": no program writes it before bare words, people do
    return event.tag is not None and event.tag not in _PLAIN_TAGS


def _index(mark: Any) -> int:
    return int(mark.index) if mark is not None else 0


def spans(fm: str) -> dict[tuple[Step, ...], Span]:
    """Return where each key and value of ``fm``, which `parse` has read, stands."""
    placer = _Placer()
    placer.children(yaml.compose(readable(_with_private(fm)), Loader=_Loader), ())
    return placer.spans


def repeated(fm: str) -> list[Repeated]:
    """Return the top-level keys of ``fm``, which `parse` has read, that repeat another."""
    found: list[Repeated] = []
    values: dict[str, Value] = {}
    root = yaml.compose(readable(_with_private(fm)), Loader=_Loader)
    assert root is not None, "`parse` has found keys in it"
    for key, node in root.value:
        name, value = legal(key.value), _value(node, 1, escapes=True)
        if name in values:
            placer = _Placer()
            placer.children(node, ())
            at, end = key.start_mark.index, placer.end(node)
            found.append(Repeated(name, at, end, values[name] == value))
        values[name] = value
    return found


class _Placer:
    """Collects where the keys and values of a mapping stand, those inside another before it."""

    def __init__(self) -> None:
        self.spans: dict[tuple[Step, ...], Span] = {}
        self._last = 0

    def children(self, node: yaml.Node | None, path: tuple[Step, ...]) -> None:
        if isinstance(node, yaml.SequenceNode):
            for index, each in enumerate(node.value):
                start = each.start_mark.index
                self._place(each, (*path, index), (start, start))
        elif isinstance(node, yaml.MappingNode):
            for key, each in node.value:
                place = (key.start_mark.index, key.end_mark.index)
                self._last = place[1]
                self._place(each, (*path, legal(key.value)), place)

    def _place(self, node: yaml.Node, path: tuple[Step, ...], key: tuple[int, int]) -> None:
        self.children(node, path)
        span = (node.start_mark.index, self.end(node))
        style = (node.style or "") if isinstance(node, yaml.ScalarNode) else ""
        self.spans[path] = Span(key, span, style)

    def end(self, node: yaml.Node) -> int:
        """Return where ``node`` ends, whose children have been placed."""
        if not isinstance(node, yaml.CollectionNode) or node.flow_style:
            self._last = int(node.end_mark.index)
        # What ends by its depth has no mark of its own: the parser has looked further.
        self._last = max(self._last, node.start_mark.index)
        return self._last
