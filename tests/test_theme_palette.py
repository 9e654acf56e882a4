"""`newsfeed.theme.palette`: whatever the brand, people can read what is written."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import fields

from newsfeed.config import Brand
from newsfeed.theme.palette import LABELS, Scheme, check, contrast, palette, readable

COLOURS = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


def pairs(scheme: Scheme) -> list[tuple[str, str, str, str]]:
    """Return (name, ground's name, colour, ground) of everything that is written on something."""
    found = [
        (front, ground, getattr(scheme, front), getattr(scheme, ground))
        for front in ("text", "heading", "muted", "link", "label")
        for ground in ("page", "surface", "tint")
    ]
    found += [
        (front, ground, getattr(scheme, front), getattr(scheme, ground))
        for front, ground in (
            ("on_accent", "accent"),
            ("on_accent", "accent_hover"),
            ("on_band", "band"),
            ("on_band_muted", "band"),
        )
    ]
    return found


@settings(max_examples=150, deadline=None)
@given(accent=COLOURS, highlight=COLOURS)
def test_every_pair_is_readable(accent: str, highlight: str) -> None:
    """Whatever two colours a brand has, text reaches 4.5:1 in light and dark."""
    both = palette(Brand(accent=accent, highlight=highlight))
    for scheme in (both.light, both.dark):
        for front, ground, colour, under in pairs(scheme):
            assert contrast(colour, under) >= 4.5, (front, ground, colour, under)
        for each in fields(scheme):
            found = getattr(scheme, each.name)
            for value in [found] if isinstance(found, str) else found:
                assert len(value) == 7 and value == value.lower() and int(value[1:], 16) >= 0
        for value, ground in itertools.product(
            scheme.labels, (scheme.page, scheme.surface, scheme.tint)
        ):
            assert contrast(value, ground) >= 4.5
        assert scheme.labels[0] == scheme.label
        assert len(scheme.labels) == LABELS


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_is_wcag(one: str, other: str, ratio: float) -> None:
    """The ratio is the one that every checker computes."""
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


def test_a_readable_colour_stays() -> None:
    """A brand's colour that can be read is used as it is given."""
    assert readable("#0f4c5c", ("#ffffff",)) == "#0f4c5c"
    light = palette(Brand()).light
    assert (light.accent, light.link, light.label) == ("#0f4c5c", "#0f4c5c", "#a34a00")


def test_a_faint_colour_is_named() -> None:
    """A colour that text cannot bear is said, with the line and what is used instead."""
    brand = Brand(accent="#ffcc00", highlight="#a34a00")
    (problem,) = check(brand, '[site]\n[brand]\naccent = "#ffcc00"\n')
    assert (problem.code, problem.line) == ("brand-contrast", 3)
    assert palette(brand).light.link in problem.words("fr")[1]
    assert check(Brand()) == ()
