"""Validation of API answers: an answer of another shape is not from a MediaWiki API.

Only what we read is looked at; what MediaWiki adds in a later version passes.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

from loosbot.errors import WikiUnavailable
from loosbot.parsing import json_value

_HALF_A_SIGN = re.compile(r"\\u[dD][89a-fA-F]")


ANY = "*"
"""Every key of an object."""


class NotTheApi(WikiUnavailable):
    """What answers is not the API of a MediaWiki, or something on the way changed its answer."""

    def __init__(self, key: str) -> None:
        super().__init__(
            f"Ce qui répond n’est pas l’API d’un wiki MediaWiki : « {key} » manque dans sa "
            "réponse, ou n’y a pas la forme attendue.",
            "Vérifiez l’adresse (LOOSBOT_WIKI) : elle se termine par /api.php. Si elle est juste, "
            "un serveur entre loosbot et le wiki change peut-être les réponses.",
        )


class Part(dict[str, Any]):
    """An object of an answer; a missing key raises NotTheApi with its name, in French."""

    def __missing__(self, key: str) -> Any:
        raise NotTheApi(key)


MOMENT = "2026-01-01T00:00:00Z"
"""A text that is a moment, as this one."""
_MOMENT = re.compile(r"[0-9]{4}(?:-[0-9]{2}){2}T[0-9]{2}(?::[0-9]{2}){2}Z", re.ASCII)

_REVISION = {
    **dict.fromkeys(("revid", "parentid", "size"), int),
    **dict.fromkeys(("user", "comment", "sha1"), str),
    "timestamp": MOMENT,
    "tags": [str],
    "slots": {"main": {"content": str}},
}
_ENTRY = {
    **dict.fromkeys(("pageid", "revid", "parentid", "logid", "logpage"), int),
    **dict.fromkeys(("type", "action", "title", "user", "comment"), str),
    "timestamp": MOMENT,
    "rcid": int,
    "sortkeyprefix": str,
    "params": dict,
}
_STEP = {"from": str, "to": str, "title": str, "iw": str}
_QUERY = {
    "tokens": {"logintoken": str, "csrftoken": str},
    "userinfo": {"name": str, "rights": [str]},
    "general": {
        **dict.fromkeys(("generator", "sitename", "lang", "base"), str),
        "maxuploadsize": int,
    },
    "namespaces": {ANY: {"name": str, "canonical": str}},
    "namespacealiases": [{"alias": str, "id": int}],
    "fileextensions": [{"ext": str}],
    "pages": [
        {
            **dict.fromkeys(("pageid", "ns"), int),
            "title": str,
            "revisions": [_REVISION],
            "imageinfo": [{"sha1": str, "user": str}],
        }
    ],
    **{key: [_STEP] for key in ("normalized", "interwiki", "redirects")},
    **{key: [_ENTRY] for key in ("categorymembers", "embeddedin", "usercontribs")},
    **{key: [_ENTRY] for key in ("logevents", "recentchanges")},
}
_SAVED = {
    **dict.fromkeys(("oldrevid", "newrevid"), int),
    **dict.fromkeys(("title", "to"), str),
    "newtimestamp": MOMENT,
}
_ANSWER = {
    "query": _QUERY,
    "continue": dict,
    "curtimestamp": MOMENT,
    "errors": [dict],
    **dict.fromkeys(("error", "login", "clientlogin", "upload"), dict),
    **dict.fromkeys(("edit", "move"), _SAVED),
}
"""What we read of an answer, and of which type."""


def read(text: str) -> Part | None:
    """An answer of the API; None where it is no JSON object. Raises NotTheApi."""
    try:
        answer = json_value(text, object_pairs_hook=Part)
        if _HALF_A_SIGN.search(text):
            # a lone surrogate can be neither compared nor encoded
            json.dumps(answer, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise NotTheApi("\\ud800") from None
    except ValueError:
        return None
    if not isinstance(answer, Part):
        return None
    _require(answer, _ANSWER, "{")
    return answer


def _require(value: Any, form: Any, key: str) -> None:
    """Raise NotTheApi, with the name of the part, where ``value`` has not the form."""
    if form is MOMENT:
        if not _is_moment(value):
            raise NotTheApi(key)
        return
    if not isinstance(value, type(form) if isinstance(form, dict | list) else form):
        raise NotTheApi(key)
    if isinstance(form, list):
        for item in value:
            _require(item, form[0], key)
    elif isinstance(form, dict):
        for name, inside in form.items():
            for part in value if name == ANY else (name,):
                if part in value:
                    _require(value[part], inside, part)


def _is_moment(value: Any) -> bool:
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True
