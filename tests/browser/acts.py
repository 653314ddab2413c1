"""What people do in the portal, in their own words; each act ends when its result is seen."""

import datetime
import re

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from centers.models import User
from tests.factories.centers import PASSWORD
from tests.worker import until

MAIL_SECONDS = 60
HOME = re.compile("^(Главная|Журнал исходящих)$")  # the clerk's home is the journal


def log_in(page: Page, user: User) -> None:
    """From the portal's address: by «Войти» of its open pages, or at once where the log-in of somebody is over."""
    page.goto("/")
    if page.url.endswith("/open/"):
        page.get_by_role("banner").get_by_role("link", name="Войти").click()
    fill_login(page, user)
    expect(page.get_by_role("heading", level=1)).to_have_text(HOME)


def fill_login(page: Page, user: User) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Вход в портал")
    page.get_by_role("textbox", name="E-mail").fill(user.email)
    page.get_by_label("Пароль").fill(PASSWORD)
    page.get_by_role("button", name="Войти с паролем").click()


def go_home(page: Page) -> None:
    page.get_by_role("link", name="Сеть РВЦИ", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(HOME)


def open_from_home(page: Page, heading: str, row: str) -> None:
    """Follow a row of what waits for me."""
    go_home(page)
    section(page, heading).get_by_role("link", name=re.compile(re.escape(row))).first.click()


def section(page: Page, heading: str) -> Locator:
    """The part of the page under that heading."""
    return page.locator("section").filter(has=page.get_by_role("heading", name=re.compile(f"^{re.escape(heading)}")))


def open_message(page: Page, user: User, subject: str) -> None:
    """Look into the demo's mailbox until the message has come, and open it."""
    message = page.get_by_role("link", name=re.compile(re.escape(subject)))

    def has_come() -> bool:
        page.goto(f"/demo/mail/?q={user.email}")
        return message.count() > 0

    until(has_come, MAIL_SECONDS, lambda: f"No message «{subject}» has come to {user.email}.")
    message.first.click()


def told(page: Page, words: str) -> None:
    """The portal says among its notices what has happened."""
    expect(page.locator("#notices")).to_contain_text(words)


def state(page: Page) -> Locator:
    """The state of what the page is about, beside its heading."""
    return page.locator(".page-header .status")


def type_moment(page: Page, label: str, moment: datetime.datetime) -> None:
    page.get_by_label(re.compile(f"^{label}")).fill(f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}")


# -- The event --------------------------------------------------------------------------------------


def plan_webinar(page: Page, *, topic: str, purpose: str, starts_at: datetime.datetime) -> None:
    go_home(page)
    page.get_by_role("link", name="Внести в план").click()
    page.get_by_label("Вид мероприятия").select_option(label="вебинар")
    page.get_by_role("textbox", name="Тема", exact=True).fill(topic)
    page.get_by_role("textbox", name="Цель", exact=True).fill(purpose)
    type_moment(page, "Начало", starts_at)
    page.get_by_label("План-график").select_option(index=1)
    page.get_by_role("button", name="Внести в план").click()
    told(page, "Мероприятие внесено в план")


def announce(page: Page) -> None:
    page.get_by_role("button", name="Объявить").click()
    told(page, "Мероприятие объявлено")


def register(page: Page, topic: str) -> None:
    open_from_home(page, "Ближайшие мероприятия", topic)
    page.get_by_role("button", name="Заявить участие").click()
    told(page, "Вы заявлены на мероприятие")


def bring_forward(page: Page, starts_at: datetime.datetime) -> None:
    """The webinar begins at another time than was planned."""
    page.get_by_role("link", name="Изменить").click()
    type_moment(page, "Начало", starts_at)
    page.get_by_role("button", name="Сохранить").click()
    told(page, "Изменения сохранены")


def mark_attendance(page: Page, *present: object) -> None:
    page.get_by_role("link", name="Отметить участников").click()
    for center in present:
        tick = page.get_by_role("checkbox", name=re.compile(f"Участвует.*{re.escape(str(center))}"))
        tick.click()
        expect(tick).to_be_checked()
    expect(page.get_by_text(f"Отмечено участников: {len(present)}")).to_be_visible()
    page.get_by_role("link", name="Готово").click()


# -- The outcome ------------------------------------------------------------------------------------


def open_outcome(page: Page) -> None:
    page.get_by_role("button", name=re.compile("Внести итоги|Открыть итоги")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Итоги")


def add_talk(page: Page, *, speaker: str, act: str, text: str, post: str = "") -> Locator:
    page.get_by_role("button", name="Добавить выступление").click()
    row = page.locator("#talks .rows__row").last
    find(row.get_by_role("group", name="Кто"), speaker)
    row.get_by_label("Вид выступления").select_option(label=act)
    if post:
        row.get_by_text("Должность, слова перед именем").click()
        row.get_by_label("Должность и организация").fill(post)
    row.get_by_label("Содержание").fill(text)
    return row


def find(choice: Locator, name: str) -> None:
    """Typed into the search line of a choice, and taken from what was found."""
    line = choice.get_by_role("searchbox")
    line.fill(name)
    line.press("Enter")
    expect(choice.locator(".search-line__chosen")).to_contain_text(name)


def make_figure(page: Page, title: str, year: int) -> None:
    """Choose a figure by its Russian name; it becomes a button that puts it into the text."""
    box = page.locator("#figures")
    box.get_by_text("Вставить показатель", exact=True).click()
    box.get_by_role("combobox", name="Показатель", exact=True).select_option(label=title)
    box.get_by_label("Год").fill(str(year))
    box.get_by_role("button", name="Добавить показатель").click()
    expect(figure_button(page, title)).to_be_visible()


def figure_button(page: Page, title: str) -> Locator:
    return page.locator("#figures").get_by_role("button", name=f"Вставить показатель: {title}")


def add_decision(page: Page, *, text: str, due_on: datetime.date) -> None:
    page.get_by_role("button", name="Добавить решение").click()
    row = page.locator("#decisions .rows__row").last
    row.get_by_label("Текст").fill(text)
    row.get_by_label("Срок").fill(due_on.isoformat())
    row.get_by_label("Что считать исполнением").select_option(label="направить ответ")


def draft_is_saved(page: Page) -> None:
    """The draft has saved itself, and says when."""
    expect(page.locator("#saved")).to_have_text(re.compile(r"Черновик сохранён в \d\d:\d\d"))


def check_letter(page: Page) -> None:
    """Save by the button; the portal shows the letter's pages and what is missing."""
    page.get_by_role("button", name="Сохранить и проверить").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Проверьте письмо")


def file_outcome(page: Page, clicks: int = 1) -> None:
    page.get_by_role("button", name="Направить на согласование").click(click_count=clicks)
    told(page, "Итоги направлены на согласование")


# -- The letter -------------------------------------------------------------------------------------


def find_letter(page: Page, subject: str) -> None:
    page.get_by_role("link", name="Письма", exact=True).click()
    page.get_by_role("link", name=subject).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(subject)


def page_pictures(page: Page) -> Locator:
    """The letter's pages as pictures, once the first of them is really drawn on the screen."""
    pictures = page.locator(".letter-pages__page img")
    expect(pictures.first).to_have_js_property("complete", True)
    assert pictures.first.evaluate("picture => picture.naturalWidth") > 0
    return pictures


def letter_text(page: Page) -> str:
    """The words that a screen reader finds under the pictures."""
    return page.locator(".letter-pages .disclosure .prose").text_content() or ""


def approve(page: Page) -> None:
    page.get_by_role("button", name="Согласовать").click()
    told(page, "Согласовано")


def to_signing(page: Page) -> None:
    page.get_by_role("button", name="К подписанию").click()


def final_pdf_is_there(page: Page) -> None:
    expect(state(page)).to_have_text("На подписи")
    page_pictures(page)


def sign(page: Page, password: str) -> None:
    page.get_by_label("Пароль ключа").fill(password)
    page.get_by_role("button", name="Подписать", exact=True).click()


def give_back(page: Page, button: str, remark: str) -> None:
    page.get_by_text(button, exact=True).click()
    page.get_by_label("Что исправить").fill(remark)
    page.get_by_role("button", name="Вернуть", exact=True).click()
    told(page, "Письмо возвращено исполнителю с замечанием")
