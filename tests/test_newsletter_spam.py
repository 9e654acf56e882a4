"""Letters under SpamAssassin's own rules, without the network: none of them counts against us."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from draws import square
from letters_samples import ITEMS, LOGO, SITE, config, letter, theme
from newsfeed.newsletter import Extras, render

SETTINGS = ("use_bayes 0", "use_auto_welcomelist 0", "use_txrep 0")
"""Nothing that depends on what this machine has seen before."""


def picture(url: str) -> bytes | None:
    file = ITEMS / url.removeprefix(f"{SITE}items/")
    return file.read_bytes() if file.is_file() else None


@pytest.mark.spam
def test_spamassassin_finds_nothing_against_a_letter(tmp_path: Path) -> None:
    """``spamassassin -L``: at most 0 points, whatever the layout, the language and the length."""
    messages = {}
    kinds = square(("magazine", "bulletin", "essay"), ("fr", "en", "ar"), (1, 30))
    for layout, language, count in (kind.values for kind in kinds if not kind.marks):
        extra = "embed_images = true" if count == 30 else ""
        settings = config(f'layout = "{layout}"\n{extra}')
        extras = Extras(logos=(LOGO,), picture=picture)
        made = render(letter(count, language), settings, theme(settings), extras).outputs[2].data
        messages[layout, language, count, extra] = made or b""
    mbox = tmp_path / "letters.mbox"
    mbox.write_bytes(
        b"".join(
            b"From sender Mon Oct  5 06:00:00 2026\n" + made.replace(b"\r\n", b"\n") + b"\n"
            for made in messages.values()
        )
    )
    done = subprocess.run(
        ["spamassassin", "-L", "--mbox", *(f"--cf={line}" for line in SETTINGS), mbox],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
    )
    found = re.findall(
        r"^X-Spam-Status: .*?score=(\S+) .*?tests=(.*?) auto", done.stdout, re.M | re.S
    )
    assert len(found) == len(messages)
    against = {key: each for key, each in zip(messages, found, strict=True) if float(each[0]) > 0}
    assert not against
