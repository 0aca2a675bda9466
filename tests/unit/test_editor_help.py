"""What an editor shows of a record while somebody writes it: yaml-language-server, over LSP, on the
shipped schemas and the first line that each new file has."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from wikis import CHECKOUT

pytestmark = [pytest.mark.outils, pytest.mark.slow]

SERVER = CHECKOUT / ".venv/editeur/node_modules/yaml-language-server/bin/yaml-language-server"
RECORD = """# $schema: ../../schemas/recit.json
type: recit
titre: Un banc
voix:
  - qui: Marie D.
    role: chevalier
    texte: Un banc.
    \n"""
ROLE, EMPTY = 5, 7
"""Lines of the record: that of the role, and one with nothing yet."""
_SETTINGS = {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}


class Editor:
    """The few words of the Language Server Protocol that an editor says."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            ["node", SERVER, "--stdio"], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._number = 0
        self.findings: list[dict[str, Any]] = []
        self.ask("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}})
        self.tell("initialized", {})

    def tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def ask(self, method: str, params: Any) -> Any:
        self._number += 1
        mine = self._number
        self._send({"id": mine, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == mine and "method" not in message:
                return message["result"]
            self._take(message)

    def wait_for_findings(self) -> list[dict[str, Any]]:
        """The first that the server publishes; it does so when it has read the schema."""
        while not self.findings:
            self._take(self._receive())
        return self.findings

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()

    def _take(self, message: dict[str, Any]) -> None:
        if message.get("method") == "textDocument/publishDiagnostics":
            self.findings = message["params"]["diagnostics"]
        elif "id" in message and "method" in message:
            asked = message["params"].get("items", ()) if message["params"] else ()
            answer = [_SETTINGS if request.get("section") == "yaml" else {} for request in asked]
            self._send({"id": message["id"], "result": answer})

    def _send(self, message: dict[str, Any]) -> None:
        assert self._process.stdin
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout
        size = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            size = int(value) if name.lower() == b"content-length" else size
        assert size, "the server ended"
        message: dict[str, Any] = json.loads(self._process.stdout.read(size))
        return message


@pytest.fixture
def editor(tmp_path: Path) -> Iterator[Editor]:
    shutil.copytree(CHECKOUT / "schemas", tmp_path / "schemas")
    made = Editor(tmp_path)
    yield made
    made.close()


def test_the_first_line_of_a_record_is_enough_for_an_editor(editor: Editor, tmp_path: Path) -> None:
    address = (tmp_path / "narratives/recit/un-banc.yaml").as_uri()
    document = {"uri": address, "languageId": "yaml", "version": 1, "text": RECORD}
    editor.tell("textDocument/didOpen", {"textDocument": document})

    [finding] = editor.wait_for_findings()
    assert finding["range"]["start"] == {"line": ROLE, "character": 10}
    assert "habitant" in finding["message"]

    def at(line: int, character: int) -> dict[str, Any]:
        place = {"line": line, "character": character}
        return {"textDocument": {"uri": address}, "position": place}

    keys = editor.ask("textDocument/completion", at(EMPTY, 4))["items"]
    assert {"consentement", "nature", "themes"} <= {item["label"] for item in keys}
    words = editor.ask("textDocument/completion", at(ROLE, 10))["items"]
    meanings = {item["label"]: item["documentation"] for item in words}
    assert meanings["agent"] == "Il travaille dans les services de la ville."
    shown = json.dumps(editor.ask("textDocument/hover", at(4, 5)), ensure_ascii=False)
    assert "Qui parle" in shown
