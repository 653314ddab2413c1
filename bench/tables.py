"""A table of 5,000 people and one of 5,000 organisations: judged, and written with judging once more, as a worker does.

Beside 3,000 people and 600 organisations that are there already, as after ten years.
"""

import json
import random
import time
from typing import Any

import django

ROWS, PEOPLE, ORGANISATIONS = 5_000, 3_000, 600
SYLLABLES = [first + middle + last for first in "бвгдзклмнпрст" for middle in "аеиоу" for last in "бвглмнр"]


def name(seed: int) -> str:
    """An invented word, another one for each number."""
    return "".join(random.Random(seed).choices(SYLLABLES, k=4)).capitalize()


def people(first: int, count: int) -> list[list[str]]:
    rows = []
    for number in range(first, first + count):
        surname = f"{name(number)}{('ова', 'ина', 'евых')[number % 3]}"
        rows.append(
            [f"{surname} {('Анна', 'Вера', 'Ольга')[number % 3]} Львовна", f"p{number}@edu.example", "(3822) 51-56-66"]
        )
    return rows


def schools(first: int, count: int) -> list[list[str]]:
    return [[f"МБОУ «{name(number)}ская СОШ № {number}»", "Томский район"] for number in range(first, first + count)]


def table(heads: list[str], rows: list[list[str]]) -> bytes:
    random.Random(1).shuffle(rows)
    return "\n".join(";".join(row) for row in [heads, *rows]).encode()


def seconds(kind: Any, data: bytes, by: Any) -> float:
    from django.utils import timezone

    from rcro_portal.lib.registers.importing import sessions, showing
    from rcro_portal.models import ImportSession

    began = time.monotonic()
    told = {"options": {}, "name": "table.csv", "data": data, "by": by, "at": timezone.now()}
    session = sessions.begin(ImportSession, kind, **told)
    found = showing.of_file(sessions.opened(session, kind), by=by, at=timezone.now())
    # Among so many names some are like others, and asked about.
    assert found["new_count"] >= ROWS - 50, found["asked_count"]
    sessions.write(session, kind, by=by, at=timezone.now(), good_rows=True)
    return time.monotonic() - began


def main() -> None:
    from centers.importing.organizations import OrganizationsKind
    from centers.importing.people import PeopleKind
    from centers.models import Municipality, Organization, Person, User

    by = next(user for user in User.objects.order_by("pk") if "methodist" in user.roles)
    place = Municipality.objects.get(name="Томский район")
    there = [row[0].split() for row in people(100_000, PEOPLE)]
    Person.objects.bulk_create(Person(surname=a, given_name=b, patronymic=c, gender="f") for a, b, c in there)
    names = [row[0] for row in schools(100_000, ORGANISATIONS)]
    Organization.objects.bulk_create(
        Organization(full_name=one, short_name=one, short_name_genitive=one, kind="educational", municipality=place)
        for one in names
    )
    taken = {
        "people_5000_rows_seconds": seconds(PeopleKind, table(["ФИО", "Почта", "Телефон"], people(0, ROWS)), by),
        "organizations_5000_rows_seconds": seconds(
            OrganizationsKind, table(["Краткое наименование", "Муниципалитет"], schools(0, ROWS)), by
        ),
    }
    print(json.dumps(taken))


if __name__ == "__main__":
    django.setup()
    main()
