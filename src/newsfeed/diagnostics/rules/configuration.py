"""Rules about ``newsfeed.toml``: each one stops the command with exit code 2."""

from __future__ import annotations

from newsfeed.diagnostics.rules.rule import Rule

RULES = (
    Rule(
        code="config-missing",
        severity="error",
        blocks=True,
        en=("there is no {file} here", "start a site with: newsfeed init"),
        fr=("il n’y a pas de {file} ici", "pour commencer un site : newsfeed init"),
        doc="A site is a folder with a newsfeed.toml, which gives at least its title and address.",
    ),
    Rule(
        code="config-syntax",
        severity="error",
        blocks=True,
        en=("this is not valid TOML: {reason}", 'text values stand between quotes: title = "News"'),
        fr=(
            "ce n’est pas du TOML valable : {reason}",
            'les textes sont entre guillemets droits : title = "Actualités"',
        ),
        doc="newsfeed.toml is read by Python's tomllib, which follows TOML 1.0.",
    ),
    Rule(
        code="config-line",
        severity="error",
        blocks=True,
        en=("this line cannot be read: {row}", "write {better}"),
        fr=("cette ligne ne se lit pas : {row}", "écrivez {better}"),
        doc="Texts stand between straight quotes, and an equals sign stands between a key and its value.",
    ),
    Rule(
        code="config-twice",
        severity="error",
        blocks=True,
        en=(
            "“{key}” is written twice: it stands in line {first} already",
            "keep one of them, with all that belongs to it",
        ),
        fr=(
            "« {key} » est écrit deux fois : il figure déjà ligne {first}",
            "n’en gardez qu’un, avec tout ce qui en relève",
        ),
        doc="Of a section or a key that stands twice TOML could not say which one counts.",
    ),
    Rule(
        code="config-encoding",
        severity="error",
        blocks=True,
        en=(
            "the file is not in UTF-8",
            "save it again in UTF-8: most editors ask for it under “Save as”",
        ),
        fr=(
            "le fichier n’est pas en UTF-8",
            "enregistrez-le de nouveau en UTF-8 : la plupart des éditeurs le proposent sous « Enregistrer sous »",
        ),
        doc="TOML is written in UTF-8.",
    ),
    Rule(
        code="config-unknown-key",
        severity="error",
        blocks=True,
        en=("unknown key “{key}”", "{suggestion}"),
        fr=("clé inconnue « {key} »", "{suggestion}"),
        doc="A misspelt key would be ignored in silence, and the setting with it.",
    ),
    Rule(
        code="config-required",
        severity="error",
        blocks=True,
        en=("“{key}” is missing", "add it: {example}"),
        fr=("« {key} » manque", "ajoutez : {example}"),
        doc="Only the site's title and address are required; every other key has a default.",
    ),
    Rule(
        code="config-value",
        severity="error",
        blocks=True,
        en=("“{key}” cannot be {value}", "write {expected}"),
        fr=("« {key} » ne peut pas être {value}", "écrivez {expected}"),
        doc="The value has the wrong type, or is none of those the key allows.",
    ),
    Rule(
        code="config-items",
        severity="error",
        blocks=True,
        en=("the folder of articles “{folder}” does not exist", "make it, or set items.path"),
        fr=(
            "le dossier d’articles « {folder} » n’existe pas",
            "créez-le, ou indiquez-le par items.path",
        ),
        doc="Without its folder of articles a site would be built empty, and every reader would see "
        "all of its items vanish.",
    ),
    Rule(
        code="config-file",
        severity="error",
        blocks=True,
        en=(
            "“{key}” is neither a file of this site nor a whole address: {file}",
            'put the file below static/ and write {word} = "static/{name}", or begin with https://',
        ),
        fr=(
            "« {key} » n’est ni un fichier de ce site ni une adresse entière : {file}",
            'placez le fichier dans static/ et écrivez {word} = "static/{name}", ou commencez par '
            "https://",
        ),
        doc="Feeds, pages and letters show the logo and the icon: a file that is not there would be "
        "missing from all of them in silence.",
    ),
    Rule(
        code="config-output",
        severity="error",
        blocks=True,
        en=(
            "the output folder would overlap with “{name}”",
            "choose another with -o: what is there is replaced",
        ),
        fr=(
            "le dossier de sortie recouvrirait « {name} »",
            "choisissez-en un autre avec -o : ce qui s’y trouve est remplacé",
        ),
        doc="A build replaces and removes files of its output folder: never where sources lie.",
    ),
    Rule(
        code="output-foreign",
        severity="error",
        blocks=True,
        en=(
            "newsfeed would replace this file, which it did not write; nothing was published",
            "move it elsewhere; a file of your own belongs in static/. Delete it if an earlier "
            "build made it, or write elsewhere with -o",
        ),
        fr=(
            "newsfeed remplacerait ce fichier, qu’il n’a pas écrit ; rien n’a été publié",
            "déplacez-le ; un fichier à vous a sa place dans static/. Supprimez-le s’il vient "
            "d’une construction antérieure, ou écrivez ailleurs avec -o",
        ),
        doc="What newsfeed wrote is listed in the output folder's .newsfeed-files. Nothing else "
        "there is ever changed, so that a page made by hand is not lost.",
    ),
)
