# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import contextlib
import inspect
from functools import partial

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user
from odoo.tools import SQL, mute_logger

SUITE = "odoo.addons.sales_efficiency_"
# What Odoo lets clients call on any record
GENERIC = {
    "read": lambda records: records.read(),
    "web_read": lambda records: records.web_read(all_of(records)),
    "web_save": lambda records: records.web_save({}, all_of(records)),
    "onchange": lambda records: records.onchange({}, [], all_of(records)),
    "export_data": lambda records: records.export_data(
        [name for name in records._fields if name != "id"]
    ),
    "export_data of each field": lambda records: each_of(
        records, lambda name: records.export_data([name])
    ),
    "copy": lambda records: records.copy(),
    "unlink": lambda records: records.unlink(),
    "archive": lambda records: records.action_archive(),
    "message_post": lambda records: records.message_post(body="Seen"),
    "message_subscribe": lambda records: records.message_subscribe(
        records.env.user.partner_id.ids
    ),
    "get_formview_action": lambda records: records.get_formview_action(),
    "search_read": lambda records: records.search_read(same(records)),
    "name_search": lambda records: records.name_search(""),
    "web_search_read": lambda records: records.web_search_read(
        same(records), all_of(records)
    ),
    "formatted_read_group": lambda records: records.formatted_read_group(
        same(records), [], ["__count", *sums_of(records)]
    ),
    "group by each field": lambda records: each_of(
        records, lambda name: group_by(records, name, same(records))
    ),
    "aggregate each field": lambda records: each_of(
        records, lambda name: aggregate(records, name, same(records))
    ),
}


def same(records):
    return [("id", "in", records.ids)]


def all_of(records):
    return {name: {} for name in records._fields}


def each_of(records, call):
    """:return: what a call gives of each field, be it an error"""
    shown = []
    for name in records._fields:
        try:
            with records.env.cr.savepoint():
                shown.append(call(name))
        except Exception as error:
            shown.append(str(error))
    return shown


def group_by(records, name, domain):
    is_day = records._fields[name].type in ("date", "datetime")
    by = f"{name}:month" if is_day else name
    return records.formatted_read_group(domain, [by], ["__count"])


def aggregate(records, name, domain):
    if records._fields[name].type not in ("float", "integer", "monetary"):
        return None
    kinds = ("sum", "max", "array_agg")
    return records.formatted_read_group(
        domain, [], [f"{name}:{kind}" for kind in kinds]
    )


def group_by_path(model, path):
    return model.formatted_read_group([], [path], ["__count"])


def export(model, name):
    return model.search([], limit=1000).export_data([name])


def sums_of(records):
    return [
        f"{name}:sum"
        for name, field in records._fields.items()
        if field.aggregator == "sum" and field.store
    ]


class CallsMixin:
    """Attacks by call: whatever a client calls on a record that its user may not read,
    or on what refers to it, it reads and changes nothing of it.

    An add-on combines it with its test of the door table, whose foreign records it
    attacks::

        class TestCalls(calls.CallsMixin, test_door_table.TestDoorTable):
            also_read = ("sales.fact",)
    """

    # Models of others in which something of the add-on could be read
    also_read = ()
    # Fewest foreign records of the add-on that each role but the director cannot read
    fewest = 10
    # These are the doors, which have their own test.
    test_each_model_named_has_foreign_records = None
    test_roles_may_not_read_all_that_is_foreign = None
    test_who_may_read_a_record_is_shown_it = None
    test_who_names_a_record_does_not_read_it = None
    test_customers_read_nothing_that_is_for_the_house = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roles["accountant"] = new_test_user(
            cls.env, "calls_accountant", groups="account.group_account_manager"
        )
        for user in cls.roles.values():
            if not user.share:
                user.group_ids += cls.env.ref("base.group_allow_export")

    # ------------------------------------------------------------------
    # Attempts
    # ------------------------------------------------------------------

    def _get_cases(self):
        """:return: iterator of (role, its user, record of the add-on and of the company
        that the user may not read)"""
        records = [
            records[0].with_env(self.env)
            for records in self.foreign.values()
            if records[0]._original_module == self.addon
        ]
        for role, user in self.roles.items():
            for record in records:
                if not record.with_user(user).has_access("read"):
                    yield role, user, record

    def _read_row(self, record):
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                """
                SELECT to_jsonb(kept),
                       (SELECT COUNT(*) FROM mail_message
                         WHERE model = %(model)s AND res_id = %(id)s)
                  FROM %(table)s AS kept WHERE id = %(id)s
                """,
                table=SQL.identifier(record._table),
                model=record._name,
                id=record.id,
            )
        )

    @mute_logger("odoo.sql_db", "odoo.addons.base.models.ir_rule", "odoo.models")
    def _call(self, function, *args, record=None):
        """Call something, and undo it.

        :return: all that a client receives, as text, and whether the record changed
        """
        before = record is not None and self._read_row(record)
        changed = False
        try:
            with self.env.cr.savepoint() as savepoint:
                self.env.invalidate_all()
                shown = str(function(*args))
                changed = record is not None and self._read_row(record) != before
                savepoint.rollback()
        except Exception as error:
            shown = str(error)  # also shown to the user
        self.env.cr.precommit.clear()
        self.env.cr.postcommit.clear()
        self.env.invalidate_all(flush=False)
        return shown.replace(",", ""), changed

    def _assert_kept(self, record, names, function, *args):
        """Ensure that a call neither shows nor changes a record."""
        shown, changed = self._call(function, *args, record=record)
        with self.subTest(record=str(record), **names):
            self.assertFalse([text for text in self.marked[record] if text in shown])
            self.assertFalse(changed)

    def _get_methods(self, records):
        """:return: the methods of our add-ons that clients may call on records"""
        return [
            getattr(records, name)
            for name, method in inspect.getmembers(type(records), inspect.isfunction)
            if not name.startswith("_")
            and method.__module__.startswith(SUITE)
            and not getattr(method, "_api_private", False)
        ]

    def _get_references(self, name, user):
        """:return: list of (model, field) through which a user may reach a model"""
        return [
            (model, field)
            for model in map(self.env(user=user).__getitem__, self.registry)
            if not model._abstract and model.has_access("read")
            for field in model._fields.values()
            if field.relational
            and field.comodel_name == name
            and (field.store or field.search)
            and model._has_field_access(field, "read")
        ]

    # ------------------------------------------------------------------
    # Tests
    # ------------------------------------------------------------------

    def test_there_is_something_to_keep_from_each_role(self):
        cases = list(self._get_cases())
        for role in self.roles.keys() - {"director"}:
            with self.subTest(role=role):
                found = [case for case in cases if case[0] == role]
                self.assertGreaterEqual(len(found), self.fewest)

    def test_calls_on_records_of_others_show_and_change_nothing(self):
        for role, user, record in self._get_cases():
            records = record.with_user(user).with_context(active_test=False)
            for name, call in GENERIC.items():
                self._assert_kept(record, {"role": role, "call": name}, call, records)
            for method in self._get_methods(records):
                names = {"role": role, "call": method.__name__}
                self._assert_kept(record, names, method)

    def test_nobody_writes_to_records_of_others(self):
        for role, user, record in self._get_cases():
            records = record.with_user(user)
            for name, field in records._fields.items():
                if field.store and field.type in ("char", "text", "float", "monetary"):
                    names = {"role": role, "field": name}
                    self._assert_kept(record, names, records.write, {name: "1"})

    def test_searches_of_what_refers_to_a_record_do_not_tell_its_values(self):
        for role, user, record in self._get_cases():
            row = self._read_row(record)[0][0]
            name = next(
                (name for name in row if str(row[name]).startswith("SECRET")), None
            )
            if not name:
                continue
            for model, field in self._get_references(record._name, user):
                model = model.with_context(active_test=False)
                domain = [(f"{field.name}.{name}", "=", row[name])]
                shown, _changed = self._call(model.search_count, domain)
                with self.subTest(role=role, field=str(field), domain=domain):
                    self.assertFalse(shown.isdigit() and int(shown))
                names = {"role": role, "field": str(field)}
                for way, function, *args in (
                    ("group", group_by_path, model, f"{field.name}.{name}"),
                    ("export", export, model, f"{field.name}/{name}"),
                ):
                    self._assert_kept(record, {**names, "way": way}, function, *args)

    def test_lines_of_others_are_not_reached_through_own_records(self):
        for role, user, record in self._get_cases():
            for model, field in self._get_references(record._name, user):
                if field.type == "many2one" or not model.has_access("write"):
                    continue
                own = model.search([], limit=1)
                for command in (
                    Command.update(record.id, {"active": False}),
                    Command.delete(record.id),
                    Command.unlink(record.id),
                    Command.link(record.id),
                    Command.set(record.ids),
                ):
                    names = {"role": role, "field": str(field), "code": command[0]}
                    values = {field.name: [command]}
                    self._assert_kept(record, names, own.write, values)

    def test_all_that_a_role_can_read_shows_nothing_of_others(self):
        """Also what is computed, and the names of what is referred to"""
        names = {*self._get_models(), *self.foreign, *self.also_read}
        names |= {"crm.team", "mail.activity"}
        for role, user in self.roles.items():
            secrets = {
                secret: record
                for record in self.marked
                for secret in self._get_secrets(user, record)
            }
            for name in sorted(names):
                model = self.env[name].with_user(user).with_context(active_test=False)
                if model.has_access("read"):
                    shown, _changed = self._call(self._read_all, model)
                    with self.subTest(role=role, model=name):
                        self.assertEqual(shown[:1], "[", shown)
                        found = [secrets[text] for text in secrets if text in shown]
                        self.assertFalse(found)

    def _read_all(self, model):
        """Read what the suite tells of all records; the rest is a matter of Odoo's."""
        records, shown = model.search([]), []
        for name, content in self._get_spec(model).items():
            field = model._fields[name]
            if all(module.startswith("sales_") for module in field._modules):
                # Some can be read by nobody in the role.
                with contextlib.suppress(AccessError):
                    shown += records.web_read({name: content})
        return shown

    def test_groups_and_exports_of_a_role_show_nothing_of_others(self):
        """Nor of fields that the role may not read in records that it may"""
        for role, user in self.roles.items():
            secrets = {
                secret: record
                for record in self.marked
                for secret in self._get_closed(user, record)
            }
            for name in self._get_models():
                model = self.env[name].with_user(user).with_context(active_test=False)
                if not model.has_access("read"):
                    continue
                for way, call in self._get_ways(model).items():
                    shown, _changed = self._call(each_of, model, call)
                    with self.subTest(role=role, model=name, way=way):
                        found = {secrets[text] for text in secrets if text in shown}
                        self.assertFalse(found)

    def _get_ways(self, model):
        """:return: dict of name -> function of a field that shows it of all records"""
        return {
            "groups": partial(group_by, model, domain=[]),
            "figures": partial(aggregate, model, domain=[]),
            "export": partial(export, model),
        }

    def test_groups_and_exports_show_what_may_be_read(self):
        """Ensure, as superuser, that they can reveal a record at all."""
        ways = set()
        for name in self._get_models():
            secrets = {
                text
                for some in self.foreign.get(name, ())
                for text in self.marked[some]
            }
            model = self.env[name].with_context(active_test=False)
            for way, call in self._get_ways(model).items():
                shown, _changed = self._call(each_of, model, call)
                ways |= {way for text in secrets if text in shown}
        self.assertEqual(ways, {"groups", "figures", "export"})

    def _get_closed(self, user, record):
        """:return: texts of a record that the user may not read, be it all or those of
        single fields"""
        records = record.with_user(user)
        if not records.has_access("read"):
            return set(self.marked[record])
        return {
            secret
            for secret, name in self.marked[record].items()
            if not records._has_field_access(record._fields[name], "read")
        }

    def test_defaults_show_nothing_of_others(self):
        """Nor do forms that are opened with a record of others as a default"""
        for role, user, record in self._get_cases():
            for model, field in self._get_references(record._name, user):
                value = record.id if field.type == "many2one" else record.ids
                given = model.with_context(**{f"default_{field.name}": value})
                for name, function, *args in (
                    ("default_get", given.default_get, list(model._fields)),
                    ("name_create", given.name_create, "x"),
                ):
                    names = {"role": role, "field": str(field), "call": name}
                    self._assert_kept(record, names, function, *args)

    def test_messages_and_files_of_records_are_closed_like_them(self):
        for role, user, record in self._get_cases():
            values = {"res_model": record._name, "res_id": record.id}
            file = self.env["ir.attachment"].create(
                {**values, "name": "SECRET", "raw": b"SECRET"}
            )
            files = file.with_user(user)
            messages = self.env["mail.message"].with_user(user)
            for name, function, *args in (
                ("read a file", files.read, ["name", "raw"]),
                ("find a file", files.search_read, same(file), ["name"]),
                (
                    "find messages",
                    messages.search_read,
                    [("model", "=", record._name), ("res_id", "=", record.id)],
                    ["body"],
                ),
            ):
                shown, _changed = self._call(function, *args)
                with self.subTest(record=str(record), role=role, call=name):
                    self.assertNotIn("SECRET", shown)
                    self.assertNotIn("body", shown)
            file.unlink()

    def test_reports_print_nothing_of_others(self):
        reports = self.env["ir.actions.report"].search(
            [("report_name", "=like", f"{self.addon}.%")]
        )
        for role, user in self.roles.items():
            secrets = [
                secret
                for record in self.marked
                for secret in self._get_secrets(user, record)
            ]
            for report in reports.with_user(user):
                for record in self.foreign.get(report.sudo().model, ()):
                    shown, _changed = self._call(
                        report._render_qweb_html, report.id, record.ids
                    )
                    with self.subTest(report=report.id, role=role):
                        self.assertFalse([text for text in secrets if text in shown])
