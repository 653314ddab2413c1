"""Whose turn it is, in words, and which acts are open to whom at each stage of a letter."""

import pytest
from django.test import Client

from centers.models import User
from events.outcomes import outcomes
from reports.delivery import acts as delivery_acts
from reports.letters import available_actions, letters, second_person, signatures, why_not
from reports.models import Letter
from reports.models.letter import Way
from tests.factories import brought
from tests.factories import letters as walked
from tests.factories.approvals import deputise, route
from tests.factories.centers import DepartmentFactory, administrator, staff
from tests.factories.events import ready_outcome
from tests.factories.moments import APPROVED_AT, FILED_AT, REGISTERED_AT, SIGNED_AT
from tests.factories.reports import Office, RecipientFactory

pytestmark = pytest.mark.django_db


def acts(letter: Letter, user: User) -> set[str]:
    return set(available_actions.actions_for(Letter.objects.get(pk=letter.pk), user, REGISTERED_AT).acts)


def waiting(letter: Letter, user: User) -> tuple[str, str] | None:
    """The person's own step and what comes before it."""
    step = available_actions.actions_for(Letter.objects.get(pk=letter.pk), user, REGISTERED_AT).waiting
    return (step.act.key, step.why) if step else None


def refused(letter: Letter, user: User) -> dict[str, str]:
    """Why each of the other acts of this person is not possible, by its label."""
    groups = available_actions.actions_for(Letter.objects.get(pk=letter.pk), user, REGISTERED_AT).refused
    return {label: group.why for group in groups for label in group.labels}


def waits(letter: Letter, user: User) -> str:
    return available_actions.actions_for(Letter.objects.get(pk=letter.pk), user, REGISTERED_AT).waits


def test_in_review(office: Office) -> None:
    letter = walked.in_review(office)
    assert acts(letter, office.methodist) == {"recall"}
    assert acts(letter, office.head) == {"approve", "amend", "give_back"}
    assert acts(letter, office.director) == {"annul"}
    assert acts(letter, office.clerk) == set()
    head = office.head.person.surname_first
    assert waits(letter, office.director) == (
        f"Подписать пока нельзя: не согласовано начальником отдела ({head}, на согласовании с {FILED_AT:%d.%m.%Y})."
    )
    assert waits(letter, office.methodist) == f"Ждёт визы: начальник отдела {head}, с {FILED_AT:%d.%m.%Y}."
    asked = f"начальник отдела ({head}, на согласовании с {FILED_AT:%d.%m.%Y})"
    assert waiting(letter, office.director) == ("assign_number", f"Сначала виза: {asked}.")
    assert [waiting(letter, user) for user in (office.methodist, office.head, office.clerk)] == [None] * 3
    assert refused(letter, office.director) == {"Подписать": f"Сначала виза: {asked}."}
    assert refused(letter, office.methodist) == {"Исправить итоги": outcomes.OutcomeLocked.words}
    bringing = ("Загрузить скан", "Подтвердить скан", "Загрузить подпись", "Подтвердить подпись")
    assert refused(letter, office.clerk) == dict.fromkeys(bringing, f"Сначала виза: {asked}.")
    assert waits(letter, office.head) == "Ваш шаг: прочитайте письмо и согласуйте его, исправьте или верните."


def test_approved(office: Office) -> None:
    letter = walked.approved(office)
    assert acts(letter, office.director) == {"assign_number", "give_back", "annul"}
    assert acts(letter, office.head) == acts(letter, office.methodist) == set()
    director = office.director.person.surname_first
    assert waits(letter, office.methodist) == (
        f"Ждёт директора ({director}, с {APPROVED_AT:%d.%m.%Y}): номер и дата присваиваются по кнопке «К подписанию»."
    )


def test_preparing(office: Office) -> None:
    letter = walked.preparing(office)
    assert acts(letter, office.director) == {"annul"}
    Letter.objects.filter(pk=letter.pk).update(draw_attempts=Letter.DRAW_ATTEMPTS)
    assert acts(letter, office.director) == {"annul", "draw_again"}
    assert acts(letter, office.methodist) == {"draw_again"}


def test_awaiting_the_key(office: Office) -> None:
    letter = walked.awaiting(office)
    ways = {"sign", "choose_paper", "choose_gost", "attach_signature", "preapprove"}
    assert acts(letter, office.director) == {*ways, "give_back", "annul"}
    assert acts(letter, office.clerk) == {"attach_signature"}
    assert acts(letter, office.methodist) == set()
    assert waits(letter, office.clerk) == f"Ждёт подписи: директор Е.Ю. Кедрова, с {REGISTERED_AT:%d.%m.%Y}."


def test_awaiting_the_scan(office: Office) -> None:
    letter = walked.awaiting(office)
    signatures.choose_method(letter=letter, way=Way.PAPER, by=office.director, at=SIGNED_AT)
    assert acts(letter, office.director) == {"choose_key", "choose_gost", "upload_scan", "give_back", "annul"}
    assert acts(letter, office.clerk) == {"upload_scan"}
    signatory = f"директор Е.Ю. Кедрова, на подписи с {REGISTERED_AT:%d.%m.%Y}"
    assert waiting(letter, office.clerk) == ("confirm_scan", f"Скана ещё нет. На бумаге подписывает {signatory}.")
    signatures.upload_scan(letter=letter, data=brought.pdf(), by=office.methodist, at=SIGNED_AT)
    assert acts(letter, office.clerk) == {"upload_scan", "confirm_scan"}
    signatures.upload_scan(letter=letter, data=brought.pdf(), by=office.clerk, at=SIGNED_AT)
    assert acts(letter, office.clerk) == {"upload_scan"}
    assert waiting(letter, office.clerk) == ("confirm_scan", second_person.BROUGHT_BY_YOU)


def test_awaiting_a_signature_made_outside(office: Office) -> None:
    letter = walked.awaiting(office)
    signatures.choose_method(letter=letter, way=Way.GOST, by=office.director, at=SIGNED_AT)
    outside = {"choose_key", "choose_paper", "upload_signature"}
    assert acts(letter, office.director) == {*outside, "give_back", "annul"}
    assert acts(letter, office.clerk) == {"upload_signature"}
    assert acts(letter, office.methodist) == acts(letter, office.head) == set()
    assert waits(letter, office.clerk) == (
        "Подписывается усиленной подписью вне портала: директор Е.Ю. Кедрова загрузит файл подписи."
    )


def test_returned(office: Office) -> None:
    letter = walked.in_review(office)
    letters.give_back(letter=letter, note="Уточните срок.", by=office.head, at=REGISTERED_AT)
    assert acts(letter, office.methodist) == {"correct_outcome"}
    assert waits(letter, office.methodist) == available_actions.TURNS["correct_outcome"]
    author = f"{letter.prepared_by.surname_first}, с {REGISTERED_AT:%d.%m.%Y}"
    assert waits(letter, office.clerk) == f"Письмо на доработке у исполнителя ({author})."
    assert waiting(letter, office.director) == ("assign_number", f"Сначала исполнитель: {author}.")
    assert waiting(letter, office.head) == ("approve", f"Сначала исполнитель: {author}.")


def test_without_a_head_the_desk_says_who_names_one(office: Office) -> None:
    letter = walked.in_review(office)
    office.head.person.posts.update(until=FILED_AT.date())
    assert waits(letter, office.methodist) == (
        f"Ждёт визы: начальник отдела (не назначен), с {FILED_AT:%d.%m.%Y}. "
        "Начальника отдела назначает администратор в справочнике «Должности»."
    )
    assert waits(letter, office.director) == (
        f"Подписать пока нельзя: не согласовано начальником отдела (не назначен, на согласовании с "
        f"{FILED_AT:%d.%m.%Y}). Начальника отдела назначает администратор в справочнике «Должности»."
    )


def test_the_head_of_another_department_waits_for_the_own_order(office: Office) -> None:
    second = staff("head", DepartmentFactory(name="отдел олимпиад", name_genitive="отдела олимпиад"))
    route((1, "Начальник отдела", None), (2, "Начальник отдела олимпиад", second.person.posts.get().department))
    letter = walked.in_review(office)
    head, since = office.head.person.surname_first, f"{FILED_AT:%d.%m.%Y}"
    asked = f"начальник отдела ({head}, на согласовании с {since})"
    assert waiting(letter, second) == ("approve", f"Ваша очередь ещё не подошла. Сейчас согласует {asked}.")
    walked.approve(letter, office)
    assert acts(letter, second) == {"approve", "amend", "give_back"}
    assert acts(letter, office.head) == acts(letter, office.methodist) == set()
    name, since = second.person.surname_first, f"{APPROVED_AT:%d.%m.%Y}"
    assert waits(letter, office.clerk) == (f"Ждёт визы: начальник отдела олимпиад {name}, с {since}.")
    asked = f"начальник отдела олимпиад ({name}, на согласовании с {since})"
    words = f"Отозвать уже нельзя: виза есть. Вернуть письмо может {asked}."
    assert refused(letter, office.methodist) == {
        "Отозвать с согласования": words,
        "Исправить итоги": outcomes.OutcomeLocked.words,
    }
    assert waiting(letter, office.head) == ("approve", f"Ваша виза уже стоит. Сейчас согласует {asked}.")


def test_a_head_who_filed_leaves_the_approval_to_the_deputy(office: Office) -> None:
    deputy = staff("methodist", office.department)
    deputise(deputy, office.head)
    letter = letters.file_outcome(outcome=ready_outcome(), by=office.head, at=FILED_AT)
    name = deputy.person.surname_first
    asked = f"начальник отдела (замещает {name}, на согласовании с {FILED_AT:%d.%m.%Y})"
    words = f"Кто направил письмо, тот его не согласует. Сейчас согласует {asked}."
    assert waiting(letter, office.head) == ("approve", words)
    assert waits(letter, deputy) == (
        f"Вы замещаете: {office.head.person.surname_first} "
        "Ваш шаг: прочитайте письмо и согласуйте его, исправьте или верните."
    )
    assert available_actions.actions_for(letter, deputy, REGISTERED_AT).instead_of == office.head.person


def test_sent(office: Office) -> None:
    letter = walked.sent_on_paper(office)
    assert (acts(letter, office.clerk), acts(letter, office.methodist)) == (set(), {"replace"})
    assert refused(letter, office.methodist) == {
        "Отозвать с согласования": why_not.IS_SENT,
        "Исправить итоги": outcomes.OutcomeLocked.words,
        delivery_acts.SEND_AGAIN.label: delivery_acts.ALL_REACHED,
    }
    RecipientFactory(letter=letter, status="failed")
    assert (acts(letter, office.clerk), acts(letter, office.methodist)) == ({"send_again"}, {"send_again", "replace"})
    assert acts(letter, office.director) == set()
    assert waits(letter, office.director) == ""


def test_the_trail_is_for_the_own_department_the_director_and_the_administrator(
    client: Client, office: Office, demo: None
) -> None:
    letter = walked.in_review(office)
    stranger = staff("methodist", DepartmentFactory(name="другой отдел"))
    lengths = {}
    for user in (office.methodist, office.head, office.director, administrator(), office.clerk, stranger):
        client.force_login(user)
        lengths[user] = len(client.get(f"/letters/{letter.pk}/").context["steps"])
    assert list(lengths.values()) == [1, 1, 1, 1, 0, 0]
