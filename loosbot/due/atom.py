"""What is due as an Atom feed (RFC 4287), to follow a subject or a service in a reader."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, time, timedelta
from xml.etree import ElementTree as ET

from loosbot.corpus.dates import display
from loosbot.due.due import LABELS, Due
from loosbot.due.source import Reminder

_ATOM = "http://www.w3.org/2005/Atom"


def to_atom(reminder: Reminder) -> str:
    """One feed. An entry is news when its record was written, and again when its day is over."""
    ET.register_namespace("", _ATOM)
    feed = ET.Element(_name("feed"), {"{http://www.w3.org/XML/1998/namespace}lang": "fr"})
    _text(feed, "title", " : ".join(filter(None, (f"À faire, {reminder.town}", reminder.about))))
    _text(feed, "id", _urn(f"{reminder.corpus}:rappels:{reminder.asked}"))
    entries = sorted(
        ((_updated(due, reminder), due) for due in reminder.dues),
        key=lambda entry: (-entry[0].timestamp(), entry[1].key),
    )
    latest = max((updated for updated, _ in entries), default=reminder.stamp)
    _text(feed, "updated", _instant(latest))
    _text(ET.SubElement(feed, _name("author")), "name", reminder.town)
    _text(feed, "generator", "loosbot")
    for updated, due in entries:
        entry = ET.SubElement(feed, _name("entry"))
        _text(entry, "title", due.summary)
        _text(entry, "id", _urn(f"{reminder.corpus}:{due.key}"))
        _text(entry, "updated", _instant(updated))
        ET.SubElement(entry, _name("category"), {"term": due.kind, "label": LABELS[due.kind]})
        _text(entry, "content", "\n".join(_content(due)), type="text")
    ET.indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(feed, encoding="unicode")}\n'


def _content(due: Due) -> list[str]:
    day = f"Pour : {display(due.when or due.day.isoformat())}" if due.day else ""
    who = f"Qui : {due.who or 'à retrouver'}"
    return [line for line in (due.title, who, day, due.more, f"Fiche : {due.place}") if line]


def _updated(due: Due, reminder: Reminder) -> datetime:
    written = reminder.written.get(due.path, reminder.stamp)
    if due.day is not None and due.late(reminder.today):
        over = datetime.combine(due.day + timedelta(days=1), time(), UTC)
        return max(written, over)
    return written


def _instant(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def _urn(text: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'loosbot:{text}')}"


def _name(tag: str) -> str:
    return f"{{{_ATOM}}}{tag}"


def _text(parent: ET.Element, tag: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, _name(tag), attributes).text = text
