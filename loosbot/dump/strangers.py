"""Names of persons whom no record declares: they stop the public edition."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from loosbot.dump.spellings import tokens
from loosbot.trace.privacy import NAMED_AFTER

_CAPITAL = r"[A-ZÀ-ÖØ-Þ]"
_SMALL = r"[a-zà-öø-ÿœ]"
_NAME = rf"{_CAPITAL}{_SMALL}+(?:[-’']{_CAPITAL}{_SMALL}+)*"
_INITIALED = re.compile(rf"\b({_NAME} {_CAPITAL}\.)(?!\w)")
"""How the house writes a private person: first name and initial."""
_TITLED = re.compile(
    r"\b(?:M\.|MM\.|Mr|Mme|Mmes|Mlle|[Mm]onsieur|[Mm]adame|[Mm]ademoiselle|MONSIEUR|MADAME|Dr"
    rf"|[Dd]octeur)[ \u00a0\u202f]"
    rf"((?:{_CAPITAL}\. )?(?:d[’']|de la |de |du |des )?{_CAPITAL}[\w’'-]+(?: {_CAPITAL}[\w’'-]+)?)"
)
_WHOLE = re.compile(rf"{_NAME}(?: (?:de |du |d’|d'|le |la )?(?:{_NAME}|{_CAPITAL}{{2,}})){{1,2}}")
"""A field that holds nothing but a first name and a name."""
_SURNAME = rf"(?:(?:[dD]e |[dD]u |[dD][’']|[lL]e )?{_NAME}|{_CAPITAL}{{2,}})"


class Strangers:
    """Finds what looks like the name of a private person and is nobody's that may be shown.

    ``shown`` are the names that may be. ``firsts`` are first names that declared persons bear: one
    of them before another word with a capital is taken for a person, but not in the name of a
    street or a school, nor in a title among ``titles``.
    """

    def __init__(
        self, shown: Iterable[str], firsts: Iterable[str] = (), titles: Iterable[str] = ()
    ) -> None:
        self._shown = {tokens(name) for name in shown}
        self._surnames = {words[-1] for words in self._shown if len(words) > 1}
        self._titles = [f" {' '.join(tokens(one))} " for one in titles]
        heads = "|".join(re.escape(one) for one in sorted(set(firsts)) if re.fullmatch(_NAME, one))
        self._named = (
            re.compile(rf"(?<![\w-])(?:{heads})(?:-{_NAME})? {_SURNAME}(?![\w-])")
            if heads
            else None
        )

    def in_text(self, text: str) -> list[str]:
        """Undeclared names, in their order."""
        text = unicodedata.normalize("NFC", text)
        found = [one for one in _INITIALED.findall(text) if tokens(one) not in self._shown]
        for one in _TITLED.findall(text):
            words = tokens(one)
            if words not in self._shown and words[-1] not in self._surnames:
                found.append(one)
        if self._named is not None:
            found += [one[0] for one in self._named.finditer(text) if self._is_person(one, text)]
        return found

    def in_field(self, text: str) -> list[str]:
        """The same for a field where a person is expected: a bare first name and name counts."""
        text = unicodedata.normalize("NFC", text)
        if _WHOLE.fullmatch(text) and tokens(text) not in self._shown:
            return [text]
        return self.in_text(text)

    def _is_person(self, found: re.Match[str], text: str) -> bool:
        words = tokens(found[0])
        if words in self._shown or NAMED_AFTER.search(
            text, max(0, found.start() - 30), found.start()
        ):
            return False
        return not any(f" {' '.join(words)} " in one for one in self._titles)
