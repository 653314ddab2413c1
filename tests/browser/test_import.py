"""The clerk brings a former register in: judged, mended on the page, written, undone; on a desk and on a phone."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import acts
from tests.browser.conftest import Visits
from tests.browser.network import Network

TABLE = Path(__file__).parents[1] / "data" / "imports" / "outgoing_journal.ods"


@pytest.mark.parametrize("width", [1440, 390])
def test_former_register_is_mended_written_and_undone(network: Network, visits: Visits, width: int) -> None:
    clerk = visits(viewport={"width": width, "height": 900}).page
    acts.log_in(clerk, network.office.clerk)
    clerk.goto("/register/import/")
    clerk.get_by_label("Файл").set_input_files(TABLE)
    clerk.get_by_role("button", name="Проверить файл").click()
    expect(clerk.get_by_role("heading", name="Строки с ошибками: 2")).to_be_visible()
    it_fits(clerk, width)
    mend(clerk, 9, "124")
    expect(clerk.get_by_role("heading", name="Строки с ошибками: 1")).to_be_visible()
    mend(clerk, 10, "125")
    clerk.get_by_role("button", name="Внести", exact=True).click()
    acts.told(clerk, "Журнал исходящих: внесено строк – 5.")
    clerk.get_by_role("button", name="Отменить загрузку").click()
    clerk.get_by_role("dialog").get_by_role("button", name="Отменить загрузку").click()
    acts.told(clerk, "Загрузка отменена.")
    it_fits(clerk, width)


def mend(page: Page, row: int, number: str) -> None:
    page.locator(f"#cell-{row}-B").fill(number)
    page.get_by_role("button", name=f"Сохранить строку {row}").click()
    acts.told(page, f"Строка {row} исправлена здесь")


def it_fits(page: Page, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width
