"""What ``check`` says of consents: a basis that does not hold, a proof that proves nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from loosbot.corpus.model import KeyPath
from loosbot.corpus.privacy.consent import PUBLISHED
from loosbot.corpus.privacy.contacts import JOINED
from loosbot.corpus.privacy.wholenames import is_first_name, whole_name
from loosbot.corpus.values import groups, several
from loosbot.corpus.wording import Fault, quoted, warning, without_accents

_SUPPOSED = re.compile(
    r"\bfilm[ée]|\bvid[ée]o|\bcapt(?:ée?s?|ation)\b|\benregistr|\bpubliquement\b|\ben public\b"
    r"|\bintervention publique\b|\bphoto",
    re.IGNORECASE,
)
"""A ``preuve`` that tells of a public moment, and of nobody's agreement."""
_AGREED = re.compile(
    r"\baccord|\bautoris|\bconsent|\bsign[ée]|\bformulaire|\ba dit oui\b|\bcourrier|\bcourriel"
    r"|\bmail\b",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:,|&|\bet\b)\s*")
"""Parts names, where one of ``JOINED`` does: those that commas alone part may be read as one voice,
on purpose."""
_STATES = frozenset(("public", "interne", "scelle", "retire", "inconnu"))
_CONSENTS = _STATES.union(
    ("publique", "oui", "ok", "signe", "signee", "ecrit", "oral", "donne", "accord")
)


def faults(data: Mapping[str, Any]) -> Iterator[Fault]:
    """Faults of the consents of one document that its schema accepts."""
    for path, consent in consents(data):
        yield from _scope(path, consent)
        yield from _proof(path, consent)
    for rank, voice in groups(data.get("voix")):
        yield from _agreement_of_role(("voix", rank, "accord"), voice)
        if voice.get("role") == "habitant":
            yield from _whole_name(("voix", rank, "qui"), voice.get("qui"))
        yield from _several(("voix", rank, "qui"), voice.get("qui"))


def _agreement_of_role(path: KeyPath, voice: Mapping[str, Any]) -> Iterator[Fault]:
    """The fault of a consent under ``accord``, which is how the role is said of the person."""
    words = voice.get("accord")
    typed = re.findall(r"\w+", without_accents(words)) if isinstance(words, str) else []
    if typed and _CONSENTS.issuperset(typed):
        state = next((word for word in typed if word in _STATES), "public")
        yield warning(
            path,
            "accord-du-role",
            "« accord » dit le rôle comme on le dit de la personne, « habitante », « élus » : "
            f"{quoted(words)} se lirait à la place du rôle.",
            "Retirez-le : « consentement » dit ce que la personne a accepté."
            if "consentement" in voice
            else "Pour ce que la personne a accepté, écrivez à la place : consentement: "
            f"{{etat: {state}}}",
        )


def _whole_name(path: KeyPath, who: Any) -> Iterator[Fault]:
    """The fault of an inhabitant named in full: first name and initial are the rule, in a small
    town."""
    for rank, name in enumerate(several(who)):
        if isinstance(name, str) and "/" not in name and (short := whole_name(name)):
            yield warning(
                (*path, rank) if isinstance(who, list) else path,
                "nom-entier",
                f"Le nom entier d’un habitant : {quoted(name)}.",
                f"Écrivez le prénom et l’initiale : {short} Une personne nommée au titre d’une "
                "charge publique a sa fiche dans narratives/acteur/, avec « public: oui » ; un "
                "groupe ou un lieu se dit avec un article (« Les amis du four »), ou a sa fiche.",
            )


def _several(path: KeyPath, who: Any) -> Iterator[Fault]:
    """The fault of several first names in one text, which is one person for whoever counts."""
    names = _AND.split(who) if isinstance(who, str) and JOINED.search(who) else []
    if len(names) > 1 and all(is_first_name(name) for name in names):
        yield warning(
            path,
            "plusieurs-noms",
            f"{quoted(who)} : ces personnes ne comptent que pour une.",
            f"Écrivez-les l’une après l’autre : qui: [{', '.join(names)}]. Chacune a son accord à "
            "donner.",
        )


def consents(data: Mapping[str, Any]) -> Iterator[tuple[KeyPath, Mapping[str, Any]]]:
    """The consents of a person's record and of voices, each with its place."""
    if isinstance(consent := data.get("consentement"), dict):
        yield ("consentement",), consent
    for rank, voice in groups(data.get("voix")):
        if isinstance(consent := voice.get("consentement"), dict):
            yield ("voix", rank, "consentement"), consent


def _scope(path: KeyPath, consent: Mapping[str, Any]) -> Iterator[Fault]:
    """The fault of a scope beyond the wiki that rests on earlier publication alone."""
    scope = consent.get("portee")
    if consent.get("base") != PUBLISHED or not isinstance(scope, list):
        return
    for rank, where in enumerate(scope):
        if where != "wiki":
            yield Fault(
                (*path, "portee", rank),
                "base-publie",
                f"« base: publie » ne vaut que pour le wiki, pas pour « {where} ».",
                "Retirez cette portée, ou, si la personne a donné son accord, « base » et "
                "« section ».",
            )


def _proof(path: KeyPath, consent: Mapping[str, Any]) -> Iterator[Fault]:
    if consent.get("etat") != "public" or consent.get("base") == PUBLISHED:
        return
    status, proof = consent.get("statut"), consent.get("preuve")
    if status == "deduit":
        yield warning(
            (*path, "statut"),
            "consentement-deduit",
            "Cet accord est supposé : rien n’en sort du wiki fermé de la mairie.",
            "Demandez-le à la personne, puis écrivez « statut: atteste » ; si le référentiel "
            "publié le dit déjà d’elle, « base: publie » et sa « section ».",
        )
    elif (
        status is None
        and isinstance(proof, str)
        and _SUPPOSED.search(proof)
        and not _AGREED.search(proof)
    ):
        yield warning(
            (*path, "preuve"),
            "preuve-deduite",
            "Avoir parlé en public ou avoir été filmé n’est pas avoir accepté d’être publié.",
            "Demandez l’accord de la personne et dites où il se trouve ; sinon écrivez "
            "« statut: deduit », ou « base: publie » et sa « section ».",
        )
