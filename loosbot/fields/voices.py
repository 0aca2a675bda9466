"""Voices side by side, disagreement kept; a place that does not speak is shown as silent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from loosbot.corpus.model import Record
from loosbot.corpus.tellers import is_reported, is_retold
from loosbot.fields.codecs import DATE
from loosbot.fields.parameters import VOICE, parameters
from loosbot.fields.prose import prose
from loosbot.fields.site import Site, bare
from loosbot.fields.statements import statements
from loosbot.fields.vocabulary import vocabulary
from loosbot.wikitext.blocks import join
from loosbot.wikitext.call import block_call, inline_call
from loosbot.wikitext.encoding import Context, encode

EXPECTED_ROLES = ("habitant", "agent", "elu")
WITHIN = "Récit"
"""Parameter of a voice that stands whole on another page: which one."""
_LONGEST_QUOTE = 600
"""Characters of a voice shown whole away from its own page."""


def told(tale: Record, site: Site) -> str:
    """Whose words these are, then the voices of a récit."""
    return join(_whose_words(tale.data), voices_of(tale, site))


def _whose_words(data: Mapping[str, Any]) -> str:
    """What the text of the page is, where it is not the one that was said or written."""
    if not is_retold(data):
        return ""
    sentence = f"Récit retracé d’après {encode(data['d_apres'], Context.PROSE)}"
    if not all(map(is_reported, data["voix"])):
        sentence += ", sauf les mots exacts, donnés comme tels"
    said = bare(data.get("prononce")) == "oui"
    sentence += " ; ce n’est pas le texte " + ("prononcé" if said else "d’origine")
    if said and "video" in data:
        sentence += ", que la vidéo fait entendre"
    return f"''{sentence}.''"


def voices_of(record: Record, site: Site) -> str:
    """The voices of a récit, or of another record that has its own, whole."""
    return _row(site, _whole(record, site)) if "voix" in record.data else ""


def voices_about(record: Record, others: Sequence[Record], site: Site) -> str:
    """The voices of a project, then those that ``others`` hold, each with a link to where it
    stands whole, and the places that are silent."""
    cards = _whole(record, site)
    heard = {voice.get("role") for voice in record.data.get("voix", ())}
    for other in others:
        for voice in other.data["voix"]:
            heard.add(voice.get("role"))
            text = _text(voice, _beginning(voice.get("texte")), site, other.path)
            cards.append(_card(site, voice, text, other.id))
    for role in EXPECTED_ROLES:
        if role not in heard:
            label = encode(vocabulary("role").label(role), Context.PARAM)
            cards.append(inline_call(site.names, "Voix absente", Rôle=label))
    return _row(site, cards)


def project_voices(project: Record, site: Site) -> str:
    """Everything that is said of a project, on its page and on others."""
    return voices_about(
        project, [one for one in site.heard_about(project.id) if one is not project], site
    )


def roles_heard(voices: Iterable[Mapping[str, Any]]) -> list[str]:
    """Labels of the roles that speak, in the order of the vocabulary, each once."""
    roles = {voice.get("role") for voice in voices}
    terms = vocabulary("role").terms
    return [term.label for word, term in terms.items() if word in roles]


def _whole(record: Record, site: Site) -> list[str]:
    cards = []
    for voice in record.data.get("voix", ()):
        body = [_text(voice, voice.get("texte"), site, record.path)]
        if "frottements" in voice:
            body.append("'''Frottements'''\n" + statements(voice["frottements"], site.names))
        cards.append(_card(site, voice, "\n\n".join(body)))
    return cards


def _row(site: Site, cards: Sequence[str]) -> str:
    begin = inline_call(site.names, "Début des voix")
    end = inline_call(site.names, "Fin des voix")
    return "\n".join((begin, *cards, end))


def _card(site: Site, voice: Mapping[str, Any], text: str, within: str = "") -> str:
    values = parameters(VOICE, voice, site.names)
    if within:
        # only who speaks: the rest stands on the page of the récit or the meeting
        values = [pair for pair in values if pair[0] in ("Qui", "Rôle", "Nature")]
        values.append((WITHIN, str(site.names.link_or_text(within))))
    head = block_call(site.names, "Voix", values)
    return f"{head}\n{text}\n{inline_call(site.names, 'Fin de voix')}"


def _text(voice: Mapping[str, Any], source: object, site: Site, path: str) -> str:
    """The words of a voice; of a voice that the consent filter masked, why there are none."""
    if isinstance(source, str):
        return prose(source, site, path, level=3)
    consent = voice.get("consentement", {})
    sentence = "Cette voix n’est pas publiée ici."
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
