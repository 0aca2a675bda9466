"""The warnings of ``check`` about persons: voices without consent, consents about to end,
undeclared names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from loosbot.corpus import schema
from loosbot.corpus.links import current_ids
from loosbot.corpus.model import Corpus, Finding, KeyPath, Record, Tree, of_file
from loosbot.corpus.privacy import addedwords
from loosbot.corpus.privacy.batch import clear_of
from loosbot.corpus.privacy.consent import unsaid
from loosbot.corpus.privacy.persons import consents
from loosbot.corpus.privacy.phrases import texts_of
from loosbot.corpus.privacy.strangers import Strangers, strangers
from loosbot.corpus.values import STATES, last_day, speakers
from loosbot.corpus.walk import values
from loosbot.corpus.wording import Fault, quoted, warning
from loosbot.corpus.yaml.reader import in_their_files

SILENT = "voix-sans-consentement"
NAMED_FILE = "nom-dans-le-fichier"
_SOON = timedelta(days=31)
_IN_PROSE = (
    "Un lieu : créez sa fiche dans narratives/lieu/ ; une charge publique : dans "
    "narratives/acteur/, avec « public: oui » ; une autre personne : sa fiche avec son "
    "consentement, sous son prénom et son initiale."
)


def findings(corpus: Corpus, tree: Tree, day: date) -> list[Finding]:
    """Warnings, each at its place in its file, as they are on that day."""
    records = list(corpus.records.values())
    looking = strangers(corpus, records)
    ids = current_ids(corpus)

    def names_nobody(some: Sequence[Record]) -> bool:
        return not any(fault for record in some for fault in _names(record, looking))

    quiet = clear_of(corpus, records, ("agreed", looking.declared), names_nobody)
    by_path: dict[str, list[Fault]] = {}
    for record in records:
        unknown = None if record.id in quiet else looking
        if faults := list(faults_of(record, corpus, ids, unknown, day)):
            by_path[record.path] = faults
    added = addedwords.findings(corpus, tree)
    return [*in_their_files(by_path, tree), *_files(corpus, day), *added]


def _files(corpus: Corpus, day: date) -> Iterator[Finding]:
    """Warnings on files whose name holds that of somebody whom an open wiki may not name."""
    places = {document.id: document.path for document in corpus.documents()}
    for id_ in sorted(unsaid(corpus, day)):
        yield of_file(
            places[id_],
            NAMED_FILE,
            "Le nom de ce fichier est celui de quelqu’un qui n’a pas accepté de paraître devant "
            "tous, et le wiki en fait la clé de la page.",
            f"Renommez-le (git mv). S’il a déjà été publié, gardez dans la fiche : "
            f"anciens_ids: [{id_}]",
            "warning",
        )


def faults_of(
    record: Record,
    corpus: Corpus,
    ids: Mapping[str, str],
    looking: Strangers | None,
    day: date,
) -> Iterator[Fault]:
    """The faults of one record; only the persons of ``corpus`` are used. ``looking`` is None where
    the record is known to name no undeclared person."""
    yield from _silent(record, corpus, ids)
    for path, consent in consents(record.data):
        yield from _ending(path, consent.get("etat", "public"), consent.get("jusquau"), day)
    if looking:
        yield from _names(record, looking)


def _silent(record: Record, corpus: Corpus, ids: Mapping[str, str]) -> Iterator[Fault]:
    """The faults of voices without a consent, whose speaker has none either."""
    for rank, voice in enumerate(record.data.get("voix", ())):
        who = [corpus.records.get(ids.get(speaker, "")) for speaker in speakers(voice)]
        if "consentement" not in voice and not (who and all(map(_has_agreed, who))):
            yield warning(
                ("voix", rank),
                SILENT,
                "Cette voix n’a pas de consentement écrit : elle reste sur le wiki fermé de la "
                "mairie.",
                "Si la personne est d’accord, écrivez sous « qui » : "
                "consentement: {etat: public, preuve: où se trouve l’accord}. Sinon : "
                "consentement: {etat: interne}.",
            )


def _has_agreed(person: Record | None) -> bool:
    return person is not None and (
        "consentement" in person.data
        or person.data.get("public") == "oui"
        or person.data.get("genre") != "personne"
    )


def _ending(path: KeyPath, state: str, until: object, day: date) -> Iterator[Fault]:
    end = last_day(until) if until is not None else None
    if state == "retire" or end is None or end > day + _SOON:
        return
    if state == "scelle":
        verb = "s’ouvre après" if end >= day else "est ouvert depuis"
        hint = "Si la voix doit rester scellée, écrivez une autre date dans « jusquau »."
    else:
        verb = "prend fin" if end >= day else "est terminé depuis"
        hint = "Demandez à la personne si elle le prolonge, et écrivez la nouvelle date ; sinon "
        hint += "écrivez « etat: retire »."
    yield warning(
        (*path, "jusquau"),
        "consentement-finit",
        f"Cet accord {verb} le {end:%d/%m/%Y}.",
        hint,
    )


def _names(record: Record, looking: Strangers) -> Iterator[Fault]:
    if record.type in ("acteur", "source"):
        # who is declared, and the authors of published documents, are named as such
        return
    if looking.spares(texts_of(record.data)):
        return
    seen: set[str] = set()
    for path, text, shape in values(record.data, schema.shape(record.type)):
        if not isinstance(text, str) or text in STATES:
            continue
        if path[0] == "voix" and path[2] == "qui" and _is_inhabitant(record, path[1]):
            # this one needs no other record: persons.py reports it
            continue
        person = "acteur" in shape.links
        for name in looking.in_field(text) if person else looking.in_text(text):
            if name not in seen:
                seen.add(name)
                yield warning(
                    path,
                    "nom-non-declare",
                    f"{quoted(name)} a l’air du nom d’une personne, et aucune fiche ne la déclare.",
                    _IN_PROSE,
                    needle=name,
                )


def _is_inhabitant(record: Record, rank: str | int) -> bool:
    voice = record.data["voix"][rank]
    return bool(voice.get("role") == "habitant")
