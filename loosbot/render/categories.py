"""Categories: each one that is used has a page, and a parent up to one root."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from loosbot.corpus.model import Config, Corpus, Page, Record
from loosbot.corpus.types import PROJECTS, ROW_TYPES, TYPES
from loosbot.fields.collation import filing_key
from loosbot.fields.parameters import STAGES, STOP
from loosbot.fields.site import Site, bare, references
from loosbot.fields.vocabulary import STATES, vocabulary
from loosbot.frozen import dataclass
from loosbot.render.indexes.index import all_indexes
from loosbot.render.indexes.rows import raw_values
from loosbot.render.reports import fieldbook
from loosbot.wikitext.blocks import join
from loosbot.wikitext.encoding import Context, encode
from loosbot.wikitext.links import category, tracking_category
from loosbot.wikitext.names import CATEGORY_NAMESPACE, normal_title

TRACKING_TITLE = "Fiches loosbot"
"""The category by which a sync finds its pages; its sort keys are ``corpus:id``."""
ROOT = "categorie/racine"
TRACKING = "categorie/suivi"
PROPOSALS = "categorie/propositions"
"""The category of the pages that people begin on the wiki, to propose a record."""
RETIRED = "categorie/retirees"
"""The category of the notices that stand where a page was published, and is no more."""
_YEAR = re.compile(r"(?<![0-9])(?:1[0-9]|20|21)[0-9]{2}(?![0-9])")


@dataclass(frozen=True, slots=True)
class Category:
    """A category page. ``title`` has no namespace; the root has no parent."""

    id: str
    title: str
    definition: str
    parent: str = ROOT


_FIXED = {
    fixed.id: fixed
    for fixed in (
        Category(ROOT, "Toutes les fiches", "Tout ce que le dépôt publie sur ce wiki.", ""),
        Category(TRACKING, TRACKING_TITLE, "Les pages tenues par loosbot. Ne pas en retirer."),
        Category(
            PROPOSALS,
            "Propositions de fiches",
            "Les pages commencées sur ce wiki pour proposer une fiche. Le robot les reprend ; ce "
            "qui leur manque encore est dit sur leur page de discussion.",
        ),
        Category(
            RETIRED,
            "Fiches retirées",
            "Les pages que la commune ne publie plus. Le robot y a mis un avis à la place du texte "
            "qu’il tenait ; ce que des personnes y ont écrit reste.",
        ),
        Category("categorie/modeles", "Modèles de fiches", "Les modèles que les fiches utilisent."),
        Category("categorie/index", "Index", "Les pages qui rassemblent des fiches."),
        Category("categorie/pages", "Pages", "La méthode et ses explications."),
        Category("categorie/themes", "Thèmes", "Les sujets des fiches."),
        Category("categorie/niveaux", "Niveaux d’implication", "Jusqu’où les habitants décident."),
        Category("categorie/annees", "Années", "Les fiches par année."),
        Category("categorie/statuts", "Projets par état", "Où en sont les projets."),
        *(
            Category(f"categorie/type-{row.name}", row.plural, row.about)
            for row in TYPES.values()
            if row.about
        ),
    )
}


def categories_of(record: Record, corpus: Corpus) -> list[str]:
    """Ids of the categories of a record with a page of its own, each once."""
    ids = [f"categorie/type-{record.type}"]
    ids += (f"categorie/theme-{theme}" for theme in _known(record.data.get("themes")))
    if record.type == "lieu":
        ids += (of_place(reference) for reference in references(record, "dans"))
    else:
        ids += (
            of_place(reference)
            for reference in references(record, "lieu")
            if reference in corpus.records
        )
    ids += (f"categorie/niveau-{level}" for level in _levels(record))
    years = {year for key in ("annee", "date") for year in _years(bare(record.data.get(key)))}
    ids += (f"categorie/annee-{year}" for year in sorted(years))
    if record.type in PROJECTS:
        ids += (f"categorie/statut-{status}" for status in _known(raw_values(record, "statut")))
    return list(dict.fromkeys(ids))


def of_place(id_: str) -> str:
    """Id of the category of what is at a place."""
    return f"categorie/lieu-{id_.partition('/')[2]}"


def categories_of_page(page: Page) -> list[str]:
    """Ids of the categories of a Markdown page."""
    rubric = page.data.get("rubrique")
    ids = [f"categorie/rubrique-{rubric}" if rubric else "categorie/pages"]
    return ids + [f"categorie/theme-{theme}" for theme in _known(page.data.get("themes"))]


def assigned(corpus: Corpus) -> Mapping[str, tuple[str, ...]]:
    """Id of every page but categories -> ids of its categories."""
    return corpus.once("categories", partial(_assigned, corpus))


def _assigned(corpus: Corpus) -> Mapping[str, tuple[str, ...]]:
    by_id = {
        id_: tuple(categories_of(record, corpus))
        for id_, record in corpus.records.items()
        if record.type not in ROW_TYPES
    }
    by_id.update({id_: tuple(categories_of_page(page)) for id_, page in corpus.pages.items()})
    for id_, index in all_indexes(corpus).items():
        rubric = index.data.get("rubrique")
        more = (f"categorie/rubrique-{rubric}",) if rubric else ()
        by_id[id_] = ("categorie/index", *more)
    by_id.update(dict.fromkeys(fieldbook.titles(corpus), (fieldbook.CATEGORY,)))
    by_id.update(dict.fromkeys(corpus.templates, ("categorie/modeles",)))
    return by_id


def catalogue(corpus: Corpus) -> dict[str, Category]:
    """Every category that is used, its parents up to the root, and those that a run may need
    whatever the corpus holds: the tracking one, that of the notices; by id.

    Where two want one title, the later one says in parentheses what it is.
    """
    used = {id_: _FIXED[id_] for id_ in (TRACKING, ROOT, RETIRED)}
    if any(_FIXED[PROPOSALS].title in template.text for template in corpus.templates.values()):
        used[PROPOSALS] = _FIXED[PROPOSALS]
    waiting = sorted({id_ for ids in assigned(corpus).values() for id_ in ids})
    while waiting:
        id_ = waiting.pop()
        if id_ not in used:
            used[id_] = _category(id_, corpus)
            waiting.append(used[id_].parent)
    taken: set[str] = set()
    named: dict[str, Category] = {}
    for id_ in sorted(used, key=lambda id_: (id_ not in _FIXED, id_)):
        used_category = used[id_]
        kind = id_.removeprefix("categorie/").partition("-")[0]
        title = used_category.title
        if normal_title(title) in taken:
            title = f"{title} ({_KINDS.get(kind, kind)})"
        if normal_title(title) in taken:
            title = f"{used_category.title} ({id_.removeprefix('categorie/')})"
        taken.add(normal_title(title))
        named[id_] = Category(id_, title, used_category.definition, used_category.parent)
    return dict(sorted(named.items()))


_KINDS = {"theme": "thème", "lieu": "lieu", "rubrique": "rubrique", "annee": "année"}


def _category(id_: str, corpus: Corpus) -> Category:
    if id_ in _FIXED:
        return _FIXED[id_]
    kind, _, word = id_.removeprefix("categorie/").partition("-")
    if kind == "annee":
        return Category(id_, word, f"Ce qui date de {word}, ou y commence.", "categorie/annees")
    if kind == "lieu":
        place = corpus.records[f"lieu/{word}"]
        parents = [
            reference for reference in references(place, "dans") if reference in corpus.records
        ]
        loop = parents and _inside_itself(place, corpus)
        parent = "categorie/type-lieu" if not parents or loop else of_place(parents[0])
        return Category(id_, place.title, f"Ce qui se passe à cet endroit : {place.title}.", parent)
    name, prefix, parent = {
        "theme": ("theme", "", "categorie/themes"),
        "niveau": ("niveau", "Niveau : ", "categorie/niveaux"),
        "statut": ("statut-projet", "Statut : ", "categorie/statuts"),
        "rubrique": ("rubrique", "", "categorie/pages"),
    }[kind]
    term = vocabulary(name).terms.get(word)
    label = term.title if term else word
    title = prefix + (label.lower() if prefix else label)
    if term and term.wider:
        parent = f"categorie/{kind}-{term.wider}"
    return Category(id_, title, term.description if term else "", parent)


def _inside_itself(place: Record, corpus: Corpus) -> bool:
    """Whether a place is its own ancestor through ``dans``: such a cycle has no root category."""
    seen: set[str] = set()
    current: Record | None = place
    while current is not None:
        if current.id in seen:
            return True
        seen.add(current.id)
        parents = [
            reference for reference in references(current, "dans") if reference in corpus.records
        ]
        current = corpus.records[parents[0]] if parents else None
    return False


def proposals_title(config: Config) -> str:
    """The category in which the pages that people propose are filed, with its namespace."""
    return f"{CATEGORY_NAMESPACE}{config.prefixe_categories}{_FIXED[PROPOSALS].title}"


def body(own: Category, site: Site) -> str:
    """A category's page: its definition, its parent."""
    parent = category(site.names.category(own.parent), filing_key(own.title)) if own.parent else ""
    hidden = "__HIDDENCAT__" if own.id == TRACKING else ""
    return join(encode(own.definition, Context.PROSE), hidden, str(parent))


def category_lines(id_: str, title: str, site: Site) -> str:
    """The category links of a page, one a line."""
    key = filing_key(title)
    return "\n".join(
        category(site.names.category(id_), key) for id_ in site.categories.get(id_, ())
    )


def tracking_line(id_: str, site: Site) -> str:
    """The line that puts a page in the tracking category, with ``corpus:id`` as sort key."""
    key = f"{site.corpus.config.corpus}:{id_}"
    return str(tracking_category(site.names.category(TRACKING), key))


def _known(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        yield from (str(word) for word in value if word not in STATES)


def _levels(record: Record) -> list[str]:
    data: Mapping[str, Any] = record.data
    places: list[Any] = [data, *(data.get(stage.key) for stage in (*STAGES, STOP))]
    if isinstance(data.get("deroule"), list):
        places += data["deroule"]
    levels = []
    for place in places:
        value = place.get("niveau") if isinstance(place, dict) else None
        word = value.get("valeur") if isinstance(value, dict) else value
        if isinstance(word, str) and word not in STATES:
            levels.append(word)
    return sorted(set(levels))


def _years(value: Any) -> list[str]:
    return _YEAR.findall(str(value)) if isinstance(value, str | int) else []
