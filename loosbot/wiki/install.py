"""Installing Debian's MediaWiki in a folder: no Apache, no service, nothing under /usr."""

from __future__ import annotations

import fcntl
import json
import os
import re
import secrets as random
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from loosbot import resources
from loosbot.errors import UsageError, UserError, WikiUnavailable
from loosbot.files import reason, write_private
from loosbot.wiki.instance import Account, Instance, Secrets, of_another
from loosbot.wiki.privileges import account_for

SUITES = {"1.39": "bookworm", "1.43": "trixie"}
"""MediaWiki release -> the Debian suite that carries it."""

EXTENSIONS = ("ParserFunctions", "TemplateData", "Cite", "InputBox", "WikiEditor", "VisualEditor")
SKINS = ("Vector", "Timeless", "MinervaNeue")
_CLOSED = "$wgGroupPermissions['*']['read'] = false;\n"

BOT = "Loosbot"
BOT_APP = "loosbot"
ADMIN = "Admin"
GRANTS = (
    *("basic", "highvolume", "editpage", "createeditmovepage", "uploadeditmovefile"),
    "editmyoptions",
)

_MODULES = {
    "pdo_sqlite": "php-sqlite3",
    "intl": "php-intl",
    "mbstring": "php-mbstring",
    "xml": "php-xml",
    "apcu": "php-apcu",
}
_SIGNED = (
    "-oAPT::Get::AllowUnauthenticated=false",
    "-oAcquire::AllowInsecureRepositories=false",
    "-oAcquire::AllowWeakRepositories=false",
    "-oAcquire::AllowDowngradeToInsecureRepositories=false",
)
"""Whatever this machine allows elsewhere: lists are signed, packages have the hash they name."""
_SOURCES = """\
deb [signed-by={key}] http://deb.debian.org/debian {suite} main
deb [signed-by={key}] http://deb.debian.org/debian-security {suite}-security main
"""
_KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"


def require_php() -> None:
    """Raise WikiUnavailable, naming the Debian packages to install, where PHP lacks something."""
    missing = list(_MODULES.values())
    if shutil.which("php") is None:
        missing.insert(0, "php-cli")
    else:
        modules = subprocess.run(
            ["php", "-m"], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
        ).stdout.lower()
        loaded = set(modules.split())
        missing = [package for module, package in _MODULES.items() if module not in loaded]
    if missing:
        raise WikiUnavailable(
            f"Il manque, pour le wiki embarqué, les paquets Debian {', '.join(missing)}.",
            f"sudo apt-get install --no-install-recommends {' '.join(missing)}",
        )


def unpack(release: str, target: Path) -> None:
    """Put the MediaWiki tree of ``release`` at ``target``, once: there after, return at once.

    Raises UsageError for a release that no Debian suite carries, WikiUnavailable where the
    packages cannot be had.
    """
    if release not in SUITES:
        raise UsageError(
            f"MediaWiki {release} n’est pas proposé.", f"Versions : {', '.join(SUITES)}."
        )
    if target.is_dir():
        return
    for program in ("apt-get", "dpkg-deb"):
        if shutil.which(program) is None:
            raise WikiUnavailable(
                f"{program} est introuvable : le wiki embarqué vient des paquets de Debian.",
                "Lancez loosbot sur Debian, ou donnez l’adresse d’un wiki dans LOOSBOT_WIKI.",
            )
    target.parent.mkdir(parents=True, exist_ok=True)
    with (
        locked(target.parent / f".{target.name}.lock"),
        tempfile.TemporaryDirectory(dir=target.parent, prefix=".unpack-") as scratch,
    ):
        if target.is_dir():  # another process unpacked it while we waited for the lock
            return
        root = Path(scratch) / "root"
        for package in _download(release, Path(scratch)):
            _run(["dpkg-deb", "-x", str(package), str(root)])
        tree = root / "usr" / "share" / "mediawiki"
        for link in ("LocalSettings.php", "config", "images", "extensions"):
            (tree / link).unlink(missing_ok=True)
        (tree / "extensions").symlink_to("extensions-core")
        tree.rename(target)


def install(instance: Instance, release: str, code: Path, closed: bool) -> Secrets:
    """Install a fresh wiki with its accounts in ``instance``; remains of a failed try are
    removed."""
    erase(instance)
    instance.data.mkdir(parents=True)
    instance.cache.mkdir()
    admin = Account(ADMIN, random.token_urlsafe(18))
    secret_key = random.token_hex(32)
    with tempfile.TemporaryDirectory(dir=instance.dir, prefix=".install-") as scratch:
        give(instance, code, Path(scratch))
        run_php(
            [
                "maintenance/install.php",
                "--dbtype=sqlite",
                "--dbname=wiki",
                f"--dbpath={instance.data}",
                f"--confpath={scratch}",
                "--lang=fr",
                "--server=http://127.0.0.1",
                "--scriptpath=",
                "--passfile=php://stdin",
                "Wiki communal",
                admin.user,
            ],
            code,
            instance,
            stdin=admin.password,
            fresh=True,
        )
    for database in instance.data.glob("*.sqlite"):
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
    write_settings(instance, code, secret_key, closed)
    make_accounts(instance, code, [(Account(BOT, ""), ("bot",))])
    output = run_php(
        [
            "maintenance/createBotPassword.php",
            f"--appid={BOT_APP}",
            f"--grants={','.join(GRANTS)}",
            BOT,
        ],
        code,
        instance,
    )
    password = re.search(r"password:'([^']+)'", output)
    if password is None:
        raise RuntimeError("createBotPassword.php no longer prints the password as expected")
    bot = Account(f"{BOT}@{BOT_APP}", password[1])
    secrets_made = Secrets(release, code, closed, secret_key, bot, admin)
    instance.write_secrets(secrets_made)
    return secrets_made


def make_accounts(
    instance: Instance, code: Path, accounts: list[tuple[Account, tuple[str, ...]]]
) -> None:
    """Make accounts with their groups. An empty password: nobody can log in with one."""
    rows = [
        {"user": account.user, "password": account.password or None, "groups": groups}
        for account, groups in accounts
    ]
    run_php([str(instance.accounts)], code, instance, stdin=json.dumps(rows))


def run_php(
    arguments: list[str], code: Path, instance: Instance, stdin: str = "", fresh: bool = False
) -> str:
    """Run a script of MediaWiki's; a ``fresh`` wiki has no settings yet. Gives what it printed.

    Raises CalledProcessError.
    """
    settings = Path("/nonexistent/LocalSettings.php") if fresh else instance.settings
    account = account_for(instance.dir, code)
    command = ["php", *arguments]
    return _run(
        account.command(command) if account else command,
        code,
        php_environment(code, settings),
        stdin,
    )


def update(instance: Instance, code: Path) -> None:
    """Bring the database to what the tree at ``code`` wants. Raises CalledProcessError."""
    run_php(["maintenance/update.php", "--quick"], code, instance)


def kept_data(instance: Instance, release: str) -> Path:
    """Where an upgrade keeps the content as it was under ``release``."""
    return instance.dir / f"data-{release}"


def put_back(instance: Instance, release: str) -> None:
    """Undo an upgrade from ``release`` that was killed while it exchanged the content."""
    old_data = kept_data(instance, release)
    if old_data.exists():
        shutil.rmtree(instance.data, ignore_errors=True)
        old_data.rename(instance.data)


def write_settings(instance: Instance, code: Path, secret_key: str, closed: bool) -> None:
    """(Re)write our PHP files, so that a newer loosbot brings its settings to an older wiki."""
    write_private(instance.settings, _local_settings(code, secret_key, closed))
    for file in (instance.router, instance.keeper, instance.accounts):
        write_private(file, resources.text(f"wiki/{file.name}"))
    give(instance, code)


def _local_settings(code: Path, secret: str, closed: bool) -> str:
    """The text of LocalSettings.php for the tree at ``code``; loads what that tree carries.

    ``secret`` is hexadecimal. ``closed`` shuts the wiki to readers without an account.
    """
    loads = [f"wfLoadExtension( '{n}' );" for n in EXTENSIONS if _has(code / "extensions" / n)]
    loads += [f"wfLoadSkin( '{n}' );" for n in SKINS if _has(code / "skins" / n)]
    settings = resources.text("wiki/settings.php").replace("@SECRET@", secret)
    return settings.replace("# @CLOSED@", _CLOSED if closed else "").replace(
        "# @LOAD@", "\n".join(loads)
    )


def _has(folder: Path) -> bool:
    return any((folder / name).is_file() for name in ("extension.json", "skin.json"))


def give(instance: Instance, code: Path, *more: Path) -> None:
    """Make the account that runs PHP the owner of what PHP reads and writes."""
    if account := account_for(instance.dir, code):
        account.own((*instance.php, instance.data, instance.cache, *more))


def erase(instance: Instance) -> None:
    """Remove a wiki's content and accounts; the MediaWiki tree and the owner's settings stay."""
    # credentials first: without them the rest counts as an incomplete installation
    for file in (instance.credentials, *instance.php):
        file.unlink(missing_ok=True)
    old_data = [kept_data(instance, release) for release in SUITES]
    for folder in (instance.data, instance.cache, *old_data):
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold an exclusive lock between processes, so that two starts at once make one wiki.

    Raises UserError where the folder is another account's, or cannot be.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        stream = path.open("w")
    except PermissionError as error:
        raise of_another(path.parent) from error
    except OSError as error:
        raise UserError(
            f"« {path.parent} » ne peut pas être écrit : {reason(error)}.",
            "Choisissez un autre dossier.",
        ) from error
    with stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def php_environment(code: Path, settings: Path) -> dict[str, str]:
    """The whole environment of a PHP process: nothing of ours (passwords) goes along."""
    inherited = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    return inherited | {
        "LC_ALL": "C.UTF-8",
        "MW_INSTALL_PATH": str(code),
        "MW_CONFIG_FILE": str(settings),
    }


def _download(release: str, scratch: Path) -> list[Path]:
    """The two .deb files, from the machine's own sources where they carry this release."""
    options: list[str] = []
    policy = _run(["apt-cache", "policy", "mediawiki"])
    if f"Candidate: 1:{release}." not in policy:
        options = _private_lists(SUITES[release], scratch)
        _apt("update", options, scratch)
    _apt("download", options, scratch, "mediawiki", "mediawiki-classes")
    return sorted(scratch.glob("*.deb"))


def _private_lists(suite: str, scratch: Path) -> list[str]:
    """Options that make apt read only this suite, without touching the machine's own lists."""
    for folder in ("lists/partial", "cache/archives/partial"):
        (scratch / folder).mkdir(parents=True)
    sources = scratch / "sources.list"
    sources.write_text(_SOURCES.format(key=_KEYRING, suite=suite), encoding="utf-8")
    settings = {
        "Dir::State::Lists": scratch / "lists",
        "Dir::Cache": scratch / "cache",
        "Dir::Etc::sourcelist": sources,
        "Dir::Etc::sourceparts": "-",
        "Acquire::Languages": "none",
        # The machine's own after-update hooks (package kit and the like) have no business here.
        "APT::Update::Post-Invoke": "",
        "APT::Update::Post-Invoke-Success": "",
    }
    return [f"-o{key}={value}" for key, value in settings.items()]


def _apt(verb: str, options: list[str], folder: Path, *packages: str) -> None:
    try:
        # apt must not drop to its _apt user, which cannot write into a private folder
        _run(
            ["apt-get", "-q", "-oAPT::Sandbox::User=root", *_SIGNED, *options, verb, *packages],
            folder,
        )
    except subprocess.CalledProcessError as error:
        last = (str(error.stderr).strip().splitlines() or ["?"])[-1]
        raise WikiUnavailable(
            f"MediaWiki n’a pas pu être téléchargé depuis Debian : {last}",
            "Vérifiez la connexion, puis : sudo apt-get update",
        ) from error


def _run(
    command: list[str],
    folder: Path | None = None,
    environment: dict[str, str] | None = None,
    stdin: str = "",
) -> str:
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment if environment is not None else os.environ | {"LC_ALL": "C.UTF-8"},
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        output = (
            f"{done.stderr}\n{done.stdout}".strip()
        )  # maintenance scripts write errors to either stream
        error = subprocess.CalledProcessError(done.returncode, command, done.stdout, output)
        error.add_note(output)
        raise error
    return done.stdout
