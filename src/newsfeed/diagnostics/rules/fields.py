"""Rules about fields: what front matter says."""

from __future__ import annotations

from newsfeed.diagnostics.rules.rule import GOOD, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        code="title-missing",
        severity="warning",
        en=(
            "there is no title; “{value}”, from the file’s name, stands for it",
            "add a line to the block at the top: title: …",
        ),
        fr=(
            "il n’y a pas de titre ; « {value} », tiré du nom du fichier, en tient lieu",
            "ajoutez une ligne au bloc d’en-tête : title: …",
        ),
        doc="A file's name has no accents and no capitals. It makes a poor title in a feed or a letter.",
        bad="---\ndate: 2026-01-02\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="title-empty",
        severity="warning",
        en=("the title is empty; “{value}” stands for it", "write it: title: …"),
        fr=("le titre est vide ; « {value} » en tient lieu", "écrivez-le : title: …"),
        doc="Someone began the article and forgot its title, or it is a note, which needs none: JSON Feed then has none.",
        bad="---\ntitle:\ndate: 2026-01-02\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="title-none",
        severity="info",
        en=(
            "there is no title; its first words stand for one: “{value}”",
            "nothing to do for a note; else title: …",
        ),
        fr=(
            "il n’y a pas de titre ; les premiers mots en tiennent lieu : « {value} »",
            "rien à faire pour un billet court ; sinon title: …",
        ),
        doc="A note, as in microblogs, has no title. JSON Feed says none; Atom, RSS, pages and letters need one and show its first words. A file's name that is a number or a date says nothing.",
    ),
    Rule(
        code="boolean-words",
        severity="warning",
        en=(
            "“{value}” is understood; other tools know only true and false",
            "write {key}: {better}",
        ),
        fr=(
            "« {value} » est compris ; les autres outils ne connaissent que true et false",
            "écrivez {key}: {better}",
        ),
        doc="YAML knows no oui and no non: elsewhere both would count as yes.",
        bad="---\ntitle: Octobre rose\ndate: 2026-10-01\ndraft: non\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="boolean-unclear",
        severity="error",
        en=(
            "“{value}” is neither yes nor no; the article is held back as a draft",
            "write {key}: true or {key}: false",
        ),
        fr=(
            "« {value} » n’est ni oui ni non ; l’article reste un brouillon",
            "écrivez {key}: true ou {key}: false",
        ),
        doc="What is unclear is not published.",
        bad="---\ntitle: Octobre rose\ndate: 2026-10-01\ndraft: peut-être\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="slug-long",
        severity="info",
        en=(
            "“{value}” has more than {octets} octets, which no file system holds: it is shortened",
            "write a shorter one: slug: {better}",
        ),
        fr=(
            "« {value} » dépasse {octets} octets, ce qu’aucun système de fichiers ne permet : il est raccourci",
            "écrivez-en un plus court : slug: {better}",
        ),
        doc="A slug that an author wrote stays to the letter. A part of an address is the name of a file, for which file systems have 255 octets.",
    ),
    Rule(
        code="public-unclear",
        severity="warning",
        en=(
            "“{key}” ({value}) does not say for certain that the article is public: it is held back",
            "to publish it, write {better}; to keep it back, write draft: true",
        ),
        fr=(
            "« {key} » ({value}) ne dit pas avec certitude que l’article est public : il n’est pas publié",
            "pour le publier, écrivez {better} ; pour le garder, écrivez draft: true",
        ),
        doc="Every tool has its own ways to say that an article is not public. Of what is unclear nobody is shown anything.",
        bad="---\ntitle: Octobre rose\ndate: 2026-10-01\nstatus: à voir\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="placeholder-left",
        severity="warning",
        en=(
            "“{key}” is still what newsfeed new wrote; it is passed over",
            "write a sentence or two, or delete the line",
        ),
        fr=(
            "« {key} » est encore ce que newsfeed new a écrit ; il n’en est pas tenu compte",
            "écrivez une phrase ou deux, ou supprimez la ligne",
        ),
        doc="The summary that a new article begins with is there to be replaced. The first words of the text stand in its place.",
        bad="---\ntitle: Octobre rose\ndate: 2026-10-01\nsummary: Une ou deux phrases qui disent pourquoi lire.\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="list-text",
        severity="info",
        en=("“{key}” is a text with commas, read as a list", "write {key}: [{better}]"),
        fr=("« {key} » est un texte à virgules, lu comme une liste", "écrivez {key}: [{better}]"),
        doc="Other tools may take the whole line for one value.",
        bad="---\ntitle: Octobre rose\ndate: 2026-10-01\ntags: sein, dépistage\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="value-kind",
        severity="warning",
        en=("“{key}” does not have the right form", "write {key}: {expected}"),
        fr=("« {key} » n’a pas la bonne forme", "écrivez {key}: {expected}"),
        doc="A list or a map stands where a text is expected, or the other way round. It is passed over.",
        bad="---\ntitle: Octobre rose\ndate: 2026-10-01\nimage: {alt: Un ruban}\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="number-bad",
        severity="warning",
        en=("“{value}” is no whole number", "write {key}: 10"),
        fr=("« {value} » n’est pas un nombre entier", "écrivez {key}: 10"),
        doc="The value is passed over.",
        bad="---\ntitle: Octobre rose\ndate: 2026-10-01\nweight: lourd\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="language-unknown",
        severity="warning",
        en=("“{value}” is no language tag", "write a short one, such as lang: {better}"),
        fr=(
            "« {value} » n’est pas un code de langue",
            "écrivez un code court, tel que lang: {better}",
        ),
        doc="Languages are named by BCP 47 tags: fr, en, fr-CA. Screen readers choose their voice by them.",
        bad="---\ntitle: Octobre rose\ndate: 2026-10-01\nlang: français\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="address-bad",
        severity="warning",
        en=("“{value}” is no address", "write it whole: {better}"),
        fr=("« {value} » n’est pas une adresse", "écrivez-la en entier : {better}"),
        doc="A link that does not work is worse than none.",
        bad="---\ntitle: Octobre rose\ndate: 2026-10-01\nsource: {name: INCa, url: www.cancer.fr}\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="email-bad",
        severity="warning",
        en=("“{value}” is no e-mail address", "write name@example.org"),
        fr=("« {value} » n’est pas une adresse électronique", "écrivez nom@example.org"),
        doc="The address is passed over; the name stays.",
        bad="---\ntitle: Octobre rose\ndate: 2026-10-01\nauthor: {name: Ana, email: ana chez exemple}\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="email-accents",
        severity="info",
        en=(
            "feeds leave out the e-mail address {value}, which has accents before its @",
            "give one without accents, if there is one",
        ),
        fr=(
            "les flux taisent l’adresse électronique {value}, qui a des accents avant l’arobase",
            "donnez-en une sans accents, s’il y en a une",
        ),
        doc="Atom and RSS have the addresses of RFC 5322, in ASCII. A domain with accents is written "
        "as the DNS has it.",
        bad="---\ntitle: Octobre rose\ndate: 2026-10-01\nauthor: {name: Zoé, email: zoé@example.org}\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="image-alt-missing",
        severity="info",
        en=(
            "nothing describes the picture {value}",
            'say what it shows: image: {{src: {value}, alt: "…"}}',
        ),
        fr=(
            "rien ne décrit l’image {value}",
            'dites ce qu’elle montre : image: {{src: {value}, alt: "…"}}',
        ),
        doc="Screen readers, and mail programs that hide pictures, have only the description.",
        bad="---\ntitle: Octobre rose\ndate: 2026-10-01\nimage: ruban.png\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="path-unsafe",
        severity="error",
        en=(
            "“{value}” cannot be the address of a page",
            "write a path of this site, such as {key}: /news/my-article/",
        ),
        fr=(
            "« {value} » ne peut pas être l’adresse d’une page",
            "écrivez un chemin du site, tel que {key}: /actualites/mon-article/",
        ),
        doc="A path must stay inside the published folder and have no unknown placeholder. The usual address is taken instead.",
        bad="---\ntitle: Octobre rose\ndate: 2026-10-01\nurl: ../../etc/passwd\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="author-number",
        severity="warning",
        en=(
            "“{what}” is a number by which another program knows the author, not a name: it is left out",
            "write the name: author: Agnès Valensole",
        ),
        fr=(
            "« {what} » est le numéro sous lequel un autre programme connaît l’auteur, et non un nom : il est laissé de côté",
            "écrivez le nom : author: Agnès Valensole",
        ),
        doc="Statamic, Ghost and Contentful keep authors elsewhere and name them by a number. Readers would take it for a name.",
        bad="---\ntitle: Octobre rose\ndate: 2026-10-01\nauthor: 1\n---\nTexte.\n",
        good=GOOD,
    ),
)
