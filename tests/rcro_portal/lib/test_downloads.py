"""Files as answers: names that browsers and file systems keep, whatever a number or a person puts into them."""

from email.message import Message
from email.utils import collapse_rfc2231_value

import pytest

from rcro_portal.lib import downloads


def kept_as(name: str, *, inline: bool = False) -> str:
    """The name under which a browser keeps the file."""
    answer = downloads.response(b"%PDF", "application/pdf", name, inline=inline)
    said = Message()
    said["Content-Disposition"] = answer.headers["Content-Disposition"]
    assert said.get_content_disposition() == ("inline" if inline else "attachment")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    found = said.get_param("filename", header="content-disposition")
    return collapse_rfc2231_value(found)


@pytest.mark.parametrize(
    ("number", "stem"),
    [
        ("941", "pismo-941-2026"),
        ("ГД-1736/03", "pismo-GD-1736-03-2026"),
        ("И-945а", "pismo-I-945a-2026"),
        ("77/3", "pismo-77-3-2026"),
        ("01-25/7730", "pismo-01-25-7730-2026"),
        ("Щ/ъ-5", "pismo-SHCH-5-2026"),
        ('12"; filename="x', "pismo-12-filename-x-2026"),
        ("../../etc/passwd", "pismo-..-..-etc-passwd-2026"),
        ("№ 7 \r\nSet-Cookie: a", "pismo-7-Set-Cookie-a-2026"),
    ],
)
def test_any_number_of_a_journal_gives_a_plain_name(number: str, stem: str) -> None:
    assert downloads.ascii_name("pismo", number, 2026) == stem
    assert kept_as(f"{stem}.pdf", inline=True) == f"{stem}.pdf"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("План-график.pdf", "План-график.pdf"),
        ("Отчёт 12/2026.docx", "Отчёт 12-2026.docx"),
        ('Приказ "О сети".pdf', "Приказ -О сети-.pdf"),
        ("a\r\nSet-Cookie: b.pdf", "a-Set-Cookie- b.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("ж" * 300 + ".pdf", "ж" * 120 + ".pdf"),
        ("", "fayl"),
    ],
)
def test_what_a_person_named_stays_but_for_what_no_file_system_takes(name: str, kept: str) -> None:
    assert kept_as(name) == kept
