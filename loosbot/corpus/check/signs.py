"""A rule on text: a pattern that pages would show as typed, with its message and hint."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from loosbot import lazy
from loosbot.corpus.yaml.pasted import Misreading
from loosbot.frozen import dataclass

MOST = 20
"""Of one kind in one text: after so many the others are no longer news."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A pattern, its message, and its hint, which is a replacement of the match."""

    form: re.Pattern[str]
    code: str
    message: str
    mend: Callable[[re.Match[str]], str]

    def misread(self, match: re.Match[str]) -> Misreading:
        return Misreading(self.code, self.message, self.mend(match), match[0].strip())


def sign(form: str, code: str, message: str, mend: str) -> Sign:
    """A :class:`Sign`. ``mend`` may name groups of the pattern: ``{a}``."""
    return Sign(
        lazy.pattern(form),
        code,
        message,
        lambda match: mend.format(**{k: (v or "").strip() for k, v in match.groupdict().items()}),
    )


def signs(code: str, message: str, *forms: tuple[str, str]) -> Iterator[Sign]:
    """One slip in several forms, each with its mend."""
    return (sign(form, code, message, mend) for form, mend in forms)
