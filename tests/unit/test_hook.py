"""The hooks, in a real bare repository, under a real ``git push``. No wiki is needed."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from corpora import write
from desk import hears_interrupts
from patience import LONG

from loosbot.errors import UserError
from loosbot.push import lock, missed, receive
from loosbot.push.install import NAMES
from loosbot.push.receive import Limits, Update, within
from loosbot.push.update import published_branch

GOOD = "type: lieu\ntitre: Le champ\ngenre: site\n"
BROKEN = "type: lieu\ntitre: Le champ\ngenre: planète\n"
FILE = "narratives/lieux/champ.yaml"

pytestmark = pytest.mark.slow


def run(
    folder: Path, *arguments: str, text: str | None = None, **env: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        arguments,
        cwd=folder,
        env=os.environ | env,
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )


def git(folder: Path, *arguments: str, **env: str) -> str:
    done = run(folder, "git", *arguments, **env)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def hook(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(folder, sys.executable, "-m", "loosbot", "hook", *arguments)


def commit(folder: Path, text: str = GOOD, file: str = FILE) -> str:
    write(folder, {file: text})
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Fiche")
    return git(folder, "rev-parse", "HEAD")


def push(folder: Path, *refs: str) -> subprocess.CompletedProcess[str]:
    return run(folder, "git", "push", "-q", "depot", *refs)


@pytest.fixture
def clone(tmp_path: Path, bare: Path) -> Path:
    folder = tmp_path / "clone"
    git(tmp_path, "init", "-q", "-b", "main", str(folder))
    git(folder, "remote", "add", "depot", str(bare))
    return folder


def refs(bare: Path) -> dict[str, str]:
    lines = git(bare, "for-each-ref", "--format=%(refname) %(objectname)").splitlines()
    return dict(line.split(" ") for line in lines)


def test_install_writes_two_programs_and_may_be_run_again(bare: Path) -> None:
    again = hook(bare, "install", ".", "--branch", "publiée")

    assert again.returncode == 0, again.stderr
    assert "Branche vérifiée et publiée : publiée" in again.stdout
    for name in ("pre-receive", "post-receive"):
        file = bare / "hooks" / name
        assert os.access(file, os.X_OK)
        last = file.read_text().splitlines()[-1]
        assert last.startswith(f"exec {sys.executable} ")
        assert last.endswith(f"hook {name} --branch 'publiée'")


@pytest.mark.parametrize("name", ["pre-receive", "post-receive"])
def test_install_leaves_the_hook_of_somebody_else(bare: Path, name: str) -> None:
    for file in (bare / "hooks").iterdir():
        file.unlink()
    theirs = bare / "hooks" / name
    theirs.write_text("#!/bin/sh\nexit 0\n")

    done = hook(bare, "install", ".")

    assert done.returncode == 1
    assert "existe déjà, et n’est pas de loosbot" in done.stderr
    assert f"appelez-y hooks/{name}.loosbot" in done.stderr
    assert theirs.read_text() == "#!/bin/sh\nexit 0\n"
    assert [file.name for file in (bare / "hooks").iterdir()] == [name]


def test_a_hook_of_somebody_else_that_calls_ours_is_kept_and_both_run(
    bare: Path, clone: Path, checkout: Path
) -> None:
    guide = (checkout / "docs/depot.md").read_text()
    [both] = re.findall(r"^```sh\n(#!/bin/sh\n.*?)^```$", guide, re.DOTALL | re.MULTILINE)
    for name in NAMES:
        theirs = bare / "hooks" / name
        theirs.write_text(both.replace("pre-receive", name))
        theirs.with_name(f"{name}.ancien").write_text(f"#!/bin/sh\ncat > {name}.vu\n")
        theirs.with_name(f"{name}.ancien").chmod(0o755)

    for branch in ("main", "publique"):  # the second time, ours are replaced where they are
        done = hook(bare, "install", ".", "--branch", branch)
        assert done.returncode == 0, done.stderr

    assert published_branch(bare) == "publique"
    commit(clone, BROKEN)
    refused = push(clone, "main:publique")
    assert "[vocabulaire]" in refused.stderr, refused.stderr
    assert not (bare / "post-receive.vu").exists()
    commit(clone, GOOD)
    assert push(clone, "main:publique").returncode == 0
    for name in NAMES:
        assert "refs/heads/publique" in (bare / f"{name}.vu").read_text()
        assert (bare / "hooks" / name).read_text() == both.replace("pre-receive", name)


def test_install_refuses_what_is_no_bare_repository(tmp_path: Path, clone: Path) -> None:
    for folder in (clone, clone / ".git", tmp_path):
        done = hook(tmp_path, "install", str(folder))
        assert done.returncode == 1, folder
        assert "n’est pas un dépôt git nu" in done.stderr


def test_install_sees_that_hooks_are_taken_from_elsewhere(bare: Path) -> None:
    git(bare, "config", "core.hooksPath", "/etc/crochets")

    done = hook(bare, "install", ".")

    assert done.returncode == 1
    assert "prend ses crochets dans /etc/crochets" in done.stderr


def test_a_broken_record_is_refused_with_its_place(bare: Path, clone: Path) -> None:
    commit(clone, BROKEN)

    done = push(clone, "main")

    assert done.returncode == 1
    assert f"remote: {FILE}:3:8: erreur [" in done.stderr
    assert "remote:     " in done.stderr  # the hint
    assert "remote: Envoi refusé : la branche « main » du dépôt n’a pas changé." in done.stderr
    assert refs(bare) == {}
    assert not (bare / lock.LOG).exists()


def test_a_repaired_record_is_taken_and_kept_without_a_wiki(bare: Path, clone: Path) -> None:
    commit(clone, BROKEN)
    head = commit(clone)

    done = push(clone, "main")

    assert done.returncode == 0, done.stderr
    assert "remote: Branche « main » vérifiée : aucune erreur (fiches : 1)." in done.stderr
    assert "remote: Votre envoi est bien enregistré dans git" in done.stderr
    assert refs(bare) == {"refs/heads/main": head}
    log = (bare / lock.LOG).read_text()
    assert f"main {head[:12]}\n  Erreur : " in log
    assert (bare / lock.LOG).stat().st_mode & 0o077 == 0


def test_other_branches_and_tags_pass_unchecked(bare: Path, clone: Path) -> None:
    head = commit(clone, BROKEN)

    done = push(clone, "main:essai", "main:refs/tags/v1")

    assert done.returncode == 0, done.stderr
    assert "Branche « essai » : ni vérifiée ni publiée (seule « main » l’est)." in done.stderr
    assert refs(bare) == {"refs/heads/essai": head, "refs/tags/v1": head}
    assert not (bare / lock.LOG).exists()


def test_the_other_usual_name_of_a_first_branch_is_told_where_to_go(
    bare: Path, clone: Path
) -> None:
    commit(clone)

    output = push(clone, "main:refs/heads/master", "main:refs/heads/essai").stderr

    assert output.count("Si c’est votre travail à publier : ") == 1
    assert "git push origin master:main" in output
    assert push(clone, "main", "+main:refs/heads/master").stderr.count("git push") == 0
    assert "refs/heads/main" in refs(bare)


def test_one_refused_branch_refuses_the_whole_push(bare: Path, clone: Path) -> None:
    commit(clone, BROKEN)

    assert push(clone, "main", "main:essai").returncode == 1
    assert refs(bare) == {}


def test_a_deletion_of_the_published_branch_only_is_refused(bare: Path, clone: Path) -> None:
    head = commit(clone)
    assert push(clone, "main", "main:essai").returncode == 0

    kept = push(clone, ":main")
    gone = push(clone, ":essai")

    assert kept.returncode == 1
    assert "elle ne peut pas être supprimée" in kept.stderr
    assert gone.returncode == 0, gone.stderr
    assert refs(bare) == {"refs/heads/main": head}


def test_no_push_makes_versions_of_the_published_branch_go(bare: Path, clone: Path) -> None:
    commit(clone)
    assert push(clone, "main").returncode == 0
    git(clone, "commit", "-q", "--allow-empty", "-m", "Raconter le banc")
    head = git(clone, "rev-parse", "HEAD")
    assert push(clone, "main").returncode == 0
    git(clone, "reset", "-q", "--hard", "HEAD~1")
    commit(clone, GOOD + "texte: Grand.\n")

    forced = push(clone, "+main", "+main:retours-du-wiki")

    assert forced.returncode == 1
    assert "ferait disparaître de « main » une version que le dépôt a déjà : « Raconter le " in (
        forced.stderr
    )
    assert "de Camille Martin, le " in forced.stderr
    assert "git pull --no-rebase, puis git push" in forced.stderr
    assert refs(bare) == {"refs/heads/main": head}
    # what is told mends it, and other branches are made anew at each turn of a timer
    git(clone, "pull", "-q", "--no-rebase", "--no-edit", "depot", "main")
    assert push(clone, "main", "main~1:refs/heads/retours-du-wiki").returncode == 0
    assert push(clone, "+main~2:retours-du-wiki").returncode == 0


def test_a_folder_without_a_common_past_is_told_to_begin_anew(bare: Path, clone: Path) -> None:
    first = commit(clone)
    assert push(clone, "main").returncode == 0
    git(clone, "checkout", "-q", "--orphan", "autre")
    commit(clone, GOOD + "texte: Grand.\n")

    forced = push(clone, "+autre:main")

    assert "refaites « git clone »" in forced.stderr
    assert refs(bare) == {"refs/heads/main": first}


def test_a_mirror_of_a_clone_takes_no_proposal_away(bare: Path, clone: Path) -> None:
    head = commit(clone)
    assert push(clone, "main", "main:essai").returncode == 0
    git(clone, "checkout", "-q", "-b", "propositions/banc")
    theirs = commit(clone, GOOD + "texte: Grand.\n")
    assert push(clone, "HEAD").returncode == 0
    git(clone, "checkout", "-q", "main")
    git(clone, "branch", "-qD", "propositions/banc")

    mirror = push(clone, "--mirror")

    assert "effacerait « propositions/banc », ce que quelqu’un a proposé" in mirror.stderr
    assert push(clone, "+main:propositions/banc").returncode == 1
    proposed = {"refs/heads/propositions/banc": theirs}
    assert refs(bare) == {"refs/heads/main": head, "refs/heads/essai": head} | proposed
    # merged with git, it may go with the very push that brings it
    git(clone, "merge", "-q", theirs)
    assert push(clone, "main", ":propositions/banc").returncode == 0
    assert refs(bare) == {"refs/heads/main": theirs, "refs/heads/essai": head}


def test_what_was_written_again_may_go_and_nothing_beside_it(bare: Path, clone: Path) -> None:
    old = commit(clone)
    assert push(clone, "main").returncode == 0
    git(clone, "commit", "-q", "--amend", "-m", "Sans son nom")
    new = git(clone, "rev-parse", "HEAD")
    (bare / "loosbot.oublies").write_text(f"{old} {new}\n")

    assert push(clone, "+main").returncode == 0
    git(clone, "commit", "-q", "--amend", "-m", "Encore autrement")
    assert push(clone, "+main").returncode == 1
    assert refs(bare) == {"refs/heads/main": new}


def test_the_branch_may_be_named(bare: Path, clone: Path) -> None:
    assert hook(bare, "install", ".", "--branch", "publique").returncode == 0
    head = commit(clone, BROKEN)

    assert push(clone, "main:publique").returncode == 1
    assert push(clone, "main").returncode == 0
    assert refs(bare) == {"refs/heads/main": head}


def test_links_and_submodules_are_not_followed(bare: Path, clone: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("type: lieu\ntitre: MOTDEPASSE\n")
    head = commit(clone)
    (clone / "narratives/lieux/lien.yaml").symlink_to(secret)
    git(clone, "update-index", "--add", "--cacheinfo", f"160000,{head},narratives/recits")
    git(clone, "add", "narratives/lieux")
    git(clone, "commit", "-q", "-m", "Un lien")

    done = push(clone, "main")

    assert done.returncode == 1
    assert "narratives/lieux/lien.yaml:1:1: erreur [lien-symbolique]" in done.stderr
    assert "narratives/recits:1:1: erreur [depot-imbrique]" in done.stderr
    assert "MOTDEPASSE" not in done.stderr
    assert refs(bare) == {}


def test_nothing_pushed_is_run_or_checked_out(bare: Path, clone: Path) -> None:
    write(clone, {"loosbot/__init__.py": "raise SystemExit(3)\n", "click.py": "1/0\n"})
    write(clone, {"schemas/lieu.json": "{}", "loosbot.yaml": "corpus: essai\n"})
    commit(clone, BROKEN)
    before = {file.relative_to(bare) for file in bare.rglob("*")}

    done = push(clone, "main")

    assert done.returncode == 1
    assert f"{FILE}:3:8: erreur" in done.stderr  # by the installed schemas
    assert {file.relative_to(bare) for file in bare.rglob("*")} == before


def test_a_long_list_of_errors_is_cut(clone: Path) -> None:
    for number in range(120):
        text = BROKEN.replace("champ", f"champ {number}")
        write(clone, {f"narratives/lieux/l{number}.yaml": text})
    commit(clone, BROKEN)

    done = push(clone, "main")

    assert done.stderr.count(": erreur [") == 100
    assert "Et 21 autres : « loosbot check » montre tout." in done.stderr
    assert ", 121 erreurs." in done.stderr


def test_the_wiki_that_a_push_names_is_not_spoken_to(
    clone: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    address = "http://127.0.0.1:9/api.php"
    folder = tmp_path / "config/loosbot"
    folder.mkdir(parents=True)
    (folder / "credentials").write_text(
        "".join(
            f"[{api}]\ncompte = Bot\nmot_de_passe = TRESSECRET\n"
            for api in (address, "http://127.0.0.1:19/api.php")
        )
    )
    (folder / "credentials").chmod(0o600)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    write(clone, {FILE: GOOD})
    (clone / "loosbot.yaml").write_text(f"corpus: essai\nwiki: {address}\n")
    git(clone, "add", "-A")
    git(clone, "commit", "-q", "-m", "Fiche")

    done = push(clone, "main")

    assert done.returncode == 0, done.stderr
    assert "connaît plusieurs wikis" in done.stderr
    assert "TRESSECRET" not in done.stderr


def test_what_is_too_much_to_read_is_refused(bare: Path, clone: Path) -> None:
    head = commit(clone)
    git(clone, "push", "-q", "depot", "main:essai")

    with pytest.raises(UserError, match=r"pèsent 0,0 Mio, et la limite"):
        receive.judge(bare, Update("refs/heads/main", head), Limits(bytes=40))
    with pytest.raises(UserError, match=r"duré plus de 0\.001 secondes"):
        receive.judge(bare, Update("refs/heads/main", head), Limits(seconds=0.001))
    assert receive.judge(bare, Update("refs/heads/main", head), Limits()).errors == 0


@pytest.mark.parametrize(
    ("wide", "levels", "message"), [(10, 7, "trop de fichiers"), (1, 30, "20 niveaux de dossiers")]
)
def test_folders_without_end_are_refused_at_once(
    bare: Path, clone: Path, wide: int, levels: int, message: str
) -> None:
    commit(clone)
    name = "n" * 3000 if wide > 1 else "n"
    inner = f"100644 blob {git(clone, 'rev-parse', f'HEAD:{FILE}')}"
    for _ in range(levels):
        folder = tree(clone, [f"{inner}\t{name}{n}" for n in range(wide)])
        inner = f"040000 tree {folder}"
    top = tree(clone, [f"{inner}\tnarratives"])
    head = git(clone, "commit-tree", top, "-m", "Sans fin")

    done = push(clone, f"{head}:refs/heads/main")

    assert done.returncode == 1
    assert message in done.stderr
    assert refs(bare) == {}


def tree(folder: Path, lines: list[str]) -> str:
    """A folder of git's, written from its lines: a disk would not take it."""
    done = subprocess.run(
        ["git", "mktree"], cwd=folder, input="\n".join(lines), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_documents_beside_the_records_weigh_nothing(bare: Path, clone: Path) -> None:
    write(clone, {"narratives/lieux/photo.png": b"x" * 5000, "notes.txt": b"y" * 5000})
    head = commit(clone)
    git(clone, "push", "-q", "depot", "main:essai")

    assert receive.judge(bare, Update("refs/heads/main", head), Limits(bytes=500)).records == 1


def test_work_is_ended_in_time_and_its_faults_come_back() -> None:
    started = time.monotonic()
    with pytest.raises(TimeoutError):
        within(0.2, lambda: time.sleep(30))
    assert time.monotonic() - started < 25
    with pytest.raises(ZeroDivisionError) as caught:
        within(10, lambda: 1 // 0)
    assert "test_hook.py" in caught.value.__notes__[0]
    with pytest.raises(UserError, match="d’un coup"):
        within(10, lambda: os._exit(9))


def test_two_publications_never_run_at_once(tmp_path: Path) -> None:
    events: list[str] = []
    waits = threading.Event()

    def second() -> None:
        with lock.alone(tmp_path, waits.set):
            events.append("second")

    with lock.alone(tmp_path, lambda: events.append("waited")):
        other = threading.Thread(target=second)
        other.start()
        assert waits.wait(LONG)
        events.append("first")
    other.join(LONG)
    assert events == ["first", "second"]


def test_a_push_waits_for_the_publication_of_another(bare: Path, clone: Path) -> None:
    commit(clone)
    with lock.alone(bare, lambda: None):
        pushing = subprocess.Popen(
            ["git", "push", "-q", "depot", "main"], cwd=clone, stderr=subprocess.PIPE, text=True
        )
        assert pushing.stderr is not None
        lines = iter(pushing.stderr)
        assert any("Une autre publication est en cours : attente…" in line for line in lines)
        assert not (bare / lock.LOG).exists()
    assert any("Votre envoi est bien enregistré dans git" in line for line in lines)
    pushing.communicate(timeout=LONG)
    assert pushing.returncode == 0
    assert (bare / lock.LOG).exists()


def test_a_lock_of_another_account_loses_no_push(bare: Path, clone: Path) -> None:
    head = commit(clone)
    (bare / lock.LOCK).mkdir()  # nobody can open it for writing, not even root

    done = push(clone, "main")

    assert done.returncode == 0
    assert "L’envoi est bien enregistré dans git." in done.stderr
    assert refs(bare) == {"refs/heads/main": head}


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGINT])
def test_a_publication_that_is_cut_off_is_told(bare: Path, clone: Path, blow: int) -> None:
    head = commit(clone)
    git(clone, "push", "-q", "depot", "main")
    (bare / missed.FILE).unlink()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        wiki = f"http://127.0.0.1:{silent.getsockname()[1]}/api.php"
        account = {"LOOSBOT_WIKI": wiki, "LOOSBOT_USER": "A@b", "LOOSBOT_PASSWORD": "c"}
        with subprocess.Popen(
            [sys.executable, "-m", "loosbot", "hook", "post-receive"],
            cwd=bare, env=os.environ | account, stdin=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, preexec_fn=hears_interrupts,
        ) as publishing:  # fmt: skip
            assert publishing.stdin and publishing.stderr
            publishing.stdin.write("- - refs/heads/main\n")
            publishing.stdin.close()
            with silent.accept()[0]:
                publishing.send_signal(blow)
                errors = publishing.stderr.read()
    if blow == signal.SIGINT:
        assert "Votre envoi est bien enregistré dans git ; le wiki n’est pas à jour." in errors
    [line] = missed.missed(bare)
    assert f"version {head[:12]} : la publication a été interrompue avant sa fin." in line


def test_a_full_log_is_put_aside(tmp_path: Path) -> None:
    (tmp_path / lock.LOG).write_text("x" * (1024 * 1024 + 1))

    lock.log(tmp_path, "main 0123", ["Fait."])

    assert (tmp_path / lock.LOG).read_text().endswith("Z main 0123\n  Fait.\n")
    assert (tmp_path / f"{lock.LOG}.1").stat().st_size == 1024 * 1024 + 1


@pytest.mark.parametrize("name", ["pre-receive", "post-receive"])
def test_who_runs_a_hook_by_hand_is_told_that_git_does(bare: Path, name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "loosbot", "hook", name],
        cwd=bare,
        input="main\n",
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2, done.stderr
    assert "C’est git qui l’appelle" in done.stderr
