"""Certificates: filled against drawn by WeasyPrint one by one, and a release of 5,000 with rows, files and messages.

Of every fifth of the thousand the filled content is held against the drawn one: a filled certificate that is quicker
and looks otherwise would measure nothing.
"""

import io
import itertools
import json
import resource
import time
from typing import Any

import django

MANY, SOME, HELD_AGAINST = 5_000, 1_000, 5
SURNAMES = (
    *("Ёлкина", "Ветрова", "Щукина", "Тургенева-Гуляева", "Преображенская-Рождественская", "Юдин", "Хабибуллин"),
    *("Кудайбергенова", "Ли", "Соловьёв", "Безымянный-Задунайский", "Гёте"),
)
GIVEN = ("Александра Константиновна", "Фёдор Ильич", "Анна-Мария Дьёрдьевна", "Ия", "Гасан Рустам оглы", "Пётр Львович")
# One in a hundred has a letter that no Russian alphabet has, and is drawn.
FOREIGN, EVERY = "Müller Anna", 100


def people(count: int) -> list[tuple[str, str]]:
    """Surname, the rest of the name."""
    pairs = itertools.islice(itertools.cycle(itertools.product(SURNAMES, GIVEN)), count)
    foreign = tuple(FOREIGN.split())
    return [foreign if number % EVERY == EVERY - 1 else pair for number, pair in enumerate(pairs)]  # type: ignore[misc]


def filled_to_drawn() -> dict[str, float]:
    """CPU of a thousand filled ones, the drawing of their sheets included, against one call per person."""
    from reports.typesetting import certificate_filling, certificate_sheet

    words = certificate_sheet.CertificateWords(
        body_above="Департамент общего образования Томской области",
        institution=("Областное государственное бюджетное учреждение", "«Региональный центр развития образования»"),
        role="слушатель научно-методического семинара",
        topic="Подготовка школьников к практическим турам олимпиад",
        talk="",
        details="региональный уровень · онлайн · 29 октября 2026 г.",
        signatory_post="Директор",
        signatory_name="А.Н. Ветров",
        issued="Дата выдачи: 3 ноября 2026 г.",
        checked_at="Подлинность проверяется по QR-коду",
    )
    holders = [
        certificate_sheet.Holder(
            " ".join(name),
            "учитель, МАОУ СОШ № 2 г. Томска",
            f"№ РВЦИ-2026-{number}",
            f"https://p.example/c/{number:022}/",
        )
        for number, name in enumerate(people(SOME))
    ]
    certificate_filling.draw(words, holders[0])  # fonts and the style sheet, once in a process
    began = time.process_time()
    made = [certificate_filling.make(words, holder) for holder in holders]
    between = time.process_time()
    drawn = [certificate_filling.draw(words, holder) for holder in holders]
    ended = time.process_time()
    for one, other in itertools.islice(zip(made, drawn, strict=True), 0, None, HELD_AGAINST):
        assert _content(one.pdf) == _content(other), "a filled certificate is a drawn one"
    return {
        "certificates_filled_to_drawn_cpu": (between - began) / (ended - between),
        "certificates_drawn_share": sum(one.is_drawn for one in made) / SOME,
    }


def _content(pdf: bytes) -> bytes:
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        return document.pages[0].Contents.read_bytes()


def released() -> dict[str, float]:
    """Seconds of 5,000 certificates, from the list to the last message queued; memory then against after 1,000."""
    from reports.certificates import drawing, pieces

    event, methodist, director = _event(MANY)
    memory: list[int] = []
    began = time.monotonic()
    release = _released(event, methodist, director)
    piece = drawing._issue

    def watched(*args: Any) -> int:
        done = piece(*args)
        memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        return done

    drawing._issue = watched
    from django.utils import timezone

    while drawing.draw(release_id=release.pk, now=timezone.now):
        release.refresh_from_db()
    seconds = time.monotonic() - began
    assert release.certificates.issued().count() == MANY
    after_some = memory[SOME // pieces.SIZE - 1]
    return {"certificates_5000_seconds": seconds, "certificates_memory_5000_to_1000": memory[-1] / after_some}


def _event(count: int) -> tuple[Any, Any, Any]:
    """A seminar of the demo to which so many others came, who prepares and who signs today."""
    from django.utils import timezone

    from centers.models import Gender, Person, User
    from events.models import Attendance, Event
    from events.models.event import EventStatus
    from reports.models import SigningAuthority

    event = Event.objects.filter(status=EventStatus.HELD).order_by("-starts_at").first()
    assert event, "the demo holds events"
    came = Person.objects.bulk_create(
        Person(surname=surname, given_name=rest, gender=Gender.FEMININE, email=f"p{number}@bench.example")
        for number, (surname, rest) in enumerate(people(count))
    )
    marked = {
        "capacity": "participant",
        "presence": "present",
        "marked_at": timezone.now(),
        "marked_by": event.planned_by,
    }
    Attendance.objects.bulk_create((Attendance(event=event, person=one, **marked) for one in came), batch_size=500)
    authority = SigningAuthority.objects.in_force_on(timezone.localdate()).order_by("-since")[0]
    return event, event.planned_by, User.objects.get(person=authority.person)


def _released(event: Any, methodist: Any, director: Any) -> Any:
    from django.utils import timezone

    from reports.certificates import preparing, releasing

    at = timezone.now()
    roles = {"roles": {"participant": "listener"}, "level": "regional", "hours": 2}
    release = preparing.prepare(event=event, by=methodist, at=at, **roles)
    preparing.submit(release=release, by=methodist, at=at)
    releasing.release(release=release, seen=preparing.digest_of(release), by=director, at=at)
    return release


def main() -> None:
    django.setup()
    print(json.dumps({**filled_to_drawn(), **released()}))


if __name__ == "__main__":
    main()
