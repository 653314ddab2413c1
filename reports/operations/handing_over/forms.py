"""Who hands over, who takes it, and what."""

import datetime
from typing import Any

from django import forms

from centers.models import Person, StaffPost
from events.permissions import PLANNERS
from reports.operations.handing_over import hand_overs


class WhoForm(forms.Form):
    """Whose work it is: a methodist or head, today's or a former one."""

    giver = forms.ModelChoiceField(label="Кто передаёт", queryset=Person.objects.none(), empty_label="— выберите —")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = StaffPost.objects.filter(duty__in=PLANNERS)
        self.fields: dict[str, Any]
        self.fields["giver"].queryset = Person.objects.filter(pk__in=posts.values("person")).order_by("sort_key")


class HandOverForm(forms.Form):
    """To whom, and which kinds; those of which there is nothing are not asked about."""

    receiver = forms.ModelChoiceField(
        label="Кто принимает",
        queryset=Person.objects.none(),
        empty_label="— выберите —",
        help_text="Методисты и начальники того же отдела, у которых есть вход в портал.",
    )
    kinds = forms.MultipleChoiceField(
        label="Что передать",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Отметьте, что передать."},
    )

    def __init__(self, *args: Any, giver: Person, day: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        counts = hand_overs.work_of(giver).counts()
        offered = [(kind, f"{words}: {counts[kind]}") for kind, words in hand_overs.KINDS.items() if counts[kind]]
        self.fields: dict[str, Any]
        self.fields["receiver"].queryset = hand_overs.colleagues(giver, day)
        self.fields["kinds"].choices = offered
        self.fields["kinds"].initial = [kind for kind, _ in offered]
