"""French hints on a page that was not written: what a person can do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from shlex import quote

from loosbot.corpus.french import counted
from loosbot.corpus.yaml.reader import shipped
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
    return f"{sentence}. {_of_codes().get(refusal.code, advice)}"


@cache
def _of_codes() -> Mapping[str, str]:
    """What to do, by the code of the wiki's refusal."""
    return {code: row["conseil"] for row in shipped("refus.yaml")["refus"] for code in row["codes"]}


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
