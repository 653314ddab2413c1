"""Signing several letters with one password, approving on a phone, and the evidence sheet."""

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from rcro_portal.lib.refusals import WrongStep
from reports.letters import letters as verbs
from reports.letters import signatures
from reports.letters.forms import UNREAD
from reports.models import Letter, SigningAuthority
from reports.models.letter import LetterStatus
from reports.signing import pades
from reports.typesetting import rendering
from tests import clock
from tests.factories import letters
from tests.factories.moments import REGISTERED_AT, SIGNED_AT
from tests.factories.reports import KEY_PASSWORD, Office

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("key")]


@pytest.fixture
def director(office: Office, client: Client, demo: None) -> Client:
    client.force_login(office.director)
    return client


def many(office: Office, number: int = 3) -> list[Letter]:
    return [letters.awaiting(office) for _ in range(number)]


def seen(rows: list[Letter]) -> list[tuple[Letter, str]]:
    return [(letter, letter.final.digest) for letter in rows]


def sign(office: Office, chosen: list[tuple[Letter, str]], password: str = KEY_PASSWORD) -> list[str]:
    results = signatures.sign_many(chosen=chosen, password=password, by=office.director, at=SIGNED_AT, now=clock.now())
    return [result.refused for result in results]


def statuses(rows: list[Letter]) -> list[str]:
    return [Letter.objects.get(pk=letter.pk).status for letter in rows]


def test_all_are_signed_and_the_key_is_opened_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    rows, opened = many(office), []
    load = pades.load_key
    monkeypatch.setattr(pades, "load_key", lambda **given: opened.append(1) or load(**given))
    assert sign(office, seen(rows)) == ["", "", ""]
    assert (statuses(rows), len(opened)) == ([LetterStatus.SIGNED] * 3, 1)


def test_one_that_changed_is_named_and_holds_up_no_other(office: Office) -> None:
    rows = many(office)
    chosen = seen(rows)
    verbs.give_back(letter=rows[1], note="Поправьте срок.", by=office.director, at=REGISTERED_AT)
    chosen[2] = (rows[2], "0" * 64)
    refused = sign(office, [(Letter.objects.get(pk=letter.pk), digest) for letter, digest in chosen])
    assert refused == ["", WrongStep.words, verbs.LetterChanged.words]
    assert statuses(rows) == [LetterStatus.SIGNED, LetterStatus.DRAFT, LetterStatus.AWAITING]


def test_wrong_password_signs_none(office: Office) -> None:
    rows = many(office)
    with pytest.raises(pades.WrongPassword):
        sign(office, seen(rows), password="не тот")
    assert statuses(rows) == [LetterStatus.AWAITING] * 3


def test_second_press_signs_nothing_twice(office: Office) -> None:
    rows = many(office, 1)
    stale = seen(rows)
    assert sign(office, [(Letter.objects.get(pk=rows[0].pk), stale[0][1])]) == [""]
    assert sign(office, [(Letter.objects.get(pk=rows[0].pk), stale[0][1])]) == [WrongStep.words]


def posted(rows: list[Letter], password: str = KEY_PASSWORD) -> dict[str, Any]:
    return {"letter": [f"{letter.pk}:{letter.final.digest}" for letter in rows], "password": password}


def test_page_shows_each_and_signs_the_ticked(office: Office, director: Client) -> None:
    rows = many(office)
    page = director.get(reverse("reports:sign-desk"))
    assert [letter.pk for letter, *_ in page.context["rows"]] == [letter.pk for letter in rows]
    answer = director.post(reverse("reports:sign-desk"), posted(rows[:2]), follow=True)
    assert "Подписано 2 из 2" in answer.text
    assert statuses(rows) == [LetterStatus.SIGNED, LetterStatus.SIGNED, LetterStatus.AWAITING]


def test_page_says_what_was_not_signed(office: Office, director: Client) -> None:
    rows = many(office, 2)
    given = posted(rows)
    verbs.give_back(letter=rows[1], note="Поправьте срок.", by=office.director, at=REGISTERED_AT)
    answer = director.post(reverse("reports:sign-desk"), given, follow=True)
    assert "Подписано 1 из 2" in answer.text
    assert f"Не подписано «{rows[1].subject_line}»" in answer.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"letter": []}, "Отметьте письма"),
        ({"password": ""}, "Обязательное поле"),
        ({"password": "не тот"}, "Пароль"),
    ],
)
def test_page_keeps_the_ticks_when_it_refuses(
    office: Office, director: Client, fields: dict[str, Any], words: str
) -> None:
    rows = many(office, 2)
    answer = director.post(reverse("reports:sign-desk"), posted(rows) | fields, follow=True)
    assert words in answer.text
    assert statuses(rows) == [LetterStatus.AWAITING] * 2


@pytest.mark.parametrize(
    "key", ["x", "", "-1", "0", "007", "1.5", "²", "\x00", "1\x00", "9223372036854775808", "9" * 400, "999999999"]
)
def test_mark_that_names_no_letter_is_told_in_words(key: str, office: Office, director: Client) -> None:
    rows = many(office, 1)
    given = {"letter": [f"{key}:{'0' * 64}"], "password": KEY_PASSWORD}
    answer = director.post(reverse("reports:sign-desk"), given)
    assert (answer.status_code, UNREAD in answer.text) == (422, True)
    assert statuses(rows) == [LetterStatus.AWAITING]


@pytest.mark.parametrize("digest", ["", "x", "\x00", "0" * 63, "0" * 6_400])
def test_mark_that_names_no_digest_is_told_in_words(digest: str, office: Office, director: Client) -> None:
    rows = many(office, 1)
    given = {"letter": [f"{rows[0].pk}:{digest}"], "password": KEY_PASSWORD}
    answer = director.post(reverse("reports:sign-desk"), given)
    assert (answer.status_code, UNREAD in answer.text) == (422, True)
    assert statuses(rows) == [LetterStatus.AWAITING]


def test_letter_marked_twice_is_signed_once_and_by_one_digest(office: Office, director: Client) -> None:
    (row,) = many(office, 1)
    given = posted([row, row])
    two = director.post(reverse("reports:sign-desk"), {**given, "letter": [given["letter"][0], f"{row.pk}:{'0' * 64}"]})
    assert (two.status_code, UNREAD in two.text, statuses([row])) == (422, True, [LetterStatus.AWAITING])
    assert "Подписано 1 из 1" in director.post(reverse("reports:sign-desk"), given, follow=True).text


def test_approved_on_a_phone_comes_first_and_ticked(office: Office, director: Client) -> None:
    rows = many(office, 2)
    digest = {"digest": rows[1].final.digest}
    director.post(reverse("reports:letter-endorse", args=[rows[1].pk]), digest)
    director.post(reverse("reports:letter-endorse", args=[rows[1].pk]), digest)
    shown = director.get(reverse("reports:sign-desk")).context["rows"]
    assert [(letter.pk, ticked) for letter, _, ticked, _ in shown] == [(rows[1].pk, True), (rows[0].pk, False)]
    assert rows[1].transitions.filter(note=signatures.PREAPPROVED).count() == 1


def test_another_pdf_is_not_approved(office: Office) -> None:
    letter = letters.awaiting(office)
    with pytest.raises(verbs.LetterChanged):
        signatures.preapprove(letter=letter, digest="0" * 64, by=office.director, at=SIGNED_AT)


def test_returned_letter_loses_its_approval(office: Office) -> None:
    letter = letters.awaiting(office)
    signatures.preapprove(letter=letter, digest=letter.final.digest, by=office.director, at=SIGNED_AT)
    verbs.give_back(letter=letter, note="Поправьте срок.", by=office.director, at=SIGNED_AT)
    assert Letter.objects.get(pk=letter.pk).endorsed_at is None


def test_evidence_names_digests_certificate_and_steps(office: Office, director: Client) -> None:
    letter = letters.signed(office)
    answer = director.get(reverse("reports:letter-evidence", args=[letter.pk]))
    text = rendering.plain_text(io.BytesIO(answer.content).getvalue()).replace("\n", "").replace("\r", "")
    wanted = [letter.signature.serial, "СВЕДЕНИЯ О ПОДПИСАНИИ", letter.entry.number, "Согласовано", "Подписано"]
    assert [part for part in wanted if part not in text] == []
    squeezed = "".join(text.split())
    assert [file.digest for file in letter.files.all() if file.digest not in squeezed] == []


def test_no_evidence_before_the_signature(office: Office, director: Client) -> None:
    letter = letters.awaiting(office)
    assert director.get(reverse("reports:letter-evidence", args=[letter.pk])).status_code == 409


def test_evidence_names_the_power_of_attorney(office: Office, director: Client) -> None:
    SigningAuthority.objects.update(attorney_number="5f1c-2026-09")
    letter = letters.signed(office)
    answer = director.get(reverse("reports:letter-evidence", args=[letter.pk]))
    assert "МЧД № 5f1c-2026-09" in rendering.plain_text(answer.content).replace("\xa0", " ")
