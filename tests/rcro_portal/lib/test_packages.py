"""ZIP archives of offices that are locked, hold folders, or say of no part what it is."""

import io
import zipfile

from rcro_portal.lib import files
from tests.factories.brought import document, package
from tests.rcro_portal.lib.test_files import ALL, chart, mark, refusal


def with_a_folder() -> bytes:
    with io.BytesIO(document("")) as buffer:
        with zipfile.ZipFile(buffer, "a") as archive:
            archive.mkdir("word/media")
        return buffer.getvalue()


def locked() -> bytes:
    """Every member says that it is encrypted."""
    whole = bytearray(document(""))
    place = -1
    while (place := whole.find(b"PK\x01\x02", place + 1)) >= 0:
        whole[place + 8] |= 1
    return bytes(whole)


def test_folders_of_a_package_are_no_parts_and_what_is_lacking_does_nothing() -> None:
    for data in (with_a_folder(), chart(b""), document(mark("end"))):
        assert files.judge(data, taken=ALL) == files.DOCX


def test_package_that_is_locked_or_says_of_no_part_what_it_is() -> None:
    assert refusal(locked()) == "Файл закрыт паролем. Сохраните его без пароля."
    assert refusal(package(given={"[Content_Types].xml": ""})).startswith("Портал принимает")
