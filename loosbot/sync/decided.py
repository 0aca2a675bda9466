"""Builds the PlannedPage for each kind of decision about a page. Pure."""

from __future__ import annotations

from dataclasses import replace

from loosbot.canonical import canonical
from loosbot.sync import block
from loosbot.sync.block import Block
from loosbot.sync.planned import PageFact, PlannedPage
from loosbot.wiki.revisions import PageState


def left_alone(
    draft: PlannedPage, state: PageState, fact: PageFact, reason: str, remedy: str
) -> PlannedPage:
    """The plan of a page whose block a person changed: left as it is, its editor named."""
    head = state.revision
    return replace(
        draft,
        to=draft.title,
        action="human-edit",
        reason=reason,
        # a user name that an administrator hid stays hidden: no other editor is named instead
        user=fact.user if fact.changed or head is None else head.user,
        revision=fact.changed or fact.revision,
        remedy=remedy,
    )


def why_changed(fact: PageFact, state: PageState) -> str:
    """The sentence about what a person did to our block."""
    who = f" par {fact.user}" if fact.user else ""
    if state.revision is not None and state.revision.size == 0:
        return f"La page a été vidée{who}."
    return {
        "block": f"Le texte publié a été modifié{who} sur le wiki.",
        "missing": f"Les marques du texte publié ont été retirées{who}.",
        "doubled": f"Les marques du texte publié sont en double (dernière main : {fact.user}).",
        "damaged": f"Les marques du texte publié ont été abîmées{who}.",
    }[fact.mark]


def created(draft: PlannedPage, wanted: Block) -> PlannedPage:
    """The plan of a page that does not exist yet."""
    reason = "La page n’existe pas encore."
    return replace(draft, action="create", reason=reason, text=block.write(wanted))


def unnamed(draft: PlannedPage, path: str) -> PlannedPage:
    """The plan of a page whose key holds the name of somebody masked: not created. One that exists
    stays, and is reported apart."""
    return replace(
        draft,
        action="error",
        reason="Le nom du fichier est celui de quelqu’un qui n’a pas accepté de paraître ici, et "
        f"le wiki le garderait comme clé : renommez {path} (git mv), puis publiez.",
    )


def adopted(draft: PlannedPage, state: PageState, wanted: Block) -> PlannedPage:
    """The plan of a page that people wrote: our block goes above. ``state`` holds its text."""
    reason = "Le bloc est placé au-dessus du texte des habitants du wiki, qui reste."
    new = canonical(block.adopt(state.read_text, wanted))
    return replace(draft, action="adopt", reason=reason, text=new, before=state.read_text)
