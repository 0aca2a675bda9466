"""Everything as static HTML: whole, linked, within consent, the same bytes, and never in the way
of somebody else's files."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from html.parser import HTMLParser
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urldefrag

import corpora
import pytest
import rdflib
from click.testing import CliRunner, Result
from PIL import Image
from processes import loosbot
from rdflib import namespace

from loosbot.cli import main
from loosbot.site.build import BEGUN

ROOT = Path(__file__).parents[2]


def _photo() -> bytes:
    out = BytesIO()
    Image.new("RGB", (4, 3), (10, 90, 40)).save(out, "PNG")
    return out.getvalue()


PUBLIC = "consentement: {etat: public, portee: [wiki]}"
FILES: dict[str, str | bytes] = {
    "loosbot.yaml": "corpus: essai\ncommune: Loos-en-Gohelle\n",
    "pages/accueil.md": "---\ntitre: Accueil\nresume: La mémoire de la ville.\n"
    "portail: {portes: [{qui: Nouvel agent, fiche: page/code}]}\n---\n\n"
    "# Par où commencer\n\nLisez [le banc](../narratives/recit/banc.yaml).\n",
    "pages/code.md": "---\ntitre: Le code\n---\n\nUn **socle**[^1] : <script>alert(1)</script>\n\n"
    "[^1]: Les valeurs.\n",
    "pages/index/recits.yaml": "type: index\ntitre: Tous les récits\n"
    "enregistrements: {types: [recit]}\ncolonnes: [titre]\n",
    "narratives/acteur/anne.yaml": f"type: acteur\ntitre: Anne B.\ngenre: personne\n{PUBLIC}\n",
    "narratives/acteur/ines.yaml": "type: acteur\ntitre: Inès K.\ngenre: personne\n"
    "consentement: {etat: interne}\n",
    "narratives/acteur/zoe.yaml": "type: acteur\ntitre: Zoé Q.\ngenre: personne\n"
    "consentement: {etat: retire}\n",
    "narratives/projet/place.yaml": "type: projet\ntitre: La place & le marché\n"
    "resume: Deux bancs et un tilleul.\nannee: 2018-06\nthemes: [voirie]\n"
    "notes: [Vérifier la date.]\n"
    "documents: [{fichier: place.png, alt: La place vide, licence: CC BY-SA 4.0}]\n",
    "narratives/projet/place.png": _photo(),
    "narratives/recit/banc.yaml": "type: recit\ntitre: Un banc pour la rue\nlangue: pcd\n"
    "projet: projet/place\nvoix:\n"
    "- {qui: acteur/anne, role: habitant, nature: rapporte, texte: On s'y assoit !}\n"
    "- {qui: acteur/ines, role: agent, nature: rapporte, texte: Je l'ai vissé.}\n"
    "- {qui: acteur/zoe, role: habitant, nature: rapporte, texte: Il grince.}\n",
}


def _site(folder: Path, target: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["site", str(target), "--corpus", str(folder), *arguments])


def _read(target: Path) -> dict[str, bytes]:
    return {
        path.relative_to(target).as_posix(): path.read_bytes()
        for path in sorted(target.rglob("*"))
        if path.is_file()
    }


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.found += [value for key in ("href", "src") if (value := attributes.get(key))]
        self.ids |= {value for key in ("id",) if (value := attributes.get(key))}


def _broken(target: Path) -> list[str]:
    """Links of the pages that lead nowhere, of files and of places in them."""
    parsed = {}
    for path in target.rglob("*.html"):
        reader = _Links()
        reader.feed(path.read_text(encoding="utf-8"))
        parsed[path.resolve()] = reader
    broken = []
    for path, reader in parsed.items():
        for link in reader.found:
            if link.startswith(("http:", "https:", "mailto:")):
                continue
            name, fragment = urldefrag(link)
            to = (path.parent / unquote(name)).resolve() if name else path
            if not to.is_file() or (fragment and fragment not in parsed[to].ids):
                broken.append(f"{path.name}: {link}")
    return broken


def test_every_record_page_index_and_picture_has_its_file(tmp_path: Path) -> None:
    done = _site(corpora.write(tmp_path / "ville", FILES), tmp_path / "site")

    assert done.exit_code == 0, done.output
    names = set(_read(tmp_path / "site"))
    assert names >= {
        *("index.html", "recherche.html", "recherche.js", "index-de-recherche.js", "style.css"),
        *("recit/banc.html", "projet/place.html", "acteur/anne.html", "page/code.html"),
        *("index/recits.html", "loosbot-site.json"),
    }
    [picture] = [name for name in names if name.startswith("images/")]
    assert f'src="../{picture}" alt="La place vide"' in (
        tmp_path / "site/projet/place.html"
    ).read_text(encoding="utf-8")
    assert _broken(tmp_path / "site") == []
    # the names by letter, without a script, and no page of 35,000 pixels on a phone
    page = (tmp_path / "site/recherche.html").read_text(encoding="utf-8")
    assert "<details><summary><h3>B</h3> <small>1 page</small></summary>" in page


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("projet/place.html", "<h1>La place &amp; le marché</h1>"),
        ("projet/place.html", "juin 2018"),
        # a name and what it says are two words, also to who reads the page as text
        ("projet/place.html", "<dt>Année</dt>\n<dd>juin 2018</dd>"),
        ("projet/place.html", '<a href="../recit/banc.html">Un banc pour la rue</a>'),
        # no line begins with an exclamation mark
        ("recit/banc.html", "On s&#x27;y assoit\N{NARROW NO-BREAK SPACE}!"),
        ("recit/banc.html", '<b><a href="../acteur/anne.html">Anne B.</a></b> · habitant'),
        ("recit/banc.html", "<dd>picard</dd>"),
        # text is text
        ("page/code.html", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("page/code.html", '<strong>socle</strong><sup><a href="#note-'),
        ("index.html", '<a href="recit/banc.html">le banc</a>'),
        ("index.html", '<b>Nouvel agent</b>\u00a0: <a href="page/code.html">Le code</a>'),
        ("index.html", "<summary>Projets (1)</summary>"),
        ("index/recits.html", '<a href="../recit/banc.html">Un banc pour la rue</a>'),
    ],
)
def test_each_page_holds_its_words(tmp_path: Path, page: str, expected: str) -> None:
    _site(corpora.write(tmp_path / "ville", FILES), tmp_path / "site")

    assert expected in (tmp_path / "site" / page).read_text(encoding="utf-8")


def test_a_table_is_in_a_named_frame_that_the_keyboard_reaches(tmp_path: Path) -> None:
    text = "---\ntitre: Le code\n---\n\n| Rue | *Bancs* « A » |\n|---|---|\n| Hoche | 3 |\n"
    _site(corpora.write(tmp_path / "ville", {**FILES, "pages/code.md": text}), tmp_path / "site")

    page = (tmp_path / "site/page/code.html").read_text(encoding="utf-8")
    name = "Tableau\u00a0: Rue, Bancs «\u202fA\u202f»"
    assert (
        f'<div class="large" role="region" aria-label="{name}" tabindex="0"><table><thead><tr>'
        '<th scope="col">Rue</th>' in page
    )
    # the head is repeated on each page of paper, what is below it is no head
    assert (
        "</th></tr></thead><tbody><tr><td>Hoche</td><td>3</td></tr></tbody></table></div>" in page
    )


def test_an_empty_town_is_told_as_one(tmp_path: Path) -> None:
    done = _site(corpora.write(tmp_path / "ville", {"loosbot.yaml": "corpus: essai\n"}),
                 tmp_path / "site")  # fmt: skip

    assert done.exit_code == 0, done.output
    for name in ("index.html", "recherche.html"):
        page = (tmp_path / "site" / name).read_text(encoding="utf-8")
        assert "<p>Rien n’est encore écrit.</p>" in page and "État" not in page


def test_the_public_edition_holds_only_what_anybody_may_read(tmp_path: Path) -> None:
    folder = corpora.write(tmp_path / "ville", FILES)
    _site(folder, tmp_path / "interne")
    _site(folder, tmp_path / "publique", "--edition", "publique")
    inside, outside = (
        {name: data.decode("utf-8", "replace") for name, data in _read(tmp_path / edition).items()}
        for edition in ("interne", "publique")
    )

    assert "vissé" in inside["recit/banc.html"] and "Inès" in inside["index-de-recherche.js"]
    for name, text in outside.items():
        for word in ("Inès", "vissé", "Vérifier la date", "Édition interne"):
            assert word not in text, name
    assert "acteur/ines.html" in inside and "acteur/ines.html" not in outside
    assert "Édition interne" in inside["index.html"]
    # one piece to copy, however narrow the page
    assert "DOSSIER <code>--edition</code> publique" in inside["index.html"]
    assert "assoit" in outside["recit/banc.html"]
    for name, text in [*inside.items(), *outside.items()]:
        assert "Zoé" not in text and "grince" not in text, name


def _described(target: Path) -> dict[str, rdflib.Graph]:
    """What each page tells to machines; the context is theirs, so that nothing is fetched."""
    graphs = {}
    for path in target.rglob("*.html"):
        scripts = re.findall(
            r'<script type="application/ld\+json">(.*?)</script>', path.read_text("utf-8")
        )
        for text in scripts:
            data = json.loads(text)
            assert data.pop("@context") == "https://schema.org"
            whole = json.dumps({"@context": {"@vocab": "https://schema.org/"}, **data})
            graphs[path.relative_to(target).as_posix()] = rdflib.Graph().parse(
                data=whole, format="json-ld"
            )
    return graphs


def test_public_pages_say_what_they_are_in_schema_org(tmp_path: Path) -> None:
    retold = (
        "type: recit\ntitre: Retracé\nresume: Finit par </script>, dit-elle.\n"
        "annee: 2018-06\nlieu: lieu/verger\nrepond_a: recit/banc\nprojet: projet/mare\n"
        "d_apres: Le cahier\nvoix:\n"
        "- {qui: acteur/ines, role: agent, nature: rapporte, texte: Je l'ai vissé.}\n"
    )
    files = {
        **FILES,
        "narratives/recit/retrace.yaml": retold,
        "narratives/lieu/verger.yaml": "type: lieu\ntitre: Le verger\ngenre: equipement\n"
        "coordonnees: {latitude: 50.4562, longitude: 2.7933}\n",
        "narratives/projet/mare.yaml": "type: projet\ntitre: La mare\nthemes: [biodiversite]\n",
        "narratives/reunion/soir.yaml": "type: reunion\ntitre: Le soir\ndate: 2018-03-02\n",
    }
    folder = corpora.write(tmp_path / "ville", files)
    _site(folder, tmp_path / "interne")
    done = _site(folder, tmp_path / "publique", "--edition", "publique")
    assert done.exit_code == 0, done.output
    graphs = _described(tmp_path / "publique")
    sdo, rdf = namespace.SDO, namespace.RDF

    assert _described(tmp_path / "interne") == {}
    for path, graph in graphs.items():
        for _, name, value in graph:
            # every word is one of theirs, and every value says something
            assert (value if name == rdf.type else name) in sdo, (
                path,
                name,
                value,
            )
            assert str(value).strip(), (path, name)
        assert list(graph.objects(None, sdo.name)), path
    told_by = {
        path: {str(graph.value(author, sdo.name)) for author in graph.objects(None, sdo.author)}
        for path, graph in graphs.items()
        if path.startswith("recit/")
    }
    # nobody is written to have written the first one; of the other it is the archive
    assert told_by == {
        "recit/banc.html": set(),
        "recit/retrace.html": {"Commune de Loos-en-Gohelle"},
    }
    tale = graphs["recit/banc.html"]
    assert [
        str(tale.value(contributor, sdo.name))
        for contributor in tale.objects(None, sdo.contributor)
    ] == ["Anne B."]
    assert str(*tale.objects(None, sdo.license)).startswith("https://creativecommons.org/")
    assert str(*graphs["reunion/soir.html"].objects(None, sdo.startDate)) == "2018-03-02"
    # in what language it is told, not that of the town; when what it tells was, not when it told it
    retraced = graphs["recit/retrace.html"]
    assert [str(value) for value in retraced.objects(None, sdo.inLanguage)] == ["fr"]
    assert [str(value) for value in tale.objects(None, sdo.inLanguage)] == ["pcd"]
    assert str(*retraced.objects(None, sdo.temporalCoverage)) == "2018-06"
    assert not list(retraced.objects(None, sdo.dateCreated))
    assert '<blockquote lang="pcd">' in (tmp_path / "publique/recit/banc.html").read_text("utf-8")
    assert str(*graphs["lieu/verger.html"].objects(None, sdo.latitude)) == "50.4562"
    assert {
        (graph_type, str(retraced.value(about, sdo.name)))
        for about in retraced.objects(None, sdo.about)
        for graph_type in retraced.objects(about, rdf.type)
    } == {(sdo.Project, "La mare"), (sdo.CreativeWork, "Un banc pour la rue")}
    # no id, which may hold a name; and a person is nobody's catalogue entry
    assert not any(list(graph.objects(None, sdo.identifier)) for graph in graphs.values())
    assert "acteur/anne.html" not in graphs and "acteur/ines.html" not in graphs


def test_the_same_corpus_gives_the_same_bytes(tmp_path: Path) -> None:
    folder = corpora.write(tmp_path / "ville", FILES)
    for name in ("un", "deux"):
        assert _site(folder, tmp_path / name).exit_code == 0

    assert _read(tmp_path / "un") == _read(tmp_path / "deux")


def test_written_again_it_loses_what_the_corpus_lost_and_nothing_else(tmp_path: Path) -> None:
    folder = corpora.write(tmp_path / "ville", FILES)
    _site(folder, tmp_path / "site")
    (tmp_path / "site/mes-notes.txt").write_text("à garder", encoding="utf-8")
    (folder / "narratives/recit/banc.yaml").unlink()
    (folder / "pages/accueil.md").write_text("---\ntitre: Accueil\n---\n\nBonjour.\n")

    assert _site(folder, tmp_path / "site").exit_code == 0
    assert not (tmp_path / "site/recit/banc.html").exists()
    assert (tmp_path / "site/mes-notes.txt").read_text(encoding="utf-8") == "à garder"
    assert _broken(tmp_path / "site") == []


def test_half_a_page_of_a_run_that_was_killed_goes_and_no_file_of_somebody(tmp_path: Path) -> None:
    folder = corpora.write(tmp_path / "ville", FILES)
    _site(folder, tmp_path / "site")
    begun = tmp_path / "site/recit/.banc.html.k3_abcde"
    kept = [tmp_path / "site/recit" / name for name in (".htaccess", ".a.html.k3_abcde")]
    for file in (begun, *kept):
        file.write_text("Une page.", encoding="utf-8")

    assert _site(folder, tmp_path / "site").exit_code == 0
    assert not begun.exists()
    assert all(file.exists() for file in kept)


def test_a_run_that_a_full_disk_ended_is_begun_again_and_its_pages_are_known(
    tmp_path: Path,
) -> None:
    long = f"---\ntitre: Zzz\n---\n\n{'Un long texte. ' * 1000}\n"
    folder = corpora.write(tmp_path / "ville", FILES | {"pages/zzz.md": long})
    ended = loosbot("site", tmp_path / "site", "--corpus", folder, blocks=12)
    assert ended.returncode == 1, ended.stderr
    there = {path.name for path in (tmp_path / "site").rglob("*.html")}
    assert "banc.html" in there and "recherche.html" not in there, there
    (folder / "narratives/recit/banc.yaml").unlink()
    (folder / "pages/accueil.md").write_text("---\ntitre: Accueil\n---\n\nBonjour.\n")

    done = _site(folder, tmp_path / "site")

    assert done.exit_code == 0, done.output
    assert not (tmp_path / "site/recit/banc.html").exists()


def test_the_pages_of_a_run_that_was_killed_are_known(tmp_path: Path) -> None:
    folder = corpora.write(tmp_path / "ville", FILES)
    # killed as it begins its last file, as by the power: nothing of ours runs after that
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from loosbot.site import build\n"
        "replace = Path.replace\n"
        "def killed(draft, file):\n"
        "    if Path(file).name == 'recherche.html':\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return replace(draft, file)\n"
        "Path.replace = killed\n"
        "build.build(Path(sys.argv[1]), Path(sys.argv[2]), 'interne')\n"
    )
    words = [sys.executable, "-c", script, str(folder), str(tmp_path / "site")]
    assert subprocess.run(words, check=False).returncode == -signal.SIGKILL
    assert (tmp_path / "site/recit/banc.html").exists()
    (tmp_path / "site/mes-notes.txt").write_text("à garder", encoding="utf-8")
    (folder / "narratives/recit/banc.yaml").unlink()
    (folder / "pages/accueil.md").write_text("---\ntitre: Accueil\n---\n\nBonjour.\n")

    done = _site(folder, tmp_path / "site")

    assert done.exit_code == 0, done.output
    assert not (tmp_path / "site/recit/banc.html").exists()
    assert not (tmp_path / "site" / BEGUN).exists()
    assert (tmp_path / "site/mes-notes.txt").exists()


def test_the_names_that_a_killed_run_left_lead_to_nothing_outside(tmp_path: Path) -> None:
    folder = corpora.write(tmp_path / "ville", FILES)
    _site(folder, tmp_path / "site")
    outside = tmp_path / "dehors.txt"
    outside.write_text("à garder", encoding="utf-8")
    begun = tmp_path / "site" / BEGUN
    begun.write_text("../dehors.txt\nindex.html\nrecit/banc.ht", encoding="utf-8")

    assert _site(folder, tmp_path / "site").exit_code == 0
    assert outside.exists()
    assert (tmp_path / "site/index.html").exists()


@pytest.mark.parametrize("mark", [None, "{}", "pas du JSON", '{"files": 3}'])
def test_a_folder_of_somebody_else_is_never_touched(tmp_path: Path, mark: str | None) -> None:
    folder = corpora.write(tmp_path / "ville", FILES)
    target = tmp_path / "papiers"
    target.mkdir()
    (target / "index.html").write_text("À moi.", encoding="utf-8")
    if mark is not None:
        (target / "loosbot-site.json").write_text(mark, encoding="utf-8")
    before = _read(target)

    done = _site(folder, target)
    assert done.exit_code == 1
    assert "contient autre chose qu’un site écrit par loosbot" in done.output
    assert _read(target) == before


def test_a_list_that_was_tampered_with_removes_nothing_outside(tmp_path: Path) -> None:
    folder = corpora.write(tmp_path / "ville", FILES)
    _site(folder, tmp_path / "site")
    (tmp_path / "precieux.txt").write_text("à garder", encoding="utf-8")
    mark = tmp_path / "site/loosbot-site.json"
    mark.write_text('{"files": ["../precieux.txt", "/etc/hostname"]}', encoding="utf-8")

    assert _site(folder, tmp_path / "site").exit_code == 0
    assert (tmp_path / "precieux.txt").exists()


@pytest.mark.slow
def test_the_town_s_own_corpus_leads_nowhere_astray_and_skips_no_heading(tmp_path: Path) -> None:
    assert _site(ROOT, tmp_path / "site").exit_code == 0

    assert _broken(tmp_path / "site") == []
    pages = {
        name: [1, *map(int, re.findall(r"<h([1-6])[ >]", data.decode()))]
        for name, data in _read(tmp_path / "site").items()
        if name.endswith(".html")
    }
    skipped = {
        name: (above, below)
        for name, ranks in pages.items()
        for above, below in pairwise(ranks)
        if below > above + 1
    }
    assert skipped == {}
    home = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    assert re.search(r"<summary>Récits \(\d+\)</summary>", home)


def test_an_index_has_a_record_once_and_a_map_has_the_list_of_its_places(tmp_path: Path) -> None:
    files = {
        **FILES,
        "narratives/projet/banc.yaml": "type: projet\ntitre: Les bancs\n"
        "themes: [biodiversite, voirie]\n",
        "pages/index/projets.yaml": "type: index\ntitre: Les projets\n"
        "enregistrements: {types: [projet]}\ncolonnes: [titre]\ngrouper_par: themes\n",
        "narratives/source/plan.yaml": "type: source\ntitre: Le plan\nlicence: Libre 2.0\n",
        "narratives/lieu/puits.yaml": "type: lieu\ntitre: Le puits\ngenre: rue\n"
        "coordonnees: {latitude: 50.4, longitude: 2.7, sources: [plan]}\n",
        "pages/index/lieux.yaml": "type: index\ntitre: Lieux\nenregistrements: {types: [lieu]}\n"
        "graphiques: [{titre: La carte, forme: carte}]\n",
    }
    target = tmp_path / "site"
    done = _site(corpora.write(tmp_path / "ville", files), target)
    assert done.exit_code == 0, done.output
    projects = (target / "index/projets.html").read_text(encoding="utf-8")
    assert projects.count('<li><a href="../projet/banc.html">') == 1
    assert 'Aussi, plus haut\u00a0: <a href="../projet/banc.html">' in projects
    places = (target / "index/lieux.html").read_text(encoding="utf-8")
    assert '<ol><li><a href="../lieu/puits.html">' in places
    assert "Le plan (Libre 2.0)." in places
    assert (target / "images/lieux-la-carte.svg").read_bytes().startswith(b"<?xml")
    assert _broken(target) == []


def test_an_index_says_of_each_record_what_its_columns_promise(tmp_path: Path) -> None:
    files = {
        **FILES,
        "narratives/lieu/quai.yaml": "type: lieu\ntitre: Le quai\ngenre: rue\n",
        "narratives/projet/serre.yaml": "type: projet\ntitre: La serre\nresume: Du verre.\n"
        "statut: abandonne\nannee: {valeur: 2012, statut: deduit}\nlieu: lieu/quai\n"
        "initiative: inconnu\nniveau: inconnu\n"
        "arret: {motif: Plus d’eau ; plus de bras}\n"
        "enseignements: [L’eau d’abord., Trois clés.]\n"
        "evaluation: {constats: [{texte: Il y faisait bon., qui: acteur/anne}]}\n"
        "voix: [{qui: acteur/zoe, role: habitant, nature: rapporte, texte: Quel froid.}]\n",
        "pages/index/echecs.yaml": "type: index\ntitre: Les échecs\n"
        "enregistrements: {types: [projet], statut: [abandonne]}\n"
        "colonnes: [titre, {titre: Quand et où, champs: [annee, lieu]}, fin, limites, "
        "{titre: Appris, champs: [enseignements, evaluation.constats]}, voix]\n",
    }
    target = tmp_path / "site"
    done = _site(corpora.write(tmp_path / "ville", files), target)
    assert done.exit_code == 0, done.output

    page = (target / "index/echecs.html").read_text("utf-8")
    pairs = dict(re.findall(r"<dt>(.*?)\u00a0:</dt> <dd>(.*?)</dd>", page))
    quay = '<a href="../lieu/quai.html">Le quai</a>'
    assert pairs["Quand et où"] == f"2012 (déduit)<br>{quay}"
    (ended,) = (value for head, value in pairs.items() if head.startswith("Comment"))
    assert ended == "Abandonné\u00a0: Plus d’eau\u202f; plus de bras"
    anne = '<a href="../acteur/anne.html">Anne B.</a>'
    assert pairs["Appris"] == f"L’eau d’abord.<br>Trois clés.<br>Il y faisait bon. ({anne})"
    # nobody said anything of limits, and who withdrew is counted nowhere
    assert not {"Limites", "Zoé"} & set(pairs) and "Quel froid" not in page
    assert "<small>Du verre.</small>" in page
    greenhouse = (target / "projet/serre.html").read_text("utf-8")
    assert "<dt>Initiative</dt>\n<dd><em>inconnue</em></dd>" in greenhouse
    assert "<dt>Niveau d’implication</dt>\n<dd><em>inconnu</em></dd>" in greenhouse
    assert _broken(target) == []


def test_what_stands_beside_a_voice_is_said_in_the_words_of_the_wiki(tmp_path: Path) -> None:
    files = {
        "loosbot.yaml": "corpus: essai\ncommune: Essai\n",
        "narratives/recit/banc.yaml": "type: recit\ntitre: Un banc\nvoix:\n"
        "- {qui: Un voisin, role: habitant, texte: Il sert., themes: [energie],\n"
        "  effets: [lien-social, {valeur: fierte, statut: deduit}]}\n",
    }
    target = tmp_path / "site"
    done = _site(corpora.write(tmp_path / "ville", files), target)
    assert done.exit_code == 0, done.output

    page = re.sub("[\u00a0\u202f]", " ", (target / "recit/banc.html").read_text("utf-8"))
    assert "thèmes : énergie<" in page
    assert "effets : lien social ; fierté <small>(déduit)</small><" in page
    template = (Path(__file__).parents[2] / "pages/modeles/Voix.wiki").read_text("utf-8")
    assert "<div>thèmes : {{lc:" in template and "<div>effets : {{lc:" in template


def test_a_list_says_a_date_as_it_is_and_a_chronology_is_one(tmp_path: Path) -> None:
    files = {
        **FILES,
        "narratives/projet/abri.yaml": "type: projet\ntitre: Un abri\n"
        "annee: {valeur: après 2003, statut: atteste}\nrecurrence: chaque année\n",
        "narratives/projet/forum.yaml": "type: projet\ntitre: Un forum\n"
        "annee: {valeur: depuis 2012, statut: deduit}\n"
        'deroule: [{date: 1999-03-29, texte: "Le vote [enfin]."}]\n'
        "effets: [{valeur: fierte, statut: deduit, note: On y tient.},\n"
        "  {valeur: lien-social, note: On s’y voit.}]\n",
        "pages/index/projets.yaml": "type: index\ntitre: Les projets\n"
        "enregistrements: {types: [projet]}\ncolonnes: [titre]\n",
        "pages/index/effets.yaml": "type: index\ntitre: Les effets\n"
        "enregistrements: {types: [projet], effets: [fierte, confiance]}\n"
        "colonnes: [titre]\ngrouper_par: effets\n",
        "pages/index/temps.yaml": "type: index\ntitre: Le temps\n"
        "enregistrements: {types: [projet]}\n"
        "chronologie: [{titre: Avant}, {titre: Depuis, a_partir_de: 2001}]\n",
    }
    target = tmp_path / "site"
    done = _site(corpora.write(tmp_path / "ville", files), target)
    assert done.exit_code == 0, done.output

    def text_of(page: str) -> str:
        return " ".join(re.sub(r"<[^>]*>", " ", (target / page).read_text("utf-8")).split())

    projects = text_of("index/projets.html")
    assert "Un abri après 2003" in projects
    assert "attesté" not in projects  # as everywhere: what is sure is said without a word more
    assert "Un forum depuis 2012 (déduit)" in projects
    effects = text_of("index/effets.html")
    # the words that the index asks for, no other, each with what it means
    assert "Fierté (1) On est fier" in effects
    assert "Un forum (déduit)" in effects
    assert "Confiance (0)" in effects
    assert "Lien social" not in effects
    forum = text_of("projet/forum.html")
    assert "(On y tient ; déduit)" in forum
    assert "(On s’y voit.)" in forum
    time = text_of("index/temps.html")
    assert "Avant 29 mars 1999 : Un forum – Le vote [enfin]." in time
    assert time.index("Le vote") < time.index("Depuis") < time.index("Ce qui revient Un abri")
    assert _broken(target) == []
