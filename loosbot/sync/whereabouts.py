"""Which file and which fields the words of a page come from. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from loosbot.corpus.french import agreed
from loosbot.corpus.model import RECORD_TYPES, Corpus, KeyPath
from loosbot.corpus.privacy.folding import words_of
from loosbot.corpus.values import texts
from loosbot.sync.note import inert

_FROM_A_FILE = tuple(f"{name}/" for name in (*RECORD_TYPES, "page"))


def file_of(corpus: Corpus, id_: str) -> str:
    """The path of the file that a page is made from, "" for one made from many."""
    document = corpus.document(id_) or corpus.templates.get(id_)
    return document.path if document else ""


def fields_of(corpus: Corpus, id_: str, lines: Iterable[str]) -> list[str]:
    """The fields of a record or a page whose words these lines of wikitext hold, in order.

    ``voix[0].texte`` is one. A Markdown page's own text is no field.
    """
    if id_ in corpus.records:
        data: Any = corpus.records[id_].data
    elif id_ in corpus.pages:
        data = corpus.pages[id_].data
    else:
        return []
    wanted = [f" {' '.join(spoken)} " for line in lines if (spoken := words_of(line))]
    paths = []
    for path, text in texts(data):
        mine = f" {' '.join(words_of(text))} "
        if mine.strip() and any(mine in line or line in mine for line in wanted):
            paths.append(dotted(path))
    return paths


def dotted(path: KeyPath) -> str:
    """``voix[0].texte``"""
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path)[1:]


def way_back(corpus: Corpus, id_: str, lines: Iterable[str]) -> str:
    """Where to write what stood on a page, as wikitext; ``lines`` are ours that it replaces."""
    file = file_of(corpus, id_)
    if not file and id_.startswith(_FROM_A_FILE):
        return "Cette fiche a quitté le dépôt : voyez avec la mairie si elle doit y revenir."
    if not file:
        return (
            "Cette page est composée à partir de plusieurs fiches : pour que vos mots reviennent, "
            "faites-les écrire dans la fiche dont ils parlent."
        )
    place = f"fichier <code>{inert(file)}</code>"
    fields = [f"<code>{inert(field)}</code>" for field in fields_of(corpus, id_, lines)]
    if fields:
        place += f", {agreed('champ', len(fields))} {', '.join(fields)}"
    return f"Pour que vos mots reviennent, faites-les écrire dans le dépôt : {place}."
