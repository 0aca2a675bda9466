"""The texts of a document, and what is looked for in each of them by itself. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, NamedTuple

from loosbot.corpus.model import KeyPath
from loosbot.corpus.values import texts
from loosbot.corpus.wording import Fault, warning
from loosbot.corpus.yaml.pasted import Misreading


class TextCheck(NamedTuple):
    """One thing to look for in the texts of a document."""

    may_be_in: Callable[[bytes], object]
    """Something true where a file with these bytes may have it: the texts of most need no look."""
    in_text: Callable[[str], Iterable[Misreading]]


def holds_any(signs: Collection[bytes]) -> Callable[[bytes], bool]:
    """Whether a file has one of these signs, as a :attr:`TextCheck.may_be_in`."""
    # most files have none of these bytes, and to look for them all at once takes a tenth
    ends = bytes({sign[-1] for sign in signs})

    def held(source: bytes) -> bool:
        has_ends = len(source.translate(None, ends)) < len(source)
        return has_ends and any(map(source.__contains__, signs))

    return held


def faults(
    checks: Iterable[TextCheck], data: Any, body: str, source: bytes, spoiled: Collection[KeyPath]
) -> Iterator[Fault]:
    """One warning for each misreading that the checks find, check by check, in the texts of a
    document, which ``source`` holds; but none at the paths of ``spoiled``."""
    for check in checks:
        if check.may_be_in(source):
            for path, text in texts_of(data, body, spoiled):
                yield from warnings(path, check.in_text(text))


def warnings(path: KeyPath, misreadings: Iterable[Misreading]) -> Iterator[Fault]:
    """A warning for each misreading of the text at ``path``."""
    for code, message, hint, typed in misreadings:
        yield warning(path, code, message, hint, needle=typed)


def texts_of(data: Any, body: str, spoiled: Collection[KeyPath]) -> Iterator[tuple[KeyPath, str]]:
    """Every text of a document and its body, but those at the paths of ``spoiled``."""
    for path, text in (*texts(data), ((), body)):
        if path not in spoiled:
            yield path, text
