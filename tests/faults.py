"""What can go wrong with one request on its way through the proxy."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from proxy import Answer, Exchange, Fault, cookies


def dropped_before(exchange: Exchange) -> None:
    """The wiki never hears of it."""


def dropped_after(exchange: Exchange) -> None:
    """The wiki did it, and nobody is told."""
    exchange.forward()


def truncated(exchange: Exchange) -> Answer:
    """The connection ends in the middle of the answer."""
    answer = exchange.forward()
    return replace(answer, body=answer.body[: len(answer.body) // 2])


def shortened(exchange: Exchange) -> Answer:
    """Half an answer that says that it is whole."""
    answer = truncated(exchange)
    return replace(answer, length=len(answer.body))


def status(code: int, retry_after: str = "", acted: bool = False) -> Fault:
    """A front server answers; ``acted`` tells that the wiki did what was asked all the same."""

    def fault(exchange: Exchange) -> Answer:
        if acted:
            exchange.forward()
        return _page(code, f"<h1>{code}</h1>", retry_after)

    return fault


def html(acted: bool = False) -> Fault:
    """An error page for people, which says that all is well."""
    return status(200, acted=acted)


def maxlag(exchange: Exchange) -> Answer:
    """The wiki's own answer to a lag that is too large, with a shorter wait than its five."""
    if "maxlag" not in exchange.request.params:
        return exchange.forward()
    answer = exchange.forward(maxlag="-2")
    headers = tuple(header for header in answer.headers if header[0].lower() != "retry-after")
    return replace(answer, headers=(*headers, ("Retry-After", "1")))


def readonly(exchange: Exchange) -> Answer:
    """The wiki's own answer while it is closed for maintenance."""
    with exchange.proxy.alone, exchange.proxy.wiki.read_only():
        return exchange.forward()


def expired(exchange: Exchange) -> Answer:
    """The wiki forgets this login for good: its cookies are worth nothing any more."""
    exchange.proxy.dead.update(cookies(exchange.headers))
    return exchange.forward()


def bad_token(exchange: Exchange) -> Answer:
    """The wiki does not know the token any more."""
    if "token" not in exchange.request.params:
        return exchange.forward()
    return exchange.forward(token="0123456789abcdef0123456789abcdef+\\")


def delayed(seconds: float) -> Fault:
    """Nothing is lost but time."""

    def fault(exchange: Exchange) -> Answer:
        time.sleep(seconds)
        return exchange.forward()

    return fault


def meanwhile(act: Callable[[], object]) -> Fault:
    """Somebody is quicker: ``act`` is done when the request has left and not arrived."""

    def fault(exchange: Exchange) -> Answer:
        with exchange.proxy.alone:
            act()
        return exchange.forward()

    return fault


def fatal(strike: Callable[[], object], acted: bool = False) -> Fault:
    """The bot is killed while its request is on its way, or when the wiki has carried it out."""

    def fault(exchange: Exchange) -> None:
        if acted:
            exchange.forward()
        strike()

    return fault


def afterwards(act: Callable[[], object]) -> Fault:
    """Somebody is quick: ``act`` is done when the wiki has answered and the bot not heard."""

    def fault(exchange: Exchange) -> Answer:
        answer = exchange.forward()
        with exchange.proxy.alone:
            act()
        return answer

    return fault


def unheard(act: Callable[[], object]) -> Fault:
    """The wiki did it, somebody acts on what it made of it, and the bot is told of neither."""

    def fault(exchange: Exchange) -> None:
        afterwards(act)(exchange)

    return fault


def _page(code: int, text: str, retry_after: str) -> Answer:
    headers = [("Content-Type", "text/html; charset=utf-8")]
    if retry_after:
        headers.append(("Retry-After", retry_after))
    return Answer(code, tuple(headers), text.encode(), len(text.encode()))
