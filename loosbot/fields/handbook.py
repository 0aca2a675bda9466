"""The dictionary of fields as a text that people read: for ``docs/champs.md`` and for the wiki.

In Markdown; a walk over :mod:`loosbot.fields.dictionary`, without a fact of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from loosbot import resources
from loosbot.corpus.types import RECORD_TYPES
from loosbot.fields import dictionary as fields
from loosbot.fields.dictionary import Field, dictionary, walk
from loosbot.fields.saying import is_common, vocabularies, what_it_takes, words_of
from loosbot.fields.vocabulary import vocabulary

TITLE = "Dictionnaire des champs"
GROUPS = "Groupes de champs"
WORDS = "Mots des fiches"
INTRO, FORMS = resources.text("fields/handbook.md").rstrip("\n").split("\n\n---\n\n")


def handbook() -> str:
    """The whole dictionary, with its title."""
    shared = ("## Les groupes qui reviennent", *groups("##"))
    blocks = (f"# {TITLE}", *body("#"), *shared, "## Les mots", *words("##"))
    return "\n\n".join(blocks) + "\n"


def body(above: str) -> Iterator[str]:
    """Its blocks, without the groups that come back and the words.

    ``above`` is the sign of the heading that they stand under, "" for none.
    """
    shared = _shared()
    large = f"{above}#"
    yield from (INTRO, f"{large} Ce qui vaut partout", FORMS)
    for name in RECORD_TYPES:
        yield f"{large} {fields.title(name)}"
        yield from _type(name, shared)


def groups(above: str) -> Iterator[str]:
    """The groups that stand in more than one place; ``above`` as for :func:`body`."""
    shared = _shared()
    for field in shared.values():
        title = f"{above}# {field.title} : `{field.key}`"
        yield from (title, field.help, _table(field.fields), *_groups(field.fields, shared))


def words(above: str) -> Iterator[str]:
    """The vocabularies, each with its words; ``above`` as for :func:`body`."""
    for name in vocabularies(field for type_ in RECORD_TYPES for field in dictionary(type_)):
        terms = vocabulary(name)
        yield from (f"{above}# {terms.title}", terms.description, _words(name))


def _type(name: str, shared: Mapping[_Form, Field]) -> Iterator[str]:
    """One type: what it is, its keys, the groups that no other type has, a whole example."""
    yield fields.about(name)
    yield f"Son fichier : `narratives/{name}/nom-du-fichier.yaml`. Il commence par `type: {name}`."
    yield _table(dictionary(name))
    yield from _groups(dictionary(name), shared)
    yield "Un exemple entier :"
    yield f"```yaml\n{fields.example(name)}```"


def _groups(listed: Iterable[Field], shared: Mapping[_Form, Field]) -> Iterator[str]:
    """The tables of the groups among these fields that are told nowhere else."""
    for field in listed:
        if not field.fields or is_common(field) or _form(field) in shared:
            continue
        yield f"**Dans `{field.name}`** ({field.title}) :"
        yield _table(field.fields)
        yield from _groups(field.fields, shared)


def _words(name: str) -> str:
    """The words of a vocabulary with their definitions."""
    rows = [
        f"| `{word.value}` | {_cell(word.title)} | {_cell(word.description)} |"
        for word in words_of(name)
    ]
    return "\n".join(["| Mot | Se lit | Veut dire |", "|---|---|---|", *rows])


_Form = tuple[str, str, tuple[str, ...]]


def _form(field: Field) -> _Form:
    """What two groups that are the same group in two places have in common."""
    return field.key, field.title, tuple(f"{inner.key} {inner.help}" for inner in field.fields)


def _shared() -> dict[_Form, Field]:
    """The groups that stand in more than one place, as they come."""
    places_of: dict[_Form, list[Field]] = {}
    for name in RECORD_TYPES:
        for field in walk(dictionary(name)):
            if field.fields and not is_common(field):
                places_of.setdefault(_form(field), []).append(field)
    return {form: places[0] for form, places in places_of.items() if len(places) > 1}


def _table(listed: Iterable[Field]) -> str:
    lines = ["| Clé | Ce que c’est | On y écrit | État |", "|---|---|---|---|"]
    for field in listed:
        key = f"`{field.key}`" + (" (nécessaire)" if field.required else "")
        text = f"**{field.title}.** {field.help}"
        state = "oui" if field.states else ""
        lines.append(f"| {key} | {_cell(text)} | {_cell(what_it_takes(field))} | {state} |")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
