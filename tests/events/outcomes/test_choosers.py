"""Who stands in the editor: what is chosen and nothing else, however many people and organisations there are."""

import pytest
from django.test import Client
from lxml import html

from events.models import Outcome
from events.models.attendance import Capacity
from events.models.outcome import TalkAct
from events.outcomes import posts, programme
from tests.factories import centers as people
from tests.factories import events
from tests.factories.editor import posted
from tests.factories.moments import WRITTEN_AT

pytestmark = pytest.mark.django_db
QUERIES = 21


@pytest.fixture
def outcome(client: Client) -> Outcome:
    outcome = events.ready_outcome()
    client.force_login(people.staff("methodist", outcome.event.department))
    return outcome


def found(client: Client, outcome: Outcome, words: str = "", kind: str = "speaker") -> list[str]:
    """The names on offer, with what stands below each."""
    asked = {"name": "talks-0-speaker", "about": outcome.event_id, "talks-0-speaker-words": words}
    page = html.fragment_fromstring(client.get(f"/choices/{kind}/", asked).text, create_parent=True)
    return [" ".join(" ".join(label.itertext()).split()) for label in page.iter("label")]


def test_who_spoke_and_who_came_stand_first_with_posts_of_that_day(client: Client, outcome: Outcome) -> None:
    event = outcome.event
    person = people.PersonFactory(surname="Яшина", given_name="Инна", patronymic="Львовна")
    school = {"short_name": "Лицей «Исток»", "short_name_genitive": "Лицея «Исток»"}
    center = people.CenterFactory(**{f"organization__{name}": words for name, words in school.items()})
    people.CoordinatorFactory(person=person, center=center, title="учитель по УВР", since="2020-01-01")
    guest = people.PersonFactory(surname="Щукина", given_name="Анна", patronymic="Львовна")
    events.AttendanceFactory(event=event, person=person, center=center)
    events.AttendanceFactory(event=event, person=guest, center=None, capacity=Capacity.SPEAKER)
    people.PersonFactory(surname="Абрамова", given_name="Вера", patronymic="Юрьевна")
    first = found(client, outcome)[:3]
    assert first[:2] == [
        "Щукина Анна Львовна",
        "Яшина Инна Львовна учитель по УВР Лицея «Исток», координатор РВЦИ",
    ]
    assert first[2].startswith("Абрамова")
    assert found(client, outcome, "абр") == ["Абрамова Вера Юрьевна"]


def test_choices_of_an_event_are_for_who_writes_its_outcome(client: Client, outcome: Outcome) -> None:
    client.force_login(people.coordinator(people.CenterFactory()))
    assert client.get("/choices/speaker/", {"name": "x", "about": outcome.event_id}).status_code == 404
    client.force_login(people.staff("methodist"))
    assert client.get("/choices/speaker/", {"name": "x", "about": "0"}).status_code == 404
    assert client.get("/choices/made-up/", {"name": "x", "about": outcome.event_id}).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_page_holds_no_register_and_asks_no_more_for_more_rows(
    client: Client, outcome: Outcome, rows: int, django_assert_num_queries: object
) -> None:
    others = people.OrganizationFactory.create_batch(3)
    for _ in range(rows):
        events.TalkFactory(outcome=outcome)
        decision = events.DecisionFactory(outcome=outcome)
        decision.owed_by_others.set(others[:2])
    people.PersonFactory.create_batch(30)
    url = f"/outcomes/{outcome.pk}/edit/"
    client.get(url)
    with django_assert_num_queries(QUERIES):
        page = client.get(url).text
    drawn = html.document_fromstring(page)
    assert not drawn.xpath("//select[contains(@name, 'speaker') or contains(@name, 'owed')]")
    assert others[2].short_name not in page
    chosen = drawn.xpath("//*[@data-rows]//input[@name='decisions-1-owed_by_others' and @checked]")
    assert {int(box.get("value")) for box in chosen} == {one.pk for one in others[:2]}


def test_several_organisations_are_saved_and_one_that_is_put_away_stays(client: Client, outcome: Outcome) -> None:
    first, second, away = people.OrganizationFactory.create_batch(3)
    row = {"kind": "decision", "text": "провести", "asks": "answer", "due_on": "2031-05-05"}
    chosen = {"owed_by_others": [first.pk, second.pk]}
    assert client.post(f"/outcomes/{outcome.pk}/save/", posted(outcome, decisions=[row | chosen])).status_code == 302
    outcome.refresh_from_db()
    decision = outcome.decisions.get()
    assert set(decision.owed_by_others.all()) == {first, second}
    type(first).objects.filter(pk=second.pk).update(archived_at=WRITTEN_AT, archive_reason="Закрыта")
    type(first).objects.filter(pk=away.pk).update(archived_at=WRITTEN_AT, archive_reason="Закрыта")
    assert client.post(f"/outcomes/{outcome.pk}/save/", posted(outcome, decisions=[row | chosen])).status_code == 302
    outcome.refresh_from_db()
    wrong = posted(outcome, decisions=[row | {"owed_by_others": [away.pk]}])
    assert client.post(f"/outcomes/{outcome.pk}/save/", wrong).status_code == 422


def test_without_scripts_the_page_comes_back_with_what_was_found(client: Client, outcome: Outcome) -> None:
    person = people.PersonFactory(surname="Щукина", given_name="Анна", patronymic="Львовна")
    row = {"act": "reported", "text": "о лаборатории", "speaker": "", "speaker-words": "щук"}
    page = client.post(f"/outcomes/{outcome.pk}/save/", posted(outcome, talks=[row]))
    assert page.status_code == 422
    (radio,) = html.document_fromstring(page.text).xpath("//*[@data-rows]//input[@name='talks-0-speaker']")
    assert radio.get("value") == str(person.pk)


def test_rows_are_saved_in_the_order_in_which_they_stand(client: Client, outcome: Outcome) -> None:
    events.TalkFactory(outcome=outcome, text="второе")
    events.TalkFactory(outcome=outcome, text="третье")
    moved = posted(outcome) | {"talks-order": ["talks-2", "talks-0", "нет такой", "talks-1", "talks-2"]}
    assert client.post(f"/outcomes/{outcome.pk}/save/", moved).status_code == 302
    texts = list(outcome.talks.order_by("position").values_list("text", flat=True))
    assert texts == ["третье", "в сети работают [[центры]]", "второе"]


def test_posts_of_many_are_asked_at_once(outcome: Outcome, django_assert_num_queries: object) -> None:
    lyceum = {"center__organization__short_name": "Гуманитарный лицей"}
    crowd = [
        people.CoordinatorFactory(title=f"учитель {n} Гуманитарного лицея", since="2020-01-01", **lyceum).person
        for n in range(4)
    ]
    with django_assert_num_queries(3):
        found = posts.printed(crowd, outcome.event.first_day)
    assert [found[one.pk] for one in crowd] == [f"учитель {n} Гуманитарного лицея" for n in range(4)]


def test_all_who_spoke_by_the_programme_are_added_once(client: Client, outcome: Outcome) -> None:
    speakers = people.PersonFactory.create_batch(3)
    for place, speaker in enumerate([*speakers[:2], None]):
        together = speakers[2] if place == 1 else None
        outcome.event.programme.create(title=f"Доклад {place}", speaker=speaker, with_speaker=together, position=place)
    url = f"/outcomes/{outcome.pk}/programme/"
    assert "Добавить всех выступавших по программе" in client.get(f"/outcomes/{outcome.pk}/edit/").text
    assert "Добавлено: 3 выступления." in client.post(url, follow=True).text
    assert "в выступлениях уже есть" in client.post(url, follow=True).text
    talks = outcome.talks.order_by("position")
    assert [(talk.speaker, talk.title, talk.act) for talk in talks[1:]] == [
        (speaker, f"Доклад {min(place, 1)}", TalkAct.REPORTED) for place, speaker in enumerate(speakers)
    ]
    assert programme.add(outcome=outcome, by=outcome.edited_by, at=WRITTEN_AT) == 0
