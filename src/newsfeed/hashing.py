"""The one hash of texts: what is remembered is told apart by it."""

from __future__ import annotations

from collections.abc import Iterable

try:
    # hashlib's own, without OpenSSL, which takes longer to load than all that is hashed here.
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

__all__ = ["blake2b", "hashed"]


def hashed(parts: Iterable[str]) -> str:
    """Return a hash of ``parts``, one after the other."""
    text = "\0".join(parts)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
