"""«Заменить письмом»: the outcome is opened, a new letter is sent, the old one says so, and what is owed moves."""

import datetime
import re

from django.utils import timezone
from playwright.sync_api import Page, expect

from events.models import Commitment
from reports.models import Letter
from tests.browser import acts
from tests.browser.conftest import Visits
from tests.browser.network import Network
from tests.factories import letters
from tests.factories.reports import KEY_PASSWORD
from tests.worker import Worker, until

SUBJECT, REASON = "Об итогах вебинара о лабораториях", "Школам нужно больше времени."
SENT_SECONDS = 60


def test_sent_letter_is_replaced_and_what_is_owed_moves_with_it(
    network: Network, visits: Visits, worker: Worker
) -> None:
    worker.kill()  # the factory draws by itself
    old = letters.sent_on_paper(network.office, subject_line=SUBJECT)
    worker.start()
    term = timezone.localdate() + datetime.timedelta(days=21)
    methodist, head, director, coordinator = (visits().page for _ in range(4))
    acts.log_in(methodist, network.office.methodist)
    the_outcome_is_opened_again(methodist, old, term)

    acts.log_in(head, network.office.head)
    acts.open_from_home(head, "На согласование", SUBJECT)
    acts.approve(head)
    acts.log_in(director, network.office.director)
    acts.open_from_home(director, "На подпись", SUBJECT)
    acts.to_signing(director)
    acts.final_pdf_is_there(director)
    acts.sign(director, KEY_PASSWORD)

    new = Letter.objects.get(replaces=old)
    until(lambda: Letter.objects.get(pk=new.pk).status == "sent", SENT_SECONDS, lambda: "The new letter is not sent.")
    methodist.goto(f"/letters/{old.pk}/")
    link = methodist.get_by_text("Заменено письмом").get_by_role("link", name=f"№ {new.entry.number} от")
    link.click()
    expect(methodist.get_by_text("Взамен письма").get_by_role("link")).to_have_text(
        re.compile(f"№ {old.entry.number} от")
    )
    the_coordinator_reads_the_new_term(coordinator, network, new, term)


def the_outcome_is_opened_again(page: Page, old: Letter, term: datetime.date) -> None:
    acts.find_letter(page, SUBJECT)
    page.get_by_text("Заменить письмом", exact=True).click()
    page.get_by_label("Причина").fill(REASON)
    page.get_by_role("button", name="Подготовить письмо взамен").click()
    acts.told(page, "Итоги снова открыты")
    page.locator("#decisions .rows__row").last.get_by_label("Срок").fill(term.isoformat())
    acts.draft_is_saved(page)
    acts.check_letter(page)
    expect(page.get_by_text("Срок перенесён").first).to_be_visible()
    acts.file_outcome(page)
    page.goto(f"/letters/{old.pk}/")
    expect(page.get_by_text("Взамен этого письма готовится")).to_be_visible()
    expect(acts.state(page)).to_have_text("Отправлено")


def the_coordinator_reads_the_new_term(page: Page, network: Network, new: Letter, term: datetime.date) -> None:
    acts.log_in(page, network.coordinators[0])
    owed = Commitment.objects.get(organization__center=network.centers[0])
    assert owed.due_on == term
    page.goto(f"/commitments/{owed.pk}/")
    expect(page.get_by_text(f"письмом № {new.entry.number} от").first).to_be_visible()
    expect(page.get_by_text(f"Причина: {REASON}").first).to_be_visible()
