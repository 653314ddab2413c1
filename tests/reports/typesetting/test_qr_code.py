"""The QR code read back by two readers from a picture as telephones and scanners take it: coarse, a little turned."""

import base64
import hashlib
import io
import subprocess
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from rcro_portal.lib import addresses, qr_code
from reports.typesetting import rendering
from tests.reports import paper

KEY = "q7Rk0fYw2mXb_9s-LtVhZg"  # of 128 bits, as the portal makes them
DPI = 200
ADDRESSES = {
    "usual": f"https://rvci.tomsk.example/check/{KEY}/",
    "Cyrillic": f"https://портал.рф/check/{KEY}/",
    "Cyrillic, path": "https://портал.рф/письмо/7/",
    "longest": f"https://{'a' * (106 - 8 - 30)}/check/{KEY}/",
}


def picture(address: str, degrees: float) -> Image.Image:
    """The lower right corner of the printed sheet at 200 dots to the inch."""
    content = paper.with_elements(["paragraph", "Прошу принять к сведению."], edition="2025", qr=address)
    page = pypdfium2.PdfDocument(rendering.draw(content))[0]
    sheet = page.render(scale=DPI / 72).to_pil().convert("L")
    turned = sheet.rotate(degrees, resample=Image.Resampling.BILINEAR, fillcolor=255)
    return turned.crop((sheet.width // 2, sheet.height // 2, sheet.width, sheet.height))


def by_zbar(seen: Image.Image, folder: Path) -> str:
    seen.save(folder / "code.png")
    command = ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", str(folder / "code.png")]
    return subprocess.run(command, capture_output=True, timeout=60, check=False).stdout.decode().strip()


@pytest.mark.parametrize("degrees", [0, 2, -3.5])
@pytest.mark.parametrize("name", ADDRESSES)
def test_two_readers_agree_on_the_address(name: str, degrees: float, tmp_path: Path) -> None:
    address = ADDRESSES[name]
    seen = picture(address, degrees)
    assert [found.text for found in zxingcpp.read_barcodes(seen)] == [addresses.ascii_address(address)]
    assert by_zbar(seen, tmp_path) == addresses.ascii_address(address)


def test_cyrillic_host_is_written_by_idna_and_its_path_in_utf_8() -> None:
    assert addresses.ascii_address("https://портал.рф:8443/check/ключ/?а=1") == (
        "https://xn--80awhdgm.xn--p1ai:8443/check/%D0%BA%D0%BB%D1%8E%D1%87/?%D0%B0=1"
    )
    assert addresses.ascii_address(ADDRESSES["usual"]) == ADDRESSES["usual"]


def test_longest_address_takes_three_dots_a_module_at_200_dpi() -> None:
    assert qr_code.fits(ADDRESSES["longest"])
    assert not qr_code.fits(f"{ADDRESSES['longest']}x")
    assert DPI * 20 / 25.4 / qr_code.drawn(ADDRESSES["longest"]).side >= 3


def test_code_of_an_ascii_address_is_what_it_was() -> None:
    """Letters drawn before keep their bytes."""
    import segno

    code = segno.make_qr(ADDRESSES["usual"], error="m")
    side = range(len(code.matrix))
    dark = {(x, y) for y in side for x in side if code.matrix[y][x]}
    assert dots(qr_code.drawn(ADDRESSES["usual"])) == dark


def dots(drawing: qr_code.Drawing) -> set[tuple[int, int]]:
    """The dark modules, counted without the quiet zone."""
    quiet = qr_code.QUIET_MODULES
    return {(x - quiet, top - quiet) for left, top, length in drawing.boxes for x in range(left, left + length)}


def test_a_code_made_of_differences_is_that_of_its_address() -> None:
    import segno

    for number in range(40):
        key = base64.urlsafe_b64encode(hashlib.sha256(bytes([number])).digest())[:22].decode()
        address = f"https://rvci.tomsk.example/c/{key}/"
        code = segno.make_qr(address, error="m", encoding="utf-8", mask=3)
        side = range(len(code.matrix))
        dark = {(x, y) for y in side for x in side if code.matrix[y][x]}
        assert dots(qr_code.drawn_quickly(address, mask=3)) == dark


def test_a_strongly_compressed_picture_is_read_too() -> None:
    buffer = io.BytesIO()
    picture(ADDRESSES["usual"], 1).save(buffer, "JPEG", quality=40)
    assert [found.text for found in zxingcpp.read_barcodes(Image.open(buffer))] == [ADDRESSES["usual"]]
