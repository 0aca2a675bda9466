"""What is due as the text of one e-mail, for whoever opens no calendar."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from datetime import timedelta

from loosbot.corpus import french
from loosbot.corpus.dates import display
from loosbot.corpus.french import counted
from loosbot.due.due import Due
from loosbot.due.source import Reminder

_SOON = timedelta(days=30)
_WIDTH = 76


def to_text(reminder: Reminder) -> str:
    """What is near first, then what is late (the latest first), what is far, what has no day."""
    today = reminder.today
    late = [due for due in reminder.dues if due.late(today)]
    ahead = [due for due in reminder.dues if due.day and not due.late(today)]
    parts = (
        ("Dans les trente jours", [due for due in ahead if due.day and due.day <= today + _SOON]),
        ("En retard", late[::-1]),
        ("Plus tard", [due for due in ahead if due.day and due.day > today + _SOON]),
        ("Sans date écrite", [due for due in reminder.dues if due.day is None]),
    )
    return "\n".join(_lines(reminder, parts)) + "\n"


def _lines(reminder: Reminder, parts: tuple[tuple[str, list[Due]], ...]) -> Iterator[str]:
    yield "Bonjour,"
    yield ""
    about = f" pour : {reminder.about}" if reminder.about else f" {french.to(reminder.town)}"
    about = about.removesuffix(".")  # an initial, which ends the sentence: « Anne B. »
    day = display(reminder.today.isoformat())
    if not reminder.dues:
        yield f"Au {day}, rien n’est dû{about}."
        return
    number = len(reminder.dues)
    counted = f"{number} choses sont attendues" if number > 1 else "une chose est attendue"
    yield from textwrap.wrap(f"Au {day}, {counted}{about}.", _WIDTH)
    for title, dues in parts:
        if dues:
            yield ""
            yield f"{title} ({len(dues)})"
            for due in dues:
                yield from _item(due, reminder)
    yield ""
    yield from textwrap.wrap(
        "Une chose est faite ? Écrivez-le dans sa fiche : elle sort de cette liste.", _WIDTH
    )


def _item(due: Due, reminder: Reminder) -> Iterator[str]:
    yield from _wrapped(f"- {due.summary}")
    title = due.title if due.title not in due.what else ""
    facts = ", ".join(filter(None, (title, due.who or "qui : à retrouver", _when(due, reminder))))
    for text in filter(None, (facts, due.more)):
        yield from _wrapped(f"  {text}")


def _wrapped(text: str) -> list[str]:
    """No sign of French punctuation begins a line; the second line stands under the first."""
    unbroken = re.sub(r" (?=[»:;!?])|(?<=«) ", "\u00a0", text)
    return textwrap.wrap(unbroken, _WIDTH, subsequent_indent="  ", break_long_words=False)


def _when(due: Due, reminder: Reminder) -> str:
    if due.day is None:
        return ""
    shown_day = display(due.when or due.day.isoformat())
    years = (reminder.today - due.day).days // 365
    since = f", il y a {counted(years, 'an')}" if years >= 1 else ""
    return f"pour : {shown_day}{since}"
