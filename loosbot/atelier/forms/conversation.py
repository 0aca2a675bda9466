"""Which few questions a form asks first, their wording and order (``schemas/questionnaires.yaml``).

Everything else that a record may hold stands behind « en dire plus ».
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from loosbot.corpus.yaml.reader import shipped


@dataclass(frozen=True, slots=True)
class Question:
    """``field`` is a path of the dictionary; ``ask`` is the question, ``why`` a line of help."""

    field: str
    ask: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """The form of one type: ``verb`` is its heading, ``questions`` come first."""

    verb: str
    questions: tuple[Question, ...]


_TEXTS = shipped("questionnaires.yaml")
QUESTIONNAIRES: Mapping[str, Questionnaire] = {
    name: Questionnaire(form["titre"], tuple(Question(*row) for row in form["questions"]))
    for name, form in _TEXTS["types"].items()
}
CONSENT: Mapping[str, tuple[str, str]] = {
    key: (ask, why) for key, (ask, why) in _TEXTS["accord"].items()
}
"""The questions of a consent, in this order; the other fields of the block stand behind them."""
HELP: Mapping[str, str] = _TEXTS["aide"]
"""Help of fields, by the end of their path, where the dictionary speaks of the keys of a file."""
ANSWERS: Mapping[str, Mapping[str, str]] = _TEXTS["reponses"]
"""Words of vocabularies said as answers; the definitions stay those of the vocabulary."""
_OF_A_FILE = re.compile(
    r"loosbot |narratives/|nom-du-fichier|nom\.yaml|entre crochets|dans la liste :"
    r"|^Écrivez \w+/\S+ seul"
)
_QUANTITY = re.compile(
    r"\{?valeur: (?P<number>[^,}]*[\d.]+)(?:, unite: \"?(?P<unit>[^,}\"]+)\"?)?"
    r"(?:, quoi: \"(?P<what>[^\"]+)\")?\}?"
)
_NOTE = re.compile(r" ?Une note pour vous se met [^.]*\.")


def question_of(type_name: str, name: str) -> str:
    """The question of an answer (``voix.n0.role``); "" for one that is not asked first."""
    parts = [part for part in name.split(".") if not part.lstrip("n").isdigit()]
    above, key = parts[-2:-1], parts[-1]
    if above == ["consentement"] and key in CONSENT:
        return CONSENT[key][0]
    # what a fact says itself is asked by the question of the fact
    fields = [".".join(parts), *([".".join(parts[:-1])] if key == "valeur" else ())]
    questions = {question.field: question.ask for question in QUESTIONNAIRES[type_name].questions}
    return next((questions[field] for field in fields if field in questions), "")


def mend(code: str, hint: str, *, within: bool) -> str:
    """What ``check`` says to do, for somebody who sees no file; ``within`` for a part of a text."""
    if code == "nombre-et-unite":
        return _QUANTITY.sub(_apart, hint)
    if not _OF_A_FILE.search(hint):
        return _NOTE.sub("", hint).replace(" sans guillemets, avec", " avec")
    if within:
        return "Écrivez l’adresse en entier, depuis https://, ou retirez le lien."
    mends: Mapping[str, str] = _TEXTS["corrections"]
    return mends.get(code, "")


def _apart(quantity: re.Match[str]) -> str:
    """``valeur: 30, unite: m`` as what goes into two answers, or three."""
    beside = ((quantity["unit"], "Unité"), (quantity["what"], "Quoi"))
    others = "".join(f", et « {text} » sous « {title} »" for text, title in beside if text)
    return f"{quantity['number'].replace('.', ',')}{others}"
