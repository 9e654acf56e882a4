"""Rules about what the site's own code and folders give: templates, files and addresses."""

from __future__ import annotations

from newsfeed.diagnostics.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        code="template",
        severity="error",
        blocks=True,
        en=(
            "the template cannot be rendered for {about}: {reason}",
            "correct the template; docs/templates.md lists what it may use",
        ),
        fr=(
            "le modèle ne peut pas être rempli pour {about} : {reason}",
            "corrigez le modèle ; docs/templates.md dit ce qu’il peut employer",
        ),
        doc="Templates are the site owner's code. A name that does not exist is an error, so that "
        "a typing mistake does not publish a hole.",
    ),
    Rule(
        code="template-unused",
        severity="warning",
        en=(
            "no template of newsfeed has this name, and none of yours uses it",
            "did you mean templates/{like}? docs/templates.md lists them all",
        ),
        fr=(
            "aucun modèle de newsfeed ne porte ce nom, et aucun des vôtres ne l’emploie",
            "vouliez-vous dire templates/{like} ? docs/templates.md les nomme tous",
        ),
        doc="A file of templates/ replaces the default of the same name and place; with another name "
        "it would change nothing, in silence.",
    ),
    Rule(
        code="file-unreadable",
        severity="error",
        blocks=True,
        en=("this file cannot be read: {reason}", "check that it exists and that you may read it"),
        fr=(
            "ce fichier ne peut pas être lu : {reason}",
            "vérifiez qu’il existe et que vous avez le droit de le lire",
        ),
        doc="What cannot be read is left out; the rest of the site is built.",
    ),
    Rule(
        code="file-name",
        severity="error",
        blocks=True,
        en=("this file's name is not valid text", "rename it with letters, digits and hyphens"),
        fr=(
            "le nom de ce fichier n’est pas un texte valable",
            "renommez-le avec des lettres, des chiffres et des tirets",
        ),
        doc="A name that is not UTF-8 has no address on the web.",
    ),
    Rule(
        code="file-name-twice",
        severity="error",
        blocks=True,
        en=("two files have the same name but for the way accents are stored", "keep one of them"),
        fr=(
            "deux fichiers portent le même nom, à l’enregistrement des accents près",
            "n’en gardez qu’un",
        ),
        doc="macOS stores é as two characters, other systems as one: on the web both are one address.",
    ),
    Rule(
        code="file-missing",
        severity="error",
        en=(
            "the file “{url}” does not exist",
            "put it beside the article, or correct its name (capitals and accents count)",
        ),
        fr=(
            "le fichier « {url} » n’existe pas",
            "placez-le à côté de l’article, ou corrigez son nom (majuscules et accents comptent)",
        ),
        doc="The picture or attachment is left out; the article is published without it.",
    ),
    Rule(
        code="file-capitals",
        severity="warning",
        en=(
            "the file “{url}” is called “{name}”: on a server capitals count",
            "write {name}",
        ),
        fr=(
            "le fichier « {url} » s’appelle « {name} » : sur un serveur, les majuscules comptent",
            "écrivez {name}",
        ),
        doc="Windows and macOS open a file by either name. newsfeed does, too, and publishes it by the name that it has.",
    ),
    Rule(
        code="picture-format",
        severity="warning",
        en=(
            "most browsers and mail programs do not show “{url}”: its form is for cameras and printers",
            "save it as a JPEG, and name that file",
        ),
        fr=(
            "la plupart des navigateurs et des messageries n’affichent pas « {url} » : son format est celui des appareils photo et de l’imprimerie",
            "enregistrez l’image en JPEG, et nommez ce fichier",
        ),
        doc="Telephones take pictures as HEIC, scanners as TIFF. Only Safari shows either of them.",
    ),
    Rule(
        code="file-empty",
        severity="warning",
        en=("the file “{url}” is empty", "replace it by the real one"),
        fr=("le fichier « {url} » est vide", "remplacez-le par le vrai fichier"),
        doc="Readers would download nothing.",
    ),
    Rule(
        code="file-pointer",
        severity="error",
        en=(
            "“{url}” is a pointer of Git LFS, not the file itself; it is left out",
            "fetch the files before the build: git lfs pull; in a workflow, lfs: true at the checkout",
        ),
        fr=(
            "« {url} » est un pointeur de Git LFS, et non le fichier lui-même ; il est laissé de côté",
            "récupérez les fichiers avant la construction : git lfs pull ; dans un workflow, lfs: true au checkout",
        ),
        doc="Readers would get three lines of text in the place of a picture or a document.",
    ),
    Rule(
        code="picture-page",
        severity="error",
        en=(
            "“{url}” is no picture but a page, saved under a picture's name; it is left out",
            "open the address again and save the picture itself",
        ),
        fr=(
            "« {url} » n’est pas une image mais une page, enregistrée sous un nom d’image ; elle est laissée de côté",
            "ouvrez de nouveau l’adresse et enregistrez l’image elle-même",
        ),
        doc="A site that asks for a sign-in, or lacks the picture, answers with a page; programs save it as a.jpg all the same.",
    ),
    Rule(
        code="file-heavy",
        severity="warning",
        en=(
            "the attachment “{url}” weighs {size} MB, more than {limit} MB",
            "make it smaller, or raise items.max_attachment_mb",
        ),
        fr=(
            "la pièce jointe « {url} » pèse {size} Mo, plus que {limit} Mo",
            "allégez-la, ou augmentez items.max_attachment_mb",
        ),
        doc="Many people read on a phone, on a metered connection.",
    ),
    Rule(
        code="address-twice",
        severity="error",
        blocks=True,
        en=(
            "two outputs have the address “{url}”; this one is left out",
            "give one of them another slug",
        ),
        fr=(
            "deux pages ont l’adresse « {url} » ; celle-ci est écartée",
            "donnez un autre slug à l’une des deux",
        ),
        doc="One address can show one thing.",
    ),
)
