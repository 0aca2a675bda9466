"""No cassette holds a secret."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import pytest
import yaml
from recorder import CASSETTES, HIDDEN, SECRETS
from wikis import HUMAN

FORBIDDEN = {
    "token": re.compile(r"[0-9a-f]{32,}(\+|%2B)(\\|%5C)"),
    "cookie": re.compile(r"(?i)set-cookie|\bcookie:"),
    "authorization": re.compile(r"(?i)\bauthorization:"),
    "field": re.compile(rf"\b({'|'.join(sorted(SECRETS))})=(?!{HIDDEN}\b)"),
    "answer": re.compile(rf'token\\?"\s*:\s*\\?"(?!{HIDDEN}\b)'),
    "session": re.compile(r"(?i)session(id)?=|_session\b"),
    "port": re.compile(r"(127\.0\.0\.1|localhost)(:|%3A)\d"),
    "home": re.compile(r"/(home|root|tmp)/"),
}


def known_secrets(checkout: Path) -> list[str]:
    """The passwords of the tests' person and of the embedded wiki of this checkout, if any."""
    secrets = [HUMAN.password]
    file = checkout / ".loosbot" / "wiki" / "credentials"
    if file.exists():
        for account in json.loads(file.read_text(encoding="utf-8")).values():
            if isinstance(account, dict) and "password" in account:
                secrets.append(account["password"])
    return secrets


def faults(text: str, secrets: list[str]) -> list[str]:
    names = [name for name, pattern in FORBIDDEN.items() if pattern.search(text)]
    if any(form in text for secret in secrets for form in (secret, quote_plus(secret))):
        names.append("password")
    return names


def strings(value: Any) -> Iterator[str]:
    """Every text of a parsed cassette: YAML folds and escapes long lines."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield f"{name}: "
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    else:
        yield str(value)


def test_no_secret_is_kept(checkout: Path) -> None:
    secrets = known_secrets(checkout)
    files = sorted(CASSETTES.glob("*.yaml"))
    assert len(files) >= 10
    by_file = {}
    for file in files:
        raw = file.read_text(encoding="utf-8")
        parsed = "\n".join(strings(yaml.safe_load(raw)))
        by_file[file.name] = faults(raw, secrets) + faults(parsed, secrets)
    assert {name: what for name, what in by_file.items() if what} == {}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("body: action=login&lgname=A&lgpassword=abc&lgtoken=SECRET", "field"),
        ("body: action=edit&token=0123456789abcdef0123456789abcdef65000000%2B%5C", "token"),
        ('{"csrftoken": "abc"}', "answer"),
        ('"{\\"logintoken\\": \\"abc\\"}"', "answer"),
        ("Set-Cookie:\n - wiki_session=abc", "cookie"),
        ("http://127.0.0.1:8080/api.php", "port"),
        ("un-secret", "password"),
        ("un%2Bsecret", "password"),
    ],
)
def test_the_search_finds_what_it_looks_for(text: str, name: str) -> None:
    assert name in faults(text, ["un-secret", "un+secret"])
