"""A withdrawal played to its end: what the wiki still tells is what the list names, and no more."""

from __future__ import annotations

import io
import re
import unicodedata
import urllib.parse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from desk import Desk
from PIL import Image
from settings import settings
from wikis import Person, Wiki

WORDS = "Je voulais un banc à l'ombre depuis la mort de mon mari."
HER = """\
type: acteur
titre: Zélie D.
variantes: [Zélie Dumoulin]
genre: personne
texte: Elle tient le four à pain de la rue haute.
consentement: {etat: public, portee: [wiki]}
"""
PARTY = "type: projet\ntitre: La fête de Zélie D.\nresume: ZELIE DUMOULIN y sert le pain.\n"
FILES: dict[str, str] = {
    "loosbot.yaml": "corpus: oubli\n",
    "narratives/acteur/zelie-d.yaml": HER,
    "narratives/acteur/jean.yaml": "type: acteur\ntitre: Jean Dumoulin\ngenre: personne\n"
    "role: elu\npublic: oui\n",
    "narratives/recit/banc.yaml": f"""\
type: recit
titre: Un banc pour la rue
annee: 2018
voix:
  - qui: acteur/zelie-d
    role: habitant
    consentement: {{etat: public, portee: [wiki]}}
    texte: {WORDS}
""",
    "narratives/projet/fete.yaml": PARTY,
    "narratives/projet/place.yaml": "type: projet\ntitre: La place\nresume: Un tilleul.\n"
    "documents: [{fichier: portrait-zelie-d.jpg, alt: Un portrait, licence: Ville}]\n",
}
HIDE = {"texte": "content", "résumé": "comment", "auteur": "user"}
RIGHTS = (
    "$wgGroupPermissions['sysop']['deleterevision'] = true;\n"
    "$wgGroupPermissions['sysop']['deletelogentry'] = true;"
)


def test_a_withdrawal_is_forgotten_on_an_open_wiki(wiki: Wiki, tmp_path: Path) -> None:
    _forgets(wiki, tmp_path)


def test_a_withdrawal_is_forgotten_on_a_closed_wiki(closed_wiki: Wiki, tmp_path: Path) -> None:
    _forgets(closed_wiki, tmp_path)


def test_a_machine_that_learns_it_from_the_account_forgets_too(wiki: Wiki, tmp_path: Path) -> None:
    """The first run of a machine on a wiki that another one left in order."""
    inside = {
        path: text.replace("{etat: public, portee: [wiki]}", "{etat: interne}")
        for path, text in FILES.items()
        if not path.startswith("narratives/projet/")
    }
    desk = Desk.new(tmp_path / "corpus", wiki, inside)
    desk.sync()
    clerk = desk.clone("poste")
    clerk.plan()
    draft = clerk.folder / ".loosbot/brouillons/note.txt"
    draft.parent.mkdir(parents=True)
    draft.write_text(f"Zélie D. : {WORDS}", encoding="utf-8")
    for path in ("narratives/acteur/zelie-d.yaml", "narratives/recit/banc.yaml"):
        desk.change(path, "{etat: interne}", "{etat: retire}")
    for _ in range(2):
        assert desk.sync().code == 0

    clerk.git("pull", "--quiet")
    assert clerk.sync().code == 0

    kept = [draft, *(file for file in clerk.cache.rglob("*") if file.is_file())]
    assert not [file for file in kept if WORDS in file.read_bytes().decode("utf-8", "replace")]
    # a draft may be of any day, and is looked at each time
    before = clerk.sync().json["requests"]
    draft.unlink()
    assert clerk.sync().json["requests"] < before


def test_a_reduced_agreement_is_tidied_until_nothing_is_listed_and_given_again(
    wiki: Wiki, tmp_path: Path
) -> None:
    files = {path: text for path, text in FILES.items() if "place" not in path}
    both, shown = ("narratives/acteur/zelie-d.yaml", "narratives/recit/banc.yaml"), "public, portee"
    desk = Desk.new(tmp_path / "corpus", wiki, files)
    assert desk.sync().code == 0
    for path in both:
        desk.change(path, shown, "interne, portee")
    wiki.jobs()

    for _ in range(4):
        told = desk.sync("--yes-retire").err
        wiki.jobs()
        titles, logs = _telling(wiki)
        assert _named(told) == (titles, logs), told
        assert ("ACCORD TERMINÉ OU RÉDUIT" in told) is bool(titles or logs)
        # the town keeps the words and the file
        assert "git" not in told
        if not titles | logs:
            break
        with settings(wiki, RIGHTS):
            _tidy(wiki, told)
    else:
        raise AssertionError(told)
    for path in both:
        desk.change(path, "interne, portee", shown)
    done = desk.sync()

    assert (done.code, done.json["created"], done.err) == (0, 1, "")
    assert WORDS in wiki.person().page("Un banc pour la rue")
    assert "four à pain" in wiki.person().page("Zélie D.")


def _forgets(wiki: Wiki, folder: Path) -> None:
    desk = Desk.new(folder / "corpus", wiki, FILES)
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "JPEG")
    (desk.folder / "narratives/projet/portrait-zelie-d.jpg").write_bytes(picture.getvalue())
    desk.write({})
    assert desk.sync().code == 0
    # a title that named her stays as a redirection
    desk.change("narratives/projet/fete.yaml", "La fête de Zélie D.", "La fête du pain")
    assert desk.sync().code == 0
    person = wiki.person()
    person.edit("Discussion:La place", "ZÉLIE\u00a0DUMOULIN l'a dit.")
    person.edit("La place", f"{person.page('La place')}\n\nVu avec Ze\u0301lie\nDumoulin.")
    person.edit("Souvenirs", f"Elle disait : « {WORDS.casefold()} »")
    person.edit("Le four", "Le pain de zelie-dumoulin@exemple.fr")
    person.edit("Le four", "Le pain.", summary="/* Zélie D. */ moins court")
    hidden = person.revisions("Le four")[-1]["revid"]
    _reveal(wiki, "Le four", hidden, "hide")
    person.edit("Dumoulin Zélie", "#REDIRECTION [[Zélie D.]]")
    person.edit("La rue basse", "Jean Dumoulin y habite.")
    person.edit("Les bancs", "Zélie et D. Martin ont voulu un banc à l'ombre.")
    wiki.jobs()
    _withdraw(desk)

    for turn in range(4):
        done = desk.sync()
        assert WORDS not in wiki.person().texts().values()
        wiki.jobs()
        titles, logs = _telling(wiki)
        assert _named(done.err) == (titles, logs), done.err
        plan = desk.run("plan").out
        assert plan.startswith("CONSENTEMENT") is bool(titles or logs)
        assert replace(desk, cache=folder / f"empty-{turn}").run("plan").out == plan
        if not done.err:
            break
        with settings(wiki, RIGHTS):
            _tidy(wiki, done.err)
    else:
        raise AssertionError(done.err)
    assert (done.code, done.json["edits"]) == (0, 0)
    assert _findable(wiki.person(wiki.human)) == set()
    requests = desk.sync().json["requests"]
    assert requests <= 16
    desk.change("narratives/projet/place.yaml", "Un tilleul", "Un grand tilleul")
    assert desk.sync().json["updated"] == 1
    assert desk.sync().json["requests"] <= requests
    # a wiki that was left in order is not believed once somebody wrote on any page
    wiki.person().edit("Autre page", "Merci, ZÉLIE DUMOULIN.")
    wiki.settle()
    warning = desk.sync().err
    assert "« Autre page » — Zélie D. :" in warning and "« Le four »" not in warning
    # nor is a version that nobody could read when the wiki was searched
    _reveal(wiki, "Le four", hidden, "show")
    assert "« Le four » — Zélie D. :" in desk.sync().err
    # nor is one with a surname that somebody else bore when the wiki was searched
    wiki.person().edit("La grange", "Mme Dumoulin y vendait du pain.")
    wiki.settle()
    assert "« La grange »" not in desk.sync().err
    wiki.person().edit("La mare", "Des canards.")
    wiki.settle()
    desk.sync()
    desk.write({"narratives/acteur/jean.yaml": None})
    assert "« La grange » — Zélie D. :" in desk.sync("--yes-retire").err


def test_what_her_file_said_before_is_found_too(wiki: Wiki, tmp_path: Path) -> None:
    """A whole name since cut to an initial, and words that she put otherwise later."""
    consent = "consentement: {etat: public, portee: [wiki]}\n"
    tale, her = "narratives/recit/eau.yaml", "narratives/acteur/zelie-d.yaml"
    desk = Desk.new(tmp_path / "corpus", wiki, {
        "loosbot.yaml": "corpus: eau\n",
        her: f"type: acteur\ntitre: Zélie Quénardel\ngenre: personne\n{consent}",
        tale: "type: recit\ntitre: L’eau de la place\nannee: 2018\nvoix:\n"
        "- qui: Une habitante\n  role: habitant\n"
        f"  texte: La fontaine restait à sec du printemps à la fête.\n  {consent}",
    })  # fmt: skip
    assert desk.sync().code == 0
    desk.change(her, "Zélie Quénardel", "Zélie D.")
    desk.change(tale, "La fontaine restait à sec du printemps à la fête.", "On manquait d’eau ici.")
    assert desk.sync().code == 0
    for path in (her, tale):
        desk.change(path, "{etat: public, portee: [wiki]}", "{etat: retire}")
    wiki.jobs()

    told = desk.sync("--yes-retire").err

    # the redirection that the robot left, and the version before the last
    assert "« Zélie Quénardel »" in told
    about = told[told.index("« L’eau de la place »") :].partition("\n« ")[0]
    first = wiki.person().revisions("L’eau de la place")[-1]["revid"]
    assert str(first) in about
    assert "nardel" in told[told.index("Puis dans git") :]


def _reveal(wiki: Wiki, title: str, revision: int, how: str) -> None:
    """Have an administrator hide the text of a version, or show it again."""
    deed = {"action": "revisiondelete", "type": "revision", "target": title, how: "content"}
    with settings(wiki, RIGHTS):
        wiki.person(wiki.admin).act(**deed, ids=revision)


def _withdraw(desk: Desk) -> None:
    for path in ("narratives/acteur/zelie-d.yaml", "narratives/recit/banc.yaml"):
        desk.change(path, "{etat: public, portee: [wiki]}", "{etat: retire}")


def _tells(text: str) -> bool:
    """By a means of its own: letters alone."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(letter for letter in folded if letter.isalnum())
    quoted = "".join(letter for letter in WORDS.casefold() if letter.isalnum())
    quoted = "".join(letter for letter in unicodedata.normalize("NFKD", quoted) if letter.isalnum())
    named = any(name in letters for name in ("zeliedumoulin", "dumoulinzelie", quoted))
    return named or re.search(r"(?<![a-z])ze\u0301?lie[ -]d(?![a-z])", folded) is not None


def _listed(person: Person, name: str, prefix: str, **more: Any) -> Iterator[dict[str, Any]]:
    following: dict[str, Any] = {"continue": ""}
    while following:
        answer = person.call(
            action="query", list=name, **{f"{prefix}limit": 50}, **more, **following
        )
        yield from answer["query"][name]
        following = answer.get("continue", {})


def _telling(wiki: Wiki) -> tuple[set[str], set[int]]:
    """The pages that tell of her, old versions and titles included, and the lines of logs."""
    person = wiki.person()
    titles = set()
    pages = _listed(
        person, "allrevisions", "arv", arvprop="ids|user|comment|content", arvslots="main"
    )
    for page in pages:
        for revision in page["revisions"]:
            texts = (
                page["title"],
                revision["slots"]["main"].get("content", ""),
                revision.get("comment", ""),
            )
            if any(map(_tells, texts)):
                titles.add(page["title"])
    logs = {
        log["logid"]
        for log in _listed(person, "logevents", "le", leprop="ids|title|type|comment|details")
        if any(map(_tells, (log.get("title", ""), log.get("comment", ""), str(log.get("params")))))
    }
    return titles, logs


def _findable(person: Person) -> set[str]:
    """What somebody finds by search, in the lists of pages, categories and files, in the logs."""
    titles = set()
    for words in ("zélie", "zelie", "dumoulin", "mort mari"):
        for hit in _listed(person, "search", "sr", srsearch=words, srnamespace="*", srwhat="text"):
            titles |= {hit["title"]} if _tells(hit["title"] + " " + hit["snippet"]) else set()
    for space in (0, 1, 2, 3, 4, 6, 7, 10, 14, 15):
        for page in _listed(person, "allpages", "ap", apnamespace=space):
            titles |= {page["title"]} if _tells(page["title"]) else set()
    for category in _listed(person, "allcategories", "ac"):
        titles |= {category["category"]} if _tells(category["category"]) else set()
    for image in _listed(person, "allimages", "ai"):
        titles |= {image["name"]} if _tells(image["name"]) else set()
    for entry in _listed(person, "logevents", "le"):
        titles |= {entry["title"]} if _tells(entry.get("title", "")) else set()
    for member in _listed(person, "categorymembers", "cm", cmtitle="Catégorie:Fiches loosbot",
                       cmprop="title|sortkeyprefix"):  # fmt: skip
        titles |= {member["sortkeyprefix"]} if _tells(member["sortkeyprefix"]) else set()
    return titles


def _named(warning: str) -> tuple[set[str], set[int]]:
    """The pages and the lines of logs that the list names."""
    titles = set(re.findall(r"^« (.+?) »(?: \([^)]*\))? — ", warning, re.MULTILINE))
    return titles, set(map(int, re.findall(r"^    \S+, n° (\d+),", warning, re.MULTILINE)))


def _tidy(wiki: Wiki, warning: str) -> None:
    """Do what the list says, as who it says."""
    admin = wiki.person(wiki.admin)
    for parts, address in re.findall(r"à masquer(?: \((.*)\))? : (http://\S+)", warning):
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(address).query)
        [kind], [target], [ids] = query["type"], query["target"], query["ids"]
        hide = [what for word, what in HIDE.items() if word in parts] or ["content", "comment"]
        admin.act(
            action="revisiondelete", type=kind, target=target, ids=ids.replace(",", "|"),
            hide="|".join(hide),
        )  # fmt: skip
    for block in re.split(r"^(?=« )", warning, flags=re.MULTILINE):
        if not (match := re.match(r"« (.+?) »(?: \([^)]*\))? — ", block)):
            continue
        title = match[1]
        if "nomme la personne : demandez" in block:
            admin.act(action="delete", title=title, reason="Effacement demandé")
        elif "à retirer à la main" in block:
            text = admin.page(title)
            for line in re.findall(r"à la main : « (.*) »$|^ {8}« (.*) »$", block, re.MULTILINE):
                whole = "".join(line)
                text = text.replace(whole, "").replace(whole.replace("lie Du", "lie\nDu"), "")
            admin.edit(title, text or "Rien.", summary="Effacement demandé")
