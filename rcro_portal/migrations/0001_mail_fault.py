from django.db import migrations, models


class Migration(migrations.Migration):
    """The table is that of the app reports, and keeps its name: no SQL."""

    initial = True
    dependencies = [("reports", "0020_steps_become_transitions")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="MailFault",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("words", models.TextField(verbose_name="что не так")),
                        ("began_at", models.DateTimeField(verbose_name="с какого времени")),
                        ("tried_at", models.DateTimeField(verbose_name="последняя попытка")),
                    ],
                    options={
                        "verbose_name": "неисправность почты",
                        "verbose_name_plural": "неисправности почты",
                        "db_table": "reports_mailfault",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("pk", 1)), name="there_is_one_mail_fault_at_most"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
