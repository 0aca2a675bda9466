#!/bin/sh
# kongin turns a record that its archive withdrew into a live item without a title, open to everyone.
#
# Guess: several titles and languages of a record are merged. The guess was wrong: they are kept. The withdrawn records
# were noticed on the way.
#
# In OAI-PMH an archive announces that it withdrew a record with a header of status "deleted" and no metadata (2.5.1).
# kongin reads that (record.deleted is true). Yet converted to a DSpace item, by record.to_dspace() or for a whole
# harvest by export_to_dspace, it is archived, discoverable and not withdrawn, with an empty name: two records, one of
# them withdrawn, become two items.
#
# No error or warning.
#
# Source: export_record (kongin/exporters/dspace.py:166) has the three states as constants, and no module looks at
# "deleted" once the header is read.
#
# Why it matters here: an archive withdraws what somebody no longer wants to be public. A harvester should let go of it;
# instead it shows an empty record that nothing takes back.
#
# Seen with kongin 0.4.0, Python 3.11. Exits 0 where it is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check kongin==0.4.0
cd "$folder"
venv/bin/python - <<'PYTHON'
import json
import sys
from importlib.metadata import version

import kongin
from kongin.parser import OAIParser

print("kongin", version("kongin"))
CARD = (
    '<metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/ '
    'http://www.openarchives.org/OAI/2.0/oai_dc.xsd"><dc:title xml:lang="fr">Un banc</dc:title></oai_dc:dc></metadata>'
)


def record(number: int, state: str, card: str) -> str:
    return (
        f"<record><header{state}><identifier>oai:example.org:{number}</identifier>"
        f"<datestamp>2026-11-29</datestamp></header>{card}</record>"
    )


WITHDRAWN = ' status="deleted"'
ANSWER = (
    '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">'
    "<responseDate>2026-11-29T10:00:00Z</responseDate>"
    '<request verb="ListRecords" metadataPrefix="oai_dc">http://example.org/oai</request>'
    f"<ListRecords>{record(1, '', CARD)}{record(2, WITHDRAWN, '')}</ListRecords></OAI-PMH>"
)
records = list(OAIParser().parse_records(ANSWER))
items = json.loads(kongin.export_to_dspace(records))
items = items if isinstance(items, list) else items["items"]
STATES = ("name", "metadata", "inArchive", "discoverable", "withdrawn")
found = [(one.deleted, *(item[state] for state in STATES)) for one, item in zip(records, items, strict=True)]
TITLE = {"dc.title": [{"value": "Un banc", "language": "fr", "authority": None, "confidence": -1}]}
SEEN = [(False, "Un banc", TITLE, True, True, False), (True, "", {}, True, True, False)]
for one in found:
    print("withdrawn there:", one[0], "-> here:", dict(zip(STATES, one[1:], strict=True)))
alone = records[1].to_dspace()["withdrawn"]
still = found == SEEN and alone is False
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
