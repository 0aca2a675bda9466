"""Values that nobody changes: mypy holds it, and Python does not ask again.

A frozen class of Python's own library takes three times as long to make an object, since each of
its attributes is set by a call, and a report makes a hundred thousand.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

Made = TypeVar("Made")

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(*, frozen: bool = False, **how: Any) -> Callable[[type[Made]], type[Made]]:
        """As :func:`dataclasses.dataclass`; a frozen one is compared and hashed by what it holds,
        as there."""
        return dataclasses.dataclass(unsafe_hash=frozen, **how)
