"""Voices side by side, disagreement kept; a place that does not speak is shown as silent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from loosbot.corpus.model import Record
from loosbot.corpus.tellers import is_reported, is_retold
from loosbot.render.blocks import join
from loosbot.render.call import block_call, inline_call
from loosbot.render.codecs import DATE
from loosbot.render.fields import VOICE, parameters
from loosbot.render.prose import prose
from loosbot.render.site import Site, bare
from loosbot.render.statements import statements
from loosbot.render.vocabulary import vocabulary
from loosbot.render.wikitext import Context, encode

EXPECTED_ROLES = ("habitant", "agent", "elu")
_LONGEST_QUOTE = 600
"""Characters of a voice shown whole away from its own page."""


def told(tale: Record, site: Site) -> str:
    """Whose words these are, then the voices of a récit."""
    return join(_whose_words(tale.data), voices_of(tale, site))


def _whose_words(data: Mapping[str, Any]) -> str:
    """What the text of the page is, where it is not the one that was said or written."""
    if not is_retold(data):
        return ""
    sentence = f"Récit retracé d'après {encode(data['d_apres'], Context.PROSE)}"
    if not all(map(is_reported, data["voix"])):
        sentence += ", sauf les mots exacts, donnés comme tels"
    said = bare(data.get("prononce")) == "oui"
    sentence += " ; ce n'est pas le texte " + ("prononcé" if said else "d'origine")
    if said and "video" in data:
        sentence += ", que la vidéo fait entendre"
    return f"''{sentence}.''"


def voices_of(tale: Record, site: Site) -> str:
    """The voices of a récit, whole."""
    cards = []
    for voice in tale.data["voix"]:
        body = [_text(voice, voice.get("texte"), site, tale.path)]
        if "frottements" in voice:
            body.append("'''Frottements'''\n" + statements(voice["frottements"], site.names))
        cards.append(_card(site, voice, "\n\n".join(body)))
    return _row(site, cards)


def voices_about(tales: Sequence[Record], site: Site) -> str:
    """The voices of these récits, each with a link to it, and the places that are silent."""
    cards = []
    heard = set()
    for tale in tales:
        for voice in tale.data["voix"]:
            heard.add(voice.get("role"))
            text = _text(voice, _beginning(voice.get("texte")), site, tale.path)
            cards.append(_card(site, voice, text, tale.id))
    for role in EXPECTED_ROLES:
        if role not in heard:
            label = encode(vocabulary("role").label(role), Context.PARAM)
            cards.append(inline_call(site.names, "Voix absente", Rôle=label))
    return _row(site, cards)


def told_of(project: Record, site: Site) -> tuple[str, list[str]]:
    """What the récits about a project say of it, and their ids."""
    tales = site.tales_of(project.id)
    return voices_about(tales, site), [tale.id for tale in tales]


def roles_heard(voices: Iterable[Mapping[str, Any]]) -> list[str]:
    """Labels of the roles that speak, in the order of the vocabulary, each once."""
    roles = {voice.get("role") for voice in voices}
    terms = vocabulary("role").terms
    return [term.label for word, term in terms.items() if word in roles]


def _row(site: Site, cards: Sequence[str]) -> str:
    begin = inline_call(site.names, "Début des voix")
    end = inline_call(site.names, "Fin des voix")
    return "\n".join((begin, *cards, end))


def _card(site: Site, voice: Mapping[str, Any], text: str, tale: str = "") -> str:
    values = parameters(VOICE, voice, site.names)
    if tale:
        # only who speaks: the rest stands on the récit's own page
        values = [pair for pair in values if pair[0] in ("Qui", "Rôle", "Nature")]
        values.append(("Récit", str(site.names.link_or_text(tale))))
    head = block_call(site.names, "Voix", values)
    return f"{head}\n{text}\n{inline_call(site.names, 'Fin de voix')}"


def _text(voice: Mapping[str, Any], source: object, site: Site, path: str) -> str:
    """The words of a voice; of a voice that the consent filter masked, why there are none."""
    if isinstance(source, str):
        return prose(source, site, path, level=3)
    consent = voice.get("consentement", {})
    sentence = "Cette voix n'est pas publiée ici."
    if "jusquau" in consent:
        sentence = (
            f"Cette voix ne sera pas publiée avant : {DATE.encode(consent['jusquau'], site.names)}."
        )
    if "motif" in consent:
        sentence += f" {encode(consent['motif'], Context.LIST_ITEM)}"
    return f"''{sentence}''"


def _beginning(source: object) -> str | None:
    """A short voice whole, else its first paragraph: a voice is never cut inside a sentence."""
    if not isinstance(source, str):
        return None
    if len(source) <= _LONGEST_QUOTE:
        return source
    return source.strip().split("\n\n")[0] + "\n\n[…]"
