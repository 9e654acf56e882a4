"""Rules about what a feed and its entries say: ids, addresses, dates, texts, files."""

from __future__ import annotations

from newsfeed.diagnostics.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        code="feed-id",
        severity="error",
        en=(
            "“{value}” is not an id that is unique in the world",
            "write a URI: tag:{example},2026:name, urn:uuid:… or the address",
        ),
        fr=(
            "«\xa0{value}\xa0» n’est pas un identifiant unique au monde",
            "écrivez un URI\xa0: tag:{example},2026:nom, urn:uuid:… ou l’adresse",
        ),
        doc="RFC 4287 §4.2.6: an id is an absolute IRI. tag: URIs (RFC 4151) have no accents and a date.",
    ),
    Rule(
        code="feed-id-twice",
        severity="error",
        en=(
            "the id “{value}” stands on line {first} already",
            "give each item an id of its own, for ever",
        ),
        fr=(
            "l’identifiant «\xa0{value}\xa0» est déjà celui de la ligne {first}",
            "donnez à chaque article son propre identifiant, pour toujours",
        ),
        doc="Readers show one of the two and forget the other.",
    ),
    Rule(
        code="feed-id-weak",
        severity="warning",
        en=("the id “{value}” is too short to be unique", "write an address or a tag: URI"),
        fr=(
            "l’identifiant «\xa0{value}\xa0» est trop court pour être unique",
            "écrivez une adresse ou un URI tag:",
        ),
        doc="Readers that put many feeds together meet the same number elsewhere.",
    ),
    Rule(
        code="feed-guid-permalink",
        severity="error",
        en=("the guid “{value}” is no address, and says that it is", 'write isPermaLink="false"'),
        fr=(
            "le guid «\xa0{value}\xa0» n’est pas une adresse, et dit en être une",
            'écrivez isPermaLink="false"',
        ),
        doc='Without isPermaLink="false" a guid is an address, and readers open it.',
    ),
    Rule(
        code="feed-url",
        severity="error",
        en=(
            "“{element}” holds “{value}”, which is no valid address",
            'write a whole address, with %20 for a space and without < > " {{ }} | \\ ^ `',
        ),
        fr=(
            "«\xa0{element}\xa0» contient «\xa0{value}\xa0», qui n’est pas une adresse valable",
            'écrivez une adresse complète, avec %20 pour une espace et sans < > " {{ }} | \\ ^ `',
        ),
        doc="RFC 3986: some characters have to be percent-encoded.",
    ),
    Rule(
        code="feed-url-accents",
        severity="error",
        en=(
            "“{element}” holds the address “{value}”, with characters that are not ASCII",
            "percent-encode them: é is %C3%A9",
        ),
        fr=(
            "«\xa0{element}\xa0» contient l’adresse «\xa0{value}\xa0», avec des caractères non ASCII",
            "encodez-les en pourcentage\xa0: é s’écrit %C3%A9",
        ),
        doc="RSS and JSON Feed want URIs; Atom takes IRIs, but many readers do not.",
    ),
    Rule(
        code="feed-url-preview",
        severity="error",
        en=(
            "“{element}” leads to the computer of whoever opens it: “{value}”",
            "this is the feed of a preview: build it with the address that the site has on the web",
        ),
        fr=(
            "« {element} » mène à l’ordinateur de qui l’ouvre : « {value} »",
            "c’est le flux d’un aperçu : construisez-le avec l’adresse que le site a sur le web",
        ),
        doc="hugo server, jekyll serve and others write localhost into the feed, and the folder that they fill was published. Said of the first address.",
    ),
    Rule(
        code="feed-url-relative",
        severity="error",
        en=("“{element}” holds “{value}”, which is not a whole address", "begin with https://"),
        fr=(
            "«\xa0{element}\xa0» contient «\xa0{value}\xa0», qui n’est pas une adresse complète",
            "commencez par https://",
        ),
        doc="A feed is read far from its site: nothing says what the address is relative to.",
    ),
    Rule(
        code="feed-url-scheme",
        severity="error",
        en=("“{element}” leads to “{value}”", "lead to an https:// address"),
        fr=("«\xa0{element}\xa0» mène à «\xa0{value}\xa0»", "menez à une adresse https://"),
        doc="Readers fetch files over HTTP.",
    ),
    Rule(
        code="feed-self-missing",
        severity="warning",
        en=(
            "the feed does not say where it is served",
            'add the link rel="self" (in JSON Feed, feed_url)',
        ),
        fr=(
            "le flux ne dit pas où il est servi",
            'ajoutez le lien rel="self" (en JSON Feed, feed_url)',
        ),
        doc="A reader that got a copy finds its way back, and a hub knows which feed it is.",
    ),
    Rule(
        code="feed-self-elsewhere",
        severity="warning",
        en=(
            "the feed says that it is served at {value}, but it is served at {address}",
            "write the address where it is served",
        ),
        fr=(
            "le flux dit être servi à {value}, mais il l’est à {address}",
            "écrivez l’adresse où il est servi",
        ),
        doc="Some readers then subscribe to the other address.",
    ),
    Rule(
        code="feed-alternate-twice",
        severity="error",
        en=(
            "“{parent}” has several alternate links of the same type",
            'keep one; an attachment has rel="enclosure"',
        ),
        fr=(
            "«\xa0{parent}\xa0» a plusieurs liens «\xa0alternate\xa0» du même type",
            'gardez-en un\u202f; une pièce jointe porte rel="enclosure"',
        ),
        doc="RFC 4287 §4.1.2. A reader may open the attachment instead of the article.",
    ),
    Rule(
        code="feed-relation",
        severity="warning",
        en=(
            "“{value}” is no registered link relation",
            "use a registered name, or an address of your own",
        ),
        fr=(
            "«\xa0{value}\xa0» n’est pas une relation de lien enregistrée",
            "employez un nom enregistré, ou une adresse à vous",
        ),
        doc="RFC 4287 §4.2.7.2: names are registered at IANA.",
    ),
    Rule(
        code="feed-http",
        severity="warning",
        en=("“{element}” leads to {value} over http, while the feed is on https", "write https"),
        fr=(
            "«\xa0{element}\xa0» mène à {value} en http, alors que le flux est en https",
            "écrivez https",
        ),
        doc="Browsers block or warn of pages and pictures that mix the two.",
    ),
    Rule(
        code="feed-date",
        severity="error",
        en=("“{element}” holds the date “{value}”", "write it like {expected}"),
        fr=(
            "«\xa0{element}\xa0» contient la date «\xa0{value}\xa0»",
            "écrivez-la comme {expected}",
        ),
        doc="A reader that cannot read a date takes the present instead, and an old item stands first.",
    ),
    Rule(
        code="feed-date-weekday",
        severity="error",
        en=("“{value}” does not fall on that weekday", "correct the weekday, or leave it out"),
        fr=(
            "«\xa0{value}\xa0» ne tombe pas ce jour de la semaine",
            "corrigez le jour de la semaine, ou retirez-le",
        ),
        doc="RFC 822: the weekday has to be that of the date.",
    ),
    Rule(
        code="feed-date-future",
        severity="warning",
        en=("“{element}” lies in the future: {value}", "publish the item when its time has come"),
        fr=(
            "«\xa0{element}\xa0» est dans l’avenir\xa0: {value}",
            "publiez l’article le moment venu",
        ),
        doc="Readers put it first for ever, hide it, or replace the date by their own.",
    ),
    Rule(
        code="feed-date-old",
        severity="info",
        en=("“{element}” lies before the web: {value}", "check the year"),
        fr=("«\xa0{element}\xa0» est antérieur au web\xa0: {value}", "vérifiez l’année"),
        doc="Often a year of two digits, or a zero of a program. For a historical document it may be right.",
    ),
    Rule(
        code="feed-updated-earlier",
        severity="warning",
        en=(
            "the feed says {value}, but an entry changed later, at {later}",
            "the feed's date is that of its newest entry",
        ),
        fr=(
            "le flux dit {value}, mais une entrée a changé plus tard, le {later}",
            "la date du flux est celle de son entrée la plus récente",
        ),
        doc="A reader that compares the dates does not see what is new.",
    ),
    Rule(
        code="feed-updated-same",
        severity="info",
        en=(
            "{count} entries changed at the same instant, {value}",
            "give each entry the date at which its own text changed",
        ),
        fr=(
            "{count} entrées ont changé au même instant, {value}",
            "donnez à chaque entrée la date où son propre texte a changé",
        ),
        doc="So it is where a program writes the time of the build. Articles dated to the day have it rightly.",
    ),
    Rule(
        code="feed-email",
        severity="error",
        en=("“{element}” holds “{value}”, which is no e-mail address", "write name@example.org"),
        fr=(
            "«\xa0{element}\xa0» contient «\xa0{value}\xa0», qui n’est pas une adresse électronique",
            "écrivez nom@example.org",
        ),
        doc="RFC 4287 §3.2.3.",
    ),
    Rule(
        code="feed-author-email",
        severity="error",
        en=(
            "“{element}” holds “{value}”, without an e-mail address",
            "write: name@example.org (Name); for a name alone use dc:creator",
        ),
        fr=(
            "«\xa0{element}\xa0» contient «\xa0{value}\xa0», sans adresse électronique",
            "écrivez\xa0: nom@example.org (Nom)\u202f; pour un nom seul, employez dc:creator",
        ),
        doc="RSS 2.0 defines it as an e-mail address.",
    ),
    Rule(
        code="feed-language",
        severity="error",
        en=("“{value}” is no language", "write a code such as fr, en or pt-BR"),
        fr=("«\xa0{value}\xa0» n’est pas une langue", "écrivez un code tel que fr, en ou pt-BR"),
        doc="Readers choose the font, the direction and the voice by it.",
    ),
    Rule(
        code="feed-title-html",
        severity="warning",
        en=("the title “{value}” holds HTML", "write plain text"),
        fr=("le titre «\xa0{value}\xa0» contient du HTML", "écrivez du texte simple"),
        doc="Readers show the tags as text, or drop what stands between them.",
    ),
    Rule(
        code="feed-content-missing",
        severity="warning",
        en=("“{parent}” has neither a text nor a summary", "add one of them"),
        fr=("«\xa0{parent}\xa0» n’a ni texte ni résumé", "ajoutez l’un des deux"),
        doc="Readers show an empty page.",
    ),
    Rule(
        code="feed-content-first",
        severity="warning",
        en=("“content:encoded” stands before “description”", "put the description first"),
        fr=(
            "«\xa0content:encoded\xa0» précède «\xa0description\xa0»",
            "placez la description en premier",
        ),
        doc="Some readers take the last of the two for the text.",
    ),
    Rule(
        code="feed-content-unsafe",
        severity="warning",
        en=("the text of “{parent}” holds {what}", "remove it: readers do"),
        fr=(
            "le texte de «\xa0{parent}\xa0» contient {what}",
            "retirez-le\xa0: les lecteurs le font",
        ),
        doc="Scripts, frames and forms do not run in a reader; some readers drop the whole item.",
    ),
    Rule(
        code="feed-content-style",
        severity="warning",
        en=("the text of “{parent}” sets the style “{what}”", "leave the layout to the reader"),
        fr=(
            "le texte de «\xa0{parent}\xa0» impose le style «\xa0{what}\xa0»",
            "laissez la mise en page au lecteur",
        ),
        doc="Such a style can cover what the reader shows around it; readers remove it.",
    ),
    Rule(
        code="feed-content-relative",
        severity="warning",
        en=("the text of “{parent}” leads to “{value}”", "write whole addresses, https://…"),
        fr=(
            "le texte de «\xa0{parent}\xa0» mène à «\xa0{value}\xa0»",
            "écrivez des adresses complètes, https://…",
        ),
        doc="Readers resolve it against their own address, the feed's or the site's: a broken picture or link.",
    ),
    Rule(
        code="feed-enclosures",
        severity="warning",
        en=(
            "“{parent}” has several enclosures",
            "keep one, and put the others in media:content or in the text",
        ),
        fr=(
            "«\xa0{parent}\xa0» a plusieurs «\xa0enclosure\xa0»",
            "gardez-en un, et mettez les autres dans media:content ou dans le texte",
        ),
        doc="RSS readers take the first or the last.",
    ),
    Rule(
        code="feed-number",
        severity="error",
        en=("“{element}” is “{value}”", "write a whole number; 0 for a length that is not known"),
        fr=(
            "«\xa0{element}\xa0» vaut «\xa0{value}\xa0»",
            "écrivez un nombre entier\u202f; 0 pour une longueur inconnue",
        ),
        doc="Sizes, lengths and durations are whole numbers.",
    ),
    Rule(
        code="feed-media-type",
        severity="error",
        en=("“{value}” is no media type", "write one such as application/pdf or audio/mpeg"),
        fr=(
            "«\xa0{value}\xa0» n’est pas un type de média",
            "écrivez un type tel que application/pdf ou audio/mpeg",
        ),
        doc="A reader decides by it whether to show, play or download.",
    ),
    Rule(
        code="feed-media-group",
        severity="error",
        en=(
            "a media:group holds one thing only, or different things",
            "take its contents out of the group",
        ),
        fr=(
            "un media:group ne contient qu’une chose, ou des choses différentes",
            "sortez son contenu du groupe",
        ),
        doc="A group holds alternatives of one thing; readers show one of them.",
    ),
    Rule(
        code="feed-image",
        severity="warning",
        en=("the picture's {element} is not that of the channel", "repeat the channel's {element}"),
        fr=(
            "«\xa0{element}\xa0» de l’image n’est pas celui du flux",
            "répétez le «\xa0{element}\xa0» du flux",
        ),
        doc="RSS 2.0: the picture's title and link should be the channel's.",
    ),
)
