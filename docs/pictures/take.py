"""Takes the pictures of the documentation, in a demonstration that nobody has touched yet.

Walks one letter of November 2026 from the head's approval to a centre's answer, as its invented people would; so that
the pictures show what the portal does. A second run needs a second demonstration: the letter cannot be signed twice.
"""

import io
import re
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, ViewportSize, sync_playwright

FOLDER = Path(__file__).resolve().parent
GUIDE = FOLDER.parents[1] / "static/help"
DESK, PHONE = (1440, 900), (390, 844)
TOPIC, SUBJECT = "Цифровые лаборатории РВЦИ: открытый доступ", "Об итогах проведения вебинара"
MEETING = "Олимпиадная вертикаль: первые итоги муниципального этапа"
METHODIST, HEAD, DIRECTOR = "belozerova@rcro.example", "gorbunova@rcro.example", "vetrov@rcro.example"
CLERK, COORDINATOR, ADMINISTRATOR = "fomina@rcro.example", "shubina.va@tomsk.example", "ershov@rcro.example"
# Printed by script/demo; the passwords of the accounts stand on the page of the log-in.
KEY_PASSWORD = "podpis-demo-2026"  # noqa: S105
ANSWER = "Лаборатория открыта по субботам с 10:00 до 14:00, запись у координатора центра."

type Enter = Callable[[str, tuple[int, int]], Page]


def main(chromium: str, address: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])

        def enter(email: str, size: tuple[int, int]) -> Page:
            return log_in(browser, address, email, size)

        the_methodist_writes(enter(METHODIST, DESK))
        the_head_approves(enter(HEAD, DESK))
        the_director_signs(enter(DIRECTOR, PHONE))
        the_letter_is_out(enter(CLERK, DESK))
        the_centre_answers(enter(COORDINATOR, PHONE))
        the_answer_is_reviewed(enter(METHODIST, DESK))
        people_are_invited(enter(ADMINISTRATOR, DESK))
        browser.close()


def log_in(browser: Browser, address: str, email: str, size: tuple[int, int]) -> Page:
    viewport: ViewportSize = {"width": size[0], "height": size[1]}
    context = browser.new_context(
        base_url=address, viewport=viewport, locale="ru-RU", timezone_id="Asia/Tomsk", reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto("/accounts/login/")
    page.locator(f"[data-fill-login='{email}']").click()
    page.get_by_role("button", name="Войти с паролем").click()
    page.get_by_role("heading", level=1, name=re.compile("Главная|Журнал исходящих")).wait_for()
    return page


def take(page: Page, name: str, part: Locator | None = None) -> None:
    """The window as it stands, or one part of the page, in as many colours as a printed page needs."""
    page.wait_for_load_state("networkidle")
    bytes_ = (part or page).screenshot(animations="disabled")
    picture = Image.open(io.BytesIO(bytes_)).convert("RGB").quantize(96, dither=Image.Dither.NONE)
    path = (GUIDE if name.startswith("guide-") else FOLDER) / f"{name}.png"
    picture.save(path, optimize=True)
    print(path)


def follow(page: Page, words: str) -> None:
    page.get_by_role("link", name=re.compile(re.escape(words))).first.click()


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state("networkidle")


def the_methodist_writes(page: Page) -> None:
    take(page, "guide-home")
    page.goto("/events/")
    follow(page, MEETING)
    page.get_by_role("link", name=re.compile("^Участники")).first.click()
    take(page, "guide-attendance")
    page.goto("/")
    follow(page, "Возвращено на доработку")
    follow(page, "Исправить итоги")
    page.get_by_role("img", name=re.compile("Проект письма, страница 1")).wait_for()
    page.locator("#figures details").evaluate_all("parts => parts.forEach((part) => part.removeAttribute('open'))")
    page.locator("#talks").scroll_into_view_if_needed()
    take(page, "guide-outcome")


def the_head_approves(page: Page) -> None:
    page.locator("section").filter(has_text="На согласование").get_by_role("link").first.click()
    take(page, "guide-approve")
    press(page, "Согласовать")


def the_director_signs(page: Page) -> None:
    page.get_by_role("link", name=SUBJECT).first.click()
    page.get_by_role("button", name="К подписанию").wait_for()
    take(page, "guide-director")
    press(page, "К подписанию")
    page.get_by_label("Пароль ключа").wait_for()
    page.locator("#acts").scroll_into_view_if_needed()
    take(page, "guide-sign")
    page.get_by_label("Пароль ключа").fill(KEY_PASSWORD)
    press(page, "Подписать")
    page.get_by_text("Подписано. Исх. №").wait_for()


def the_letter_is_out(page: Page) -> None:
    page.goto("/register/?year=2026")
    take(page, "guide-register")
    follow(page, SUBJECT)
    page.locator(".letter-pages__page img").first.wait_for()
    take(page, "letter", page.locator(".letter-pages__page img").first)


def the_centre_answers(page: Page) -> None:
    page.locator("section").filter(has_text="Что нужно сделать").get_by_role(
        "link", name=re.compile("лаборатори")
    ).click()
    page.get_by_role("textbox", name=re.compile("^Ответ")).fill(ANSWER)
    page.locator(".next-step").evaluate("part => part.scrollIntoView()")
    take(page, "guide-commitment")
    press(page, "Направить ответ")
    page.locator(".page-header .status").filter(has_text="На проверке").wait_for()


def the_answer_is_reviewed(page: Page) -> None:
    page.goto("/events/")
    follow(page, TOPIC)
    take(page, "portal")
    page.get_by_role("row").filter(has_text="На проверке").get_by_role("link").first.click()
    page.get_by_text("Вернуть с замечанием").first.scroll_into_view_if_needed()
    take(page, "guide-review")


def people_are_invited(page: Page) -> None:
    page.goto("/invitations/new/")
    take(page, "guide-invite")


if __name__ == "__main__":
    main(*sys.argv[1:])
