"""Names that people gave are put in quotation marks by ``rcro_portal.lib.quotes`` alone: their own marks alternate."""

import re

from tests.house.tree import ROOT, name, python_files

# What may hold quotation marks of its own.
NAMES = "topic|subject_line|title|project_title|post|short_name|full_name"
IN_CODE = re.compile(rf"«\{{[^{{}}]*\.(?:{NAMES})\}}»")
IN_TEMPLATES = re.compile(r"«\{\{[^{}]*\}\}»")


def test_code_puts_names_in_quotation_marks_by_one_means() -> None:
    found = {name(path): IN_CODE.findall(path.read_text(encoding="utf-8")) for path in python_files()}
    assert {file: marks for file, marks in found.items() if marks} == {}


def test_templates_put_names_in_quotation_marks_by_one_means() -> None:
    pages = sorted((ROOT / "templates").rglob("*.*"))
    found = {name(path): IN_TEMPLATES.findall(path.read_text(encoding="utf-8")) for path in pages}
    assert {file: marks for file, marks in found.items() if marks} == {}
