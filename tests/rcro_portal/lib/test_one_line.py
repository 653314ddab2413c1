"""The tag ``line``: a long line of a template may be written in several."""

import pytest
from django.template import engines


def drawn(text: str, **values: object) -> str:
    return engines["django"].from_string(text).render(values)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("{% line %}one\n  two{% endline %}", "one two"),
        ("{% line %}\n  one\n{% endline %}\n", "one\n"),
        ("{% line %}one {% if 1 %}\n  two{% endif %}\n  three{% endline %}", "one twothree"),
        ("{% line %}{% for n in '34' %}\n  <p>{{ n }}</p>\n{% endfor %}{% endline %}", "<p>3</p><p>4</p>"),
        ("{% line %}{% endline %}", ""),
        ("above\n{% line %}one  two{% endline %}\n\nbelow", "above\none  two\n\nbelow"),
    ],
)
def test_breaks_of_the_template_are_spaces_between_words(text: str, line: str) -> None:
    assert drawn(text) == line


def test_what_people_wrote_keeps_its_breaks() -> None:
    assert drawn("{% line %}said: {{ said }}\n{% endline %}", said="one\n  two\n") == "said: one\n  two\n"
