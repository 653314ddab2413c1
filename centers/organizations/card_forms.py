"""The form of a centre's card, as its coordinator keeps it."""

from django import forms

from rcro_portal.lib.fields import AddressField
from rcro_portal.lib.phones import Phones
from rcro_portal.lib.records import Record
from rcro_portal.lib.text import NAME_LIMIT, Line


class CardForm(Record, forms.Form):
    """What a centre keeps up to date about itself."""

    email = AddressField(label="Электронная почта", required=False, help_text="Для связи с центром.")
    phone = Phones(label="Телефоны")
    head_name = Line(label="Руководитель", limit=NAME_LIMIT, required=False, help_text="Фамилия, имя, отчество.")
