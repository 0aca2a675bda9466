"""Links in the order in which they are kept, and turned around. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from loosbot.corpus.model import Link


def backlinks(links: Iterable[Link]) -> dict[str, tuple[Link, ...]]:
    """Links by target, everything sorted; they come as :func:`ordered` gives them."""
    pointing: dict[str, list[Link]] = {}
    for link in links:
        pointing.setdefault(link.target, []).append(link)
    return {target: tuple(pointing[target]) for target in sorted(pointing)}


def by_source(links: Iterable[Link]) -> dict[str, list[Link]]:
    """Links by where they are, in the order in which they come."""
    leaving: dict[str, list[Link]] = {}
    for link in links:
        leaving.setdefault(link.source, []).append(link)
    return leaving


def ordered(links: Iterable[Link]) -> tuple[Link, ...]:
    """Every link once: by its source, by its place there, by its target."""
    return joined({source: in_order(own) for source, own in by_source(links).items()})


def joined(leaving: Mapping[str, Iterable[Link]]) -> tuple[Link, ...]:
    """The links of every source, those of each in order already."""
    return tuple(link for source in sorted(leaving) for link in leaving[source])


def in_order(links: Iterable[Link]) -> list[Link]:
    """The links of one source: each once, by its place, by its target."""
    once = {(link.path, link.target): link for link in links}
    try:
        return [once[place] for place in sorted(once)]
    except TypeError:
        # a key and an index at one place do not compare with each other
        return sorted(once.values(), key=_order)


def _order(link: Link) -> tuple[list[tuple[bool, str | int]], str]:
    return [(isinstance(key, int), key) for key in link.path], link.target
