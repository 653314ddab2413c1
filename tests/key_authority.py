"""An authority of its own for the bad days of the signatory's key: any term, any use, revocation, another root."""

import datetime as dt
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

DAY = dt.timedelta(days=1)
SIGNING = ("digital_signature", "content_commitment")
USES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


class KeyAuthority:
    """One root, whose term is said in days from now; its keys are of 2048 bits, because these are quick to make."""

    def __init__(self, now: dt.datetime, name: str = "Тестовый УЦ", *, ends: int = 3650) -> None:
        self.now, self.key = now, new_key()
        self.root = self._certificate(name, self.key, name, self.key, -3650, ends, ("key_cert_sign", "crl_sign"), True)

    def trusted_in(self, folder: Path) -> None:
        (folder / "authority.pem").write_bytes(self.root.public_bytes(serialization.Encoding.PEM))

    def issue(
        self,
        file: Path,
        owner: str,
        password: str,
        *,
        key: rsa.RSAPrivateKey | None = None,
        begins: int = -1,
        ends: int = 400,
        uses: tuple[str, ...] = SIGNING,
    ) -> x509.Certificate:
        """Put a key into the file; its term is said in days from now."""
        key = key or new_key()
        issuer = self.root.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
        certificate = self._certificate(owner, key, str(issuer), self.key, begins, ends, uses, False)
        lock = serialization.PrivateFormat.PKCS12.encryption_builder().kdf_rounds(1000).build(password.encode())
        file.write_bytes(pkcs12.serialize_key_and_certificates(b"key", key, certificate, [self.root], lock))
        return certificate

    def revoke(self, *revoked: x509.Certificate, at: dt.datetime | None = None, next_in: int = 30) -> bytes:
        """The list of the revoked (DER), made an hour ago; the next one is due so many days from now."""
        made = x509.CertificateRevocationListBuilder(
            self.root.subject, min(self.now - DAY / 24, self.now + next_in * DAY - DAY), self.now + next_in * DAY
        )
        for certificate in revoked:
            row = x509.RevokedCertificateBuilder(certificate.serial_number, at or self.now - DAY / 12)
            made = made.add_revoked_certificate(row.build())
        return made.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def _certificate(
        self,
        owner: str,
        key: rsa.RSAPrivateKey,
        issuer: str,
        issuer_key: rsa.RSAPrivateKey,
        begins: int,
        ends: int,
        uses: tuple[str, ...],
        ca: bool,
    ) -> x509.Certificate:
        usage = x509.KeyUsage(**{use: use in uses for use in USES})
        return (
            x509.CertificateBuilder(
                _name(issuer), _name(owner), key.public_key(), x509.random_serial_number(),
                self.now + begins * DAY, self.now + ends * DAY,
            )
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(usage, critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
            .sign(issuer_key, hashes.SHA256())
        )  # fmt: skip


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
