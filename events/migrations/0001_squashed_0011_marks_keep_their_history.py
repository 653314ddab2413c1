"""All migrations up to 0011 in one, for new databases: one that has begun the old ones goes on with those.

The old ones alter tables over and over, which takes four times as long.
"""

import uuid
import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
import rcro_portal.lib.search


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("events", "0001_initial"),
        ("events", "0002_drafts_keep_appendices_and_revisions"),
        ("events", "0003_figures_take_the_accusative"),
        ("events", "0004_spans_summaries_and_other_debtors"),
        ("events", "0005_commitments_outlive_the_rows_of_decisions"),
        ("events", "0006_decisions_get_their_keys"),
        ("events", "0007_keys_of_decisions_are_all_there"),
        ("events", "0008_topics_sort_naturally"),
        ("events", "0009_appendices_say_their_pages"),
        ("events", "0010_attendance_remembers_who_registered"),
        ("events", "0011_marks_keep_their_history"),
    ]
    dependencies = [
        ("centers", "0009_mail_to_people_may_come_back"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="ответ")),
                (
                    "way",
                    models.CharField(
                        choices=[("portal", "в портале"), ("telephone", "по телефону"), ("mail", "по почте")],
                        default="portal",
                        max_length=20,
                        verbose_name="как получен",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="когда")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто внёс",
                    ),
                ),
            ],
            options={"verbose_name": "ответ", "verbose_name_plural": "ответы"},
        ),
        migrations.CreateModel(
            name="AnswerFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=150, verbose_name="имя файла")),
                ("digest", models.CharField(max_length=64, verbose_name="sha256")),
                ("size", models.PositiveIntegerField(verbose_name="размер, байт")),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="events.answer",
                        verbose_name="ответ",
                    ),
                ),
            ],
            options={"verbose_name": "файл ответа", "verbose_name_plural": "файлы ответов"},
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("decision_key", models.UUIDField(editable=False, verbose_name="знак решения")),
                ("position", models.PositiveSmallIntegerField(default=1, verbose_name="порядок")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Не начато"),
                            ("in_review", "На проверке"),
                            ("accepted", "Принято"),
                            ("returned", "Возвращено"),
                            ("withdrawn", "Снято"),
                        ],
                        default="open",
                        max_length=20,
                        verbose_name="состояние",
                    ),
                ),
                ("text", models.TextField(verbose_name="что сделать")),
                (
                    "asks",
                    models.CharField(
                        choices=[("acknowledgement", "подтвердить ознакомление"), ("answer", "направить ответ")],
                        max_length=20,
                        verbose_name="что считать исполнением",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="с какого дня")),
                ("due_on", models.DateField(verbose_name="срок")),
                ("opened_at", models.DateTimeField(verbose_name="поручено")),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True, verbose_name="ознакомление")),
                (
                    "center",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="centers.center",
                        verbose_name="РВЦИ",
                    ),
                ),
            ],
            options={
                "verbose_name": "поручение",
                "verbose_name_plural": "поручения",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["open", "in_review", "accepted", "returned", "withdrawn"])),
                        name="commitment_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["open", "withdrawn"]), ("acknowledged_at__isnull", False), _connector="OR"
                        ),
                        name="answering_acknowledges",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="answer",
            name="commitment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="events.commitment",
                verbose_name="поручение",
            ),
        ),
        migrations.CreateModel(
            name="CommitmentStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("before", models.CharField(blank=True, max_length=20, verbose_name="было")),
                ("after", models.CharField(max_length=20, verbose_name="стало")),
                ("at", models.DateTimeField(verbose_name="когда")),
                ("note", models.TextField(blank=True, verbose_name="примечание")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто",
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="events.commitment",
                        verbose_name="поручение",
                    ),
                ),
            ],
            options={"verbose_name": "шаг поручения", "verbose_name_plural": "шаги поручений"},
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("webinar", "вебинар"),
                            ("methods_seminar", "научно-методический семинар"),
                            ("panorama_seminar", "панорамный семинар"),
                            ("open_event", "открытое образовательное событие"),
                            ("meeting", "совещание"),
                            ("prep_session", "смена"),
                            ("olympiad", "олимпиада"),
                            ("contest", "конкурс"),
                            ("championship", "первенство"),
                            ("body_meeting", "заседание другого органа"),
                        ],
                        default="webinar",
                        max_length=20,
                        verbose_name="вид",
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[("online", "онлайн"), ("on_site", "очно"), ("mixed", "очно и онлайн")],
                        default="online",
                        max_length=20,
                        verbose_name="форма",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Черновик"),
                            ("announced", "Объявлено"),
                            ("held", "Проведено"),
                            ("cancelled", "Отменено"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="состояние",
                    ),
                ),
                (
                    "body",
                    models.CharField(
                        blank=True, help_text="В родительном падеже.", max_length=200, verbose_name="чьё заседание"
                    ),
                ),
                ("topic", models.CharField(max_length=300, verbose_name="тема")),
                ("purpose", models.TextField(verbose_name="цель")),
                ("starts_at", models.DateTimeField(verbose_name="начало")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="окончание")),
                ("place", models.CharField(blank=True, max_length=300, verbose_name="место или ссылка")),
                ("planned_at", models.DateTimeField(verbose_name="внесено")),
                ("search_key", rcro_portal.lib.search.SearchKeyField("topic")),
                ("sort_key", rcro_portal.lib.search.SortKeyField("topic")),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centers.department",
                        verbose_name="проводит",
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="внёс в план",
                    ),
                ),
            ],
            options={
                "verbose_name": "мероприятие",
                "verbose_name_plural": "мероприятия",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at__isnull", True), ("ends_at__gt", models.F("starts_at")), _connector="OR"
                        ),
                        name="event_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "announced", "held", "cancelled"])),
                        name="event_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "body_meeting"), models.Q(("body", ""), _negated=True)),
                            models.Q(models.Q(("kind", "body_meeting"), _negated=True), ("body", "")),
                            _connector="OR",
                        ),
                        name="meeting_of_another_body_names_it",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("before", models.CharField(blank=True, max_length=20, verbose_name="было")),
                ("after", models.CharField(max_length=20, verbose_name="стало")),
                ("at", models.DateTimeField(verbose_name="когда")),
                ("note", models.TextField(blank=True, verbose_name="примечание")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="events.event",
                        verbose_name="мероприятие",
                    ),
                ),
            ],
            options={"verbose_name": "шаг мероприятия", "verbose_name_plural": "шаги мероприятий"},
        ),
        migrations.CreateModel(
            name="Outcome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Черновик"), ("filed", "Направлено")],
                        default="draft",
                        max_length=20,
                        verbose_name="состояние",
                    ),
                ),
                ("subject_line", models.CharField(max_length=300, verbose_name="заголовок")),
                ("addressee", models.TextField(verbose_name="адресат")),
                ("salutation", models.CharField(max_length=300, verbose_name="обращение")),
                (
                    "problem_source",
                    models.CharField(
                        blank=True,
                        help_text="«По итогам …»: в родительном падеже",
                        max_length=300,
                        verbose_name="где выявлены проблемные зоны",
                    ),
                ),
                ("summary", models.TextField(blank=True, verbose_name="итоги в целом")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="версия")),
                ("edited_at", models.DateTimeField(verbose_name="когда изменено")),
                (
                    "edited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="изменено",
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outcome",
                        to="events.event",
                        verbose_name="мероприятие",
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centers.person",
                        verbose_name="исполнитель",
                    ),
                ),
            ],
            options={
                "verbose_name": "итоги",
                "verbose_name_plural": "итоги",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "filed"])), name="outcome_status_is_known"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="знак решения")),
                ("position", models.PositiveSmallIntegerField(verbose_name="порядок")),
                (
                    "kind",
                    models.CharField(
                        choices=[("decision", "решение"), ("appeal", "обращение"), ("information", "к сведению")],
                        default="decision",
                        max_length=20,
                        verbose_name="вид",
                    ),
                ),
                ("text", models.TextField(verbose_name="текст")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="с какого дня")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="срок")),
                ("debtors", models.CharField(blank=True, max_length=300, verbose_name="кто ещё исполняет")),
                (
                    "asks",
                    models.CharField(
                        choices=[("acknowledgement", "подтвердить ознакомление"), ("answer", "направить ответ")],
                        default="answer",
                        max_length=20,
                        verbose_name="что считать исполнением",
                    ),
                ),
                (
                    "owed_by",
                    models.ManyToManyField(
                        blank=True,
                        help_text="не выбрано: все РВЦИ",
                        related_name="+",
                        to="centers.center",
                        verbose_name="кто исполняет",
                    ),
                ),
                (
                    "outcome",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="events.outcome",
                        verbose_name="итоги",
                    ),
                ),
            ],
            options={
                "verbose_name": "решение",
                "verbose_name_plural": "решения",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due_on__isnull", True), ("kind", "decision"), _connector="OR"),
                        name="only_a_decision_has_a_term",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            models.Q(("due_on__gte", models.F("starts_on")), ("due_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="period_of_a_decision_ends_by_its_term",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("debtors", ""), ("kind", "decision"), _connector="OR"),
                        name="only_a_decision_has_debtors",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["decision", "appeal", "information"])),
                        name="kind_of_a_decision_is_known",
                    ),
                    models.UniqueConstraint(
                        fields=("outcome", "key"), name="decision_of_an_outcome_has_a_key_of_its_own"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="commitment",
            name="outcome",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="commitments",
                to="events.outcome",
                verbose_name="итоги",
            ),
        ),
        migrations.CreateModel(
            name="OutcomeAppendix",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="порядок")),
                ("title", models.CharField(max_length=300, verbose_name="название")),
                ("file_name", models.CharField(max_length=150, verbose_name="имя файла")),
                ("digest", models.CharField(max_length=64, verbose_name="sha256")),
                ("size", models.PositiveIntegerField(verbose_name="размер, байт")),
                ("media_type", models.CharField(max_length=100, verbose_name="тип")),
                ("sheets", models.PositiveSmallIntegerField(verbose_name="листов")),
                ("copies", models.PositiveSmallIntegerField(default=1, verbose_name="экземпляров")),
                ("pages", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="страниц в файле")),
                ("sheets_confirmed", models.BooleanField(default=True, verbose_name="листы проверены")),
                (
                    "outcome",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appendices",
                        to="events.outcome",
                        verbose_name="итоги",
                    ),
                ),
            ],
            options={"verbose_name": "приложение к итогам", "verbose_name_plural": "приложения к итогам"},
        ),
        migrations.CreateModel(
            name="OutcomeFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=150, verbose_name="название в тексте")),
                ("query", models.CharField(blank=True, max_length=50, verbose_name="показатель")),
                ("parameters", models.JSONField(default=dict, verbose_name="параметры")),
                (
                    "case",
                    models.CharField(
                        choices=[
                            ("nominative", "кто? что?"),
                            ("genitive", "кого? чего?"),
                            ("dative", "кому? чему?"),
                            ("accusative", "кого? что?"),
                            ("instrumental", "кем? чем?"),
                            ("prepositional", "о ком? о чём?"),
                        ],
                        default="nominative",
                        max_length=20,
                        verbose_name="падеж",
                    ),
                ),
                ("typed", models.CharField(blank=True, max_length=300, verbose_name="словами")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="источник")),
                (
                    "outcome",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="events.outcome",
                        verbose_name="итоги",
                    ),
                ),
            ],
            options={
                "verbose_name": "показатель в итогах",
                "verbose_name_plural": "показатели в итогах",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(models.Q(("query", ""), _negated=True), ("source", ""), ("typed", "")),
                            models.Q(
                                ("query", ""),
                                models.Q(("typed", ""), _negated=True),
                                models.Q(("source", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="outcomefigure_is_counted_or_says_its_source",
                    ),
                    models.UniqueConstraint(
                        fields=("outcome", "name"), name="figure_of_an_outcome_has_a_name_of_its_own"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutcomeRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(verbose_name="версия")),
                ("page", models.JSONField(verbose_name="что было на странице")),
                ("at", models.DateTimeField(verbose_name="когда")),
                ("aside", models.BooleanField(default=False, verbose_name="в стороне")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто",
                    ),
                ),
                (
                    "outcome",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="events.outcome",
                        verbose_name="итоги",
                    ),
                ),
            ],
            options={"verbose_name": "редакция итогов", "verbose_name_plural": "редакции итогов"},
        ),
        migrations.CreateModel(
            name="OutcomeStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("before", models.CharField(blank=True, max_length=20, verbose_name="было")),
                ("after", models.CharField(max_length=20, verbose_name="стало")),
                ("at", models.DateTimeField(verbose_name="когда")),
                ("note", models.TextField(blank=True, verbose_name="примечание")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто",
                    ),
                ),
                (
                    "outcome",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="events.outcome",
                        verbose_name="итоги",
                    ),
                ),
            ],
            options={"verbose_name": "шаг итогов", "verbose_name_plural": "шаги итогов"},
        ),
        migrations.CreateModel(
            name="PlanSchedule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("project_title", models.CharField(max_length=300, verbose_name="региональный проект")),
                ("year", models.PositiveSmallIntegerField(verbose_name="год")),
            ],
            options={
                "verbose_name": "план-график",
                "verbose_name_plural": "планы-графики",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("project_title", "year"), name="project_has_one_plan_schedule_a_year"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="event",
            name="schedule",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="events.planschedule",
                verbose_name="план-график",
            ),
        ),
        migrations.CreateModel(
            name="ProblemArea",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="порядок")),
                ("text", models.TextField(verbose_name="проблемная зона")),
                (
                    "outcome",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="problem_areas",
                        to="events.outcome",
                        verbose_name="итоги",
                    ),
                ),
            ],
            options={"verbose_name": "проблемная зона", "verbose_name_plural": "проблемные зоны"},
        ),
        migrations.CreateModel(
            name="Reopening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("page", models.JSONField(verbose_name="что было в итогах")),
                ("appendices", models.JSONField(default=list, verbose_name="какие были приложения")),
                ("at", models.DateTimeField(verbose_name="когда")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто",
                    ),
                ),
                (
                    "outcome",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reopening",
                        to="events.outcome",
                        verbose_name="итоги",
                    ),
                ),
            ],
            options={"verbose_name": "возврат итогов в работу", "verbose_name_plural": "возвраты итогов в работу"},
        ),
        migrations.CreateModel(
            name="Talk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="порядок")),
                (
                    "capacity",
                    models.CharField(
                        blank=True,
                        help_text="например: Координатор региональной сети РВЦИ",
                        max_length=150,
                        verbose_name="перед именем",
                    ),
                ),
                ("post", models.CharField(blank=True, max_length=300, verbose_name="должность и организация")),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("opened", "открыл(а) мероприятие"),
                            ("reported", "выступил(а) с докладом"),
                            ("shared", "поделился(лась) опытом"),
                            ("answered", "ответил(а) на вопросы"),
                        ],
                        max_length=20,
                        verbose_name="что сделано",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=300, verbose_name="тема выступления")),
                ("text", models.TextField(blank=True, verbose_name="содержание")),
                (
                    "outcome",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="talks",
                        to="events.outcome",
                        verbose_name="итоги",
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="talks",
                        to="centers.person",
                        verbose_name="кто",
                    ),
                ),
            ],
            options={
                "verbose_name": "выступление",
                "verbose_name_plural": "выступления",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("act__in", ["opened", "reported", "shared", "answered"])),
                        name="act_of_a_talk_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AttendanceChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table", models.CharField(max_length=63, verbose_name="таблица")),
                ("record", models.BigIntegerField(verbose_name="строка")),
                ("at", models.DateTimeField(verbose_name="когда")),
                (
                    "act",
                    models.CharField(
                        choices=[("insert", "внесено"), ("update", "изменено"), ("delete", "удалено")],
                        max_length=10,
                        verbose_name="что",
                    ),
                ),
                (
                    "before",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder, null=True, verbose_name="было"
                    ),
                ),
                (
                    "after",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder, null=True, verbose_name="стало"
                    ),
                ),
                ("why", models.TextField(blank=True, verbose_name="причина")),
                ("about", models.CharField(max_length=1000, verbose_name="о ком")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendance_changes",
                        to="events.event",
                        verbose_name="мероприятие",
                    ),
                ),
            ],
            options={
                "verbose_name": "изменение отметки",
                "verbose_name_plural": "изменения отметок",
                "indexes": [models.Index(fields=["event", "at"], name="attendance_changes_of_an_event")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("act", "insert"), ("after__isnull", False), ("before__isnull", True)),
                            models.Q(("act", "update"), ("after__isnull", False), ("before__isnull", False)),
                            models.Q(("act", "delete"), ("after__isnull", True), ("before__isnull", False)),
                            _connector="OR",
                        ),
                        name="attendance_change_is_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("coordinator", "координатор РВЦИ"),
                            ("representative", "представитель вместо координатора"),
                            ("speaker", "выступающий"),
                            ("guest", "гость"),
                        ],
                        max_length=20,
                        verbose_name="в качестве",
                    ),
                ),
                (
                    "presence",
                    models.CharField(
                        choices=[
                            ("registered", "заявлен на участие"),
                            ("present", "участвует"),
                            ("absent", "отсутствует"),
                        ],
                        max_length=20,
                        verbose_name="участие",
                    ),
                ),
                ("marked_at", models.DateTimeField(verbose_name="отмечено")),
                ("registered_at", models.DateTimeField(blank=True, null=True, verbose_name="заявлен")),
                (
                    "center",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="centers.center",
                        verbose_name="РВЦИ",
                    ),
                ),
                (
                    "marked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="отметка",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="centers.person",
                        verbose_name="кто",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="events.event",
                        verbose_name="мероприятие",
                    ),
                ),
            ],
            options={
                "verbose_name": "участие",
                "verbose_name_plural": "участие",
                "constraints": [
                    models.UniqueConstraint(fields=("event", "person"), name="person_attends_an_event_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("capacity__in", ["coordinator", "representative"]), _negated=True),
                            ("center__isnull", False),
                            _connector="OR",
                        ),
                        name="who_stands_for_a_center_names_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("presence__in", ["registered", "present", "absent"])),
                        name="presence_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("presence", "registered"), _negated=True),
                            ("registered_at__isnull", False),
                            _connector="OR",
                        ),
                        name="who_registered_says_when",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.UniqueConstraint(
                fields=("outcome", "decision_key", "center"), name="center_owes_a_decision_once"
            ),
        ),
    ]
