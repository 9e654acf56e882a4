"""Rules about files that a build makes, and that are not as it would make them."""

from __future__ import annotations

from newsfeed.diagnostics.rules.rule import Rule

RULES = (
    Rule(
        code="lock-stale",
        severity="error",
        en=(
            "{file} would change: {articles}",
            "run newsfeed build without --frozen, and commit the file",
        ),
        fr=(
            "{file} changerait : {articles}",
            "lancez newsfeed build sans --frozen, puis validez le fichier",
        ),
        doc="What readers know of each article is remembered in the lock. Where it is not committed "
        "with the articles, another machine mints ids anew: under --frozen and --check that is an "
        "error, as with the lock files of package managers.",
    ),
    Rule(
        code="record-stale",
        severity="error",
        en=(
            "this record of a letter would change",
            "run newsfeed build without --frozen, and commit the file",
        ),
        fr=(
            "ce relevé d’une lettre changerait",
            "lancez newsfeed build sans --frozen, puis validez le fichier",
        ),
        doc="A letter that was sent keeps what it showed in a record beside its issue. Under "
        "--frozen and --check a record that is missing or out of date is an error.",
    ),
    Rule(
        code="output-stale",
        severity="error",
        en=("this file is not what a build makes now", "run newsfeed build"),
        fr=(
            "ce fichier n’est pas ce qu’une construction donne à présent",
            "lancez newsfeed build",
        ),
        doc="build --check compares every output with its file. On a fresh clone, where the output "
        "folder is not committed, all of them differ: --check is for folders that are.",
    ),
    Rule(
        code="output-left",
        severity="error",
        en=("a build would remove this file", "run newsfeed build"),
        fr=("une construction supprimerait ce fichier", "lancez newsfeed build"),
        doc="An earlier build wrote it, and nothing on the site needs it any more.",
    ),
    Rule(
        code="pillow-differs",
        severity="info",
        en=(
            "{count} of the files that differ are smaller pictures, made here by Pillow {version}",
            "another version of Pillow makes other bytes: give all machines the same one",
        ),
        fr=(
            "parmi les fichiers qui diffèrent, {count} sont des images réduites, que fait ici "
            "Pillow {version}",
            "une autre version de Pillow donne d’autres octets : installez la même partout",
        ),
        doc="The same site gives the same bytes on any machine, but for what Pillow encodes: JPEG, "
        "PNG and WebP of smaller sizes may differ between its versions, nothing else does.",
    ),
)
