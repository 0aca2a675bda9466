"""Voices one under the other at full width, disagreement kept, each under who speaks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from loosbot.corpus.check.tellers import is_reported, is_retold
from loosbot.corpus.model import Record
from loosbot.fields.codecs import DATE
from loosbot.fields.parameters import VOICE, parameters
from loosbot.fields.prose import prose
from loosbot.fields.site import Site, bare
from loosbot.fields.statements import statements
from loosbot.fields.vocabulary import STATES, fold, vocabulary
from loosbot.wikitext.blocks import join, section
from loosbot.wikitext.call import block_call
from loosbot.wikitext.encoding import Context, encode

EXPECTED_ROLES = ("habitant", "agent", "elu")
WITHIN = "Récit"
"""Parameter of a voice that stands whole on another page: which one."""
FRICTIONS = "'''Frottements'''"
_LONGEST_QUOTE = 600
"""Characters of a voice shown whole away from its own page."""


def told(tale: Record, site: Site) -> str:
    """The voices of a récit, then whose words these are."""
    return join(voices_of(tale, site), _whose_words(tale.data))


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
    return join(*_whole(record, site))


def voices_about(record: Record, others: Sequence[Record], site: Site) -> str:
    """The voices of a project, then those that ``others`` hold, each with a link to where it
    stands whole."""
    told = _whole(record, site)
    for other in others:
        for voice in other.data["voix"]:
            text = _text(voice, _beginning(voice.get("texte")), site, other.path)
            told.append(_told(site, voice, text, other.id))
    return join(*told)


def silent(record: Record, site: Site) -> list[str]:
    """Labels of the places that say nothing of a project, there or elsewhere."""
    voices = [*record.data.get("voix", ())]
    for other in site.heard_about(record.id):
        voices += other.data["voix"]
    heard = {voice.get("role") for voice in voices}
    return [vocabulary("role").label(role) for role in EXPECTED_ROLES if role not in heard]


def project_voices(project: Record, site: Site) -> str:
    """Everything that is said of a project, on its page and on others."""
    return voices_about(
        project, [one for one in site.heard_about(project.id) if one is not project], site
    )


def roles_heard(voices: Iterable[Mapping[str, Any]]) -> list[str]:
    """The roles that speak, in the order of the vocabulary, each once.

    As it is said of them where all who speak in that role say the same (« habitantes »).
    """
    said: dict[Any, set[str]] = {}
    for voice in voices:
        said.setdefault(voice.get("role"), set()).add(place_of(voice))
    terms = vocabulary("role").terms
    return [
        said[word].pop() if len(said[word]) == 1 else term.label.lower()
        for word, term in terms.items()
        if word in said
    ]


def place_of(voice: Mapping[str, Any]) -> str:
    """From which place somebody speaks, as it is said of her, of him or of them; "" if masked."""
    role = voice.get("role")
    word = vocabulary("role").label(role).lower() if isinstance(role, str) else ""
    return str(voice.get("accord", word))


def _whole(record: Record, site: Site) -> list[str]:
    told = []
    for voice in record.data.get("voix", ()):
        body = [_text(voice, voice.get("texte"), site, record.path)]
        if "frottements" in voice:
            body.append(f"{FRICTIONS}\n{statements(voice['frottements'], site.names)}")
        told.append(_told(site, voice, join(*body)))
    return told


def _told(site: Site, voice: Mapping[str, Any], text: str, within: str = "") -> str:
    """One voice: who speaks as the heading, the words as they are, a small box under them.

    Nothing is opened above the words and closed under them: people correct them as any text.
    """
    values = parameters(VOICE, voice, site.names)
    if within:
        # only who speaks: the rest stands on the page of the récit or the meeting
        values = [pair for pair in values if pair[0] in ("Qui", "Rôle", "Accord", "Nature")]
        values.append((WITHIN, str(site.names.link_or_text(within))))
    return section(_who(voice, site), text, block_call(site.names, "Voix", values), level=3)


def _who(voice: Mapping[str, Any], site: Site) -> str:
    """Who speaks, and from which place, in the words of the heading above a voice."""
    who = voice.get("qui", "")
    some = who if isinstance(who, list) else [who]
    names = [STATES.get(one) or site.names.label(one) for one in some]
    spoken = ", ".join(names)
    place = place_of(voice)
    if any(word.startswith(fold(place)) for word in fold(spoken).split()):
        place = ""  # « Des habitants » says it already
    return " · ".join(filter(None, (spoken, place))) or "Une voix"


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
