"""``docs/serveur.md`` executed: MariaDB with a prefix, PHP-FPM behind nginx, then behind Apache, in
a subfolder.

The blocks are read from the guide; only addresses, ports and folders are exchanged.
"""

from __future__ import annotations

import hashlib
import http.cookiejar
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from depot import published
from desk import FILES, JARDIN, Desk
from patience import LONG
from PIL import Image
from programs import run
from wikis import CHECKOUT, Person, Wiki

from loosbot.wiki import embedded, install
from loosbot.wiki.credentials import Credentials

pytestmark = pytest.mark.outils

GUIDE = (CHECKOUT / "docs" / "serveur.md").read_text("utf-8")
CODE = CHECKOUT / ".loosbot" / f"mediawiki-{embedded.RELEASE}"
PASSWORD = "une-phrase-pour-les-tests"


def block(kind: str, holding: str = "") -> str:
    """The one block of the guide of this kind that holds these words."""
    blocks = re.findall(rf"^```{kind}\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    [body] = [text for text in blocks if holding in text]
    return str(body)


@dataclass(frozen=True)
class Server:
    """One machine: its folder, the ports of nginx and of the atelier behind it, and how its
    maintenance scripts are run."""

    folder: Path
    port: int
    atelier: int
    open: Path
    """A folder that the account of Apache may enter: this one is root's alone."""

    @property
    def socket(self) -> Path:
        return self.open / "php.sock"

    @property
    def settings(self) -> Path:
        return self.folder / "conf" / "LocalSettings.php"

    def exchanged(self, text: str) -> str:
        """The guide's words with the folders of this machine."""
        for old, new in {
            "/usr/share/mediawiki": str(CODE),
            "/etc/mediawiki": str(self.settings.parent),
            "/root/": f"{self.folder}/",
            "https://www.exemple.fr": f"http://127.0.0.1:{self.port}",
            "--dbserver=localhost": f"--dbserver=localhost:{self.folder}/sql.sock",
            "root /usr/share;": f"root {self.folder}/www;",
            "/run/php/php-fpm.sock": str(self.socket),
            "include fastcgi_params": "include /etc/nginx/fastcgi_params",
            "127.0.0.1:8910": f"127.0.0.1:{self.atelier}",
            "UN-MOT-DE-PASSE": PASSWORD,
        }.items():
            text = text.replace(old, new)
        return text

    def shell(self, text: str, configured: bool = True) -> str:
        env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        env["MW_CONFIG_FILE"] = str(self.settings if configured else self.folder / "none.php")
        return run(["bash", "-euc", self.exchanged(text)], env, CODE).stdout


def _until(ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + LONG
    while not ready():
        tail = log.read_text(errors="replace")[-2000:] if log.exists() else ""
        assert process.poll() is None, tail
        assert time.monotonic() < deadline, tail
        time.sleep(0.1)


def _database(folder: Path) -> subprocess.Popen[bytes]:
    """A MariaDB of this test alone, which listens on a socket only."""
    user = "--user=root"
    subprocess.run(
        [
            "mariadb-install-db",
            "--no-defaults",
            f"--datadir={folder}/sql",
            user,
            "--skip-test-db",
            "--auth-root-authentication-method=normal",
        ],
        check=True,
        capture_output=True,
        timeout=LONG,
    )
    log, socket = folder / "sql.log", folder / "sql.sock"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [
                "mariadbd",
                "--no-defaults",
                f"--datadir={folder}/sql",
                f"--socket={socket}",
                f"--pid-file={folder}/sql.pid",
                "--skip-networking",
                "--innodb-buffer-pool-size=64M",
                user,
            ],
            stdout=out,
            stderr=out,
        )
    _until(socket.exists, process, log)
    return process


def _php(server: Server) -> subprocess.Popen[bytes]:
    folder, settings = server.folder, server.settings
    program = next(
        path for version in ("8.2", "8.3", "8.4") if (path := shutil.which(f"php-fpm{version}"))
    )
    conf = folder / "php-fpm.conf"
    conf.write_text(
        f"[global]\nerror_log = {folder}/php.log\ndaemonize = no\n[www]\n"
        f"user = root\ngroup = root\nlisten = {server.socket}\nlisten.mode = 0666\n"
        "pm = static\npm.max_children = 4\n"
        f"env[MW_CONFIG_FILE] = {settings}\n"
    )
    (folder / "php").mkdir()
    (folder / "php" / "90-wiki.ini").write_text(block("ini", "upload_max_filesize"))
    process = subprocess.Popen(
        [program, "--allow-to-run-as-root", "--fpm-config", conf],
        env=os.environ | {"PHP_INI_SCAN_DIR": f":{folder}/php"},
    )
    _until(server.socket.exists, process, folder / "php.log")
    return process


def _nginx(server: Server) -> subprocess.Popen[bytes]:
    folder = server.folder
    (folder / "www").mkdir()
    (folder / "www" / "mediawiki").symlink_to(CODE)
    conf = folder / "nginx.conf"
    temporary = "".join(
        f"{name}_temp_path {folder}/t-{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    conf.write_text(
        f"daemon off;\nuser root;\npid {folder}/nginx.pid;\nerror_log {folder}/nginx.log;\n"
        "events {}\nhttp {\ninclude /etc/nginx/mime.types;\naccess_log off;\n"
        f"{temporary}server {{\nlisten 127.0.0.1:{server.port};\n"
        f"{server.exchanged(block('nginx', 'fastcgi'))}"
        f"{server.exchanged(block('nginx', 'proxy_pass'))}}}\n}}\n"
    )
    process = subprocess.Popen(
        ["nginx", "-c", conf, "-e", folder / "nginx.log"], stderr=subprocess.DEVNULL
    )
    _until(lambda: _answers(server), process, folder / "nginx.log")
    return process


def _answers(server: Server) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{server.port}/mediawiki/api.php", timeout=LONG)
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


MODULES = ("mpm_event", "authz_core", "alias", "mime", "proxy", "proxy_fcgi", "proxy_http", "dir")


def _apache(server: Server) -> subprocess.Popen[bytes]:
    """On the port that nginx had. Apache serves nothing as root: it becomes another account."""
    conf = server.folder / "apache.conf"
    modules = "".join(
        f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n" for name in MODULES
    )
    conf.write_text(
        f"ServerRoot {server.open}\nServerName localhost\nListen 127.0.0.1:{server.port}\n"
        f"{modules}User www-data\nGroup www-data\nPidFile {server.folder}/apache.pid\n"
        f"DefaultRuntimeDir {server.open}\nErrorLog {server.folder}/apache.log\n"
        f"TypesConfig /etc/mime.types\n{server.exchanged(block('apache', 'AllowEncodedSlashes'))}"
        f"{server.exchanged(block('apache', 'ProxyPass'))}"
    )
    log = server.folder / "apache.out"
    with log.open("wb") as out:
        process = subprocess.Popen(["apache2", "-f", conf, "-DFOREGROUND"], stdout=out, stderr=out)
    _until(lambda: _answers(server), process, log)
    return process


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    if os.geteuid() != 0:
        pytest.skip("it starts servers as root does")
    install.unpack(embedded.RELEASE, CODE)
    server = Server(
        tmp_path,
        embedded.any_port(),
        embedded.any_port(),
        Path(tempfile.mkdtemp(prefix="loosbot-")),
    )
    server.open.chmod(0o755)
    server.settings.parent.mkdir()
    for name in ("base.txt", "admin.txt"):
        (tmp_path / name).write_text(PASSWORD)
    processes = [_database(tmp_path)]
    try:
        subprocess.run(
            ["mariadb", "--no-defaults", f"--socket={tmp_path}/sql.sock", "--user=root"],
            input=server.exchanged(block("sql")).encode(),
            check=True,
        )
        server.shell(block("sh", "install.php"), configured=False)
        with server.settings.open("a") as out:
            out.write(server.exchanged(block("php")))
            # the tree is shared with other tests: nothing is written there
            out.write(f"$wgUploadDirectory = '{tmp_path}/images';\n$wgCacheDirectory = false;\n")
        (tmp_path / "images").mkdir()
        processes += [_php(server), _nginx(server)]
        yield server
    finally:
        for process in reversed(processes):
            process.terminate()
            process.wait(LONG)
        shutil.rmtree(server.open)


def _robot(server: Server) -> Credentials:
    output = server.shell(block("sh", "createBotPassword"))
    match = re.search(r"password:'([^']+)'", output)
    assert match, output
    api = f"http://127.0.0.1:{server.port}/mediawiki/api.php"
    [login] = re.findall(r"^compte = (\S+)$", block("ini", "compte"), re.MULTILINE)
    return Credentials(api, login, match[1])


def test_the_guide_makes_a_wiki_that_loosbot_publishes_to(server: Server) -> None:
    robot = _robot(server)
    admin = Credentials(robot.api, "Admin", PASSWORD)
    home = f"http://127.0.0.1:{server.port}/mediawiki/index.php"
    wiki = Wiki(
        dir=server.folder,
        pristine=server.folder,
        api=robot.api,
        home=home,
        port=server.port,
        release=embedded.RELEASE,
        closed=True,
        credentials=robot,
        human=admin,
        admin=admin,
    )
    desk = Desk.new(server.folder / "corpus", wiki, FILES)

    first = desk.sync()
    assert first.code == 0, first.out + first.err
    assert first.json["created"] > 3
    assert desk.sync().json["edits"] == 0
    server.shell("php maintenance/runJobs.php >/dev/null")
    assert set(desk.plan().actions().values()) == {"none"}

    person = Person(robot.api, admin)
    person.edit(JARDIN, person.page(JARDIN).replace("devient un jardin", "devient un verger"))
    assert desk.sync().code == 1
    assert desk.run("pull").code == 0
    assert "devient un verger" in (desk.folder / "narratives/projet/jardin.yaml").read_text()
    desk.write({})
    assert desk.sync().code == 0
    assert desk.sync().json["edits"] == 0

    seen = desk.run("doctor", "--format", "json")
    by_code = {finding["code"]: finding for finding in seen.json["findings"]}
    assert seen.code == 0, seen.out
    assert {"wiki-ferme", "droits", "version", "horloge", "pages"} <= by_code.keys()

    tables = subprocess.run(
        ["mariadb", "--no-defaults", f"--socket={server.folder}/sql.sock", "--user=root"],
        input=b"SHOW TABLES IN mediawiki NOT LIKE 'mw\\_%';",
        capture_output=True,
        check=False,
    )
    assert b"page" not in tables.stdout
    _require_closed(server)
    _take_a_photograph(desk, person)

    _behind_apache(server, desk, person)


def _take_a_photograph(desk: Desk, person: Person) -> None:
    """Of more bytes than PHP takes and more pixels than MediaWiki draws, unless they are told."""
    width, height = 2_700, 1_350
    noise = hashlib.shake_128(b"place").digest(width * height * 3)
    photo = Image.new("RGB", (5_000, 4_000), "green")
    photo.paste(Image.frombytes("RGB", (width, height), noise))
    file = desk.folder / "narratives" / "projet" / "place.jpg"
    photo.save(file, "JPEG", quality=95)
    assert 4 << 20 < file.stat().st_size < 8 << 20
    desk.change(
        "narratives/projet/place.yaml",
        "type: projet",
        "type: projet\ndocuments: [{fichier: place.jpg, alt: La place, licence: Ville}]",
    )
    sent = desk.sync()
    assert sent.code == 0, sent.out + sent.err
    assert sent.json["uploads"] == 1
    shown = person.call(action="parse", page="La place du marché", prop="text")["parse"]["text"]
    [picture] = re.findall(r'<img alt="La place" src="([^"]+)"', shown)
    assert "/img_auth.php/thumb/" in picture
    drawn = Image.open(BytesIO(person.file(picture)))
    assert drawn.size == (270, 216)


def _require_closed(server: Server) -> None:
    """What of MediaWiki's tree nobody reads."""
    for path in ("maintenance/install.php", "includes/Setup.php", "LICENSE", ".git/config"):
        with pytest.raises(urllib.error.HTTPError, match=r"40[34]"):
            urllib.request.urlopen(f"http://127.0.0.1:{server.port}/mediawiki/{path}", timeout=LONG)


@contextmanager
def _apache_instead(server: Server) -> Iterator[None]:
    """Apache by its blocks of the guide, in the place of nginx."""
    readable = ["setpriv", "--reuid=www-data", "--clear-groups", "test", "-r", f"{CODE}/api.php"]
    if subprocess.run(readable, check=False).returncode:
        pytest.skip("Apache's account may not read this checkout: nginx alone was tried")
    nginx = int((server.folder / "nginx.pid").read_text())
    os.kill(nginx, signal.SIGQUIT)
    _until_free(server.port)
    apache = _apache(server)
    try:
        yield
    finally:
        apache.terminate()
        apache.wait(LONG)


def _behind_apache(server: Server, desk: Desk, person: Person) -> None:
    """The same wiki behind Apache."""
    with _apache_instead(server):
        desk.change("narratives/projet/place.yaml", "un tilleul", "deux tilleuls")
        assert desk.sync().json["updated"] >= 1
        assert desk.sync().json["edits"] == 0
        assert "deux tilleuls" in person.page("La place du marché")
        home = f"http://127.0.0.1:{server.port}/mediawiki"
        with urllib.request.urlopen(f"{home}/", timeout=LONG) as answer:
            assert answer.url.startswith(f"{home}/index.php")
        for path in (
            "load.php?modules=startup&only=scripts&lang=fr&skin=vector-2022",
            "resources/assets/poweredby_mediawiki.svg",
        ):
            with urllib.request.urlopen(f"{home}/{path}", timeout=LONG) as answer:
                assert answer.status == 200
        _require_closed(server)


def _until_free(port: int) -> None:
    deadline = time.monotonic() + LONG
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return
        assert time.monotonic() < deadline
        time.sleep(0.1)


class Visitor:
    """A browser at the one address where wiki and atelier are: cookies, no scripts."""

    def __init__(self, server: Server) -> None:
        self.home = f"http://127.0.0.1:{server.port}"
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()),
        )

    def get(self, path: str) -> str:
        with self._opener.open(self.home + path, timeout=LONG) as answer:
            return str(answer.read().decode())

    def post(self, path: str, fields: Mapping[str, str | list[str]]) -> str:
        body = urllib.parse.urlencode(fields, doseq=True).encode()
        request = urllib.request.Request(self.home + path, body, {"Origin": self.home})
        with self._opener.open(request, timeout=LONG) as answer:
            return str(answer.read().decode())

    def log_in(self, name: str, password: str) -> None:
        """As the wiki's own form does."""
        page = self.get("/mediawiki/index.php?title=Special:UserLogin")
        [token] = re.findall(
            r'name="wpLoginToken"[^>]*value="([^"]+)"|value="([^"]+)" name="wpLoginToken"', page
        )
        fields = {"wpName": name, "wpPassword": password, "wpLoginToken": "".join(token)}
        fields |= {"authAction": "login", "wploginattempt": "1"}
        self.post("/mediawiki/index.php?title=Special:UserLogin", fields)

    def fill(self, page: str, fields: Mapping[str, str | list[str]]) -> str:
        """The form of a record, with these answers."""
        hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
        [action] = re.findall(r'action="([^"]+)"[^>]*id="fiche"', page)
        return self.post(action, {**dict(hidden), **fields})


@pytest.fixture
def atelier(server: Server) -> Iterator[Server]:
    """The town's atelier of the guide, behind its nginx."""
    robot = _robot(server)
    env = os.environ | {
        "LOOSBOT_WIKI": robot.api,
        "LOOSBOT_USER": robot.user,
        "LOOSBOT_PASSWORD": robot.password,
    }
    python = [sys.executable, "-m", "loosbot"]
    corpus, repo = server.folder / "corpus", server.folder / "corpus.git"
    files = {**FILES, "loosbot.yaml": "corpus: essai\npublient: [sysop]\n"}
    published(corpus, repo, files, env)
    [started] = re.findall(r"^ExecStart=\S+/loosbot (atelier (?:.*\\\n)*.*)$", GUIDE, re.MULTILINE)
    words = server.exchanged(started.replace("\\\n", " ")).replace("/srv/git", str(server.folder))
    words = words.replace("--port 8910", f"--port {server.atelier}")
    with subprocess.Popen(
        [*python, *words.split()], stdout=subprocess.PIPE, text=True, env=env
    ) as process:
        try:
            assert process.stdout
            assert "ouvert" in process.stdout.readline()
            yield server
        finally:
            process.terminate()


def test_the_atelier_of_the_guide_behind_nginx_and_its_wiki(atelier: Server) -> None:
    """Identity by the wiki's own cookies, at one origin, on a closed wiki."""
    stranger = Visitor(atelier)
    with pytest.raises(urllib.error.HTTPError, match="403"):
        stranger.get("/atelier/")
    admin = Visitor(atelier)
    admin.log_in("Admin", PASSWORD)
    start = admin.get("/atelier")
    assert "Que voulez-vous faire" in start and "Admin" in start
    assert 'href="/atelier/ecrire/recit"' in start
    typed = {
        "titre": "Le banc de Marie",
        "projet": JARDIN,
        "voix._items": "n0",
        "voix.n0.qui": "Marie D.",
        "voix.n0.role": "habitant",
        "voix.n0.texte": "Elle voulait un banc.",
        "voix.n0.consentement.etat": "public",
        "voix.n0.consentement.portee": "wiki",
        "_action": "publier",
    }
    published = admin.fill(admin.get("/atelier/ecrire/recit"), typed)
    assert "C’est publié." in published
    page = urllib.parse.quote("Le_banc_de_Marie")
    assert "Elle voulait un banc." in admin.get(f"/mediawiki/index.php/{page}")
    # who logs out of the wiki is logged out here at the next request
    form = admin.get("/atelier/ecrire/lieu")
    logout = admin.get("/mediawiki/index.php?title=Special:UserLogout")
    [token] = re.findall(
        r'name="wpEditToken"[^>]*value="([^"]+)"|value="([^"]+)" name="wpEditToken"', logout
    )
    admin.post("/mediawiki/index.php?title=Special:UserLogout", {"wpEditToken": "".join(token)})
    with pytest.raises(urllib.error.HTTPError, match="403") as refused:
        admin.fill(form, {"titre": "La rue Hoche", "_action": "enregistrer"})
    assert "La rue Hoche" in refused.value.read().decode()
    with _apache_instead(atelier):
        _written_behind_apache(atelier)
    logs = [*atelier.folder.glob("*.log"), *atelier.folder.glob("corpus.git/*.log")]
    assert logs and not [file for file in logs if b"mw_session" in file.read_bytes()]


def _written_behind_apache(atelier: Server) -> None:
    """The same atelier behind Apache: who comes is known by the wiki, and publishes."""
    with pytest.raises(urllib.error.HTTPError, match="403"):
        Visitor(atelier).get("/atelier/")
    admin = Visitor(atelier)
    admin.log_in("Admin", PASSWORD)
    assert "Que voulez-vous faire" in admin.get("/atelier")
    place = {"titre": "La rue Hoche", "genre": "rue", "_action": "publier"}
    published = admin.fill(admin.get("/atelier/ecrire/lieu"), place)
    assert "C’est publié." in published
    assert "La rue Hoche" in admin.get("/mediawiki/index.php/La_rue_Hoche")
