"""Persons whose consent is not written, and names that no record declares.

Only for the terminal and the files that someone asked for: never published.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from loosbot.corpus import schema
from loosbot.corpus.model import Record
from loosbot.corpus.privacy.batch import clear_of
from loosbot.corpus.privacy.phrases import texts_of
from loosbot.corpus.privacy.strangers import strangers
from loosbot.corpus.walk import values
from loosbot.trace.facts import View
from loosbot.trace.reported import Observation

_APART = "\n•\n"
"""Between two texts: nothing that looks like a name goes on behind it."""


def observe(view: View) -> Iterator[Observation]:
    """One observation for each person without consent, and each undeclared name of a record."""
    records = view.corpus.records.values()
    looking = strangers(view.corpus, records)

    def names_nobody(some: Sequence[Record]) -> bool:
        texts = (text for record in some for text in texts_of(record.data))
        return not looking.in_text(_APART.join(texts))

    checked = [record for record in records if record.type not in ("acteur", "source")]
    quiet = clear_of(view.corpus, checked, ("observed", looking.declared), names_nobody)
    for record in records:
        if record.type == "acteur":
            if _needs_consent(record):
                yield Observation(record.id, "consentement", "missing", ("titre",))
            continue
        if record.type == "source" or record.id in quiet:
            # authors of published documents are named as such
            continue
        seen: set[str] = set()
        for path, text, _ in values(record.data, schema.shape(record.type)):
            for name in looking.in_text(text) if isinstance(text, str) else ():
                if name not in seen:
                    seen.add(name)
                    yield Observation(record.id, "personne", "undeclared", path)


def _needs_consent(actor: Record) -> bool:
    return (
        actor.data.get("genre") == "personne"
        and actor.data.get("public") != "oui"
        and "consentement" not in actor.data
    )
