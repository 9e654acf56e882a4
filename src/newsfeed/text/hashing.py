"""The hash of what is remembered: BLAKE2b without OpenSSL, which takes longer to load than a few files."""

from __future__ import annotations

from collections.abc import Iterable

try:
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

__all__ = ["blake2b", "hashed"]


def hashed(parts: Iterable[str]) -> str:
    """Return a hash of ``parts``, one after the other."""
    text = "\0".join(parts)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
