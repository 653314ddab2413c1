"""What is read of a detached signature before anybody judges it; the one in ``data/gost`` was made by the engine."""

import base64
from collections.abc import Callable
from typing import Any

import pytest
from asn1crypto import cms, core

from reports.signing import detached, gost, gost_arithmetic, stamped_copy
from tests.factories import brought
from tests.reports.signing.test_gost_arithmetic import NOW, from_file

MADE = from_file(256)


def changed(change: Callable[[Any], object]) -> bytes:
    """The signature with something else in it. It was read once, so that asn1crypto knows the attributes."""
    der = base64.b64decode(MADE["signed"])
    assert detached.read(der).owner == "Кедрова Елена Юрьевна"
    container = cms.ContentInfo.load(der)
    change(container["content"])
    return bytes(container.dump(force=True))


def test_container_that_holds_no_signature() -> None:
    plain = cms.ContentInfo({"content_type": "data", "content": b"letter"}).dump()
    with pytest.raises(detached.Unreadable):
        detached.read(plain)


def by_the_old_standard(signed: Any) -> None:
    signed["signer_infos"][0]["signature_algorithm"]["algorithm"] = "1.2.643.2.2.19"


def test_signature_by_the_standard_of_2001() -> None:
    with pytest.raises(detached.NotGost, match=r"по ГОСТ Р 34\.10-2001, который больше не применяется"):
        detached.read(changed(by_the_old_standard))


def test_digest_that_is_said_twice() -> None:
    def twice(signed: Any) -> None:
        attributes = signed["signer_infos"][0]["signed_attrs"]
        attributes.append(next(one.copy() for one in attributes if one["type"].native == "message_digest"))

    with pytest.raises(detached.Unreadable):
        detached.read(changed(twice))


def test_certificate_of_another_kind_beside_the_signers_is_passed_over() -> None:
    def more(signed: Any) -> None:
        format_ = cms.OtherCertificateFormat({"other_cert_format": "1.2.3.4", "other_cert": core.Null()})
        signed["certificates"].append(cms.CertificateChoices(name="other", value=format_))

    assert detached.read(changed(more)).others == ()


def test_mark_has_no_place_in_a_file_without_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr(gost, "JUDGES", (gost_arithmetic,))
    (tmp_path / "root.pem").write_text(MADE["root"])
    signature = base64.b64decode(MADE["signed"])
    verdict = gost.verify(MADE["document"].encode(), signature, roots=tmp_path, now=NOW)
    with pytest.raises(stamped_copy.NoPlace, match="0 empty places"):
        stamped_copy.make(brought.pdf(), verdict)
