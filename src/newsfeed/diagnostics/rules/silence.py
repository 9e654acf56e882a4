"""Rules about rules that are silenced."""

from __future__ import annotations

from newsfeed.diagnostics.rules.rule import Rule

RULES = (
    Rule(
        code="baseline-damaged",
        severity="error",
        en=(
            "a line of the baseline is none",
            "write it anew: newsfeed check --baseline --update; after a merge, keep the lines of both",
        ),
        fr=(
            "une ligne de la liste des problèmes connus n’en est pas une",
            "réécrivez-la : newsfeed check --baseline --update ; après une fusion, gardez les lignes des deux",
        ),
        doc="Each line of the baseline is a JSON array: the file, the rule, and the values of the message.",
        blocks=True,
    ),
    Rule(
        code="ignore-unknown",
        severity="warning",
        en=("no rule is called “{rule}”", "did you mean {suggestion}? docs/rules.md lists them all"),
        fr=(
            "aucune règle ne s’appelle «\xa0{rule}\xa0»",
            "vouliez-vous dire {suggestion}\xa0? docs/rules.md les nomme toutes",
        ),
        doc="A misspelt rule silences nothing. A * at the end stands for all rules that begin so.",
    ),
    Rule(
        code="ignore-unused",
        severity="info",
        en=("this comment silences nothing: {rules}", "remove it"),
        fr=("ce commentaire ne fait rien taire\xa0: {rules}", "retirez-le"),
        doc="What was wrong has been mended; the comment would hide the next mistake of its kind.",
    ),
    Rule(
        code="ignore-refused",
        severity="warning",
        en=(
            "“{rule}” cannot be silenced here: because of it something is not published",
            "mend it, mark the article as a draft, or move the file out of the folder",
        ),
        fr=(
            "«\xa0{rule}\xa0» ne peut pas être tue ici\xa0: à cause d’elle, quelque chose n’est pas publié",
            "corrigez, marquez l’article comme brouillon, ou sortez le fichier du dossier",
        ),
        doc="Exit code 0 says that all is published: an article without a readable date is not, whatever a comment says.",
    ),
)  # fmt: skip
