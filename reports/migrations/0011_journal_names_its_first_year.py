"""A journal says since when it is kept: a row of the old one that is older is mistyped."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0010_letters_are_searched_as_folded")]
    operations = [
        migrations.AddField(
            model_name="outgoingregister",
            name="first_year",
            field=models.PositiveSmallIntegerField(
                blank=True,
                default=1992,
                help_text="Письмо из прежнего журнала не может быть старше: год раньше этого – опечатка.",
                validators=[
                    django.core.validators.MinValueValidator(1900),
                    django.core.validators.MaxValueValidator(2100),
                ],
                verbose_name="с какого года ведётся",
            ),
        ),
    ]
