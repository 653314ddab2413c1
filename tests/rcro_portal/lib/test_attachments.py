"""A file of a message bears its name in the ways that old and new programs read."""

from rcro_portal.lib import attachments


def test_russian_name_stands_there_in_both_ways_and_a_plain_one_as_it_is() -> None:
    russian, plain = (attachments.part(name, b"%PDF", "application/pdf") for name in ("Письмо.pdf", "letter.pdf"))
    assert [part.get_filename() for part in (russian, plain)] == ["Письмо.pdf", "letter.pdf"]
    assert 'name="=?utf-8?b?' in str(russian["Content-Type"])
    assert str(plain["Content-Type"]) == "application/pdf"
