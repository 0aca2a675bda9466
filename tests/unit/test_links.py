"""Links: written as ids, as references to a source, in Markdown; and turned around."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpora import corpus, reading

from loosbot.corpus.addresses import is_harmless, is_web_address
from loosbot.corpus.links import current_ids, source_id, source_parts
from loosbot.corpus.markdown import resolve_markdown_target, targets
from loosbot.corpus.model import Link
from loosbot.wikitext.markdown import markdown_to_wikitext

IDS = {"recit/a", "fifty-fifty/b", "lieu/c", "page/code-source", "page/fiches/d", "index/e"}
RECIT = "narratives/recit/z.yaml"


@pytest.mark.parametrize(
    ("origin", "target", "expected"),
    [
        (RECIT, "fifty-fifty/b", "fifty-fifty/b"),
        (RECIT, "lieu/c#acces", "lieu/c"),
        (RECIT, "../lieu/c.yaml", "lieu/c"),
        (RECIT, "a.yaml", "recit/a"),
        (RECIT, "../../pages/code-source.md#niveaux", "page/code-source"),
        (RECIT, "/pages/fiches/d.md", "page/fiches/d"),
        (RECIT, "page/code-source", "page/code-source"),
        ("pages/fiches/d.md", "../code-source.md", "page/code-source"),
        ("pages/fiches/d.md", "../index/e.yaml", "index/e"),
        ("pages/code-source.md", "fiches/d.md", "page/fiches/d"),
        ("pages/code-source.md", "../narratives/recits/a.yaml", "recit/a"),
        (RECIT, "recit/absent", None),
        (RECIT, "../../../lieu/c.yaml", None),
        (RECIT, "https://example.org/recit/a", None),
        (RECIT, "//example.org/recit/a", None),
        (RECIT, "#ici", None),
        (RECIT, "", None),
    ],
)
def test_a_markdown_target_is_an_id_or_a_relative_file(
    origin: str, target: str, expected: str | None
) -> None:
    assert resolve_markdown_target(IDS, origin, target) == expected


def test_targets_are_found_where_markdown_has_links() -> None:
    text = (
        "[a](recit/a) ![plan](plan.png) [b](<lieu/le puits> 'titre') `[c](code)`\n"
        "```\n[d](code)\n```\n<https://example.org>\n\n[e]: fifty-fifty/b\n[^1]: une note\n"
    )
    assert [target.text for target in targets(text)] == [
        "recit/a",
        "plan.png",
        "lieu/le puits",
        "https://example.org",
        "fifty-fifty/b",
    ]
    assert all(text[target.index :].startswith(target.text) for target in targets(text))


@pytest.mark.parametrize(
    "target", ["javascript:x", "JavaScript:x", "java\tscript:x", "data:text/html,x", "vbscript:x"]
)
def test_dangerous_schemes_are_known_in_every_disguise(target: str) -> None:
    assert not is_harmless(target)


@pytest.mark.parametrize(
    ("address", "accepted"),
    [
        ("https://vimeo.com/328616291", True),
        ("http://loos-en-gohelle.fr/a?b=c#d", True),
        ("vimeo.com/1", False),
        ("https://", False),
        ("https://nom:secret@example.org", False),
        ("https://example.org/a b", False),
        ("https://[::1", False),
        ("javascript:alert(1)", False),
        ("https://example.org:port/", False),
    ],
)
def test_a_web_address_is_complete_and_without_secret(address: str, accepted: bool) -> None:
    assert is_web_address(address) is accepted


def test_a_source_is_named_before_its_section() -> None:
    assert source_id("referentiel § 5.6.4.1") == "source/referentiel"
    assert source_id("source/referentiel n. 35") == "source/referentiel"
    assert source_id("referentiel") == "source/referentiel"


def test_links_and_backlinks_of_a_corpus(tmp_path: Path) -> None:
    files = {
        "narratives/acteur/mairie.yaml": "type: acteur\ntitre: La mairie\ngenre: institution\n",
        "narratives/source/referentiel.yaml": "type: source\ntitre: Le référentiel\n",
        "narratives/projet/haie.yaml": (
            "type: projet\ntitre: La haie\nanciens_ids: [projet/haies]\n"
            "sources: [referentiel § 5]\ninitiative: [acteur/mairie, les voisins]\n"
        ),
        "narratives/recit/a.yaml": (
            "type: recit\ntitre: A\nprojet: projet/haies\nvoix:\n"
            "  - {qui: Ana, role: habitant, texte: 'Voir [la haie](../projet/haie.yaml).'}\n"
            "  - {qui: acteur/mairie, role: elu, repond_a: Ana, texte: Oui.}\n"
            "  - {qui: Léo, role: agent, repond_a: la mairie, texte: Oui.}\n"
        ),
        "pages/accueil.md": "---\ntitre: Accueil\n---\n[A](recit/a)\n",
    }
    read = corpus(tmp_path, files)
    assert read.links == (
        Link("page/accueil", (), "recit/a"),
        Link("projet/haie", ("initiative", 0), "acteur/mairie"),
        Link("projet/haie", ("sources", 0), "source/referentiel"),
        Link("recit/a", ("projet",), "projet/haie"),
        Link("recit/a", ("voix", 0, "texte"), "projet/haie"),
        Link("recit/a", ("voix", 1, "qui"), "acteur/mairie"),
    )
    assert [link.source for link in read.backlinks["projet/haie"]] == ["recit/a", "recit/a"]
    assert current_ids(read)["projet/haies"] == "projet/haie"


@pytest.mark.parametrize(
    ("link", "hint"),
    [
        ("fifty-fifty/jardin-du-foyr", "Vouliez-vous écrire « fifty-fifty/jardin-du-foyer » ?"),
        ("projet/jardin-du-foyer", "Vouliez-vous écrire « fifty-fifty/jardin-du-foyer » ?"),
        (
            "fifty-fifty/banc-ecole",
            "Créez narratives/fifty-fifty/banc-ecole.yaml, ou retirez ce lien.",
        ),
    ],
)
def test_a_hint_goes_by_the_name_and_not_by_the_type(tmp_path: Path, link: str, hint: str) -> None:
    files = {
        "narratives/fifty-fifty/jardin-du-foyer.yaml": "type: fifty-fifty\ntitre: A\n",
        "narratives/projet/b.yaml": f"type: projet\ntitre: B\nliens: [{link}]\n",
    }
    [finding] = reading(tmp_path, files).findings
    assert (finding.code, finding.hint) == ("lien-inconnu", hint)


@pytest.mark.parametrize("target", ["projet/jardin-du-foyr", "../projet/jardin-du-foyr.yaml"])
@pytest.mark.parametrize("field", ["resume: 'Voir [A]({0}).'", "resultats: ['Voir [A]({0}).']"])
def test_a_link_in_a_text_may_mean_a_page_of_another_type(
    tmp_path: Path, field: str, target: str
) -> None:
    files = {
        "narratives/fifty-fifty/jardin-du-foyer.yaml": "type: fifty-fifty\ntitre: A\n",
        "narratives/projet/b.yaml": f"type: projet\ntitre: B\n{field.format(target)}\n",
    }
    [finding] = reading(tmp_path, files).findings
    hint = "Vouliez-vous écrire « fifty-fifty/jardin-du-foyer » ?"
    assert (finding.code, finding.hint) == ("lien-inconnu", hint)


def test_a_link_shown_as_code_leads_nowhere() -> None:
    for code in (
        "`[a](b)`",
        "`` ` [a](b) ``",
        "``[a](b)``",
        "`` x` [a](b) ``",
        "`a` `[a](b)`",
        "[a\\](b)",
    ):
        assert targets(f"Voir {code} ici.") == []
    for code in (
        "    [a](b)",
        "Ainsi :\n\n    [a](b)\n\n\t[a](b)\n",
        "- un\n\nAinsi :\n\n    [a](b)\n",
        "```\n- un\n```\n\n    [a](b)\n",
    ):
        assert targets(code) == []
    for live in (
        "Ainsi :\n    [a](b)",
        "- un\n\n    [a](b)",
        "1. un\n\n   deux\n\n    [a](b)",
        "- un\nla suite\n\n    [a](b)",
        "[^1]: un\n\n    [a](b)",
    ):
        assert [target.text for target in targets(live)] == ["b"]
    for live in ("[a](b)", "[a\\\\](b)", "\\`[a](b)\\`", "`[a](b)", "`` [a](b) `"):
        assert [target.text for target in targets(live)] == ["b"]


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("referentiel § 5.6.4.1", ("source/referentiel", "§ 5.6.4.1")),
        ("source/referentiel n. 35", ("source/referentiel", "n. 35")),
        ("referentiel", ("source/referentiel", "")),
        ("", ("", "")),
    ],
)
def test_a_reference_names_a_source_and_a_passage(
    reference: str, expected: tuple[str, str]
) -> None:
    assert source_parts(reference) == expected


ACRONYM = {
    "narratives/acteur/afr.yaml": (
        "type: acteur\ntitre: Association foncière\ngenre: association\n"
        "variantes: [AFR, Les Fonciers]\n"
    ),
    "narratives/projet/chemins.yaml": (
        "type: projet\ntitre: Les chemins\nparties_prenantes: [AFR, les voisins, Les Fonciers]\n"
    ),
}


def test_an_abbreviation_that_a_record_gives_of_its_name(tmp_path: Path) -> None:
    [finding] = reading(tmp_path, ACRONYM).findings
    assert (finding.line, finding.column, finding.severity) == (3, 21, "warning")
    assert finding.code == "nom-abrege"
    assert "« AFR » abrège le nom de « Association foncière »" in finding.message
    assert finding.hint == "Écrivez acteur/afr"

    path = "narratives/projet/chemins.yaml"
    mended = corpus(tmp_path, {path: ACRONYM[path].replace("[AFR", "[acteur/afr")})
    assert [link.target for link in mended.links] == ["acteur/afr"]


def test_an_abbreviation_of_two_names_is_nobody_s(tmp_path: Path) -> None:
    other = ACRONYM["narratives/acteur/afr.yaml"].replace("foncière", "française")
    files = {**ACRONYM, "narratives/acteur/francaise.yaml": other}
    assert reading(tmp_path, files).findings == ()


TYPED = [
    "[Le maire]: Bonjour à tous.",
    "[Rires]: longs",
    "Voir [1].\n\n[1]: Martin, p. 12",
    "L’avis [rendu](le 3 mars) est bon.",
    "« […](suite illisible) »",
]


def test_a_bracket_that_is_shown_begins_no_link(tmp_path: Path) -> None:
    text = r"Un lien s’écrit \[les mots](lieu/absent), et \\[voir](lieu/ici) en est un."
    record = f"type: lieu\ntitre: Ici\ngenre: rue\ntexte: |\n  {text}\n"
    assert corpus(tmp_path, {"narratives/lieu/ici.yaml": record}).links[0].target == "lieu/ici"
    resolved: list[str] = []
    shown = markdown_to_wikitext(text, level=2, resolve=resolved.append)
    assert "[les mots](lieu/absent)" in shown
    assert resolved == ["lieu/ici"]


@pytest.mark.parametrize("text", TYPED)
def test_words_between_brackets_that_are_no_link_are_no_fault(text: str, tmp_path: Path) -> None:
    inside = "".join(f"  {line}\n" for line in text.split("\n"))
    record = f"type: lieu\ntitre: Ici\ngenre: rue\ntexte: |\n{inside}"
    assert reading(tmp_path, {"narratives/lieu/a.yaml": record}).findings == ()
    assert markdown_to_wikitext(text, level=2, resolve=lambda target: None) == " ".join(
        text.split("\n")
    ).replace("  ", "\n\n")


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("L’avis [rendu](mars) est bon.", "mars"),
        ("L’avis [rendu](mars 'Le titre') est bon.", "mars"),
        ("Le [banc] sert.\n\n[banc]: mars", "mars"),
        ("Voir [le plan](lieu/le plan).", "lieu/le"),
        ("Voir [le plan](plan.pdf du banc).", "plan.pdf"),
        (r"Voir \[ici] [là](lieu/absent).", "lieu/absent"),
        ("[1]: lieu/absent et plus", "lieu/absent"),
    ],
)
def test_a_link_that_leads_nowhere_is_a_fault(text: str, target: str, tmp_path: Path) -> None:
    inside = "".join(f"  {line}\n" for line in text.split("\n"))
    record = f"type: lieu\ntitre: Ici\ngenre: rue\ntexte: |\n{inside}"
    found = reading(tmp_path, {"narratives/lieu/a.yaml": record}).findings
    (finding,) = (finding for finding in found if finding.code == "lien-inconnu")
    assert f"« {target} »" in finding.message
    if target == "mars":
        assert finding.hint.endswith(r"Si ce n’est pas un lien : \](mars)")


@pytest.mark.parametrize("state", ["inconnu", "sans-objet", "Inconnu"])
def test_no_record_is_begun_for_what_is_unknown(state: str, tmp_path: Path) -> None:
    record = f"type: lieu\ntitre: La cour\ngenre: site\ndans: {state}\n"
    [finding] = reading(tmp_path, {"narratives/lieu/cour.yaml": record}).findings
    assert finding.code == "lien-inconnu"
    assert finding.hint.endswith("supprimez cette ligne.")


@pytest.mark.parametrize(
    ("typed", "is_told"),
    [
        ("Association foncière", True),
        ("association foncière", True),
        ("afr", True),
        ('"[Les chemins](acteur/afr)"', True),
        ("narratives/acteur/afr.yaml", True),
        ("Les chemins", False),
        ("L’association foncière du canton", False),
    ],
)
def test_a_record_that_is_named_in_words_is_told(typed: str, is_told: bool, tmp_path: Path) -> None:
    """The page shows the words, and its reader does not come to the record."""
    path = "narratives/projet/chemins.yaml"
    files = {**ACRONYM, path: ACRONYM[path].replace("AFR", typed)}
    found = [(finding.code, finding.hint) for finding in reading(tmp_path, files).findings]
    assert found == ([("nom-sans-lien", "Écrivez acteur/afr")] if is_told else [])


def test_a_link_of_the_wiki_in_place_of_an_id_is_told_once(tmp_path: Path) -> None:
    text = "type: recit\ntitre: Un récit\nannee: 2018\nlieu: '[[Le parc]]'\n"
    files = {"narratives/recit/a.yaml": text, "narratives/lieu/parc.yaml": "titre: Le parc\n"}
    told = [finding for finding in reading(tmp_path, files).findings if finding.line == 4]
    assert [(finding.path, finding.code) for finding in told] == [
        ("narratives/recit/a.yaml", "lien-inconnu")
    ]
    assert "lieu/parc" in told[0].hint
