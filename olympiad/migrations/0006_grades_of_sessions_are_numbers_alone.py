from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("olympiad", "0005_grades_of_sessions_are_numbers")]

    operations = [migrations.RemoveField(model_name="prepsession", name="grades")]
