"""The cast of the browser tests: everybody at their desk, three centres, nothing planned yet."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress

from centers.models import Center, Person, User
from tests.factories import centers as people
from tests.factories import events
from tests.factories import reports as house


@dataclass(frozen=True)
class Network:
    office: house.Office
    centers: list[Center]
    coordinators: list[User]
    guest: Person


def build() -> Network:
    office = _office()
    centers = [people.CenterFactory(organization__short_name=f"Лицей «{name}»") for name in ("Исток", "Кедр", "Обь")]
    coordinators = [
        people.coordinator(center, **_named(*name)) for center, name in zip(centers, COORDINATORS, strict=True)
    ]
    guest = people.PersonFactory(surname="Чернова", given_name="Полина", patronymic="Львовна")
    events.PlanScheduleFactory()
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in User.objects.all()
    )
    return Network(office, centers, coordinators, guest)


COORDINATORS = (
    ("Зимина", "Алла", "Романовна", "zimina@istok.example"),
    ("Ильина", "Раиса", "Егоровна", "ilina@kedr.example"),
    ("Котова", "Дарья", "Ильинична", "kotova@ob.example"),
)


def _office() -> house.Office:
    department = people.DepartmentFactory()
    director = people.staff("director", **_named("Кедрова", "Елена", "Юрьевна", "kedrova@house.example"))
    house.LetterheadFactory()
    return house.Office(
        department=department,
        methodist=people.staff(
            "methodist", department, **_named("Лаптева", "Вера", "Андреевна", "lapteva@house.example")
        ),
        head=people.staff("head", department, **_named("Орлова", "Тамара", "Юрьевна", "orlova@house.example")),
        clerk=people.staff("clerk", department, **_named("Сомова", "Нина", "Ивановна", "somova@house.example")),
        director=director,
        authority=house.SigningAuthorityFactory(person=director.person),
        register=house.OutgoingRegisterFactory(),
    )


def _named(surname: str, given_name: str, patronymic: str, email: str) -> dict[str, str]:
    return {
        "person__surname": surname,
        "person__given_name": given_name,
        "person__patronymic": patronymic,
        "person__email": email,
    }
