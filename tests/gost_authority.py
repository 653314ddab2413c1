"""An authority of its own for the tests of ГОСТ signatures: roots, certificates, lists of the revoked, signatures.

Everything is made by OpenSSL itself; nothing is borrowed from the code under test. The folder outlives the tests that
share it, so that a key is made once.
"""

import base64
import datetime as dt
import os
import subprocess
from pathlib import Path

import pytest

from reports.signing import openssl
from tests import clock

MD = {"gost2012_256": "md_gost12_256", "gost2012_512": "md_gost12_512", "rsa": "sha256"}
KEY = {
    "gost2012_256": ["-newkey", "gost2012_256", "-pkeyopt", "paramset:TCB"],
    "gost2012_512": ["-newkey", "gost2012_512", "-pkeyopt", "paramset:A"],
    "rsa": ["-newkey", "rsa:2048"],
}
DAY = dt.timedelta(days=1)
CONFIGURATION = """\
openssl_conf = portal
[portal]
engines = engines
[engines]
gost = gost
[gost]
engine_id = gost
default_algorithms = ALL
[ca]
default_ca = authority
[authority]
database = {name}.txt
new_certs_dir = .
rand_serial = yes
default_md = {md}
policy = policy
unique_subject = no
crlnumber = {name}.crlnumber
[policy]
commonName = supplied
surname = optional
givenName = optional
INN = optional
organizationName = optional
[req]
distinguished_name = names
[names]
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[signer]
basicConstraints = CA:FALSE
keyUsage = critical, digitalSignature, nonRepudiation
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[encipherer]
basicConstraints = CA:FALSE
keyUsage = critical, keyEncipherment
"""

NO_ENGINE = "OpenSSL here has no engine gost (Debian 13 ships none): nobody can sign by ГОСТ."
needs_engine = pytest.mark.skipif(not openssl.knows_gost(), reason=NO_ENGINE)


class GostAuthority:
    """One root, whose term is said in days from now, and what it issued, in a folder."""

    def __init__(self, folder: Path, name: str, algorithm: str = "gost2012_256", *, ends: int = 3650) -> None:
        self.folder, self.name, self.algorithm = folder, name, algorithm
        folder.mkdir(parents=True, exist_ok=True)
        self.configuration = folder / f"{name}.cnf"
        self.configuration.write_text(CONFIGURATION.format(name=name, md=MD[algorithm]))
        (folder / f"{name}.txt").touch()
        (folder / f"{name}.crlnumber").write_text("01\n")
        now = clock.machine()
        self._request(name, f"/CN=Тестовый УЦ {name}")
        self._openssl(
            *("ca", "-selfsign", "-batch", "-in", f"{name}.csr", "-keyfile", f"{name}.key", "-out", f"{name}.pem"),
            *("-notext", "-utf8", "-extensions", "root"),
            *("-startdate", _asn1(now - 3650 * DAY), "-enddate", _asn1(now + ends * DAY)),
        )

    @property
    def root(self) -> bytes:
        return (self.folder / f"{self.name}.pem").read_bytes()

    def trusted_in(self, folder: Path) -> Path:
        """A folder of roots that holds this one."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{self.name}.pem").write_bytes(self.root)
        return folder

    def issue(
        self, who: str, subject: str, *, begins: dt.datetime, ends: dt.datetime, use: str = "signer", ca: bool = False
    ) -> None:
        """A key and a certificate under the name ``who``, e.g. for «/CN=Кедрова Елена Юрьевна»."""
        self._request(who, subject)
        self._openssl(
            *("ca", "-batch", "-in", f"{who}.csr", "-cert", f"{self.name}.pem", "-keyfile", f"{self.name}.key"),
            *("-out", f"{who}.pem", "-notext", "-utf8"),
            *("-startdate", _asn1(begins), "-enddate", _asn1(ends), "-extensions", "root" if ca else use),
        )

    def sign(self, who: str, document: bytes, *options: str) -> bytes:
        """A detached signature (DER); ``options`` are those of ``openssl cms -sign``."""
        (self.folder / "document").write_bytes(document)
        self._openssl(
            *("cms", "-sign", "-binary", "-in", "document", "-signer", f"{who}.pem", "-inkey", f"{who}.key"),
            *("-md", MD[self.algorithm], "-outform", "DER", "-out", "signature", *options),
        )
        return (self.folder / "signature").read_bytes()

    def revoke(self, *people: str, days: int = 30) -> bytes:
        """The list of the revoked (PEM), with these people on it."""
        authority = ("-cert", f"{self.name}.pem", "-keyfile", f"{self.name}.key")
        for who in people:
            self._openssl("ca", "-revoke", f"{who}.pem", *authority)
        self._openssl("ca", "-gencrl", *authority, "-crldays", str(days), "-out", "list.crl")
        return (self.folder / "list.crl").read_bytes()

    def _request(self, who: str, subject: str) -> None:
        self._openssl(
            *("req", "-new", *KEY[self.algorithm], "-nodes", "-keyout", f"{who}.key", "-out", f"{who}.csr"),
            *("-utf8", "-subj", subject),
        )

    def _openssl(self, *arguments: str) -> None:
        environment = {"PATH": os.environ["PATH"], "OPENSSL_CONF": str(self.configuration)}
        done = subprocess.run(
            ["openssl", *arguments], cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


def pem(der: bytes) -> bytes:
    return b"-----BEGIN CMS-----\n" + base64.encodebytes(der) + b"-----END CMS-----\n"


def _asn1(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):%Y%m%d%H%M%S}Z"
