"""Asking the wiki who somebody is, with the cookies that their browser sent.

The header goes to the address of the configuration and nowhere else: no redirect is followed, no
cookie of an answer is kept, and nothing of it is written anywhere.
"""

from __future__ import annotations

from urllib.parse import urlencode

import urllib3

from loosbot.atelier.town.identity import SILENT, Person, Unidentified, read_answer
from loosbot.parsing import json_value
from loosbot.wiki.transport import parse_address

_ASKED = urlencode(
    {
        "action": "query",
        "meta": "userinfo",
        "uiprop": "groups|blockinfo",
        "format": "json",
        "formatversion": "2",
    }
)
_CONNECT, _ANSWER = 3.0, 6.0
_MOST = 65_536
"""Bytes of an answer: the groups of an account."""
_LONGEST_COOKIES = 16_384
_CONNECTIONS = 16


class Wiki:
    """The wiki at ``api``, asked anew at every request."""

    def __init__(self, api: str) -> None:
        parse_address(api)  # a password's rules hold for a login too: https, or this machine
        self._address = f"{api}?{_ASKED}"
        # urllib3 has no cookie jar: cookies of one person's answer cannot leak into another request
        self._pool = urllib3.PoolManager(maxsize=_CONNECTIONS, block=False, retries=False)

    def who(self, cookies: str) -> Person | Unidentified:
        """The person whose browser sent this header."""
        if not cookies or len(cookies) > _LONGEST_COOKIES or not _is_plain(cookies):
            return read_answer({"query": {"userinfo": {"id": 0, "anon": True}}})
        try:
            answer = self._pool.request(
                "GET",
                self._address,
                headers={"Cookie": cookies, "User-Agent": "loosbot-atelier"},
                redirect=False,
                retries=False,
                timeout=urllib3.Timeout(connect=_CONNECT, read=_ANSWER),
                preload_content=False,
            )
        except (urllib3.exceptions.HTTPError, OSError):
            return SILENT
        try:
            body = answer.read(_MOST + 1, decode_content=True)
        except (urllib3.exceptions.HTTPError, OSError):
            answer.close()
            return SILENT
        if len(body) > _MOST:
            answer.close()  # unread bytes must not be taken for the next answer
        answer.release_conn()
        if answer.status != 200 or len(body) > _MOST:
            return SILENT
        try:
            return read_answer(json_value(body))
        except ValueError:
            return SILENT


def _is_plain(header: str) -> bool:
    """Whether it is one line that HTTP can carry."""
    return all(" " <= letter <= "\xff" and letter != "\x7f" for letter in header)
