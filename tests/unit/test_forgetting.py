"""Git forgets who withdrew: what is told to type, and who may not bring it back."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from gits import git
from test_removed import commit

from loosbot.corpus.privacy.withdrawals import WithdrawnPerson
from loosbot.errors import UserError
from loosbot.push.receive import Update, open_bare
from loosbot.push.required import forgotten, require_rewritten
from loosbot.sync.withdrawal.forgetting import in_git, replacements


def person(*names: str, field: str = "") -> WithdrawnPerson:
    none: frozenset[tuple[str, ...]] = frozenset()
    where = "recit/banc" if field else "acteur/zelie"
    path = f"narratives/{where}.yaml"
    return WithdrawnPerson("Zélie D.", where, path, field, frozenset(names), none, none)


NAMES = ("Zélie Dumoulin", "Zélie D.", "Zelie D", "une voisine", "le 3e étage",
         "mamie59@exemple.fr", "06 44 55 66 77")  # fmt: skip


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Zélie Dumoulin", "personne retirée"),
        ("avec ZELIE  DUMOULIN,", "avec personne retirée,"),
        ("zelie-dumoulin.jpg", "personne retirée.jpg"),
        ("Zélie\u00a0Dumoulin", "personne retirée"),
        ("zeliedumoulin59@exemple.fr", "personne retirée59@exemple.fr"),
        ("Zélie D. et Zélie d’un côté", "personne retirée et Zélie d’un côté"),
        ("Dumoulin seul", "Dumoulin seul"),
        ("ZÉLIE DUMOULIN", "personne retirée"),
        (
            "Zelie D a dit ; Zelie Dupont, Zelie Dé",
            "personne retirée a dit ; Zelie Dupont, Zelie Dé",
        ),
        ("à mamie59@exemple.fr, 06 44 55 66 77", "à personne retirée, personne retirée"),
        ("Mamie59%40Exemple.fr ; 0644556677", "personne retirée ; personne retirée"),
        ("+33 (0)6.44.55.66.77 ou 0033644556677", "personne retirée ou personne retirée"),
        ("au (06)\u00a044\u202f55 66 77", "au personne retirée"),
        ("au 06 44 55 66 778", "au 06 44 55 66 778"),
        ("une voisine, le 3e étage", "une voisine, le 3e étage"),
        (
            "[lien](../acteur/zelie.yaml), acteur/zelie-b",
            "[lien](../personne retirée.yaml), acteur/zelie-b",
        ),
    ],
)
def test_the_lines_for_filter_repo_take_a_name_out(text: str, left: str) -> None:
    """As git filter-repo reads them: bytes, one line after the other."""
    data = text.encode()
    for line in replacements([person(*NAMES)]):
        old, _, new = line.rpartition("==>")
        kind, _, pattern = old.rpartition("regex:")
        if kind or old.startswith("regex:"):
            data = re.sub(pattern.encode(), new.encode(), data)
        else:
            data = data.replace(old.encode(), new.encode())
    assert data.decode() == left


def test_a_record_goes_and_a_voice_keeps_its_place() -> None:
    steps = "\n".join(in_git([person("Zélie D."), person("Zélie D.", field="voix[0]")]))
    assert "supprimez narratives/acteur/zelie.yaml, et acteur/zelie dans les fiches" in steps
    assert "champ voix[0], à la place de Zélie D. et de ses mots" in steps
    # her own record is what took out a voice that had an agreement of its own, and it goes
    assert "« consentement: {etat: retire} »" in steps
    assert "mettez de côté une copie de ces fichiers : narratives/recit/banc.yaml\n" in steps
    assert "--path narratives/acteur/zelie.yaml --path narratives/recit/banc.yaml" in steps


def test_the_name_of_who_is_shown_still_stays_in_git() -> None:
    """Who took back one voice of two, or bears the name of somebody else."""
    voice = person("Zélie D.", "Zélie Dumoulin", field="voix[0]")
    steps = "\n".join(in_git([replace(voice, shown=voice.names, former=("ancien.yaml",))]))
    assert "==>" not in steps and "--replace" not in steps
    assert "--path narratives/recit/banc.yaml --path ancien.yaml\n" in steps


def test_a_voice_of_nobody_by_name_needs_no_list_of_names() -> None:
    steps = "\n".join(in_git([person("une voisine", field="voix[0]")]))
    assert "noms.txt" not in steps and "--mailmap" not in steps
    assert "git filter-repo --invert-paths --path narratives/recit/banc.yaml\n" in steps


@pytest.fixture
def server(tmp_path: Path) -> Path:
    """A bare repository whose history was written again, and the clone of before beside it."""
    old = tmp_path / "vieux"
    old.mkdir()
    git(old, "init", "-q", "-b", "main")
    first = commit(old, {"loosbot.yaml": "corpus: a\n"}, "2026-01-01")
    gone = commit(old, {"narratives/recit/banc.yaml": "Zélie"}, "2026-01-02")
    new = tmp_path / "neuf"
    git(tmp_path, "clone", "-q", str(old), str(new))
    git(new, "reset", "-q", "--hard", first)
    kept = commit(new, {"narratives/recit/banc.yaml": "…"}, "2026-01-02")
    bare = tmp_path / "corpus.git"
    git(tmp_path, "clone", "-q", "--bare", str(new), str(bare))
    git(bare, "reflog", "expire", "--expire=now", "--all")
    git(bare, "gc", "-q", "--prune=now")
    lines = ["old                                      new", f"{first} {first}", f"{gone} {kept}"]
    (bare / "loosbot.oublies").write_text("\n".join(lines))
    return bare


def test_what_was_written_again_comes_back_in_no_push(server: Path) -> None:
    old = server.parent / "vieux"
    [gone] = forgotten(server)
    git(server, "fetch", "-q", str(old), "main")  # as a push brings it, before any branch moves
    with pytest.raises(UserError, match="d’avant la réécriture"):
        require_rewritten(open_bare(server), [Update("refs/heads/main", gone)])
    later = commit(old, {"loosbot.yaml": "corpus: b\n"}, "2026-01-03")
    git(server, "fetch", "-q", str(old), "main")
    with pytest.raises(UserError, match=gone[:12]):
        require_rewritten(open_bare(server), [Update("refs/tags/ancienne", later)])


def test_whoever_has_the_new_history_sends_as_before(server: Path) -> None:
    new = server.parent / "neuf"
    head = commit(new, {"loosbot.yaml": "corpus: b\n"}, "2026-01-03")
    git(server, "fetch", "-q", str(new), "main")
    require_rewritten(open_bare(server), [Update("refs/heads/main", head)])
    require_rewritten(open_bare(server), [Update("refs/heads/essai", "")])


def test_a_list_that_cannot_be_read_lets_nothing_through(server: Path) -> None:
    (server / "loosbot.oublies").write_bytes(b"\xff\xfe")
    with pytest.raises(UserError, match="ne se lit pas"):
        forgotten(server)
