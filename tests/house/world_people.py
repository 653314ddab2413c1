"""What the prepared world of the tests of rights holds of people and distribution lists, and what is posted there."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from centers.people import merging
from centers.views import merging as merge_pages
from reports.models import DistributionList
from tests import clock
from tests.factories import centers, reports

if TYPE_CHECKING:
    from tests.house.world import World


def _known_people(world: "World") -> None:
    """Two rows of one person, one who may sign, one that was merged, and a pair that was told apart."""
    person, double = centers.PersonFactory(), centers.PersonFactory()
    signatory = reports.SigningAuthorityFactory(person=centers.PersonFactory()).person
    gone = centers.PersonFactory(archived_at=clock.now(), archive_reason="объединён")
    same = {name: getattr(person, name) for name in merging.FIELDS}
    world.rows |= {
        "person": person,
        "double": double,
        "signatory": signatory,
        "merged": gone,
        "away": centers.PersonFactory(archived_at=clock.now(), archive_reason="Переехала"),
        "merge": centers.PersonMergeFactory(kept=person, gone=gone, former=same, became=same),
        "apart": centers.NotSameFactory(),
    }
    world.args |= {
        "person.place": (person.pk, centers.EmploymentFactory(person=person).pk),
        "person.degree": (person.pk, centers.DegreeFactory(person=person).pk),
        "person.double": (person.pk, double.pk),
        "person.power": (person.pk, signatory.pk),
    }


def _dictionaries(world: "World") -> None:
    clerk = world.people["clerk"].person
    world.rows |= {"department": world.office.department, "district": world.ours.organization.municipality}
    world.args["clerk.post"] = (clerk.pk, clerk.posts.get().pk)


def _lists(world: "World") -> None:
    """A distribution list with an organisation and a person, and one in the archive."""
    listed = DistributionList.objects.create(name="Кластер", addressee="Руководителям")
    listed.organizations.add(world.ours.organization)
    listed.people.add(world.rows["person"])
    shut = {"archived_at": clock.now(), "archive_reason": "Устарел"}
    world.rows |= {"listed": listed, "shut": DistributionList.objects.create(name="Прошлый", **shut)}
    world.args |= {
        "listed.org": (listed.pk, DistributionList.organizations.through.objects.get().pk),
        "listed.person": (listed.pk, DistributionList.people.through.objects.get().pk),
    }


SOMEBODY = {"surname": "Иволгина", "given_name": "Яна", "patronymic": "Ильинична", "gender": "f"}
DEGREE = {"rank": "doctor", "science": "химических", "since": "2021-09-01"}
LISTED = {"name": "Лицеи", "addressee": "Директорам лицеев"}


def _workplace(world: "World", row: Any) -> dict[str, Any]:
    return {"organization": world.ours.organization_id, "title": "учитель", "since": "2021-09-01"}


def _merged(world: "World", row: Any) -> dict[str, Any]:
    """As the page of the person and its double asks."""
    seen = merge_pages.digest(world.rows["person"], world.rows["double"])
    return {"seen": seen, **dict.fromkeys(merging.FIELDS, "kept")}


def _organization(world: "World", row: Any) -> dict[str, Any]:
    return {"organization": world.theirs.organization_id}


def _person(world: "World", row: Any) -> dict[str, Any]:
    return {"person": world.rows["double"].pk}


DEPARTMENT = {"name": "отдел опытов", "name_genitive": "отдела опытов", "name_instrumental": "отделом опытов"}
DISTRICT = {
    "name": "Дальний район",
    "name_genitive": "Дальнего района",
    "name_prepositional": "Дальнем районе",
    "kind": "муниципальный район",
    "admin_center": "с. Дальнее",
    "code": "dalny",
}


def _post(world: "World", row: Any) -> dict[str, Any]:
    return {"department": world.office.department.pk, "duty": "clerk", "title": "секретарь", "since": "2021-09-01"}


FIELDS: dict[str, Callable[[Any, Any], dict[str, Any]]] = {
    "centers:person-new": lambda world, row: SOMEBODY,
    "centers:person-edit": lambda world, row: SOMEBODY,
    "centers:people-list-bulk": lambda world, row: {"row": world.rows["person"].pk, "archive": "on", "why": "Повтор"},
    "centers:person-archive": lambda world, row: {"reason": "Переехала."},
    "centers:person-merge": _merged,
    **{f"centers:degree-{act}": lambda world, row: DEGREE for act in ("new", "edit")},
    "centers:degree-end": lambda world, row: {"until": clock.today().isoformat()},
    "centers:employment-new": _workplace,
    "centers:employment-edit": _workplace,
    "centers:employment-end": lambda world, row: {"until": clock.today().isoformat()},
    "centers:department-new": lambda world, row: DEPARTMENT,
    "centers:department-edit": lambda world, row: DEPARTMENT,
    "centers:municipality-new": lambda world, row: DISTRICT,
    "centers:municipality-edit": lambda world, row: DISTRICT,
    "centers:staff-post-new": _post,
    "centers:staff-post-edit": _post,
    "centers:staff-post-end": lambda world, row: {"until": clock.today().isoformat()},
    "reports:distribution-list-new": lambda world, row: LISTED,
    "reports:distribution-list-edit": lambda world, row: LISTED,
    "reports:distribution-list-archive": lambda world, row: {"reason": "Устарел."},
    "reports:distribution-list-put-many": lambda world, row: {"kind": "educational"},
    "reports:list-organization-new": _organization,
    "reports:list-organization-edit": _organization,
    "reports:list-person-new": _person,
    "reports:list-person-edit": _person,
}
PREPARED = (_known_people, _dictionaries, _lists)
