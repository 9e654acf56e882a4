"""Rules about newsletter issues: the files in ``issues/`` and the articles that they name."""

from __future__ import annotations

from newsfeed.diagnostics.rules.rule import Rule

RULES = (
    Rule(
        code="issue-key",
        severity="error",
        blocks=True,
        en=(
            "the file's name “{key}” cannot be part of an address",
            "rename the file to {better}.md",
        ),
        fr=(
            "le nom du fichier, « {key} », ne peut pas entrer dans une adresse",
            "renommez le fichier en {better}.md",
        ),
        doc="An issue's name is the folder of its letter on the web: letters, digits, hyphens, dots.",
    ),
    Rule(
        code="issue-field",
        severity="warning",
        en=("an issue has no field “{key}”", "did you mean {known}?"),
        fr=("un numéro n’a pas de champ « {key} »", "vouliez-vous dire : {known} ?"),
        doc="A misspelt field is not read: the letter would bear a subject that nobody chose.",
    ),
    Rule(
        code="issue-layout",
        severity="error",
        en=(
            "there is no layout “{value}”",
            "write magazine, bulletin or essay, or delete the line",
        ),
        fr=(
            "il n’y a pas de mise en page « {value} »",
            "écrivez magazine, bulletin ou essay, ou supprimez la ligne",
        ),
        doc="An issue may choose another layout than newsletter.layout. The site's is used meanwhile.",
    ),
    Rule(
        code="issue-language",
        severity="error",
        en=("“{value}” is no language", "write fr, en, ar …, or delete the line"),
        fr=("« {value} » n’est pas une langue", "écrivez fr, en, ar…, ou supprimez la ligne"),
        doc="A letter's language chooses its words and its dates. The site's is used meanwhile.",
    ),
    Rule(
        code="issue-comment",
        severity="error",
        en=(
            "a note opens here with <!-- and never closes: all that follows is hidden",
            "write --> where the note ends",
        ),
        fr=(
            "une note s’ouvre ici par <!-- et ne se ferme jamais : toute la suite est masquée",
            "écrivez --> là où la note se termine",
        ),
        doc="Between <!-- and --> one writes notes that nobody receives.",
    ),
    Rule(
        code="issue-text",
        severity="warning",
        en=(
            "this text is not in the letter: “{text}”",
            "move it above the first article to make it part of the editorial; to say it of one "
            "article, indent it below that article's line",
        ),
        fr=(
            "ce texte n’est pas dans la lettre : « {text} »",
            "placez-le avant le premier article pour qu’il fasse partie de l’éditorial ; pour le "
            "dire d’un article, mettez-le en retrait sous la ligne de cet article",
        ),
        doc="Above the first article stands the editorial, below it articles and headings alone.",
    ),
    Rule(
        code="issue-empty",
        severity="error",
        blocks=True,
        en=(
            "this issue has neither an article nor an editorial: no letter is made",
            "add a line such as “- items/article.md”, or delete the file",
        ),
        fr=(
            "ce numéro n’a ni article ni éditorial : aucune lettre n’est faite",
            "ajoutez une ligne comme « - items/article.md », ou supprimez le fichier",
        ),
        doc="Nobody should receive an empty letter.",
    ),
    Rule(
        code="issue-item-missing",
        severity="error",
        en=(
            "no article is called “{name}”",
            "correct the path, which starts from this folder: ../items/article.md; or delete the line",
        ),
        fr=(
            "aucun article ne s’appelle « {name} »",
            "corrigez le chemin, qui part de ce dossier : ../items/article.md ; ou supprimez la ligne",
        ),
        doc="The article was deleted, or its path is misspelt. The letter goes without it.",
    ),
    Rule(
        code="issue-item-misspelt",
        severity="error",
        en=("no article is called “{name}”", "did you mean {near}? Correct the line or delete it"),
        fr=(
            "aucun article ne s’appelle « {name} »",
            "vouliez-vous dire {near} ? Corrigez la ligne ou supprimez-la",
        ),
        doc="A path or title is nearly that of an article. The letter goes without it.",
    ),
    Rule(
        code="issue-item-ambiguous",
        severity="error",
        en=("“{name}” may mean several articles", "write the path of one: {paths}"),
        fr=("« {name} » peut désigner plusieurs articles", "écrivez le chemin de l’un : {paths}"),
        doc="Two articles share a name. The letter goes without either.",
    ),
    Rule(
        code="issue-item-two",
        severity="error",
        en=(
            "this line names two articles: its path {file}, its id {other}; shown is {chosen}",
            "delete what stands between quotation marks to mean the path",
        ),
        fr=(
            "cette ligne désigne deux articles : son chemin {file}, son identifiant {other} ; "
            "c’est {chosen} qui paraît",
            "supprimez ce qui est entre guillemets pour garder le chemin",
        ),
        doc="A line was copied and its path changed, but not the id at its end, which counts.",
    ),
    Rule(
        code="issue-item-no-id",
        severity="info",
        en=(
            "this line has no id: it is lost when “{title}” is renamed",
            "newsfeed check --fix adds it",
        ),
        fr=(
            "cette ligne n’a pas d’identifiant : elle se perdra si « {title} » change de nom",
            "newsfeed check --fix l’ajoute",
        ),
        doc="An article's id outlives its path and its title, so that a letter always knows it.",
    ),
    Rule(
        code="issue-item-draft",
        severity="error",
        en=(
            "“{title}” is a draft: the letter goes without it",
            "remove “draft” from {file}, or delete the line",
        ),
        fr=(
            "« {title} » est un brouillon : la lettre part sans lui",
            "retirez « draft » de {file}, ou supprimez la ligne",
        ),
        doc="A link to a draft leads readers to an error page.",
    ),
    Rule(
        code="issue-item-scheduled",
        severity="error",
        en=(
            "“{title}” appears on {day} only: the letter goes without it",
            "give the letter a date from {day} on, or delete the line",
        ),
        fr=(
            "« {title} » ne paraît que le {day} : la lettre part sans lui",
            "datez la lettre du {day} ou d’après, ou supprimez la ligne",
        ),
        doc="An article with a date to come is not online yet when the letter arrives.",
    ),
    Rule(
        code="issue-item-expired",
        severity="error",
        en=(
            "“{title}” expired on {day}: the letter goes without it",
            "delete the line, or give {file} a later “expires”",
        ),
        fr=(
            "« {title} » a expiré le {day} : la lettre part sans lui",
            "supprimez la ligne, ou repoussez « expires » dans {file}",
        ),
        doc="Its page is no longer there when the letter arrives.",
    ),
    Rule(
        code="issue-item-twice",
        severity="error",
        en=(
            "“{title}” stands in this issue already, on line {row}",
            "delete one of the two lines",
        ),
        fr=(
            "« {title} » est déjà dans ce numéro, à la ligne {row}",
            "supprimez l’une des deux lignes",
        ),
        doc="The letter shows an article once, where it is named first.",
    ),
    Rule(
        code="issue-item-sent",
        severity="warning",
        en=(
            "readers received “{title}” with issue {key} already",
            "delete the line, or end it with (again) if you mean to",
        ),
        fr=(
            "les lecteurs ont déjà reçu « {title} » avec le numéro {key}",
            "supprimez la ligne, ou terminez-la par (rappel) si c’est voulu",
        ),
        doc="Two people composed at once, or a line was copied. The letter shows the article.",
    ),
    Rule(
        code="issue-item-language",
        severity="warning",
        en=(
            "“{title}” is in {spoken}, the letter in {language}: there is a version in its language",
            "name {near} in its place",
        ),
        fr=(
            "« {title} » est en {spoken}, la lettre en {language} : une version existe dans sa langue",
            "nommez {near} à sa place",
        ),
        doc="An issue file was copied for readers of another language. The letter shows what its lines "
        "name.",
    ),
    Rule(
        code="issue-item-untranslated",
        severity="info",
        en=(
            "“{title}” has no version in {language}: the letter in {language} goes without it",
            "translate {file}, or leave it so: the letters in other languages have it",
        ),
        fr=(
            "« {title} » n’a pas de version en {language} : la lettre en {language} part sans lui",
            "traduisez {file}, ou laissez ainsi : les lettres dans d’autres langues l’ont",
        ),
        doc="One issue file gives a letter a language; each shows the articles that exist in it.",
    ),
    Rule(
        code="issue-editorial-missing",
        severity="info",
        en=(
            "the letter in {language} has no editorial; in another language it has one",
            "write it above the first article, below a heading “## {language}”",
        ),
        fr=(
            "la lettre en {language} n’a pas d’éditorial, alors qu’elle en a un dans une autre langue",
            "écrivez-le avant le premier article, sous un titre « ## {language} »",
        ),
        doc="In an issue file for several languages the editorial has a heading for each of them.",
    ),
    Rule(
        code="issue-text-language",
        severity="warning",
        en=(
            "this issue gives no letter in “{value}”: the text is not used",
            "add it to “languages”, or delete the line",
        ),
        fr=(
            "ce numéro ne donne pas de lettre en « {value} » : ce texte ne sert pas",
            "ajoutez cette langue à « languages », ou supprimez la ligne",
        ),
        doc="A subject or preheader by language has a text for each language of the issue file.",
    ),
    Rule(
        code="issue-item-late",
        severity="warning",
        en=(
            "“{title}” was not in this letter when its day ended: it is not shown",
            "delete the line, and the next letter will propose it; or make the letter anew: "
            "newsfeed digest {key} --refresh",
        ),
        fr=(
            "« {title} » n’était pas dans cette lettre à la fin de son jour : il n’y paraît pas",
            "supprimez la ligne, et la prochaine lettre le proposera ; ou refaites la lettre : "
            "newsfeed digest {key} --refresh",
        ),
        doc="A letter that was sent stays as it was: what readers did not receive is no part of it.",
    ),
    Rule(
        code="issue-agenda",
        severity="warning",
        en=(
            "“{title}” stands in the agenda and has no date to be held",
            "add “event:” with “start:” to {file}, or move the line below another heading",
        ),
        fr=(
            "« {title} » est dans l’agenda sans date de rendez-vous",
            "ajoutez « event: » avec « start: » dans {file}, ou déplacez la ligne sous un autre titre",
        ),
        doc="The agenda shows when and where. An article without an event is a headline there.",
    ),
    Rule(
        code="issue-record",
        severity="error",
        blocks=True,
        en=(
            "the record of what this letter showed cannot be read: {reason}",
            "take the file from version control again, or make the letter anew: "
            "newsfeed digest {key} --refresh",
        ),
        fr=(
            "la mémoire de ce que cette lettre montrait ne peut pas être lue : {reason}",
            "reprenez le fichier dans l’historique, ou refaites la lettre : "
            "newsfeed digest {key} --refresh",
        ),
        doc="Beside each issue that was sent lies a file with what it showed. newsfeed writes it, "
        "and nobody needs to edit it. The letter is made from the articles meanwhile.",
    ),
)
