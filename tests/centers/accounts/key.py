"""A passkey as a browser would answer for it: made and used in the tests' own process, no browser is asked."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

ORIGIN = "http://localhost"
FLAG = AuthenticatorData.FLAG


def coded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Key:
    """``verifies``: it asks for a finger, a face or a PIN; ``origin``: where the browser says it stands."""

    verifies: bool = True
    origin: str = ORIGIN
    rp_id: str = "localhost"
    secret: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    identity: bytes = b"a key of the tests"
    owner: str = ""

    def made(self, options: dict[str, Any]) -> str:
        """The answer to «create»."""
        public = options["publicKey"]
        self.owner = public["user"]["id"]
        said = self._said("webauthn.create", public["challenge"])
        credential = AttestedCredentialData.create(
            Aaguid.NONE, self.identity, ES256.from_cryptography_key(self.secret.public_key())
        )
        stated = AttestationObject.create("none", self._data(FLAG.AT, credential), {})
        return self._answer({"clientDataJSON": coded(said), "attestationObject": coded(stated)})

    def used(self, options: dict[str, Any]) -> str:
        """The answer to «get»."""
        said = self._said("webauthn.get", options["publicKey"]["challenge"])
        data = self._data(FLAG(0))
        signature = self.secret.sign(data + said.hash, ec.ECDSA(hashes.SHA256()))
        parts = {"clientDataJSON": said, "authenticatorData": data, "signature": signature}
        return self._answer({name: coded(part) for name, part in parts.items()} | {"userHandle": self.owner})

    def _said(self, kind: str, challenge: str) -> CollectedClientData:
        return CollectedClientData.create(kind, decoded(challenge), self.origin)

    def _data(self, flags: Any, credential: bytes = b"") -> AuthenticatorData:
        digest = hashes.Hash(hashes.SHA256())
        digest.update(self.rp_id.encode())
        flags |= FLAG.UP | (FLAG.UV if self.verifies else FLAG(0))
        return AuthenticatorData.create(digest.finalize(), flags, 1, credential)

    def _answer(self, response: dict[str, str]) -> str:
        identity = coded(self.identity)
        known = {"id": identity, "rawId": identity, "type": "public-key", "clientExtensionResults": {}}
        return json.dumps(known | {"response": response})
