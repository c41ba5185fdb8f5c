"""A CyberTipline on loopback: it holds every request to the schema and to the order of the interface, keeps reports,
and can be told to fail. Addresses, fields and codes as in docs/platforms.md."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import ssl
from collections import defaultdict, deque
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs
from xml.etree import ElementTree

import xmlschema
from multipart import MultipartParser

from tests.shared import SHARED

USER, PASSWORD = "esp", "pä:ss"
XSD = SHARED / "cybertip" / "cyber_tipline.xsd"


@cache
def schema() -> Any:
    """None where the schema is not beside the project: then only well-formedness is asked for."""
    return xmlschema.XMLSchema(XSD) if XSD.exists() else None


@dataclass
class Kept:
    """A report as the service has it."""

    xml: bytes
    files: dict[str, bytes] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    details: dict[str, ElementTree.Element] = field(default_factory=dict)
    state: str = "open"


class CyberTipline(ThreadingHTTPServer):
    """`plays` holds for each path what to do, once each, instead of answering."""

    daemon_threads = True

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.scheme = "http" if tls is None else "https"
        if tls is not None:
            self.socket = tls.wrap_socket(self.socket, server_side=True)
        self.reports: dict[int, Kept] = {}
        self.plays: dict[str, deque[str]] = defaultdict(deque)
        self.asked: list[str] = []
        self.closing = Event()
        schema()
        self.xsd = XSD.read_bytes() if XSD.exists() else b"<schema/>"
        self.thread = Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    @property
    def address(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_port}/ispws"

    def close(self) -> None:
        self.closing.set()
        self.shutdown()
        self.thread.join()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is part of the play."""


class _Handler(BaseHTTPRequestHandler):
    server: CyberTipline
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the base class's
        pass

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def _serve(self) -> None:
        path = self.path.removeprefix("/ispws")
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.asked.append(path)
        plays = self.server.plays[path]
        play = plays.popleft() if plays else ""
        wanted = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if self.headers["Authorization"] != wanted:
            self._send(401, b"")
        elif play.startswith("http "):
            self._send(int(play[5:]), b"<html>Bad gateway</html>")
        elif play == "hang up":
            self.close_connection = True
        elif play == "hang":
            self.server.closing.wait()
            self.close_connection = True
        elif path == "/xsd":
            self._send(200, self.server.xsd)
        else:
            self._play(path, body, play)

    def _play(self, path: str, body: bytes, play: str) -> None:
        """Do what is asked, and tell of it as the play wants."""
        answer = self._code(int(play[5:])) if play.startswith("code ") else self._done(path, body)
        if play == "lost":
            self.close_connection = True
        elif play == "half":
            self._send(200, answer, length=len(answer) + 100)
            self.close_connection = True
        elif play == "garbage":
            self._send(200, answer[: len(answer) // 2])
        elif play == "wrong md5":
            self._send(200, re.sub(rb"<hash>.*</hash>", b"<hash>" + b"0" * 32 + b"</hash>", answer))
        elif play == "newer":
            self._send(200, answer.replace(b"</responseCode>", b"</responseCode><news>x</news>"))
        else:
            self._send(200, answer)

    def _send(self, status: int, body: bytes, length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/xml; charset=utf-8")
        self.send_header("Request-ID", "req-7")
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def _done(self, path: str, body: bytes) -> bytes:
        doing = {
            "/status": self._status,
            "/submit": self._submit,
            "/upload": self._upload,
            "/fileinfo": self._fileinfo,
            "/finish": self._finish,
            "/retract": self._retract,
        }.get(path)
        return self._code(1210) if doing is None else doing(body)

    def _status(self, _body: bytes) -> bytes:
        return self._code(0)

    def _submit(self, body: bytes) -> bytes:
        if self.headers["Content-Type"] != "text/xml; charset=utf-8":
            return self._code(4000)
        if schema() is not None and not schema().is_valid(body.decode()):
            return self._code(4100, "Validation failed: see <b>")
        report_id = 7_000_000 + len(self.server.reports)
        self.server.reports[report_id] = Kept(body)
        return self._code(0, "Success", reportId=report_id)

    def _upload(self, body: bytes) -> bytes:
        boundary = self.headers["Content-Type"].partition("boundary=")[2]
        limit = len(body) + 1
        parts = {
            part.name: part
            for part in MultipartParser(
                io.BytesIO(body), boundary, spool_limit=limit, memory_limit=limit
            )
        }
        report_id = int(parts["id"].value)
        kept = self.server.reports.get(report_id)
        if kept is None:
            return self._code(5001)
        if kept.state != "open":
            return self._code(5102)
        content = parts["file"].raw
        file_id = hashlib.md5(content + bytes([len(kept.files)])).hexdigest()
        kept.files[file_id] = content
        kept.names.append(parts["file"].filename)
        md5 = hashlib.md5(content).hexdigest().upper()
        return self._code(0, "Success", reportId=report_id, fileId=file_id, hash=md5)

    def _fileinfo(self, body: bytes) -> bytes:
        if schema() is not None and not schema().is_valid(body.decode()):
            return self._code(4100)
        root = ElementTree.fromstring(body)
        kept = self.server.reports.get(int(root.findtext("reportId") or 0))
        file_id = root.findtext("fileId") or ""
        if kept is None or file_id not in kept.files:
            return self._code(5002)
        kept.details[file_id] = root
        return self._code(0)

    def _finish(self, body: bytes) -> bytes:
        report_id, kept = self._by_form(body)
        if kept is None:
            return self._code(5001)
        if kept.state != "open":
            return self._code(5102 if kept.state == "finished" else 5101)
        kept.state = "finished"
        files = "".join(f"<fileId>{file_id}</fileId>" for file_id in kept.files)
        return (
            f"<reportDoneResponse><responseCode>0</responseCode><reportId>{report_id}</reportId>"
            f"<files>{files}</files></reportDoneResponse>"
        ).encode()

    def _retract(self, body: bytes) -> bytes:
        report_id, kept = self._by_form(body)
        if kept is None:
            return self._code(5001)
        if kept.state != "open":
            return self._code(5102 if kept.state == "finished" else 5101)
        kept.state = "retracted"
        return self._code(0, "Success", reportId=report_id)

    def _by_form(self, body: bytes) -> tuple[int, Kept | None]:
        assert self.headers["Content-Type"] == "application/x-www-form-urlencoded"
        report_id = int(parse_qs(body.decode())["id"][0])
        return report_id, self.server.reports.get(report_id)

    def _code(self, code: int, description: str = "", **more: Any) -> bytes:
        rest = "".join(f"<{name}>{value}</{name}>" for name, value in more.items())
        description = description.replace("<", "&lt;")
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            f"<reportResponse><responseCode>{code}</responseCode>"
            f"<responseDescription>{description}</responseDescription>{rest}</reportResponse>"
        ).encode()
