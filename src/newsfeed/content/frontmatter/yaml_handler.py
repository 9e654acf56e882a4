"""YAML between fences, well made or not."""

from __future__ import annotations

import re
from collections import Counter

from newsfeed.content.frontmatter import yaml_mending, yaml_parser
from newsfeed.content.frontmatter.block import Broken, Fault, Value, readable
from newsfeed.content.frontmatter.handler import CLOSING, Handler
from newsfeed.content.frontmatter.quoting import mapping
from newsfeed.content.frontmatter.yaml_parser import Parsed
from newsfeed.text.regex import regex

# What opens a fenceless front matter: other lines with a colon are prose.
OUR_KEYS = (
    r"(?:title|titre|date|subject|slug|author|authors|category|tags|layout|summary|lang|status"
    r"|modified|description|draft|permalink|categories|private|published|visibility|unlisted|hidden)"
    r"[ \t\u00a0]*:"
)
FENCELESS = f"(?i){OUR_KEYS}"
_SLOPPY_OPENING = (
    r"[ \t]*(?:[-–—−]{1,6}|[*=_~]{3,6}|```(?:ya?ml)?)[ \t]*\n"
    r"(?=[ \t]*[^\W\d][\w .-]{0,30}[ \u00a0\u202f]*:)"
)
_SLOPPY_CLOSING = (
    r"(?m)^[ \t]*(?:-{2}|(?=-*[–—−])[-–—−]+|-{3,}|\*{3,}|={3,}|_{3,}|~{3,}|```)[ \t]*$"
)
_ENTRY = r"[^\W\d][\w .-]{0,40}?[ \u00a0\u202f]*:(?:[ \u00a0\t].*|\S.*|)"
_INNER = r"[ \t]+\S.*|-[ \t]+\S.*|#(?![ #]).*|[\]}],?"
# What follows is a text of several lines, indented, and paragraphs of it stand apart (YAML 1.2 §8.1).
_BLOCK_TEXT = r".*:[ \t]+[|>][-+1-9]{0,2}[ \t]*(?:#.*)?"


class YamlHandler(Handler):
    """Reads what ``---`` opens: YAML, as far as it can be understood.

    Eleventy (gray-matter) lets the opening fence name its language: ``--- yaml``.
    """

    container = "yaml"
    FM_BOUNDARY = regex(r"---(?:\n|-*[ \t]*(?:\n|\Z)|[ ]*(?i:yaml|yml)[ \t]*\n)")
    START_DELIMITER = END_DELIMITER = "---"

    def split(self, _text: str) -> tuple[str, str]:
        opening = self.FM_BOUNDARY.match(self.text, self.opening)
        assert opening is not None
        return self._from(opening.end())

    def _from(self, start: int) -> tuple[str, str]:
        """Split what begins at ``start``, after an opening fence."""
        text = self.text
        end = text.find("\n---\n", start - 1) + 1
        body_at = end + 4
        if end <= 0 or text.find("\n...", start - 1, end) >= 0:
            found = CLOSING.search(text, start)
            if found is None:
                return self._without_end(start)
            end, body_at = found.start(), min(found.end() + 1, len(text))
        return self.held(start, end, body_at)

    def _without_end(self, start: int) -> tuple[str, str]:
        """Split where nothing closes: at another fence, or after what looks like front matter."""
        text = self.text
        sloppy = re.compile(_SLOPPY_CLOSING).search(text, start)
        if sloppy is not None and looks_yaml(text[start : sloppy.start()]):
            return self.closed_by(start, sloppy)
        end = _end_of_entries(text, start)
        if end == start:
            # Nothing below looks like front matter: the line is a rule across the page.
            raise ValueError
        gap = "" if text[end - 1 : end] == "\n" else "\n"
        edits = ((end, end, gap + "---\n"),)
        self.faults.append(Fault("frontmatter-unclosed", self.opening, (("fence", "---"),), edits))
        return self.held(start, end, end)

    def closed_by(self, start: int, closing: re.Match[str]) -> tuple[str, str]:
        """Split at a ``closing`` fence of any kind."""
        fence = closing[0].strip()
        if closing[0].rstrip() != "---":
            values, edits = (("fence", fence),), ((closing.start(), closing.end(), "---"),)
            at = closing.start() + len(closing[0]) - len(closing[0].lstrip())
            self.faults.append(Fault("frontmatter-fence", at, values, edits))
        return self.held(start, closing.start(), min(closing.end() + 1, len(self.text)))

    def load(self, fm: str) -> dict[str, Value]:
        inside = fm.removesuffix("\n")
        try:
            parsed = yaml_parser.parse(inside)
        except Broken as error:
            return self._mended(readable(inside), error.fault)
        if " #" in inside:
            for fault in yaml_mending.restore_hashtags(readable(inside), parsed):
                self.faults.append(fault.shifted(self.start))
        return self._values(parsed)

    def export(self, metadata: dict[str, object], **_kwargs: object) -> str:
        """Return ``metadata`` as YAML that reads back as itself."""
        return mapping(metadata)

    def _values(self, parsed: Parsed) -> dict[str, Value]:
        """Return the values, and note the lines of the keys and which ones are repeated."""
        first = self.line(self.start)
        self.lines = {key: first + row for key, row in parsed.rows.items()}
        if parsed.repeats:
            self._say_repeated(self.mended or self.text[self.start : self.end])
        return parsed.values

    def _say_repeated(self, inside: str) -> None:
        """Say which keys of ``inside`` are written twice: the line of one that says the same can go."""
        starts = self._starts()
        rows = inside.split("\n")
        twice = {row for row, count in Counter(rows).items() if count > 1}
        number = at = 0
        for key, place, end, same in yaml_parser.repeated(self.mended or inside):
            number += inside.count("\n", at, place)
            at = place
            edits: tuple[tuple[int, int, str], ...] = ()
            if same and not self.mended and rows[number] in twice:
                line_end = self.text.find("\n", self.start + end)
                edits = ((starts[number], line_end + 1, ""),)
            self.faults.append(Fault("key-repeated", starts[number], (("key", key),), edits))

    def _starts(self) -> list[int]:
        """Return where each line begins, from the first one of the front matter."""
        starts = [self.start]
        for row in self.text[self.start : self.end].split("\n"):
            starts.append(starts[-1] + len(row) + 1)
        return starts

    def _mended(self, inside: str, fault: Fault) -> dict[str, Value]:
        """Return the values of what a parser refuses because of ``fault``. Raises `Broken`."""
        if fault.code not in ("frontmatter-size", "frontmatter-depth") and not _refers(inside):
            if (shorter := self._cut_at_prose()) is not None:
                return shorter
            mended = yaml_mending.mend(inside)
            if mended is not None and mended.parsed.values:
                self.mended = mended.text
                values = self._values(mended.parsed)
                self.faults += [each.shifted(self.start) for each in mended.faults]
                return values
        if fault.code == "frontmatter-broken":
            fault = Fault(fault.code, min(fault.at, _first_strange(inside)))
        raise Broken(fault.shifted(self.start))

    def _cut_at_prose(self) -> dict[str, Value] | None:
        """Return what stands before prose begins: the ``---`` found is a rule of the body."""
        text, start, end = self.text, self.start, self.end
        shorter = _end_of_entries(text, start)
        if shorter == start or shorter >= end or text[shorter] != "\n":
            return None
        if not text[shorter:end].strip():
            return None
        cut = YamlHandler(text, self.opening)
        edits = ((shorter, shorter, "---\n"),)
        cut.faults = [Fault("frontmatter-unclosed", self.opening, (("fence", "---"),), edits)]
        try:
            values = cut.load(cut.held(start, shorter, shorter)[0])
        except Broken:
            return None
        self.faults, self.lines, self.mended = cut.faults, cut.lines, cut.mended
        self.held(cut.start, cut.end, cut.body_at)
        return values


class LooseYamlHandler(YamlHandler):
    """Reads YAML whose opening fence is not made of three hyphens, or is missing as in Hexo."""

    FM_BOUNDARY = regex(_SLOPPY_OPENING)

    def detect(self, _text: str) -> bool:
        if re.compile(FENCELESS).match(self.text, self.opening):
            closing = CLOSING.search(self.text, self.opening)
            return closing is not None and looks_yaml(self.text[self.opening : closing.start()])
        if self.text[self.opening : self.opening + 1] not in tuple("-–—−*=_~`"):
            return False
        opening = self.FM_BOUNDARY.match(self.text, self.opening)
        if opening is None:
            return False
        # Other rules than hyphens open a text too: the key below has to be one of ours.
        return opening[0].strip()[0] in "-–—−" or bool(
            re.compile(FENCELESS).match(self.text, opening.end())
        )

    def split(self, _text: str) -> tuple[str, str]:
        opening = self.FM_BOUNDARY.match(self.text, self.opening)
        if opening is None:
            found = CLOSING.search(self.text, self.opening)
            assert found is not None
            return self.held(self.opening, found.start(), min(found.end() + 1, len(self.text)))
        values = (("fence", opening[0].strip()),)
        edits = ((self.opening, opening.end() - 1, "---"),)
        self.faults.append(Fault("frontmatter-fence", self.opening, values, edits))
        start = opening.end()
        closing = re.compile(_SLOPPY_CLOSING).search(self.text, start)
        if closing is not None and looks_yaml(self.text[start : closing.start()]):
            return self.closed_by(start, closing)
        return self._from(start)


def looks_yaml(inside: str) -> bool:
    """Say whether every line of ``inside`` can be one of front matter."""
    rows = [row for row in inside.split("\n") if row.strip()]
    return bool(rows) and all(
        re.fullmatch(_ENTRY, row) or re.fullmatch(_INNER, row) for row in rows
    )


def _end_of_entries(text: str, start: int) -> int:
    """Return the index after the last line, from ``start``, that can be front matter."""
    at = end = start
    in_text = False
    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        row = text[at:stop]
        if not row.strip():
            ahead = next(filter(str.strip, text[stop + 1 : stop + 200].split("\n")), "")
            goes_on = in_text and ahead[:1].isspace()
            if end == start or not (goes_on or re.match(FENCELESS, ahead)):
                break
        elif re.fullmatch(_ENTRY, row) or (end > start and re.fullmatch(_INNER, row)):
            if not row[0].isspace():
                in_text = re.fullmatch(_BLOCK_TEXT, row) is not None
            end = min(stop + 1, len(text))
        else:
            break
        at = stop + 1
    return end


def _first_strange(inside: str) -> int:
    """Return the place of the first line that does not look like YAML: parsers notice it later."""
    at = 0
    for row in inside.split("\n"):
        if row.strip() and not re.fullmatch(_ENTRY, row) and not re.fullmatch(_INNER, row):
            return at
        at += len(row) + 1
    return at


def _refers(inside: str) -> bool:
    """Say whether there is a real anchor with its alias: no text that looks so."""
    anchors = set(re.findall(r"&([\w-]+)", inside))
    return bool(anchors & set(re.findall(r"\*([\w-]+)", inside)))
