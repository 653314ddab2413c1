"""The parts of pages say what they promise, also to those who do not see them, and let no markup through."""

import re

import pytest
from django import forms
from django.template.loader import render_to_string


def words(template: str, **context: object) -> str:
    html = render_to_string(f"components/{template}.html", context)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


class Answer(forms.Form):
    text = forms.CharField(label="Ответ", help_text="Коротко <b>и</b> ясно")


def test_a_refused_button_says_why_and_stays_in_the_tab_order() -> None:
    html = render_to_string("components/act.html", {"label": "Подписать", "reason": "Не согласовано.", "id": "sign"})
    button, reason = html[: html.index("</button>")], html[html.index("</button>") :]
    assert ('aria-disabled="true"' in button, 'aria-describedby="reason-sign"' in button) == (True, True)
    assert ('id="reason-sign"' in reason, "disabled>" in button, "<form" in html) == (True, False, False)


def test_an_act_that_changes_something_is_posted() -> None:
    html = render_to_string(
        "components/act.html", {"label": "Отозвать", "url": "/x/", "method": "post", "csrf_token": "t"}
    )
    assert '<form method="post" action="/x/">' in html


def test_the_steps_of_an_event_are_told_in_words() -> None:
    steps = [{"name": "План", "state": "done"}, {"name": "Итоги", "state": "current"}, {"name": "Письмо", "state": "x"}]
    assert words("event_steps", steps=steps) == "План – сделано Итоги – сейчас Письмо – впереди"


def test_a_list_with_nothing_to_do_says_so() -> None:
    assert words("work_list", items=[], empty_title="Писем на подпись нет.") == "Писем на подпись нет."


@pytest.mark.parametrize("template", ["page_header", "next_step", "empty", "notice"])
def test_markup_in_what_people_wrote_stays_text(template: str) -> None:
    html = render_to_string(f"components/{template}.html", {"title": "<i>{{ x }}</i>", "text": "<script>"})
    assert ("&lt;i&gt;{{ x }}&lt;/i&gt;" in html, "<script>" in html) == (True, False)


def test_a_field_is_tied_to_its_help_and_its_error() -> None:
    html = Answer({"text": ""}).as_div()
    assert 'aria-describedby="id_text_helptext id_text_error"' in html
    assert [f'id="{name}"' in html for name in ("id_text_helptext", "id_text_error")] == [True, True]
    assert "Коротко &lt;b&gt;и&lt;/b&gt; ясно" in html


@pytest.mark.parametrize("code", ["400", "403", "404", "409", "500"])
def test_an_error_page_needs_no_request(code: str) -> None:
    html = render_to_string(f"{code}.html")
    assert re.search(r"<p[^>]* data-refusal>[А-Я][^<]{20,}</p>", html) is not None


def test_words_of_a_refusal_are_said_on_its_page() -> None:
    assert "data-refusal>Занят № 945.</p>" in render_to_string("409.html", {"words": "Занят № 945."})
