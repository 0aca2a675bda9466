"""What is due as iCalendar (RFC 5545): tasks, and for what comes by itself, days.

Three things of the library that this file works around: it writes a naive DTSTAMP as if it were
UTC, a component made by ``new()`` has a random UID and the time of the clock, and NAME is written
without the backslash that its commas need.
"""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

from icalendar import Calendar, Component, Event, Journal, Todo

from loosbot import __version__
from loosbot.corpus.dates import display
from loosbot.due.due import HAPPENS, LABELS, Due
from loosbot.due.source import Reminder


def to_ics(reminder: Reminder, *, events: bool) -> str:
    """One calendar. With ``events`` what is to be done is a day too: some agendas show no task."""
    calendar = Calendar()
    calendar.add("prodid", f"-//loosbot//{__version__}//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    # the library writes NAME with its commas bare (findings/icalendar-text.sh)
    title = " : ".join(filter(None, ("À faire", reminder.town, reminder.about))).replace(",", "")
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)
    for due in reminder.dues:
        as_day = due.day is not None and (events or due.kind in HAPPENS)
        calendar.add_component(_component(due, reminder, Event() if as_day else Todo()))
    if not reminder.dues:
        calendar.add_component(_nothing(reminder))
    written: bytes = calendar.to_ical()
    return written.decode("utf-8")


def _component(due: Due, reminder: Reminder, component: Component) -> Component:
    component.add("uid", _uid(due.key, reminder))
    component.add("dtstamp", reminder.stamp)
    component.add("summary", due.summary)
    component.add("description", "\n".join(_described(due)))
    component.add("categories", [LABELS[due.kind]])
    if due.who:
        component.add("contact", due.who)
    if isinstance(component, Todo):
        component.add("status", "NEEDS-ACTION")
        if due.day:
            component.add("due", due.day)
    elif due.day:
        component.add("dtstart", due.day)
        component.add("dtend", due.day + timedelta(days=1))
        # TRANSPARENT: a due promise does not make anybody busy
        component.add("transp", "TRANSPARENT")
    return component


def _described(due: Due) -> list[str]:
    lines = [due.title, f"Qui : {due.who}" if due.who else "Qui : à retrouver"]
    if due.when and due.day and due.when != due.day.isoformat():
        lines.append(f"Date écrite : {display(due.when)} (le dernier jour possible est retenu)")
    return [*lines, *filter(None, (due.more,)), f"Fiche : {due.place}"]


def _uid(key: str, reminder: Reminder) -> str:
    """A UID that is stable from day to day, and on any machine."""
    return f"{sha256(f'{reminder.corpus}:{key}'.encode()).hexdigest()[:32]}@loosbot"


def _nothing(reminder: Reminder) -> Component:
    """A calendar without anything in it is none, for the standard and for strict readers."""
    note = Journal()
    note.add("uid", _uid(f"rien-{reminder.asked}", reminder))
    note.add("dtstamp", reminder.stamp)
    note.add("dtstart", reminder.stamp.date())
    note.add("summary", "Rien n’est dû")
    return note
