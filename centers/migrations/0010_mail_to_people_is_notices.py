import secrets

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def move(apps, schema_editor):
    """Every message to a person that the old tables know of becomes a row of the portal's notices."""
    alias = schema_editor.connection.alias
    notices = apps.get_model("rcro_portal", "Notice").objects.using(alias)
    old = apps.get_model("centers", "Notice").objects.using(alias)
    for row in old.select_related("change").order_by("pk").iterator():
        change = row.change
        notices.create(
            **_fate(row, row.sent_at, row.failure),
            reason="account",
            about=f"centers.accountchange:{change.pk}",
            email=row.to,
            user_id=change.user_id,
            subject=f"{change.get_kind_display()} – портал сети РВЦИ",
            planned_at=change.at,
            send_after=row.next_try_at,
            attempts=row.attempts,
        )
    invitations = apps.get_model("centers", "Invitation").objects.using(alias)
    subject = "Приглашение в портал сети РВЦИ"
    _move_links(notices, invitations, "invitation", "invited_at", subject)
    changes = apps.get_model("centers", "AddressChange").objects.using(alias)
    subject = "Подтвердите новую почту для входа в портал сети РВЦИ"
    _move_links(notices, changes, "address", "asked_at", subject)


def _move_links(notices, rows, reason, moment, subject):
    """They were mailed while somebody waited: what was not taken back has left, as far as the portal knows."""
    for row in rows.order_by("pk").iterator():
        at = getattr(row, moment)
        row.notice = notices.create(
            **_fate(row, at, ""),
            reason=reason,
            about=f"{row._meta.label_lower}:{row.pk}",
            email=row.email,
            user_id=getattr(row, "user_id", None),
            subject=subject,
            planned_at=at,
            send_after=at,
            attempts=1,
        )
        row.save(update_fields=["notice"])


def _fate(row, sent_at, failure):
    """What became of a message, and the Message-ID by which it may still come back."""
    told = {"message_id": row.message_id or f"<notice.{secrets.token_hex(12)}@{settings.MAIL_DOMAIN}>"}
    if row.returned_at and sent_at:
        fate = {"status": "bounced", "sent_at": sent_at, "bounced_at": row.returned_at, "error": row.returned_because}
    elif row.returned_at or failure:
        fate = {"status": "failed", "error": row.returned_because or failure}
    elif sent_at:
        fate = {"status": "sent", "sent_at": sent_at}
    else:
        fate = {"status": "queued"}
    return told | fate | {"claimed_at": sent_at or row.returned_at}


class Migration(migrations.Migration):
    dependencies = [("centers", "0009_mail_to_people_may_come_back"), ("rcro_portal", "0005_notice")]

    operations = [
        *(
            migrations.AddField(
                model_name=model,
                name="notice",
                field=models.OneToOneField(
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="rcro_portal.notice",
                    verbose_name="сообщение",
                ),
            )
            for model in ("addresschange", "invitation")
        ),
        migrations.RunPython(move, migrations.RunPython.noop),
    ]
