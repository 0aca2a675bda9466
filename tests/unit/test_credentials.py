"""A password goes only to the address it was stored with."""

from __future__ import annotations

from pathlib import Path

import pytest

from loosbot.errors import WikiUnavailable
from loosbot.wiki.credentials import Credentials, find, normalised

TOWN = "https://wiki.loos.example/api.php"
OTHER = "https://ailleurs.example/api.php"


def stored(home: Path, text: str, mode: int = 0o600) -> dict[str, str]:
    """An environment whose credentials file holds this text."""
    file = home / "config" / "loosbot" / "credentials"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)
    return {"XDG_CONFIG_HOME": str(home / "config")}


def entry(address: str, word: str = "secret") -> str:
    return f"[{address}]\ncompte = Robot@app\nmot_de_passe = {word}\n"


def empty(home: Path) -> dict[str, str]:
    return {"XDG_CONFIG_HOME": str(home / "config")}


def test_environment_comes_first(tmp_path: Path) -> None:
    env = stored(tmp_path, entry(OTHER)) | {
        "LOOSBOT_WIKI": TOWN,
        "LOOSBOT_USER": "Loosbot@app",
        "LOOSBOT_PASSWORD": "p%@: ss",
    }

    assert find(tmp_path, env, OTHER) == Credentials(TOWN, "Loosbot@app", "p%@: ss")


def test_account_is_the_part_before_the_at_sign() -> None:
    assert Credentials(TOWN, "Loosbot@app", "x").account == "Loosbot"
    assert Credentials(TOWN, "Camille", "x").account == "Camille"


def test_repr_hides_the_password() -> None:
    assert "secret" not in repr(Credentials(TOWN, "Loosbot@app", "secret"))


def test_only_entry_of_the_file_is_used(tmp_path: Path) -> None:
    env = stored(tmp_path, entry(TOWN, "un % et un #"))

    assert find(tmp_path, env) == Credentials(TOWN, "Robot@app", "un % et un #")


def test_corpus_chooses_among_stored_addresses(tmp_path: Path) -> None:
    env = stored(tmp_path, entry(TOWN, "un") + entry(OTHER, "deux"))

    assert find(tmp_path, env, OTHER).password == "deux"
    with pytest.raises(WikiUnavailable, match="connaît plusieurs wikis"):
        find(tmp_path, env)


def test_corpus_never_draws_a_password_to_its_own_address(tmp_path: Path) -> None:
    env = stored(tmp_path, entry(TOWN))

    with pytest.raises(WikiUnavailable, match=r"Aucun mot de passe.*pirate\.example"):
        find(tmp_path, env, "https://pirate.example/api.php")


def test_password_of_the_environment_needs_its_address_there(tmp_path: Path) -> None:
    env = empty(tmp_path) | {"LOOSBOT_USER": "Loosbot@app", "LOOSBOT_PASSWORD": "secret"}

    with pytest.raises(WikiUnavailable, match="sans l’adresse du wiki"):
        find(tmp_path, env, "https://pirate.example/api.php")


def test_environment_may_name_a_stored_address(tmp_path: Path) -> None:
    env = stored(tmp_path, entry(TOWN)) | {"LOOSBOT_WIKI": "HTTPS://Wiki.Loos.example:443/api.php"}

    assert find(tmp_path, env) == Credentials(TOWN, "Robot@app", "secret")


def test_stored_password_is_not_given_to_another_account(tmp_path: Path) -> None:
    env = stored(tmp_path, entry(TOWN)) | {"LOOSBOT_WIKI": TOWN, "LOOSBOT_USER": "Autre@app"}

    with pytest.raises(WikiUnavailable, match="Autre@app sur"):
        find(tmp_path, env)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    env = stored(tmp_path, entry(TOWN), mode)

    with pytest.raises(WikiUnavailable, match="D’autres que vous") as refusal:
        find(tmp_path, env)
    assert "chmod 600" in refusal.value.hint


@pytest.mark.parametrize(
    "text", ["secret-sans-forme", "[https://w.example/api.php]\nsecret-sans-forme\n", "[\x00secret"]
)
def test_faulty_file_is_explained_without_quoting_it(tmp_path: Path, text: str) -> None:
    with pytest.raises(WikiUnavailable, match="n’est pas lisible") as refusal:
        find(tmp_path, stored(tmp_path, text))
    assert "secret" not in refusal.value.message + refusal.value.hint


def test_entry_without_password_is_named(tmp_path: Path) -> None:
    with pytest.raises(WikiUnavailable, match="il manque « compte » ou « mot_de_passe »"):
        find(tmp_path, stored(tmp_path, f"[{TOWN}]\ncompte = Robot@app\n"))


def test_nothing_found_says_how_to_have_a_wiki(tmp_path: Path) -> None:
    with pytest.raises(WikiUnavailable) as refusal:
        find(tmp_path, empty(tmp_path))
    assert "loosbot wiki start" in refusal.value.hint
    assert refusal.value.exit_code == 3


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("https://Wiki.Example/w/api.php", "https://wiki.example/w/api.php"),
        ("https://wiki.example:443/api.php", "https://wiki.example/api.php"),
        ("https://wiki.example:8443/api.php", "https://wiki.example:8443/api.php"),
        (" http://127.0.0.1:8080/api.php ", "http://127.0.0.1:8080/api.php"),
        ("http://localhost/api.php", "http://localhost/api.php"),
        ("http://[::1]:8080/api.php", "http://[::1]:8080/api.php"),
    ],
)
def test_address_has_one_form(given: str, wanted: str) -> None:
    assert normalised(given) == wanted


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("http://wiki.example/api.php", "en clair"),
        ("http://127.0.0.1.pirate.example/api.php", "en clair"),
        ("http://127.0.0.1@pirate.example/api.php", "ni compte, ni mot de passe"),
        ("https://robot:secret@wiki.example/api.php", "ni compte, ni mot de passe"),
        ("https://wiki.example/api.php?x=1", "ni compte, ni mot de passe"),
        ("https://wiki.example/", "n’est pas l’adresse de l’API"),
        ("ftp://wiki.example/api.php", "n’est pas l’adresse de l’API"),
        ("wiki.example/api.php", "n’est pas l’adresse de l’API"),
        ("https://wiki.example:port/api.php", "n’est pas l’adresse de l’API"),
        ("https://robot:secret@wiki.example/", "n’est pas l’adresse de l’API"),
    ],
)
def test_unfit_address_is_refused_without_repeating_a_secret(address: str, message: str) -> None:
    with pytest.raises(WikiUnavailable, match=message) as refusal:
        normalised(address)
    assert "secret" not in refusal.value.message
