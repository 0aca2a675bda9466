"""What the rules of a town ask of a field: whether anything is written there."""

from __future__ import annotations

from collections.abc import Iterator

from loosbot.corpus.values import UNKNOWN
from loosbot.trace.facts import View
from loosbot.trace.reported import Observation
from loosbot.trace.rules import FIELD, Rules


def observe(seen: View, rules: Rules) -> Iterator[Observation]:
    """Each field that a rule of the town looks at, where it is missing or unknown."""
    fields = {
        (type_, rule.topic)
        for rule in rules.all
        if rule.topic.startswith(FIELD)
        for type_ in rule.types
    }
    for record in seen.corpus.records.values():
        for type_, topic in sorted(fields):
            if record.type != type_:
                continue
            key = topic.removeprefix(FIELD)
            value = record.data.get(key)
            bare = value.get("valeur", value) if isinstance(value, dict) else value
            if key not in record.data:
                yield Observation(record.id, topic, "missing", ())
            elif bare == UNKNOWN:
                yield Observation(record.id, topic, "unknown", (key,))
