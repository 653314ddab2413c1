"""What a letter's page points out before the letter is approved."""

from django.test import Client

from reports.composing import letter_lint
from reports.composing.findings import Finding
from reports.figures import frozen
from tests.factories import letters as walked
from tests.factories.centers import CenterFactory
from tests.factories.moments import FILED_AT
from tests.factories.reports import Office


def test_moved_figure_is_pointed_out_before_approval_and_never_after_the_number(office: Office) -> None:
    letter = walked.in_review(office)
    assert letter_lint.findings(letter, frozen.values_today(letter), at=FILED_AT) == []
    CenterFactory(organization__email="school@school.example")
    words = "Показатель «центры» изменился: сейчас 1, в письме 0."
    link = f"/letters/{letter.pk}/figures/{letter.snapshot.figures.get(name='центры').pk}/"
    assert letter_lint.findings(letter, frozen.values_today(letter), at=FILED_AT) == [
        Finding(words, url=link, blocks=False)
    ]
    walked.approve(letter, office)
    walked.register(letter, office)
    assert letter_lint.findings(letter, frozen.values_today(letter), at=FILED_AT) == []


def test_recipient_without_an_address_is_pointed_out(office: Office) -> None:
    center = CenterFactory(organization__email="", organization__short_name="Лицей № 7")
    letter = walked.in_review(office)
    words = "Нет адреса электронной почты: Лицей № 7. Письмо туда не уйдёт."
    assert letter_lint.findings(letter, frozen.values_today(letter), at=FILED_AT) == [
        Finding(words, url=f"/centers/{center.pk}/", blocks=False)
    ]


def test_letter_page_leads_who_may_correct_to_the_place(client: Client, office: Office) -> None:
    letter = walked.in_review(office)
    letter.outcome.talks.update(text="приехали 60 обучающихся")
    link = f"/letters/{letter.pk}/correct/#talks-0-text"
    client.force_login(office.head)
    page = client.get(f"/letters/{letter.pk}/findings/").content.decode()
    assert f'href="{link}"' in page
    assert 'id="talks-0-text"' in client.get(f"/letters/{letter.pk}/correct/").content.decode()
    client.force_login(office.methodist)
    page = client.get(f"/letters/{letter.pk}/findings/").content.decode()
    assert "Число введено вручную: «60 обучающихся»" in page
    assert link not in page
