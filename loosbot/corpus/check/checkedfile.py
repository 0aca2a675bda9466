"""One file of a corpus, read and checked for itself; what it refers to is checked later."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from loosbot.corpus import schema, titles
from loosbot.corpus.check import (
    additionfaults,
    amounts,
    chronology,
    coherence,
    garbled,
    hiddensigns,
    leftovers,
    meant,
    misreadings,
    phrases,
    proofs,
    remains,
    states,
    texts,
    validate,
    weekdays,
)
from loosbot.corpus.check.around import around
from loosbot.corpus.check.salvage import rest_of
from loosbot.corpus.decoding import LINE_BREAK, decode, mark_at, mended
from loosbot.corpus.links import Owner
from loosbot.corpus.model import RECORD_TYPES, Finding, KeyPath, Mark, of_file
from loosbot.corpus.paths import SLUG, Place
from loosbot.corpus.types import ROW_TYPES
from loosbot.corpus.walk import values
from loosbot.corpus.wording import (
    MAX_FAULTS,
    Fault,
    quoted,
    slug,
    warning,
)
from loosbot.corpus.yaml import reader
from loosbot.corpus.yaml.changes import value_at
from loosbot.corpus.yaml.columns import KEY_LIKE
from loosbot.corpus.yaml.reader import Places, Span

_AND_MORE = warning(
    (),
    "autres-fautes",
    "Ce fichier a d’autres fautes, trop nombreuses pour être montrées.",
    "Corrigez celles-ci, puis vérifiez de nouveau.",
)
_LACKS = frozenset({"cle-manquante", "valeur-vide"})
_UNTYPED = {"config": "configuration", "versions": "versions", "page": "page"}
"""Schemas of the files that do not say what they are."""
_RULE = re.compile(r"\s*[—–―*+=_-]+[ \t]*[\r\n]")
"""What a word processor, or another tool, makes of « --- »."""


@dataclass(slots=True)
class CheckedFile:
    """A file read and checked alone. ``data`` is None when it could not be read.

    ``body`` is a page's Markdown, a template's wikitext; ``start`` the index where a page's body
    begins in its text, ``name`` the schema that describes the data.
    """

    place: Place
    source: bytes
    name: str = ""
    id: str = ""
    data: Any = None
    body: str = ""
    start: int = 0
    legible: bytes = b""
    """The file without what could not be read, line for line, where there is a slip."""
    typed: dict[KeyPath, KeyPath] = field(default_factory=dict)
    """Where values stand that are read under the key that was meant for theirs."""
    faults: list[Fault] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    sound: bool = False
    """Whether nothing was wrong with the file for itself."""
    key: str = ""
    """By what the file is known; see :func:`key_of`. "" where it stands for no file."""

    @property
    def spoiled(self) -> set[KeyPath]:
        """Values that have a fault already."""
        return {fault.path for fault in self.faults if fault.on == "value"}

    @property
    def broken(self) -> set[KeyPath]:
        """Values with an error: their links are not checked. Those of one with a warning are."""
        return {
            fault.path for fault in self.faults if fault.on == "value" and fault.severity == "error"
        }

    @property
    def owner(self) -> Owner:
        shape = schema.shape(self.name) if self.name else schema.Shape()
        return Owner(self.id, self.place.path, self.data, shape, self.body if self.start else "")

    @property
    def has_page(self) -> bool:
        return self.place.kind != "record" or self.id.partition("/")[0] not in ROW_TYPES

    def as_typed(self, path: KeyPath) -> KeyPath:
        """Where the value stands in the file that ``data`` has at this path."""
        lengths = (n for n in range(len(path), 0, -1) if path[:n] in self.typed)
        length = next(lengths, 0)
        return self.typed[path[:length]] + path[length:] if length else path

    def all_findings(self) -> list[Finding]:
        """Every fault with its line and column."""
        if not self.faults:
            return self.findings
        text = decode(self.source, self.place.path)
        if isinstance(text, Finding):
            return self.findings
        header = text[: self.start] if self.start else text
        places = reader.locate(
            self.legible or (header[: header.rindex("---")].encode() if self.start else self.source)
        )
        faults = self.faults[:MAX_FAULTS]
        if len(faults) < len(self.faults):
            faults.append(_AND_MORE)
        seen: Counter[tuple[KeyPath, str]] = Counter()
        located = []
        for fault in faults:
            located.append(self._located(fault, places, text, seen[fault.path, fault.needle]))
            seen[fault.path, fault.needle] += 1
        return meant.keys_told_once([*self._said_beside(places, text), *located])

    def _said_beside(self, places: Places, text: str) -> Iterator[Finding]:
        """The reader's findings, less its warnings on a text of a wrong type: that error says
        all."""
        spans = [
            places.span(fault.path)
            for fault in self.faults
            if fault.code == "type-de-valeur" and fault.path in places
        ]
        lines = [(mark_at(text, span.start).line, mark_at(text, span.end).line) for span in spans]
        for finding in self.findings:
            of_a_list = finding.code in ("puce-en-trop", "texte-plie")
            if not of_a_list or not any(first <= finding.line <= last for first, last in lines):
                yield finding

    def _located(self, fault: Fault, places: Places, text: str, before: int) -> Finding:
        """``before`` is how many findings on the same needle of the same value came earlier."""
        at = fault.path if fault.path in places else self.as_typed(fault.path)
        mark = places.nearest(at)
        if at in places:
            fault = replace(self._with_number(fault, text, places.span(at)), path=at)
            mark = places.key(at) if fault.on == "key" else places.value(at)
        if fault.needle:
            mark = self._needle(fault, places, text, before) or mark
        return fault.at(self.place.path, mark)

    def _with_number(self, fault: Fault, text: str, span: Span) -> Fault:
        """The fault with a number in its hint as the file has it: what is read of 2.10 is 2.1."""
        if fault.code != "type-de-valeur":
            return fault
        number = value_at(self.data, fault.path)
        if not isinstance(number, float):
            return fault
        typed = text[span.start : span.end].strip()
        return replace(fault, hint=fault.hint.replace(f'"{number}"', f'"{typed}"'))

    def _needle(self, fault: Fault, places: Places, text: str, before: int) -> Mark | None:
        start, end = self.start, len(text)
        if fault.path and fault.path in places:
            span = places.span(fault.path)
            start, end = span.start, span.end
        # the target of a link rather than its label, which may be the same words
        for opening in ("](", "](<", ""):
            index = -1
            for _ in range(before + 1):
                index = text.find(opening + fault.needle, index + 1 or start, end)
                if index < 0:
                    break
            if index >= 0:
                return mark_at(text, index + len(opening))
        return None


def key_of(place: Place, source: bytes) -> str:
    """The cache key of a file: a hash of its path and bytes."""
    return hashlib.sha256(b"%s\0%s" % (place.path.encode("utf-8", "replace"), source)).hexdigest()


def read(place: Place, source: bytes) -> CheckedFile:
    """One file with its findings and faults; what cannot be read is a finding too."""
    checked = CheckedFile(place, source, id=place.id, key=key_of(place, source))
    if place.kind == "record" and (copied := around(source, place.path)):
        finding, inside = copied
        rest = read(place, inside)
        return replace(rest, key=checked.key, findings=[finding, *rest.findings], sound=False)
    match place.kind:
        case "page":
            _read_page(checked)
        case "template":
            _read_template(checked)
        case _:
            document = reader.read(source, place.path)
            checked.data = document.data
            checked.findings += document.findings
            if checked.data is not None:
                _check_document(checked)
            elif mended(source, checked.findings[0].code) is None:
                _check_rest(checked, source, document.findings)
    if place.kind in ("record", "index", "page"):
        _check_name(checked)
    checked.sound = not (checked.faults or checked.findings)
    refused = checked.findings[0] if checked.findings and checked.data is None else None
    legible = mended(source, refused.code) if refused else None
    if legible in (None, source):  # bytes of nothing but NUL are none in any encoding
        return checked
    rest = read(place, legible)
    return replace(
        rest, key=checked.key, findings=checked.findings[:1] + rest.findings, sound=False
    )


def _check_rest(checked: CheckedFile, source: bytes, findings: tuple[Finding, ...]) -> None:
    """What is wrong beside a slip of syntax in these bytes of the file."""
    rest = rest_of(source, checked.place.path, findings)
    if rest is None:
        return
    checked.legible = rest.source
    checked.findings = list(rest.findings)
    checked.data = rest.data
    if "type" in rest.left_out:
        checked.data = {**rest.data, "type": checked.place.type}
    _check_document(checked)
    # what seems to lack may stand in the part that could not be read
    checked.faults = [fault for fault in checked.faults if fault.code not in _LACKS]


def _check_document(checked: CheckedFile) -> None:
    kind = checked.place.kind
    known = RECORD_TYPES if kind == "record" else ("index",)
    fault = None
    if kind in _UNTYPED:
        checked.name = _UNTYPED[kind]
    elif fault := validate.type_fault(checked.data, known, checked.place.type):
        checked.faults.append(fault)
        type_ = meant.type_of(checked.data, known, checked.place.type)
        if not type_:
            return
        # as if it were written right, so that the other faults are told in the same round
        others = {key: value for key, value in checked.data.items() if (key,) != fault.path}
        checked.data = {**others, "type": type_}
    checked.name = checked.name or checked.data["type"]
    _check_data(checked)
    if kind == "record" and not fault:
        _check_folder(checked)


def _check_data(checked: CheckedFile) -> None:
    compiled = schema.load(checked.name)
    wrong = validate.faults(compiled, checked.data)
    # keys, values, and the keys in these: each may hide what is wrong below it
    for as_meant in (meant.with_keys, meant.with_kinds, meant.with_keys):
        checked.data, typed = as_meant(checked.data, wrong, compiled.shape)
        if typed:
            checked.faults += [fault for fault in wrong if fault.path in typed.values()]
            checked.typed |= {path: checked.as_typed(before) for path, before in typed.items()}
            wrong = validate.faults(compiled, checked.data)
    checked.faults += wrong
    if not isinstance(checked.data, dict):
        return
    known = list(values(checked.data, compiled.shape, mere_texts=False))
    checked.faults += chronology.faults(checked.data, known, checked.spoiled)
    checked.faults += coherence.faults(checked.name, checked.data, checked.spoiled)
    markdown = misreadings.markdown_texts(known, checked.body)
    checked.faults += misreadings.faults(markdown, checked.spoiled)
    if phrases.may_be_in(checked.source):
        every = values(checked.data, compiled.shape)
        checked.faults += misreadings.phrase_faults(every, checked.broken)
    in_texts = (checked.data, checked.body, checked.source)
    checked.faults += texts.faults((*garbled.CHECKS, remains.CHECK), *in_texts, checked.broken)
    if checked.place.kind in ("record", "page"):
        is_page = checked.place.kind == "page"
        checked.faults += leftovers.faults(*in_texts, checked.broken, is_page=is_page)
        checked.faults += leftovers.unfinished(checked.source)
    checked.faults += texts.faults(hiddensigns.CHECKS, *in_texts, checked.broken)
    if any(sign in checked.source for sign in amounts.SIGNS):
        checked.faults += amounts.faults(
            checked.data, compiled.shape, checked.source, checked.broken
        )
    dated = {fault.path for fault in checked.faults if fault.code == "jour-de-semaine"}
    checked.faults += texts.faults((weekdays.CHECK,), *in_texts, checked.broken | dated)
    if states.SIGN.search(checked.source):
        told = states.faults(checked.data, compiled.shape, checked.broken)
        checked.faults = states.merged(checked.faults, told)
    if proofs.SIGN in checked.source:
        checked.faults += proofs.faults(checked.data, checked.broken)
    if checked.name == "configuration":
        checked.faults += additionfaults.faults(checked.data, {fault.path for fault in wrong})
        checked.faults += additionfaults.unknown(checked.data, list(compiled.shape.properties))
    title: Any = checked.data.get("titre")
    is_sound = isinstance(title, str) and ("titre",) not in checked.broken
    if is_sound and checked.has_page and (fault := titles.fault(title)):
        checked.faults.append(fault)


def _check_folder(checked: CheckedFile) -> None:
    slug = checked.place.path.rpartition("/")[2].removesuffix(".yaml")
    type_ = checked.name
    checked.id = f"{type_}/{slug}"
    if checked.place.type == type_:
        return
    folder = checked.place.path.rpartition("/")[0]
    checked.faults.append(
        Fault(
            ("type",),
            "mauvais-dossier",
            f"Cette fiche est de type « {type_} », et elle est dans {folder}/.",
            f"Déplacez-la : narratives/{type_}/{slug}.yaml ; ou corrigez sa clé « type ».",
        )
    )


def _check_name(checked: CheckedFile) -> None:
    name = checked.place.path.rpartition("/")[2]
    stem = name.rpartition(".")[0]
    if SLUG.fullmatch(stem):
        return
    plain = slug(re.sub(r"\.ya?ml$", "", stem)) or "nom-de-la-fiche"
    checked.findings.append(
        of_file(
            checked.place.path,
            "nom-de-fichier",
            f"{quoted(name)} : un nom de fichier s’écrit en minuscules, sans accent ni espace.",
            f"Renommez-le {plain}.{name.rpartition('.')[2]}",
        )
    )


def _read_page(checked: CheckedFile) -> None:
    text = decode(checked.source, checked.place.path)
    if isinstance(text, Finding):
        checked.findings.append(text)
        return
    parts = reader.front_matter(text)
    if parts is None:
        message = "Cette page ne commence pas par un en-tête entre deux lignes « --- »."
        mend = "Commencez-la par trois lignes : « --- », « titre: Le titre », « --- »."
        if reader.OPENING.match(text):
            message = "La ligne « --- » qui ferme l’en-tête de cette page manque."
            mend = "Ajoutez « --- » seul sur une ligne, après la dernière clé de l’en-tête."
        elif re.match(r"\s+---[ \t]*[\r\n]", text):
            mend = "Retirez ce qui est avant la première ligne « --- »."
        elif _RULE.match(text):
            mend = "Écrivez trois tirets du clavier, « --- », à la place de cette ligne."
        elif KEY_LIKE.match(text):
            mend = "Ajoutez « --- », seul sur une ligne, au-dessus de celle-ci."
        checked.findings.append(of_file(checked.place.path, "en-tete-manquant", message, mend))
        return
    header, closing, rest = parts
    checked.start = len(header) + len(closing)
    checked.body = LINE_BREAK.sub("\n", rest).lstrip("\n")
    checked.name = "page"
    if not header.removeprefix("---").strip():
        checked.data = {}
    else:
        document = reader.read(header.encode(), checked.place.path)
        checked.data = document.data
        checked.findings += document.findings
        if checked.data is None:
            _check_rest(checked, header.encode(), document.findings)
            return
    _check_data(checked)


def _read_template(checked: CheckedFile) -> None:
    text = decode(checked.source, checked.place.path)
    if isinstance(text, Finding):
        checked.findings.append(text)
        return
    checked.body = LINE_BREAK.sub("\n", text)
    name = checked.id.partition("/")[2]
    if fault := titles.fault(name):
        checked.findings.append(of_file(checked.place.path, fault.code, fault.message, fault.hint))
