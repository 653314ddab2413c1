"""Signed by key in the portal or by hand on paper; everything else leaves the letter awaiting."""

import datetime
import hashlib
import subprocess
from pathlib import Path

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from rcro_portal.lib import store
from rcro_portal.lib.refusals import WrongStep
from reports.letters import drawing, letters, second_person, signatures
from reports.models import Letter, Signature, SigningAuthority, SoleClerk
from reports.models.letter import FileKind, LetterStatus, Way
from reports.signing import pades, scans
from tests import clock
from tests.factories import brought
from tests.factories import letters as walked
from tests.factories.centers import PersonFactory, UserFactory, staff
from tests.factories.moments import REGISTERED_AT, SIGNED_AT, tomsk
from tests.factories.reports import DIRECTOR, KEY_PASSWORD, Office, SigningAuthorityFactory
from tests.untouched import refused

pytestmark = pytest.mark.django_db
LATER = tomsk(3, 18, 16)
PDF, JPEG, PNG = brought.pdf(), b"\xff\xd8\xff\xe0 scan", b"\x89PNG\r\n\x1a\n scan"


def in_database(letter: Letter) -> Letter:
    return Letter.objects.get(pk=letter.pk)


def on_paper(office: Office) -> Letter:
    letter = walked.awaiting(office)
    signatures.choose_method(letter=letter, way=Way.PAPER, by=office.director, at=SIGNED_AT)
    return letter


# -- By key -----------------------------------------------------------------------------------------


def test_signed_by_key(office: Office, key: None) -> None:
    letter = walked.signed(office)
    row, signature = in_database(letter), Signature.objects.get()
    assert (row.status, signature.letter, signature.way) == (LetterStatus.SIGNED, letter, Way.KEY)
    assert (signature.signed_by, signature.signed_at, signature.confirmed_by) == (office.director, SIGNED_AT, None)
    assert signature.owner == DIRECTOR
    assert signature.valid_from < clock.now() < signature.valid_to
    assert (len(signature.fingerprint), bool(signature.serial), bool(signature.report)) == (64, True, True)
    assert walked.steps(letter)[-1] == ("awaiting", "signed", office.director, SIGNED_AT, "")


def test_signed_file_only_adds_to_the_one_that_was_read(office: Office, key: None) -> None:
    letter = walked.signed(office)
    original = Signature.objects.get().original
    signed = store.read(original.digest)
    assert (original.kind, original.size, original.made_by) == (FileKind.SEALED, len(signed), office.director)
    assert signed.startswith(store.read(letter.final.digest))
    verdict = pades.verify(signed, now=clock.now())
    assert (verdict.owner, verdict.fingerprint) == (DIRECTOR, Signature.objects.get().fingerprint)


def test_other_programs_call_the_signature_valid(office: Office, key: None, tmp_path: Path) -> None:
    walked.signed(office)
    signed = tmp_path / "letter.pdf"
    signed.write_bytes(store.read(Signature.objects.get().original.digest))
    said = subprocess.run(["pdfsig", "-nocert", str(signed)], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid." in said
    assert "Total document signed" in said


def test_release_is_told_after_the_commit(
    office: Office, key: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    letter = walked.awaiting(office)
    with django_capture_on_commit_callbacks() as told:
        walked.sign(letter, office)
    assert len(told) == 1


def test_wrong_password(office: Office, key: None) -> None:
    letter = walked.awaiting(office)
    with pytest.raises(pades.WrongPassword):
        walked.sign(letter, office, password="не тот")


def test_no_key_on_the_server(office: Office, settings: Settings, tmp_path: Path) -> None:
    settings.KEYS_DIR = tmp_path
    letter = walked.awaiting(office)
    with refused(pades.NoKey):
        walked.sign(letter, office)


def test_key_of_somebody_else(office: Office, key: None) -> None:
    office.director.person.surname = "Соснова"
    office.director.person.save(update_fields=["surname", "search_key"])
    letter = walked.awaiting(office)
    with refused(pades.NotOwner):
        walked.sign(letter, office)


def test_expired_certificate(office: Office, key: None) -> None:
    letter = walked.awaiting(office)
    with refused(pades.CertificateExpired):
        signatures.sign(
            letter=letter,
            digest=letter.final.digest,
            password=KEY_PASSWORD,
            by=office.director,
            at=SIGNED_AT,
            now=clock.now().replace(year=clock.now().year + 4),
        )


def test_other_pdf_than_was_on_the_screen(office: Office, key: None) -> None:
    letter = walked.awaiting(office)
    with refused(letters.LetterChanged):
        signatures.sign(
            letter=letter,
            digest="0" * 64,
            password=KEY_PASSWORD,
            by=office.director,
            at=SIGNED_AT,
            now=clock.now(),
        )


def test_damaged_file_is_not_signed(office: Office, key: None) -> None:
    letter = walked.awaiting(office)
    lying = store.path(letter.final.digest)
    lying.chmod(0o644)
    lying.write_bytes(lying.read_bytes() + b" ")
    try:
        with refused(store.Damaged):
            walked.sign(letter, office)
    finally:
        lying.unlink()


@pytest.mark.parametrize("make", [walked.in_review, walked.approved, walked.preparing])
def test_nothing_to_sign_yet(office: Office, key: None, make: type) -> None:
    letter = make(office)
    with refused(WrongStep):
        signatures.sign(
            letter=letter, digest="", password=KEY_PASSWORD, by=office.director, at=SIGNED_AT, now=clock.now()
        )


def test_signed_once(office: Office, key: None) -> None:
    letter = walked.awaiting(office)
    late = in_database(letter)
    walked.sign(letter, office)
    for again in (letter, late):
        with refused(WrongStep):
            walked.sign(again, office)


def test_pdf_of_an_annulled_number_is_not_signed_for_a_later_one(office: Office, key: None) -> None:
    page = walked.awaiting(office)
    renumbered(page, office)
    with refused(WrongStep):
        walked.sign(page, office)


def renumbered(letter: Letter, office: Office) -> Letter:
    """The same letter, returned and on its way again with the next number."""
    fresh = in_database(letter)
    letters.give_back(letter=fresh, note="Опечатка", by=office.director, at=REGISTERED_AT)
    again = letters.file_outcome(outcome=fresh.outcome, by=office.methodist, at=REGISTERED_AT)
    walked.approve(again, office, at=REGISTERED_AT)
    walked.register(again, office)
    assert drawing.draw(letter_id=again.pk, at=REGISTERED_AT, now=REGISTERED_AT)
    return in_database(again)


def test_only_the_printed_signatory_signs_while_the_authority_lasts(office: Office, key: None) -> None:
    letter = walked.awaiting(office)
    other = UserFactory(person=PersonFactory())
    with refused(letters.NotSignatory):
        signatures.sign(
            letter=letter,
            digest=letter.final.digest,
            password=KEY_PASSWORD,
            by=other,
            at=SIGNED_AT,
            now=clock.now(),
        )
    SigningAuthorityFactory(person=other.person)
    with refused(letters.NotSignatory, "Письмо приготовлено на подпись другому лицу. Верните его исполнителю."):
        signatures.sign(
            letter=letter,
            digest=letter.final.digest,
            password=KEY_PASSWORD,
            by=other,
            at=SIGNED_AT,
            now=clock.now(),
        )
    SigningAuthority.objects.update(until=REGISTERED_AT.date().replace(day=17))
    with refused(letters.NotSignatory):
        walked.sign(letter, office)


# -- On paper ---------------------------------------------------------------------------------------


def test_way_is_chosen_and_leaves_a_trace(office: Office) -> None:
    letter = on_paper(office)
    assert in_database(letter).way == Way.PAPER
    assert walked.steps(letter)[-1] == (
        "awaiting",
        "awaiting",
        office.director,
        SIGNED_AT,
        "Подписание на бумаге",
    )
    with refused(WrongStep):
        signatures.choose_method(letter=letter, way=Way.PAPER, by=office.director, at=SIGNED_AT)
    signatures.choose_method(letter=letter, way=Way.KEY, by=office.director, at=LATER)
    assert in_database(letter).way == Way.KEY


def test_way_is_chosen_only_while_the_letter_awaits(office: Office) -> None:
    letter = walked.approved(office)
    with refused(WrongStep):
        signatures.choose_method(letter=letter, way=Way.PAPER, by=office.director, at=SIGNED_AT)


def test_letter_to_be_signed_on_paper_is_not_signed_by_key(office: Office, key: None) -> None:
    letter = walked.awaiting(office)
    page = in_database(letter)
    signatures.choose_method(letter=letter, way=Way.PAPER, by=office.director, at=SIGNED_AT)
    with refused(signatures.OtherWay):
        walked.sign(letter, office)
    with refused(WrongStep):
        walked.sign(page, office)


@pytest.mark.parametrize(("data", "media_type"), [(PDF, "application/pdf"), (JPEG, "image/jpeg"), (PNG, "image/png")])
def test_scan_is_kept_as_it_came(office: Office, data: bytes, media_type: str) -> None:
    letter = on_paper(office)
    scan = signatures.upload_scan(letter=letter, data=data, by=office.clerk, at=LATER)
    assert (scan.kind, scan.media_type, scan.size) == (FileKind.SCAN, media_type, len(data))
    assert (scan.digest, scan.made_by, scan.made_at) == (hashlib.sha256(data).hexdigest(), office.clerk, LATER)
    assert store.read(scan.digest) == data
    assert in_database(letter).status == LetterStatus.AWAITING


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 scan", b"<html>%PDF-", b"GIF89a", b" %PDF-1.7", b"\x89PNG"])
def test_what_is_no_scan_is_refused(office: Office, data: bytes) -> None:
    letter = on_paper(office)
    with refused(scans.NotAScan):
        signatures.upload_scan(letter=letter, data=data, by=office.clerk, at=LATER)


def test_scan_of_a_letter_that_is_signed_by_key_is_refused(office: Office) -> None:
    letter = walked.awaiting(office)
    with refused(signatures.OtherWay):
        signatures.upload_scan(letter=letter, data=PDF, by=office.clerk, at=LATER)


def test_confirmed_scan_signs_the_letter(office: Office) -> None:
    letter = on_paper(office)
    scan = signatures.upload_scan(letter=letter, data=PDF, by=office.methodist, at=SIGNED_AT)
    signatures.confirm_scan(letter=letter, scan=scan, by=office.clerk, at=LATER)
    signature = Signature.objects.get()
    assert (in_database(letter).status, signature.way, signature.original) == (LetterStatus.SIGNED, Way.PAPER, scan)
    assert (signature.signed_by, signature.confirmed_by, signature.signed_at) == (office.director, office.clerk, LATER)
    assert walked.steps(letter)[-1] == ("awaiting", "signed", office.clerk, LATER, "")


def test_scan_signs_nothing_once_its_signatory_has_left_or_the_letter_awaits_no_more(office: Office) -> None:
    letter = on_paper(office)
    scan = signatures.upload_scan(letter=letter, data=PDF, by=office.methodist, at=SIGNED_AT)
    SigningAuthority.objects.update(until=SIGNED_AT.date() - datetime.timedelta(days=1))
    letter = Letter.objects.select_related("authority").get(pk=letter.pk)
    with refused(letters.NotSignatory, "Срок полномочий подписавшего истёк. Верните письмо исполнителю."):
        signatures.confirm_scan(letter=letter, scan=scan, by=office.clerk, at=LATER)
    letters.annul(letter=letter, note="Ждём нового директора", by=office.clerk, at=LATER)
    for act in (
        lambda: signatures.confirm_scan(letter=letter, scan=scan, by=office.clerk, at=LATER),
        lambda: signatures.upload_scan(letter=letter, data=PDF, by=office.clerk, at=LATER),
    ):
        with refused(WrongStep):
            act()


def test_nothing_chosen_opens_no_key(office: Office) -> None:
    told = {"chosen": [], "password": "не тот", "by": office.director, "at": SIGNED_AT, "now": clock.now()}
    assert signatures.sign_many(**told) == []


# -- Two people for paper -------------------------------------------------------------------------------


def test_who_uploaded_a_scan_does_not_confirm_it(office: Office) -> None:
    letter = on_paper(office)
    scan = signatures.upload_scan(letter=letter, data=PDF, by=office.clerk, at=LATER)
    with refused(second_person.OwnUpload):
        signatures.confirm_scan(letter=letter, scan=scan, by=office.clerk, at=LATER)


def test_another_clerk_confirms_it(office: Office) -> None:
    letter = on_paper(office)
    scan = signatures.upload_scan(letter=letter, data=PDF, by=office.clerk, at=LATER)
    other = staff("clerk")
    signatures.confirm_scan(letter=letter, scan=scan, by=other, at=LATER)
    assert walked.steps(letter)[-1] == ("awaiting", "signed", other, LATER, "")


def test_the_same_file_brought_by_another_is_theirs(office: Office) -> None:
    """Else a clerk who was first to upload would wait for a second clerk for ever."""
    letter = on_paper(office)
    for by in (office.clerk, office.methodist, office.methodist):
        scan = signatures.upload_scan(letter=letter, data=PDF, by=by, at=LATER)
    assert [row.made_by for row in letter.scans()] == [office.methodist, office.clerk]
    signatures.confirm_scan(letter=letter, scan=scan, by=office.clerk, at=LATER)
    assert Signature.objects.get().original == scan


def test_one_clerk_confirms_where_the_institution_says_so_and_the_trail_tells(office: Office) -> None:
    day = datetime.timedelta(days=1)
    order = SoleClerk.objects.create(basis="Приказ № 12 от 11.01.2026", since=LATER.date(), until=LATER.date())
    letter = on_paper(office)
    scan = signatures.upload_scan(letter=letter, data=PDF, by=office.clerk, at=LATER)
    for at in (LATER - day, LATER + day):
        with refused(second_person.OwnUpload):
            signatures.confirm_scan(letter=letter, scan=scan, by=office.clerk, at=at)
    signatures.confirm_scan(letter=letter, scan=scan, by=office.clerk, at=LATER)
    note = f"Загрузил и подтвердил один человек: {order.basis}"
    assert walked.steps(letter)[-1] == ("awaiting", "signed", office.clerk, LATER, note)


def test_newest_scan_counts(office: Office) -> None:
    letter = on_paper(office)
    first = signatures.upload_scan(letter=letter, data=PDF, by=office.methodist, at=LATER)
    signatures.upload_scan(letter=letter, data=PNG, by=office.methodist, at=LATER)
    with refused(letters.LetterChanged):
        signatures.confirm_scan(letter=letter, scan=first, by=office.clerk, at=LATER)


def test_confirmed_once_and_only_on_paper(office: Office) -> None:
    letter = on_paper(office)
    scan = signatures.upload_scan(letter=letter, data=PDF, by=office.methodist, at=LATER)
    signatures.choose_method(letter=letter, way=Way.KEY, by=office.director, at=LATER)
    with refused(signatures.OtherWay):
        signatures.confirm_scan(letter=letter, scan=scan, by=office.clerk, at=LATER)
    signatures.choose_method(letter=letter, way=Way.PAPER, by=office.director, at=LATER)
    late = in_database(letter)
    signatures.confirm_scan(letter=letter, scan=scan, by=office.clerk, at=LATER)
    with refused(WrongStep):
        signatures.confirm_scan(letter=late, scan=scan, by=office.clerk, at=LATER)


def test_scan_of_an_annulled_number_signs_no_later_one(office: Office) -> None:
    letter = on_paper(office)
    scan = signatures.upload_scan(letter=letter, data=PDF, by=office.methodist, at=SIGNED_AT)
    again = renumbered(letter, office)
    if again.way != Way.PAPER:
        signatures.choose_method(letter=again, way=Way.PAPER, by=office.director, at=SIGNED_AT)
    with refused(letters.LetterChanged):
        signatures.confirm_scan(letter=again, scan=scan, by=office.clerk, at=LATER)


def test_a_returned_letter_is_signed_by_key_again_unless_chosen_anew(office: Office) -> None:
    letter = walked.awaiting(office)
    signatures.choose_method(letter=letter, way=Way.PAPER, by=office.director, at=SIGNED_AT)
    letters.give_back(letter=letter, note="Уточните срок.", by=office.director, at=SIGNED_AT)
    assert Letter.objects.get(pk=letter.pk).way == Way.KEY
