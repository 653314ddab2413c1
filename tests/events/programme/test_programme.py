"""The time before an event: its programme in order, what the past leaves to it, who sees its materials, its sheet."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from centers.models import User
from events.models import Event, Material, ProgrammeItem
from events.programme import items, past
from reports.home import attendance_sheet
from reports.typesetting import rendering
from tests import clock
from tests.factories.centers import (
    CenterFactory,
    EmploymentFactory,
    MunicipalityFactory,
    StaffPostFactory,
    coordinator,
    staff,
)
from tests.factories.events import (
    AttendanceFactory,
    EventFactory,
    MaterialFactory,
    ProgrammeItemFactory,
    announced,
    held,
)
from tests.factories.moments import ANNOUNCED_AT, STARTS_AT, TOMSK
from tests.untouched import refused

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
TEN, NOON = datetime.time(10), datetime.time(12)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def titles(event: Event) -> list[str]:
    return [one.title for one in items.shown(event)]


def put(event: Event, title: str, **fields: object) -> ProgrammeItem:
    return items.create(ProgrammeItem, by=event.planned_by, event=event, title=title, **fields)


# -- The programme ------------------------------------------------------------------------------------


def test_new_part_stands_last_or_where_it_is_put_and_moves_the_others_down() -> None:
    event = EventFactory()
    first, last = put(event, "Открытие"), put(event, "Вопросы")
    put(event, "Доклад", position=2)
    assert titles(event) == ["Открытие", "Доклад", "Вопросы"]
    last.refresh_from_db()
    items.change(last, by=event.planned_by, position=1)
    assert titles(event) == ["Вопросы", "Открытие", "Доклад"]
    first.refresh_from_db()
    items.change(first, by=event.planned_by, position=99, title="Закрытие")
    assert titles(event) == ["Вопросы", "Доклад", "Закрытие"]


def test_speaker_has_the_post_of_the_day_of_the_event(django_assert_num_queries: object) -> None:
    event = EventFactory()
    former = StaffPostFactory(title="методист", until=STARTS_AT.date() - DAY)
    StaffPostFactory(person=former.person, title="начальник отдела", since=STARTS_AT.date())
    teacher = EmploymentFactory(title="учитель физики")
    put(event, "Открытие", speaker=former.person, starts_at=TEN)
    put(event, "Опыт", speaker=teacher.person, organization=teacher.organization, others="гость, профессор")
    with django_assert_num_queries(1):
        shown = items.shown(event)
    assert [(one.hour, one.who) for one in shown] == [
        ("10:00", f"{former.person.surname_first}, начальник отдела"),
        ("", f"{teacher.person.surname_first}, учитель физики; {teacher.organization}; гость, профессор"),
    ]


def test_two_who_speak_together_are_both_named_with_their_posts() -> None:
    event = EventFactory()
    one, other = (EmploymentFactory(title=title) for title in ("учитель физики", "психолог"))
    put(event, "Опыт", speaker=one.person, with_speaker=other.person)
    (shown,) = items.shown(event)
    assert [part.partition(",")[0] for part in shown.who.split("; ")] == [
        one.person.surname_first,
        other.person.surname_first,
    ]
    assert "психолог" in shown.who
    alone = client_of(staff("methodist")).post(
        f"/events/{event.pk}/programme/new/", {"title": "Доклад", "with_speaker": other.person_id}
    )
    assert (alone.status_code, "назовите обоих" in alone.content.decode()) == (422, True)


def test_page_puts_parts_in_and_asks_for_a_day_within_a_long_event_alone() -> None:
    event = EventFactory(starts_at=STARTS_AT, ends_at=STARTS_AT + 2 * DAY)
    client, address = client_of(staff("methodist")), f"/events/{event.pk}/programme/new/"
    wrong = client.post(address, {"title": "Открытие", "day": "2026-03-11"})
    assert wrong.status_code == 422
    assert "Мероприятие идёт 12.03.2026–14.03.2026. Проверьте день." in wrong.content.decode()
    sent = {"title": "Открытие", "day": "2026-03-13", "starts_at": "10:00"}
    assert client.post(address, sent).headers["Location"] == f"/events/{event.pk}/#programme-item"
    assert "13.03.2026, 10:00 – Открытие" in client.get(f"/events/{event.pk}/").content.decode()
    one_day = EventFactory()
    assert 'name="day"' not in client.get(f"/events/{one_day.pk}/programme/new/").content.decode()


# -- From the past ------------------------------------------------------------------------------------


def test_take_brings_the_skeleton_of_the_last_one_of_its_kind_without_speakers() -> None:
    event, methodist = EventFactory(starts_at=STARTS_AT), staff("methodist")
    source = held(
        starts_at=STARTS_AT - 30 * DAY - datetime.timedelta(hours=5), form="mixed", seats=30, audience="педагоги"
    )
    ProgrammeItemFactory(event=source, position=1, title="Открытие", starts_at=TEN, others="профессор")
    ProgrammeItemFactory(event=source, position=2, title="Опыт", starts_at=NOON)
    ProgrammeItemFactory(event=held(starts_at=STARTS_AT - DAY, kind="meeting"))
    ProgrammeItemFactory(event=held(starts_at=STARTS_AT - 60 * DAY))
    assert past.last_of_kind(event) == source
    answer = client_of(methodist).post(f"/events/{event.pk}/take/", follow=True).content.decode()
    assert "Взято из мероприятия 10.02.2026" in answer
    assert [(one.title, one.starts_at, one.others) for one in event.programme.order_by("position")] == [
        ("Открытие", datetime.time(15), ""),
        ("Опыт", datetime.time(17), ""),
    ]
    event.refresh_from_db()
    assert (event.form, event.seats, event.audience) == ("mixed", 30, "педагоги")
    with refused(past.HasProgramme):
        past.take(event=event, source=source, by=methodist, at=ANNOUNCED_AT)


@pytest.mark.parametrize(("seats", "taken"), [(1, None), (2, 2)])
def test_take_brings_no_fewer_seats_than_people_have(seats: int, taken: int | None) -> None:
    event, methodist = announced(starts_at=STARTS_AT), staff("methodist")
    for _ in range(2):
        AttendanceFactory(event=event, presence="registered")
    source = held(starts_at=STARTS_AT - 30 * DAY, seats=seats, audience="педагоги")
    ProgrammeItemFactory(event=source, title="Открытие")
    past.take(event=event, source=source, by=methodist, at=ANNOUNCED_AT)
    event.refresh_from_db()
    assert (event.seats, event.audience, titles(event)) == (taken, "педагоги", ["Открытие"])


def test_clone_is_a_draft_of_the_series_with_the_same_programme() -> None:
    event = held(ends_at=STARTS_AT + datetime.timedelta(hours=2), seats=20, link="https://meet.example/1")
    ProgrammeItemFactory(event=event, title="Открытие", starts_at=datetime.time(15), others="профессор")
    client = client_of(staff("methodist"))
    sent = {"starts_at": "2026-04-09T10:00", "in_series": "on", "key": "5f0c0d5e-6f0f-4c5c-9b52-2d8f3f1f7d11"}
    address = client.post(f"/events/{event.pk}/clone/", sent).headers["Location"]
    assert client.post(f"/events/{event.pk}/clone/", sent).headers["Location"] == address
    made = Event.objects.exclude(pk=event.pk).get()
    assert (made.status, made.topic, made.seats, made.link) == ("draft", event.topic, 20, "")
    assert made.ends_at == datetime.datetime(2026, 4, 9, 12, tzinfo=TOMSK)
    assert [(one.title, one.starts_at, one.others) for one in made.programme.all()] == [("Открытие", TEN, "профессор")]
    assert str(made.series) == event.topic
    assert f"/events/{event.pk}/" in client.get(address).content.decode()
    shown = client_of(coordinator()).get(f"/events/{event.pk}/").content.decode()
    assert f"/events/{made.pk}/" not in shown


# -- Materials ----------------------------------------------------------------------------------------


def test_material_is_a_file_or_a_link_and_is_seen_by_whom_it_is_for() -> None:
    event, center = announced(starts_at=clock.now() + DAY), CenterFactory()
    client, user = client_of(staff("methodist")), coordinator(center)
    address = f"/events/{event.pk}/materials/new/"
    assert client.post(address, {"title": "План", "openness": "all"}).status_code == 422
    png = SimpleUploadedFile("план.png", PNG)
    assert client.post(address, {"title": "План", "openness": "registered", "upload": png}).status_code == 302
    MaterialFactory(event=event, title="Запись", openness="staff")
    MaterialFactory(event=event, title="Как доехать")
    file = f"/events/{event.pk}/materials/{Material.objects.get(title='План').pk}/file/"
    coming, page = client_of(user), f"/events/{event.pk}/"

    def seen() -> tuple[list[str], int]:
        text = coming.get(page).content.decode()
        return [title for title in ("План", "Запись", "Как доехать") if f">{title}</a>" in text], coming.get(
            file
        ).status_code

    assert seen() == (["Как доехать"], 404)
    AttendanceFactory(event=event, center=center, presence="registered")
    assert seen() == (["План", "Как доехать"], 200)
    edit = file.replace("/file/", "/edit/")
    assert (
        client.post(edit, {"title": "План", "openness": "registered", "link": "https://a.example/1"}).status_code == 302
    )
    assert (Material.objects.get(title="План").digest, seen()[1]) == ("", 404)


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b8"
    "0000000049454e44ae426082"
)


# -- The printed sheet --------------------------------------------------------------------------------


def test_sheet_lists_who_is_expected_by_municipality_with_blank_lines() -> None:
    event = announced(topic="Открытая лаборатория")
    towns = [MunicipalityFactory(code=name, name=name) for name in ("Томский район", "Асиновский район")]
    for number, town in enumerate(towns):
        center = CenterFactory(organization__municipality=town)
        said = {"event": event, "center": center, "presence": "registered", "post": "учитель физики"}
        AttendanceFactory(person__surname=f"Зимин{'ао'[number]}", **said)
    AttendanceFactory(event=event, presence="waiting", waiting_since=ANNOUNCED_AT, person__surname="Ждущий")
    text = " ".join(rendering.plain_text(attendance_sheet.drawn(event)).split())
    assert "ЯВОЧНЫЙ ЛИСТ" in text
    assert text.index("Асиновский район") < text.index("Зимино") < text.index("Томский район") < text.index("Зимина")
    assert "учитель физики" in text
    assert "Ждущий" not in text
    assert all(f" {number} " in f"{text} " for number in range(3, 13))
