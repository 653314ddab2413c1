"""All migrations up to 0018 in one, for new databases: one that has begun the old ones goes on with those.

The old ones alter tables over and over, which takes four times as long.
"""

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models
import rcro_portal.lib.search

INDEX = "CREATE INDEX letter_printed_key ON reports_letter USING gin (to_tsvector('russian'::regconfig, COALESCE(printed_key, '')))"


def index(apps, schema_editor):
    """The index of full-text search, which PostgreSQL alone has. The expression is the one that SearchVector writes."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(INDEX)


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("reports", "0001_initial"),
        ("reports", "0002_correspondence"),
        ("reports", "0003_archive_index"),
        ("reports", "0004_incoming_letters_are_searched"),
        ("reports", "0005_signing_authority_names_its_power_of_attorney"),
        ("reports", "0006_figures_take_the_accusative"),
        ("reports", "0007_letters_say_what_they_ask"),
        ("reports", "0008_sent_letters_name_their_commitments"),
        ("reports", "0009_senders_sort_naturally"),
        ("reports", "0010_letters_are_searched_as_folded"),
        ("reports", "0011_journal_names_its_first_year"),
        ("reports", "0012_appendices_say_their_pages"),
        ("reports", "0013_mailbox_is_read_by_its_own_memory"),
        ("reports", "0014_figures_keep_the_names_of_what_they_counted"),
        ("reports", "0015_one_clerk_may_confirm"),
        ("reports", "0016_years_open_by_a_word"),
        ("reports", "0017_mail_fault"),
        ("reports", "0018_mended_address"),
    ]
    dependencies = [
        ("centers", "0009_mail_to_people_may_come_back"),
        ("events", "0011_marks_keep_their_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="CheckRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("begun_at", models.DateTimeField(verbose_name="начата")),
                ("ended_at", models.DateTimeField(verbose_name="закончена")),
                ("findings", models.JSONField(default=dict, verbose_name="что найдено")),
            ],
            options={"verbose_name": "проверка портала", "verbose_name_plural": "проверки портала"},
        ),
        migrations.CreateModel(
            name="OutgoingRegister",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(unique=True, verbose_name="код")),
                ("name", models.CharField(max_length=150, verbose_name="название")),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("whole", "журнал ведёт портал"),
                            ("typed", "номер вносит делопроизводитель"),
                            ("block", "порталу выделены номера"),
                            ("own", "собственный ряд номеров"),
                        ],
                        default="whole",
                        max_length=20,
                        verbose_name="порядок нумерации",
                    ),
                ),
                ("prefix", models.CharField(blank=True, max_length=20, verbose_name="перед номером")),
                ("suffix", models.CharField(blank=True, max_length=20, verbose_name="после номера")),
                (
                    "first_year",
                    models.PositiveSmallIntegerField(
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
                ("with_file_index", models.BooleanField(default=False, verbose_name="с индексом дела")),
                (
                    "letter_kinds",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="пусто: все, для которых нет своего журнала",
                        verbose_name="виды писем",
                    ),
                ),
            ],
            options={"verbose_name": "журнал", "verbose_name_plural": "журналы"},
        ),
        migrations.CreateModel(
            name="ApprovalRoute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField(verbose_name="с")),
                ("until", models.DateField(blank=True, null=True, verbose_name="по")),
                ("name", models.CharField(max_length=150, verbose_name="название")),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("outcome", "Об итогах"),
                            ("announcement", "О проведении"),
                            ("information", "Информационное"),
                            ("reply", "Ответ"),
                        ],
                        help_text="не выбран: письма всех видов",
                        max_length=20,
                        verbose_name="вид писем",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        help_text="не выбран: письма всех отделов",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centers.department",
                        verbose_name="отдел",
                    ),
                ),
            ],
            options={
                "verbose_name": "маршрут согласования",
                "verbose_name_plural": "маршруты согласования",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                        name="approvalroute_does_not_end_before_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Deputy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField(verbose_name="с")),
                ("until", models.DateField(blank=True, null=True, verbose_name="по")),
                ("basis", models.CharField(max_length=300, verbose_name="основание")),
                (
                    "deputy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centers.person",
                        verbose_name="кто замещает",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centers.person",
                        verbose_name="кого замещает",
                    ),
                ),
            ],
            options={
                "verbose_name": "замещение",
                "verbose_name_plural": "замещения",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                        name="deputy_does_not_end_before_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("deputy")), _negated=True),
                        name="nobody_deputises_for_themselves",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DistributionList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=150, unique=True, verbose_name="название")),
                (
                    "addressee",
                    models.TextField(
                        help_text="в дательном падеже: «Руководителям …»", verbose_name="адресат на бланке"
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="закрыт")),
                (
                    "organizations",
                    models.ManyToManyField(related_name="+", to="centers.organization", verbose_name="организации"),
                ),
            ],
            options={"verbose_name": "указатель рассылки", "verbose_name_plural": "указатели рассылки"},
        ),
        migrations.CreateModel(
            name="FilePlanItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="год")),
                ("index", models.CharField(max_length=20, verbose_name="индекс")),
                ("title", models.CharField(max_length=300, verbose_name="заголовок дела")),
                ("storage", models.CharField(blank=True, max_length=100, verbose_name="срок хранения")),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centers.department",
                        verbose_name="отдел",
                    ),
                ),
            ],
            options={
                "verbose_name": "дело по номенклатуре",
                "verbose_name_plural": "номенклатура дел",
                "constraints": [
                    models.UniqueConstraint(fields=("year", "index"), name="case_has_its_index_once_a_year")
                ],
            },
        ),
        migrations.CreateModel(
            name="Halt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=300, verbose_name="причина")),
                ("since_at", models.DateTimeField(verbose_name="с")),
                ("stated_number", models.PositiveIntegerField(null=True, verbose_name="последний выданный номер")),
                ("lifted_at", models.DateTimeField(null=True, verbose_name="когда снята")),
                (
                    "lifted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем снята",
                    ),
                ),
            ],
            options={
                "verbose_name": "остановка",
                "verbose_name_plural": "остановки",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("lifted_at__isnull", True),
                                ("lifted_by__isnull", True),
                                ("stated_number__isnull", True),
                            ),
                            models.Q(
                                ("lifted_at__isnull", False),
                                ("lifted_by__isnull", False),
                                ("stated_number__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="lifted_halt_says_who_when_and_which_number",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IncomingLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(blank=True, max_length=50, verbose_name="вх. №")),
                ("received_on", models.DateField(verbose_name="получено")),
                ("sender_name", models.CharField(max_length=300, verbose_name="отправитель, как в письме")),
                ("their_number", models.CharField(blank=True, max_length=50, verbose_name="исх. № отправителя")),
                ("their_on", models.DateField(blank=True, null=True, verbose_name="от")),
                ("subject", models.CharField(max_length=300, verbose_name="о чём")),
                ("file_name", models.CharField(blank=True, max_length=150, verbose_name="имя файла")),
                ("digest", models.CharField(blank=True, max_length=64, verbose_name="sha256")),
                ("size", models.PositiveIntegerField(default=0, verbose_name="размер, байт")),
                ("media_type", models.CharField(blank=True, max_length=100, verbose_name="тип")),
                ("registered_at", models.DateTimeField(verbose_name="когда внесено")),
                (
                    "search_key",
                    rcro_portal.lib.search.SearchKeyField("sender_name", "subject", "their_number", "number"),
                ),
                ("sort_key", rcro_portal.lib.search.SortKeyField("sender_name")),
                (
                    "commitment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="events.commitment",
                        verbose_name="поручение",
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем внесено",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centers.organization",
                        verbose_name="отправитель",
                    ),
                ),
            ],
            options={"verbose_name": "входящее письмо", "verbose_name_plural": "входящие письма"},
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("outcome", "Об итогах"),
                            ("announcement", "О проведении"),
                            ("information", "Информационное"),
                            ("reply", "Ответ"),
                        ],
                        default="outcome",
                        max_length=20,
                        verbose_name="вид",
                    ),
                ),
                ("replacement_reason", models.TextField(blank=True, verbose_name="почему заменяется прежнее")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Черновик"),
                            ("review", "На согласовании"),
                            ("approved", "Согласовано"),
                            ("preparing", "Готовится"),
                            ("awaiting", "На подписи"),
                            ("signed", "Подписано"),
                            ("sent", "Отправлено"),
                            ("annulled", "Аннулировано"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="состояние",
                    ),
                ),
                ("subject_line", models.CharField(max_length=300, verbose_name="заголовок")),
                ("filed_at", models.DateTimeField(null=True, verbose_name="когда направлено")),
                ("signatory_post", models.CharField(blank=True, max_length=150, verbose_name="должность в подписи")),
                ("signatory_name", models.CharField(blank=True, max_length=150, verbose_name="подписант")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("key", "ключом в портале"),
                            ("paper", "на бумаге"),
                            ("gost", "усиленной подписью вне портала"),
                        ],
                        default="key",
                        max_length=20,
                        verbose_name="способ подписания",
                    ),
                ),
                ("printed_text", models.TextField(blank=True, editable=False, verbose_name="напечатанный текст")),
                ("printed_key", models.TextField(blank=True, editable=False)),
                ("endorsed_at", models.DateTimeField(null=True, verbose_name="одобрено")),
                ("draw_lease_until", models.DateTimeField(editable=False, null=True)),
                ("draw_attempts", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("draw_error", models.TextField(blank=True, editable=False, verbose_name="почему не готово")),
                (
                    "answers",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="reports.incomingletter",
                        verbose_name="ответ на",
                    ),
                ),
                ("centers", models.ManyToManyField(related_name="letters", to="centers.center", verbose_name="кому")),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centers.department",
                        verbose_name="отдел",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="announcements",
                        to="events.event",
                        verbose_name="мероприятие",
                    ),
                ),
                (
                    "filed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="направлено",
                    ),
                ),
                (
                    "outcome",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="events.outcome",
                        verbose_name="итоги",
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
                (
                    "replaced_by",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reports.letter",
                        verbose_name="заменено письмом",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replacements",
                        to="reports.letter",
                        verbose_name="взамен письма",
                    ),
                ),
            ],
            options={
                "verbose_name": "письмо",
                "verbose_name_plural": "письма",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                ["draft", "review", "approved", "preparing", "awaiting", "signed", "sent", "annulled"],
                            )
                        ),
                        name="letter_status_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "sent"), ("replaced_by__isnull", True)),
                        fields=("outcome",),
                        name="outcome_has_one_letter_in_force",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["sent", "annulled"]), _negated=True),
                        fields=("outcome",),
                        name="outcome_has_one_letter_under_way",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("filed_at__isnull", False), ("filed_by__isnull", False)),
                            models.Q(
                                ("filed_at__isnull", True),
                                ("filed_by__isnull", True),
                                ("status__in", ["draft", "annulled"]),
                            ),
                            _connector="OR",
                        ),
                        name="letter_under_way_says_who_filed_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__isnull", True), ("kind", "outcome"), _connector="OR"),
                        name="letter_of_an_outcome_says_so",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["outcome", "announcement", "information", "reply"])),
                        name="kind_of_a_letter_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("replaced_by__isnull", True), ("status", "sent"), _connector="OR"),
                        name="only_a_sent_letter_is_replaced",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("endorsed_at__isnull", True),
                            ("status__in", ("awaiting", "signed", "sent")),
                            _connector="OR",
                        ),
                        name="only_a_drawn_letter_is_endorsed",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="incomingletter",
            name="replies_to",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replies",
                to="reports.letter",
                verbose_name="на наше письмо",
            ),
        ),
        migrations.CreateModel(
            name="Addressee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="порядок")),
                ("lines", models.TextField(verbose_name="на бланке, в дательном падеже")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="адрес почты")),
                (
                    "organization",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centers.organization",
                        verbose_name="организация",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centers.person",
                        verbose_name="лицо",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="addressees",
                        to="reports.letter",
                        verbose_name="письмо",
                    ),
                ),
            ],
            options={
                "verbose_name": "адресат",
                "verbose_name_plural": "адресаты",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", True)),
                        fields=("letter", "organization"),
                        name="letter_names_an_organization_once",
                    ),
                    models.UniqueConstraint(fields=("letter", "person"), name="letter_names_a_person_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterAppendix",
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
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appendices",
                        to="reports.letter",
                        verbose_name="письмо",
                    ),
                ),
            ],
            options={"verbose_name": "приложение к письму", "verbose_name_plural": "приложения к письмам"},
        ),
        migrations.CreateModel(
            name="LetterCommitment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "change",
                    models.CharField(
                        choices=[
                            ("given", "Новое поручение"),
                            ("moved", "Срок перенесён"),
                            ("changed", "Поручение изменено"),
                            ("kept", "Без изменений"),
                            ("withdrawn", "Снято"),
                        ],
                        max_length=20,
                        verbose_name="что изменено",
                    ),
                ),
                ("text", models.TextField(verbose_name="что сделать")),
                ("due_on", models.DateField(verbose_name="срок")),
                ("text_before", models.TextField(blank=True, verbose_name="что было")),
                ("due_before", models.DateField(null=True, verbose_name="какой был срок")),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="events.commitment",
                        verbose_name="поручение",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="reports.letter",
                        verbose_name="письмо",
                    ),
                ),
            ],
            options={
                "verbose_name": "поручение в письме",
                "verbose_name_plural": "поручения в письмах",
                "constraints": [
                    models.UniqueConstraint(fields=("letter", "commitment"), name="letter_speaks_of_a_commitment_once"),
                    models.CheckConstraint(
                        condition=models.Q(("change__in", ["given", "moved", "changed", "kept", "withdrawn"])),
                        name="change_of_a_commitment_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterFigure",
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
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="reports.letter",
                        verbose_name="письмо",
                    ),
                ),
            ],
            options={
                "verbose_name": "показатель в тексте письма",
                "verbose_name_plural": "показатели в текстах писем",
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
                        name="letterfigure_is_counted_or_says_its_source",
                    ),
                    models.UniqueConstraint(fields=("letter", "name"), name="figure_of_a_letter_has_a_name_of_its_own"),
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("final", "PDF на подпись"),
                            ("sealed", "подписанный PDF"),
                            ("scan", "скан подписанного"),
                            ("signature", "файл подписи (.sig)"),
                            ("stamped", "копия с отметкой о подписи"),
                        ],
                        max_length=20,
                        verbose_name="вид",
                    ),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="sha256")),
                ("size", models.PositiveIntegerField(verbose_name="размер, байт")),
                ("media_type", models.CharField(default="application/pdf", max_length=100, verbose_name="тип")),
                ("versions", models.JSONField(default=list, verbose_name="чем нарисован")),
                ("made_at", models.DateTimeField(verbose_name="когда")),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="reports.letter",
                        verbose_name="письмо",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем",
                    ),
                ),
            ],
            options={"verbose_name": "файл письма", "verbose_name_plural": "файлы писем"},
        ),
        migrations.AddField(
            model_name="letter",
            name="final",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reports.letterfile",
                verbose_name="PDF на подпись",
            ),
        ),
        migrations.CreateModel(
            name="DetachedSignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("valid", "Подпись подтверждена"),
                            ("unchecked", "Подпись приложена, здесь она не проверялась"),
                        ],
                        max_length=20,
                        verbose_name="что установлено",
                    ),
                ),
                ("owner", models.CharField(blank=True, max_length=300, verbose_name="владелец сертификата")),
                ("issuer", models.CharField(blank=True, max_length=300, verbose_name="кем выдан")),
                ("serial", models.CharField(blank=True, max_length=100, verbose_name="номер сертификата")),
                ("algorithm", models.CharField(blank=True, max_length=100, verbose_name="алгоритм")),
                ("valid_from", models.DateTimeField(null=True, verbose_name="действует с")),
                ("valid_to", models.DateTimeField(null=True, verbose_name="действует по")),
                ("fingerprint", models.CharField(blank=True, max_length=64, verbose_name="отпечаток сертификата")),
                ("signed_at", models.DateTimeField(null=True, verbose_name="время в подписи")),
                ("report", models.JSONField(default=list, verbose_name="что проверено")),
                ("uploaded_at", models.DateTimeField(verbose_name="когда загружена")),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем загружена",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="detached",
                        to="reports.letter",
                        verbose_name="письмо",
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reports.letterfile",
                        verbose_name="файл подписи",
                    ),
                ),
                (
                    "over",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reports.letterfile",
                        verbose_name="что подписано",
                    ),
                ),
            ],
            options={
                "verbose_name": "отсоединённая подпись",
                "verbose_name_plural": "отсоединённые подписи",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("over", "fingerprint"), name="file_is_signed_once_by_a_certificate"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verdict", "unchecked"),
                            models.Q(
                                ("valid_from__isnull", False),
                                ("valid_to__isnull", False),
                                ("verdict", "valid"),
                                models.Q(("fingerprint", ""), _negated=True),
                                models.Q(("owner", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="confirmed_signature_names_its_certificate",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Letterhead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField(verbose_name="с")),
                ("until", models.DateField(blank=True, null=True, verbose_name="по")),
                (
                    "edition",
                    models.CharField(
                        choices=[("2016", "ГОСТ Р 7.0.97-2016"), ("2025", "ГОСТ Р 7.0.97-2025")],
                        max_length=4,
                        verbose_name="стандарт",
                    ),
                ),
                ("body_above", models.CharField(max_length=300, verbose_name="вышестоящий орган")),
                ("institution", models.TextField(verbose_name="наименование, по строкам")),
                ("short_name", models.CharField(max_length=150, verbose_name="краткое наименование")),
                ("reference", models.TextField(verbose_name="справочные данные, по строкам")),
            ],
            options={
                "verbose_name": "бланк",
                "verbose_name_plural": "бланки",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                        name="letterhead_does_not_end_before_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterRevision",
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
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="reports.letter",
                        verbose_name="письмо",
                    ),
                ),
            ],
            options={"verbose_name": "редакция письма", "verbose_name_plural": "редакции писем"},
        ),
        migrations.CreateModel(
            name="LetterStep",
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
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="reports.letter",
                        verbose_name="письмо",
                    ),
                ),
            ],
            options={"verbose_name": "шаг письма", "verbose_name_plural": "шаги писем"},
        ),
        migrations.CreateModel(
            name="MailboxReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mailbox", models.CharField(max_length=400, unique=True, verbose_name="ящик")),
                ("numbering", models.PositiveBigIntegerField(default=0, verbose_name="нумерация (UIDVALIDITY)")),
                ("last_number", models.PositiveBigIntegerField(default=0, verbose_name="прочитано до (UID)")),
                ("read_at", models.DateTimeField(null=True, verbose_name="прочитан")),
                ("trouble", models.TextField(blank=True, verbose_name="почему не читается")),
                ("troubled_at", models.DateTimeField(null=True, verbose_name="не читается с")),
            ],
            options={
                "verbose_name": "чтение ящика уведомлений",
                "verbose_name_plural": "чтение ящика уведомлений",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("trouble", ""), ("troubled_at__isnull", True)),
                            models.Q(models.Q(("trouble", ""), _negated=True), ("troubled_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="mailbox_trouble_says_since_when",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MailFault",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField(verbose_name="что не так")),
                ("began_at", models.DateTimeField(verbose_name="с какого времени")),
                ("tried_at", models.DateTimeField(verbose_name="последняя попытка")),
            ],
            options={
                "verbose_name": "неисправность почты",
                "verbose_name_plural": "неисправности почты",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="there_is_one_mail_fault_at_most")
                ],
            },
        ),
        migrations.CreateModel(
            name="Manuscript",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("centers", "всем РВЦИ"),
                            ("chosen", "выбранным адресатам"),
                            ("list", "по указателю рассылки"),
                        ],
                        default="centers",
                        max_length=20,
                        verbose_name="кому направить",
                    ),
                ),
                ("addressee", models.TextField(blank=True, verbose_name="адресат")),
                ("salutation", models.CharField(blank=True, max_length=300, verbose_name="обращение")),
                ("body", models.TextField(blank=True, verbose_name="текст")),
                ("closing", models.CharField(blank=True, max_length=150, verbose_name="заключительная фраза")),
                ("reply_to_number", models.CharField(blank=True, max_length=50, verbose_name="на №")),
                ("reply_to_on", models.DateField(blank=True, null=True, verbose_name="от")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="версия")),
                ("edited_at", models.DateTimeField(verbose_name="когда изменено")),
                (
                    "distribution_list",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reports.distributionlist",
                        verbose_name="указатель рассылки",
                    ),
                ),
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
                    "letter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="manuscript",
                        to="reports.letter",
                        verbose_name="письмо",
                    ),
                ),
            ],
            options={
                "verbose_name": "текст письма",
                "verbose_name_plural": "тексты писем",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", ["centers", "chosen", "list"])), name="audience_is_known"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NumberBlock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="год")),
                ("first_sequence", models.PositiveIntegerField(verbose_name="с номера")),
                ("last_sequence", models.PositiveIntegerField(verbose_name="по номер")),
                ("last_taken", models.PositiveIntegerField(verbose_name="последний выданный")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="кем и когда выделены")),
                ("given_at", models.DateTimeField(verbose_name="когда внесено")),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто внёс",
                    ),
                ),
                (
                    "register",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="blocks",
                        to="reports.outgoingregister",
                        verbose_name="журнал",
                    ),
                ),
            ],
            options={
                "verbose_name": "выделенные номера",
                "verbose_name_plural": "выделенные номера",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_sequence__gte", 1), ("last_sequence__gte", models.F("first_sequence"))
                        ),
                        name="block_holds_numbers",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "last_taken__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("first_sequence"), "-", models.Value(1)
                                ),
                            ),
                            ("last_taken__lte", models.F("last_sequence")),
                        ),
                        name="block_gives_its_own_numbers",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recipient",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=300, verbose_name="имя")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="адрес")),
                (
                    "mended_from",
                    models.EmailField(blank=True, max_length=254, null=True, verbose_name="адрес до исправления"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("queued", "В очереди"),
                            ("sending", "Отправляется"),
                            ("sent", "Доставлено"),
                            ("failed", "Не доставлено"),
                            ("unknown", "Неизвестно"),
                            ("bounced", "Вернулось"),
                        ],
                        default="queued",
                        max_length=20,
                        verbose_name="состояние",
                    ),
                ),
                ("token", models.CharField(max_length=64, unique=True, verbose_name="ключ ссылки")),
                ("message_id", models.CharField(max_length=150, unique=True, verbose_name="Message-ID")),
                ("send_after", models.DateTimeField(verbose_name="не раньше")),
                ("lease_until", models.DateTimeField(editable=False, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="попыток")),
                ("error", models.TextField(blank=True, verbose_name="почему не доставлено")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="отправлено")),
                ("bounced_at", models.DateTimeField(null=True, verbose_name="вернулось")),
                ("opened_at", models.DateTimeField(null=True, verbose_name="открыто")),
                ("acknowledged_at", models.DateTimeField(null=True, verbose_name="ознакомление подтверждено")),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем подтверждено",
                    ),
                ),
                (
                    "addressee",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recipient",
                        to="reports.addressee",
                        verbose_name="адресат",
                    ),
                ),
                (
                    "center",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centers.center",
                        verbose_name="РВЦИ",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recipients",
                        to="reports.letter",
                        verbose_name="письмо",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centers.person",
                        verbose_name="кому",
                    ),
                ),
            ],
            options={
                "verbose_name": "получатель",
                "verbose_name_plural": "получатели",
                "constraints": [
                    models.UniqueConstraint(fields=("letter", "center"), name="center_receives_a_letter_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("status__in", ("sent", "bounced"))),
                            models.Q(
                                models.Q(("status__in", ("sent", "bounced")), _negated=True), ("sent_at__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="sent_message_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("bounced_at__isnull", False), ("status", "bounced")),
                            models.Q(models.Q(("status", "bounced"), _negated=True), ("bounced_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="bounced_message_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("addressee__isnull", True), ("center__isnull", False)),
                            models.Q(("addressee__isnull", False), ("center__isnull", True)),
                            _connector="OR",
                        ),
                        name="recipient_is_a_center_or_an_addressee",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["queued", "sending", "sent", "failed", "unknown", "bounced"])
                        ),
                        name="recipient_status_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="год")),
                ("sequence", models.PositiveIntegerField(verbose_name="порядковый номер")),
                ("suffix", models.CharField(blank=True, max_length=20, verbose_name="суффикс")),
                ("number", models.CharField(max_length=50, verbose_name="номер, как в письме")),
                ("registered_on", models.DateField(verbose_name="дата")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("registered", "Зарегистрирован"),
                            ("reserved", "Зарезервирован"),
                            ("annulled", "Аннулирован"),
                        ],
                        default="registered",
                        max_length=20,
                        verbose_name="состояние",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("portal", "письмо портала"),
                            ("paper", "бумажное письмо"),
                            ("imported", "из прежнего журнала"),
                            ("unknown", "нет сведений"),
                        ],
                        default="portal",
                        max_length=20,
                        verbose_name="происхождение",
                    ),
                ),
                ("addressee", models.CharField(blank=True, max_length=300, verbose_name="кому")),
                ("subject_line", models.CharField(blank=True, max_length=300, verbose_name="о чём")),
                ("prepared_by", models.CharField(blank=True, max_length=150, verbose_name="исполнитель")),
                ("document_kind", models.CharField(blank=True, max_length=100, verbose_name="вид документа")),
                ("sheets", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="листов")),
                ("copies", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="экземпляров")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="примечание")),
                ("reserved_until", models.DateField(blank=True, null=True, verbose_name="зарезервирован до")),
                (
                    "reserved_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="для чего зарезервирован"),
                ),
                (
                    "check_token",
                    models.CharField(
                        editable=False, max_length=64, null=True, unique=True, verbose_name="ключ проверки"
                    ),
                ),
                (
                    "check_url",
                    models.CharField(
                        blank=True, editable=False, max_length=200, verbose_name="адрес проверки, как напечатан"
                    ),
                ),
                ("annulled_at", models.DateTimeField(null=True, verbose_name="аннулирован")),
                ("annulled_reason", models.TextField(blank=True, verbose_name="причина")),
                (
                    "annulled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем",
                    ),
                ),
                (
                    "block",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reports.numberblock",
                        verbose_name="выделенные номера",
                    ),
                ),
                (
                    "file_item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reports.fileplanitem",
                        verbose_name="дело",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="reports.letter",
                        verbose_name="письмо",
                    ),
                ),
                (
                    "register",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="reports.outgoingregister",
                        verbose_name="журнал",
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто взял номер",
                    ),
                ),
            ],
            options={
                "verbose_name": "строка журнала",
                "verbose_name_plural": "строки журнала",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("register", "year", "sequence", "suffix"), name="number_is_given_once_a_year"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "registered")),
                        fields=("letter",),
                        name="letter_has_one_number_that_counts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("annulled_at__isnull", False),
                                ("annulled_by__isnull", False),
                                ("status", "annulled"),
                                models.Q(("annulled_reason", ""), _negated=True),
                            ),
                            models.Q(
                                ("annulled_at__isnull", True),
                                ("annulled_by__isnull", True),
                                ("annulled_reason", ""),
                                ("status__in", ["registered", "reserved"]),
                            ),
                            _connector="OR",
                        ),
                        name="annulled_number_says_who_when_and_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "reserved")),
                        fields=("letter",),
                        name="letter_has_one_number_kept_for_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "reserved"), _negated=True),
                            models.Q(
                                ("reserved_until__isnull", False), models.Q(("reserved_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="reserved_number_says_for_what_and_until_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("origin__in", ["portal", "paper", "imported", "unknown"])),
                        name="origin_of_a_number_is_known",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="letter",
            name="entry",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reports.registerentry",
                verbose_name="номер и дата",
            ),
        ),
        migrations.CreateModel(
            name="RegisterYear",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="год")),
                ("first_sequence", models.PositiveIntegerField(default=1, verbose_name="первый номер в портале")),
                ("last_sequence", models.PositiveIntegerField(default=0, verbose_name="последний выданный номер")),
                ("last_on", models.DateField(blank=True, null=True, verbose_name="дата последнего номера")),
                ("opening_note", models.CharField(blank=True, max_length=300, verbose_name="почему не с первого")),
                (
                    "register",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="years",
                        to="reports.outgoingregister",
                        verbose_name="журнал",
                    ),
                ),
            ],
            options={
                "verbose_name": "год журнала",
                "verbose_name_plural": "годы журналов",
                "constraints": [
                    models.UniqueConstraint(fields=("register", "year"), name="register_counts_a_year_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "last_sequence__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("first_sequence"), "-", models.Value(1)
                                ),
                            )
                        ),
                        name="register_never_counts_back",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RouteStage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(verbose_name="очередь")),
                ("title", models.CharField(max_length=150, verbose_name="кто согласует")),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        help_text="не выбран ни отдел, ни сотрудник: начальник отдела, готовившего письмо",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centers.department",
                        verbose_name="начальник отдела",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centers.person",
                        verbose_name="сотрудник",
                    ),
                ),
                (
                    "route",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stages",
                        to="reports.approvalroute",
                        verbose_name="маршрут",
                    ),
                ),
            ],
            options={
                "verbose_name": "этап согласования",
                "verbose_name_plural": "этапы согласования",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("department__isnull", True), ("person__isnull", True), _connector="OR"),
                        name="stage_is_of_a_head_or_of_a_person",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("key", "ключом в портале"),
                            ("paper", "на бумаге"),
                            ("gost", "усиленной подписью вне портала"),
                        ],
                        max_length=20,
                        verbose_name="способ",
                    ),
                ),
                ("signed_at", models.DateTimeField(verbose_name="когда")),
                ("owner", models.CharField(blank=True, max_length=300, verbose_name="владелец сертификата")),
                ("serial", models.CharField(blank=True, max_length=100, verbose_name="номер сертификата")),
                ("valid_from", models.DateTimeField(null=True, verbose_name="действует с")),
                ("valid_to", models.DateTimeField(null=True, verbose_name="действует по")),
                ("fingerprint", models.CharField(blank=True, max_length=64, verbose_name="отпечаток сертификата")),
                ("report", models.JSONField(default=list, verbose_name="что проверено")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="скан подтверждён",
                    ),
                ),
                (
                    "letter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signature",
                        to="reports.letter",
                        verbose_name="письмо",
                    ),
                ),
                (
                    "original",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reports.letterfile",
                        verbose_name="подписанный файл",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="подписал",
                    ),
                ),
            ],
            options={
                "verbose_name": "подпись",
                "verbose_name_plural": "подписи",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("valid_from__isnull", False),
                                ("valid_to__isnull", False),
                                ("way", "key"),
                                models.Q(("serial", ""), _negated=True),
                                models.Q(("fingerprint", ""), _negated=True),
                            ),
                            models.Q(("confirmed_by__isnull", False), ("way", "paper")),
                            ("way", "gost"),
                            _connector="OR",
                        ),
                        name="letter_signature_is_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SigningAuthority",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField(verbose_name="с")),
                ("until", models.DateField(blank=True, null=True, verbose_name="по")),
                ("post", models.CharField(max_length=150, verbose_name="должность, как в подписи")),
                ("basis", models.CharField(max_length=300, verbose_name="основание")),
                (
                    "attorney_number",
                    models.CharField(
                        blank=True,
                        help_text="машиночитаемой доверенности, если подписывают по ней",
                        max_length=100,
                        verbose_name="номер МЧД",
                    ),
                ),
                (
                    "key_name",
                    models.SlugField(
                        blank=True,
                        help_text="без расширения; лежит в папке ключей сервера",
                        verbose_name="имя файла ключа",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centers.person",
                        verbose_name="кто",
                    ),
                ),
            ],
            options={
                "verbose_name": "право подписи",
                "verbose_name_plural": "права подписи",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                        name="signingauthority_does_not_end_before_it_begins",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="letter",
            name="authority",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reports.signingauthority",
                verbose_name="право подписи",
            ),
        ),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "content",
                    models.JSONField(
                        help_text="пары «элемент — текст», только списки и строки", verbose_name="содержание"
                    ),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="sha256")),
                ("taken_at", models.DateTimeField(verbose_name="когда")),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="snapshots",
                        to="reports.letter",
                        verbose_name="письмо",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем",
                    ),
                ),
            ],
            options={"verbose_name": "снимок содержания", "verbose_name_plural": "снимки содержания"},
        ),
        migrations.AddField(
            model_name="letter",
            name="snapshot",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reports.snapshot",
                verbose_name="содержание",
            ),
        ),
        migrations.CreateModel(
            name="SnapshotAppendix",
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
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appendices",
                        to="reports.snapshot",
                        verbose_name="снимок",
                    ),
                ),
            ],
            options={"verbose_name": "приложение письма", "verbose_name_plural": "приложения писем"},
        ),
        migrations.CreateModel(
            name="SnapshotFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=150, verbose_name="название в тексте")),
                ("query", models.CharField(blank=True, max_length=50, verbose_name="показатель")),
                ("parameters", models.JSONField(default=dict, verbose_name="параметры")),
                ("value", models.PositiveIntegerField(null=True, verbose_name="значение")),
                ("text", models.CharField(max_length=300, verbose_name="как в письме")),
                (
                    "counted",
                    models.JSONField(default=list, help_text="ключи посчитанных строк", verbose_name="что посчитано"),
                ),
                ("named", models.JSONField(default=list, verbose_name="как названо посчитанное")),
                ("sums_counts", models.BooleanField(default=False, verbose_name="сумма участий")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="источник")),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="reports.snapshot",
                        verbose_name="снимок",
                    ),
                ),
            ],
            options={
                "verbose_name": "показатель письма",
                "verbose_name_plural": "показатели письма",
                "constraints": [models.UniqueConstraint(fields=("snapshot", "name"), name="figure_is_frozen_once")],
            },
        ),
        migrations.CreateModel(
            name="SoleClerk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField(verbose_name="с")),
                ("until", models.DateField(blank=True, null=True, verbose_name="по")),
                (
                    "basis",
                    models.CharField(
                        help_text="Приказ, по которому так заведено: № и дата.",
                        max_length=300,
                        verbose_name="основание",
                    ),
                ),
            ],
            options={
                "verbose_name": "разрешение одному загружать и подтверждать",
                "verbose_name_plural": "подтверждение подлинников одним делопроизводителем",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                        name="soleclerk_does_not_end_before_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="VisaRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(verbose_name="очередь")),
                ("title", models.CharField(max_length=150, verbose_name="кто согласует")),
                (
                    "department",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centers.department",
                        verbose_name="начальник отдела",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centers.person",
                        verbose_name="сотрудник",
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="reports.snapshot",
                        verbose_name="содержание",
                    ),
                ),
            ],
            options={
                "verbose_name": "запрос визы",
                "verbose_name_plural": "запросы виз",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("department__isnull", True), ("person__isnull", False)),
                            models.Q(("department__isnull", False), ("person__isnull", True)),
                            _connector="OR",
                        ),
                        name="visa_is_asked_of_a_head_or_of_a_person",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("approved", "Согласовано"),
                            ("remarks", "Согласовано с замечаниями"),
                            ("returned", "Возвращено с замечаниями"),
                            ("skipped", "Виза не требуется"),
                        ],
                        max_length=20,
                        verbose_name="виза",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=150, verbose_name="имя, как в листе")),
                ("post", models.CharField(blank=True, max_length=300, verbose_name="должность, как в листе")),
                ("at", models.DateTimeField(verbose_name="когда")),
                ("note", models.TextField(blank=True, verbose_name="замечания")),
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
                    "instead_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centers.person",
                        verbose_name="вместо кого",
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approvals",
                        to="reports.snapshot",
                        verbose_name="содержание",
                    ),
                ),
                (
                    "request",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approval",
                        to="reports.visarequest",
                        verbose_name="запрос",
                    ),
                ),
            ],
            options={
                "verbose_name": "виза",
                "verbose_name_plural": "визы",
                "constraints": [
                    models.UniqueConstraint(fields=("snapshot", "by"), name="content_is_approved_once_by_a_person")
                ],
            },
        ),
        migrations.CreateModel(
            name="YearOpening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="год")),
                ("day", models.DateField(verbose_name="сказано, что сегодня")),
                ("last_number", models.CharField(max_length=50, verbose_name="последний номер до того")),
                ("last_on", models.DateField(verbose_name="дата последнего номера")),
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
                    "register",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="openings",
                        to="reports.outgoingregister",
                        verbose_name="журнал",
                    ),
                ),
            ],
            options={
                "verbose_name": "открытие года журнала",
                "verbose_name_plural": "открытия годов журналов",
                "constraints": [
                    models.UniqueConstraint(fields=("register", "year"), name="year_is_opened_by_a_word_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("authority__isnull", False),
                        ("entry__isnull", False),
                        ("status__in", ("preparing", "awaiting", "signed", "sent")),
                        models.Q(("signatory_post", ""), _negated=True),
                        models.Q(("signatory_name", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("status__in", ("preparing", "awaiting", "signed", "sent")), _negated=True),
                        ("authority__isnull", True),
                        ("entry__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="letter_has_number_date_and_signatory_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("final__isnull", False), ("status__in", ("awaiting", "signed", "sent"))),
                    models.Q(
                        models.Q(("status__in", ("awaiting", "signed", "sent")), _negated=True), ("final__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="letter_is_drawn_before_it_waits_for_the_signature",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(("snapshot__isnull", False), ("status", "draft"), _connector="OR"),
                name="letter_under_way_has_content",
            ),
        ),
        migrations.RunPython(index, migrations.RunPython.noop),
    ]
