"""An export of another tool, one file -> the articles in it, each the text of a file.

Articles are files that people write in: an export is taken apart once, and not read in its place.
Pure: the same export gives the same files.
"""

from newsfeed.content.importers.ghost import read
from newsfeed.content.importers.value import Article, Export, NotAnExportError

__all__ = ["Article", "Export", "NotAnExportError", "looks_like_export", "read"]

HEAD = 4096
"""How many bytes of a file tell whether it is an export."""


def looks_like_export(head: bytes) -> bool:
    """Say whether a JSON file that begins with ``head`` may be an export of Ghost."""
    plain = b"".join(head.split())
    return plain.startswith((b'{"db":[{', b'{"meta":{"exported_on"', b'{"data":{"posts":['))
