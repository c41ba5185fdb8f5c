"""A time-stamp authority on this machine, made with `openssl ts` and a throw-away chain of certificates."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_CONFIG = """
[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign
[signer]
basicConstraints = CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[authority]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


@dataclass(frozen=True)
class Authority:
    """Answers requests. `roots` is the file with its root certificate."""

    folder: Path
    name: str

    @property
    def roots(self) -> Path:
        return self.folder / "root.pem"

    @classmethod
    def made_in(cls, folder: Path, name: str) -> Authority:
        folder.mkdir()
        (folder / "serial").write_text("01\n")
        (folder / "config").write_text(_CONFIG.format(folder=folder))
        authority = cls(folder, name)
        authority._certificate("root", f"Root of {name}", by="root")
        authority._certificate("between", f"Between of {name}", by="root")
        authority._certificate("signer", name, by="between")
        chain = (folder / "between.pem").read_text() + (folder / "root.pem").read_text()
        (folder / "chain.pem").write_text(chain)
        return authority

    def _certificate(self, which: str, name: str, *, by: str) -> None:
        key, request = f"{which}.key", f"{which}.csr"
        curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        self._openssl(
            "req", "-new", *curve, "-keyout", key, "-out", request, "-subj", f"/CN={name}"
        )
        issuer = ["-signkey", key] if by == which else ["-CA", f"{by}.pem", "-CAkey", f"{by}.key"]
        extensions = "signer" if which == "signer" else "root"
        self._openssl(
            "x509", "-req", "-in", request, *issuer, "-days", "30", "-out", f"{which}.pem",
            "-extfile", "config", "-extensions", extensions,
        )  # fmt: skip

    def answer(self, request: bytes) -> bytes:
        """A reply as OpenSSL makes it, with the whole chain of certificates, in the order of the chain."""
        (self.folder / "request.tsq").write_bytes(request)
        self._openssl(
            "ts", "-reply", "-section", "authority", "-queryfile", "request.tsq",
            "-signer", "signer.pem", "-inkey", "signer.key", "-chain", "chain.pem", "-out", "reply.tsr",
        )  # fmt: skip
        return (self.folder / "reply.tsr").read_bytes()

    def _openssl(self, command: str, *options: str) -> None:
        config = [] if command == "x509" else ["-config", "config"]
        subprocess.run(
            ["openssl", command, *config, *options],
            cwd=self.folder,
            check=True,
            capture_output=True,
        )


def openssl_agrees(stamp: Path, over: Path, roots: Path, chain: Path) -> bool:
    """Whether `openssl ts -verify` accepts the file `stamp` over the file `over`."""
    command = ["openssl", "ts", "-verify", "-in", stamp, "-data", over, "-CAfile", roots]
    done = subprocess.run(
        [*command, "-untrusted", chain], capture_output=True, check=False, text=True
    )
    return done.returncode == 0 and "Verification: OK" in done.stdout


@contextmanager
def serving(answer: Callable[[bytes], bytes | int], *, wait: float = 0) -> Iterator[str]:
    """The address of a server that answers what is posted with bytes, or a status."""
    stop = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/timestamp-query"
            stop.wait(wait)
            said = answer(body)
            self.send_response(said if isinstance(said, int) else 200)
            self.send_header("Location", "/elsewhere")
            self.end_headers()
            if isinstance(said, bytes):
                self.wfile.write(said)

        def log_message(self, *_args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        stop.set()
        server.shutdown()
        thread.join()


HAS_OPENSSL = shutil.which("openssl") is not None
