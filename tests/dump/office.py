"""LibreOffice, which opens the tables of a dump as people do."""

from __future__ import annotations

import csv
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path


class Office:
    """LibreOffice of a French town hall, which nobody sees."""

    FRENCH, ENGLISH = 1036, 1033

    def __init__(self, profile: Path) -> None:
        self._profile = profile
        settings = profile / "user/registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_IN_FRENCH, "utf-8")

    def _convert(self, to: str, out: Path, files: Iterable[Path], *more: str) -> None:
        subprocess.run(
            ["soffice", f"-env:UserInstallation={self._profile.as_uri()}", "--headless", *more,
             "--convert-to", to, "--outdir", out, *files],
            check=True, capture_output=True, timeout=300,
        )  # fmt: skip

    def read_again(
        self,
        files: Iterable[Path],
        out: Path,
        language: int = ENGLISH,
        *,
        quoted_is_text: bool = True,
    ) -> dict[str, str]:
        """CSV files opened by the gesture of docs/dumps.md, as it writes them: texts in quotes.

        In French, so that « ; » stands between the cells and a comma in the decimals.
        """
        quoted = "true" if quoted_is_text else "false"
        self._convert(
            f"csv:Text - txt - csv (StarCalc):59,34,76,1,,{self.FRENCH},true,true", out, files,
            f"--infilter=CSV:44,34,76,1,,{language},{quoted},false",
        )  # fmt: skip
        return {path.stem: path.read_text("utf-8") for path in out.glob("*.csv")}

    def tables_come_back(self, dump: Path, out: Path) -> None:
        """Each text is a text, each number a number, nothing was computed."""
        files = sorted((dump / "data").glob("*.csv"))
        again = self.read_again(files, out)
        for path in files:
            # the names of columns are texts too, which we write without quotes
            _, _, rows = path.read_text("utf-8").partition("\n")
            _, _, body = again[path.stem].partition("\n")
            assert body == re.sub(_CELL, _in_french, rows), path.stem

    def workbook_is_the_tables(self, dump: Path, out: Path) -> None:
        """Every sheet, as its cells are shown."""
        every = "csv:Text - txt - csv (StarCalc):44,34,76,1,,1036,true,true,false,false,false,-1"
        self._convert(every, out, [dump / "donnees.ods"])
        for path in sorted((dump / "data").glob("*.csv")):
            with path.open(encoding="utf-8", newline="") as file:
                wanted = list(csv.reader(file))
            with (out / f"donnees-{path.stem}.csv").open(encoding="utf-8", newline="") as file:
                shown = list(csv.reader(file))
            plain = [[cell.replace(",", ".") for cell in row] for row in wanted]
            assert [[cell.replace(",", ".") for cell in row] for row in shown] == plain, path.stem


_CELL = re.compile(r'("(?:[^"]|"")*"|[^,\n]*)([,\n])')


def _in_french(cell: re.Match[str]) -> str:
    """A cell as a French LibreOffice writes it, with what follows."""
    value = cell[1] if cell[1].startswith('"') else cell[1].replace(".", ",")
    return value + cell[2].replace(",", ";")


_IN_FRENCH = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>fr-FR</value></prop></item>
</oor:items>
"""
