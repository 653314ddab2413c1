"""Answers walked through one after another, without going back to a list."""

import datetime

import pytest
from django.test import Client

from events.commitments import commitments, review
from events.models import Commitment
from events.models.commitment import CommitmentStatus
from tests.factories.centers import coordinator, staff
from tests.factories.events import CommitmentFactory
from tests.factories.moments import DUE_ON, SENT_AT

pytestmark = pytest.mark.django_db


def answered(days: int = 0) -> Commitment:
    commitment = CommitmentFactory(due_on=DUE_ON + datetime.timedelta(days=days))
    commitments.answer(commitment=commitment, text="Готово.", by=coordinator(commitment.center), at=SENT_AT)
    return commitment


def walk(client: Client, address: str, **fields: object) -> str:
    """Where the press leads."""
    answer = client.post(address, {"walk": "1", **fields})
    assert answer.status_code == 302
    return answer["Location"]


def status(commitment: Commitment) -> str:
    return Commitment.objects.get(pk=commitment.pk).status


def test_one_leads_to_the_next_until_nothing_waits(client: Client) -> None:
    late, first, middle = answered(9), answered(0), answered(3)
    client.force_login(staff("methodist"))
    assert client.get("/commitments/review/")["Location"] == f"/commitments/{first.pk}/review/"
    assert "1 из 3" in client.get(f"/commitments/{first.pk}/review/").text
    onward = walk(client, f"/commitments/{first.pk}/accept/")
    assert onward == f"/commitments/{middle.pk}/review/?done=1"
    assert "2 из 3" in client.get(onward).text
    onward = walk(client, f"/commitments/{middle.pk}/give-back/", note="Нет дат.", done="1")
    assert onward == f"/commitments/{late.pk}/review/?done=2"
    onward = walk(client, f"/commitments/{late.pk}/accept/", done="2")
    assert [status(one) for one in (first, middle, late)] == ["accepted", "returned", "accepted"]
    assert "Проверять больше нечего" in client.get(onward).text


def test_answer_after_its_term_is_said_to_be_late(client: Client) -> None:
    late, in_time = answered(-20), answered(0)
    client.force_login(staff("methodist"))
    assert "ответ пришёл позже на 1 день" in client.get(f"/commitments/{late.pk}/review/").text
    assert "ответ пришёл позже" not in client.get(f"/commitments/{in_time.pk}/review/").text


def test_one_is_skipped_and_comes_again_at_the_end(client: Client) -> None:
    first, second = answered(0), answered(3)
    client.force_login(staff("methodist"))
    assert f'href="/commitments/{second.pk}/review/"' in client.get(f"/commitments/{first.pk}/review/").text
    assert review.place(second, decision=None, done=0) == review.Place(2, 2, first.pk)


def test_skipped_one_of_the_same_term_waits_until_the_others_are_judged(client: Client) -> None:
    skipped, second, third = sorted((answered() for _ in range(3)), key=lambda one: one.organization.sort_key)
    client.force_login(staff("methodist"))
    assert walk(client, f"/commitments/{second.pk}/accept/").startswith(f"/commitments/{third.pk}/review/")
    assert walk(client, f"/commitments/{third.pk}/accept/").startswith(f"/commitments/{skipped.pk}/review/")


def test_walk_through_the_answers_to_one_decision_leaves_the_others(client: Client) -> None:
    own, other = answered(0), answered(1)
    client.force_login(staff("methodist"))
    address = client.get(f"/commitments/review/?decision={own.decision_key}")["Location"]
    assert address == f"/commitments/{own.pk}/review/?decision={own.decision_key}"
    onward = walk(client, f"/commitments/{own.pk}/accept/", decision=str(own.decision_key))
    assert "Проверять больше нечего" in client.get(onward).text
    assert status(other) == CommitmentStatus.IN_REVIEW


def test_remark_without_words_stays_in_the_walk(client: Client) -> None:
    first = answered()
    client.force_login(staff("methodist"))
    page = client.post(f"/commitments/{first.pk}/give-back/", {"walk": "1", "note": "", "done": "4"})
    assert page.status_code == 422
    assert "5 из 5" in page.text
    assert "Обязательное поле." in page.text


def test_what_another_judged_meanwhile_leads_on_in_words(client: Client) -> None:
    first, second = answered(0), answered(3)
    client.force_login(staff("methodist"))
    commitments.accept(commitment=first, by=staff("methodist"), at=SENT_AT)
    page = client.get(f"/commitments/{first.pk}/review/?done=2", follow=True)
    assert page.redirect_chain == [(f"/commitments/{second.pk}/review/?done=2", 302)]
    assert "Этот ответ уже проверили" in page.text


@pytest.mark.parametrize("asked", ["decision=x&done=-1", f"decision={'9' * 30}&done={'9' * 30}", "done=²"])
def test_odd_addresses_walk_as_if_nothing_was_said(client: Client, asked: str) -> None:
    first = answered()
    client.force_login(staff("methodist"))
    assert client.get(f"/commitments/{first.pk}/review/?{asked}").status_code == 200
