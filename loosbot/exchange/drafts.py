"""A draft record from a document: what the document says, and the questions that it leaves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any

from loosbot.corpus import dates, mailhead
from loosbot.corpus.dates import MONTHS
from loosbot.corpus.decoding import MAX_BYTES
from loosbot.corpus.french import counted
from loosbot.corpus.wording import slug
from loosbot.corpus.yaml.changes import Unpatchable
from loosbot.corpus.yaml.pasted import BULLETS, DASHES
from loosbot.corpus.yaml.patch import begun, with_values
from loosbot.errors import UserError
from loosbot.exchange import plaintext
from loosbot.exchange.passages import Passage, Text, markdown
from loosbot.exchange.unpacked import require_sound
from loosbot.fields.vocabulary import fold
from loosbot.frozen import dataclass

_MOST_ELEMENTS = 200_000
"""Of a document: one of a hundred pages has some 20,000."""
_PROPOSED = 50
"""Sentences of each kind; the text holds them all."""
_LONGEST_NAME = 200
"""Signs of a file's name: no disk takes one of more than 255 bytes."""
_INSTEAD = {
    ".pdf": "Copiez-en le texte dans un fichier .txt, ou demandez le document dont il est fait.",
    ".csv": "Un tableau se reprend sans ce mot : loosbot import {0}",
}
_INSTEAD |= dict.fromkeys((".ods", ".xlsx"), _INSTEAD[".csv"])
ENDINGS = (".docx", ".odt", ".md", ".txt")
_DAY = re.compile(rf"\b(1er|[0-9]{{1,2}}) ({'|'.join(MONTHS)}) ([12][0-9]{{3}})\b", re.IGNORECASE)
_DIGITS = re.compile(r"\b([0-9]{1,2})/([0-9]{1,2})/([12][0-9]{3})\b")
_DECIDED = re.compile(r"\b(décid|décision|convenu|adopté|validé|retenu)", re.IGNORECASE)
_PROMISED = re.compile(
    r"\b(s[’']engage|promet|se charge d|d[’']ici (?:le|la|au)|avant le [0-9])", re.IGNORECASE
)
_SENTENCE = re.compile(r"(?<=[.!?…])(?<!\b[A-ZÀ-Ý]\.)(?<!\bMM\.)\s+(?=[A-ZÀ-Ý«])")
"""Between two sentences: « M. Dupont » and « Marie D. » are no end of one."""
_SIGN = rf"(?:[-+*#{DASHES}{BULLETS}]|[0-9]{{1,2}}[.)/°])[ \u00a0]*"
_ITEM = re.compile(rf"\n(?=[ ]*{_SIGN})")
_SIGNS = re.compile(rf"[ ]*(?:{_SIGN})+")


@dataclass(frozen=True, slots=True)
class Draft:
    """A new file, and what somebody has to say before it can be published."""

    path: str
    data: bytes
    title: str
    questions: tuple[str, ...]
    voices: int


def read(data: bytes, name: str) -> Text:
    """The text of a document by the ending of its name. Raises UserError, also where it has
    none."""
    text = _read(data, name)
    if not (text.passages or text.pictures or text.asked):
        raise UserError(
            f"« {name} » n’a pas de texte.",
            "Si ses pages sont des images, recopiez-en les mots dans le document.",
        )
    return text


def _read(data: bytes, name: str) -> Text:
    match PurePath(name).suffix.lower():
        case ".docx":
            from loosbot.exchange import docx

            require_sound(data, name, _MOST_ELEMENTS)
            return _bounded(docx.read(data, name), name)
        case ".odt":
            from loosbot.exchange import odt

            require_sound(data, name, _MOST_ELEMENTS)
            return _bounded(odt.read(data, name), name)
    if len(data) > MAX_BYTES:
        raise _too_long(name)
    return Text([Passage(typed=block) for block in plaintext.paragraphs(data, name)])


def instead(name: str) -> str:
    """What to do with a file that is no document of ours, by the ending of its name."""
    ending = PurePath(name).suffix.lower()
    other = "Ouvrez-le dans son logiciel, et enregistrez-le en .docx ou en .odt."
    return f"Ceux que l’on lit : {', '.join(ENDINGS)}. {_INSTEAD.get(ending, other).format(name)}"


def _bounded(text: Text, name: str) -> Text:
    """The text, which a record can hold. Raises UserError for a longer one."""
    notes = sum(len("".join(note.itertext())) for note in text.notes.values())
    if notes + sum(len(passage.text) for passage in text.passages) > MAX_BYTES:
        raise _too_long(name)
    return text


def _too_long(name: str) -> UserError:
    return UserError(
        f"« {name} » est trop long : une fiche ne tient pas un livre entier (1 million de signes, "
        "40 000 lignes).",
        "Découpez ce document, et importez chaque partie.",
    )


def recit(text: Text, name: str) -> Draft:
    """A récit: a voice for each turn of somebody marked, in their order."""
    title, rest, asked = _titled(text, name)
    every_turn = turns(rest)
    marked = any(turn.who for turn in every_turn)
    around = [turn for turn in every_turn if marked and not turn.who]
    voices = [
        {"qui": turn.who or "inconnu", "texte": f"{markdown(turn.passages, text.notes)}\n"}
        for turn in every_turn
        if turn.who or not marked
    ]
    data: dict[str, Any] = {"titre": title, "voix": voices}
    if around:
        data["texte"] = "\n\n".join(markdown(turn.passages, text.notes) for turn in around) + "\n"
    questions = [
        *asked,
        *([] if marked else ["voix, qui : qui parle ? Le document ne le marque pas."]),
        "voix, role : habitant, agent, elu, operateur-economique ou partenaire ?",
        "voix, nature : rapporte, verbatim (ses mots exacts) ou transcription ?",
        "voix, consentement : qu’a accepté chaque personne, et où est son accord ? Sans réponse, "
        "sa voix reste interne.",
        "annee, plume, projet, lieu : quand, qui a écrit, de quel projet, où ?",
        *_left(text),
    ]
    return draft_of("recit", data, name, questions, [], len(voices))


def reunion(text: Text, name: str) -> Draft:
    """A meeting with its minutes; what looks decided or promised is only proposed."""
    title, rest, asked = _titled(text, name)
    body = markdown(rest, text.notes)
    data: dict[str, Any] = {"titre": title}
    day = _day(f"{title}\n{body}")
    if day:
        data["date"] = {"valeur": day, "statut": "deduit", "note": "Lue dans le compte rendu."}
    data["compte_rendu"] = {"texte": f"{body}\n"}
    questions = [
        *asked,
        "date : " + ("est-ce la bonne ? Si oui, écrivez-la seule." if day else "quel jour ?"),
        "genre, sujet, lieu, niveau, projet, service, presents : que sait-on ?",
        "compte_rendu, date : quand a-t-il été publié ?",
        "les personnes nommées ont-elles donné leur accord ? Sinon, retirez leur nom.",
        *_left(text),
    ]
    sentences = list(_sentences(rest))
    return draft_of("reunion", data, name, questions, _proposed(sentences), 0)


def _titled(text: Text, name: str) -> tuple[str, list[Passage], list[str]]:
    """The first heading, or the subject of the e-mail, if the text begins with it; else the name of
    the file. Then the other passages, and what is to be asked of the title."""
    size, title = mailhead.header([passage.text for passage in text.passages])
    passages = list(text.passages[size:])
    asked = ["l’en-tête du courriel (de qui, à qui, quand) n’est pas repris."] if size else []
    if not size and passages and passages[0].level:
        title = passages.pop(0).text.lstrip("# ")
    if title := " ".join(title.split()):
        return title, passages, asked
    title = PurePath(name).stem.replace("_", " ").strip() or "Sans titre"
    asked.append(f"titre : « {title} » est le nom du document ; quel est celui de la fiche ?")
    return title, passages, asked


def _left(text: Text) -> Iterator[str]:
    """The notes on what the draft leaves out of the document."""
    for number, picture in enumerate(text.pictures, 1):
        alt = f" (« {' '.join(picture.alt.split())} »)" if picture.alt else ""
        yield (
            f"image {number}{alt} : la joindre (documents) ? Que montre-t-elle (alt), qui y est "
            "reconnaissable et a dit oui, quelle licence ?"
        )
    if text.hidden:
        yield (
            f"{counted(text.hidden, 'mot')} que le document cache (« texte masqué ») : faut-il les "
            "reprendre ? Rien n’en est ici."
        )
    yield from text.asked


def _sentences(passages: Sequence[Passage]) -> Iterator[tuple[str, str]]:
    """Each sentence without the sign of its list, and that sign, « - » or « 1. »; "" for none."""
    for passage in passages:
        for item in _ITEM.split(passage.text):
            signs = _SIGNS.match(item)
            sign = re.sub("[0-9]+", "1", signs[0].strip()) if signs else ""
            for sentence in _SENTENCE.split(" ".join(item[signs.end() if signs else 0 :].split())):
                yield sentence, sign


def _told(sentences: Sequence[tuple[str, str]], words: re.Pattern[str]) -> Iterator[str]:
    """The sentences with such words, and the items of a list below one that ends with a colon."""
    below, is_headed = "", False
    for sentence, sign in sentences:
        below = sign if is_headed or sign == below else ""
        has_words = words.search(sentence) is not None
        is_headed = has_words and sentence.endswith(":")
        if below or (has_words and not is_headed):
            yield sentence


def _proposed(sentences: Sequence[tuple[str, str]]) -> list[str]:
    """Commented lines of YAML, for a person to uncomment or delete."""
    lines: list[str] = []
    for key, field, sign in (("decisions", "texte", _DECIDED), ("engagements", "quoi", _PROMISED)):
        seen = list(_told(sentences, sign))
        if seen:
            lines += [f"{key}:", *(f"  - {field}: {_quoted(name)}" for name in seen[:_PROPOSED])]
        if (more := len(seen) - _PROPOSED) > 0:
            lines.append(f"  # Et {counted(more, 'autre')}, à trouver dans le texte.")
    return lines


def _quoted(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'


def _day(text: str) -> str:
    """The first day that the text names, "" for none."""
    if date := _DAY.search(text):
        month = [name.casefold() for name in MONTHS].index(date[2].casefold()) + 1
        day = f"{date[3]}-{month:02}-{int(date[1].removesuffix('er')):02}"
    elif date := _DIGITS.search(text):
        day = f"{date[3]}-{int(date[2]):02}-{int(date[1]):02}"
    else:
        return ""
    return day if dates.is_date(day) else ""


def draft_of(
    type_: str,
    data: dict[str, Any],
    name: str,
    questions: Sequence[str],
    proposed: Sequence[str] = (),
    voices: int = 0,
) -> Draft:
    """The record ``data`` as a file, under what is to be asked and above what was ``proposed``.

    ``name`` is the document's, ``voices`` how many were read in it. Raises UserError for a title
    of signs alone, and for a text too long for a record.
    """
    title = data["titre"]
    if not slug(title):
        raise UserError(
            f"« {name} » ne donne pas de titre.", "Donnez un titre au document, ou à son fichier."
        )
    head = [
        f"# Brouillon fait de « {_shown(name)} ». À compléter, puis effacez ces lignes :",
        *(f"# - {_shown(question)}" for question in questions),
        "",
    ]
    mine = {"type": type_}
    try:
        made = with_values(begun(type_, "\n".join(head)), mine, {**mine, **data})
    except Unpatchable as fault:
        # over the limits of ``check``
        raise _too_long(name) from fault
    if proposed:
        comments = [
            "# Propositions, à relire : rien n’est décidé ni promis tant que le « # » reste.",
            *(f"# {_shown(line)}" for line in proposed),
        ]
        made += ("\n".join(comments) + "\n").encode()
    stem = slug(title)[:_LONGEST_NAME].strip("-")
    return Draft(f"narratives/{type_}/{stem}.yaml", made, title, tuple(questions), voices)


def _shown(text: str) -> str:
    """One line without a sign that would end a comment or be refused."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split(" "))


_LABEL = re.compile(
    r"\s*(?:[-–—]\s*)?(?P<stars>\**)(?P<who>[^\W\d_a-zß-ÿ][^:\n.!?«»*]{0,40}?\.?)"
    r"(?:(?P=stars)\s*:|\s*:\s*(?P=stars))\s*(?=\S)"
)
_INITIAL = re.compile(r"[^\W\d_]+(?:[- ][^\W\d_]+)? [^\W\d_a-z]\.")
_NO_NAMES = frozenset(
    [
        "note", "nota", "notes", "date", "lieu", "objet", "sujet", "titre", "presents", "absents",
        "excuses", "decision", "decisions", "resume", "contexte", "remarque", "attention",
        "exemple", "question", "questions", "reponse", "source", "sources", "annexe", "conclusion",
        "suite", "ordre", "bilan", "budget", "themes", "theme", "projet", "horaires", "contact",
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Turn:
    """What somebody says in one go; ``who`` is "" for what stands before anybody is marked."""

    who: str
    passages: list[Passage]


def turns(passages: Sequence[Passage]) -> list[Turn]:
    """The text by who speaks. Where nobody is marked there is one turn, of nobody."""
    labels = [_label(passage) for passage in passages]
    times = Counter(who for who, _, _ in labels if who)
    turns = [Turn("", [])]
    for passage, (who, length, bold) in zip(passages, labels, strict=True):
        if who and (bold or times[who] > 1 or _INITIAL.fullmatch(who)):
            passage.without(length)
            if turns[-1].who != who:
                turns.append(Turn(who, []))
        turns[-1].passages.append(passage)
    return [turn for turn in turns if any(passage.text.strip() for passage in turn.passages)]


def _label(passage: Passage) -> tuple[str, int, bool]:
    """Who a paragraph marks, how many characters that takes, and whether it is in bold."""
    if not passage.is_paragraph or passage.level:
        return "", 0, False
    match = _LABEL.match(passage.text)
    if match is None or fold(match["who"]).split(" ")[0] in _NO_NAMES:
        return "", 0, False
    bold = match["stars"] == "**"
    if passage.element is not None and len(passage.element):
        first = passage.element[0]
        words = "".join(first.itertext()).strip().rstrip(":").strip()
        bold = first.tag == "strong" and not (passage.element.text or "").strip()
        bold = bold and words == match["who"]
    return match["who"].strip(), match.end(), bold
