"""A corpus in a folder."""

import os
from pathlib import Path

import pytest

from loosbot.corpus import tree
from loosbot.corpus.decoding import MAX_BYTES
from loosbot.corpus.model import Entry
from loosbot.corpus.tree import FolderTree
from loosbot.errors import UserError


def write(root: Path, path: str, text: str = "titre: A\n") -> Path:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def paths(root: Path) -> list[str]:
    return [entry.path for entry in FolderTree(root).entries()]


def test_what_is_in_a_corpus(tmp_path: Path) -> None:
    write(tmp_path, "pages/socle.md", "# Socle\n")
    write(tmp_path, "narratives/recits/b.yaml", "titre: été\n")
    write(tmp_path, "narratives/recits/a.yaml")
    write(tmp_path, "narratives/recits.yaml")
    write(tmp_path, "loosbot.yaml", "corpus: essai\n")
    write(tmp_path, "README.md")
    write(tmp_path, "docs/narratives/a.yaml")
    (tmp_path / "narratives/vide").mkdir()
    assert FolderTree(tmp_path).entries() == [
        Entry("loosbot.yaml", 14, "file"),
        Entry("narratives/recits.yaml", 9, "file"),
        Entry("narratives/recits/a.yaml", 9, "file"),
        Entry("narratives/recits/b.yaml", 13, "file"),
        Entry("pages/socle.md", 8, "file"),
    ]


def test_an_empty_folder(tmp_path: Path) -> None:
    assert FolderTree(tmp_path).entries() == []


def test_leftovers_are_no_part_of_it(tmp_path: Path) -> None:
    for name in (".DS_Store", ".#a.yaml", "#a.yaml#", "a.yaml~", ".git/config", ".a.yaml.swp"):
        write(tmp_path, f"narratives/{name}")
    write(tmp_path, "narratives/#1.yaml")
    assert paths(tmp_path) == ["narratives/#1.yaml"]


def test_links_are_told_and_not_followed(tmp_path: Path) -> None:
    outside = write(tmp_path, "outside/secret.yaml", "titre: secret\n")
    root = tmp_path / "corpus"
    write(root, "narratives/a.yaml")
    (root / "narratives/lien.yaml").symlink_to(outside)
    (root / "narratives/dossier").symlink_to(outside.parent)
    (root / "narratives/boucle").symlink_to(root / "narratives")
    (root / "narratives/perdu").symlink_to("nulle-part")
    (root / "pages").symlink_to(outside.parent)
    (root / "loosbot.yaml").symlink_to(outside)
    assert FolderTree(root).entries() == [
        Entry("loosbot.yaml", 0, "symlink"),
        Entry("narratives/a.yaml", 9, "file"),
        Entry("narratives/boucle", 0, "symlink"),
        Entry("narratives/dossier", 0, "symlink"),
        Entry("narratives/lien.yaml", 0, "symlink"),
        Entry("narratives/perdu", 0, "symlink"),
        Entry("pages", 0, "symlink"),
    ]
    with pytest.raises(UserError, match="ne peut pas être lu"):
        list(FolderTree(root).read(["narratives/lien.yaml"]))


def test_pipes_and_folders_named_like_files_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "narratives").mkdir()
    os.mkfifo(tmp_path / "narratives/tube.yaml")
    (tmp_path / "loosbot.yaml").mkdir()
    assert FolderTree(tmp_path).entries() == [
        Entry("loosbot.yaml", 0, "other"),
        Entry("narratives/tube.yaml", 0, "other"),
    ]
    with pytest.raises(UserError, match="n’est pas un fichier ordinaire"):
        list(FolderTree(tmp_path).read(["narratives/tube.yaml"]))


def test_names_that_are_not_text(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path / "narratives")
    Path(os.fsdecode(folder + b"/d\xe9p\xf4t")).mkdir(parents=True)
    for name in (b"/caf\xe9.yaml", b"/d\xe9p\xf4t/a.yaml", "/été\n.yaml".encode()):
        Path(os.fsdecode(folder + name)).write_bytes(b"titre: A\n")
    entries = FolderTree(tmp_path).entries()
    assert entries == [
        Entry("narratives/caf\\xe9.yaml", 0, "other"),
        Entry("narratives/d\\xe9p\\xf4t/a.yaml", 0, "other"),
        Entry("narratives/été\n.yaml", 9, "file"),
    ]
    for entry in entries:
        entry.path.encode()


def test_reading_keeps_the_order_asked(tmp_path: Path) -> None:
    for name in "abc":
        write(tmp_path, f"narratives/{name}.yaml", f"titre: {name}\r\n")
    asked = ["narratives/c.yaml", "narratives/a.yaml", "narratives/b.yaml", "narratives/a.yaml"]
    assert list(FolderTree(tmp_path).read(asked)) == [
        (path, f"titre: {path[11]}\r\n".encode()) for path in asked
    ]


def test_a_large_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    file = write(tmp_path, "narratives/gros.yaml")
    with file.open("wb") as stream:
        stream.truncate(1 << 40)
    tree_ = FolderTree(tmp_path)
    assert tree_.entries() == [Entry("narratives/gros.yaml", 1 << 40, "file")]
    ((_, data),) = tree_.read(["narratives/gros.yaml"])
    assert len(data) == MAX_BYTES + 1


@pytest.mark.parametrize("path", ["../x.yaml", "narratives/../../x.yaml", "/etc/passwd", ""])
def test_a_path_that_leaves_the_corpus(tmp_path: Path, path: str) -> None:
    write(tmp_path, "x.yaml")
    (tmp_path / "corpus").mkdir()
    with pytest.raises(UserError, match="n’est pas dans le corpus"):
        list(FolderTree(tmp_path / "corpus").read([path]))


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"narratives/a\.yaml n’existe pas"):
        list(FolderTree(tmp_path).read(["narratives/a.yaml"]))
    with pytest.raises(UserError, match="n’existe pas"):
        FolderTree(tmp_path / "absent").entries()


def test_folders_without_end(tmp_path: Path) -> None:
    write(tmp_path, "narratives/" + "d/" * 19 + "a.yaml")
    assert len(paths(tmp_path)) == 1
    write(tmp_path, "narratives/" + "d/" * 20 + "a.yaml")
    with pytest.raises(UserError, match="trop profondément"):
        paths(tmp_path)


def test_files_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "MAX_ENTRIES", 3)
    for number in range(3):
        write(tmp_path, f"narratives/{number}.yaml")
    assert len(paths(tmp_path)) == 3
    write(tmp_path, "pages/4.md")
    with pytest.raises(UserError, match="plus de 3 fichiers"):
        paths(tmp_path)
