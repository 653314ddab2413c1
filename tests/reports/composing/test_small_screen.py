"""A letter is read on a telephone from its addressee to its signatory, without the letterhead."""

from reports.composing import small_screen


def test_letter_is_read_without_its_letterhead_and_heading() -> None:
    content = [
        ["edition", "2025"],
        ["institution", ["УЧРЕЖДЕНИЕ", "«ЦЕНТР»"]],
        ["number", "17"],
        ["addressee", ["Руководителям", "школ сети"]],
        ["subject_line", "О сборе сведений"],
        ["salutation", "Уважаемые коллеги!"],
        ["paragraph", "Просим сообщить:"],
        ["item", "1. число групп;"],
        ["table", [["Класс", "Групп"], ["9", "2"]]],
        ["closing", ""],
        ["signatory_post", "Директор"],
        ["signatory_name", "А.Н. Ветров"],
        ["prepared_by", ["Белозёрова Ирина Витальевна"]],
    ]
    assert small_screen.text(content) == (
        "Руководителям\nшкол сети\n\nУважаемые коллеги!\n\nПросим сообщить:\n\n1. число групп;\n\n"
        "Класс | Групп\n9 | 2\n\nДиректор\n\nА.Н. Ветров"
    )
