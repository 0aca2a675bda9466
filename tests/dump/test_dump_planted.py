"""Names, addresses and numbers planted everywhere, in every spelling: none may come out.

The scan shares nothing with the filter: it undoes escapes and accents by itself, looks into every
member of every archive, at the raw pages of SQLite and at the cells of Parquet.
"""

from __future__ import annotations

import html
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import duckdb
import pytest
import town

from loosbot.dump import build as whole

PEOPLE = (
    "Célia Charpentier", "Anaïs Lefèvre", "Noël Dubuisson", "Zoé Quévy", "François Hœrter",
    "Maëlle d’Ormesson", "Jean-Loup Grévisse", "Übald Kœnig", "Ségolène Brûlé", "Gaël Août",
    "Théo Wattrelos", "Inès Cauchy", "Rémi Paucot", "Odile Sénéchal", "Aïcha Benali",
    "Łukasz Nowak", "Chloé Ternois", "Hervé Lenglet", "Solène Wacquez", "Émile Tancrez",
)  # fmt: skip
CONTACTS = (
    "celia.secrete@exemple.fr", "c.secrete (at) exemple.fr", "CSECRETE@EXEMPLE.FR",
    "06 98 76 54 32", "06.98.76.54.32", "+33 6 98 76 54 32", "0698765432", "+33 (0)6 98 76 54 32",
    "FR76 3000 6000 0112 3456 7890 189", "2 85 05 62 498 123 45",
)  # fmt: skip
TRACES = ("secrete@exemple", "secreteexemplefr", "98765432", "30006000011234567890", "28505624981")


_ALIKE = str.maketrans("aeopcxyiABEKMHOPCTXY", "аеорсхуіАВЕКМНОРСТХУ")
"""The same to the eye, in Cyrillic."""
_SEEN = str.maketrans("аеорсхуі", "aeopcxyi") | str.maketrans("авекмнорстху", "abekmhopctxy")


def _spellings(name: str) -> Iterator[str]:
    yield name
    yield name.upper()
    yield unicodedata.normalize("NFD", name)
    yield unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode()
    yield name.replace(" ", "_")
    yield name.replace(" ", "\u00a0")
    yield quote(name)
    yield html.escape(name.encode("ascii", "xmlcharrefreplace").decode(), quote=False).replace(
        "&amp;#", "&#"
    )
    first, last = name.split(" ", 1)
    yield f"{last} {first}"
    yield f"Mme {last}"
    yield f"chez les {last}"
    yield f"{first[0]}. {last}"
    yield name.translate(_ALIKE)
    yield f"<b>{first}</b> {last[:3]}<wbr>{last[3:]}"
    yield name.replace("’", "\u02bc")


def _files(agreed: bool) -> dict[str, str]:
    """Every person in every kind of field; ``agreed`` is the control, where nothing is hidden."""
    files = dict(town.FILES)
    states = ["interne", "retire", "scelle", "inconnu"]
    for rank, name in enumerate(PEOPLE):
        slug = re.sub("[^a-z]+", "-", _plain(name, _SIGNS_BUT_BLANKS))
        state = states[rank % len(states)]
        consent = "{etat: public, portee: [dump-recherche]}" if agreed else f"{{etat: {state}}}"
        files[f"narratives/acteur/{slug}.yaml"] = (
            f"type: acteur\ntitre: {name}\ngenre: personne\nrole: habitant\n"
            f"consentement: {consent}\nfonction: Voisin de {PEOPLE[rank - 1]}\n"
            f"anciens_ids: [acteur/{slug}-avant]\n"
        )
        spelled = " ; ".join(_spellings(name))
        contact = CONTACTS[rank % len(CONTACTS)]
        files[f"narratives/recit/conte-de-{slug}.yaml"] = f"""
type: recit
titre: Conte de {name}
annee: 2018
occasion: Chez {name}, {contact}
plume: acteur/{slug}
projet: fifty-fifty/verger
lieu: lieu/chez-{slug}
video: https://video.example.org/{slug}
resume: |
  {spelled}. Voir [lui](acteur/{slug}) ou [elle](../acteur/{slug}.yaml), {contact}.
voix:
  - qui: acteur/ali-d
    role: habitant
    consentement: {{etat: public, portee: [wiki, dump-recherche, dump-public]}}
    texte: |
      J'ai vu {spelled}, {contact}.
    frottements: ["{name} le dit, {contact}."]
enseignements:
  - {{texte: "Écouter {name}", suite: {{quoi: "{name.upper()}", qui: acteur/{slug}}}}}
relectures: [{{qui: Jo Relit, date: 2020-01-05}}]
notes: ["{name}, {contact}"]
"""
        files[f"narratives/lieu/chez-{slug}.yaml"] = (
            f"type: lieu\ntitre: Le jardin de {name.upper()}\ngenre: equipement\n"
            f'classement: "{contact}"\n'
        )
        last = slug.partition("-")[2]
        files[f"pages/la-methode-{last}.md"] = (
            f"---\ntitre: La méthode de {name}\n---\n\nÉcouter.\n"
        )
        files[f"narratives/source/note-{slug}.yaml"] = (
            f"type: source\ntitre: Note de {name}\ngenre: document\nauteurs: [acteur/{slug}]\n"
            f'editeur: "{name} {contact}"\nurl: https://exemple.fr/{quote(name)}\n'
            f"sources: [note-{slug} § {name}]\n"
        )
        files[f"narratives/reunion/de-{slug}.yaml"] = (
            f"type: reunion\ntitre: Réunion de {name}\ndate: 2018-03-02\nsujet: {spelled}\n"
            f"animation: [acteur/{slug}]\nparties_prenantes: [acteur/{slug}]\n"
            f"engagements: [{{id: e, qui: acteur/{slug}, quoi: Rappeler {name} au {contact}}}]\n"
            f'presents: {{valeur: "{name}", unite: "{contact}"}}\n'
        )
    return files


_SIGNS = re.compile(r"[\W_]+")
_SIGNS_BUT_BLANKS = re.compile(r"[^\w ]+|_+")


def _plain(text: str, signs: re.Pattern[str] = _SIGNS) -> str:
    """Letters and digits alone, without accents: what any spelling comes down to."""
    text = text.lower().translate(_SEEN).replace("œ", "oe").replace("ł", "l")
    return signs.sub("", unicodedata.normalize("NFKD", text))


def _undone(text: str) -> str:
    for _ in range(3):
        text = html.unescape(unquote(text, errors="ignore"))
    return text


def _contents(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file and every member, read as text; and what a reader of Parquet sees."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        name = path.relative_to(folder).as_posix()
        yield f"nom de {name}", name
        data = path.read_bytes()
        yield name, data.decode("utf-8", "ignore")
        yield f"{name} en UTF-16", data.decode("utf-16-le", "ignore")
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for member in archive.namelist():
                    content = archive.read(member).decode("utf-8", "ignore")
                    yield f"{name}!{member}", f"{member} {content}"
        if path.suffix == ".parquet":
            rows = duckdb.read_parquet(str(path), hive_partitioning=False).fetchall()
            yield f"{name} lu", "\n".join(str(cell) for row in rows for cell in row)


def _leaks(folder: Path, names: tuple[str, ...]) -> dict[str, list[str]]:
    wanted = {name: _plain(name) for name in names}
    wanted |= {f"{n} (renversé)": _plain(" ".join(reversed(n.split(" ", 1)))) for n in names}
    wanted |= {trace: _plain(trace) for trace in TRACES}
    wanted |= {f"slug {n}": re.sub("[^a-z]+", "-", _plain(n, _SIGNS_BUT_BLANKS)) for n in names}
    leaks: dict[str, list[str]] = {}
    for place, text in _contents(folder):
        for seen in {text, _undone(text), re.sub("</?(?:b|wbr)>", "", _undone(text))}:
            letters, low = _plain(seen), seen.lower()
            for label, spelling in wanted.items():
                if spelling in (low if label.startswith("slug") else letters):
                    leaks.setdefault(label, []).append(place)
    return leaks


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return town.write(tmp_path_factory.mktemp("planted"), _files(agreed=False))


def _built(root: Path, kind: str, folder: Path) -> Path:
    whole.write(town.edition(root, kind), folder, None, lambda: None, archive=True)  # type: ignore[arg-type]  # one of KINDS
    return folder.parent


def test_nothing_planted_comes_out_of_the_public_edition(planted: Path, tmp_path: Path) -> None:
    assert _leaks(_built(planted, "publique", tmp_path / "dump"), PEOPLE) == {}


def test_no_name_comes_out_of_the_research_edition(planted: Path, tmp_path: Path) -> None:
    leaks = _leaks(_built(planted, "recherche", tmp_path / "dump"), PEOPLE)

    assert {label for label in leaks if label not in TRACES} == set()


def test_without_the_filter_everything_planted_is_found(tmp_path: Path) -> None:
    root = town.write(tmp_path / "town", _files(agreed=True))
    leaks = _leaks(_built(root, "recherche", tmp_path / "out/dump"), PEOPLE)

    missed = {*PEOPLE, *TRACES, *(f"{name} (renversé)" for name in PEOPLE)} - leaks.keys()
    assert missed == set()
    for name in PEOPLE:
        places = " ".join(leaks[name])
        for kind in ("data/", "data.sqlite", "parquet/", "qda/recits.qdpx!", "dump.zip!"):
            assert kind in places, (name, kind)
