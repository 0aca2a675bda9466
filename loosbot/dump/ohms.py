"""``ohms/``: an XML for each filmed récit, as the OHMS viewer reads it (version 5.4 of its format).

https://www.oralhistoryonline.org. The index has one point a voice; times are left at 0, since the
records do not say when each voice speaks in the film.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from loosbot.dump.licences import LICENCES
from loosbot.dump.model import Edition, Passage, Story, known, value_of
from loosbot.dump.table import VOICES, Table
from loosbot.dump.tables import text_file

_NAMESPACE = "https://www.weareavp.com/nunncenter/ohms"


def files(edition: Edition, tables: Sequence[Table]) -> Iterator[tuple[str, bytes]]:
    """One file a filmed récit; one without any voice that may be shown has its metadata only.

    The public edition has no such file: a film of it would be all that is told.
    """
    told = {story.record: story for story in edition.stories}
    for record in edition.of_type("recit"):
        film = value_of(record, "video")
        if not film or (record.id not in told and edition.kind == "publique"):
            continue
        story = told.get(record.id) or Story(record.id, record.title, "", ())
        name = text_file(record.id).removeprefix("textes/").removesuffix(".txt")
        yield f"ohms/{name}.xml", _document(edition, story, str(film) if story.passages else "")


def _document(edition: Edition, story: Story, film: str) -> bytes:
    ElementTree.register_namespace("", _NAMESPACE)
    record, snapshot = edition.records[story.record], edition.snapshot
    root = Element(f"{{{_NAMESPACE}}}ROOT")
    one = _child(root, "record", "")
    one.set("id", story.record)
    one.set("dt", snapshot.date)
    _child(one, "version", "3")
    _child(one, "date", "").set("value", str(value_of(record, "date") or ""))
    _child(one, "date_nonpreferred_format", str(value_of(record, "annee") or ""))
    _child(one, "cms_record_id", "")
    _child(one, "title", record.title)
    _child(one, "accession", record.id)
    _child(one, "duration", "")
    _child(one, "collection_name", str(value_of(record, "occasion") or ""))
    _child(one, "repository", f"Commune de {snapshot.commune}")
    for theme in dict.fromkeys(theme for said in story.passages for theme in said.themes):
        _child(one, "subject", theme)
    for who in dict.fromkeys(who for said in story.passages for who in said.speakers):
        actor = edition.records.get(who)
        _child(one, "interviewee", actor.title if actor else who)
    pen = value_of(record, "plume")
    for who in pen if isinstance(pen, list) else [pen] if pen else ["inconnu"]:
        actor = edition.records.get(str(who))
        _child(one, "interviewer", actor.title if actor else str(who))
    _child(one, "file_name", "")
    _child(one, "sync", "")
    _child(one, "sync_alt", "")
    _child(one, "transcript_alt_lang", "")
    _child(one, "translate", "0")
    _child(one, "media_id", "")
    _child(one, "media_url", film)
    index = _child(one, "index", "")
    for said in story.passages:
        _point(index, said, edition)
    _child(one, "type", "interview")
    _child(one, "description", str(value_of(record, "resume") or ""))
    _child(one, "rel", "")
    _child(one, "transcript", story.text)
    _child(one, "transcript_alt", "")
    _child(one, "rights", LICENCES[VOICES].path)
    _child(one, "fmt", "video")
    _child(one, "usage", "Données pseudonymisées, pas anonymes : voir README.md.")
    _child(one, "userestrict", "0")
    _child(one, "xmllocation", "")
    _child(one, "xmlfilename", "")
    _child(one, "collection_link", "")
    _child(one, "series_link", "")
    _child(one, "language", str(value_of(record, "langue") or snapshot.language))
    _child(one, "user_notes", "")
    ElementTree.indent(root, " ")
    text: bytes = ElementTree.tostring(root, "utf-8", xml_declaration=True)
    return text + b"\n"


def _point(index: Element, said: Passage, edition: Edition) -> None:
    point = _child(index, "point", "")
    _child(point, "time", "0")
    names = [edition.records[who].title for who in said.speakers if who in edition.records]
    _child(point, "title", ", ".join(names) or f"Voix {said.rank}")
    _child(point, "partial_transcript", said.text.partition("\n")[0])
    _child(point, "synopsis", "")
    _child(point, "keywords", ";".join(said.effects))
    _child(point, "subjects", ";".join(said.themes))
    _child(point, "gpspoints", "")
    _child(point, "hyperlinks", "")


def _child(parent: Element, name: str, text: str) -> Element:
    child = SubElement(parent, f"{{{_NAMESPACE}}}{name}")
    child.text = str(known(text) or "") or None
    return child
