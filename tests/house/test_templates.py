"""Templates carry no script or style of their own, and each of them is used."""

import re
from pathlib import Path

import allauth
import pytest
from django import forms
from django.contrib import admin

from tests.house.tree import ROOT, python_files, tracked

TEMPLATES = ROOT / "templates"
INLINE = re.compile(r"<style\b|\sstyle=|\son[a-z]+=|\shx-on|<script(?![^>]*\ssrc=)", re.IGNORECASE)
# Mail programs read no style sheets; the strict policy is for pages.
MAIL = "mail/"
# Found by name by Django itself.
BY_CONVENTION = {"400.html", "403.html", "404.html", "500.html"}


def templates() -> dict[str, str]:
    files = (path for path in tracked() if path.is_relative_to(TEMPLATES))
    return {path.relative_to(TEMPLATES).as_posix(): path.read_text(encoding="utf-8") for path in files}


def test_no_template_carries_script_or_style() -> None:
    pages = {file: text for file, text in templates().items() if not file.startswith(MAIL)}
    assert {file: found.group(0) for file, text in pages.items() if (found := INLINE.search(text))} == {}


def test_every_template_is_used() -> None:
    texts = templates()
    code = "\n".join(path.read_text(encoding="utf-8") for path in python_files())
    everything = code + "\n".join(texts.values())
    unused = [file for file in texts if not _dresses_a_library(file) and not _is_named(file, everything)]
    assert unused == []


def _is_named(file: str, everything: str) -> bool:
    stem = file.rsplit(".", 1)[0]
    return file in BY_CONVENTION or file in everything or (file.startswith(MAIL) and f'"{stem}"' in everything)


def _dresses_a_library(file: str) -> bool:
    """Overrides a template of allauth (also one element's variant for one tag), of Django's forms or of its admin."""
    brought = [Path(package.__file__).parent / "templates" for package in (allauth, forms, admin)]
    general = re.sub(r"__[a-z_]+\.html$", ".html", file)
    return any((folder / general).is_file() for folder in brought)


@pytest.mark.parametrize("line", ['<p style="x">', "<style>", '<b onclick="x">', "<script>x", '<p hx-on:click="x">'])
def test_inline_is_recognised(line: str) -> None:
    assert INLINE.search(line)


@pytest.mark.parametrize("line", ['<script defer src="{% static "a.js" %}"></script>', '<p class="style">', "one=1"])
def test_innocent_markup_is_not(line: str) -> None:
    assert not INLINE.search(line)
