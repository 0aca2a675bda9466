"""One pass over libyaml's event stream, building plain values directly.

The event stream is the only part of libyaml that is safe with any input: its composer recurses
once per nesting level and crashes on 100,000 brackets, and PyYAML's constructors may run code
that a tag names. Here nesting and size are bounded while reading, and no tag is looked at.
"""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from itertools import islice
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from loosbot.corpus.decoding import FORBIDDEN, code_point
from loosbot.corpus.model import Finding, KeyPath
from loosbot.corpus.yaml.doubts import ODD_STARTS, cuts, doubts, folded_blocks, may_be_cut, odd_key
from loosbot.corpus.yaml.lookalikes import hidden_space
from loosbot.corpus.yaml.scalars import Scalar, plain_value
from loosbot.corpus.yaml.syntax import explain
from loosbot.errors import LoosbotError
from loosbot.escaping import beginning
from loosbot.frozen import dataclass

MAX_DEPTH = 50
MAX_NODES = 50_000
MAX_FINDINGS = 20
"""After so many faults in one file the others are no longer news."""

Parser = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""libyaml where PyYAML was built with it."""
_NESTING = "exceeded maximum nesting depth"
"""What libyaml says since 0.2.6, whose scanner counts brackets before it gives their events."""
_NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_LONG = 50
"""Letters of a key that is none of ours."""
_BREAKS_OF_YAML_1_1 = "\u2028\u2029"


@dataclass(frozen=True, slots=True)
class Node:
    """The events of one value: its key in a mapping (None elsewhere), its start and its end."""

    key: Any
    start: Any
    end: Any


class ReadingStopped(LoosbotError):
    """The rest of the file cannot be read; the last finding says why."""


class Walk:
    """Reads one document. ``run`` returns its value; ``findings`` tells what is wrong.

    ``usable`` is False when the value does not say what the author wrote.
    ``nodes`` is filled, by key path, when ``locate`` is asked.
    """

    def __init__(self, text: str, path: str, *, locate: bool = False) -> None:
        self.findings: list[Finding] = []
        self.usable = True
        self.nodes: dict[KeyPath, Node] = {}
        self._text = text
        self._path = path
        self._locate = locate
        self._count = 0
        self._last: Any = None
        self._comments = " #" in text
        source, self._restore = hide_breaks(text)
        self._parser = Parser(source)

    def run(self) -> Any:
        """The document's value, or None."""
        try:
            return self._document()
        except ReadingStopped:
            return None
        except yaml.YAMLError as error:
            self.usable = False
            if isinstance(error, yaml.MarkedYAMLError) and _NESTING in (error.problem or ""):
                finding = self._too_deep(error.problem_mark)
            else:
                finding = explain(error, self._text, self._path, self._last)
            # an error of ours on this line explains the one of libyaml; a warning does not: a file
            # without a value would then pass as sound
            faults = (other for other in self.findings if other.severity == "error")
            if all(other.line != finding.line for other in faults):
                self.findings = [other for other in self.findings if not _same(other, finding)]
                self.findings.append(finding)
            return None
        finally:
            self._parser.dispose()

    def _document(self) -> Any:
        value: Any = None
        documents = 0
        while not isinstance(event := self._parser.get_event(), StreamEndEvent):
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._fault(
                        event,
                        "plusieurs-documents",
                        "Un second document commence ici ; un fichier est une seule fiche.",
                        "Retirez la ligne « --- », ou faites un second fichier. Du texte se met "
                        "sous « texte: | », décalé de deux espaces.",
                    )
                    raise ReadingStopped
                value = self._value(self._parser.get_event(), 1, ())
                if not isinstance(self._parser.get_event(), DocumentEndEvent):
                    raise AssertionError("libyaml ends a document after its root node")
        return value

    def _value(self, event: Any, depth: int, path: KeyPath, key: Any = None) -> Any:
        value: Any
        end: Any = event
        if isinstance(event, ScalarEvent):
            value = self._scalar(event, key)
        elif isinstance(event, AliasEvent):
            self._refuse_anchor(event)
            value = None
        else:
            if event.anchor is not None or event.tag is not None:
                self._refuse_properties(event)
            if depth > MAX_DEPTH:
                self._report(self._too_deep(event.start_mark))
                raise ReadingStopped
            self._counted(event)
            if isinstance(event, MappingStartEvent):
                value, end = self._mapping(depth, path)
            else:
                value, end = self._sequence(depth, path)
        if self._locate:
            self.nodes.setdefault(path, Node(key, event, end))
        return value

    def _mapping(self, depth: int, path: KeyPath) -> tuple[dict[str, Any], Any]:
        get = self._parser.get_event
        locate = self._locate
        result: dict[str, Any] = {}
        keys: list[Any] = []
        doubled = again = False
        while not isinstance(key := get(), MappingEndEvent):
            name = self._key(key, depth)
            event = get()
            if locate or not isinstance(event, ScalarEvent):
                value = self._value(event, depth + 1, (*path, name or ""), key)
            else:
                value = self._scalar(event, key)
            if name is None:
                continue
            if name in result:
                first = next(event for event in keys if self._restored(event.value) == name)
                if not again:
                    self._duplicate(name, key, first, () if doubled else path)
                doubled = True
                # a whole group that comes a second time is told at its first key
                again = again or (first is keys[0] and len(keys) > 1)
            else:
                result[name] = value
                keys.append(key)
        return result, key

    def _sequence(self, depth: int, path: KeyPath) -> tuple[list[Any], Any]:
        get = self._parser.get_event
        result: list[Any] = []
        while not isinstance(event := get(), SequenceEndEvent):
            result.append(self._value(event, depth + 1, (*path, len(result))))
        return result, event

    def _key(self, event: Any, depth: int) -> str | None:
        """The name of a key, None when it is not a name."""
        if isinstance(event, AliasEvent):
            self._refuse_anchor(event)
            return None
        if isinstance(event, ScalarEvent):
            bare = not event.style and event.anchor is None and event.tag is None
            if bare and len(event.value) < _LONG and (ordinary := _ordinary(event.value)):
                self._last = event
                self._count += 1
                if self._count > MAX_NODES:
                    self._counted(event)
                return ordinary
            name = self._scalar(event, None, is_key=True)
            if event.tag is not None:  # reported already; the rest of the key is no name
                return None
            merge = name == "<<" and not event.style
            if isinstance(name, str) and not merge:
                # interned: the same few keys come in every file
                return sys.intern(name)
            if merge:
                self._fault(
                    event,
                    "cle-fusion",
                    "La clé de fusion « << » n’est pas admise.",
                    "Écrivez les champs dans la fiche même.",
                )
            elif not event.value:
                self._fault(
                    event,
                    "cle-non-texte",
                    "Il manque le nom de la clé avant « : ».",
                    "Écrivez par exemple « titre: Jamais ».",
                )
            else:
                message = f"« {_short(event.value)} » n’est pas un nom de clé : une clé est un mot."
                hint = odd_key(self._text, event) or (
                    f'Si c’est bien un nom, mettez-le entre guillemets : "{_short(event.value)}".'
                )
                # kept under its signs, so that the rest of its group is checked in the same run
                usable = self.usable
                self._fault(event, "cle-non-texte", message, hint)
                self.usable = usable
                return self._restored(event.value)
            return None
        self._fault(
            event,
            "cle-non-texte",
            "Une clé doit être un mot, pas une liste ni un groupe de clés.",
            "Écrivez par exemple « titre: Jamais ». Une valeur qui commence par « [ », « { » "
            "ou « ? » se met entre guillemets.",
        )
        self._value(event, depth + 1, ("",))
        return None

    def _scalar(self, event: Any, key: Any, *, is_key: bool = False) -> Scalar:
        self._last = event
        self._count += 1
        if self._count > MAX_NODES:
            self._counted(event)
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event)
        text: str = event.value
        if event.style != "|" and event.start_mark.line < event.end_mark.line:
            for finding in folded_blocks(self._text, self._path, event):
                self._report(finding)
        if not event.style:
            if is_key and (hidden := hidden_space(f"{text}:")):
                self._fault(event, hidden.code, hidden.message, hidden.mend, hidden.column)
            # called for every scalar of every file: only those with these signs are looked at
            elif not is_key and (
                ":" in text or " - " in text or text[0:1] in ODD_STARTS or self._comments
            ):
                for finding in doubts(self._text, self._path, event, key):
                    self._report(finding)
            elif not is_key and may_be_cut(self._text, event) and len(self.findings) < MAX_FINDINGS:
                self.findings += cuts(self._text, self._path, event)
            value = plain_value(text)
            return self._restored(value) if self._restore and isinstance(value, str) else value
        if event.style == '"' and (match := FORBIDDEN.search(text)):
            self._fault(
                event,
                "caractere-interdit",
                f"Ce texte contient le caractère invisible {code_point(match[0])}, "
                "qui ne peut pas être publié.",
                "Retirez la séquence « \\ » qui le désigne.",
            )
        return self._restored(text)

    def _restored(self, text: str) -> str:
        return text.translate(self._restore) if self._restore else text

    def _counted(self, event: Any) -> None:
        self._count += 1
        if self._count > MAX_NODES:
            self._fault(
                event,
                "trop-gros",
                f"Ce fichier contient plus de {MAX_NODES} valeurs, c’est trop pour une fiche.",
                "Répartissez son contenu en plusieurs fiches.",
            )
            raise ReadingStopped

    def _refuse_properties(self, event: Any) -> None:
        if event.anchor is not None:
            self._refuse_anchor(event)
        else:
            self._fault(
                event,
                "yaml-etiquette",
                "Une valeur ne peut pas commencer par « ! » : les étiquettes YAML sont refusées.",
                "Si c’est du texte, mettez-le entre guillemets.",
            )

    def _refuse_anchor(self, event: Any) -> None:
        sign = "*" if isinstance(event, AliasEvent) else "&"
        self._fault(
            event,
            "yaml-ancre",
            f"Une valeur ne peut pas commencer par « {sign} » sans guillemets.",
            "Si c’est du texte, mettez-le entre guillemets ; "
            "les ancres et les alias de YAML sont refusés.",
        )

    def _duplicate(self, name: str, key: Any, first: Any, path: KeyPath) -> None:
        usable = self.usable
        hint = (
            "Gardez une seule des deux ; si les deux valeurs comptent, mettez la seconde sous la "
            "première, en liste."
        )
        if path and isinstance(path[-1], int):
            hint = (
                "Gardez une seule des deux ; si un autre élément de la liste commence ici, mettez "
                f"un tiret et une espace devant : « - {_short(name)}: »."
            )
        elif not path and name == "type":
            hint = (
                "Gardez une seule des deux ; si une autre fiche commence ici, coupez-la et "
                "mettez-la dans un fichier à elle."
            )
        self._fault(
            key,
            "cle-en-double",
            f"La clé « {_short(name)} » est déjà à la ligne {first.start_mark.line + 1}, "
            f"la voici encore à la ligne {key.start_mark.line + 1}.",
            hint,
        )
        # of a doubled key the first value counts, so that the rest is checked in the same run
        self.usable = usable

    def _too_deep(self, mark: Any) -> Finding:
        return Finding(
            self._path,
            mark.line + 1,
            mark.column + 1,
            "error",
            "profondeur",
            f"Cette valeur est imbriquée dans plus de {MAX_DEPTH} autres.",
            "Vérifiez les retraits et les crochets de ce fichier.",
        )

    def _fault(self, event: Any, code: str, message: str, hint: str, column: int = 1) -> None:
        """Report an error at a column of this event, from 1."""
        mark = event.start_mark
        at = mark.column + column
        self._report(Finding(self._path, mark.line + 1, at, "error", code, message, hint))

    def _report(self, finding: Finding) -> None:
        if finding.severity != "error":
            # a file with too many warnings is still read to its end: an error may follow
            if len(self.findings) < MAX_FINDINGS:
                self.findings.append(finding)
            return
        self.findings.append(finding)
        self.usable = False
        if len(self.findings) >= MAX_FINDINGS:
            raise ReadingStopped


@lru_cache(maxsize=1024)
def _ordinary(text: str) -> str:
    """The key, where it is an ordinary word, as nearly all are; "" for any other.

    Cached: the same few words come in every file."""
    is_name = _NAME.fullmatch(text) and isinstance(plain_value(text), str)
    return sys.intern(text) if is_name else ""


def _same(doubt: Finding, error: Finding) -> bool:
    """Whether an error repeats a warning at the same place."""
    return (doubt.line, doubt.code) == (error.line, error.code)


def _short(text: str) -> str:
    return beginning(" ".join(text.split()))


def hide_breaks(text: str) -> tuple[str, dict[int, str]]:
    """Stand-ins for U+2028 and U+2029, which are text in YAML 1.2 but line breaks in libyaml.

    Also returns what gives them back. Lengths do not change, so positions stay true.
    """
    if "\u2028" not in text and "\u2029" not in text:
        return text, {}
    used = set(text)
    free = (chr(code) for code in range(0x10FFFD, 0x10000, -1) if chr(code) not in used)
    stand_ins = dict(zip(_BREAKS_OF_YAML_1_1, islice(free, 2), strict=True))
    hidden = text.translate({ord(real): stand_in for real, stand_in in stand_ins.items()})
    return hidden, {ord(stand_in): real for real, stand_in in stand_ins.items()}
