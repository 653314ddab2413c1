"""What is pasted from Word and Excel keeps its structure in every field of the editors."""

from playwright.sync_api import Locator, Page, expect

from tests.browser import acts
from tests.browser.conftest import Visits
from tests.browser.network import Network
from tests.factories import events
from tests.factories import letters as walked

ROWS = "Район\tШкола\tЧисло\r\nТомск\tЛицей № 8\t12\r\nАсино\tГимназия\t7\r\n"
TABLE = """<html><body><!--StartFragment--><p>Итого:</p><table><tr><td rowspan=2>Томск</td><td><p>Лицей</p>
<p>№ 8</p></td><td>12</td></tr><tr><td>Гимназия</td><td>7</td></tr></table><!--EndFragment--></body></html>"""
LIST = "<ol start=3><li>первое</li><li><b>второе</b></li></ol><ul><li>третье</li></ul><p>Абзац</p>"
PASTE = """(field, [plain, html]) => {
  const data = new DataTransfer();
  data.setData("text/plain", plain);
  if (html) data.setData("text/html", html);
  field.focus();
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def paste(field: Locator, plain: str, html: str = "") -> None:
    field.fill("")
    field.evaluate(PASTE, [plain, html])


def paste_between(field: Locator, before: str, plain: str, after: str) -> None:
    """Paste at the caret between words that stand on one line."""
    field.fill(before + after)
    field.press("Control+End")
    for _ in after:
        field.press("ArrowLeft")
    field.evaluate(PASTE, [plain, ""])


def sent(page: Page, name: str, text: str) -> None:
    """What the form would send of the field."""
    expect(page.locator(f"[name='{name}']")).to_have_value(text)


def test_rows_and_lists_in_the_text_of_a_letter(network: Network, visits: Visits) -> None:
    letter = walked.free(network.office)
    page = visits().page
    acts.log_in(page, network.office.methodist)
    page.goto(f"/drafts/{letter.pk}/edit/")
    body = page.get_by_label("Текст", exact=True)
    paste(body, ROWS)
    sent(page, "body", "Район | Школа | Число\nТомск | Лицей № 8 | 12\nАсино | Гимназия | 7")
    paste(body, "Томск\nЛицей\n№ 8\t12", TABLE)
    sent(page, "body", "Итого:\nТомск | Лицей № 8 | 12\n | Гимназия | 7")
    paste(body, "первое\nвторое", LIST)
    sent(page, "body", "3. первое\n4. второе\n– третье\nАбзац")
    paste(body, "·\tслабая подготовка\x0bо\x0cМир")
    sent(page, "body", "– слабая подготовка\nо\nМир")
    paste_between(body, "Участвовали 19 команд.", ROWS, "Поздравляем!")
    rows = "Район | Школа | Число\nТомск | Лицей № 8 | 12\nАсино | Гимназия | 7"
    sent(page, "body", f"Участвовали 19 команд.\n{rows}\nПоздравляем!")
    paste_between(body, "Просим ", "сообщить", " число")
    sent(page, "body", "Просим сообщить число")
    acts.draft_is_saved(page)
    paste(page.get_by_label("Заголовок письма"), "О сборе\r\nсведений\tв школах")
    sent(page, "subject_line", "О сборе сведений в школах")


def test_marks_go_and_rows_are_asked_about_where_the_portal_numbers(network: Network, visits: Visits) -> None:
    outcome = events.ready_outcome(edited_by=network.office.methodist, prepared_by=network.office.methodist.person)
    page = visits().page
    acts.log_in(page, network.office.methodist)
    page.goto(f"/outcomes/{outcome.pk}/edit/")
    page.get_by_role("button", name="Добавить проблемную зону").click()
    problem = page.get_by_label("Проблемная зона").last
    paste(problem, "1)\tслабая подготовка\r\n2)\tтеснота")
    sent(page, "problems-0-text", "слабая подготовка\nтеснота")
    paste(problem, "Томск\tЛицей № 8\t12")
    expect(page.locator("#confirm-text")).to_contain_text("В буфере таблица, строк: 1.")
    page.locator("#confirm-dialog").get_by_role("button", name="Отмена").click()
    sent(page, "problems-0-text", "")
    paste(problem, "Томск\tЛицей № 8\t12")
    page.locator("#confirm-dialog").get_by_role("button", name="Вставить словами").click()
    sent(page, "problems-0-text", "Томск, Лицей № 8, 12")
