"""Rules about letters."""

from __future__ import annotations

from newsfeed.diagnostics.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        code="letter-no-sender",
        severity="warning",
        en=(
            "the letter does not say who sends it",
            'write under [newsletter]: from = {{ name = "…", email = "news@example.org" }}',
        ),
        fr=(
            "la lettre ne dit pas qui l’envoie",
            'écrivez sous [newsletter] : from = {{ name = "…", email = "lettre@exemple.fr" }}',
        ),
        doc="Mail without a sender is refused, and the law asks who speaks.",
    ),
    Rule(
        code="letter-no-address",
        severity="warning",
        en=(
            "the letter has no postal address",
            'write under [newsletter]: address = "Name, street, town"',
        ),
        fr=(
            "la lettre n’a pas d’adresse postale",
            'écrivez sous [newsletter] : address = "Nom, rue, ville"',
        ),
        doc="Many countries ask that a newsletter names a postal address, and filters look for it.",
    ),
    Rule(
        code="letter-no-unsubscribe",
        severity="warning",
        en=(
            "the letter has no address to unsubscribe at",
            'write under [newsletter]: unsubscribe = "https://…", or name your mailing service: '
            'esp = "brevo"',
        ),
        fr=(
            "la lettre n’a pas d’adresse de désabonnement",
            'écrivez sous [newsletter] : unsubscribe = "https://…", ou nommez '
            'votre service d’envoi : esp = "brevo"',
        ),
        doc="The law asks for a way out in each letter, and Gmail shows a button only for an https "
        "address (RFC 8058).",
    ),
    Rule(
        code="letter-unsubscribe-insecure",
        severity="warning",
        en=(
            "the address to unsubscribe at is not encrypted: no mail program makes a button of it",
            "write an address that begins with https:// under newsletter.unsubscribe",
        ),
        fr=(
            "l’adresse de désabonnement n’est pas chiffrée : aucune messagerie n’en fait un bouton",
            "écrivez dans newsletter.unsubscribe une adresse qui commence par https://",
        ),
        doc="RFC 8058 asks for https, and Gmail and Yahoo show a way out beside the sender for that alone.",
    ),
    Rule(
        code="letter-no-subject",
        severity="error",
        en=("the letter “{key}” has no subject", "write a line “subject: …” at the issue's head"),
        fr=(
            "la lettre « {key} » n’a pas d’objet",
            "écrivez une ligne « subject: … » en tête du numéro",
        ),
        doc="The subject is what people see first, and spam filters count its absence.",
    ),
    Rule(
        code="letter-header",
        severity="error",
        en=(
            "the header {header} holds a line break or another invisible character",
            "write it on one line; the letter was made without that character",
        ),
        fr=(
            "l’en-tête {header} contient un retour à la ligne ou un autre caractère invisible",
            "écrivez-le sur une seule ligne ; la lettre a été faite sans ce caractère",
        ),
        doc="A line break in a header would let a title write headers of its own.",
    ),
    Rule(
        code="letter-style",
        severity="warning",
        en=(
            "the letter's styles hold something that cannot be used: {reason}",
            "correct it in the template; the rest of the styles is used",
        ),
        fr=(
            "les styles de la lettre contiennent quelque chose d’inutilisable : {reason}",
            "corrigez-le dans le gabarit ; le reste des styles est utilisé",
        ),
        doc="A letter's styles are written into each element; nothing is fetched while that is done.",
    ),
    Rule(
        code="letter-foreign-style",
        severity="warning",
        en=(
            "the letter's template asks for the style sheet {reference}, which mail cannot load",
            "write its rules into the template's <style>",
        ),
        fr=(
            "le gabarit de la lettre demande la feuille de style {reference}, "
            "qu’un courriel ne peut pas charger",
            "écrivez ses règles dans le <style> du gabarit",
        ),
        doc="No mail program loads a style sheet, and a build makes no network request.",
    ),
    Rule(
        code="letter-blank",
        severity="error",
        blocks=True,
        en=(
            "the letter's template writes nothing",
            "write into it, or delete it to have the default one",
        ),
        fr=(
            "le gabarit de la lettre n’écrit rien",
            "complétez-le, ou supprimez-le pour retrouver celui d’origine",
        ),
        doc="A letter without a word is not one to send.",
    ),
    Rule(
        code="letter-article",
        severity="error",
        en=(
            "the letter's template cannot show this article as it is ({template}): {reason}",
            "mend the template; until then the letter goes without it, or without its picture",
        ),
        fr=(
            "le gabarit de la lettre ne sait pas montrer cet article tel quel ({template}) : {reason}",
            "corrigez le gabarit ; d’ici là, la lettre se passe de l’article, ou de son image",
        ),
        doc="A fault that one article brings out costs the letter that article, or its picture alone: "
        "the rest of the letter, feeds and pages are made.",
    ),
    Rule(
        code="letter-picture",
        severity="warning",
        en=(
            "the picture {url} is {kind}, which {clients} does not show",
            "give a PNG or a JPEG",
        ),
        fr=(
            "l’image {url} est au format {kind}, que {clients} n’affiche pas",
            "donnez un PNG ou un JPEG",
        ),
        doc="Outlook on Windows shows no WebP and no AVIF; Gmail shows no SVG.",
    ),
    Rule(
        code="letter-picture-unreadable",
        severity="warning",
        en=(
            "the picture {url} cannot be read: it is damaged, or has too many pixels",
            "save it anew as a JPEG or a PNG; the letter is made without it",
        ),
        fr=(
            "l’image {url} est illisible : elle est abîmée, ou a trop de pixels",
            "enregistrez-la de nouveau en JPEG ou en PNG ; la lettre se fait sans elle",
        ),
        doc="A letter sends its pictures as large as they are shown. One that cannot be opened for that, "
        "or has more than 60 million pixels, would stop mail programs as well.",
    ),
    Rule(
        code="letter-picture-heavy",
        severity="warning",
        en=(
            "the picture {url} weighs {kb} kB",
            "give a smaller or a still one: mail is read over telephones' networks",
        ),
        fr=(
            "l’image {url} pèse {kb} ko",
            "donnez-en une plus petite, ou fixe : un courriel se lit aussi par le réseau du téléphone",
        ),
        doc="Pictures of the site are made smaller for letters. An animated one is sent as it is.",
    ),
    Rule(
        code="letter-picture-tall",
        severity="warning",
        en=(
            "the picture {url} is {high} pixels high in the letter: Outlook on Windows cuts it off "
            "at {most}",
            "make two pictures of it, or show the article as an excerpt",
        ),
        fr=(
            "l’image {url} fait {high} pixels de haut dans la lettre : Outlook sous Windows la coupe "
            "à {most}",
            "faites-en deux images, ou montrez l’article en extrait",
        ),
        doc="Outlook on Windows shows letters with Word, whose pages end; a table drawn as a picture, "
        "or a poster, loses its foot.",
    ),
    Rule(
        code="letter-pictures-heavy",
        severity="warning",
        en=(
            "the pictures of the letter “{key}” weigh {mb} MB together",
            "show fewer of them, or fewer articles whole: 2 MB is what a telephone loads in time",
        ),
        fr=(
            "les images de la lettre « {key} » pèsent ensemble {mb} Mo",
            "montrez-en moins, ou moins d’articles en entier : un téléphone charge 2 Mo à temps",
        ),
        doc="Who opens a letter waits for its pictures, and pays for them on the way.",
    ),
    Rule(
        code="letter-shortened",
        severity="info",
        en=(
            "the letter “{key}” was too heavy: {count} articles are shown shorter ({titles})",
            "it now weighs {kb} kB of {limit}; name fewer articles, or raise newsletter.max_kb",
        ),
        fr=(
            "la lettre « {key} » était trop lourde : "
            "{count} articles sont montrés plus courts ({titles})",
            "elle pèse maintenant {kb} ko sur {limit} ; retenez moins d’articles, "
            "ou augmentez newsletter.max_kb",
        ),
        doc="Gmail cuts a message above 102 kB, and with it the link to unsubscribe. Articles fall "
        "from full text to excerpt to headline, the last first.",
    ),
    Rule(
        code="letter-cut",
        severity="warning",
        en=(
            "the letter “{key}” is too heavy: {count} articles are not named in it",
            "it weighs {kb} kB of {limit}; name fewer articles, or raise newsletter.max_kb",
        ),
        fr=(
            "la lettre « {key} » est trop lourde : {count} articles n’y sont pas nommés",
            "elle pèse {kb} ko sur {limit} ; retenez moins d’articles, "
            "ou augmentez newsletter.max_kb",
        ),
        doc="Gmail cuts a message above 102 kB. The letter says how many articles are left and where.",
    ),
    Rule(
        code="letter-too-heavy",
        severity="error",
        en=(
            "the letter “{key}” weighs {kb} kB without a single article, more than {limit}",
            "raise newsletter.max_kb, or shorten the editorial",
        ),
        fr=(
            "la lettre « {key} » pèse {kb} ko sans un seul article, plus que {limit}",
            "augmentez newsletter.max_kb, ou raccourcissez l’éditorial",
        ),
        doc="The frame of a letter alone takes some kilobytes.",
    ),
)
