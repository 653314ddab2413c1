"""The key's password is guessed five times in five minutes, no oftener; the audit log and the signatory know of it."""

import datetime

import pytest
from django.core import mail

from rcro_portal.lib.notices import telling
from reports.letters import key_attempts, letters, signatures
from reports.models import Letter, LetterTransition
from reports.models.letter import LetterStatus
from reports.signing import pades
from tests import clock
from tests.factories import letters as walked
from tests.factories.moments import SIGNED_AT
from tests.factories.reports import KEY_PASSWORD, Office

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("key")]
SECOND = datetime.timedelta(seconds=1)


@pytest.fixture
def letter(office: Office) -> Letter:
    return walked.awaiting(office)


def sign(letter: Letter, office: Office, password: str, after: int = 0) -> None:
    at = SIGNED_AT + after * SECOND
    signatures.sign(
        letter=letter, digest=letter.final.digest, password=password, by=office.director, at=at, now=clock.now()
    )


def guess(letter: Letter, office: Office, times: int) -> None:
    for second in range(times):
        with pytest.raises(pades.WrongPassword):
            sign(letter, office, f"wrong {second}", after=second)


def test_after_five_wrong_even_the_right_one_waits_until_the_first_is_five_minutes_old(
    letter: Letter, office: Office
) -> None:
    guess(letter, office, 5)
    with pytest.raises(
        key_attempts.TooManyGuesses, match=r"^Пароль ключа пять раз не подошёл\. .* Подождите до \d\d:\d\d"
    ):
        sign(letter, office, KEY_PASSWORD, after=10)
    with pytest.raises(key_attempts.TooManyGuesses):
        sign(letter, office, KEY_PASSWORD, after=299)
    assert Letter.objects.get(pk=letter.pk).status == LetterStatus.AWAITING
    sign(letter, office, KEY_PASSWORD, after=300)
    assert Letter.objects.get(pk=letter.pk).status == LetterStatus.SIGNED


def test_four_wrong_ones_hinder_nobody(letter: Letter, office: Office) -> None:
    guess(letter, office, 4)
    sign(letter, office, KEY_PASSWORD, after=10)
    assert Letter.objects.get(pk=letter.pk).status == LetterStatus.SIGNED


def test_each_wrong_one_is_a_row_of_the_trail_and_what_was_not_tried_is_none(letter: Letter, office: Office) -> None:
    guess(letter, office, 5)
    with pytest.raises(key_attempts.TooManyGuesses):
        sign(letter, office, "wrong again", after=10)
    rows = LetterTransition.objects.filter(note=key_attempts.NOTE).order_by("pk")
    assert list(rows.values_list("letter", "before", "after", "by", "at")) == [
        (letter.pk, "awaiting", "awaiting", office.director.pk, SIGNED_AT + second * SECOND) for second in range(5)
    ]


def test_giving_a_letter_back_forgives_no_guess(letter: Letter, office: Office) -> None:
    guess(letter, office, 5)
    letters.give_back(letter=letter, note="Поправьте срок.", by=office.director, at=SIGNED_AT + 6 * SECOND)
    with pytest.raises(key_attempts.TooManyGuesses):
        sign(walked.awaiting(office), office, KEY_PASSWORD, after=10)


def test_signing_many_at_once_is_no_way_round(letter: Letter, office: Office) -> None:
    guess(letter, office, 5)
    with pytest.raises(key_attempts.TooManyGuesses):
        signatures.sign_many(
            chosen=[(letter, letter.final.digest)],
            password=KEY_PASSWORD,
            by=office.director,
            at=SIGNED_AT,
            now=clock.now(),
        )


def test_signatory_is_told_of_the_fifth_by_a_row_that_needs_no_broker(letter: Letter, office: Office) -> None:
    guess(letter, office, 4)
    assert telling.tell_due(now=clock.now()) == 0
    with pytest.raises(pades.WrongPassword):
        sign(letter, office, "wrong", after=5)
    assert telling.tell_due(now=clock.now()) == 1
    (told,) = mail.outbox
    assert (told.to, told.subject) == (
        [office.director.email],
        "Пароль ключа подписи пять раз не подошёл – портал сети РВЦИ",
    )
    assert "сообщите администратору" in told.body
    assert letter.subject_line in told.body
    assert "wrong" not in told.body
