"""A letter signed by ГОСТ outside the portal: proved it is signed, unproved it waits, refused it is untouched."""

import datetime as dt
import io
from pathlib import Path

import pikepdf
import pytest
from django.db import connection, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from rcro_portal.lib import store
from rcro_portal.lib.refusals import WrongStep
from reports.composing import renditions
from reports.delivery import dispatch
from reports.letters import letters, outside_signatures, signatures
from reports.models import DetachedSignature, Letter, Recipient, Signature
from reports.models.letter import FileKind, LetterStatus, Way
from reports.operations import invariants
from reports.signing import gost
from reports.typesetting import rendering
from reports.verification import checking
from tests import clock
from tests.factories import letters as walked
from tests.factories.centers import CoordinatorFactory
from tests.factories.moments import SENT_AT, SIGNED_AT, tomsk
from tests.factories.reports import Office
from tests.gost_authority import DAY, GostAuthority, needs_engine
from tests.untouched import nothing_changes, refused

pytestmark = [pytest.mark.django_db, needs_engine, pytest.mark.machine_clock]  # OpenSSL puts it into a signature
NOW = clock.machine()
LATER = tomsk(3, 18, 16)
OWNER = "Кедрова Елена Юрьевна"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> GostAuthority:
    made = GostAuthority(tmp_path_factory.mktemp("gost"), "outside")
    made.issue("director", f"/CN={OWNER}", begins=NOW - DAY, ends=NOW + 400 * DAY)
    made.issue("other", "/CN=Другая Ольга Олеговна", begins=NOW - DAY, ends=NOW + 400 * DAY)
    return made


@pytest.fixture
def keys(settings: Settings, tmp_path: Path, machine_keys_dir: Path) -> Path:
    """No root yet; the director's own key is there as well."""
    settings.KEYS_DIR = tmp_path
    for file in machine_keys_dir.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path


@pytest.fixture
def roots(keys: Path, authority: GostAuthority) -> Path:
    return authority.trusted_in(keys / "gost-roots")


@pytest.fixture
def letter(office: Office) -> Letter:
    return outside(office)


def outside(office: Office) -> Letter:
    made = walked.awaiting(office)
    signatures.choose_method(letter=made, way=Way.GOST, by=office.director, at=SIGNED_AT)
    return made


def signed_by(authority: GostAuthority, letter: Letter, who: str = "director") -> bytes:
    return authority.sign(who, store.read(letter.final.digest))


def upload(letter: Letter, office: Office, data: bytes, at: dt.datetime = SIGNED_AT) -> DetachedSignature:
    return outside_signatures.upload(letter=letter, data=data, by=office.director, at=at, now=clock.now())


def in_database(letter: Letter) -> Letter:
    return Letter.objects.get(pk=letter.pk)


# -- Proved -------------------------------------------------------------------------------------------


def test_proved_signature_signs_the_letter(
    letter: Letter, office: Office, authority: GostAuthority, roots: Path
) -> None:
    row = upload(letter, office, signed_by(authority, letter))
    signature = Signature.objects.get()
    assert in_database(letter).status == LetterStatus.SIGNED
    assert (signature.way, signature.original, signature.signed_by) == (Way.GOST, letter.final, office.director)
    assert (signature.signed_at, signature.confirmed_by, signature.owner) == (SIGNED_AT, None, OWNER)
    assert (row.verdict, row.over, row.owner, row.uploaded_by) == ("valid", letter.final, OWNER, office.director)
    assert (row.file.kind, row.file.media_type) == (FileKind.SIGNATURE, "application/pkcs7-signature")
    assert (signature.fingerprint, signature.report) == (row.fingerprint, row.report)
    assert walked.steps(letter)[-1] == ("awaiting", "signed", office.director, SIGNED_AT, "")


def test_original_is_the_pdf_without_a_mark(
    letter: Letter, office: Office, authority: GostAuthority, roots: Path
) -> None:
    data = signed_by(authority, letter)
    row = upload(letter, office, data)
    shown = renditions.shown(in_database(letter))
    assert shown.digest == letter.final.digest
    assert store.read(row.file.digest) == data


def test_release_is_told_after_the_commit(
    letter: Letter,
    office: Office,
    authority: GostAuthority,
    roots: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    data = signed_by(authority, letter)
    with django_capture_on_commit_callbacks() as told:
        upload(letter, office, data)
    assert len(told) == 1


def test_clerk_uploads_for_the_director(letter: Letter, office: Office, authority: GostAuthority, roots: Path) -> None:
    data = signed_by(authority, letter)
    outside_signatures.upload(letter=letter, data=data, by=office.clerk, at=SIGNED_AT, now=clock.now())
    assert Signature.objects.get().signed_by == office.director


def test_centres_get_the_original_with_its_signature(
    office: Office, authority: GostAuthority, roots: Path, mailoutbox: list
) -> None:
    CoordinatorFactory(person__email="coordinator@school.example")
    letter = outside(office)
    data = signed_by(authority, letter)
    upload(letter, office, data)
    assert letters.release(letter_id=letter.pk, at=SENT_AT)
    assert dispatch.deliver(recipient_id=Recipient.objects.get().pk, at=SENT_AT, now=SENT_AT)
    stamped = letter.files.get(kind=FileKind.STAMPED)
    assert [tuple(one) for one in mailoutbox[0].attachments] == [
        ("pismo-941-2026.pdf", store.read(letter.final.digest), "application/pdf"),
        ("pismo-941-2026.sig", data, "application/pkcs7-signature"),
        ("pismo-941-2026-kopiya.pdf", store.read(stamped.digest), "application/pdf"),
    ]
    given = renditions.given_out(in_database(letter)).values_list("kind", flat=True)
    assert sorted(given) == ["final", "signature", "stamped"]


# -- The copy with the mark -----------------------------------------------------------------------------


def test_copy_carries_the_mark_in_its_place(
    letter: Letter, office: Office, authority: GostAuthority, roots: Path
) -> None:
    upload(letter, office, signed_by(authority, letter))
    copy = letter.files.get(kind=FileKind.STAMPED)
    original, stamped = store.read(letter.final.digest), store.read(copy.digest)
    last = rendering.page_count(original)
    assert rendering.page_image(stamped, last, 400) != rendering.page_image(original, last, 400)
    text = " ".join(rendering.plain_text(stamped).split())
    assert " ".join(rendering.plain_text(original).split()) == text
    with pikepdf.open(io.BytesIO(stamped)) as pdf:
        (mark,) = [one for page in pdf.pages for one in page.get("/Annots", [])]
        assert (str(mark.Subtype), "/AcroForm" in pdf.Root) == ("/Stamp", False)
        assert str(mark.Contents).startswith("Документ подписан электронной подписью. Сертификат ")
        assert OWNER in str(mark.Contents)
        with pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == "2A"
    with pikepdf.open(io.BytesIO(original)) as pdf:
        (place,) = pdf.Root.AcroForm.Fields
        assert [float(edge) for edge in place.Rect] == pytest.approx([float(edge) for edge in mark.Rect], abs=1)


# -- Not checked ----------------------------------------------------------------------------------------


@pytest.fixture
def no_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gost, "JUDGES", ())


def test_unproved_signature_waits_for_the_clerk(
    letter: Letter, office: Office, authority: GostAuthority, roots: Path, no_judge: None
) -> None:
    row = upload(letter, office, signed_by(authority, letter))
    assert (row.verdict, in_database(letter).status) == ("unchecked", LetterStatus.AWAITING)
    assert not Signature.objects.exists()
    assert not letter.files.filter(kind=FileKind.STAMPED).exists()
    assert walked.steps(letter)[-1][4] == "Загружена подпись вне портала, здесь она не проверялась"


def test_without_roots_too(letter: Letter, office: Office, authority: GostAuthority, keys: Path) -> None:
    assert upload(letter, office, signed_by(authority, letter)).verdict == "unchecked"


def test_clerk_confirms_what_was_checked_elsewhere(
    letter: Letter, office: Office, authority: GostAuthority, keys: Path
) -> None:
    row = upload(letter, office, signed_by(authority, letter))
    outside_signatures.confirm(letter=letter, signature=row, by=office.clerk, at=LATER)
    signature = Signature.objects.get()
    assert in_database(letter).status == LetterStatus.SIGNED
    assert (signature.way, signature.original, signature.confirmed_by) == (Way.GOST, letter.final, office.clerk)
    assert (signature.signed_by, DetachedSignature.objects.get().verdict) == (office.director, "unchecked")
    assert not letter.files.filter(kind=FileKind.STAMPED).exists()


def test_stranger_hears_whether_the_signature_was_proved_here(
    letter: Letter, office: Office, authority: GostAuthority, roots: Path
) -> None:
    upload(letter, office, signed_by(authority, letter))
    assert checking.by_file(store.read(letter.final.digest)).verdict == checking.CheckVerdict.GENUINE


def test_stranger_hears_that_it_was_not(letter: Letter, office: Office, authority: GostAuthority, keys: Path) -> None:
    row = upload(letter, office, signed_by(authority, letter))
    outside_signatures.confirm(letter=letter, signature=row, by=office.clerk, at=LATER)
    assert checking.by_file(store.read(letter.final.digest)).title == "Подпись приложена, здесь она не проверялась"


def test_file_that_is_checked_later_takes_the_place_of_the_unchecked(
    letter: Letter, office: Office, authority: GostAuthority, keys: Path
) -> None:
    data = signed_by(authority, letter)
    first = upload(letter, office, data)
    authority.trusted_in(keys / "gost-roots")
    second = upload(letter, office, data)
    assert (second.pk, second.verdict, letter.files.filter(kind=FileKind.SIGNATURE).count()) == (first.pk, "valid", 2)
    assert in_database(letter).status == LetterStatus.SIGNED


def test_confirmed_once(letter: Letter, office: Office, authority: GostAuthority, keys: Path) -> None:
    row = upload(letter, office, signed_by(authority, letter))
    late = in_database(letter)
    outside_signatures.confirm(letter=letter, signature=row, by=office.clerk, at=LATER)
    for again in (letter, late):
        with refused(WrongStep), transaction.atomic():
            outside_signatures.confirm(letter=again, signature=row, by=office.clerk, at=LATER)


def test_file_of_another_letter_is_not_confirmed(
    letter: Letter, office: Office, authority: GostAuthority, keys: Path
) -> None:
    upload(letter, office, signed_by(authority, letter))
    other = outside(office)
    row = upload(other, office, signed_by(authority, other))
    with refused(letters.LetterChanged), transaction.atomic():
        outside_signatures.confirm(letter=letter, signature=row, by=office.clerk, at=LATER)


# -- Refused ----------------------------------------------------------------------------------------------


def test_signature_of_somebody_else(letter: Letter, office: Office, authority: GostAuthority, roots: Path) -> None:
    data = signed_by(authority, letter, "other")
    with refused(
        outside_signatures.AnotherSigner,
        "Сертификат подписи выдан другому лицу: Другая Ольга Олеговна. Письмо подписывает Кедрова Елена Юрьевна. "
        "Оно не изменилось.",
    ):
        upload(letter, office, data)


def test_signature_of_another_pdf(letter: Letter, office: Office, authority: GostAuthority, roots: Path) -> None:
    data = authority.sign("director", store.read(letter.final.digest) + b" ")
    with refused(gost.NotOfDocument):
        upload(letter, office, data)


def test_signature_older_than_the_pdf(letter: Letter, office: Office, authority: GostAuthority, roots: Path) -> None:
    letter.final.made_at = NOW + DAY
    data = signed_by(authority, letter)
    with refused(outside_signatures.SignedTooEarly):
        upload(letter, office, data)


def test_other_way_chosen(office: Office, authority: GostAuthority, roots: Path) -> None:
    made = walked.awaiting(office)
    data = signed_by(authority, made)
    with refused(signatures.OtherWay):
        upload(made, office, data)


def test_authority_that_is_over(letter: Letter, office: Office, authority: GostAuthority, roots: Path) -> None:
    data = signed_by(authority, letter)
    office.authority.until = tomsk(3, 18, 9).date()
    office.authority.save(update_fields=["until"])
    letter.refresh_from_db()
    with refused(letters.NotSignatory):
        upload(letter, office, data, at=tomsk(3, 20, 10))


def test_signed_once(letter: Letter, office: Office, authority: GostAuthority, roots: Path) -> None:
    late, data = in_database(letter), signed_by(authority, letter)
    upload(letter, office, data)
    for again in (letter, late):
        with refused(WrongStep):
            upload(again, office, data)


def test_letter_that_went_back_meanwhile(letter: Letter, office: Office, authority: GostAuthority, keys: Path) -> None:
    """The file came while the letter was returned: neither signed nor noted."""
    data, late = signed_by(authority, letter), in_database(letter)
    letters.give_back(letter=in_database(letter), note="Опечатка", by=office.director, at=LATER)
    with refused(WrongStep):
        upload(late, office, data)
    authority.trusted_in(keys / "gost-roots")
    with refused(WrongStep):
        upload(late, office, data)


# -- Both kinds on one letter -------------------------------------------------------------------------------


def attach(letter: Letter, office: Office, data: bytes) -> DetachedSignature:
    return outside_signatures.attach(letter=letter, data=data, by=office.director, at=LATER, now=clock.now())


def test_second_signature_over_the_sealed_pdf(office: Office, authority: GostAuthority, roots: Path) -> None:
    letter = in_database(walked.signed(office))
    signed = letter.signature.original
    row = attach(letter, office, authority.sign("director", store.read(signed.digest)))
    assert (row.verdict, row.over, in_database(letter).status) == ("valid", signed, LetterStatus.SIGNED)
    assert (Signature.objects.get().way, list(renditions.detached(letter))) == (Way.KEY, [row])
    with nothing_changes(), pytest.raises(outside_signatures.AlreadyThere):
        attach(letter, office, authority.sign("director", store.read(signed.digest)))


def test_second_signature_before_the_seal(office: Office, authority: GostAuthority, roots: Path) -> None:
    letter = walked.awaiting(office)
    row = attach(letter, office, signed_by(authority, letter))
    assert (row.verdict, row.over, in_database(letter).status) == ("valid", letter.final, LetterStatus.AWAITING)
    walked.sign(letter, office)
    assert store.read(Signature.objects.get().original.digest).startswith(store.read(row.over.digest))
    assert list(renditions.detached(in_database(letter))) == [row]
    assert not any(invariants.broken().values())


def test_second_signature_over_the_unsigned_pdf_of_a_signed_letter(
    office: Office, authority: GostAuthority, roots: Path
) -> None:
    letter = in_database(walked.signed(office))
    data = signed_by(authority, letter)
    with refused(gost.NotOfDocument):
        attach(letter, office, data)


def test_no_second_signature_on_paper(office: Office, authority: GostAuthority, roots: Path) -> None:
    letter = walked.sent_on_paper(office)
    data = signed_by(authority, letter)
    with refused(WrongStep):
        attach(letter, office, data)


# -- What must hold -----------------------------------------------------------------------------------------


def test_letter_signed_outside_holds(letter: Letter, office: Office, authority: GostAuthority, roots: Path) -> None:
    upload(letter, office, signed_by(authority, letter))
    assert not any(invariants.broken().values())


def test_confirmed_letter_holds(letter: Letter, office: Office, authority: GostAuthority, keys: Path) -> None:
    row = upload(letter, office, signed_by(authority, letter))
    outside_signatures.confirm(letter=letter, signature=row, by=office.clerk, at=LATER)
    assert not any(invariants.broken().values())


def test_signature_without_its_file_is_found(
    letter: Letter, office: Office, authority: GostAuthority, roots: Path, without_triggers: None
) -> None:
    upload(letter, office, signed_by(authority, letter))
    DetachedSignature.objects.all().delete()
    assert list(invariants.signatures()) == [
        f"Письмо {letter.pk} подписано вне портала, а проверенного или подтверждённого файла подписи нет."
    ]


def test_file_of_another_document_is_found(
    letter: Letter, office: Office, authority: GostAuthority, roots: Path, without_triggers: None
) -> None:
    row = upload(letter, office, signed_by(authority, letter))
    foreign = store.put(authority.sign("director", b"another"))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reports_letterfile SET digest = %s WHERE id = %s", [foreign, row.file_id])
    assert list(invariants.verified_signatures()) == [
        f"Письмо {letter.pk}, файл подписи {row.pk}: {gost.NotOfDocument.words}"
    ]
