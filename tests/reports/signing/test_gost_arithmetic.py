"""ГОСТ reckoned in Python: held against the standards' own examples and against what OpenSSL's engine once signed.

The signatures in ``data/gost`` were made by the engine, so that these tests need none.
"""

import base64
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from gostcrypto import gosthash

from reports.signing import gost, gost_arithmetic
from tests.gost_authority import DAY

MADE = Path(__file__).resolve().parents[2] / "data" / "gost"
NOW = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
FIRST = b"012345678901234567890123456789012345678901234567890123456789012"
SECOND = "Се ветри, Стрибожи внуци, веютъ с моря стрелами на храбрыя плъкы Игоревы".encode("cp1251")
# RFC 7091, 7.1: an example on a curve of its own; Q is the key, e the digest, r and s the signature.
CURVE = {
    "p": 0x8000000000000000000000000000000000000000000000000000000000000431,
    "a": 7,
    "b": 0x5FBFF498AA938CE739B8E022FBAFEF40563F6E6A3472FC2A514C0CE9DAE23B7E,
    "m": 0x8000000000000000000000000000000150FE8A1892976154C59CFC193ACCF5B3,
    "q": 0x8000000000000000000000000000000150FE8A1892976154C59CFC193ACCF5B3,
    "x": 2,
    "y": 0x08E2A8A0E65147D4BD6316030E16D19C85C97F0A9CA267122B96ABBCEA7E8FC8,
}
KEY = (
    0x7F2B49E270DB6D90D8595BEC458B50C58585BA1D4E9B788F6689DBD8E56FD80B,
    0x26F1B489D6701DD185C8413A977B3CBBAF64D1C593D26627DFFB101A87FF77DA,
)
DIGEST = 0x2DFBC1B372D89A1188C09C52E0EEC61FCE52032AB1022E8E67ECE6672B043EE5
R = 0x41AA28D2F1AB148280CD9ED56FEDA41974053554A42767B83AD043FD39DC0493
S = 0x1456C64BA4642A1653C235A98A60249BCD6D3F746B631DF928014F6C5BF9C40


def from_file(bits: int) -> dict[str, Any]:
    return json.loads((MADE / f"{bits}.json").read_text(encoding="utf-8"))


@pytest.fixture(params=[256, 512])
def made(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, Any]:
    """What the engine signed, judged without it; the folder of roots holds its root."""
    monkeypatch.setattr(gost, "JUDGES", (gost_arithmetic,))
    read = from_file(request.param)
    (tmp_path / "root.pem").write_text(read["root"])
    return read | {"roots": tmp_path, "bits": request.param}


def judged(made: dict[str, Any], name: str, document: str = "", now: dt.datetime = NOW) -> gost.GostVerdict:
    data = (document or made["document"]).encode()
    return gost.verify(data, base64.b64decode(made[name]), roots=made["roots"], now=now)


# -- The standards' examples -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("message", "name", "digest"),
    [
        (FIRST, "md_gost12_256", "9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500"),
        (
            FIRST,
            "md_gost12_512",
            "1b54d01a4af5b9d5cc3d86d68d285462b19abc2475222f35c085122be4ba1ffa"
            "00ad30f8767b3a82384c6574f024c311e2a481332b08ef7f41797891c1646f48",
        ),
        (SECOND, "md_gost12_256", "9dd2fe4e90409e5da87f53976d7405b0c0cac628fc669a741d50063c557e8f50"),
        (
            SECOND,
            "md_gost12_512",
            "1e88e62226bfca6f9994f1f2d51569e0daf8475a3b0fe61a5300eee46d961376"
            "035fe83549ada2b8620fcd7c496ce5b33f0cb9dddc2b6460143b03dabac9fb28",
        ),
    ],
    ids=["first, 256", "first, 512", "second, 256", "second, 512"],
)
def test_digests_of_rfc_6986(message: bytes, name: str, digest: str) -> None:
    reckoned = gosthash.new(gost_arithmetic.HASHES[name], data=bytearray(message))
    assert reckoned.hexdigest() == digest


def test_signature_of_rfc_7091() -> None:
    key = KEY[0].to_bytes(32, "little") + KEY[1].to_bytes(32, "little")
    signature = S.to_bytes(32, "big") + R.to_bytes(32, "big")
    assert gost_arithmetic.verifies(CURVE, key, DIGEST.to_bytes(32, "little"), signature) is True
    assert gost_arithmetic.verifies(CURVE, key, (DIGEST + 1).to_bytes(32, "little"), signature) is False


def test_signature_of_another_length_is_no_signature() -> None:
    with pytest.raises(ValueError, match="signature"):
        gost_arithmetic.verifies(CURVE, bytes(64), bytes(32), bytes(63))


# -- What the engine signed --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["signed", "without_attributes", "through_another"])
def test_signature_of_the_engine_is_valid(made: dict[str, Any], name: str) -> None:
    verdict = judged(made, name)
    assert (verdict.valid, verdict.algorithm) == (True, f"ГОСТ Р 34.10-2012, {made['bits']} бит")


@pytest.mark.parametrize("name", ["signed", "without_attributes"])
def test_another_document(made: dict[str, Any], name: str) -> None:
    with pytest.raises(gost.NotOfDocument):
        judged(made, name, document="Другое письмо.")


def test_root_of_nobody(made: dict[str, Any]) -> None:
    (made["roots"] / "root.pem").write_text(from_file(768 - made["bits"])["root"])
    with pytest.raises(gost.UntrustedChain):
        judged(made, "signed")


def test_root_out_of_its_term_vouches_for_nothing(made: dict[str, Any]) -> None:
    """The signer's own certificate is refused first, so the chain is asked alone."""
    found = gost.detached.read(base64.b64decode(made["through_another"]))
    trusted = gost.trusted(made["roots"])
    assert gost_arithmetic.leads_to_root(found, trusted, NOW) is True
    assert gost_arithmetic.leads_to_root(found, trusted, NOW + 4000 * DAY) is False


def test_certificate_of_nobody_between_breaks_the_chain(made: dict[str, Any]) -> None:
    found = gost.detached.read(base64.b64decode(made["through_another"]))
    assert gost_arithmetic.leads_to_root(found._replace(others=()), gost.trusted(made["roots"]), NOW) is False


def test_signer_is_no_authority(made: dict[str, Any]) -> None:
    """A certificate for signing documents vouches for no other."""
    found = gost.detached.read(base64.b64decode(made["signed"]))
    assert gost_arithmetic._may_issue(found.certificate, below=0) is False


def test_revoked_certificate(made: dict[str, Any]) -> None:
    (made["roots"] / "list.crl").write_text(made["revocation_list"])
    assert "нет в списке отозванных" in dict(judged(made, "signed").report)["Отзыв сертификата"]
    with pytest.raises(gost.Revoked):
        judged(made, "revoked")


def test_list_signed_by_another_is_no_list(made: dict[str, Any]) -> None:
    (made["roots"] / "list.crl").write_text(from_file(768 - made["bits"])["revocation_list"])
    assert dict(judged(made, "signed").report)["Отзыв сертификата"].startswith("не проверялся")
