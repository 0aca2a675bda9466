"""French hints on a page that was not written: what a person can do. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from shlex import quote

from loosbot.corpus.french import counted
from loosbot.sync.planned import PlannedPage
from loosbot.wiki.exchange import BROKEN_PREFIX
from loosbot.wiki.revisions import WikiRefusal

EDITED = (
    "« loosbot pull » la reprend dans la fiche, ou dit ce qui n’y tient pas et où l’écrire ; "
    "sinon, annulez-la sur le wiki."
)
ILLEGIBLE = (
    "« loosbot pull » n’a plus rien à y reprendre : remettez la version d’avant depuis "
    "l’historique de la page."
)
NO_FILE = (
    "« loosbot pull » n’a pas de fichier où reprendre cette modification : annulez-la sur le wiki."
)
VOICE_WAITS = (
    "Une voix y a été ajoutée : « loosbot pull » la reprend dans la fiche, son accord à demander. "
    "Ses mots restent où ils sont tant que cet accord n’y est pas écrit."
)
HIDDEN = (
    "« loosbot pull » ne peut pas la comparer : aucune version publiée par loosbot n’est encore "
    "lisible dans l’historique de la page."
)

_PROTECTED = "La page est protégée : demandez à un administrateur du wiki de l’ouvrir au robot."
_BLACKLIST = "Un administrateur du wiki peut lever cette interdiction ; sinon, changez la fiche."
_RELAUNCH = "Quelqu’un écrivait au même moment : relancez la même commande."
_TOO_LARGE = (
    "C’est plus que ce que prend le serveur du wiki : allégez le fichier (une photo plus petite), "
    "ou demandez à la personne qui tient ce serveur d’y relever la limite (docs/serveur.md)."
)

_ADVICE = {
    "protectedpage": _PROTECTED,
    "cascadeprotected": _PROTECTED,
    "protectednamespace": _PROTECTED,
    "protectednamespace-interface": _PROTECTED,
    "protectedtitle": _PROTECTED,
    "titleblacklist-forbidden": _BLACKLIST,
    "titleblacklist-forbidden-edit": _BLACKLIST,
    "spamblacklist": _BLACKLIST,
    "abusefilter-disallowed": _BLACKLIST,
    "abusefilter-warning": (
        "loosbot ne confirme jamais un avertissement à votre place : un administrateur du wiki "
        "peut écarter le robot de ce filtre ; sinon, changez la fiche."
    ),
    "captcha": (
        "Un administrateur du wiki en dispense le robot dans LocalSettings.php : "
        "$wgGroupPermissions['bot']['skipcaptcha'] = true; "
        "et le compte doit être du groupe « bot »."
    ),
    # PHP's upload_max_filesize, the wiki's $wgMaxUploadSize, the front server's own
    "badupload": _TOO_LARGE,
    "file-too-large": _TOO_LARGE,
    "http-413": _TOO_LARGE,
    "contenttoobig": "La page est trop longue pour le wiki : partagez la fiche en plusieurs.",
    "cantcreate": "Demandez à un administrateur du wiki le droit de créer des pages.",
    "cantcreate-anon": "Demandez à un administrateur du wiki le droit de créer des pages.",
    "invalidtitle": "Changez le titre de la fiche.",
    "editconflict": _RELAUNCH,
    "articleexists": "Une autre page porte ce titre : changez celui de la fiche, ou le sien.",
    "redirectexists": (
        "Ce titre a déjà servi et mène maintenant ailleurs : un administrateur du wiki peut "
        "supprimer cette redirection, puis relancez ; sinon, donnez un autre titre à la fiche."
    ),
    "missingtitle": _RELAUNCH,
    "nosuchpageid": _RELAUNCH,
    "pagedeleted": "La page vient d’être supprimée sur le wiki : voyez avec la personne pourquoi.",
    "cantmove": "Donnez au compte du robot le droit de renommer des pages.",
    "no-answer": (
        "Relancez la même commande. Si cela se répète pour elle seule, montrez ce message à la "
        "personne qui tient le serveur : il ne prend peut-être pas d’aussi grands envois "
        "(post_max_size de PHP)."
    ),
    "deleted-by-move": "Rétablissez-la, puis relancez la même commande.",
    "hookaborted": (
        "Une extension du wiki arrête ce texte sans dire pourquoi : demandez à un administrateur "
        "laquelle, et ce qui la gêne."
    ),
    "permissiondenied": (
        "Demandez à un administrateur du wiki quel droit manque au compte du robot pour cette page."
    ),
    "blocked": (
        "Le robot est bloqué à cet endroit du wiki : voyez avec l’administrateur qui l’a bloqué "
        "pourquoi, puis relancez."
    ),
}

OVERTAKEN = {
    "editconflict", "edit-conflict", "articleexists", "edit-already-exists", "missingtitle",
    "nosuchpageid", "pagedeleted",
}  # fmt: skip
"""Refusals because somebody else was quicker."""

_BROKEN = (
    "Le wiki, ou une de ses extensions, s’est trompé en enregistrant cette page : montrez ce "
    "message à la personne qui tient le serveur, puis relancez."
)

_OTHERWISE = "Lisez ce qu’en dit le wiki, corrigez, puis relancez : les autres pages sont faites."


def explain(refusal: WikiRefusal) -> str:
    """The wiki's error message, its code, and a hint."""
    words, code = refusal.info.rstrip(". "), f"({refusal.code})"
    advice = _BROKEN if refusal.code.startswith(BROKEN_PREFIX) else _OTHERWISE
    sentence = words if code in words else f"{words} {code}"
    return f"{sentence}. {_ADVICE.get(refusal.code, advice)}"


def not_wikitext(model: str) -> str:
    """The hint for a page with another content model: it would show our wikitext as source."""
    return (
        f"Le modèle de contenu de la page n’est plus « wikitext » mais « {model} » : elle montre "
        "le texte publié avec tous ses signes. Rendez-lui « wikitext » (page spéciale « Modifier "
        "le modèle de contenu »), puis relancez."
    )


def beyond_pull(reason: str) -> str:
    """The hint for a person's change that ``pull`` cannot take, for this reason."""
    why = reason.rstrip(".")
    return (
        f"« loosbot pull » ne peut pas la reprendre : {why}. À défaut, corrigez la page sur le "
        "wiki, ou remettez la version d’avant depuis son historique."
    )


def what_to_do(page: PlannedPage) -> str:
    """The hint for a page that waits for a person; "" where its reason already holds it."""
    match page.action:
        case "adopt":
            over = "Pour placer la fiche au-dessus, ce texte reste :"
            return f"{over} loosbot sync --adopt {quote(page.id)}"
        case "deleted-on-wiki":
            return f"Pour la recréer : loosbot sync --recreate {quote(page.id)}"
        case "human-edit":
            return (
                f"{page.remedy or EDITED} Pour publier tout de même le texte du dépôt, en "
                f"prévenant la personne : loosbot sync --take-back {quote(page.id)}"
            )
    return ""


def together(pages: Iterable[PlannedPage]) -> Iterator[str]:
    """For each account that changed several pages, a robot it may be, the one command with which
    our text comes back on all of them."""
    by_whom: dict[str, list[str]] = {}
    for page in pages:
        if page.action == "human-edit" and page.user:
            by_whom.setdefault(page.user, []).append(page.id)
    for user, ids in sorted(by_whom.items()):
        if len(ids) > 1:
            yield (
                f"{user} a modifié {counted(len(ids), 'page')}. S’il n’y a rien à en garder, le "
                "texte du dépôt revient sur toutes par une seule commande :"
            )
            yield f"    {take_back(ids)}"


def take_back(ids: Iterable[str]) -> str:
    """The command that puts our text back on these pages."""
    return " ".join(("loosbot sync", *(f"--take-back {quote(id_)}" for id_ in ids)))
