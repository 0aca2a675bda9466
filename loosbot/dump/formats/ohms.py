"""``ohms/``: an XML for each filmed récit, as the OHMS viewer reads it (version 5.4 of its format).

https://www.oralhistoryonline.org. The viewer chooses its player by the host of the film. The index
has one point for each voice of which the record says when it speaks; a time of 0 would be false.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from loosbot.corpus import french
from loosbot.corpus.model import Record
from loosbot.corpus.privacy.films import service_of
from loosbot.corpus.values import several
from loosbot.dump.filtered import Edition, Passage, RecitText, Snapshot, known, value_of
from loosbot.dump.licences import LICENCES
from loosbot.dump.tables.normative import text_name
from loosbot.dump.tables.table import VOICES, Table
from loosbot.fields.vocabulary import vocabulary

_NAMESPACE = "https://www.weareavp.com/nunncenter/ohms"


def files(edition: Edition, tables: Sequence[Table]) -> Iterator[tuple[str, bytes]]:
    """One file a filmed récit; one without any voice that may be shown has its metadata only (as in
    dumps for research of before: its film is held back by now).

    The public edition has no file for the latter: it would hold the film alone.
    """
    by_record = {story.record: story for story in edition.stories}
    for record in edition.of_type("recit"):
        film = value_of(record, "video")
        if not film or (record.id not in by_record and edition.kind == "publique"):
            continue
        story = by_record.get(record.id) or RecitText(record.id, record.title, "", ())
        name = text_name(record.id)
        yield f"ohms/{name}.xml", _document(edition, story, str(film) if story.passages else "")
        if spoken := subtitles(story):
            yield f"ohms/{name}.vtt", spoken.encode("utf-8")


def _document(edition: Edition, story: RecitText, film: str) -> bytes:
    ElementTree.register_namespace("", _NAMESPACE)
    record, snapshot = edition.records[story.record], edition.snapshot
    root = Element(f"{{{_NAMESPACE}}}ROOT")
    element = _child(root, "record", "")
    element.set("id", story.record)
    element.set("dt", snapshot.date)
    # the order of the elements is the schema's
    _identified(element, record, snapshot)
    _named(element, edition, record, story)
    _children(
        element,
        file_name="",
        sync="",
        sync_alt="",
        transcript_alt_lang="",
        translate="0",
        media_id="",
    )
    if film:
        _media(element, film)
    _child(element, "media_url", film)
    index = _child(element, "index", "")
    for passage in story.passages:
        if passage.film is not None:
            _point(index, passage, edition)
    _children(
        element,
        type="interview",
        description=str(value_of(record, "resume") or ""),
        rel="",
        transcript=story.text,
        transcript_alt="",
        rights=LICENCES[VOICES].path,
        fmt="video",
        usage="Données pseudonymisées, pas anonymes : voir README.md.",
        userestrict="0",
        xmllocation="",
        xmlfilename="",
        collection_link="",
        series_link="",
        language=str(value_of(record, "langue") or snapshot.language),
        user_notes="",
    )
    ElementTree.indent(root, " ")
    text: bytes = ElementTree.tostring(root, "utf-8", xml_declaration=True)
    return text + b"\n"


def _identified(element: Element, record: Record, snapshot: Snapshot) -> None:
    _child(element, "version", "3")
    _child(element, "date", "").set("value", str(value_of(record, "date") or ""))
    _children(
        element,
        date_nonpreferred_format=str(value_of(record, "annee") or ""),
        cms_record_id="",
        title=record.title,
        accession=record.id,
        duration="",
        collection_name=str(value_of(record, "occasion") or ""),
        repository=f"Commune {french.of(snapshot.commune)}",
    )


def _named(element: Element, edition: Edition, record: Record, story: RecitText) -> None:
    """The themes, who speaks and who wrote, each once."""

    def name(who: str) -> str:
        return edition.records[who].title if who in edition.records else who

    for theme in dict.fromkeys(theme for passage in story.passages for theme in passage.themes):
        _child(element, "subject", vocabulary("theme").label(theme))
    for who in dict.fromkeys(who for passage in story.passages for who in passage.speakers):
        _child(element, "interviewee", name(who))
    pen = value_of(record, "plume")
    for who in several(pen) if pen else []:
        _child(element, "interviewer", name(str(who)))


def _media(record: Element, film: str) -> None:
    media = _child(record, "mediafile", "")
    _child(media, "host", _host(film))
    for name in ("host_account_id", "host_player_id", "host_clip_id"):
        _child(media, name, "")
    _child(media, "clip_format", "audio" if _host(film) == "SoundCloud" else "video")


def _host(film: str) -> str:
    """The host of a film as the viewer calls it, which has a player for those that we know
    (viewer.php, 3.10); "Other" is a file that it plays itself."""
    return service_of(film) or "Other"


def subtitles(story: RecitText) -> str:
    """WebVTT (https://www.w3.org/TR/webvtt1/) of the timed passages; "" where there are none."""
    cues = [
        f"{_moment(passage.film[0])} --> {_moment(passage.film[1])}\n{_cue(passage.text)}\n"
        for passage in story.passages
        if passage.film is not None and passage.film[1] is not None
    ]
    return "\n".join(["WEBVTT\n", *cues]) if cues else ""


def _moment(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.000"


def _cue(text: str) -> str:
    """The lines of a cue: no empty one, which would end it, and no mark of the format's own."""
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "\n".join(line for line in plain.splitlines() if line.strip())


def _point(index: Element, passage: Passage, edition: Edition) -> None:
    point = _child(index, "point", "")
    _child(point, "time", str(passage.film[0] if passage.film else ""))
    names = [edition.records[who].title for who in passage.speakers if who in edition.records]
    _child(point, "title", ", ".join(names) or f"Voix {passage.rank}")
    _child(point, "partial_transcript", passage.text.partition("\n")[0])
    _child(point, "synopsis", "")
    for name, words, values in (
        ("keywords", "effet", passage.effects),
        ("subjects", "theme", passage.themes),
    ):
        _child(point, name, ";".join(map(vocabulary(words).label, values)))
    _child(point, "gpspoints", "")
    _child(point, "hyperlinks", "")


def _children(parent: Element, **texts: str) -> None:
    for name, text in texts.items():
        _child(parent, name, text)


def _child(parent: Element, name: str, text: str) -> Element:
    child = SubElement(parent, f"{{{_NAMESPACE}}}{name}")
    child.text = str(known(text) or "") or None
    return child
