#!/bin/sh
# Taguette reads a code book that it wrote itself with other words, where few letters have accents.
#
# It writes the CSV of a code book in UTF-8, and guesses the encoding when it reads one, by chardet.
# A French code book whose only accent is that of "Fierté", or which has but a typographic
# apostrophe, comes back with "Fiert√©", "Lâ€™usure": two coders who share it no longer code with
# the same tags. With a second accent all is well, which is why nobody sees it in a large one.
#
# Seen with taguette 1.5.2 and chardet 5.2.0, Python 3.11. Exits 0 where it is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check taguette==1.5.2 chardet==5.2.0
"$folder/venv/bin/python" - <<'PYTHON'
import io
import sys
from importlib.metadata import version
from types import SimpleNamespace

from taguette.export import codebook_csv
from taguette.import_codebook import list_tags

print("taguette", version("taguette"), "chardet", version("chardet"))


def back(*paths: str) -> list[str]:
    """The tags of a code book that is exported, then imported."""
    tags = [
        SimpleNamespace(path=path, description="", highlights_count=0, documents_count=0)
        for path in paths
    ]
    written = io.StringIO(newline="")
    codebook_csv(tags, written)
    return [tag["path"] for tag in list_tags(io.BytesIO(written.getvalue().encode("utf-8")))]


SEEN = (
    (("Banc", "Fierté"), ["Banc", "Fiert√©"]),
    (("Banc", "L’usure"), ["Banc", "Lâ€™usure"]),
    (("Banc", "Fierté", "Écoute"), ["Banc", "Fierté", "Écoute"]),
)
still = True
for paths, seen in SEEN:
    found = back(*paths)
    print(*paths, "->", *found)
    still = still and found == seen
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
