"""The road of a letter as people walk it: from a webinar in the plan to a centre's accepted answer."""

import datetime
import re
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import Page, expect

from events.models import Commitment
from rcro_portal.lib import russian
from reports.models import Letter
from tests.browser import acts
from tests.browser.conftest import Visits
from tests.browser.network import Network
from tests.factories import brought, letters
from tests.factories.reports import KEY_PASSWORD
from tests.worker import until

TOPIC, SUBJECT = "Лаборатория в каждой школе", "Об итогах вебинара о лабораториях"
DECISION = "составить перечень лабораторного оборудования"
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)


def test_letter_goes_from_plan_to_accepted_answer(network: Network, visits: Visits, tmp_path: Path) -> None:
    now = timezone.now()
    due_on = timezone.localdate(now) + 14 * DAY
    warm_the_worker_up(network, now)
    methodist, head, coordinator = (visits().page for _ in range(3))
    the_director = visits()
    director = the_director.page

    acts.log_in(methodist, network.office.methodist)
    acts.plan_webinar(methodist, topic=TOPIC, purpose="обмена опытом", starts_at=now + DAY)
    acts.announce(methodist)
    acts.log_in(coordinator, network.coordinators[0])
    acts.register(coordinator, TOPIC)

    acts.bring_forward(methodist, now - 2 * HOUR)
    expect(methodist.get_by_text("Зимина Алла Романовна, Лицей «Исток»")).to_be_visible()
    acts.mark_attendance(methodist, network.centers[0], network.centers[2])

    write_the_outcome(methodist, network, due_on)
    the_letter_is_previewed(methodist)
    acts.check_letter(methodist)
    acts.file_outcome(methodist, clicks=2)
    assert Letter.objects.filter(outcome__event__topic=TOPIC).count() == 1

    acts.log_in(head, network.office.head)
    acts.open_from_home(head, "На согласование", SUBJECT)
    the_letter_can_be_read(head)
    acts.approve(head)

    acts.log_in(director, network.office.director)
    acts.open_from_home(director, "На подпись", SUBJECT)
    number_and_final_pdf_come_by_themselves(director)
    the_director.expect_refusal(422)
    the_director_signs(director)

    the_coordinator_follows_the_mail(coordinator, network, due_on)
    acts_on_the_decision(coordinator, tmp_path)
    another_centre_is_closed(visits, network)

    acts.open_from_home(methodist, "Ответы на проверку", DECISION[1:])
    methodist.get_by_role("button", name="Принять").click()
    acts.told(methodist, "Принято: Лицей «Исток».")
    expect(methodist.get_by_text("Проверять больше нечего")).to_be_visible()
    answered = Commitment.objects.get(organization__center=network.centers[0])
    methodist.goto(f"/commitments/{answered.pk}/")
    expect(acts.state(methodist)).to_have_text("Принято")


def warm_the_worker_up(network: Network, now: datetime.datetime) -> None:
    """An earlier letter is drawn first, as on any day but the first."""
    letter = letters.preparing(network.office, at=now - HOUR)
    until(lambda: Letter.objects.get(pk=letter.pk).status == "awaiting", 90, lambda: "The first letter is not drawn.")


def write_the_outcome(page: Page, network: Network, due_on: datetime.date) -> None:
    acts.open_outcome(page)
    acts.add_talk(
        page,
        speaker="Лаптева Вера Андреевна",
        act="открытие мероприятия",
        text="В сети работают ",
    )
    acts.make_figure(page, "Организации со статусом РВЦИ", timezone.localdate().year)
    acts.figure_button(page, "Организации со статусом РВЦИ").click()
    expect(page.locator("[name='talks-0-text']")).to_have_value(re.compile(r"^В сети работают \[\[.+\]\]$"))
    acts.add_talk(
        page,
        speaker=network.guest.full_name,
        act="доклад",
        post="учитель физики Лицея «Исток»",
        text="приборы собирают сами ученики",
    )
    acts.add_decision(page, text=DECISION, due_on=due_on)
    acts.draft_is_saved(page)


def the_letter_is_previewed(page: Page) -> None:
    """Beside the form stand the pages of the letter, drawn anew after each save."""
    preview = page.get_by_role("img", name="Проект письма, страница 1 из 1")
    expect(preview).to_be_visible()
    before = preview.get_attribute("src")
    page.get_by_label("Заголовок письма").fill(SUBJECT)
    acts.draft_is_saved(page)
    expect(preview).not_to_have_attribute("src", before or "")


def the_letter_can_be_read(page: Page) -> None:
    assert acts.page_pictures(page).count() == 1
    text = acts.letter_text(page)
    assert "В сети работают 3 образовательные организации" in text
    assert "В вебинаре приняли участие 2 координатора РВЦИ" in text


def number_and_final_pdf_come_by_themselves(page: Page) -> None:
    """How soon is measured by ``script/bench``."""
    acts.to_signing(page)
    acts.final_pdf_is_there(page)
    entry = Letter.objects.get(outcome__event__topic=TOPIC).entry
    expect(page.locator(".big-number")).to_have_text(
        f"Исходящий номер № {entry.number} от {timezone.localdate():%d.%m.%Y}"
    )
    assert f"№ {entry.number}" in acts.letter_text(page)


def the_director_signs(page: Page) -> None:
    acts.sign(page, "не тот пароль")
    expect(page.get_by_text("Пароль ключа не подошёл. Письмо не изменилось, введите пароль ещё раз.")).to_be_visible()
    expect(acts.state(page)).to_have_text("На подписи")
    acts.sign(page, KEY_PASSWORD)
    acts.told(page, f"Подписано. Исх. № {Letter.objects.get(outcome__event__topic=TOPIC).entry.number} от ")
    acts.page_pictures(page)


def the_coordinator_follows_the_mail(page: Page, network: Network, due_on: datetime.date) -> None:
    """Logged out, from the message to the decision: the portal asks who it is and leads on."""
    page.context.clear_cookies()
    user = network.coordinators[0]
    acts.open_message(page, user, SUBJECT)
    page.locator("a[href*='/m/']").click()
    acts.fill_login(page, user)
    expect(page.get_by_role("heading", level=1)).to_have_text("Лицей «Исток»")
    expect(page.get_by_role("heading", name=russian.upper_first(DECISION))).to_be_visible()
    expect(page.locator(".next-step__text")).to_contain_text(f"Срок – {russian.long_date(due_on, 'г.')}")
    page.get_by_role("link", name=re.compile(rf"№ \d+ от .+: {SUBJECT}")).click()
    acts.page_pictures(page)
    page.go_back()


def acts_on_the_decision(page: Page, tmp_path: Path) -> None:
    list_of_devices = tmp_path / "Перечень.pdf"
    list_of_devices.write_bytes(brought.pdf())
    page.get_by_role("textbox", name="Ответ", exact=True).fill("Перечень составлен.")
    page.get_by_label("Файл").set_input_files(list_of_devices)
    page.get_by_role("button", name="Направить ответ").click()
    acts.told(page, "Ответ направлен на проверку")
    expect(page.get_by_role("link", name="Перечень.pdf")).to_be_visible()


def another_centre_is_closed(visits: Visits, network: Network) -> None:
    """What is owed by another centre does not exist for this coordinator."""
    stranger = visits()
    acts.log_in(stranger.page, network.coordinators[1])
    foreign = Commitment.objects.get(organization__center=network.centers[0])
    stranger.expect_refusal(404)
    stranger.page.goto(f"/commitments/{foreign.pk}/")
    expect(stranger.page.get_by_role("heading", level=1)).to_have_text("Страница не найдена")
