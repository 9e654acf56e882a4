"""Rules about what nobody may do to the site, to its readers or to the machine that builds it."""

from __future__ import annotations

from newsfeed.diagnostics.rules.rule import Rule

RULES = (
    Rule(
        code="internal",
        severity="error",
        blocks=True,
        en=(
            "newsfeed itself failed on this file ({reason}); it is left out",
            "please report it, with the file; -v shows where it happened",
        ),
        fr=(
            "newsfeed lui-même a échoué sur ce fichier ({reason}) ; il est écarté",
            "signalez-le, avec le fichier ; -v montre où",
        ),
        doc="A fault of ours costs one article, not the site: the others are published.",
    ),
    Rule(
        code="attachment-type",
        severity="error",
        blocks=True,
        en=(
            "files such as “{url}” are not published: a browser might run them as part of the site",
            "publish a PDF, a picture or an archive; or allow the type: items.attachments in "
            "newsfeed.toml",
        ),
        fr=(
            "les fichiers comme « {url} » ne sont pas publiés : un navigateur pourrait les exécuter "
            "comme une part du site",
            "publiez un PDF, une image ou une archive ; ou permettez ce type : items.attachments "
            "dans newsfeed.toml",
        ),
        doc="A page in HTML, a script or an XML file opened from the site's own address can do what the "
        "site's pages can. What may not stand in an article may not stand beside it.",
    ),
    Rule(
        code="picture-script",
        severity="error",
        blocks=True,
        en=(
            "the drawing “{url}” holds a script, or is no sound SVG",
            "export it anew as a plain SVG, or as PNG",
        ),
        fr=(
            "le dessin « {url} » contient un script, ou n’est pas un SVG correct",
            "exportez-le de nouveau en SVG simple, ou en PNG",
        ),
        doc="An SVG file opened by itself is a document: its scripts, event attributes and foreign "
        "elements run on the site's own address. One of 5 MB or more is not looked through.",
    ),
    Rule(
        code="output-name",
        severity="error",
        blocks=True,
        en=(
            "no file can be called “{url}”: it is too long, too deep, hidden, or reserved by a system",
            "choose another url, slug, tag or file name",
        ),
        fr=(
            "aucun fichier ne peut s’appeler « {url} » : trop long, trop profond, caché, ou réservé "
            "par un système",
            "choisissez un autre url, slug, mot-clé ou nom de fichier",
        ),
        doc="Disks hold names of at most 255 bytes; Windows keeps con, nul and others to itself, and "
        "drops a dot at the end; hidden files may be settings of the host. This output is left out.",
    ),
    Rule(
        code="folder-deep",
        severity="error",
        blocks=True,
        en=(
            "this folder lies more than {limit} folders deep; what is in it is left out",
            "move it up",
        ),
        fr=(
            "ce dossier est à plus de {limit} dossiers de profondeur ; son contenu est écarté",
            "remontez-le",
        ),
        doc="No address is so long; folders that hold each other are mostly an accident.",
    ),
)
