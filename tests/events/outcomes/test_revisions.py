"""Every save leaves a revision, no text is lost to a race, and any of them can be brought back."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from centers.models import User
from events.models import Outcome
from events.outcomes import outcomes
from events.outcomes.forms import OutcomeEditor
from rcro_portal.lib.drafts import revisions
from rcro_portal.lib.drafts.page_data import NoLongerKnown
from rcro_portal.lib.drafts.revisions import PER_PAGE
from rcro_portal.lib.drafts.writing import TextChanged
from tests.factories.centers import CenterFactory, PersonFactory, staff
from tests.factories.events import OutcomeFactory, ready_outcome
from tests.factories.moments import DUE_ON, FILED_AT, WRITTEN_AT
from tests.untouched import nothing_changes, refused

pytestmark = pytest.mark.django_db
LATER = WRITTEN_AT + datetime.timedelta(minutes=30)


def page(outcome: Outcome, **fields: Any) -> dict[str, Any]:
    """What the editor sends when only these fields were touched."""
    return {**outcomes.written(outcome), **fields}


def save(outcome: Outcome, by: User, at: datetime.datetime, **fields: Any) -> None:
    outcome.refresh_from_db()
    outcomes.save(of=outcome, version=outcome.version, by=by, at=at, **page(outcome, **fields))


def kept(outcome: Outcome) -> list[tuple[Any, ...]]:
    rows = outcome.revisions.order_by("at", "pk")
    return [(one.by, one.at, one.version, one.page["salutation"], one.aside) for one in rows]


def salutation(outcome: Outcome) -> str:
    return Outcome.objects.get(pk=outcome.pk).salutation


def test_first_save_keeps_what_was_there_before() -> None:
    beginner, writer = staff("methodist"), staff("methodist")
    outcome = OutcomeFactory(edited_at=WRITTEN_AT, edited_by=beginner)
    save(outcome, writer, LATER, salutation="Друзья!")
    assert kept(outcome) == [
        (beginner, WRITTEN_AT, 1, "Уважаемые коллеги!", False),
        (writer, LATER, 2, "Друзья!", False),
    ]


def test_saves_of_one_person_within_ten_minutes_are_one_revision() -> None:
    outcome, writer, other = OutcomeFactory(edited_at=WRITTEN_AT), staff("methodist"), staff("head")
    moments = [LATER + datetime.timedelta(minutes=minute) for minute in (0, 3, 9, 10, 11, 12)]
    for place, (at, by) in enumerate(zip(moments, [writer, writer, writer, writer, other, writer], strict=True)):
        save(outcome, by, at, salutation=f"Уважаемые коллеги! {place}")
    assert [(by, at, text[-1]) for by, at, _, text, _ in kept(outcome)[1:]] == [
        (writer, moments[2], "2"),
        (writer, moments[3], "3"),
        (other, moments[4], "4"),
        (writer, moments[5], "5"),
    ]


def test_save_that_throws_much_away_stands_apart() -> None:
    outcome, writer = OutcomeFactory(edited_at=WRITTEN_AT), staff("methodist")
    save(outcome, writer, LATER, problems=[{"text": "Нехватка реактивов. " * 40}])
    save(outcome, writer, LATER, problems=[])
    assert [len(one.page["problems"]) for one in outcome.revisions.order_by("pk")] == [0, 1, 0]


def test_save_that_changes_nothing_makes_no_revision() -> None:
    outcome = OutcomeFactory(edited_at=WRITTEN_AT)
    save(outcome, staff("methodist"), LATER)
    assert outcome.revisions.count() == 1


def test_page_holds_names_and_figures_of_its_own() -> None:
    outcome = ready_outcome()
    outcome.decisions.get().owed_by.set([CenterFactory(organization__short_name="Лицей А")])
    data = outcomes.page(outcome)
    assert data["talks"][0]["speaker_name"] == outcome.talks.get().speaker.full_name
    assert data["decisions"][0]["owed_by_names"] == ["Лицей А"]
    assert data["decisions"][0]["due_on"] == DUE_ON.isoformat()
    assert [figure["name"] for figure in data["figures"]] == ["центры"]
    assert OutcomeEditor.as_data(OutcomeEditor.keywords(data)) == {k: v for k, v in data.items() if k != "figures"}


def test_late_writer_is_told_by_whom_and_the_text_stays_aside() -> None:
    outcome, first, second = OutcomeFactory(), staff("head"), staff("methodist")
    save(outcome, first, WRITTEN_AT, salutation="Друзья!")
    mine = page(outcome, salutation="Коллеги!")
    words = f"Пока вы писали, текст изменён: {first.person.surname_first} "
    with refused(TextChanged, f"{words}Ваш вариант сохранён: сравните и выберите, что оставить."):
        outcomes.save(of=outcome, version=1, by=second, at=LATER, **mine)
    aside = outcomes.DRAFTS.keep_aside(of=outcome, version=1, by=second, at=LATER, **mine)
    with nothing_changes():
        assert outcomes.DRAFTS.keep_aside(of=outcome, version=1, by=second, at=LATER, **mine) == aside
    longer = page(outcome, salutation="Дорогие коллеги!")
    outcomes.DRAFTS.keep_aside(of=outcome, version=1, by=second, at=LATER, again=aside.pk, **longer)
    assert kept(outcome)[-1] == (second, LATER, 1, "Дорогие коллеги!", True)
    save(outcome, second, LATER, salutation="Иначе")
    assert [aside for *_, aside in kept(outcome)].count(True) == 1


def test_same_text_sent_twice_is_saved_once() -> None:
    """The answer to the first was lost on its way."""
    outcome, writer = OutcomeFactory(), staff("methodist")
    save(outcome, writer, WRITTEN_AT, salutation="Друзья!")
    with nothing_changes():
        outcomes.save(of=outcome, version=1, by=writer, at=LATER, **page(outcome))
    assert outcome.version == 2


def test_old_text_comes_back_as_a_save_of_its_own_with_its_figures() -> None:
    outcome, writer = ready_outcome(edited_at=WRITTEN_AT), staff("methodist")
    save(outcome, writer, LATER, salutation="Друзья!", talks=[])
    outcome.figures.all().delete()
    first = outcome.revisions.order_by("pk").first()
    outcomes.DRAFTS.restore(of=outcome, revision=first, version=2, by=writer, at=LATER)
    assert (salutation(outcome), outcome.talks.get().text) == ("Уважаемые коллеги!", "в сети работают [[центры]]")
    assert outcome.figures.get().name == "центры"
    assert [version for _, _, version, _, _ in kept(outcome)] == [1, 2, 3]
    with refused(TextChanged):
        outcomes.DRAFTS.restore(of=outcome, revision=first, version=2, by=writer, at=LATER)


def test_revision_that_names_nobody_known_does_not_come_back() -> None:
    outcome, gone = OutcomeFactory(), PersonFactory()
    data = outcomes.page(outcome)
    data["talks"] = OutcomeEditor.as_data({"talks": [{"speaker": gone}]})["talks"]
    revision = outcome.revisions.create(page=data, version=1, by=outcome.edited_by, at=WRITTEN_AT)
    name = gone.full_name
    gone.delete()
    with refused(NoLongerKnown, f"В этом варианте есть «{name}», а в справочнике такой записи больше нет."):
        outcomes.DRAFTS.restore(of=outcome, revision=revision, version=1, by=outcome.edited_by, at=LATER)


def test_two_texts_are_put_together_by_choice() -> None:
    outcome, first, second = ready_outcome(), staff("head"), staff("methodist")
    mine = page(outcome, problems=[{"text": "нехватка реактивов"}], addressee="Директорам")
    save(outcome, first, WRITTEN_AT, salutation="Друзья!", addressee="Учителям")
    aside = outcomes.DRAFTS.keep_aside(of=outcome, version=1, by=second, at=LATER, **mine)
    differing = revisions.differing(outcomes.DRAFTS.difference(outcome, aside))
    base = OutcomeEditor.parts(outcome.revisions.order_by("pk").first().page)
    assert [(pair.title, revisions.side(pair, base)) for _, pair in differing] == [
        ("Кому", ""),
        ("Обращение", "theirs"),
        ("Проблемная зона 1", "mine"),
    ]
    places = {place for place, pair in differing if pair.title != "Обращение"}
    outcomes.DRAFTS.merge(of=outcome, aside=aside, mine=places, version=2, by=second, at=LATER)
    saved = Outcome.objects.get(pk=outcome.pk)
    assert (saved.addressee, saved.salutation, saved.problem_areas.get().text) == (
        "Директорам",
        "Друзья!",
        "нехватка реактивов",
    )
    assert saved.talks.count() == 1


def test_filed_outcome_keeps_what_was_sent_too_late(client: Client) -> None:
    writer = staff("methodist")
    outcome = OutcomeFactory(edited_by=writer)
    client.force_login(writer)
    outcomes.lock(outcome=outcome, by=writer, at=FILED_AT)
    fields = {"version": 1, "subject_line": "Об итогах", "addressee": "Всем", "salutation": "Поздно!"}
    rows = {f"{rows}-{form}_FORMS": 0 for rows in ("talks", "problems", "decisions") for form in ("TOTAL", "INITIAL")}
    answer = client.post(reverse("events:outcome-save", args=[outcome.pk]), {**fields, **rows})
    assert (answer.status_code, answer.context["reason"]) == (
        409,
        outcomes.OutcomeLocked.words,
    )
    assert [text for *_, text, aside in kept(outcome) if aside] == ["Поздно!"]


@pytest.mark.parametrize("count", [1, 3])
def test_history_asks_the_same_number_of_queries(client: Client, django_assert_num_queries: Any, count: int) -> None:
    outcome, writer = OutcomeFactory(edited_at=WRITTEN_AT), staff("methodist")
    for place in range(count):
        save(outcome, writer, LATER + place * datetime.timedelta(hours=1), salutation=f"Коллеги, {place}!")
    client.force_login(writer)
    with django_assert_num_queries(7):
        answer = client.get(reverse("events:outcome-history", args=[outcome.pk]))
    assert [entry.changed for entry, _ in answer.context["rows"]] == [*["изменено: обращение"] * count, ""]


def test_long_history_has_pages(client: Client) -> None:
    outcome, writer = OutcomeFactory(), staff("methodist")
    data = outcomes.page(outcome)
    for place in range(PER_PAGE + 1):
        outcome.revisions.create(
            page=data, version=place, by=writer, at=WRITTEN_AT + place * datetime.timedelta(days=1)
        )
    client.force_login(writer)
    address = reverse("events:outcome-history", args=[outcome.pk])
    first, second = client.get(address), client.get(f"{address}?skip={PER_PAGE}")
    assert (len(first.context["rows"]), first.context["older"]) == (PER_PAGE, PER_PAGE)
    assert (len(second.context["rows"]), second.context["older"]) == (1, None)
    assert client.get(f"{address}?skip=много").status_code == 200


def test_any_two_revisions_are_compared(client: Client) -> None:
    outcome, writer = OutcomeFactory(edited_at=WRITTEN_AT), staff("methodist")
    save(outcome, writer, LATER, salutation="Друзья!")
    save(outcome, staff("head"), LATER, salutation="Коллеги!")
    first, second, third = outcome.revisions.order_by("pk")
    client.force_login(writer)

    def pieces(revision: Any, query: str = "") -> list[list[tuple[str, str]]]:
        answer = client.get(reverse("events:outcome-difference", args=[outcome.pk, revision.pk]) + query)
        return [[tuple(piece) for piece in pair.pieces] for _, pair in answer.context["changed"]]

    assert pieces(third) == [[("gone", "Друзья!"), ("new", "Коллеги!")]]
    assert pieces(third, f"?with={first.pk}") == [[("gone", "Уважаемые коллеги!"), ("new", "Коллеги!")]]
    assert (pieces(first), pieces(second, "?with=999999")) == ([], [])


def test_version_of_an_earlier_release_is_read_and_comes_back() -> None:
    """Its page as it lies in the table of revisions since before decisions had keys and periods."""
    outcome, speaker, center = OutcomeFactory(), PersonFactory(), CenterFactory(organization__short_name="Лицей А")
    talk = {"act": "reported", "capacity": "", "post": "учитель", "title": "Реактивы", "text": "в сети мало вытяжек"}
    decision = {"kind": "decision", "text": "составить список", "asks": "answer", "due_on": "2026-10-05"}
    old = {
        "subject_line": "Об итогах",
        "addressee": "Руководителям",
        "salutation": "Коллеги!",
        "problem_source": "",
        "talks": [{**talk, "speaker": speaker.pk, "speaker_name": speaker.full_name}],
        "problems": [{"text": "нет вытяжки"}],
        "decisions": [{**decision, "owed_by": [center.pk], "owed_by_names": ["Лицей А"]}],
        "figures": [],
    }
    said = {part.title: part.text for part in OutcomeEditor.parts(old)}
    assert said["Выступление 1"] == (f"{speaker.full_name}, учитель – доклад\nТема: Реактивы\nв сети мало вытяжек")
    assert said["Решение 1"] == (
        "Решение\nсоставить список\nСрок: 05.10.2026\nИсполнение: направить ответ\nИсполняют: Лицей А"
    )
    revision = outcome.revisions.create(page=old, version=1, by=outcome.edited_by, at=WRITTEN_AT)
    outcomes.DRAFTS.restore(of=outcome, revision=revision, version=1, by=outcome.edited_by, at=LATER)
    now = outcomes.page(outcome)
    assert {**now["decisions"][0], **old["decisions"][0]} == now["decisions"][0]
    kept = ("subject_line", "addressee", "salutation", "talks", "problems", "figures")
    assert [now[name] for name in kept] == [old[name] for name in kept]
