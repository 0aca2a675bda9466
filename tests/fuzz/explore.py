"""Inputs that nobody wrote, for hours if one likes: none may raise, none may take long.

``make explore`` runs it as a program over every room that reads what strangers send: the YAML of
the corpus (read, checked, rendered), the wikitext of a page (decoded, compared, made Markdown),
a received dump. It prints the figures, and each input that failed after making it as small as it
can; what it writes to ``tests/fuzz/found`` becomes part of ``make quick`` (``test_explored.py``).
``EXPLORE_SECONDS``, ``EXPLORE_SEED`` and ``EXPLORE_ROOMS`` bound it and choose.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import shutil
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis.errors import Flaky

from fuzz.silent import ROOT, Town, town
from fuzz.spoiled import inputs
from loosbot.cli import main
from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.model import Entry
from loosbot.decode.bounds import is_too_long
from loosbot.decode.frame import outstanding, read_page
from loosbot.dump.check.folder import faults
from loosbot.dump.check.received import folder
from loosbot.errors import UserError
from loosbot.escaping import harmless
from loosbot.exchange.spreadsheets import exported, opened, prepared
from loosbot.render.pages import render
from loosbot.wikitext.unmarkdown import Undecodable, to_markdown

FOUND = Path(__file__).parent / "found"
MOST_SECONDS = 3.0
"""Of processor, for one input."""
SHRINKING = 60.0
"""Seconds after which an input that failed is small enough."""


class Failed(AssertionError):
    """What an input did that none may do."""


class OneFile:
    """A corpus of one file."""

    def __init__(self, path: str, data: bytes) -> None:
        self._files = {"loosbot.yaml": b"corpus: essai\n", path: data}

    def entries(self) -> list[Entry]:
        """See ``Tree``."""
        return [Entry(path, len(data), "file") for path, data in sorted(self._files.items())]

    def read(self, paths: Iterable[str], most: int = 1 << 30) -> Iterator[tuple[str, bytes]]:
        """See ``Tree``."""
        for path in paths:
            yield path, self._files[path][:most]


# --- the rooms: the names and bytes to begin with, and what is done with an input


@cache
def _yaml() -> dict[str, bytes]:
    examples = sorted((ROOT / "schemas" / "exemples").glob("*.yaml"))
    pages = sorted((ROOT / "pages").glob("*.md"))[:6]
    return {
        **{f"narratives/{path.stem}/essai.yaml": path.read_bytes() for path in examples},
        **{f"pages/{path.stem}.md": path.read_bytes() for path in pages},
    }


def check(path: str, data: bytes) -> None:
    """Read, check and render a corpus of one file."""
    read = load_corpus(OneFile(path, data))
    if any(finding.line < 1 or finding.column < 1 for finding in read.findings):
        raise Failed("a finding without a place")
    if read.corpus is not None:
        render(read.corpus, {})


@cache
def _town() -> Town:
    return town()


@cache
def _wikitext() -> dict[str, bytes]:
    return {id_: body.encode() for id_, body in sorted(_town().bodies.items())[::24]}


def decode(id_: str, data: bytes) -> None:
    """Read a page that somebody spoilt, compare it with ours, make Markdown of its text."""
    theirs, shown = data.decode("utf-8", "replace"), _town()
    if is_too_long(theirs):
        return  # left to a person, as pull and plan leave it
    base = shown.pages.get(id_) or next(iter(shown.pages.values()))
    outstanding(base, read_page(id_, theirs, shown.names), base, shown.names)
    with contextlib.suppress(Undecodable):
        to_markdown(theirs[:20_000], level=2, link=lambda _title, _fragment: None)


@cache
def _dump() -> Path:
    """A sound dump, whose files are spoilt one after the other and put back."""
    made = Path(tempfile.mkdtemp(prefix="loosbot-explore-"))
    for example in (ROOT / "schemas" / "exemples").glob("*.yaml"):
        file = made / "corpus" / "narratives" / example.stem / "exemple.yaml"
        file.parent.mkdir(parents=True)
        shutil.copy(example, file)
    (made / "corpus" / "loosbot.yaml").write_text("corpus: essai\n", encoding="utf-8")
    words = ["dump", "build", str(made / "dump"), "--corpus", str(made / "corpus")]
    done = CliRunner().invoke(main, words, env={"XDG_CONFIG_HOME": str(made / "settings")})
    assert done.exit_code == 0, done.output
    return made / "dump"


def _files() -> dict[str, bytes]:
    dump = _dump()
    return {
        path.relative_to(dump).as_posix(): path.read_bytes()
        for path in sorted(dump.rglob("*"))
        if path.is_file()
    }


def receive(name: str, data: bytes) -> None:
    """Check a dump in which one file is another."""
    file = _dump() / name
    sound = file.read_bytes()
    file.write_bytes(data)
    try:
        messages = list(faults(folder(_dump())))
    finally:
        file.write_bytes(sound)
    if data != sound and not messages:
        raise Failed("nothing is told of a file that was changed")
    if any(harmless(message) != message for message in messages):
        raise Failed("a fault that acts on a terminal")


@cache
def _sheets() -> dict[str, bytes]:
    """The parts of spreadsheets and documents that a library reads."""
    parts = {}
    for ending in ("xlsx", "ods"):
        book = exported(_dump().parent / "corpus", "projet", ending)
        with zipfile.ZipFile(io.BytesIO(book)) as archive:
            for part in archive.namelist():
                parts[f"tableau.{ending}+{part}"] = archive.read(part)
    return parts


def take(name: str, data: bytes) -> None:
    """Open a spreadsheet in which one part is another."""
    book, _, changed = name.partition("+")
    parts = {
        name.partition("+")[2]: part for name, part in _sheets().items() if name.startswith(book)
    }
    with tempfile.TemporaryDirectory(prefix="loosbot-explore-") as room:
        file = Path(room) / book
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, sound in parts.items():
                archive.writestr(part, data if part == changed else sound)
        prepared(_dump().parent / "corpus", opened(file))


@dataclass(frozen=True, slots=True)
class Room:
    """``words`` are those that its language knows (``spoiled.py``)."""

    words: str
    seeds: Callable[[], dict[str, bytes]]
    judge: Callable[[str, bytes], None]


ROOMS = {
    "yaml": Room("yaml", _yaml, check),
    "wikitext": Room("wikitext", _wikitext, decode),
    "dump": Room("dump", _files, receive),
    "tableur": Room("dump", _sheets, take),
}


def judge(room: str, name: str, data: bytes) -> None:
    """Raise Failed where an input raises, or takes more than :data:`MOST_SECONDS`."""
    begun = time.process_time()
    try:
        ROOMS[room].judge(name, data)
    except UserError as refusal:
        if not refusal.message.strip():
            raise Failed("refused without a word") from refusal
    except (Exception, RecursionError) as fault:
        raise Failed("".join(traceback.format_exception(fault)[-3:])) from fault
    spent = time.process_time() - begun
    if spent > MOST_SECONDS:
        raise Failed(f"{spent:.1f} s of processor")


def kept(room: str, name: str, data: bytes) -> Path:
    """Write an input among those that are tried again at each run of the tests."""
    number = hashlib.sha256(data).hexdigest()[:10]
    file = FOUND / room / f"{number}--{name.replace('/', '@')}"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return file


def named(file: Path) -> str:
    """The name of an input that was kept."""
    return file.name.partition("--")[2].replace("@", "/")


def explore(room: str, number: int, until: float) -> tuple[int, tuple[str, bytes] | None]:
    """Draw inputs until a moment, or until one fails: how many, and the smallest that does."""
    seeds = ROOMS[room].seeds()
    count, enough = 0, until
    smallest: tuple[str, bytes] | None = None

    @settings(
        max_examples=200,
        deadline=None,
        database=None,
        verbosity=Verbosity.quiet,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(inputs(ROOMS[room].words, seeds))
    def attempt(drawn: tuple[str, bytes]) -> None:
        nonlocal count, smallest, enough
        count += 1
        if time.monotonic() > enough:
            return
        try:
            judge(room, *drawn)
        except Failed:
            if smallest is None:
                enough = time.monotonic() + SHRINKING
            smallest = drawn  # the last one is the smallest
            raise

    try:
        while True:
            number += 1
            seed(number)(attempt)()
            if time.monotonic() > until:
                break
    except (Failed, Flaky) as fault:
        sys.stderr.write(f"{room}: {fault}\n")
    return count, smallest


def program() -> int:
    """Every room for its part of the time; 1 where an input failed."""
    names = os.environ.get("EXPLORE_ROOMS", ",".join(ROOMS)).split(",")
    seconds = float(os.environ.get("EXPLORE_SECONDS", "600"))
    number = int(os.environ.get("EXPLORE_SEED", "0")) or time.time_ns() % 1_000_000_000
    failed = False
    for room in names:
        ROOMS[room].seeds()  # made before its time begins
        until = time.monotonic() + seconds / len(names)
        count, smallest = explore(room, number, until)
        file = kept(room, *smallest) if smallest else None
        outcome = f"FAILED, kept as {file.relative_to(ROOT)}" if file else "none failed"
        sys.stdout.write(f"{room}: {count} inputs, {outcome} (seed {number})\n")
        sys.stdout.flush()
        failed |= file is not None
    shutil.rmtree(_dump().parent, ignore_errors=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(program())
