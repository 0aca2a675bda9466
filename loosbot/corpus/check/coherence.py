"""Faults inside one document that JSON Schema cannot express: doubled ids, unknown columns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from loosbot.corpus import schema, titles
from loosbot.corpus.check import authorship
from loosbot.corpus.model import RECORD_TYPES, KeyPath
from loosbot.corpus.privacy import persons
from loosbot.corpus.schema import Shape
from loosbot.corpus.values import STATES, at, groups, items
from loosbot.corpus.wording import (
    Fault,
    did_you_mean,
    either,
    joined_slug,
    nearest,
    quoted,
    warning,
)

_SINGULARS = {
    "theme": "themes",
    "effet": "effets",
    "limite": "limites",
    "levier": "leviers",
    "vigilance": "vigilances",
    "enseignement": "enseignements",
}
_EVERYWHERE = ("type", "initiale", "voix", "fin", "duree", "couts")
"""What an index may name though no schema has it: a record's type, the first letter of its title,
the voices about it, how it ended, how long it took, what it cost."""
_LONGEST_LIST = 14
_DRAWN_BY: Mapping[str, tuple[str, ...]] = {
    "barres": ("par",),
    "grille": ("par", "et"),
    "frise": ("par",),
}
"""Form of a chart -> the keys that it cannot do without."""


def plain_key(key: str) -> str:
    """The key of a field that an index names in the singular: ``theme`` for ``themes``."""
    return _SINGULARS.get(key, key)


def faults(name: str, data: Any, spoiled: Collection[KeyPath]) -> Iterator[Fault]:
    """Faults of a document that its schema ``name`` accepts; ``spoiled`` values have one."""
    if not isinstance(data, dict):
        return
    if name == "index":
        yield from _index(data, spoiled)
    elif name == "versions":
        yield from _versions(data)
    else:
        yield from _promises(data)
        yield from _twice(data)
        yield from persons.faults(data)
        yield from _point(data)
        yield from authorship.faults(data)


def _twice(data: Mapping[str, Any]) -> Iterator[Fault]:
    """The warnings on what stands twice, word for word: a merge of two versions keeps both."""
    for key in ("voix", "decisions", "enseignements"):
        before: list[Mapping[str, Any]] = []
        for index, group in groups(data.get(key)):
            if group in before:
                yield warning(
                    (key, index),
                    "doublon",
                    f"Cet élément de « {key} » y est déjà, mot pour mot.",
                    "Gardez un seul des deux.",
                )
            before.append(group)


def _promises(data: Mapping[str, Any]) -> Iterator[Fault]:
    """The faults of two promises with one id in one record."""
    ids = [
        ((*path, index, "id"), promise.get("id"))
        for path in (("convention", "engagements"), ("engagements",))
        for index, promise in groups(at(data, path))
    ]
    for path, id_ in _taken(ids):
        yield Fault(
            path,
            "engagement-en-double",
            f"Un autre engagement de cette fiche s’appelle déjà {quoted(id_)}.",
            "Donnez à chaque engagement un identifiant à lui : materiaux, transport.",
        )


def _taken(
    names: Iterable[tuple[KeyPath, Any]], key: Callable[[str], str] = str
) -> Iterator[tuple[KeyPath, str]]:
    """The names, with their place, that one before them has already, as ``key`` compares them;
    what is no text is no name."""
    known: set[str] = set()
    for path, name in names:
        if isinstance(name, str) and key(name) in known:
            yield path, name
        elif isinstance(name, str):
            known.add(key(name))


def _point(data: Mapping[str, Any]) -> Iterator[Fault]:
    """A point on the map is only as good as the public file that it comes from; one without a
    source was read on a screen, or guessed."""
    point = data.get("coordonnees")
    if not isinstance(point, Mapping):
        return
    if not point.get("sources"):
        yield warning(
            ("coordonnees",),
            "coordonnees-sans-source",
            "Rien ne dit d’où viennent ces coordonnées.",
            "Ajoutez « sources » : une fiche de source avec l’adresse du fichier, sa date et sa "
            "licence. Sans elle, retirez les coordonnées.",
            on="key",
        )
    north, east = numbers = point.get("latitude"), point.get("longitude")
    if all(isinstance(number, int | float) for number in numbers) and _in_france(east, north):
        yield warning(
            ("coordonnees",),
            "coordonnees-inversees",
            "Ce point est hors de France, et en France si l’on échange ses deux nombres.",
            f"Écrivez : {{latitude: {east}, longitude: {north}}}. Si le lieu est bien là-bas, "
            "laissez.",
            on="key",
        )


def _in_france(north: Any, east: Any) -> bool:
    """Whether a point is in the frame of metropolitan France, in degrees."""
    return bool(41 <= north <= 51.5 and -5.5 <= east <= 10)


def _versions(data: Mapping[str, Any]) -> Iterator[Fault]:
    """A version is called by its name, so no two have one; two pages cannot share it either."""
    names: list[tuple[KeyPath, Any]] = []
    for index, version in groups(data.get("versions")):
        title = version.get("titre")
        if isinstance(title, str) and (fault := titles.fault(title)):
            yield replace(fault, path=("versions", index, "titre"))
        if name := str(version.get("nom", "")):
            names.append((("versions", index, "nom"), name))
    for path, name in _taken(names, lambda typed: typed.replace(".", "-")):
        yield Fault(
            path,
            "version-en-double",
            f"Une autre version s’appelle déjà {quoted(name)}.",
            "Donnez à chaque version un nom à elle : 2019, 2026, 2026-bis.",
        )


def _index(data: Mapping[str, Any], spoiled: Collection[KeyPath]) -> Iterator[Fault]:
    if "enregistrements" not in data and "parcours" not in data:
        yield Fault(
            (),
            "cle-manquante",
            "Il manque la clé « enregistrements » dans un index.",
            "Les fiches retenues. Exemple : enregistrements: {types: [projet, fifty-fifty]}.",
        )
    if not any(key in data for key in ("colonnes", "chronologie", "graphiques", "parcours")):
        yield Fault(
            (),
            "cle-manquante",
            "Il manque la clé « colonnes » dans un index.",
            "Colonnes : les champs montrés, dans l’ordre. Exemple : colonnes: [titre, annee].",
        )
    yield from _charts(data)
    shapes = _shapes(data)
    if not shapes:
        return
    for path, field in _fields(data):
        if path not in spoiled and isinstance(field, str):
            yield from _field(path, field, shapes)
    for key, allowed in _wanted(data).items():
        if key != "types" and ("enregistrements", key) not in spoiled:
            yield from _values(key, allowed, shapes)


def _charts(data: Mapping[str, Any]) -> Iterator[Fault]:
    """Charts that lack a field to be drawn by, or whose pictures would have one name."""
    charts = list(groups(data.get("graphiques")))
    for index, chart in charts:
        form = chart.get("forme")
        for key in _DRAWN_BY.get(form, ()) if isinstance(form, str) else ():
            if key not in chart:
                yield Fault(
                    ("graphiques", index),
                    "cle-manquante",
                    f"Il manque la clé « {key} » à un graphique de forme « {form} ».",
                    f"Ajoutez le champ des fiches qu’il montre. Exemple : {key}: annee.",
                )
    named = [(("graphiques", index, "titre"), chart.get("titre")) for index, chart in charts]
    for path, title in _taken(named, joined_slug):
        yield Fault(
            path,
            "titre-en-double",
            f"Un autre graphique de cet index s’appelle déjà {quoted(title)}.",
            "Donnez à chaque graphique un titre à lui.",
        )


def _shapes(data: Mapping[str, Any]) -> list[Shape]:
    """The shapes of the records that an index shows; of all where the schema refused their types,
    none where it shows no table."""
    if "enregistrements" not in data:
        return []
    types = items(at(data, ("enregistrements", "types")))
    named = [kind for _, kind in types if kind in RECORD_TYPES] or [*RECORD_TYPES]
    for _, id_ in items(data.get("avec")):
        type_ = id_.partition("/")[0] if isinstance(id_, str) else ""
        if type_ in RECORD_TYPES:
            named.append(type_)
    return [schema.shape(name) for name in dict.fromkeys(named)]


def _wanted(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """What an index asks of its records."""
    wanted = data.get("enregistrements")
    return wanted if isinstance(wanted, dict) else {}


def _fields(data: Mapping[str, Any]) -> Iterator[tuple[KeyPath, Any]]:
    """(path, field name) for each place of an index that names a field."""
    for index, column in items(data.get("colonnes")):
        if isinstance(column, dict):
            for place, key in items(column.get("champs")):
                yield ("colonnes", index, "champs", place), key
        else:
            yield ("colonnes", index), column
    for index, column in items(data.get("remplis")):
        yield ("remplis", index), column
    for key in ("grouper_par", "trier_par", "croiser"):
        if key in data:
            yield (key,), data[key]
    for index, chart in groups(data.get("graphiques")):
        for key in ("par", "et", "mesure"):
            if key in chart:
                yield ("graphiques", index, key), chart[key]
    for key in _wanted(data):
        if key != "types":
            yield ("enregistrements", key), key


def _field(path: KeyPath, field: str, shapes: list[Shape]) -> Iterator[Fault]:
    if field in _EVERYWHERE or any(_shape_of(field, shape) for shape in shapes):
        return
    names = {child.title: key for shape in shapes for key, child in shape.properties.items()}
    keys = [key for shape in shapes for key in shape.properties]
    known = {**names, **{key: key for key in (*keys, *_SINGULARS, *_EVERYWHERE)}}
    near = nearest(field, known)
    listed = list(dict.fromkeys(keys))
    more = "…" if len(listed) > _LONGEST_LIST else "."
    yield Fault(
        path,
        "champ-inconnu",
        f"Aucune des fiches retenues n’a de champ {quoted(field)}.",
        did_you_mean(near) if near else f"Champs : {', '.join(listed[:_LONGEST_LIST])}{more}",
        on="key" if path[0] == "enregistrements" else "value",
    )


def _shape_of(field: str, shape: Shape) -> Shape | None:
    """The shape of a field; ``convention.signature`` goes inside."""
    inner: Shape | None = shape
    for key in plain_key(field).split("."):
        inner = inner.properties.get(key) if inner else None
    return inner


def _values(key: str, allowed: Any, shapes: list[Shape]) -> Iterator[Fault]:
    """Words that a filter asks for and that no vocabulary has."""
    words: dict[str, str] = {}
    for shape in shapes:
        own = _shape_of(key, shape)
        for each in (own, own.items if own else None):
            for word in each.words if each else ():
                words[word.title], words[word.value] = word.value, word.value
    if not words:
        return
    known = {*words.values(), *STATES}
    many = isinstance(allowed, list)
    for index, value in enumerate(allowed if many else [allowed]):
        if isinstance(value, str) and value not in known:
            near = nearest(value, words)
            yield Fault(
                ("enregistrements", key, index) if many else ("enregistrements", key),
                "vocabulaire",
                f"{quoted(value)} n’est pas une valeur possible de « {key} ».",
                did_you_mean(near) if near else f"Valeurs possibles : {either(sorted(known))}.",
            )
