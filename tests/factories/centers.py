"""Invented people and schools."""

import datetime

import factory
from allauth.account.models import EmailAddress
from factory.django import DjangoModelFactory

from centers.models import (
    Center,
    Coordinator,
    Degree,
    DegreeRank,
    Department,
    Employment,
    Gender,
    Invitation,
    Municipality,
    NotSame,
    Organization,
    OrganizationKind,
    OrganizationName,
    OrganizationRole,
    Person,
    PersonMerge,
    StaffPost,
    StatusAct,
    StatusChange,
    StatusGrant,
    User,
)
from centers.models.person import Duty
from tests.factories.moments import LONG_AGO, tomsk

PASSWORD = "берёзовая роща у реки"
WOMEN = (
    ("Белоусова", "Анна", "Сергеевна"),
    ("Ветрова", "Мария", "Игоревна"),
    ("Громова", "Ольга", "Павловна"),
    ("Дубинина", "Ирина", "Олеговна"),
    ("Журавлёва", "Нина", "Петровна"),
)


class MunicipalityFactory(DjangoModelFactory):
    class Meta:
        model = Municipality
        django_get_or_create = ("code",)

    code = "zarechny"
    name = factory.LazyAttribute(lambda row: "Заречный район" if row.code == "zarechny" else f"Район {row.code}")
    name_genitive = "Заречного района"
    name_prepositional = "Заречном районе"
    kind = "муниципальный район"
    admin_center = "с. Заречное"


def place(name: str) -> Municipality:
    """A municipality that bears this name in every case, as lists write it."""
    cases = {"name_genitive": name, "name_prepositional": name}
    return MunicipalityFactory(code=f"place-{Municipality.objects.count()}", name=name, **cases)


class OrganizationFactory(DjangoModelFactory):
    class Meta:
        model = Organization

    full_name = factory.Sequence(lambda n: f"Муниципальная общеобразовательная организация «Лицей № {n}»")
    short_name = factory.Sequence(lambda n: f"Лицей № {n}")
    short_name_genitive = factory.Sequence(lambda n: f"Лицея № {n}")
    kind = OrganizationKind.EDUCATIONAL
    municipality = factory.SubFactory(MunicipalityFactory)
    email = factory.Sequence(lambda n: f"lyceum{n}@school.example")


class OrganizationNameFactory(DjangoModelFactory):
    """A name that was in use in 2020."""

    class Meta:
        model = OrganizationName

    organization = factory.SubFactory(OrganizationFactory)
    full_name = "Муниципальная общеобразовательная организация «Школа № 3»"
    short_name = "Школа № 3"
    short_name_genitive = "Школы № 3"
    since = LONG_AGO
    until = LONG_AGO + datetime.timedelta(days=300)


class OrganizationRoleFactory(DjangoModelFactory):
    class Meta:
        model = OrganizationRole

    organization = factory.SubFactory(OrganizationFactory)
    title = "региональный оператор олимпиады"
    since = LONG_AGO


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    surname = factory.Sequence(lambda n: WOMEN[n % len(WOMEN)][0])
    given_name = factory.Sequence(lambda n: WOMEN[n % len(WOMEN)][1])
    patronymic = factory.Sequence(lambda n: WOMEN[n % len(WOMEN)][2])
    gender = Gender.FEMININE
    email = factory.Sequence(lambda n: f"person{n}@school.example")


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    person = factory.SubFactory(PersonFactory)
    email = factory.LazyAttribute(lambda user: user.person.email)
    password = PASSWORD

    @classmethod
    def _create(cls, model_class: type[User], *args: object, **kwargs: object) -> User:
        return model_class.objects.create_user(*args, **kwargs)


class DepartmentFactory(DjangoModelFactory):
    class Meta:
        model = Department
        django_get_or_create = ("name",)

    name = "отдел развития сетей"
    name_genitive = "отдела развития сетей"
    name_instrumental = "отделом развития сетей"


class StaffPostFactory(DjangoModelFactory):
    class Meta:
        model = StaffPost

    person = factory.SubFactory(PersonFactory)
    department = factory.SubFactory(DepartmentFactory)
    duty = Duty.METHODIST
    title = factory.LazyAttribute(lambda post: Duty(post.duty).label)
    since = LONG_AGO


class CenterFactory(DjangoModelFactory):
    """A centre that holds the status since 2020; ``status=None`` leaves it without."""

    class Meta:
        model = Center
        skip_postgeneration_save = True

    organization = factory.SubFactory(OrganizationFactory)
    status = factory.RelatedFactory("tests.factories.centers.StatusGrantFactory", "center")


class StatusGrantFactory(DjangoModelFactory):
    class Meta:
        model = StatusGrant

    center = factory.SubFactory(CenterFactory, status=None)
    act_number = "512-р"
    act_on = LONG_AGO
    since = LONG_AGO


class StatusChangeFactory(DjangoModelFactory):
    class Meta:
        model = StatusChange

    grant = factory.SubFactory(StatusGrantFactory)
    act = StatusAct.EXTENDED
    act_number = "17-р"
    act_on = LONG_AGO
    until = LONG_AGO + datetime.timedelta(days=900)


class CoordinatorFactory(DjangoModelFactory):
    class Meta:
        model = Coordinator

    center = factory.SubFactory(CenterFactory)
    person = factory.SubFactory(PersonFactory)
    title = "заместитель директора"
    since = LONG_AGO


class EmploymentFactory(DjangoModelFactory):
    class Meta:
        model = Employment

    person = factory.SubFactory(PersonFactory)
    organization = factory.SubFactory(OrganizationFactory)
    title = "учитель физики"
    since = LONG_AGO


class DegreeFactory(DjangoModelFactory):
    class Meta:
        model = Degree

    person = factory.SubFactory(PersonFactory)
    rank = DegreeRank.CANDIDATE
    science = "педагогических"
    since = LONG_AGO


class PersonMergeFactory(DjangoModelFactory):
    class Meta:
        model = PersonMerge

    kept = factory.SubFactory(PersonFactory)
    gone = factory.SubFactory(PersonFactory)
    by = factory.SubFactory(UserFactory)
    at = tomsk(3, 2, 10)


class NotSameFactory(DjangoModelFactory):
    class Meta:
        model = NotSame

    first = factory.SubFactory(PersonFactory)
    second = factory.SubFactory(PersonFactory)
    by = factory.SubFactory(UserFactory)
    at = tomsk(3, 2, 10)


class InvitationFactory(DjangoModelFactory):
    class Meta:
        model = Invitation

    person = factory.SubFactory(PersonFactory)
    email = factory.LazyAttribute(lambda invitation: invitation.person.email)
    secret_digest = factory.Sequence(lambda n: f"{n:064x}")
    invited_at = tomsk(3, 2, 10)
    expires_at = tomsk(3, 16, 10)


def staff(duty: str, department: Department | None = None, **fields: object) -> User:
    """A user with a post of that duty since 2020."""
    user = UserFactory(**fields)
    StaffPostFactory(person=user.person, duty=duty, department=department or DepartmentFactory())
    return user


def coordinator(center: Center | None = None, **fields: object) -> User:
    """A user who coordinates the centre since 2020."""
    user = UserFactory(**fields)
    CoordinatorFactory(person=user.person, center=center or CenterFactory())
    return user


def administrator(**fields: object) -> User:
    return UserFactory(is_administrator=True, **fields)


def confirmed(user: User) -> User:
    """The user, able to log in: with an address that counts as confirmed."""
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user
