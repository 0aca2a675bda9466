"""``loosbot new``: begin a record."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from loosbot.commands.options import corpus_option, require_record
from loosbot.commands.output import say
from loosbot.corpus.check.misplaced import type_called
from loosbot.corpus.check.samples import consent_meant
from loosbot.corpus.decoding import FORBIDDEN, code_point
from loosbot.corpus.french import listed
from loosbot.corpus.model import RECORD_TYPES, Record
from loosbot.corpus.paths import SLUG
from loosbot.corpus.tree import FolderTree
from loosbot.corpus.types import TYPES
from loosbot.corpus.values import speakers
from loosbot.corpus.wording import did_you_mean, nearest, slug
from loosbot.errors import UsageError
from loosbot.escaping import harmless_lines
from loosbot.fields.dictionary import Field
from loosbot.files import create_below, writing
from loosbot.start import begin
from loosbot.start.answers import put, value
from loosbot.start.begin import like, sheet

_HELP = f"""Commencer une fiche : quelques questions, puis un fichier prêt à compléter.

TYPE est {", ".join(RECORD_TYPES[:-1])} ou {RECORD_TYPES[-1]}. Une voix n’est jamais publiée sans
que vous ayez dit que la personne est d’accord.

Exemple : loosbot new recit --titre "Le banc à mi-chemin"
"""


@click.command(help=_HELP)
@click.argument("type_name", metavar="TYPE")
@click.option("--titre", metavar="TITRE", help="Le titre de la fiche.")
@click.option("--depuis", metavar="ID", help="Partir d’une fiche qui existe.")
@click.option(
    "--set",
    "given",
    multiple=True,
    metavar="CLE=VALEUR",
    help="Remplir une clé : annee=2024 ; plusieurs fois pour plusieurs clés.",
)
@click.option("--yes", is_flag=True, help="Ne poser aucune question.")
@corpus_option
def command(
    type_name: str,
    titre: str | None,
    depuis: str | None,
    given: tuple[str, ...],
    yes: bool,
    corpus: Path,
) -> int:
    """Begin a record from what is given, and from what is answered."""
    type_name = _type(type_name)
    tree = FolderTree(corpus)
    known = begin.known(tree)
    data: dict[str, Any] = (
        like(type_name, _base(depuis, known, corpus), begin.gone(known)) if depuis else {}
    )
    keys = ["titre"] if titre else []
    for pair in given:
        key, sign, text = pair.partition("=")
        if not sign:
            raise UsageError(f"« {pair} » n’a pas de signe « = ».", "Écrivez --set annee=2024.")
        if (key := key.strip()) in keys:
            raise UsageError(
                f"La clé « {key} » est donnée deux fois.",
                "Gardez une seule valeur. Celles d’une liste se donnent ensemble : "
                "--set themes=voirie,energie",
            )
        keys.append(key)
        put(type_name, data, key, _legible(text))
    title = titre or data.get("titre") or ("" if yes else _ask("Titre de la fiche"))
    if not title:
        raise UsageError("Il faut un titre.", 'Ajoutez --titre "Le titre de la fiche".')
    title = _legible(" ".join(str(title).split()))
    begin.require_title(type_name, title)
    begin.require_new(type_name, title, slug(title), known)
    name = slug(title) if yes else _file_name(type_name, title, known)
    data = {"titre": title, **{key: value for key, value in data.items() if key != "titre"}}
    needed = list(begin.lacking(type_name, data))
    notes = begin.fill(type_name, data, needed) if yes else _questions(type_name, data, needed)
    begin.guard(type_name, data)
    path = begin.file_of(type_name, name)
    schema = f"schemas/{type_name}.json"
    text = sheet(type_name, data, notes, f"../../{schema}" if (corpus / schema).is_file() else "")
    if faults := begin.faults(tree, path, text):
        raise UsageError(
            "Rien n’a été écrit : " + " ".join(fault.message for fault in faults[:3]),
            "\n".join(fault.hint for fault in faults[:3]),
        )
    with writing(corpus / path):
        create_below(corpus, path, text.encode())
    say(path)
    say("Ouvrez ce fichier, complétez-le, puis : loosbot check", err=True)
    return 0


def _type(name: str) -> str:
    if name in RECORD_TYPES:
        return name
    near = nearest(
        name, {**{type_: type_ for type_ in TYPES}, **{TYPES[type_].noun: type_ for type_ in TYPES}}
    )
    hint = did_you_mean(near) if near else f"Les types : {', '.join(RECORD_TYPES)}."
    if other := type_called(name):
        hint = f"Cela se dit « {other} » ici : loosbot new {other}"
    raise UsageError(f"« {name} » n’est pas un type de fiche.", hint)


def _base(id_: str, there: begin.ExistingTitles, folder: Path) -> Record:
    paths = {record.id: record.path for record in there.records.values()}
    return there.records[require_record(id_, paths, folder)]


def _file_name(type_name: str, title: str, there: begin.ExistingTitles) -> str:
    name = _ask("Nom du fichier", slug(title)).removesuffix(".yaml")
    while not SLUG.fullmatch(name):
        say("Un nom de fichier s’écrit en minuscules, sans accent ni espace.", err=True)
        name = _ask("Nom du fichier", slug(name) or slug(title)).removesuffix(".yaml")
    begin.require_new(type_name, title, name, there)
    return name


def _questions(type_name: str, data: dict[str, Any], needed: Sequence[Field]) -> dict[str, str]:
    """Ask for what the type requires, and, where somebody speaks, for their consent. An answer
    that ``check`` would refuse is asked for again, with its hint."""
    for field in needed:
        group = data
        for key in field.path[:-1]:
            group = group.setdefault(key, [{}])[0]
        for number, word in enumerate(field.simple.words, 1):
            say(f"  {number}. {word.title} ({word.value}) : {word.description}", err=True)
        group[field.key] = _answer(field)
        while hint := begin.refused(type_name, data, field):
            say(hint, err=True)
            group[field.key] = _answer(field)
    for voice in data.get("voix") or ():
        if isinstance(voice, dict) and "consentement" not in voice:
            voice["consentement"] = _consent(listed(speakers(voice)))
    return {}


def _answer(field: Field) -> Any:
    text = _ask(f"{field.title} ({field.help.rstrip('.')})")
    by_number = {str(number): word.value for number, word in enumerate(field.simple.words, 1)}
    return value(field, by_number.get(text, text))


def _consent(who: str) -> dict[str, Any]:
    say(f"Les mots de {who or 'cette personne'} ne paraîtront que si elle a dit oui.", err=True)
    question = "A-t-elle accepté qu’ils paraissent sur le wiki ? [o/N]"
    while not (state := consent_meant(_ask(question, "n"), ("public", "retire"))):
        say("Répondez par oui ou par non.", err=True)
    if state != "public":
        return {"etat": "interne"}
    proof = _ask("Où est son accord ? (un dossier, une cote)")
    today = date.today().isoformat()  # the day of the person who has just been asked
    return {"etat": "public", "date": today, "portee": ["wiki"], "preuve": proof}


def _legible(text: str) -> str:
    """The text, checked. Raises UsageError for one that no file can hold."""
    if hidden := FORBIDDEN.search(text):
        raise UsageError(
            f"« {text} » contient un signe qui ne se lit pas ({code_point(hidden[0])}).",
            "Tapez-le de nouveau. Si c’était un accent, réglez d’abord votre terminal sur UTF-8.",
        )
    return text


def _ask(question: str, default: str | None = None) -> str:
    """One line of an answer. Raises UsageError where nobody is there to give it."""
    shown = f"{question} [{default}]" if default and "[" not in question else question
    while FORBIDDEN.search(answer := _asked(shown, default)):
        say(
            "Une touche y a mis un signe qui ne se lit pas : tapez la réponse de nouveau.", err=True
        )
    return answer


def _asked(shown: str, default: str | None) -> str:
    try:
        answer = click.prompt(
            harmless_lines(shown),
            default=default,
            show_default=False,
            err=True,
            prompt_suffix=" : ",
        )
    except click.Abort as error:
        if sys.stdin.isatty():
            raise
        raise UsageError(
            "Il faut des réponses, et personne n’est au clavier.",
            "Ajoutez --yes, --titre et, au besoin, --set CLE=VALEUR.",
        ) from error
    return str(answer).strip()
