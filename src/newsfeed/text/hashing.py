"""The hashes of what is remembered: `hashed` of texts, `sha256` of files.

Both are hashlib's own, without OpenSSL, which takes longer to load than they take for a few files.
"""

from __future__ import annotations

from collections.abc import Iterable

try:
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

try:
    from _sha2 import sha256  # type: ignore[import-not-found,unused-ignore]
except ImportError:
    try:
        from _sha256 import sha256  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        from hashlib import sha256

__all__ = ["blake2b", "hashed", "sha256"]


def hashed(parts: Iterable[str]) -> str:
    """Return a hash of ``parts``, one after the other."""
    text = "\0".join(parts)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
