"""XML from strangers, read as a stream: nothing is kept, nothing is fetched, no entity is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.parsers import expat

from loosbot.dump.check.bounds import DEEPEST, MOST_ELEMENTS, Budget, LimitReached
from loosbot.dump.check.received import Unreadable

Start = Callable[[str, dict[str, str]], None]


def walk(
    chunks: Iterable[bytes],
    budget: Budget,
    start: Start = lambda name, given: None,
    end: Callable[[str], None] = lambda text: None,
) -> None:
    """Read a document; ``start`` is called with ``namespace}name`` and the attributes of each
    element, ``end`` with the text of each that holds no other. Raises Unreadable, LimitReached.
    """
    # fixed here, so that expat never looks up an encoding that the file names
    parser = expat.ParserCreate("utf-8", "}")
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.buffer_text = True
    seen = depth = 0
    texts: list[str] = []

    def opened(name: str, given: dict[str, str]) -> None:
        nonlocal seen, depth
        seen, depth = seen + 1, depth + 1
        if seen > MOST_ELEMENTS or depth > DEEPEST:
            raise LimitReached("pas relu jusqu’au bout, trop d’éléments")
        if not seen % 10_000:
            budget.look()
        texts.clear()
        start(name, given)

    def closed(_name: str) -> None:
        nonlocal depth
        depth -= 1
        end("".join(texts))
        texts.clear()

    def declared(_version: str, encoding: str | None, _alone: int) -> None:
        if encoding and encoding.lower() != "utf-8":
            raise Unreadable("déclare un autre encodage que UTF-8")

    def typed(*_given: object) -> None:
        raise Unreadable("contient une déclaration DOCTYPE, aucun export n’en a")

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = texts.append
    parser.XmlDeclHandler = declared
    parser.StartDoctypeDeclHandler = typed
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Unreadable(f"XML mal formé, ligne {error.lineno}") from error
