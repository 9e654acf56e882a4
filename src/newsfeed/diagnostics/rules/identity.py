"""Rules about ids, the lock, and the addresses that items share or leave."""

from __future__ import annotations

from newsfeed.diagnostics.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        code="id-duplicate",
        severity="error",
        en=(
            "the id “{id}” already belongs to {other}",
            "remove the line “id:” here, or write another one: a copied article needs its own",
        ),
        fr=(
            "l’identifiant « {id} » appartient déjà à {other}",
            "supprimez ici la ligne « id: », ou écrivez-en un autre : "
            "un article copié a besoin du sien",
        ),
        doc="Readers take two items with one id for the same item, and show only one of them. The "
        "article that had the id first keeps it; the other one is published under a new id.",
    ),
    Rule(
        code="term-spellings",
        severity="info",
        en=(
            "“{label}” and “{other}” are one: “{other}” is what is shown",
            "write “{other}” here too",
        ),
        fr=(
            "« {label} » et « {other} » ne font qu’un : c’est « {other} » qui est montré",
            "écrivez « {other} » ici aussi",
        ),
        doc="Categories, tags and authors that differ in capitals or accents alone are one to a "
        "reader: one page and one set of feeds, under the commonest spelling.",
    ),
    Rule(
        code="id-changed",
        severity="warning",
        en=(
            "readers know this article as “{known}”; with the id “{id}” it is new to them",
            "to keep it as they know it, remove the line “id:”, or write: id: {known}",
        ),
        fr=(
            "les abonnés connaissent cet article sous « {known} » ; "
            "avec l’identifiant « {id} », il sera nouveau pour eux",
            "pour qu’il reste le même, supprimez la ligne « id: », ou écrivez : id: {known}",
        ),
        doc="An id that is written in front matter wins over the one that the lock remembers. The "
        "old one is then announced as removed.",
    ),
    Rule(
        code="identity-doubtful",
        severity="warning",
        en=(
            "this may be {other} with many changes, or a new article; it is taken as new",
            "if readers should not see it as new, write in its front matter: id: {id}",
        ),
        fr=(
            "c’est peut-être {other} avec de nombreux changements, ou un nouvel article ; "
            "il est pris pour nouveau",
            "pour qu’il ne réapparaisse pas chez les abonnés, ajoutez en tête du fichier : "
            "id: {id}",
        ),
        doc="A renamed article is recognised by its text, title and date. Where too much changed at "
        "once, or two articles are equally alike, newsfeed does not guess. Said once: the lock then "
        "remembers the article under its new id.",
    ),
    Rule(
        code="page-duplicate",
        severity="error",
        en=(
            "its page {page} is also that of {other}; it is published as {moved}",
            "give one of the two another slug, such as: slug: {slug}",
        ),
        fr=(
            "sa page {page} est aussi celle de {other} ; elle est publiée sous {moved}",
            "donnez à l’un des deux un autre slug, par exemple : slug: {slug}",
        ),
        doc="Two articles cannot be served at one address. The one that readers know there keeps "
        "it, otherwise the older one; the other one's address gets a number, which stays.",
    ),
    Rule(
        code="redirect-unusable",
        severity="warning",
        en=(
            "nothing can be redirected from “{redirect}”",
            "write the path of a page of this site, such as: /news/2024/old-name.html; for one with a question mark ask who runs the server",
        ),
        fr=(
            "aucune redirection ne peut partir de « {redirect} »",
            "écrivez le chemin d’une page de ce site, par exemple : /actualites/2024/ancien-nom.html ; pour une adresse à point d’interrogation, voyez avec qui tient le serveur",
        ),
        doc="Redirects are pages that we write at an article's former addresses; those can only lie "
        "inside the site's own folder. A host finds a page by its path: /?p=123 is the first page to it.",
    ),
    Rule(
        code="redirect-taken",
        severity="warning",
        en=(
            "“{redirect}” leads to {other} already: it does not lead here",
            "leave the former address to one of the two",
        ),
        fr=(
            "« {redirect} » mène déjà à {other} : cette adresse ne mène pas ici",
            "laissez cette ancienne adresse à l’un des deux",
        ),
        doc="An address leads to one article: to the one whose page it is, otherwise to the one whose "
        "id comes first.",
    ),
    Rule(
        code="lock-conflict",
        severity="error",
        blocks=True,
        en=(
            "a merge has left its marks in the lock",
            "delete the lines that begin with <<<<<<<, ======= and >>>>>>> and keep the lines of "
            "both sides (between ||||||| and =======, delete them too)",
        ),
        fr=(
            "une fusion a laissé ses marques dans le fichier",
            "supprimez les lignes qui commencent par <<<<<<<, ======= et >>>>>>> et gardez les "
            "lignes des deux côtés (entre ||||||| et =======, supprimez-les aussi)",
        ),
        doc="Each line stands for one article, so the lines of two branches can simply be put "
        "together, in any order; the next build sorts them.",
    ),
    Rule(
        code="lock-duplicate",
        severity="error",
        blocks=True,
        en=(
            "two lines (first: {first}) remember the id {id}",
            "delete one of the two: the line whose second field is the article's present path stays",
        ),
        fr=(
            "deux lignes (la première : {first}) portent l’identifiant {id}",
            "supprimez l’une des deux : gardez celle dont le deuxième champ est "
            "le chemin actuel de l’article",
        ),
        doc="After a merge in which both branches changed one article, its two lines differ and only "
        "a person knows which is true.",
    ),
    Rule(
        code="lock-shared",
        severity="warning",
        en=(
            "two branches gave “{label}” and “{other}” one address, {slug}: “{other}” keeps it, "
            "“{label}” has {own} now",
            "if more people follow “{label}” there, exchange the two addresses in the lock before "
            "you publish; else nothing: it is said once",
        ),
        fr=(
            "deux branches ont donné à « {label} » et à « {other} » la même adresse, {slug} : "
            "« {other} » la garde, celle de « {label} » est désormais {own}",
            "si « {label} » y a plus d’abonnés, échangez les deux adresses dans le fichier avant de "
            "publier ; sinon rien : ce n’est dit qu’une fois",
        ),
        doc="After a merge one address belongs to one term: to the one whose first article is older, "
        "of equals to the first in the alphabet, in whatever order the merge put the lines. The build "
        "goes on and writes the lock as it is to be; `--frozen` finds it out of date.",
    ),
    Rule(
        code="lock-damaged",
        severity="error",
        blocks=True,
        en=(
            "this line of the lock cannot be read",
            "take the file back from version control (git checkout -- {file}); if it is lost, delete "
            "it: ids are then made anew, and subscribers may see some old articles as new",
        ),
        fr=(
            "cette ligne du fichier ne peut pas être lue",
            "reprenez le fichier depuis le gestionnaire de versions (git checkout -- {file}) ; s’il "
            "est perdu, supprimez-le : les identifiants seront refaits, "
            "et d’anciens articles peuvent réapparaître comme nouveaux chez les abonnés",
        ),
        doc="Guessing here could make every article new to every subscriber, so nothing is written.",
    ),
    Rule(
        code="lock-newer",
        severity="error",
        blocks=True,
        en=(
            "the lock was written by a newer newsfeed (format {version}; this one reads {ours})",
            "update newsfeed",
        ),
        fr=(
            "ce fichier a été écrit par une version plus récente de newsfeed "
            "(format {version} ; celle-ci lit le {ours})",
            "mettez newsfeed à jour",
        ),
        doc="An older newsfeed would lose what the newer one remembers, so nothing is written.",
    ),
)
