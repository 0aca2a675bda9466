"""A file is the old one or the new one, on a full disk too; another account's files are named."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from loosbot.commands import output
from loosbot.errors import UserError
from loosbot.files import (
    cache_folder,
    replace_file,
    state_folder,
    write_file,
    write_private,
    writing,
)
from loosbot.wiki.instance import Instance, protect


def no_room(bytes_: int) -> Callable[[], None]:
    """What a process may write to a file, as on a disk that has no more room."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_, bytes_))

    return limit


WRITERS = {
    "a file of the corpus": "from loosbot.files import replace_file as w; w(p, b'n' * 9000)",
    "a report": "from loosbot.commands.output import write; write('n' * 9000, p, 'text')",
    "a secret": "from loosbot.files import write_private as w; w(p, 'n' * 9000)",
}


@pytest.mark.parametrize("there", [True, False], ids=["over an old one", "new"])
@pytest.mark.parametrize("writer", WRITERS)
def test_a_full_disk_leaves_the_old_file_or_none(writer: str, there: bool, tmp_path: Path) -> None:
    file = tmp_path / "f"
    if there:
        file.write_text("ancien")

    done = subprocess.run(
        [sys.executable, "-c", f"from pathlib import Path; p = Path('f'); {WRITERS[writer]}"],
        cwd=tmp_path,
        preexec_fn=no_room(4096),
        capture_output=True,
        check=False,
    )

    assert done.returncode != 0
    assert [path.name for path in tmp_path.iterdir()] == (["f"] if there else [])
    assert not there or file.read_text() == "ancien"


def created(folder: Path, before: str = "") -> subprocess.CompletedProcess[bytes]:
    """``create_below`` of « f » in a process that does ``before`` first."""
    script = "import os, errno\nfrom pathlib import Path\nfrom loosbot.files import create_below\n"
    script += f"{before}\ncreate_below(Path(), 'f', b'neuf')"
    return subprocess.run(
        [sys.executable, "-c", script], cwd=folder, capture_output=True, check=False
    )


NO_LINKS = """
def link(*_):
    raise OSError(errno.EPERM, 'no hard links on this disk')
os.link = link
"""


@pytest.mark.parametrize("disk", ["", NO_LINKS], ids=["hard links", "none, as on FAT"])
def test_a_new_file_is_whole_and_writes_over_none(disk: str, tmp_path: Path) -> None:
    assert created(tmp_path, disk).returncode == 0
    assert (tmp_path / "f").read_bytes() == b"neuf"
    assert (tmp_path / "f").stat().st_mode & 0o777 == 0o666 & ~umask()

    (tmp_path / "f").write_text("ancien")
    assert b"FileExistsError" in created(tmp_path, disk).stderr
    assert [path.name for path in tmp_path.iterdir()] == ["f"]
    assert (tmp_path / "f").read_text() == "ancien"


def umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


@pytest.mark.parametrize("at", ["fsync", "link"])
def test_a_run_that_is_killed_leaves_no_empty_file(at: str, tmp_path: Path) -> None:
    killed = created(tmp_path, f"os.{at} = lambda *_: os.kill(os.getpid(), 9)")
    assert killed.returncode == -signal.SIGKILL
    assert not (tmp_path / "f").exists()
    assert created(tmp_path).returncode == 0
    assert (tmp_path / "f").read_bytes() == b"neuf"


def test_a_pipe_and_a_link_are_written_through(tmp_path: Path) -> None:
    (tmp_path / "cible").write_text("ancien")
    (tmp_path / "lien").symlink_to("cible")

    write_file(tmp_path / "lien", b"neuf")
    write_file(Path(os.devnull), b"neuf")

    assert (tmp_path / "lien").is_symlink()
    assert (tmp_path / "cible").read_text() == "neuf"
    assert not Path(os.devnull).is_file()


def test_a_new_file_is_for_those_whom_the_account_lets_read(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        replace_file(tmp_path / "f", b"x")
    finally:
        os.umask(before)

    assert (tmp_path / "f").stat().st_mode & 0o777 == 0o640


def test_a_report_goes_into_no_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="son dossier n’existe pas"):
        output.write("x", tmp_path / "absent" / "f", "text")


def test_a_secret_is_for_its_owner(tmp_path: Path) -> None:
    write_private(tmp_path / "f", "x")

    assert (tmp_path / "f").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("place", [".loosbot/wiki", "wiki"])
def test_a_wiki_hides_from_git_by_itself(place: str, tmp_path: Path) -> None:
    protect(tmp_path / place)
    (tmp_path / place).mkdir(exist_ok=True, parents=True)
    (tmp_path / place / "credentials").write_text("secret")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)

    seen = subprocess.run(
        ["git", "status", "--porcelain", "-uall"], cwd=tmp_path, capture_output=True, check=True
    )

    assert seen.stdout == b""


def test_the_rules_of_somebody_are_kept(tmp_path: Path) -> None:
    (tmp_path / ".loosbot").mkdir()
    (tmp_path / ".loosbot/.gitignore").write_text("/*\n")

    protect(tmp_path / ".loosbot/wiki")

    assert (tmp_path / ".loosbot/.gitignore").read_text() == "/*\n"


_PLAINLY = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
"""Root reads any file, unless it gives up the right to."""


@pytest.mark.slow
@pytest.mark.parametrize("closed", [".", "loosbot.yaml"])
def test_a_corpus_that_the_account_may_not_read_is_named(closed: str, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "loosbot.yaml").write_text("corpus: essai\n")
    (corpus / closed).chmod(0)

    for words in (["check"], ["trace"], ["backup", str(tmp_path / "sauvegarde.zip")]):
        command = [*_PLAINLY, sys.executable, "-m", "loosbot", *words, "--corpus", str(corpus)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)

        assert done.returncode == 1, done.stderr
        assert str(corpus) in done.stderr
        assert "droit" in done.stderr
    (corpus / closed).chmod(0o700)


@pytest.mark.slow
@pytest.mark.parametrize("verb", ["status", "start", "stop", "reset"])
def test_the_wiki_of_another_account_is_named(verb: str, tmp_path: Path) -> None:
    instance = Instance(tmp_path / "wiki")
    instance.data.mkdir(parents=True)
    instance.credentials.write_text("{}")
    instance.server.write_text("{}")
    instance.lock.touch()
    for file in (instance.credentials, instance.server, instance.lock):
        file.chmod(0)

    done = subprocess.run(
        [*_PLAINLY, sys.executable, "-m", "loosbot", "wiki", verb, "--dir", str(instance.dir)]
        + (["--yes"] if verb == "reset" else []),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1, done.stderr
    assert f"Le wiki de {instance.dir} est celui du compte « " in done.stderr


def test_a_file_that_cannot_be_written_is_told_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "fiche.yaml").mkdir()
    with (
        pytest.raises(UserError, match=r"« fiche\.yaml » .* écrit : c’est un dossier\.") as caught,
        writing("fiche.yaml", "Choisissez un autre fichier."),
    ):
        replace_file(tmp_path / "fiche.yaml", b"titre: Un banc\n")
    assert caught.value.hint == "Choisissez un autre fichier."


def test_room_is_asked_for_where_the_disk_is_full() -> None:
    with pytest.raises(UserError, match=r"« /dev/full » .* : le disque est plein") as caught:
        output.write("Rien à signaler.", Path("/dev/full"), "text")
    assert caught.value.hint == "Faites de la place sur ce disque, ou choisissez un autre fichier."

    with pytest.raises(UserError) as caught, writing("fiche.yaml", kept="Rien n’est perdu."):
        write_file(Path("/dev/full"), b"titre: Un banc")
    assert caught.value.hint == "Faites de la place sur ce disque. Rien n’est perdu."


@pytest.mark.parametrize("given", ["ici", "./ici", ""])
def test_our_own_files_never_go_where_one_stands(given: str) -> None:
    env = {"HOME": "/home/camille", "XDG_CACHE_HOME": given, "XDG_STATE_HOME": "/var/etat"}

    assert cache_folder(env) == Path("/home/camille/.cache/loosbot")
    assert state_folder(env) == Path("/var/etat/loosbot")
