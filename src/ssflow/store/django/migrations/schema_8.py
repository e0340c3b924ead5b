"""The tables of ssflow, made, or brought up to date if the host has made them already by `ssflow.store.migrate`."""

from django.db import migrations, models

from ssflow.store import migrate


class Migration(migrations.Migration):
    """Forward only, as the tables are: a host that turns back restores a backup."""

    initial = True
    operations = [
        migrations.RunPython(lambda _, editor: migrate(editor.connection), migrations.RunPython.noop),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.TextField("办件 case", primary_key=True, serialize=False, db_column="case_id")),
                ("process", models.TextField("程序 procedure")),
                ("state", models.TextField("状态 state")),
                ("version", models.IntegerField("版本 version")),
                ("closed", models.BooleanField("已办结 closed")),
                ("late", models.BooleanField("已逾期 late")),
                ("last", models.TextField("最近一日 last day", null=True)),
            ],
            options={
                "verbose_name": "办件 case",
                "verbose_name_plural": "办件 cases",
                "db_table": "ssflow_head",
                "managed": False,
            },
        ),
    ]
