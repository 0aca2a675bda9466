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
class Draft:
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


def read(place: Place, source: bytes) -> Draft:
    """The draft of one file, with its findings and faults; what cannot be read is a finding too."""
    draft = Draft(place, source, id=place.id, key=key_of(place, source))
    if place.kind == "record" and (copied := around(source, place.path)):
        finding, inside = copied
        rest = read(place, inside)
        return replace(rest, key=draft.key, findings=[finding, *rest.findings], sound=False)
    match place.kind:
        case "page":
            _read_page(draft)
        case "template":
            _read_template(draft)
        case _:
            document = reader.read(source, place.path)
            draft.data = document.data
            draft.findings += document.findings
            if draft.data is not None:
                _check_document(draft)
            elif mended(source, draft.findings[0].code) is None:
                _check_rest(draft, source, document.findings)
    if place.kind in ("record", "index", "page"):
        _check_name(draft)
    draft.sound = not (draft.faults or draft.findings)
    refused = draft.findings[0] if draft.findings and draft.data is None else None
    legible = mended(source, refused.code) if refused else None
    if legible in (None, source):  # bytes of nothing but NUL are none in any encoding
        return draft
    rest = read(place, legible)
    return replace(rest, key=draft.key, findings=draft.findings[:1] + rest.findings, sound=False)


def _check_rest(draft: Draft, source: bytes, findings: tuple[Finding, ...]) -> None:
    """What is wrong beside a slip of syntax in these bytes of the file."""
    rest = rest_of(source, draft.place.path, findings)
    if rest is None:
        return
    draft.legible = rest.source
    draft.findings = list(rest.findings)
    draft.data = rest.data
    if "type" in rest.left_out:
        draft.data = {**rest.data, "type": draft.place.type}
    _check_document(draft)
    # what seems to lack may stand in the part that could not be read
    draft.faults = [fault for fault in draft.faults if fault.code not in _LACKS]


def _check_document(draft: Draft) -> None:
    kind = draft.place.kind
    known = RECORD_TYPES if kind == "record" else ("index",)
    fault = None
    if kind in _UNTYPED:
        draft.name = _UNTYPED[kind]
    elif fault := validate.type_fault(draft.data, known, draft.place.type):
        draft.faults.append(fault)
        type_ = meant.type_of(draft.data, known, draft.place.type)
        if not type_:
            return
        # as if it were written right, so that the other faults are told in the same round
        others = {key: value for key, value in draft.data.items() if (key,) != fault.path}
        draft.data = {**others, "type": type_}
    draft.name = draft.name or draft.data["type"]
    _check_data(draft)
    if kind == "record" and not fault:
        _check_folder(draft)


def _check_data(draft: Draft) -> None:
    compiled = schema.load(draft.name)
    wrong = validate.faults(compiled, draft.data)
    # keys, values, and the keys in these: each may hide what is wrong below it
    for as_meant in (meant.with_keys, meant.with_kinds, meant.with_keys):
        draft.data, typed = as_meant(draft.data, wrong, compiled.shape)
        if typed:
            draft.faults += [fault for fault in wrong if fault.path in typed.values()]
            draft.typed |= {path: draft.as_typed(before) for path, before in typed.items()}
            wrong = validate.faults(compiled, draft.data)
    draft.faults += wrong
    if not isinstance(draft.data, dict):
        return
    known = list(values(draft.data, compiled.shape, mere_texts=False))
    draft.faults += chronology.faults(draft.data, known, draft.spoiled)
    draft.faults += coherence.faults(draft.name, draft.data, draft.spoiled)
    markdown = misreadings.markdown_texts(known, draft.body)
    draft.faults += misreadings.faults(markdown, draft.spoiled)
    if phrases.may_be_in(draft.source):
        every = values(draft.data, compiled.shape)
        draft.faults += misreadings.phrase_faults(every, draft.broken)
    in_texts = (draft.data, draft.body, draft.source)
    draft.faults += texts.faults((*garbled.CHECKS, remains.CHECK), *in_texts, draft.broken)
    if draft.place.kind in ("record", "page"):
        is_page = draft.place.kind == "page"
        draft.faults += leftovers.faults(*in_texts, draft.broken, is_page=is_page)
        draft.faults += leftovers.unfinished(draft.source)
    draft.faults += texts.faults(hiddensigns.CHECKS, *in_texts, draft.broken)
    if any(sign in draft.source for sign in amounts.SIGNS):
        draft.faults += amounts.faults(draft.data, compiled.shape, draft.source, draft.broken)
    dated = {fault.path for fault in draft.faults if fault.code == "jour-de-semaine"}
    draft.faults += texts.faults((weekdays.CHECK,), *in_texts, draft.broken | dated)
    if states.SIGN.search(draft.source):
        told = states.faults(draft.data, compiled.shape, draft.broken)
        draft.faults = states.merged(draft.faults, told)
    if proofs.SIGN in draft.source:
        draft.faults += proofs.faults(draft.data, draft.broken)
    if draft.name == "configuration":
        draft.faults += additionfaults.faults(draft.data, {fault.path for fault in wrong})
        draft.faults += additionfaults.unknown(draft.data, list(compiled.shape.properties))
    title: Any = draft.data.get("titre")
    is_sound = isinstance(title, str) and ("titre",) not in draft.broken
    if is_sound and draft.has_page and (fault := titles.fault(title)):
        draft.faults.append(fault)


def _check_folder(draft: Draft) -> None:
    slug = draft.place.path.rpartition("/")[2].removesuffix(".yaml")
    type_ = draft.name
    draft.id = f"{type_}/{slug}"
    if draft.place.type == type_:
        return
    folder = draft.place.path.rpartition("/")[0]
    draft.faults.append(
        Fault(
            ("type",),
            "mauvais-dossier",
            f"Cette fiche est de type « {type_} », et elle est dans {folder}/.",
            f"Déplacez-la : narratives/{type_}/{slug}.yaml ; ou corrigez sa clé « type ».",
        )
    )


def _check_name(draft: Draft) -> None:
    name = draft.place.path.rpartition("/")[2]
    stem = name.rpartition(".")[0]
    if SLUG.fullmatch(stem):
        return
    plain = slug(re.sub(r"\.ya?ml$", "", stem)) or "nom-de-la-fiche"
    draft.findings.append(
        of_file(
            draft.place.path,
            "nom-de-fichier",
            f"{quoted(name)} : un nom de fichier s’écrit en minuscules, sans accent ni espace.",
            f"Renommez-le {plain}.{name.rpartition('.')[2]}",
        )
    )


def _read_page(draft: Draft) -> None:
    text = decode(draft.source, draft.place.path)
    if isinstance(text, Finding):
        draft.findings.append(text)
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
        draft.findings.append(of_file(draft.place.path, "en-tete-manquant", message, mend))
        return
    header, closing, rest = parts
    draft.start = len(header) + len(closing)
    draft.body = LINE_BREAK.sub("\n", rest).lstrip("\n")
    draft.name = "page"
    if not header.removeprefix("---").strip():
        draft.data = {}
    else:
        document = reader.read(header.encode(), draft.place.path)
        draft.data = document.data
        draft.findings += document.findings
        if draft.data is None:
            _check_rest(draft, header.encode(), document.findings)
            return
    _check_data(draft)


def _read_template(draft: Draft) -> None:
    text = decode(draft.source, draft.place.path)
    if isinstance(text, Finding):
        draft.findings.append(text)
        return
    draft.body = LINE_BREAK.sub("\n", text)
    name = draft.id.partition("/")[2]
    if fault := titles.fault(name):
        draft.findings.append(of_file(draft.place.path, fault.code, fault.message, fault.hint))
