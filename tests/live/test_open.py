"""On a wiki that anybody reads, only what may be public; on a closed one, the rest as well."""

from __future__ import annotations

from pathlib import Path

from desk import Desk
from wikis import Wiki

from loosbot.sync.source import CLOSING
from loosbot.wiki.session import Session

FILES = {
    "loosbot.yaml": "corpus: ouverture\n",
    "narratives/acteur/elue.yaml": "type: acteur\ntitre: Hélène Mairesse\ngenre: personne\n"
    "role: elu\npublic: oui\n",
    "narratives/acteur/zoe-q.yaml": "type: acteur\ntitre: Zoé Quenneville\ngenre: personne\n"
    "role: habitant\n",
    "narratives/source/livre.yaml": "type: source\ntitre: Le livre\ngenre: livre\n",
    "narratives/recit/fontaine.yaml": """\
type: recit
titre: La fontaine de la place
resume: ZOÉ\u00a0QUENNEVILLE et Hélène Mairesse racontent la fontaine.
voix:
  - qui: acteur/zoe-q
    role: habitant
    texte: MOTINTERNE coule doucement.
  - qui: acteur/elue
    role: elu
    texte: MOTPUBLIC est inauguré.
  - qui: Luc V.
    role: habitant
    consentement: {base: publie, section: livre § 2}
    texte: MOTPUBLIE est dans le livre.
  - qui: Ève T.
    role: habitant
    consentement: {etat: public, statut: deduit, preuve: Filmée sur la place}
    texte: MOTDEDUIT reste à la mairie.
""",
}
TITLE = "La fontaine de la place"


def test_where_anybody_reads_only_what_may_be_public(wiki: Wiki, tmp_path: Path) -> None:
    _publishes(wiki, tmp_path, is_open=True)


def test_behind_an_account_what_is_internal_too(closed_wiki: Wiki, tmp_path: Path) -> None:
    _publishes(closed_wiki, tmp_path, is_open=False)


def _publishes(wiki: Wiki, folder: Path, *, is_open: bool) -> None:
    session = Session(wiki.credentials)
    assert session.account().name
    assert session.is_open() is is_open
    desk = Desk.new(folder / "corpus", wiki, FILES)
    notice = "Ce wiki se lit sans compte : 2 voix et 1 personne n’y paraissent pas"

    planned = desk.run("plan")
    assert (notice in planned.out) is is_open
    assert (CLOSING in planned.out) is is_open

    done = desk.run("sync", "--yes")
    assert done.code == 0, done
    assert (notice in done.out) is is_open

    text = wiki.person().text(TITLE) or ""
    for public in ("MOTPUBLIC", "MOTPUBLIE", "Hélène Mairesse"):
        assert public in text
    for inside in ("MOTINTERNE", "MOTDEDUIT", "QUENNEVILLE"):
        assert (inside in text) is not is_open
    # the page tells that there is a voice
    assert ("Voix non publiée" in text) is is_open
    assert desk.sync().json["edits"] == 0

    # the wiki keeps the name of a file as the key of its page, and of the category of a place
    named = "narratives/projet/jardin-de-zoe-quenneville.yaml"
    place = "narratives/lieu/chez-zoe-quenneville.yaml"
    desk.write(
        {
            named: "type: projet\ntitre: Le jardin\n",
            place: "type: lieu\ntitre: La cour\ngenre: site\n",
            "narratives/source/note-de-zoe-quenneville.yaml": "type: source\ntitre: La note\n"
            "genre: document\n",
            "narratives/projet/banc.yaml": "type: projet\ntitre: Le banc\nannee: 2018\n"
            "lieu: lieu/chez-zoe-quenneville\nresultats: [Il sert.]\n"
            "sources: [note-de-zoe-quenneville § 2]\n",
        }
    )
    done = desk.sync()
    person = wiki.person()
    for title in ("Le jardin", "La cour", "Catégorie:La cour"):
        assert (done.code, person.text(title) is None) == ((1, True) if is_open else (0, False))
    if is_open:
        errors = [failed["error"] for failed in done.json["failed"]]
        assert [f"renommez {named} (git mv)" in error for error in errors].count(True) == 1
        assert [f"renommez {place} (git mv)" in error for error in errors].count(True) == 2
    for title in ("Sources", "Le banc"):
        # a row of a shared page, and who refers to it
        text = person.text(title) or ""
        assert ("fiche.1" in text, "quenneville" in text) == (is_open, not is_open)

    # what somebody changes there comes back under its own id
    text = person.text("Le banc") or ""
    person.edit("Le banc", text.replace("Il sert.", "Il sert beaucoup."))
    assert desk.run("pull").code == 0
    kept = (desk.folder / "narratives/projet/banc.yaml").read_text("utf-8")
    assert "Il sert beaucoup." in kept and "note-de-zoe-quenneville § 2" in kept
