"""What a town adds to the schemas without those who withdrew, are sealed or agreed to the town hall
alone: its words and titles are texts too.

One text is in force for every wiki, dump and site: it is so without whoever an open wiki may not
name, whatever else each of them masks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from loosbot.corpus import additions
from loosbot.corpus.model import Corpus, Finding, KeyPath, Tree
from loosbot.corpus.paths import CONFIG
from loosbot.corpus.privacy.consent import mask_for_ever
from loosbot.corpus.privacy.tombstones import NEUTRAL
from loosbot.corpus.privacy.withdrawals import WithdrawnPerson, withdrawn_people, without
from loosbot.corpus.values import at, texts
from loosbot.corpus.wording import Fault, warning
from loosbot.corpus.yaml import reader

CODE = "ajout-nomme"


def hide_unshown(corpus: Corpus) -> None:
    """Put the additions in force again, without the names and words of those who are not shown."""
    if (added := additions.current()) is not additions.NONE:
        people, hide = withdrawn_people(corpus), mask_for_ever(corpus).texts("")
        additions.use(additions.reworded(added, lambda text: hide(without(people, text))))


def findings(corpus: Corpus, tree: Tree) -> list[Finding]:
    """Warnings on the additions of ``loosbot.yaml`` that mention somebody who is not shown."""
    if additions.current() is additions.NONE:
        return []
    people, hide = withdrawn_people(corpus), mask_for_ever(corpus).texts("")
    source = next((data for _, data in tree.read([CONFIG])), b"")
    declared = at(reader.read(source, CONFIG).data, ("ajouts",))
    named = [
        path
        for path, text in texts(declared, ("ajouts",))
        # a word of files is spelled with hyphens, a key with low lines
        if any(
            _mentions(people, way) or hide(way) != way for way in {text, re.sub("[-_]", " ", text)}
        )
    ]
    return reader.in_their_files({CONFIG: list(map(_fault, named))}, tree) if named else []


def _mentions(people: Iterable[WithdrawnPerson], text: str) -> bool:
    """Whether a text names one of them, and nobody else who is shown, or quotes them."""
    return any(person.mentioned_in(text) for person in people)


def _fault(path: KeyPath) -> Fault:
    hint = (
        f"Ailleurs, « {NEUTRAL['withdrawn']} » ou « {NEUTRAL['masked']} » y est à sa place ; ce "
        "fichier, lui, suit toutes les copies du dépôt : écrivez-le autrement."
    )
    if path[-1] not in additions.READ_BY_PEOPLE:
        hint = "Rien ne le remplace : donnez un autre mot, ici et dans les fiches qui le portent."
    return warning(
        path,
        CODE,
        "Ce que la commune ajoute nomme quelqu’un qui a retiré son accord ou n’a pas accepté de "
        "paraître devant tous, ou reprend ses mots.",
        hint,
    )
