import django.db.models.deletion
from django.db import migrations, models

SIZE = 100


def lay_out(apps, schema_editor):
    """What is being drawn, or stopped, as the portal is upgraded goes on by pieces."""
    release_model, piece = apps.get_model("reports", "CertificateRelease"), apps.get_model("reports", "CertificatePiece")
    for release in release_model.objects.filter(status__in=["drawing", "stopped"]):
        count = release.certificates.count()
        piece.objects.bulk_create(
            piece(release=release, first=first, last=min(first + SIZE - 1, count))
            for first in range(1, count + 1, SIZE)
        )


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0029_letters_say_periods'),
    ]

    operations = [
        migrations.RemoveField(model_name='certificaterelease', name='draw_attempts'),
        migrations.RemoveField(model_name='certificaterelease', name='draw_error'),
        migrations.RemoveField(model_name='certificaterelease', name='draw_lease_until'),
        migrations.CreateModel(
            name='CertificatePiece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first', models.PositiveIntegerField(verbose_name='с какого по порядку')),
                ('last', models.PositiveIntegerField(verbose_name='по какой')),
                ('lease_until', models.DateTimeField(null=True, verbose_name='рисуется до')),
                ('attempts', models.PositiveIntegerField(default=0, verbose_name='попыток')),
                ('error', models.TextField(blank=True, verbose_name='почему не рисуется')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pieces', to='reports.certificaterelease', verbose_name='выпуск')),
            ],
            options={
                'verbose_name': 'часть выпуска сертификатов',
                'verbose_name_plural': 'части выпусков сертификатов',
                'constraints': [models.UniqueConstraint(fields=('release', 'first'), name='piece_of_certificates_begins_once'), models.CheckConstraint(condition=models.Q(('first__lte', models.F('last'))), name='piece_of_certificates_ends_behind')],
            },
        ),
        migrations.AlterField(
            model_name='snapshotfigure',
            name='value',
            field=models.PositiveBigIntegerField(null=True, verbose_name='значение'),
        ),
        migrations.RunPython(lay_out, migrations.RunPython.noop, elidable=True),
    ]
