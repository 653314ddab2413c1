from django.db import migrations


class Migration(migrations.Migration):
    """What stood in three tables stands in the portal's notices (0010)."""

    dependencies = [("centers", "0010_mail_to_people_is_notices")]

    operations = [
        *(
            migrations.RemoveConstraint(model_name=model, name=f"{model}_that_came_back_says_when_and_why")
            for model in ("addresschange", "invitation")
        ),
        *(
            migrations.RemoveField(model_name=model, name=name)
            for model in ("addresschange", "invitation")
            for name in ("message_id", "returned_at", "returned_because")
        ),
        migrations.DeleteModel(name="Notice"),
    ]
