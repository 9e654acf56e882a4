"""Pictures as cameras make them: full of detail, none of them a real one."""

from __future__ import annotations

import io
import random
from typing import Any

from PIL import Image


def drawn(width: int, height: int, seed: int = 1) -> Image.Image:
    """Return a picture with soft shapes and fine grain, the same for the same ``seed``."""
    draw = random.Random(seed)
    shapes = Image.frombytes("RGB", (8, 6), draw.randbytes(8 * 6 * 3))
    grain = Image.frombytes(
        "L", (width // 4, height // 4), draw.randbytes(width // 4 * (height // 4))
    )
    soft = shapes.resize((width, height), Image.Resampling.BICUBIC)
    fine = grain.resize((width, height), Image.Resampling.BICUBIC).convert("RGB")
    return Image.blend(soft, fine, 0.25)


def photograph(width: int, height: int, form: str = "JPEG", seed: int = 1, **options: Any) -> bytes:
    """Return such a picture's bytes in the format ``form``."""
    return saved(drawn(width, height, seed), form, **options)


def saved(image: Image.Image, form: str, **options: Any) -> bytes:
    """Return ``image`` in the format ``form``."""
    stream = io.BytesIO()
    image.save(stream, form, **options)
    return stream.getvalue()
