"""Regular expressions that are compiled on first use.

Most of ours are for what nearly no file has, and every command paid for all of them before its
first word. One that each file is searched for is better compiled at once: it answers a little
sooner.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, AnyStr

_WAYS = ("search", "match", "fullmatch", "findall", "finditer", "split", "sub", "subn")

if TYPE_CHECKING:
    pattern = re.compile
else:

    class pattern:  # noqa: N801 - in the place of re.compile
        """As :func:`re.compile`, for the methods in ``_WAYS``."""

        def __init__(self, form: AnyStr, flags: int = 0) -> None:
            self.pattern = form
            self.flags = flags

    def _way(name: str) -> Callable[..., Any]:
        def first(self: pattern, *args: Any, **named: Any) -> Any:
            compiled = getattr(re.compile(self.pattern, self.flags), name)
            # an instance attribute shadows the method: later calls go straight to the compiled
            # pattern
            setattr(self, name, compiled)
            return compiled(*args, **named)

        return first

    for _name in _WAYS:
        setattr(pattern, _name, _way(_name))
