"""What a cassette keeps of a request and of an answer."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from vcr.request import Request

from loosbot.wiki.credentials import Credentials

CASSETTES = Path(__file__).parent / "cassettes"
HOST = "127.0.0.1"
SECRETS = {"lgpassword", "password", "token", "lgtoken", "logintoken"}
HIDDEN = "SECRET"
PORT = re.compile(re.escape(HOST) + r"(:|%3A)\d+")


@dataclass(frozen=True)
class Recorded:
    """Who can log in to the recorded wiki. The passwords are real only while recording."""

    credentials: Credentials
    human: Credentials
    admin: Credentials


def clean_request(request: Request) -> Request:
    """The request without secrets, headers and port: what is kept, and what is compared."""
    request.uri = PORT.sub(HOST, request.uri)
    request.headers = {}
    fields = parse_qsl((request.body or b"").decode(), keep_blank_values=True)
    request.body = PORT.sub(
        HOST,
        urlencode([(name, HIDDEN if name in SECRETS else value) for name, value in fields]),
    ).encode()
    return request


def clean_response(response: dict[str, Any]) -> dict[str, Any]:
    """The answer without tokens, cookies and port, as readable JSON."""
    answer = _without_tokens(json.loads(response["body"]["string"]))
    text = PORT.sub(HOST, json.dumps(answer, ensure_ascii=False, indent=1))
    kept = {"Content-Type": ["application/json; charset=utf-8"]}
    return {"status": response["status"], "headers": kept, "body": {"string": text.encode()}}


def _without_tokens(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: HIDDEN if name.endswith("token") else _without_tokens(child)
            for name, child in value.items()
        }
    if isinstance(value, list):
        return [_without_tokens(item) for item in value]
    return value
