"""Rules about podcasts: what directories such as Apple's and Spotify's would refuse."""

from __future__ import annotations

from newsfeed.diagnostics.rules.rule import Rule

_EPISODE = (
    "---\ntitle: Une émission\ndate: 2026-10-01\nenclosure: https://media.example.org/a.mp3\n"
)

RULES = (
    Rule(
        code="podcast-number",
        severity="warning",
        en=("“{key}” is no number: {value}", "write a whole number from 1 on; a name belongs in the title"),
        fr=(
            "«\xa0{key}\xa0» n’est pas un nombre\xa0: {value}",
            "écrivez un nombre entier à partir de 1\xa0; un nom a sa place dans le titre",
        ),
        doc="itunes:season and itunes:episode are whole numbers from 1 on. What is none is left out.",
        bad=f"{_EPISODE}season: première\n---\nTexte.\n",
        good=f"{_EPISODE}season: 1\n---\nTexte.\n",
    ),
    Rule(
        code="podcast-value",
        severity="warning",
        en=("“{key}” cannot be “{value}”", "write {expected}"),
        fr=("«\xa0{key}\xa0» ne peut pas valoir «\xa0{value}\xa0»", "écrivez {expected}"),
        doc="Directories take a few words here and no other. What is none of them is left out: nothing is claimed that nobody said.",
        bad=f"{_EPISODE}explicit: peut-être\n---\nTexte.\n",
        good=f"{_EPISODE}explicit: false\n---\nTexte.\n",
    ),
    Rule(
        code="podcast-payments",
        severity="info",
        en=("“{key}” is left out: newsfeed writes no podcast:value", "nothing to do; podcast:funding leads to a page: [podcast] funding"),
        fr=(
            "«\xa0{key}\xa0» est laissé de côté\xa0: newsfeed n’écrit pas podcast:value",
            "rien à faire\xa0; podcast:funding mène à une page\xa0: [podcast] funding",
        ),
        doc="Payments are addressed to wallets, by keys that change and that somebody has to answer for: a folder of files cannot.",
    ),
    Rule(
        code="podcast-format",
        severity="warning",
        en=(
            "Apple's directory does not play {type}",
            "give the episode as MP3 or M4A, or as MP4, M4V or MOV; other files may stand beside it",
        ),
        fr=(
            "l’annuaire d’Apple ne lit pas {type}",
            "donnez l’épisode en MP3 ou M4A, ou en MP4, M4V ou MOV\xa0; d’autres fichiers peuvent l’accompagner",
        ),
        doc="Apple's requirements for podcast feeds: an episode in another format is not shown. Said of sites that have [podcast], and of articles that say something of their episode.",
    ),
    Rule(
        code="podcast-length",
        severity="info",
        en=(
            "nothing says how many bytes the recording has",
            "add length: … beside its address; Apple wants it, and players show it before a download",
        ),
        fr=(
            "rien ne dit combien d’octets fait l’enregistrement",
            "ajoutez length: … à côté de son adresse\xa0; Apple le demande, et les lecteurs le montrent avant le téléchargement",
        ),
        doc="The length of an enclosure is required by RSS and by Apple. Of a file that lies elsewhere newsfeed cannot know it, since a build uses no network; 0 stands in the feed.",
    ),
    Rule(
        code="podcast-unnumbered",
        severity="warning",
        en=("the episode of a serial show has no number", "add a line to the block at the top: episode: …"),
        fr=(
            "l’épisode d’une série n’a pas de numéro",
            "ajoutez une ligne au bloc du début\xa0: episode: …",
        ),
        doc="Apple: numbers are mandatory for serial shows, since episodes are heard in their order. A trailer or a bonus needs none.",
    ),
    Rule(
        code="podcast-missing",
        severity="warning",
        en=(
            "podcast directories want {element}, and “{key}” does not say it",
            "add to newsfeed.toml, below [podcast]: {example}",
        ),
        fr=(
            "les annuaires de podcasts demandent {element}, et «\xa0{key}\xa0» n’en dit rien",
            "ajoutez à newsfeed.toml, sous [podcast]\xa0: {example}",
        ),
        doc="Apple refuses a show without a category, a picture or a word on explicit content; Spotify and others send a code to the owner's address.",
    ),
    Rule(
        code="podcast-undeclared",
        severity="info",
        en=(
            "articles have recordings, and nothing says what a podcast directory asks for",
            "for a podcast, add [podcast] with categories, explicit and image; otherwise nothing is to be done",
        ),
        fr=(
            "des articles ont des enregistrements, et rien ne dit ce que demande un annuaire de podcasts",
            "pour un podcast, ajoutez [podcast] avec categories, explicit et image\xa0; sinon, rien à faire",
        ),
        doc="A recording in an article is no podcast yet. Players find it all the same; a directory such as Apple's would refuse the feed.",
    ),
    Rule(
        code="podcast-image",
        severity="warning",
        en=(
            "directories would refuse the show's picture: {what}",
            "give a square JPEG or PNG of 1400 to 3000 pixels on each side: podcast.image",
        ),
        fr=(
            "les annuaires refuseraient l’image de l’émission\xa0: {what}",
            "donnez un JPEG ou PNG carré, de 1400 à 3000 pixels de côté\xa0: podcast.image",
        ),
        doc="Apple's requirements for a show's cover. The logo stands for it where podcast.image does not say another.",
    ),
    Rule(
        code="feed-podcast-category",
        severity="warning",
        en=("Apple has no category “{value}”", "write {expected}"),
        fr=("Apple n’a pas de catégorie «\xa0{value}\xa0»", "écrivez {expected}"),
        doc="Apple's list of categories, of 2019 and since: another one is as good as none, and a show without one is refused.",
    ),
    Rule(
        code="feed-podcast-format",
        severity="warning",
        en=("Apple's directory does not play {value} ({parent})", "give MP3, M4A, MP4, M4V or MOV"),
        fr=(
            "l’annuaire d’Apple ne lit pas {value} ({parent})",
            "donnez du MP3, M4A, MP4, M4V ou MOV",
        ),
        doc="Apple's requirements for podcast feeds.",
    ),
    Rule(
        code="feed-podcast-episode",
        severity="warning",
        en=("“{parent}” of a serial show has no itunes:episode", "number every full episode"),
        fr=(
            "«\xa0{parent}\xa0», d’une série, n’a pas d’itunes:episode",
            "numérotez chaque épisode entier",
        ),
        doc="Apple: numbers are mandatory for serial shows.",
    ),
)  # fmt: skip
