"""The form in which the last number of every register is stated after a restore."""

from collections.abc import Sequence
from typing import Any

from django import forms

from reports.operations import halt


class StatedForm(forms.Form):
    """A field for each series of numbers, by its key; a number below the copy's own is refused here already."""

    def __init__(self, *args: Any, series: Sequence[halt.Series], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in series:
            self.fields[one.key] = forms.IntegerField(
                label=one.label,
                min_value=one.last if one.rises else 0,
                max_value=one.last + halt.NUMBERS_AT_MOST if one.rises else None,
                help_text=f"В копии последний номер {one.last}. Если писем после неё не было, укажите его же."
                if one.last
                else "В копии номеров этого года нет. Если писем не было, укажите 0.",
                error_messages={
                    "min_value": f"Номер {one.last} портал уже выдал: укажите его или больший.",
                    "max_value": halt.TooManyNumbers.words,
                },
            )
