"""A logged-in account: every request of loosbot to a wiki goes through ``Session.call``.

A session may be used from one thread at a time; ``clone`` gives another thread its own
connection to the same login. Clones share the cookies, the token and the request count, so a
login lost by one is renewed once for all.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from typing import Any, NoReturn

import loosbot
from loosbot.errors import WikiUnavailable
from loosbot.wiki.credentials import Credentials
from loosbot.wiki.exchange import Exchange, SessionState
from loosbot.wiki.failures import (
    AnswerLost,
    ApiError,
    DoorClosed,
    ReadRefused,
    RunStopped,
    api_error,
)
from loosbot.wiki.login import TOKEN, WHO_AM_I, Account, Login, Refused, login_of, proof, verdict
from loosbot.wiki.origins import Origins
from loosbot.wiki.patience import BROKEN_BUDGET, BUSY_BUDGET, Patience
from loosbot.wiki.prefetched import Prefetched
from loosbot.wiki.redaction import Redaction
from loosbot.wiki.request import Value, dressed, encoded, framed
from loosbot.wiki.revisions import WikiRefusal
from loosbot.wiki.transport import Attached, Line, parse_address

USER_AGENT = f"loosbot/{loosbot.__version__} (mwclient)"

MOST_GIVEN_UP = 3
"""Pages in a row that the wiki may fail to save before the run stops asking."""

SESSION_CODES = {"assertuserfailed", "assertbotfailed", "assertnameduserfailed"}
BLOCK_CODES = {"blocked", "autoblocked", "systemblocked"}
RIGHT_CODES = {"permissiondenied", "writeapidenied", "cantedit", "noedit"}
_AS_NOBODY = "query as nobody"


class Session:
    """A connection to the wiki of ``credentials``. Nothing is sent before the first call.

    Raises WikiUnavailable for an address that a password must not go to.
    """

    def __init__(
        self,
        credentials: Credentials,
        *,
        sleep: Callable[[float], None] = time.sleep,
        shared: SessionState | None = None,
    ) -> None:
        self._credentials = credentials
        self.sleep = sleep
        self._address = parse_address(credentials.api)
        self._line = Line(self._address, USER_AGENT)
        self._shared = SessionState() if shared is None else shared
        redaction = Redaction(credentials.password)
        self._exchange = Exchange(self._address.host, self._line, redaction, self._shared)
        self._keeper: Prefetched | None = None
        self._login: Login | None = None

    def __repr__(self) -> str:
        return f"Session({self._address.host}, {self._credentials.user})"

    def clone(self) -> Session:
        """Another connection with the same login, for another thread."""
        return Session(self._credentials, sleep=self.sleep, shared=self._shared)

    def prefetch(self, ask: Callable[[Session], object]) -> None:
        """Have a clone ask now, in another thread, what this session will ask before it writes.

        Returns at once; the first of these questions waits for all their answers, and raises the
        trouble that they met.
        """

        def run(keeper: Prefetched) -> None:
            with closing(self.clone()) as twin:
                twin._keeper = keeper
                ask(twin)

        self._shared.prefetched = Prefetched(run)

    def _known(self, action: str, params: dict[str, str]) -> dict[str, Any] | None:
        """The prefetched answer, if any. The clone that prefetches has none."""
        prefetched = self._shared.prefetched
        if prefetched is None or self._keeper:
            return None
        return prefetched.take(action, params)

    def close(self) -> None:
        """Drop the connection. The session can be used again; it will reconnect."""
        self._line.transport.close()

    @property
    def origins(self) -> Origins:
        """From which page each revision was read, by this session and its clones."""
        return self._shared.origins

    @property
    def requests(self) -> int:
        """How many HTTP requests this session and its clones have sent."""
        return self._shared.requests

    @property
    def host(self) -> str:
        return self._address.host

    def account(self) -> Account:
        """The account in use; logs in when nobody has yet.

        Raises WikiUnavailable when the wiki cannot be reached or refuses the login.
        """
        return self._current().account

    def is_open(self) -> bool:
        """Whether the wiki can be read without an account: asks as nobody, without a cookie.

        Raises WikiUnavailable.
        """
        fields = framed(encoded({"meta": "userinfo", "uiprop": "rights"}))
        if known := self._known(_AS_NOBODY, fields):
            return bool(known["open"])
        is_open = self._is_open(fields)
        if self._keeper:
            self._keeper.keep(_AS_NOBODY, fields, {"open": is_open})
        return is_open

    def _is_open(self, fields: dict[str, str]) -> bool:
        try:
            with closing(self.clone()) as nobody:
                patience = Patience(self.host, self.sleep)
                answer = nobody._exchange.send("query", fields, False, patience)
        except DoorClosed:
            return False
        if error := api_error(answer):
            return error.code != "readapidenied"
        return "read" in answer["query"]["userinfo"].get("rights", ())

    def wrote(self) -> None:
        """Note that the wiki took or refused a write: it works."""
        self._shared.given_up = 0

    def gave_up(self, detail: str) -> None:
        """Note that a page was given up after every retry, while the wiki answers our reading.

        One page may be too much for a wiki; raises RunStopped when it is every page.
        """
        with self._shared.lock:
            self._shared.given_up += 1
            if self._shared.given_up < MOST_GIVEN_UP:
                return
        raise RunStopped(
            f"Le wiki {self._address.host} n’enregistre plus aucune page : {detail}.",
            "Prévenez la personne qui s’en occupe (disque plein, base bloquée ?), puis relancez "
            "la même commande : rien n’est fait deux fois.",
        )

    def batch(self) -> int:
        """How many titles, ids or revisions one request may name (ApiBase::LIMIT_SML1 and 2)."""
        return 500 if "apihighlimits" in self.account().rights else 50

    def call(
        self,
        action: str,
        *,
        write: bool = False,
        attached: Attached | None = None,
        patient: bool = True,
        **params: Value,
    ) -> dict[str, Any]:
        """Send one API request, with a file where there is one, and return its answer.

        The answer is of formatversion 2. A wiki that is busy or closed is waited for where the
        request is worth it (``patient``).

        Lists are joined, True is sent as 1, False and None are left out. Waits, new tokens and a
        lost login are dealt with here. A read is repeated when its answer is lost.

        Raises:
            WikiUnavailable: no usable answer in a reasonable time, or login refused.
            ReadRefused: a read was answered by an error.
            RunStopped: every write would be refused (account blocked or without the right to
                edit), or the login was lost again just after it was renewed.
            WikiRefusal: a write was refused, in the wiki's own words.
            AnswerLost: a write was sent and its fate is unknown.
        """
        most = BUSY_BUDGET if patient else 0.0
        patience = Patience(self._address.host, self.sleep, most)
        fields = encoded(params)
        if write:
            # after a write, prefetched answers are out of date
            self._shared.prefetched = None
        elif known := self._known(action, fields):
            return known
        renewed: set[str] = set()
        while True:
            login = self._current()
            sent = dressed(fields, login, write)
            answer = self._exchange.send(action, sent, write, patience, attached)
            error = api_error(answer)
            if error is None:
                if self._keeper:
                    self._keeper.keep(action, fields, answer)
                return answer
            if error.code == "badtoken" and "token" not in renewed:
                renewed.add("token")
                self._renew(login)
            elif error.code in SESSION_CODES and "login" not in renewed:
                renewed.add("login")
                self._renew(login)
            elif error.code in SESSION_CODES:
                raise RunStopped(
                    f"Le wiki {self._address.host} ferme la session du compte "
                    f"« {login.account.name} » : {error.text}",
                    "Vérifiez les droits du compte sur le wiki, puis relancez.",
                )
            else:
                _refuse(error, login.account, write)

    def _current(self) -> Login:
        """The shared login, with its cookies put on this connection."""
        if (prefetched := self._shared.prefetched) and not self._keeper:
            prefetched.wait()
        with self._shared.lock:
            if self._shared.login is None:
                self._shared.login = self._log_in(started="")
            shared = self._shared.login
        if self._login is not shared:
            self._line.transport.cookies = shared.cookies.copy()
            self._login = shared
        return shared

    def _renew(self, failed: Login) -> None:
        """Replace a login that failed, unless another clone already did.

        A bad token gets a whole new login too: it costs three requests in place of one, happens
        when the session is gone nearly always, and leaves a single path to get right.
        """
        with self._shared.lock:
            if self._shared.login is failed:
                self._shared.login = self._log_in(failed.account.started)

    def _log_in(self, started: str) -> Login:
        """Log in; all over again where an answer was lost, or the wiki forgot us on the way.

        The middle step cannot simply be sent again: it spends the token, and the cookies of an
        answer that was cut make the wiki refuse it.
        """
        patience = Patience(self._address.host, self.sleep)
        begun_again = False
        while True:
            outcome = self._attempt_login(started)
            if isinstance(outcome, Login):
                return outcome
            if isinstance(outcome, AnswerLost):
                budget = BROKEN_BUDGET if outcome.retry_after is None else BUSY_BUDGET
                patience.wait(outcome.detail, budget, outcome.retry_after)
            elif outcome.forgotten and not begun_again:
                begun_again = True
            else:
                self._login_refused(outcome.words)

    def _attempt_login(self, started: str) -> Login | Refused | AnswerLost:
        self._line.transport.cookies.clear()
        tokens = self._step("query", TOKEN)
        if isinstance(tokens, Refused | AnswerLost):
            return tokens
        home = f"{self._address.scheme}://{self._address.host}/"
        params = proof(self._credentials, tokens, home)
        answer = self._step(params.pop("action"), params, once=True)
        if isinstance(answer, Refused | AnswerLost):
            return answer
        if refused := verdict(answer):
            return refused
        whoami = self._step("query", WHO_AM_I)
        if isinstance(whoami, Refused | AnswerLost):
            return whoami
        return login_of(whoami, self._line.transport.cookies.copy(), started)

    def _step(
        self, action: str, params: dict[str, str], *, once: bool = False
    ) -> dict[str, Any] | Refused | AnswerLost:
        """A request of the login itself: no assertion, and any error refuses the login.

        A request to be sent ``once`` is not repeated when its answer is lost.
        """
        patience = Patience(self._address.host, self.sleep)
        try:
            answer = self._exchange.send(action, framed(params), once, patience)
        except AnswerLost as lost:
            return lost
        except WikiRefusal as refusal:
            return Refused(refusal.info)
        error = api_error(answer)
        if error is None:
            return answer
        return Refused(error.text, error.code == "badtoken" or error.code in SESSION_CODES)

    def _login_refused(self, words: str) -> NoReturn:
        raise WikiUnavailable(
            f"Le wiki {self._address.host} refuse la connexion du compte "
            f"« {self._credentials.user} » : {' '.join(words.split()) or 'sans dire pourquoi'}",
            "Vérifiez le nom (LOOSBOT_USER, de la forme Nom@application pour un mot de passe de "
            "robot) et le mot de passe (LOOSBOT_PASSWORD). Un compte à double authentification "
            "a besoin d’un mot de passe de robot : page Special:BotPasswords du wiki.",
        )


def _refuse(error: ApiError, account: Account, write: bool) -> NoReturn:
    if not write:
        raise ReadRefused(error.code, error.text)
    blocked = error.code in BLOCK_CODES and not error.data.get("blockinfo", {}).get("blockpartial")
    if blocked or (error.code in RIGHT_CODES and "edit" not in account.rights):
        raise RunStopped(
            f"Le compte « {account.name} » ne peut rien écrire : {error.text}",
            "Demandez à un administrateur du wiki de lui rendre ses droits, puis relancez.",
        )
    raise WikiRefusal(error.code, error.text)
