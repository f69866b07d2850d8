"""The YAML language server that VS Code runs, asked what it marks in a file."""

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote


@dataclass(frozen=True)
class Mark:
    """What is underlined: the line (from 1) and what is said of it."""

    line: int
    said: str
    severity: int


class Editor:
    """One server for as long as the tests run."""

    def __init__(self, server: Path, locale: str = "zh-cn") -> None:
        self.process = subprocess.Popen(
            ["node", str(server), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.number = 0
        self.marks: dict[str, list[Mark]] = {}
        settings = {"yaml": {"validate": True, "schemaStore": {"enable": False}, "hover": True}}
        self.settings: Mapping[str, Any] = settings
        self.ask(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": None,
                "locale": locale,
                "capabilities": {"workspace": {"configuration": True}},
            },
        )
        self.tell("initialized", {})

    def tell(self, method: str, params: Mapping[str, Any]) -> None:
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def ask(self, method: str, params: Mapping[str, Any]) -> Any:
        self.number += 1
        number = self.number
        self._send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        while True:
            message = self._take()
            if message.get("id") == number and "method" not in message:
                return message.get("result")

    def open(self, files: Mapping[Path, str]) -> dict[Path, list[Mark]]:
        """Show files to the server; return what it marks in each."""
        uris = {path: "file://" + quote(str(path)) for path in files}
        self.marks.clear()
        for path, uri in uris.items():
            item = {"uri": uri, "languageId": "yaml", "version": 1, "text": files[path]}
            self.tell("textDocument/didOpen", {"textDocument": item})
        while not set(uris.values()) <= self.marks.keys():
            self._take()
        for uri in uris.values():
            self.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
        return {path: self.marks[uri] for path, uri in uris.items()}

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()

    def _send(self, message: Mapping[str, Any]) -> None:
        body = json.dumps(message).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def _take(self) -> dict[str, Any]:
        assert self.process.stdout
        size = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            size = int(value) if name.lower() == b"content-length" else size
        assert size, "the language server ended"
        message: dict[str, Any] = json.loads(self.process.stdout.read(size))
        method, params = message.get("method"), message.get("params", {})
        if method == "workspace/configuration":
            asked = [self.settings.get(item["section"], {}) for item in params["items"]]
            self._send({"jsonrpc": "2.0", "id": message["id"], "result": asked})
        elif method == "client/registerCapability":
            self._send({"jsonrpc": "2.0", "id": message["id"], "result": None})
        elif method == "textDocument/publishDiagnostics":
            from urllib.parse import unquote

            uri = "file://" + quote(unquote(params["uri"].removeprefix("file://")))
            self.marks[uri] = [
                Mark(d["range"]["start"]["line"] + 1, d["message"], d["severity"])
                for d in params["diagnostics"]
            ]
        return message
