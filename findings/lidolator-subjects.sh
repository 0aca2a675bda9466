#!/bin/sh
# lidolator dates a photograph of a museum by what is to be seen on it.
#
# Guess (after its source was read): the date of the object and the one of its subject are in one list. They are; that in a
# file of several objects the first is gone was found by running it.
#
# It makes a dictionary of LIDO, in which museums hand on what they keep. In LIDO (1.0 and 1.1) what happened to an object, as
# when and by whom it was made, is in eventWrap; what it shows is in subjectWrap, where subjectEvent has a date of its own. A
# file may have one object (lido) or several (lidoWrap).
#
# 1. Of a photograph that was taken in 1979, on which one sees a feast of 1936, "displayDate" is 1979 and 1936, with nothing
#    that tells which is which; so with "earliestDate" and "latestDate".
# 2. In a lidoWrap, also of that photograph alone, its date is 1936; 1979 is nowhere, nor is who took it.
#
# Nothing is said; it has no page of its own, and its issues were looked for.
#
# Its source: to_dict (lidolator.py) has the paths of both under one name, and begins those of eventWrap without ".//", so
# that they are looked for under the root alone.
#
# Here: a museum that has photographs of a town hands them on with what they show; a record that is made of one is forty years
# too old.
#
# Seen with lidolator 0.1, Python 3.11; the two files were held against LIDO's elements by eye. Exits 0 where both are still
# so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check lidolator==0.1
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys
from importlib.metadata import version

import lidolator

print("lidolator", version("lidolator"))
SPACE = 'xmlns:lido="http://www.lido-schema.org"'


def day(date: str) -> str:
    ends = f"<lido:earliestDate>{date}</lido:earliestDate><lido:latestDate>{date}</lido:latestDate>"
    return f"<lido:eventDate><lido:displayDate>{date}</lido:displayDate><lido:date>{ends}</lido:date></lido:eventDate>"


def photograph(number: int, taken: str, shown: str, space: str = "") -> str:
    return f"""<lido:lido {space}>
<lido:lidoRecID lido:type="local">{number}</lido:lidoRecID>
<lido:descriptiveMetadata xml:lang="fr">
<lido:objectClassificationWrap><lido:objectWorkTypeWrap><lido:objectWorkType><lido:term>photographie</lido:term>
</lido:objectWorkType></lido:objectWorkTypeWrap></lido:objectClassificationWrap>
<lido:objectIdentificationWrap><lido:titleWrap><lido:titleSet><lido:appellationValue>Fête {number}</lido:appellationValue>
</lido:titleSet></lido:titleWrap></lido:objectIdentificationWrap>
<lido:eventWrap><lido:eventSet><lido:event><lido:eventType><lido:term>prise de vue</lido:term></lido:eventType>
<lido:eventActor><lido:actorInRole><lido:actor><lido:actorID lido:type="local">ada</lido:actorID>
<lido:nameActorSet><lido:appellationValue>Ada E.</lido:appellationValue></lido:nameActorSet></lido:actor>
</lido:actorInRole></lido:eventActor>{day(taken)}</lido:event></lido:eventSet></lido:eventWrap>
<lido:objectRelationWrap><lido:subjectWrap><lido:subjectSet><lido:subject><lido:subjectEvent><lido:event>
<lido:eventType><lido:term>fête</lido:term></lido:eventType>{day(shown)}
</lido:event></lido:subjectEvent></lido:subject></lido:subjectSet></lido:subjectWrap></lido:objectRelationWrap>
</lido:descriptiveMetadata>
<lido:administrativeMetadata xml:lang="fr"><lido:recordWrap><lido:recordID lido:type="local">{number}</lido:recordID>
<lido:recordType><lido:term>objet</lido:term></lido:recordType><lido:recordSource><lido:legalBodyName>
<lido:appellationValue>Musée</lido:appellationValue></lido:legalBodyName></lido:recordSource></lido:recordWrap>
</lido:administrativeMetadata></lido:lido>"""


SEEN = {
    "alone": (photograph(1, "1979", "1936", SPACE), ["Fête 1"], ["1979", "1936"], ["1979", "1936"], ["ada"]),
    "in a wrap": (f"<lido:lidoWrap {SPACE}>{photograph(1, '1979', '1936')}</lido:lidoWrap>", ["Fête 1"], ["1936"], ["1936"], []),
}
still = True
for case, (text, *seen) in SEEN.items():
    read = lidolator.from_string(text)
    found = [[value.text for value in read.get(name, [])] for name in ("title", "displayDate", "earliestDate", "actor")]
    print(case, "->", *found)
    still = still and found == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
