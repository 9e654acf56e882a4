"""Rules about pages."""

from __future__ import annotations

from newsfeed.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        code="brand-contrast",
        severity="info",
        en=(
            "“{key}” ({colour}) is too faint for text: its contrast on white is {ratio}, "
            "text needs 4.5",
            "nothing needs doing: links and labels use {used}, of the same hue; write that value "
            "to choose it yourself",
        ),
        fr=(
            "« {key} » ({colour}) est trop pâle pour du texte : son contraste sur le blanc est "
            "de {ratio}, il en faut 4,5",
            "rien à faire : les liens et les intitulés emploient {used}, de la même teinte ; "
            "écrivez cette valeur pour en décider vous-même",
        ),
        doc="Text is read by people of every age and sight, on screens in the sun: WCAG 2.2 asks "
        "for a contrast of 4.5 to 1. Surfaces keep the brand's colour as it is given.",
    ),
)
