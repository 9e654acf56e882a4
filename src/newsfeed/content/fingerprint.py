"""What recognises an article after a move: hashes of its paragraphs."""

from __future__ import annotations

from zlib import crc32

_KEPT = 8


def sketch(body: bytes) -> tuple[int, ...]:
    """Return the smallest hashes of a body's paragraphs, whatever their line breaks.

    newsfeed.lock keeps them: they must never change for a text that has not changed.
    """
    blocks = body.split(b"\n\n")
    hashes = {crc32(block.strip()) for block in blocks if b"\n" not in block}
    for block in blocks:
        if b"\n" in block:
            hashes.update(_paragraphs(block))
    hashes.discard(0)
    return tuple(sorted(hashes)[:_KEPT])


def _paragraphs(block: bytes) -> set[int]:
    """Return the hashes of the paragraphs in several rows, which blank ones part; 0 for none."""
    hashes = set()
    paragraph = 0
    for row in map(bytes.strip, block.split(b"\n")):
        if row:
            paragraph = crc32(row, crc32(b" ", paragraph)) if paragraph else crc32(row)
        else:
            hashes.add(paragraph)
            paragraph = 0
    hashes.add(paragraph)
    return hashes
