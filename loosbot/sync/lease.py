"""A lease on the wiki: of two runs that rename or retire pages, one waits for the other.

Two publishers that rename at once make MediaWiki move the redirect that the first has just left
over the page that it has just moved, and delete that page with its history and what people wrote
there (seen: 23 pages of 24). No check of ours can close that window, which is inside MediaWiki,
so only one run renames at a time. A run that changes texts alone needs no lease: each edit names
the revision that it was made from.

The lease is a page of the robot's own, ``Utilisateur:<robot>/Verrou``. Its text names the run and
its process; its age is told by the wiki, so that no clock of ours matters. It ends when it is
given back, when it is older than :data:`DURATION`, and at once when its process is dead on this
very machine.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from loosbot.errors import UserError, WikiUnavailable
from loosbot.frozen import dataclass
from loosbot.sync.advice import OVERTAKEN, explain
from loosbot.wiki.revisions import Edit, PageState, SaveAbandoned, WikiRefusal
from loosbot.wiki.writer import Writer

DURATION = 300
"""Seconds after which a lease that nobody renews is anybody's."""
_RENEWED = 100
"""Seconds after which a run that goes on renews its own."""
_FREE = "Aucune publication n’est en cours."
_HELD = re.compile(
    r"<!-- verrou (?P<run>\S+) (?P<machine>[0-9a-f]{16}) (?P<process>[0-9]+-[0-9]+) -->"
)


class PublicationUnderway(UserError):
    """Another run renames or retires pages now. Exit code 1."""


_AT_WORK: set[str] = set()
"""The runs of this very process that have taken a lease: one may end without the wiki hearing."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the lease: its run, the machine and the process, and since when (ISO, UTC)."""

    run: str
    machine: str
    process: str
    since: str


class Lease:
    """The lease of one run. ``keep`` is called while it works; used from one thread."""

    def __init__(self, writer: Writer, run: str) -> None:
        self._writer = writer
        self._run = run
        self._title = f"User:{writer.session.account().name}/Verrou"
        self._revision = 0
        self._pageid = 0
        self._renewed = 0.0
        self._writes = 0

    def take(self) -> None:
        """Write our name on the page of the lease.

        Raises PublicationUnderway where another run has it, WikiUnavailable, and UserError where
        the account may not write that page.
        """
        try:
            state, now = self._look()
            if not state.exists:
                # two that create a page at once may both succeed; two that edit it never do
                self._create(state)
                state, now = self._look()
            holder = _holder(state)
            if holder is not None and _is_held(holder, now):
                raise _underway(holder)
            self._write(state)
        except WikiRefusal as refusal:
            if isinstance(refusal, SaveAbandoned):
                raise WikiUnavailable(refusal.info, "Relancez quand il répond.") from refusal
            if refusal.code not in OVERTAKEN:
                raise UserError(
                    f"Le robot n’a pas pu écrire sa page « {self._title} » : {explain(refusal)}",
                    "Elle empêche deux publications de renommer des pages en même temps : laissez "
                    "le robot l’écrire, puis relancez.",
                ) from refusal
            raise self._lost() from refusal

    def keep(self) -> None:
        """Renew the lease where it is due. Raises PublicationUnderway where it was lost."""
        if not self._revision or time.monotonic() - self._renewed < _RENEWED:
            return
        state, _ = self._look()
        if (holder := _holder(state)) is None or holder.run != self._run:
            raise self._lost()
        try:
            self._write(state)
        except WikiRefusal as refusal:
            raise self._lost() from refusal

    def give_back(self) -> None:
        """Free the lease, unless somebody else has it by now. Never raises WikiRefusal."""
        _AT_WORK.discard(self._run)
        if not self._revision:
            return
        try:
            edit = Edit(self._title, _FREE, "Publication finie.", self._revision, self._pageid)
            self._writer.edit(edit)
        except WikiRefusal:
            return  # somebody took it over, or freed it by hand
        finally:
            self._revision = 0

    def _look(self) -> tuple[PageState, datetime]:
        """The page of the lease, and the wiki's own time."""
        now = self._writer.now()
        return self._writer.pages([self._title], content=True)[self._title], now

    def _create(self, state: PageState) -> None:
        try:
            self._writer.edit(Edit(state.title, _FREE, "Page du verrou."))
        except WikiRefusal as refusal:
            if refusal.code not in OVERTAKEN:
                raise

    def _write(self, state: PageState) -> None:
        self._writes += 1
        text = _held_text(self._run, self._writes)
        edit = state.edited(text, f"Publication {self._run}.")
        # before the write: another thread that reads the lease must not take this process for dead
        _AT_WORK.add(self._run)
        try:
            result = self._writer.edit(edit)
            # merged with what stands elsewhere on that page: two that name a run are never merged,
            # one that another run has just taken and given back is free
            if not result.revision:
                raise WikiRefusal("editconflict", "Une autre publication a écrit au même moment.")
        except WikiRefusal:
            if not self._revision:
                _AT_WORK.discard(self._run)
            raise
        self._title, self._pageid = result.title, state.pageid
        self._revision = result.revision
        self._renewed = time.monotonic()

    def _lost(self) -> PublicationUnderway:
        """The error once somebody else has the lease."""
        return _underway(_holder(self._look()[0]) or Holder("", "", "", ""))


@contextmanager
def held(writer: Writer, run: str) -> Iterator[Lease]:
    """The lease of ``run``, given back at the end. Raises PublicationUnderway."""
    lease = Lease(writer, run)
    lease.take()
    try:
        yield lease
    finally:
        lease.give_back()


def _held_text(run: str, number: int) -> str:
    machine, process = _this_machine(), _this_process()
    return (
        f"La publication {run} est en cours et renomme des pages.\n\n"
        f"Cette page se libère d’elle-même : il n’y a rien à y faire ({number}).\n"
        f"<!-- verrou {run} {machine} {process} -->"
    )


def _holder(state: PageState) -> Holder | None:
    """Who a lease names; None for a page that is free, blank, or written by somebody else."""
    head = state.revision
    match = _HELD.search(head.text or "") if head else None
    if head is None or match is None:
        return None
    return Holder(match["run"], match["machine"], match["process"], head.timestamp)


def _is_held(holder: Holder, now: datetime) -> bool:
    age = (now - datetime.fromisoformat(holder.since)).total_seconds()
    # one taken in the future: the clock of the wiki was set back since
    if abs(age) >= DURATION:
        return False
    if holder.machine != _this_machine():
        return True
    if holder.process == _this_process():
        return holder.run in _AT_WORK
    return _is_alive(holder.process)


def _underway(holder: Holder) -> PublicationUnderway:
    day, _, hour = holder.since.partition("T")
    since = f" depuis le {day} à {hour[:5]} (UTC)" if day else ""
    where = "ce poste" if holder.machine == _this_machine() else "un autre poste"
    named = f" : {holder.run}, lancée sur {where}" if holder.run else ""
    return PublicationUnderway(
        f"Une autre publication est en cours{since}{named}. Elle renomme ou retire des pages, et "
        "deux publications ne peuvent pas le faire en même temps.",
        "Attendez qu’elle finisse, puis relancez la même commande : rien n’a été changé. Si elle "
        f"a été coupée, son verrou tombe au bout de {DURATION // 60} minutes.",
    )


def _this_machine() -> str:
    """An anonymous id of this machine and its PID namespace."""
    marks = [_read("/proc/sys/kernel/random/boot_id"), _link("/proc/self/ns/pid")]
    return hashlib.sha256("|".join(marks).encode()).hexdigest()[:16]


def _this_process() -> str:
    return f"{os.getpid()}-{_started(os.getpid())}"


def _is_alive(process: str) -> bool:
    """Whether the process is still the one that took the lease: numbers are used again."""
    number, _, started = process.partition("-")
    return started == _started(int(number)) != "0"


def _started(number: int) -> str:
    """When a process began, in ticks since the machine did (proc(5), field 22); "0" if gone."""
    _, _, fields = _read(f"/proc/{number}/stat").rpartition(")")
    values = fields.split()
    return values[19] if len(values) > 19 else "0"


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""


def _link(path: str) -> str:
    try:
        return str(Path(path).readlink())
    except OSError:
        return ""
