"""The signature and its judge: what a genuine letter shows, and every way in which a file is not one."""

import datetime as dt
import io
import stat
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pytest
from pyhanko.pdf_utils.generic import TextStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import SignatureCoverageLevel
from pytest_django import Settings

from reports.signing import demo_authority, pades, pades_verification, stamp_sheet, trust
from reports.typesetting import rendering
from tests import clock
from tests.key_authority import KeyAuthority
from tests.reports import paper

PASSWORD = "пароль ключа 2020"
OWNERS = {"director": "Лыжина Н.П."}
NOW = clock.NOON
YEARS_LATER = NOW + dt.timedelta(days=4 * 365)
YESTERDAY = NOW - dt.timedelta(days=1)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    demo_authority.issue(folder, owners=OWNERS, password=PASSWORD, now=NOW)
    return folder


@pytest.fixture
def keys(settings: Settings, authority: Path) -> Path:
    settings.KEYS_DIR = authority
    return authority


@pytest.fixture(scope="module")
def letter() -> bytes:
    return rendering.draw(paper.letter_941())


@pytest.fixture
def signed(keys: Path, letter: bytes) -> bytes:
    return pades.sign(letter, key=pades.load_key(password=PASSWORD))


# -- The key ----------------------------------------------------------------------------------------


def test_key_says_whose_it_is(keys: Path) -> None:
    key = pades.load_key(password=PASSWORD)
    assert (key.owner, key.demonstration) == ("Лыжина Н.П.", True)
    assert key.valid_from < NOW < key.valid_to
    assert PASSWORD not in repr(key)
    assert "RSAPrivateKey" not in repr(key)


def test_wrong_password(keys: Path) -> None:
    with pytest.raises(pades.WrongPassword, match="Пароль ключа не подошёл"):
        pades.load_key(password="не тот")


@pytest.mark.parametrize("password", ["", "пароль\x00", "п" * 10_000])
def test_strange_password(keys: Path, password: str) -> None:
    with pytest.raises(pades.WrongPassword):
        pades.load_key(password=password)


def test_no_key(settings: Settings, tmp_path: Path) -> None:
    settings.KEYS_DIR = tmp_path
    with pytest.raises(pades.NoKey, match="Обратитесь к администратору"):
        pades.load_key(password=PASSWORD)


@pytest.mark.parametrize("name", ["", "other", "../director", "director.p12"])
def test_key_under_another_name(keys: Path, name: str) -> None:
    with pytest.raises(pades.NoKey):
        pades.load_key(name=name, password=PASSWORD)


def test_key_of_somebody_else(keys: Path) -> None:
    with pytest.raises(pades.NotOwner, match=r"выдан другому лицу: Лыжина Н\.П\."):
        pades.load_key(password=PASSWORD, owners={"Петрова А.С.", "Петрова Анна Сергеевна"})


def test_expired_certificate(keys: Path) -> None:
    with pytest.raises(pades.CertificateExpired, match="Срок действия сертификата истёк"):
        pades.load_key(password=PASSWORD, now=YEARS_LATER)


def test_certificate_of_tomorrow(keys: Path) -> None:
    with pytest.raises(pades.CertificateNotYetValid, match="действует только с"):
        pades.load_key(password=PASSWORD, now=YESTERDAY)


def test_demo_authority_makes_keys_once_and_for_the_owner_only(demo: None, settings: Settings, tmp_path: Path) -> None:
    settings.KEYS_DIR = tmp_path / "keys"
    demo_authority.ensure(OWNERS, PASSWORD)
    first = {file.name: file.read_bytes() for file in settings.KEYS_DIR.iterdir()}
    demo_authority.ensure({"director": "Другая О.О."}, "другой пароль")
    assert {file.name: file.read_bytes() for file in settings.KEYS_DIR.iterdir()} == first
    assert stat.S_IMODE(settings.KEYS_DIR.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in settings.KEYS_DIR.iterdir()} == {0o600}


def test_demo_authority_works_in_the_demo_only(settings: Settings, tmp_path: Path) -> None:
    settings.DEMO, settings.KEYS_DIR = False, tmp_path / "keys"
    with pytest.raises(demo_authority.DemoOnly):
        demo_authority.ensure(OWNERS, PASSWORD)
    assert not settings.KEYS_DIR.exists()


# -- The signature ---------------------------------------------------------------------------------------


def test_signature_only_adds_to_the_bytes_that_were_read(signed: bytes, letter: bytes) -> None:
    assert signed.startswith(letter)


def test_verdict_tells_who_signed(signed: bytes) -> None:
    key, verdict = pades.load_key(password=PASSWORD), pades.verify(signed)
    assert (verdict.owner, verdict.serial, verdict.fingerprint) == (key.owner, key.serial, key.fingerprint)
    assert (verdict.valid_from, verdict.valid_to) == (key.valid_from, key.valid_to)
    assert verdict.signed_at == NOW
    assert ["Владелец сертификата", "Лыжина Н.П."] in verdict.report
    assert all(len(row) == 2 and isinstance(text, str) for row in verdict.report for text in row)


def test_time_of_signing_is_the_callers(keys: Path, letter: bytes) -> None:
    at = NOW.replace(microsecond=0) - dt.timedelta(minutes=3)
    signed = pades.sign(letter, key=pades.load_key(password=PASSWORD), at=at)
    assert pades.verify(signed, now=NOW).signed_at == at


def test_poppler_finds_one_valid_signature_over_the_whole_file(signed: bytes, tmp_path: Path) -> None:
    file = tmp_path / "signed.pdf"
    file.write_bytes(signed)
    # The demo authority is in nobody's store of trust: its chain is what our own check judges.
    said = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True, check=True).stdout
    assert said.count("Signature #") == 1
    for line in (
        "Signature Field Name: Signature",
        "Signer Certificate Common Name: Лыжина Н.П.",
        "Signing Hash Algorithm: SHA-256",
        "Signature Type: ETSI.CAdES.detached",
        "Total document signed",
        "Signature Validation: Signature is Valid.",
    ):
        assert line in said


def test_signed_file_is_still_pdf_a_2a_of_version_1_7(signed: bytes) -> None:
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        with pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == "2A"
        assert (pdf.pdf_version, pdf.Root.get("/Version"), str(pdf.Root.Lang)) == ("1.7", None, "ru")
        fonts = [found for found in pdf.objects if isinstance(found, pikepdf.Dictionary) and "/FontName" in found]
        assert {str(font.FontName).split("+")[1] for font in fonts} == {
            "Tinos-Letter",
            "Tinos-Letter-Bold",
            "Tinos-Stamp",
            "Tinos-Stamp-Bold",
        }
        assert all("/FontFile2" in font for font in fonts)


def test_nobody_may_change_a_signed_file(signed: bytes) -> None:
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        reference = pdf.Root.Perms.DocMDP.Reference[0]
        assert (str(reference.TransformMethod), int(reference.TransformParams.P)) == ("/DocMDP", 1)


def test_text_of_the_letter_stays(signed: bytes) -> None:
    assert paper.words(rendering.plain_text(signed)) == paper.text_941()


def test_stamp_says_what_it_must(keys: Path) -> None:
    key = pades.load_key(password=PASSWORD)
    first, last = (f"{day.astimezone():%d.%m.%Y}" for day in (key.valid_from, key.valid_to))
    assert paper.words(rendering.plain_text(rendering.stamp(stamp_sheet.html(key)))) == (
        f"ДОКУМЕНТ ПОДПИСАН ЭЛЕКТРОННОЙ ПОДПИСЬЮ Сертификат {key.serial} Владелец Лыжина Н.П. "
        f"Действителен с {first} по {last} демонстрационный сертификат"
    )


def test_stamp_is_told_to_those_who_hear_the_letter(signed: bytes) -> None:
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        (field,) = pdf.Root.AcroForm.Fields
        assert str(field.TU).startswith("Документ подписан электронной подписью. Сертификат ")
        assert "владелец Лыжина Н.П." in str(field.TU)


def test_stamp_is_seen_on_the_page_image(signed: bytes, letter: bytes) -> None:
    assert rendering.page_image(signed, 1, 400) == rendering.page_image(letter, 1, 400)
    assert rendering.page_image(signed, 2, 400) != rendering.page_image(letter, 2, 400)


def test_draft_cannot_be_signed(keys: Path) -> None:
    draft = rendering.draw(paper.letter_941(), draft=True)
    with pytest.raises(pades.CannotSign, match="нет свободного места"):
        pades.sign(draft, key=pades.load_key(password=PASSWORD))


def test_signed_letter_cannot_be_signed_again(signed: bytes) -> None:
    with pytest.raises(pades.CannotSign):
        pades.sign(signed, key=pades.load_key(password=PASSWORD))


# -- What is not genuine ------------------------------------------------------------------------------


def refusal(pdf: bytes, **moment: dt.datetime) -> str:
    with pytest.raises(pades.NotGenuine) as refused:
        pades.verify(pdf, **moment)
    return str(refused.value)


def test_unsigned_letter(keys: Path, letter: bytes) -> None:
    assert refusal(letter) == "В файле нет электронной подписи."


def test_signature_stripped(signed: bytes) -> None:
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        del pdf.Root.AcroForm, pdf.Root.Perms, pdf.pages[1].Annots
        rewritten = io.BytesIO()
        pdf.save(rewritten)
    assert refusal(rewritten.getvalue()) == "В файле нет электронной подписи."


def test_one_flipped_bit_anywhere(signed: bytes) -> None:
    for position in range(9, len(signed), len(signed) // 40):
        changed = bytearray(signed)
        changed[position] ^= 1
        refusal(bytes(changed))


def test_flipped_digit_in_the_padding_of_the_signature(signed: bytes) -> None:
    end = signed.rindex(b"0000>")
    assert refusal(signed[:end] + b"1" + signed[end + 1 :]).startswith("Подпись охватывает не весь файл")


@pytest.mark.parametrize("garbage", [b" ", b"\n% note\n", b"\x00" * 5000])
def test_trailing_garbage(signed: bytes, garbage: bytes) -> None:
    refusal(signed + garbage)


@pytest.mark.parametrize("length", [0, 9, 1000, -1])
def test_truncated(signed: bytes, length: int) -> None:
    refusal(signed[:length])


def test_changed_title(signed: bytes) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    info = writer.trailer["/Info"]
    info["/Title"] = TextStringObject("Другое письмо")
    writer.update_container(info)
    changed = io.BytesIO()
    writer.write(changed)
    assert changed.getvalue().startswith(signed)
    refusal(changed.getvalue())


def test_second_signature_beside_the_first(signed: bytes) -> None:
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        fields = pdf.Root.AcroForm.Fields
        fields.append(pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="Second", V=fields[0].V)))
        two = io.BytesIO()
        pdf.save(two)
    assert refusal(two.getvalue()) == "В файле 2 подписи вместо одной."


def test_certificate_for_another_use(
    settings: Settings, tmp_path: Path, letter: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Signed where nobody looked at what the certificate is for."""
    settings.KEYS_DIR, authority = tmp_path, KeyAuthority(NOW)
    authority.trusted_in(tmp_path)
    authority.issue(tmp_path / "director.p12", "Лыжина Н.П.", PASSWORD, uses=("key_encipherment",))
    with monkeypatch.context() as blind:
        blind.setattr(trust, "may_sign", lambda _: True)
        signed = pades.sign(letter, key=pades.load_key(password=PASSWORD))
    assert refusal(signed) == "Сертификат подписи не подтверждён: он выдан не для подписи документов."


@pytest.mark.parametrize(
    "found",
    [
        {"coverage": SignatureCoverageLevel.ENTIRE_REVISION},
        {"modification_level": ModificationLevel.FORM_FILLING},
        {"bottom_line": False},
    ],
    ids=str,
)
def test_whatever_else_the_judge_of_pdfs_finds(found: dict[str, object]) -> None:
    sound = {"coverage": SignatureCoverageLevel.ENTIRE_FILE, "modification_level": ModificationLevel.NONE}
    status = SimpleNamespace(**{"intact": True, "valid": True, "trusted": True, "bottom_line": True, **sound, **found})
    with pytest.raises(pades.NotGenuine, match="После подписания файл был изменён"):
        pades_verification._refuse_invalid(None, status, NOW)


def test_another_authority(signed: bytes, settings: Settings, tmp_path: Path) -> None:
    demo_authority.issue(tmp_path, owners=OWNERS, password=PASSWORD, now=NOW)
    settings.KEYS_DIR = tmp_path
    assert refusal(signed).startswith("Сертификат подписи не подтверждён")


def test_certificate_that_has_expired_since(signed: bytes) -> None:
    assert refusal(signed, now=YEARS_LATER).startswith("Сертификат подписи не подтверждён")


def test_no_authority_to_check_against(signed: bytes, settings: Settings, tmp_path: Path) -> None:
    settings.KEYS_DIR = tmp_path
    assert refusal(signed) == "Нет сертификата удостоверяющего центра: проверить подпись нечем."


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7\n", b"PK\x03\x04"])
def test_not_a_pdf(keys: Path, data: bytes) -> None:
    refusal(data)
