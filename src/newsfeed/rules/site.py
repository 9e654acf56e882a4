"""Rules about what the site's own code and folders give: templates and outputs."""

from __future__ import annotations

from newsfeed.rules.rule import Rule

RULES = (
    Rule(
        code="template",
        severity="error",
        en=(
            "the template cannot be rendered for {about}: {reason}",
            "correct the template; docs/templates.md lists what it may use",
        ),
        fr=(
            "le modèle ne peut pas être rempli pour {about} : {reason}",
            "corrigez le modèle ; docs/templates.md dit ce qu’il peut employer",
        ),
        doc="Templates are the site owner's code. A name that does not exist is an error, so that "
        "a typing mistake does not publish a hole.",
    ),
)
