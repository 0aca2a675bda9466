"""Write into pages/modeles/ the types and the words of the parameters, as the schemas have them.

Run it after a change of a vocabulary or of a field; a test says when it is due.
"""

from __future__ import annotations

import sys

from loosbot import resources
from loosbot.fields.templatedata import filled


def main() -> int:
    for file in sorted(resources.templates().glob("*.wiki")):
        text = file.read_text(encoding="utf-8")
        now = filled(file.stem, text)
        if now != text:
            file.write_text(now, encoding="utf-8")
            sys.stdout.write(f"{file}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
