"""A letter as a template of Go's ``html/template``, which listmonk compiles it as.

That package drops HTML comments, and writes ``<`` of a text as an entity unless a tag begins there;
what begins one in a plain text is read as one (https://pkg.go.dev/html/template, golang/go#51065).
listmonk's own way to keep a comment is its function ``Safe`` (https://listmonk.app/docs/templating).
"""

from __future__ import annotations

import re

from newsfeed.text.regex import regex

_COMMENT = regex(r"<!--.*?-->", re.DOTALL)
_FOLD = "<!--\n-->"
"""What breaks a long line, and says nothing."""
_ADDRESS = regex(r" ?<((?:https?://|mailto:|tel:)[^\s<>]+)>")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n"})


def html(letter: str) -> str:
    """Return the HTML of a letter with its conditions for Outlook as Go strings that are kept."""
    return _COMMENT.sub(_kept, letter.replace(_FOLD, ""))


def text(letter: str) -> str:
    """Return the text of a letter, its addresses numbered at the end, without what opens a tag."""
    addresses: dict[str, int] = {}

    def numbered(found: re.Match[str]) -> str:
        return f" [{addresses.setdefault(found[1], len(addresses) + 1)}]"

    body = _ADDRESS.sub(numbered, letter)
    listed = "".join(f"[{number}] {address}\n" for address, number in addresses.items())
    whole = f"{body.rstrip(chr(10))}\n\n{listed}" if listed else body
    # U+2039 looks the same to a reader, and is a letter like any other to Go.
    return whole.replace("<", "\u2039")


def _kept(comment: re.Match[str]) -> str:
    return f'{{{{ Safe "{comment[0].translate(_ESCAPES)}" }}}}'
