"""Slugs: safe in any address, never empty, the same whatever the order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsfeed.text.slugs import slugify, unique_slugs


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("L'été à l’hôpital", "l-ete-a-l-hopital"),
        ("Dépistage", "depistage"),
        ("Cœur & sœur, ex æquo", "coeur-soeur-ex-aequo"),
        ("Straße", "strasse"),
        ("C++", "c"),
        ("  --Déjà-vu--  ", "deja-vu"),
        ("日本語 ニュース", "日本語-ニュース"),
        ("../../etc/passwd", "etc-passwd"),
        ("snake_case", "snake-case"),
    ],
)
def test_slugs_as_people_expect_them(text: str, slug: str) -> None:
    assert slugify(text) == slug


@given(st.text())
def test_a_slug_is_one_safe_part_of_a_path(text: str) -> None:
    slug = slugify(text)
    assert slug
    assert slug == slug.strip("-")
    assert not set(slug) & set("/\\.?#%: \x00")
    assert len(slug) <= 80
    assert slugify(slug) == slug


@given(st.lists(st.sampled_from(["C", "C++", "c", "Été", "ete", "été", "!!!", "???"]), unique=True))
def test_every_key_has_its_own_slug_in_any_order(keys: list[str]) -> None:
    slugs = unique_slugs(keys, slugify)
    assert len(set(slugs.values())) == len(keys)
    assert slugs == unique_slugs(list(reversed(keys)), slugify)
