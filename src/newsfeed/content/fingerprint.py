"""What recognises an article after a move: hashes of its paragraphs."""

from __future__ import annotations

from zlib import crc32

_KEPT = 8


def sketch(body: bytes) -> tuple[int, ...]:
    """Return the smallest hashes of a body's paragraphs, whatever their line breaks.

    newsfeed.lock keeps them: they must never change for a text that has not changed.
    """
    hashes = set()
    paragraph = 0
    for row in map(bytes.strip, body.split(b"\n")):
        if row:
            paragraph = crc32(row, crc32(b" ", paragraph)) if paragraph else crc32(row)
        elif paragraph:
            hashes.add(paragraph)
            paragraph = 0
    if paragraph:
        hashes.add(paragraph)
    return tuple(sorted(hashes)[:_KEPT])
