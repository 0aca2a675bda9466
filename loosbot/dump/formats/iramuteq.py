"""``iramuteq/recits.txt``: one text a passage, its starred variables, and what they mean.

The rules are those of IRaMuTeQ's own checker and builder (``textcheckcorpus.py``, ``corpus.py`` of
0.8): a text begins at ``****`` in column 0; a variable and its modality are parted by the first
underscore, in letters and digits only; a text holds no star, or another one would begin.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from loosbot.corpus import schema
from loosbot.corpus.schema import Word
from loosbot.corpus.wording import slug
from loosbot.dump.filtered import Edition, Passage, known
from loosbot.dump.formats.csvfiles import encoded
from loosbot.dump.tables.table import Table

CORPUS, VARIABLES = "iramuteq/recits.txt", "iramuteq/variables.csv"
COLUMNS = ("variable", "modalite", "libelle", "textes")

Variable = tuple[str, str, str]
"""Variable, modality, and what the modality means."""


def files(edition: Edition, tables: Sequence[Table]) -> Iterator[tuple[str, bytes]]:
    """The corpus, UTF-8 without byte order mark (its first text would be lost), and its key."""
    titles = {id_: record.title for id_, record in edition.records.items()}
    counts: Counter[Variable] = Counter()
    blocks = []
    for _, text, variables in texts(edition.passages, titles):
        counts.update(variables)
        stars = " ".join(f"*{name}_{modality}" for name, modality, _ in variables)
        blocks.append(f"**** {stars}\n{text}\n")
    yield CORPUS, "\n".join(blocks).encode("utf-8")
    rows = [(*variable, counts[variable]) for variable in sorted(counts)]
    yield VARIABLES, encoded(COLUMNS, rows)


def texts(
    passages: Iterable[Passage], titles: Mapping[str, str]
) -> Iterator[tuple[Passage, str, list[Variable]]]:
    """The passages that have words, with these and the variables; ``titles`` by record."""
    spoken = [
        (passage, text) for passage in passages if (text := plain(str(known(passage.text) or "")))
    ]
    themes = sorted({theme for passage, _ in spoken for theme in passage.themes})
    records = dict.fromkeys(passage.record for passage, _ in spoken)
    tales = {id_: f"r{rank:03}" for rank, id_ in enumerate(records, 1)}
    for rank, (passage, text) in enumerate(spoken, 1):
        yield passage, text, list(_variables(passage, rank, tales, themes, titles))


def plain(text: str) -> str:
    """The words of a passage, without the star that IRaMuTeQ keeps for itself."""
    lines = text.replace("*", " ").split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


def _variables(
    passage: Passage,
    rank: int,
    tales: Mapping[str, str],
    themes: Sequence[str],
    titles: Mapping[str, str],
) -> Iterator[Variable]:
    """One modality a variable: what may have several values has a yes or a no for each."""
    yield "id", f"p{rank:04}", passage.id
    yield ("recit", tales[passage.record], f"{titles.get(passage.record, '')} ({passage.record})")
    role = known(passage.role)
    yield "voix", _modality(role or "masque"), _title("role", role) if role else "Rôle masqué"
    year = known(passage.year)
    yield "annee", year or "inconnue", f"Année {year}" if year else "Année inconnue ou masquée"
    if passage.nature:
        yield "nature", _modality(passage.nature), _title("nature", passage.nature)
    for theme in themes:
        tagged = theme in passage.themes
        label = _words("theme").get(theme, theme)
        yield f"th{_modality(theme)}", "oui" if tagged else "non", f"Thème « {label} »"


def _modality(word: str) -> str:
    return slug(word).replace("-", "")


def _title(key: str, value: str) -> str:
    return _words(key).get(value, value)


def _words(key: str) -> dict[str, str]:
    voice = schema.shape("recit").at(("voix", 0)).properties
    shape = voice["themes"].at((0,)) if key == "theme" else voice[key]
    words: tuple[Word, ...] = shape.words
    return {word.value: word.title for word in words}
