"""``iramuteq/`` of a received dump: its texts and their variables, against the passages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from loosbot.corpus.french import counted
from loosbot.dump.check.bounds import MOST_ELEMENTS, LimitReached
from loosbot.dump.check.received import ReceivedDump, Row, Unreadable, by_column
from loosbot.dump.filtered import Passage
from loosbot.dump.formats import iramuteq
from loosbot.dump.tables.fields import SEPARATOR
from loosbot.escaping import beginning

_SOME, _SHOWN = 3, 60


def corpus_faults(dump: ReceivedDump) -> Iterator[str]:
    """What is wrong with the texts. Raises Unreadable, LimitReached, OSError.

    Their variables are made again by the writer; one that only another version has is left alone.
    """
    text = _corpus(dump)
    yield from iramuteq.faults(text)
    passages = list(map(_passage, dump.rows("passages")))
    themes = {theme for passage in passages for theme in passage.themes}
    if len(themes) * len(passages) > MOST_ELEMENTS:
        raise LimitReached("pas relu jusqu’au bout, trop de thèmes")
    wanted = list(iramuteq.texts(passages, {}))
    given = list(_texts(text))
    if len(given) != len(wanted):
        yield f"{counted(len(given), 'texte')} pour {counted(len(wanted), 'passage')}"
        return
    lost = [
        passage.id
        for (passage, words, _), (_, lines) in zip(wanted, given, strict=True)
        if words != "\n".join(lines)
    ]
    for id_ in lost[:_SOME]:
        yield f"les mots de {id_} n’y sont pas"
    other = [
        (passage.id, name)
        for (passage, _, variables), (stars, _) in zip(wanted, given, strict=True)
        for name, modality, _ in variables
        if stars.get(name, modality) != modality
    ]
    for id_, name in other[:_SOME]:
        yield f"la variable « {name} » de {id_} n’est pas ce que disent les passages"


def key_faults(dump: ReceivedDump) -> Iterator[str]:
    """What ``variables.csv`` counts otherwise than the texts. Raises the same."""
    counts = Counter(pair for stars, _ in _texts(_corpus(dump)) for pair in stars.items())
    told: dict[tuple[str, str], str] = {}
    for row in by_column(dump.csv(iramuteq.VARIABLES)):
        told[row.get("variable", ""), row.get("modalite", "")] = row.get("textes", "")
    for pair in sorted(counts.keys() | told.keys()):
        if str(counts[pair]) != told.get(pair):
            name = beginning(" ".join(pair), _SHOWN)
            yield f"« {name} » : {counted(counts[pair], 'texte')}, {told.get(pair, 'aucun')} ici"


def _corpus(dump: ReceivedDump) -> str:
    try:
        return dump.read(iramuteq.CORPUS).decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable("pas en UTF-8") from error


def _texts(corpus: str) -> Iterator[tuple[Mapping[str, str], list[str]]]:
    """The variables and the lines of each text."""
    for part in f"\n{corpus}".split("\n**** ")[1:]:
        head, *lines = part.split("\n")
        stars = (token.removeprefix("*").partition("_") for token in head.split())
        yield {name: modality for name, _, modality in stars}, [line for line in lines if line]


def _passage(row: Row) -> Passage:
    """A passage of a table, as far as its texts and variables go."""

    def several(column: str) -> tuple[str, ...]:
        return tuple(filter(None, row.get(column, "").split(SEPARATOR)))

    return Passage(
        id=row.get("id", ""),
        # before passages had a column for it, only récits had texts
        record=row.get("fiche") or row.get("recit", ""),
        rank=0,
        speakers=several("voix"),
        role=row.get("role", ""),
        nature=row.get("nature", ""),
        date=row.get("date", ""),
        year=row.get("annee", ""),
        themes=several("themes"),
        effects=several("effets"),
        frictions=several("frottements"),
        text=row.get("texte", ""),
    )
