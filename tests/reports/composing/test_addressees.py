"""To whom a letter goes: names and posts in the dative, the printed lines, and everybody by name at filing."""

import datetime

import pytest

from reports.composing import addressees, content, letter_lint
from reports.composing.findings import Finding
from reports.letters import letters
from reports.models import DistributionList, Letter, Manuscript
from reports.models.manuscript import Audience
from tests.factories import centers
from tests.factories import letters as walked
from tests.factories.moments import FILED_AT
from tests.factories.reports import Office

TODAY = datetime.date(2026, 3, 16)


pytestmark = pytest.mark.django_db


def test_organization_is_addressed_by_its_head() -> None:
    school = centers.OrganizationFactory(
        short_name="Лицей № 5", short_name_genitive="Лицея № 5", head_name="Кравченко Алевтина Ильинична"
    )
    plant = centers.OrganizationFactory(
        short_name="Завод", short_name_genitive="Завода", head_name="Крутов Эдуард Максимович", kind="industrial"
    )
    nameless = centers.OrganizationFactory(short_name="Музей")
    assert [addressees.of_organization(one) for one in (school, plant, nameless)] == [
        "Директору Лицея № 5\nКравченко А.И.",
        "Руководителю Завода\nКрутову Э.М.",
        "Музей",
    ]


def test_person_is_addressed_by_the_post_of_the_day() -> None:
    coordinator = centers.CoordinatorFactory(
        person__surname="Громова",
        person__given_name="Ольга",
        person__patronymic="Павловна",
        center__organization__short_name_genitive="Лицея № 1",
        title="заместитель директора",
    )
    ended = centers.CoordinatorFactory(person=centers.PersonFactory(surname="Ким"), until=datetime.date(2020, 2, 1))
    assert addressees.of_person(coordinator.person, TODAY) == "Заместителю директора\nЛицея № 1\nГромовой О.П."
    assert addressees.of_person(ended.person, TODAY).startswith("Ким ")


def test_person_of_the_office_is_addressed_by_the_own_post() -> None:
    post = centers.StaffPostFactory(
        title="главный специалист", person__surname="Ким", person__given_name="Ли", person__patronymic=""
    )
    assert addressees.of_person(post.person, TODAY) == "Главному специалисту\nКим Л."


def test_whoever_has_no_mail_is_named_before_the_letter_goes(office: Office) -> None:
    rows = [walked.addressed(email=""), walked.addressed()]
    letter = walked.free_in_review(office, figure=False, body="Т.", audience=Audience.CHOSEN, addressees=rows)
    words = "Нет адреса электронной почты: Ректору ТИЕН Загорскому А.Ю. Письмо туда не уйдёт."
    assert letter_lint.findings(letter, [], at=FILED_AT) == [Finding(words, "addressees", blocks=False)]


def printed(letter: Letter) -> list[str]:
    composed = content.compose(Manuscript.objects.get(letter=letter), at=FILED_AT).content
    return dict(map(tuple, composed))["addressee"]


def chosen(office: Office, number: int, **page: object) -> Letter:
    rows = [walked.addressed(lines=f"Директору школы № {n}\nИванову И.И.") for n in range(1, number + 1)]
    return walked.free(office, figure=False, body="Текст.", audience=Audience.CHOSEN, addressees=rows, **page)


def test_up_to_four_addressees_are_printed_by_name(office: Office) -> None:
    letter = chosen(office, 2)
    assert printed(letter) == [
        "Директору школы № 1",
        "Иванову И.И.",
        "",
        "Директору школы № 2",
        "Иванову И.И.",
    ]
    assert printed(chosen(office, 4)).count("Иванову И.И.") == 4


def test_more_than_four_addressees_are_a_group_by_list(office: Office) -> None:
    letter = chosen(office, 5, addressee="Директорам школ")
    assert printed(letter) == ["Директорам школ", "(по списку)"]


def test_all_centers_are_named_by_their_status_on_the_day(office: Office) -> None:
    kept, lost = centers.CenterFactory(), centers.CenterFactory()
    lost.grants.update(until=datetime.date(2026, 3, 15))
    letter = walked.free_in_review(office)
    assert (list(letter.centers.all()), letter.addressees.count()) == ([kept], 0)


@pytest.fixture
def listed() -> DistributionList:
    """One centre, one that holds no status, one organisation that never did."""
    rows = DistributionList.objects.create(name="Кластер", addressee="Руководителям организаций кластера")
    former = centers.CenterFactory(status=None, organization__short_name="Бывший")
    university = centers.OrganizationFactory(short_name="Академия", email="academy@school.example")
    rows.organizations.set([centers.CenterFactory().organization, former.organization, university])
    return rows


def test_list_is_resolved_to_centers_and_addressees(listed: DistributionList, office: Office) -> None:
    letter = walked.free_in_review(
        office, figure=False, body="Текст.", audience=Audience.LIST, distribution_list=listed, addressee="Кластеру"
    )
    assert [center.organization for center in letter.centers.all()] == [listed.organizations.get(center__grants__gt=0)]
    assert sorted((row.lines, row.email) for row in letter.addressees.all()) == [
        ("Академия", "academy@school.example"),
        ("Бывший", listed.organizations.get(short_name="Бывший").email),
    ]
    assert ["addressee", ["Кластеру", "(по списку)"]] in letter.snapshot.content


def test_list_names_people_too(office: Office) -> None:
    rows = DistributionList.objects.create(name="Эксперты", addressee="Экспертам")
    expert = centers.EmploymentFactory(
        person__surname="Громова",
        person__given_name="Ольга",
        person__patronymic="Павловна",
        organization__short_name_genitive="Академии",
        title="ректор",
    ).person
    rows.people.set([expert])
    letter = walked.free_in_review(
        office, figure=False, body="Текст.", audience=Audience.LIST, distribution_list=rows, addressee="Экспертам"
    )
    found = [(row.person, row.lines, row.email) for row in letter.addressees.all()]
    assert found == [(expert, "Ректору\nАкадемии\nГромовой О.П.", expert.email)]


def test_list_that_changed_changes_no_filed_letter(listed: DistributionList, office: Office) -> None:
    letter = walked.free_in_review(
        office, figure=False, body="Текст.", audience=Audience.LIST, distribution_list=listed, addressee="Кластеру"
    )
    listed.organizations.clear()
    assert (letter.centers.count(), letter.addressees.count()) == (1, 2)


def test_list_is_resolved_anew_after_a_recall(listed: DistributionList, office: Office) -> None:
    page = {"figure": False, "body": "Текст.", "audience": Audience.LIST, "distribution_list": listed}
    letter = walked.free_in_review(office, addressee="Кластеру", **page)
    letters.recall(letter=letter, by=office.methodist, at=FILED_AT)
    listed.organizations.remove(listed.organizations.get(short_name="Академия"))
    letters.file_draft(
        letter=Letter.objects.select_related("manuscript").get(pk=letter.pk), by=office.methodist, at=FILED_AT
    )
    assert [row.lines for row in letter.addressees.all()] == ["Бывший"]


def test_receivers_are_named_with_those_who_have_no_address() -> None:
    post = centers.CoordinatorFactory(person__surname="Громова", person__given_name="Ольга", person__patronymic="")
    silent = centers.CenterFactory(organization__email="")
    found = addressees.receivers([post.center, silent], [], TODAY)
    assert [(one.name, one.person, one.email) for one in found] == [
        (str(post.center), "Громова О.", post.person.email),
        (str(silent), "", ""),
    ]


def test_sent_letter_has_a_message_for_each_center_and_addressee(office: Office) -> None:
    center = centers.CenterFactory()
    rows = [walked.addressed()]
    named = walked.free_sent(office, figure=False, body="Т.", audience=Audience.CHOSEN, addressees=rows)
    assert [(row.center, row.name, row.email) for row in named.recipients.all()] == [
        (None, "Ректору ТИЕН, Загорскому А.Ю.", "tien@school.example")
    ]
    assert [row.center for row in walked.free_sent(office).recipients.all()] == [center]


def test_coordinator_sees_a_letter_that_names_the_organization(office: Office) -> None:
    center = centers.CenterFactory()
    reader, other = centers.coordinator(center), centers.coordinator()
    rows = [walked.addressed(organization=center.organization)]
    letter = walked.free_sent(office, figure=False, body="Т.", audience=Audience.CHOSEN, addressees=rows)
    seen = [list(Letter.objects.visible_to(user, TODAY)) for user in (reader, other)]
    assert seen == [[letter], []]
