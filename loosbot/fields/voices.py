"""Voices one under the other at full width, disagreement kept, each under who speaks.

Written, and read again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import mwparserfromhell
from mwparserfromhell.nodes import Template

from loosbot.corpus.check.authorship import is_reported, is_retold
from loosbot.corpus.model import Record
from loosbot.corpus.values import several
from loosbot.corpus.wording import folded
from loosbot.fields.codecs import DATE
from loosbot.fields.linked import write_linked
from loosbot.fields.lists import read_list, write_list
from loosbot.fields.parameters import VOICE, parameters
from loosbot.fields.prose import prose
from loosbot.fields.site import Site, bare
from loosbot.fields.slots import CALLS, COUNT, Slot, fixed, values
from loosbot.fields.statements import STATEMENT
from loosbot.fields.vocabulary import STATES, fold, vocabulary
from loosbot.frozen import dataclass
from loosbot.wikitext import wikicode
from loosbot.wikitext.blocks import block_call, join, section
from loosbot.wikitext.encoding import Context, encode
from loosbot.wikitext.names import Names
from loosbot.wikitext.unmarkdown import split_blocks

EXPECTED_ROLES = ("habitant", "agent", "elu")
WITHIN = "Récit"
"""Parameter of a voice that stands whole on another page: which one."""
FRICTIONS = "'''Frottements'''"
_LONGEST_QUOTE = 600
"""Characters of a voice shown whole away from its own page."""


def tale_voices(tale: Record, site: Site) -> str:
    """The voices of a récit, then whose words these are."""
    return join(voices_of(tale, site), _whose_words(tale.data))


def _whose_words(data: Mapping[str, Any]) -> str:
    """What the text of the page is, where it is not the one that was said or written."""
    if not is_retold(data):
        return ""
    sentence = f"Récit retracé d’après {encode(data['d_apres'], Context.PROSE)}"
    if not all(map(is_reported, data["voix"])):
        sentence += ", sauf les mots exacts, donnés comme tels"
    spoken = bare(data.get("prononce")) == "oui"
    sentence += " ; ce n’est pas le texte " + ("prononcé" if spoken else "d’origine")
    if spoken and "video" in data:
        sentence += ", que la vidéo fait entendre"
    return f"''{sentence}.''"


def voices_of(record: Record, site: Site) -> str:
    """The voices of a récit, or of another record that has its own, whole."""
    return join(*_whole(record, site))


def voices_about(record: Record, others: Sequence[Record], site: Site) -> str:
    """The voices of a project, then those that ``others`` hold, each with a link to where it
    stands whole."""
    voices = _whole(record, site)
    for other in others:
        for voice in other.data["voix"]:
            text = _text(voice, _beginning(voice.get("texte")), site, other.path)
            voices.append(_voice(site, voice, text, other.id))
    return join(*voices)


def silent(record: Record, site: Site) -> list[str]:
    """Labels of the places that say nothing of a project, there or elsewhere."""
    voices = [*record.data.get("voix", ())]
    for other in site.speaking_of(record.id):
        voices += other.data["voix"]
    roles = {voice.get("role") for voice in voices}
    return [vocabulary("role").label(role) for role in EXPECTED_ROLES if role not in roles]


def project_voices(project: Record, site: Site) -> str:
    """Everything that is said of a project, on its page and on others."""
    others = [record for record in site.speaking_of(project.id) if record.id != project.id]
    return voices_about(project, others, site)


def speaking_roles(voices: Iterable[Mapping[str, Any]]) -> list[str]:
    """The roles that speak, in the order of the vocabulary, each once.

    As it is said of them where all who speak in that role say the same (« habitantes »).
    """
    places: dict[Any, set[str]] = {}
    for voice in voices:
        places.setdefault(voice.get("role"), set()).add(place_of(voice))
    terms = vocabulary("role").terms
    return [
        places[word].pop() if len(places[word]) == 1 else term.title.lower()
        for word, term in terms.items()
        if word in places
    ]


def place_of(voice: Mapping[str, Any]) -> str:
    """The role of a speaker, in the right gender and number; "" if masked."""
    role = voice.get("role")
    word = vocabulary("role").label(role).lower() if isinstance(role, str) else ""
    return str(voice.get("accord", word))


def _role_name(place: str) -> str:
    """The role that words such as « habitante » or « élus » say; "" for none of them."""
    wanted = folded(place)
    return next(
        (
            word
            for word, term in vocabulary("role").terms.items()
            if re.fullmatch(_agreed(term.title), wanted)
        ),
        "",
    )


def _agreed(label: str) -> str:
    """A pattern for a label, in either gender and number."""
    words = folded(label).split()
    stems = (re.sub("eur$", "(?:eur|rice|euse)", re.escape(word)) for word in words)
    return " ".join(f"{stem}e?s?" for stem in stems)


def _whole(record: Record, site: Site) -> list[str]:
    voices = []
    for voice in record.data.get("voix", ()):
        body = [_text(voice, voice.get("texte"), site, record.path)]
        if "frottements" in voice:
            body.append(f"{FRICTIONS}\n{write_list(voice['frottements'], STATEMENT, site.names)}")
        voices.append(_voice(site, voice, join(*body)))
    return voices


def _voice(site: Site, voice: Mapping[str, Any], text: str, within: str = "") -> str:
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
    speaking = several(voice.get("qui", ""))
    names = [STATES.get(person) or site.names.label(person) for person in speaking]
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
        sentence += f" {write_linked(consent['motif'], Context.LIST_ITEM, site.names)}"
    return f"''{sentence}''"


def _beginning(source: object) -> str | None:
    """A short voice whole, else its first paragraph: a voice is never cut inside a sentence."""
    if not isinstance(source, str):
        return None
    if len(source) <= _LONGEST_QUOTE:
        return source
    return source.strip().split("\n\n")[0] + "\n\n[…]"


@dataclass(frozen=True, slots=True)
class _Voice:
    """What the box of a voice says, and its words. ``boxed`` says whether it has one; without, its
    heading tells who speaks."""

    call: dict[str, str]
    text: str
    boxed: bool = True


def read_voices(text: str, names: Names) -> list[Slot]:
    """The voices of a record, in the order of the file; those of other pages come from there."""
    old = "{{" + names.template("Début des voix") in text
    every, rest = _between_calls(text, names) if old else _under_headings(text, names)
    own = [voice for voice in every if WITHIN not in voice.call]
    slots = fixed(rest, "Les voix") + fixed(str(len(own)) if own else "", COUNT)
    for voice in every:
        if WITHIN in voice.call:
            block = "\n".join(
                (*(f"{key} = {call_text}" for key, call_text in voice.call.items()), voice.text)
            )
            slots += fixed(block, "Voix d’autres pages")
    for number, voice in enumerate(own):
        label = f"Voix {number + 1}"
        slots += fixed("" if voice.boxed else "0", f"{CALLS}{label}")
        slots += values(VOICE, voice.call, ("voix", number), label)
        words, heading, frictions = voice.text.partition(f"{FRICTIONS}\n")
        if heading:
            path = ("voix", number, "frottements")
            slots += read_list(frictions, path, f"{label} : frottements", STATEMENT)
        if wikicode.trim(words):
            path = ("voix", number, "texte")
            blocks = tuple(split_blocks(wikicode.trim(words), titled=False))
            slots.append(Slot(path, "prose", blocks, label, level=3))
    return slots


def _under_headings(text: str, names: Names) -> tuple[list[_Voice], str]:
    """Each voice stands under its heading, and ends with its box."""
    before, parts = wikicode.sections(text, 3)
    voices: list[_Voice] = []
    rest = [before]
    box = names.template("Voix")
    for title, part in parts:
        words: list[str] = []
        boxed = False
        for name, node in _nodes(part):
            if isinstance(node, Template) and name == box:
                call = wikicode.values_of(node)
                if not boxed:
                    call = _agreeing(call, title)
                voices.append(_Voice(call, wikicode.trim("".join(words))))
                words, boxed = [], True
            else:
                words.append(str(node))
        left = wikicode.trim("".join(words))
        if left and not boxed:
            # its box is gone, and its words are not: a voice is never deleted so
            voices.append(_Voice(_announced(title), left, boxed=False))
        else:
            rest.append(left)
    return voices, re.sub(r"\s+", " ", " ".join(rest))


def _agreeing(call: dict[str, str], title: str) -> dict[str, str]:
    """A box with the form of its role that the heading gives: « habitante » for Habitant."""
    heading = _announced(title)
    same = "Accord" in heading and fold(call.get("Rôle", "")) == fold(heading["Rôle"])
    return {**call, "Accord": heading["Accord"]} if same and not call.get("Accord") else call


def _announced(title: str) -> dict[str, str]:
    """Who speaks, as a heading of ours says it: ``Marie D. · habitante``."""
    who, _, place = (wikicode.trim(part) for part in title.partition("·"))
    # bold or italic over the whole heading leaves half a pair of quotes with the role
    role = "" if "''" in place else _role_name(place)
    call = {"Qui": who}
    if role:
        label = vocabulary("role").label(role)
        call["Rôle"] = label
        if fold(place) != fold(label):
            call["Accord"] = place
    return call


def _between_calls(text: str, names: Names) -> tuple[list[_Voice], str]:
    """Format 1: each voice stood between two calls."""
    begin, end = names.template("Voix"), names.template("Fin de voix")
    voices: list[_Voice] = []
    rest: list[str] = []
    call: dict[str, str] | None = None
    words: list[str] = []
    for name, node in _nodes(text):
        if isinstance(node, Template) and name == begin and call is None:
            call, words = wikicode.values_of(node), []
        elif name == end and call is not None:
            voices.append(_Voice(call, wikicode.trim("".join(words))))
            call = None
        elif call is not None:
            words.append(str(node))
        else:
            rest.append(str(node))
    if call is not None:
        rest += words
    return voices, re.sub(r"\s+", " ", "".join(rest))


def _nodes(text: str) -> Iterator[tuple[str, object]]:
    for node in mwparserfromhell.parse(text, skip_style_tags=True).nodes:
        yield wikicode.name_of(node) if isinstance(node, Template) else "", node
