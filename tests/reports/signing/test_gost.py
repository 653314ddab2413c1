"""Detached ГОСТ signatures: what is accepted, what is refused with which words, and what is never called valid."""

import base64
import datetime as dt
from pathlib import Path

import pytest
from asn1crypto import cms

from reports.signing import detached, gost, gost_arithmetic, gost_engine, openssl
from tests import clock
from tests.gost_authority import DAY, GostAuthority, needs_engine, pem
from tests.pace import Stopwatch

pytestmark = [needs_engine, pytest.mark.machine_clock]  # OpenSSL puts it into a signature
NOW = clock.machine()
DOCUMENT = b"%PDF-1.7 letter" * 40
SUBJECT = "/CN=Кедрова Елена Юрьевна/INN=701700000000"
BITS = {"gost2012_256": 256, "gost2012_512": 512}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("gost")


@pytest.fixture(scope="module")
def authority(folder: Path) -> GostAuthority:
    return made(folder, "gost2012_256")


@pytest.fixture(scope="module", params=["gost2012_256", "gost2012_512"])
def each_authority(folder: Path, request: pytest.FixtureRequest) -> GostAuthority:
    return made(folder / "each", request.param)


@pytest.fixture(scope="module")
def signature(authority: GostAuthority) -> bytes:
    return authority.sign("signer", DOCUMENT)


@pytest.fixture
def roots(authority: GostAuthority, tmp_path: Path) -> Path:
    return authority.trusted_in(tmp_path / "roots")


def made(folder: Path, algorithm: str, subject: str = SUBJECT) -> GostAuthority:
    authority = GostAuthority(folder, algorithm, algorithm)
    authority.issue("signer", subject, begins=NOW - DAY, ends=NOW + 400 * DAY)
    return authority


def refusal(kind: type[Exception], signature: bytes, roots: Path, **changed: object) -> str:
    with pytest.raises(kind) as refused:
        gost.verify(**{"document": DOCUMENT, "signature": signature, "roots": roots, "now": now(), **changed})
    assert refused.type is kind
    return str(refused.value)


def now() -> dt.datetime:
    return clock.machine()


# -- Accepted ---------------------------------------------------------------------------------------


def test_signature_is_valid(each_authority: GostAuthority, tmp_path: Path) -> None:
    signed = each_authority.sign("signer", DOCUMENT)
    verdict = gost.verify(DOCUMENT, signed, roots=each_authority.trusted_in(tmp_path), now=now())
    bits = BITS[each_authority.algorithm]
    assert (verdict.valid, verdict.algorithm) == (True, f"ГОСТ Р 34.10-2012, {bits} бит")
    assert (verdict.owner, verdict.issuer) == ("Кедрова Елена Юрьевна", f"Тестовый УЦ {each_authority.algorithm}")
    assert verdict.valid_from < verdict.signed_at <= now() < verdict.valid_to
    assert (len(verdict.fingerprint), bool(verdict.serial)) == (64, True)


def test_report_says_what_was_checked_and_what_was_not(signature: bytes, roots: Path) -> None:
    report = dict(gost.verify(DOCUMENT, signature, roots=roots, now=now()).report)
    assert report["Подпись"] == "сделана под этим файлом, файл после подписания не изменялся"
    assert report["Цепочка сертификатов"] == "подтверждена до корневого сертификата, которому доверяет портал"
    assert report["Отзыв сертификата"].startswith("не проверялся: списка отозванных")
    assert report["Время подписания"].endswith("по часам подписавшего; службой времени не подтверждено")
    assert list(report)[3:] == [
        "Владелец сертификата",
        "Сертификат",
        "Отпечаток сертификата (SHA-256)",
        "Выдан",
        "Действителен",
        "Время подписания",
        "Алгоритм",
        "Вид подписи",
    ]


@pytest.mark.parametrize(
    "form",
    [
        pem,
        base64.b64encode,
        base64.encodebytes,
        lambda der: b"\xef\xbb\xbf" + base64.b64encode(der) + b"\r\n",
        lambda der: pem(der).replace(b"CMS", b"PKCS7").replace(b"\n", b"\r\n"),
        lambda der: der + b"\n",
        lambda der: der + b"\r\n\r\n",
        lambda der: base64.encodebytes(der).decode().encode("utf-16"),
        lambda der: b"\xfe\xff" + base64.b64encode(der).decode().encode("utf-16-be"),
        lambda der: base64.b64encode(der).decode().encode("utf-16-le"),
        lambda der: pem(der).decode().replace("\n", "\r\n").encode("utf-16"),
    ],
    ids=[
        *("pem", "base64", "base64-lines", "base64-bom", "pkcs7-crlf", "der-line-end", "der-line-ends"),
        *("utf-16", "utf-16-be", "utf-16-unmarked", "pem-utf-16"),
    ],
)
def test_every_form_of_the_file_is_read(signature: bytes, roots: Path, form: object) -> None:
    assert gost.verify(DOCUMENT, form(signature), roots=roots, now=now()).valid


@pytest.mark.parametrize("options", [("-noattr",), ("-keyid",), ("-cades",), ("-nosmimecap",)])
def test_signature_made_otherwise(authority: GostAuthority, roots: Path, options: tuple[str, ...]) -> None:
    signed = authority.sign("signer", DOCUMENT, *options)
    assert gost.verify(DOCUMENT, signed, roots=roots, now=now()).valid


def test_time_that_the_file_does_not_say(authority: GostAuthority, roots: Path) -> None:
    verdict = gost.verify(DOCUMENT, authority.sign("signer", DOCUMENT, "-noattr"), roots=roots, now=now())
    assert verdict.signed_at is None
    assert ["Время подписания", "в файле не указано; срок сертификата проверен на время загрузки"] in verdict.report


def test_person_beside_the_name_of_the_organisation(authority: GostAuthority, roots: Path) -> None:
    authority.issue("organisation", "/CN=ОГБУ «РЦРО»/SN=Кедрова/GN=Елена Юрьевна", begins=NOW - DAY, ends=NOW + DAY)
    signed = authority.sign("organisation", DOCUMENT)
    assert gost.verify(DOCUMENT, signed, roots=roots, now=now()).owner == "Кедрова Елена Юрьевна"


def test_certificate_between_signer_and_root(authority: GostAuthority, roots: Path) -> None:
    authority.issue("between", "/CN=Промежуточный УЦ", begins=NOW - DAY, ends=NOW + DAY, ca=True)
    between = GostAuthority(authority.folder / "lower", "between")
    for kind in ("pem", "key"):
        (between.folder / f"between.{kind}").write_bytes((authority.folder / f"between.{kind}").read_bytes())
    between.issue("lower", SUBJECT, begins=NOW - DAY, ends=NOW + DAY)
    signed = between.sign("lower", DOCUMENT, "-certfile", "between.pem")
    assert gost.verify(DOCUMENT, signed, roots=roots, now=now()).valid
    refusal(gost.UntrustedChain, between.sign("lower", DOCUMENT), roots)


# -- Not checked is never valid -----------------------------------------------------------------------


def test_no_roots(signature: bytes, tmp_path: Path) -> None:
    for roots in (tmp_path, tmp_path / "missing"):
        verdict = gost.verify(DOCUMENT, signature, roots=roots, now=now())
        assert verdict.valid is False
        assert ["Цепочка сертификатов", "не проверялась: корневых сертификатов на сервере нет"] in verdict.report


def test_other_document_is_refused_without_roots_too(signature: bytes, tmp_path: Path) -> None:
    refusal(gost.NotOfDocument, signature, tmp_path, document=DOCUMENT + b" ")


@pytest.fixture
def no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openssl, "CONFIGURATION", "openssl_conf = portal\n[portal]\n")
    openssl.knows_gost.cache_clear()
    yield
    monkeypatch.undo()
    openssl.knows_gost.cache_clear()


def test_without_the_engine_arithmetic_judges(no_engine: None, signature: bytes, roots: Path) -> None:
    assert gost_engine.is_there() is False
    verdict = gost.verify(DOCUMENT, signature, roots=roots, now=now())
    assert (gost.can_check(), verdict.valid) == (True, True)


def test_without_the_program_too(monkeypatch: pytest.MonkeyPatch, signature: bytes, roots: Path) -> None:
    openssl.knows_gost.cache_clear()
    monkeypatch.setattr(openssl, "PROGRAM", "no-such-program")
    assert gost.verify(DOCUMENT, signature, roots=roots, now=now()).valid is True
    openssl.knows_gost.cache_clear()


def test_engine_judges_beside_arithmetic() -> None:
    assert [judge.is_there() for judge in gost.JUDGES] == [True, True]


def test_nobody_can_judge(monkeypatch: pytest.MonkeyPatch, signature: bytes, roots: Path) -> None:
    monkeypatch.setattr(gost, "JUDGES", ())
    verdict = gost.verify(DOCUMENT, signature, roots=roots, now=now())
    assert (gost.can_check(), verdict.valid, verdict.owner) == (False, False, "Кедрова Елена Юрьевна")
    assert verdict.report[0] == ["Подпись", "не проверялась: на сервере нет программы проверки подписей по ГОСТ"]
    assert "Цепочка сертификатов" not in dict(verdict.report)


def test_document_too_long_for_arithmetic_alone(no_engine: None, signature: bytes, roots: Path) -> None:
    document = bytes(gost_arithmetic.LIMIT_BYTES + 1)
    assert gost.verify(document, signature, roots=roots, now=now()).valid is False


@pytest.mark.parametrize("judge", [gost_engine, gost_arithmetic], ids=["engine", "arithmetic"])
def test_judges_must_agree(monkeypatch: pytest.MonkeyPatch, signature: bytes, roots: Path, judge: object) -> None:
    monkeypatch.setattr(judge, "fits", lambda *_: False)
    assert "по-разному" in refusal(gost.JudgesDisagree, signature, roots)


# -- Refused ------------------------------------------------------------------------------------------


def test_signature_of_another_document(signature: bytes, roots: Path, authority: GostAuthority) -> None:
    words = refusal(gost.NotOfDocument, signature, roots, document=b"%PDF-1.7 another")
    assert words.startswith("Это подпись другого файла.")
    refusal(gost.NotOfDocument, authority.sign("signer", DOCUMENT, "-noattr"), roots, document=b"another")


def test_foreign_authority(roots: Path, tmp_path: Path) -> None:
    foreign = made(tmp_path / "foreign", "gost2012_256")
    words = refusal(gost.UntrustedChain, foreign.sign("signer", DOCUMENT), roots)
    assert "Тестовый УЦ gost2012_256" in words


def test_broken_signature(signature: bytes, roots: Path) -> None:
    value = cms.ContentInfo.load(signature)["content"]["signer_infos"][0]["signature"].native
    changed = bytes([*value[:5], value[5] ^ 1, *value[6:]])
    words = refusal(gost.Broken, signature.replace(value, changed), roots)
    assert words.startswith("Подпись не подтвердилась")


def test_attributes_changed_after_signing(signature: bytes, roots: Path) -> None:
    """The digest of another document, put into a signature of this one."""
    own = cms.ContentInfo.load(signature)["content"]["signer_infos"][0]["signed_attrs"]
    digest = next(one["values"][0].native for one in own if one["type"].native == "message_digest")
    forged = signature.replace(digest, bytes(32))
    refusal(gost.NotOfDocument, forged, roots)
    refusal(gost.NotOfDocument, forged, roots, document=b"another")


def test_one_flipped_bit_never_makes_another_signature(signature: bytes, roots: Path) -> None:
    """A bit outside what is signed (a number of a version) may leave the signature whole, and the same person's."""
    whole = gost.verify(DOCUMENT, signature, roots=roots, now=now())
    for position in range(0, len(signature), len(signature) // 60):
        changed = bytearray(signature)
        changed[position] ^= 1
        try:
            verdict = gost.verify(DOCUMENT, bytes(changed), roots=roots, now=now())
        except detached.NotAccepted:
            continue
        assert verdict == whole


@pytest.mark.parametrize("form", [bytes, base64.b64encode, pem], ids=["der", "base64", "pem"])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.9, 0.99])
def test_truncated(signature: bytes, roots: Path, form: object, share: float) -> None:
    whole = form(signature)
    start = len(b"-----BEGIN CMS-----\n") if form is pem else 0
    words = refusal(detached.Truncated, whole[: start + int((len(whole) - start * 2) * share)], roots)
    assert words.startswith("Файл подписи обрывается")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n",
        b"hello",
        DOCUMENT[:1000],
        b"0\x00",
        b"0\x03\x02\x01\x01",
        b"-----BEGIN CMS-----\n\n",
        bytes(5000),
        b"=" * 8,
    ],
)
def test_not_a_signature(roots: Path, data: bytes) -> None:
    refusal(detached.Unreadable, data, roots)


@pytest.mark.parametrize("data", [b"\x30\x80" * 100_000, b"\xa0\x80" * 1000, b"\x30\x80" + b"\x24\x80" * 9000])
def test_nested_without_end(roots: Path, data: bytes) -> None:
    with pytest.raises(detached.NotAccepted):
        gost.verify(DOCUMENT, data, roots=roots, now=now())


def test_something_after_the_signature(signature: bytes, roots: Path) -> None:
    for rest in (b"\x00", b"\n\x00", b"\nx", signature):
        refusal(detached.Unreadable, signature + rest, roots)


def test_twelve_megabytes_of_garbage_are_refused_at_once(roots: Path) -> None:
    garbage, watch = b"0\x83\xb7\x1b\x00" + bytes(12 << 20), Stopwatch()
    assert refusal(detached.TooBig, garbage, roots).startswith("Файл больше 1 МБ")
    assert watch.within(5)


@pytest.mark.parametrize("option", ["-nodetach", "-stream"])
def test_document_inside(authority: GostAuthority, roots: Path, option: str) -> None:
    words = refusal(detached.Attached, authority.sign("signer", DOCUMENT, option), roots)
    assert "Нужна отсоединённая подпись" in words


def test_no_certificate_inside(authority: GostAuthority, roots: Path) -> None:
    refusal(detached.NoCertificate, authority.sign("signer", DOCUMENT, "-nocerts"), roots)


def test_two_signers(authority: GostAuthority, roots: Path) -> None:
    authority.issue("second", SUBJECT, begins=NOW - DAY, ends=NOW + DAY)
    signed = authority.sign("signer", DOCUMENT, "-signer", "second.pem", "-inkey", "second.key")
    refusal(detached.SeveralSigners, signed, roots)


def test_signature_by_rsa(roots: Path, tmp_path: Path) -> None:
    rsa = made(tmp_path / "rsa", "rsa")
    words = refusal(detached.NotGost, rsa.sign("signer", DOCUMENT), roots)
    assert words.startswith("Подпись сделана не по ГОСТ, а по алгоритму RSA.")


def test_certificate_for_enciphering_only(authority: GostAuthority, roots: Path) -> None:
    authority.issue("encipherer", SUBJECT, begins=NOW - DAY, ends=NOW + DAY, use="encipherer")
    refusal(detached.NotForSigning, authority.sign("encipherer", DOCUMENT), roots)


def test_expired_before_signing(authority: GostAuthority, roots: Path) -> None:
    authority.issue("expired", SUBJECT, begins=NOW - 400 * DAY, ends=NOW - DAY)
    words = refusal(gost.Expired, authority.sign("expired", DOCUMENT), roots)
    assert words.startswith("Срок сертификата истёк ")
    refusal(gost.Expired, authority.sign("expired", DOCUMENT, "-noattr"), roots)


def test_certificate_of_tomorrow(authority: GostAuthority, roots: Path) -> None:
    authority.issue("early", SUBJECT, begins=NOW + DAY, ends=NOW + 9 * DAY)
    words = refusal(gost.NotYetValid, authority.sign("early", DOCUMENT), roots)
    assert words.startswith("Сертификат действует только с ")


def test_expired_after_signing(signature: bytes, roots: Path) -> None:
    assert gost.verify(DOCUMENT, signature, roots=roots, now=NOW + 500 * DAY).valid


def test_root_whose_term_was_over(folder: Path, tmp_path: Path) -> None:
    old = GostAuthority(folder / "old", "old", ends=-1)
    old.issue("signer", SUBJECT, begins=NOW - 9 * DAY, ends=NOW + DAY)
    signed = old.sign("signer", DOCUMENT)
    assert "выдавшего сертификат подписи, истёк " in refusal(gost.AuthorityOutOfTerm, signed, old.trusted_in(tmp_path))


def test_signed_in_the_future(signature: bytes, roots: Path) -> None:
    assert "это время ещё не наступило" in refusal(gost.SignedInFuture, signature, roots, now=NOW - DAY / 2)


def test_revoked(authority: GostAuthority, roots: Path) -> None:
    authority.issue("revoked", SUBJECT, begins=NOW - DAY, ends=NOW + DAY)
    signed = authority.sign("revoked", DOCUMENT)
    (roots / "list.crl").write_bytes(authority.revoke("revoked"))
    assert refusal(gost.Revoked, signed, roots, now=now() + dt.timedelta(seconds=2)).startswith("Сертификат отозван ")
    # What was uploaded before stays what it was.
    early = authority.sign("revoked", DOCUMENT, "-noattr")
    assert gost.verify(DOCUMENT, early, roots=roots, now=NOW - DAY / 2).valid


def test_not_on_the_list(signature: bytes, authority: GostAuthority, roots: Path) -> None:
    (roots / "list.crl").write_bytes(authority.revoke(days=1))
    report = dict(gost.verify(DOCUMENT, signature, roots=roots, now=now()).report)
    assert report["Отзыв сертификата"] == f"сертификата нет в списке отозванных от {NOW.astimezone():%d.%m.%Y}"
    stale = dict(gost.verify(DOCUMENT, signature, roots=roots, now=NOW + 9 * DAY).report)
    assert stale["Отзыв сертификата"].endswith("этот устарел")


def test_list_of_a_namesake(signature: bytes, roots: Path, tmp_path: Path) -> None:
    """Another authority of the same name cannot revoke, nor vouch."""
    namesake = made(tmp_path / "namesake", "gost2012_256")
    (roots / "list.crl").write_bytes(namesake.revoke())
    report = dict(gost.verify(DOCUMENT, signature, roots=roots, now=now()).report)
    assert report["Отзыв сертификата"].startswith("не проверялся")


@pytest.mark.parametrize("name", ["bad.pem", "bad.crl"])
def test_rubbish_among_the_roots_is_no_silence(signature: bytes, roots: Path, name: str) -> None:
    (roots / name).write_bytes(b"rubbish")
    refusal(gost.RootsUnreadable, signature, roots)


def test_exit_code_alone_is_not_believed(monkeypatch: pytest.MonkeyPatch, signature: bytes) -> None:
    """A program that says yes to everything and writes nothing."""
    monkeypatch.setattr(openssl, "run", lambda *_, **__: openssl.Ran(True, b"", ""))
    assert gost_engine.fits(DOCUMENT, detached.read(signature)) is False
