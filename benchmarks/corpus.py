"""A corpus of any size, the same bytes every time: what the benchmark measures.

Records have the sizes and the fields of a real town's (about 1 KB each), gaps included, since a
report costs more the more is missing.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

_SHARES = (
    ("projet", 25),
    ("fifty-fifty", 10),
    ("recit", 10),
    ("reunion", 15),
    ("acteur", 15),
    ("lieu", 5),
    ("source", 5),
    ("indicateur", 15),
)
_TEXT = (
    "le chantier commence un samedi matin avec les voisins de la rue et deux agents du service "
    "des espaces verts on décharge la terre les planches et les outils prêtés par la commune puis "
    "chacun choisit sa tâche selon son goût et ses forces vers midi une table est dressée dehors "
    "et l’on parle de la suite qui arrosera cet été qui gardera la clé du cabanon"
)
_WORDS = _TEXT.split()
_FIRST_NAMES = ("Camille", "Claude", "Dominique", "Maxence", "Sacha")
_THEMES = ("mobilite-voirie", "energie", "biodiversite", "dechets-proprete", "energie")


def write(folder: Path, records: int) -> None:
    """Write about ``records`` records, a configuration and one page under ``folder``."""
    counts = {type_: max(1, records * share // 100) for type_, share in _SHARES}
    for type_, count in counts.items():
        place = folder / "narratives" / type_
        place.mkdir(parents=True, exist_ok=True)
        for number in range(count):
            text = f"type: {type_}\n" + _MAKERS[type_](number, counts)
            (place / f"{type_}-{number:05}.yaml").write_text(text, encoding="utf-8")
    (folder / "pages").mkdir(exist_ok=True)
    (folder / "pages" / "accueil.md").write_text(
        "---\ntitre: Accueil\nrubrique: accueil\n---\nLes projets de la commune.\n", "utf-8"
    )
    (folder / "loosbot.yaml").write_text("corpus: mesure\n", encoding="utf-8")


def _prose(number: int, words: int, indent: int) -> str:
    """A block of text. No two hold the same words in a row: one would quote the other, and a
    voice that somebody withdrew would be taken out of every text of the town."""
    drawn = random.Random(number * 1000 + words)  # noqa: S311 - texts, no secret
    turned = [drawn.choice(_WORDS) for _ in range(words)]
    lines = [" ".join(turned[start : start + 14]) for start in range(0, words, 14)]
    return "|\n" + "\n".join(" " * indent + line for line in lines) + "\n"


def _ref(type_: str, number: int, counts: dict[str, int]) -> str:
    return f"{type_}/{type_}-{number % counts[type_]:05}"


def _source(number: int, counts: dict[str, int]) -> str:
    return _ref("source", number, counts).removeprefix("source/") + f" § {number % 9 + 1}"


def _day(number: int) -> str:
    return f"{2012 + number % 8}-{number % 12 + 1:02}-{number % 27 + 1:02}"


def _project(number: int, counts: dict[str, int]) -> str:
    text = (
        f"titre: Projet {number} du quartier\nannee: {2008 + number % 12}\nstatut: en-cours\n"
        f"lieu: {_ref('lieu', number, counts)}\nthemes: [{_THEMES[number % 5]}]\n"
        f"referents: [{{qui: {_ref('acteur', number, counts)}, role: suivi}}]\n"
        f"parties_prenantes: [{_ref('acteur', number + 1, counts)}, des voisins]\n"
        f"resume: {_prose(number, 40, 2)}"
        f"demande: {{date: {_day(number)}, besoin: De l'ombre et un banc}}\n"
        "evaluation: inconnu\n"
        f"enseignements:\n  - texte: {' '.join(_WORDS[number % 40 : number % 40 + 12])}\n"
        f"texte: {_prose(number + 3, 60, 2)}"
    )
    if number % 2:
        text += f"sources: [{_source(number, counts)}]\n"
    if number % 3 == 0:
        text += f"realisation: {{du: {2013 + number % 5}, participants: inconnu}}\n"
    return text


def _fifty(number: int, counts: dict[str, int]) -> str:
    return _project(number, counts).replace("Projet", "Fifty-fifty") + (
        "convention:\n"
        f"  signature: {_day(number)}\n  duree: {{du: {2014 + number % 4}, au: 2019}}\n"
        f"  parties: [{_ref('acteur', number, counts)}, {_ref('acteur', number + 2, counts)}]\n"
        "  engagements:\n"
        f"    - {{id: bois, qui: {_ref('acteur', number, counts)}, quoi: Fournir le bois, "
        "issue: tenu}\n"
        f"    - {{id: vis, qui: {_ref('acteur', number + 2, counts)}, quoi: Fournir les vis, "
        f"echeance: {_day(number)}, issue: inconnu}}\n"
    )


def _tale(number: int, counts: dict[str, int]) -> str:
    kind = "fifty-fifty" if number % 2 else "projet"
    return (
        f"titre: Récit {number}\nannee: {2014 + number % 6}\nplume: {_ref('acteur', 1, counts)}\n"
        f"projet: {_ref(kind, number * 3, counts)}\nsources: [{_source(number, counts)}]\nvoix:\n"
        f"  - qui: {_ref('acteur', number, counts)}\n    role: habitant\n    nature: rapporte\n"
        f"    texte: {_prose(number, 220, 6)}"
        f"  - qui: {_ref('acteur', number + 5, counts)}\n    role: agent\n    nature: rapporte\n"
        f"    texte: {_prose(number + 9, 160, 6)}"
        "frottements:\n  - Les délais ont paru longs.\n"
    )


def _meeting(number: int, counts: dict[str, int]) -> str:
    year = 2012 + number % 8
    minutes = f"{{date: {year + number % 2}-12-28}}" if number % 3 else "inconnu"
    return (
        f"titre: Réunion {number}\ndate: {_day(number)}\nniveau: consultation\n"
        f"sujet: L'avenir de la place\nprojet: {_ref('projet', number, counts)}\n"
        f"lieu: {_ref('lieu', number, counts)}\nservice: {_ref('acteur', number, counts)}\n"
        f"compte_rendu: {minutes}\npresents: {{valeur: {number % 40}, unite: personnes}}\n"
        f"decisions:\n  - {{texte: Planter deux arbres, qui: {_ref('acteur', 3, counts)}}}\n"
        f"resume: {_prose(number, 70, 2)}"
    )


def _actor(number: int, counts: dict[str, int]) -> str:
    if number % 100 == 99:
        # one withdrawal is enough for every text to be searched for a name
        name = _FIRST_NAMES[number // 2600]
        return (
            f"titre: {name} {chr(65 + number // 100 % 26)}.\ngenre: personne\n"
            f"consentement: {{etat: retire, date: {_day(number)}}}\n"
        )
    return (
        f"titre: Association {number}\ngenre: association\n"
        f"texte: {_prose(number, 25, 2)}sources: [{_source(number, counts)}]\n"
    )


def _place(number: int, counts: dict[str, int]) -> str:
    return f"titre: Lieu {number}\ngenre: site\ntexte: {_prose(number, 30, 2)}"


def _document(number: int, counts: dict[str, int]) -> str:
    return (
        f"titre: Document {number}\ngenre: document\nannee: {2000 + number % 20}\n"
        f"auteurs: [La commune]\nresume: {_prose(number, 40, 2)}"
    )


def _measure(number: int, counts: dict[str, int]) -> str:
    backed = f"sources: [{_source(number, counts)}]\n" if number % 4 else ""
    return (
        f"titre: Chiffre {number}\nvaleur: {number % 500}\nunite: participants\n"
        f"date: {2010 + number % 10}\nstatut: estime\nprojet: {_ref('projet', number, counts)}\n"
        f"comptage: {' '.join(_WORDS[number % 30 : number % 30 + 20])}\n{backed}"
    )


_MAKERS: dict[str, Callable[[int, dict[str, int]], str]] = {
    "projet": _project,
    "fifty-fifty": _fifty,
    "recit": _tale,
    "reunion": _meeting,
    "acteur": _actor,
    "lieu": _place,
    "source": _document,
    "indicateur": _measure,
}
