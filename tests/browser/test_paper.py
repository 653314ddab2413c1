"""By hand: the director signs on paper, the scan is uploaded, the clerk confirms it, the letter goes out."""

import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser import acts
from tests.browser.conftest import Visits
from tests.browser.network import Network
from tests.factories import letters

SUBJECT = "Об итогах вебинара о лабораториях"


@pytest.mark.parametrize("kind", ["PNG", "PDF"])
def test_letter_is_signed_by_hand(network: Network, visits: Visits, tmp_path: Path, kind: str) -> None:
    letters.approved(network.office, subject_line=SUBJECT)
    director, clerk = visits().page, visits().page
    acts.log_in(director, network.office.director)
    acts.open_from_home(director, "На подпись", SUBJECT)
    acts.to_signing(director)
    director.get_by_role("button", name="Подпишу на бумаге").click()
    acts.told(director, "Распечатайте письмо, подпишите и загрузите скан.")
    it_opens_for_printing(director)

    director.get_by_label("Скан подписанного письма").set_input_files(scan(tmp_path, kind))
    director.get_by_role("button", name="Загрузить скан").click()
    acts.told(director, "Скан загружен. Делопроизводитель сверит его с бумагой и подтвердит.")

    acts.log_in(clerk, network.office.clerk)
    acts.open_from_home(clerk, "Подтвердить скан", SUBJECT)
    clerk.get_by_role("link", name="Сверить скан с письмом").click()
    expect(clerk.get_by_role("heading", name="Это подписанный оригинал письма № 1 от")).to_be_visible()
    for picture in clerk.get_by_role("img", name="страница 1").all():
        expect(picture).to_have_js_property("complete", True)
    if clerk.get_by_text("Проверьте", exact=True).count():
        clerk.get_by_label("Я сверил(а) скан с бумагой").check()
    clerk.get_by_role("button", name="Да, подтвердить скан").click()
    acts.told(clerk, "Подписано. Исх. № 1 от ")
    expect(clerk.get_by_text("на бумаге", exact=True)).to_be_visible()
    acts.open_message(clerk, network.coordinators[0], SUBJECT)
    expect(clerk.get_by_role("link", name="pismo-1-2026.")).to_be_visible()


def it_opens_for_printing(page: Page) -> None:
    """The final PDF with number and date, as a file that the browser prints."""
    href = page.get_by_role("link", name="Открыть для печати").get_attribute("href")
    answer = page.request.get(href or "")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body()[:5] == b"%PDF-"


def scan(folder: Path, kind: str) -> Path:
    picture = io.BytesIO()
    Image.new("L", (827, 1169), "white").save(picture, kind)
    path = folder / f"scan.{kind.lower()}"
    path.write_bytes(picture.getvalue())
    return path
