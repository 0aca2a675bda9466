"""Frozen dataclasses without the cost: mypy checks that they are not changed, not Python at run
time.

A frozen class of Python's own library takes three times as long to make an object, since each of
its attributes is set by a call, and a report makes a hundred thousand. How two objects are
compared, hashed and written is compiled when that is asked first: of hundreds of classes, a run
asks it of a few.
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
        if not frozen or how.keys() - {"slots"}:
            return dataclasses.dataclass(unsafe_hash=frozen, **how)

        def made(cls: type[Made]) -> type[Made]:
            own = vars(cls)
            new = dataclasses.dataclass(eq=False, repr=False, **how)(cls)
            for name in _ASKED:
                if name not in own:
                    setattr(new, name, _first(new, name))
            return new

        return made


_ASKED = ("__eq__", "__hash__", "__repr__")


def _first(cls: Any, name: str) -> Callable[..., Any]:
    """A method that, on its first call, replaces itself by the one that ``dataclasses``
    generates."""

    def asked(*objects: Any) -> Any:
        fields = [
            (
                field.name,
                Any,
                dataclasses.field(repr=field.repr, hash=field.hash, compare=field.compare),
            )
            for field in dataclasses.fields(cls)
        ]
        twin = dataclasses.make_dataclass("Twin", fields, unsafe_hash=True)
        method = getattr(twin, name)
        setattr(cls, name, method)
        return method(*objects)

    return asked
