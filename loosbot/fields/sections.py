"""What stands on the page of each type of record under its fiche, in its order.

A section is a heading and the fields under it, each with its place in the record and its shape.
Rendering walks these tables, reading a page back walks them too: a new section is one line here
(and its field in the schema). ``GatheredSection`` is what other records say; nobody reads it back.
"""

from __future__ import annotations

from collections.abc import Mapping

from loosbot.corpus import additions
from loosbot.corpus.additions import AddedField
from loosbot.corpus.french import typographic
from loosbot.corpus.model import KeyPath, Record
from loosbot.corpus.stages import STAGES
from loosbot.corpus.values import at
from loosbot.fields.shapes import (
    CLAUSES_CALL,
    CONTRIBUTIONS,
    COURSE,
    DECISIONS,
    EVENTS,
    LESSONS,
    LIMITS,
    LINES,
    MEETING_VOICES,
    OFFICES,
    PEOPLE,
    PROJECT_VOICES,
    PROSE,
    STATEMENTS,
    TEXTS,
    VOICES,
    Shape,
    figures,
    promises,
    read_tables,
    words,
)
from loosbot.fields.site import Site
from loosbot.fields.slots import Slot
from loosbot.frozen import dataclass
from loosbot.wikitext.blocks import section
from loosbot.wikitext.names import Names


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, and what stands under it. ``once`` are titles that it had before."""

    title: str
    parts: tuple[tuple[KeyPath, Shape], ...]
    once: tuple[str, ...] = ()

    def write(self, record: Record, site: Site) -> str:
        """Its wikitext; "" where the record has nothing for it."""
        texts = [
            shape.write(value, record, site)
            for path, shape in self.parts
            if (value := at(record.data, path)) is not None
        ]
        return section(self.title, *texts) if texts else ""

    def read(self, title: str, text: str, names: Names) -> list[Slot]:
        """The slots of the text under its heading."""
        path, shape = self.parts[0]
        if len(self.parts) == 1 and shape.read is not None:
            return shape.read(title, text, names, path)
        return read_tables(title, text, names, self.parts)


@dataclass(frozen=True, slots=True)
class GatheredSection:
    """What other records say, under this heading: ``render.body`` knows how it is gathered."""

    title: str


def _section(title: str, path: str, shape: Shape, *more: tuple[str, Shape]) -> Section:
    """``path`` is dotted; "" is the record itself."""
    parts = [(path, shape), *more]
    return Section(
        title, tuple((tuple(key.split(".")) if key else (), kind) for key, kind in parts)
    )


_EFFECTS = _section("Effets", "effets", words("effet"))
_FRICTIONS = _section("Frottements", "frottements", STATEMENTS)
_LEVERS = _section("Leviers", "leviers", words("levier"))
_WATCH = _section("Points de vigilance", "vigilances", words("vigilance"))
_LESSONS = _section("Ce que cela apprend", "enseignements", LESSONS)
_RESULTS = _section("Résultats", "resultats", STATEMENTS)
_EVENTS = _section("Repères", "reperes", EVENTS)
_NAMES = _section("Autres noms", "variantes", TEXTS)
"""The other words by which people look for it."""
_ABOUT = _section("Présentation", "texte", PROSE)
_FIGURES = _section("Chiffres", "chiffres", figures("Chiffres"))
_EXPERIENCE = (
    _section("Que s’est-il passé ?", "retour_d_experience.faits", PROSE),
    _section("Les points de vue", "retour_d_experience.points_de_vue", STATEMENTS),
    _section("Pourquoi ?", "retour_d_experience.pourquoi", PROSE),
    _section("La position commune", "retour_d_experience.position_commune", PROSE),
    _section("Ce qui peut être amélioré", "retour_d_experience.ameliorations", STATEMENTS),
)
"""Facts and views before reasons: what is discussed is what everybody has heard first."""

_LOOKED_FOR = tuple(
    _section(f"Où l’on a cherché {what}", f"recherches.{key}", STATEMENTS)
    for key, what in (*STAGES.items(), ("autres", "le reste"))
)
"""``inconnu`` alone claims nothing: this says that somebody looked, and where."""

_PROJECT: tuple[Section | GatheredSection, ...] = (
    _section("En détail", "texte", PROSE),
    _RESULTS,
    _EFFECTS,
    _section("Limites", "", LIMITS),
    _section("Ce qu’ils en disent", "", PROJECT_VOICES),
    *_EXPERIENCE,
    _LESSONS,
    _FRICTIONS,
    _LEVERS,
    _WATCH,
    _section("Questions ouvertes", "questions", STATEMENTS),
    _section("À qui s’adresser", "referents", PEOPLE),
    GatheredSection("Qui peut en parler"),
    _section("Le fil du projet", "", COURSE),
    *_LOOKED_FOR,
    _section(
        "Qui apporte quoi",
        "realisation.apports",
        CONTRIBUTIONS,
        ("convention.engagements", promises("Engagements de la convention")),
        ("engagements", promises("Autres engagements")),
        ("convention", CLAUSES_CALL),
    ),
    _section(
        "Coûts et chiffres",
        "realisation.couts",
        figures("Coûts"),
        ("chiffres", figures("Chiffres")),
    ),
    _NAMES,
)
"""What it is, how it ended, what people say, what it taught, whom to ask; then the details."""

SECTIONS: Mapping[str, tuple[Section | GatheredSection, ...]] = {
    "projet": _PROJECT,
    "fifty-fifty": _PROJECT,
    "recit": (
        _section("Les voix", "", VOICES),
        Section("Autour du récit", ((("texte",), PROSE),), once=("Le récit",)),
        GatheredSection("D’autres voix sur le même projet"),
        _EFFECTS,
        _section("Limites", "limites", words("limite")),
        _FRICTIONS,
        _LEVERS,
        _WATCH,
        _LESSONS,
        _NAMES,
    ),
    "reunion": (
        _section("Ce qui s’est passé", "texte", PROSE),
        _section("Le compte rendu", "compte_rendu.texte", PROSE),
        _section("Ce qu’ils en disent", "", MEETING_VOICES),
        _section("Décisions", "decisions", DECISIONS),
        _section("Engagements", "engagements", promises("Engagements pris")),
        _RESULTS,
        _FIGURES,
        _FRICTIONS,
        *_EXPERIENCE,
        _LESSONS,
        _NAMES,
    ),
    "acteur": (
        _ABOUT,
        _section("Mandats et fonctions", "mandats", OFFICES),
        _EVENTS,
        _NAMES,
        GatheredSection("Ce qui a été fait ensemble"),
    ),
    "lieu": (_ABOUT, _EVENTS, _FIGURES, _NAMES, GatheredSection("Ce qui s’y est passé")),
}
"""Type of a record -> its sections. « Voir aussi » follows them on every page."""

_PLAIN = (_ABOUT, _EVENTS, _NAMES)
"""Those of a type that has none of its own."""

NOTES = _section("Notes pour ceux qui écrivent", "notes", STATEMENTS)
"""At the foot of every record's page."""


def sections_of(record_type: str) -> tuple[Section | GatheredSection, ...]:
    """The sections of a type, those that the town adds at the end."""
    added = (field for field in additions.current().of(record_type) if field.heading)
    own = (Section(field.heading, (((field.key,), _shape(field)),)) for field in added)
    return (*SECTIONS.get(record_type, _PLAIN), *own)


def _shape(added: AddedField) -> Shape:
    return {"texte": PROSE, "lignes": LINES}.get(added.kind) or words(added.vocabulary)


def section_of(record_type: str, title: str) -> Section | None:
    """The section that this heading opens; None for one that is gathered, or that people added."""
    own = (
        section for section in (*sections_of(record_type), NOTES) if isinstance(section, Section)
    )
    # an older version of ours, and every keyboard, has the straight apostrophe
    typed = typographic(title)
    return next(
        (section for section in own if typed in map(typographic, (section.title, *section.once))),
        None,
    )
