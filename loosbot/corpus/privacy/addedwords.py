"""What a town adds to the schemas without those who withdrew: its words and titles are texts too.

Nobody who withdrew is shown on any wiki, dump or site: what is in force for all of them is so
without their names, whatever else each of them masks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from loosbot.corpus import additions
from loosbot.corpus.model import Corpus, Finding, KeyPath, Tree
from loosbot.corpus.paths import CONFIG
from loosbot.corpus.privacy.tombstones import NEUTRAL
from loosbot.corpus.privacy.withdrawals import Source, sources_of, without
from loosbot.corpus.wording import Fault
from loosbot.corpus.yaml import reader

CODE = "ajout-nomme"


def hide_withdrawn(corpus: Corpus) -> None:
    """Put the additions in force again, without the names and words of those who withdrew."""
    added = additions.current()
    if added is additions.NONE:
        return
    if sources := sources_of(corpus):
        additions.use(additions.reworded(added, lambda text: without(sources, corpus, text)))


def findings(corpus: Corpus, tree: Tree) -> list[Finding]:
    """Warnings on the additions of ``loosbot.yaml`` that mention somebody who withdrew."""
    if additions.current() is additions.NONE or not (sources := sources_of(corpus)):
        return []
    source = next((data for _, data in tree.read([CONFIG])), b"")
    named = [
        path
        for path, text in additions.declared_in(reader.read(source, CONFIG).data)
        # a word of files is spelled with hyphens, a key with low lines
        if any(_mentions(sources, way) for way in {text, re.sub("[-_]", " ", text)})
    ]
    return reader.in_their_files({CONFIG: list(map(_fault, named))}, tree) if named else []


def _mentions(sources: Iterable[Source], text: str) -> bool:
    """Whether a text names one of them, and nobody else who is shown, or quotes them."""
    return any(source.mentioned_in(text) for source in sources)


def _fault(path: KeyPath) -> Fault:
    hint = (
        f"Ailleurs, « {NEUTRAL['withdrawn']} » y est à sa place ; ce fichier, lui, suit toutes les "
        "copies du dépôt : écrivez-le autrement."
    )
    if path[-1] not in additions.READ_BY_PEOPLE:
        hint = "Rien ne le remplace : donnez un autre mot, ici et dans les fiches qui le portent."
    return Fault(
        path,
        CODE,
        "Ce que la commune ajoute nomme quelqu’un qui a retiré son accord, ou reprend ses mots.",
        hint,
        severity="warning",
    )
