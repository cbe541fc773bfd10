# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from base64 import b64encode
from itertools import count

from odoo import Command
from odoo.tests import new_test_user
from odoo.tools import SQL, mute_logger

from .common import SalesEfficiencyCommon

OUTSIDERS = {
    "employee": "base.group_user",
    "portal": "base.group_portal",
    "public": "base.group_public",
}
RELATIONAL = {"many2one", "one2many", "many2many"}
# Columns that cannot hold a secret, because they contain code or technical values
UNMARKED = {
    "code",
    "definition_domain",
    "domain",
    "parent_path",
    "res_model",
    "target_domain",
}


class DoorTableCommon(SalesEfficiencyCommon):
    """Checks that users cannot see values of a record by merely referencing it.

    Users of each role reference records that they may not read, in every relational
    field of every model of an add-on: in forms and on creation, directly, by defaults
    and in lines. No value of these records may be returned, not even in an error.

    An add-on extends this class with its name, and with foreign records of its models::

        class TestDoorTable(DoorTableCommon):
            addon = "sales_efficiency_target"

            @classmethod
            def _create_foreign(cls, company, user):
                return [
                    *super()._create_foreign(company, user),
                    cls.env["sales.target"].create({...}),
                ]
    """

    addon = None
    # Models of our other add-ons to which the add-on adds relational fields
    extended = ()
    # Fields that the add-on adds to other models and customers may read, by model
    open_fields = {}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company_b = cls.env["res.company"].create({"name": "Company B"})
        cls.owner_b = cls._create_user("director", login="owner_b")
        cls.owner_b.write(
            {"company_ids": cls.company_b.ids, "company_id": cls.company_b.id}
        )
        cls.roles = {
            "salesperson": cls.salesperson,
            "support": cls._create_support(cls.team_field),
            "leader": cls.leader,
            "director": cls.director,
        }
        for role, group in OUTSIDERS.items():
            cls.roles[role] = new_test_user(cls.env, f"door_{role}", groups=group)
        cls._numbers = count(98765001)
        cls._specs = {}
        cls.secrets = {}
        cls.foreign = {}
        for company, user in (
            (cls.company, cls.outsider),
            (cls.company_b, cls.owner_b),
        ):
            env = cls.env
            cls.env = env(
                context={**env.context, "allowed_company_ids": company.ids},
            )
            for record in cls._create_foreign(company, user):
                cls.foreign.setdefault(record._name, []).append(record.with_env(env))
            cls.env = env
        cls.env.flush_all()
        cls.marked = {
            record: cls._mark(record)
            for records in cls.foreign.values()
            for record in records
        }
        cls.env.invalidate_all(flush=False)

    @classmethod
    def _create_foreign(cls, company, user):
        """Create records of a user whom no role leads, or records of another company
        without owners in the roles.

        :return: list of records, at most one of each model
        """
        customer = cls.env["res.partner"].create(
            {"name": "Foreign", "company_id": company.id}
        )
        order = cls.env["sale.order"].create(
            {
                "partner_id": customer.id,
                "company_id": company.id,
                "user_id": user.id,
                "team_id": False,
            }
        )
        values = {"name": f"Foreign {company.id}", "company_id": company.id}
        rule = cls.env["sales.alert.rule"].create(values)
        return [
            order,
            rule,
            cls.env["sales.alert"].create(
                {
                    "rule_id": rule.id,
                    "res_model": order._name,
                    "res_id": order.id,
                    "company_id": company.id,
                    "responsible_id": user.id,
                    "severity": "warning",
                }
            ),
            cls.env["sales.action"].create({**values, "user_id": user.id}),
            cls.env["sales.import"].create({**values, "file": b64encode(b"a")}),
            cls.env["crm.lead"].create(
                {**values, "type": "opportunity", "user_id": user.id, "team_id": False}
            ),
            cls.env["sales.region"].create(values),
            cls.env["sales.channel"].create(values),
            cls.env["sales.metric"].create(
                {
                    **values,
                    "kind": "distinct",
                    "counted": "customer",
                    "event_ids": cls.env["sales.metric.event"].search([], limit=1).ids,
                }
            ),
            cls.env["sales.credit"].create(
                {"order_id": order.id, "user_id": user.id, "share": 100}
            ),
            cls.env["sales.history.line"].create(
                {
                    **values,
                    "date": "2025-01-15",
                    "amount": 1,
                    "user_id": user.id,
                    "team_id": False,
                }
            ),
        ]

    # ------------------------------------------------------------------
    # Secrets
    # ------------------------------------------------------------------

    @classmethod
    def _mark(cls, record):
        """Write unique values to all columns of a record that accept them.

        :return: dict of text that reveals the record -> name of its field
        """
        secrets = {}
        for name, field in record._fields.items():
            if not field.store or not field.column_type or name in UNMARKED:
                continue
            number = next(cls._numbers)
            if field.type in ("char", "text", "html"):
                secret = f"SECRET{number}"
                value = f'{{"en_US": "{secret}"}}' if field.translate else secret
            elif field.type in ("float", "monetary"):
                secret, value = str(number), number + 0.25
            else:
                continue
            if cls._update(record, name, value):
                secrets[secret] = name
        return secrets

    @classmethod
    @mute_logger("odoo.sql_db")
    def _update(cls, record, name, value):
        """:return: whether the column accepts the value"""
        try:
            with cls.env.cr.savepoint(flush=False):
                cls.env.cr.execute(
                    SQL(
                        "UPDATE %s SET %s = %s WHERE id = %s",
                        SQL.identifier(record._table),
                        SQL.identifier(name),
                        value,
                        record.id,
                    )
                )
        except Exception:
            return False
        return True

    def _get_secrets(self, user, record):
        """:return: texts that must stay hidden, if the user may not read the record"""
        if record.with_user(user).has_access("read"):
            return {}
        return self.marked[record]

    # ------------------------------------------------------------------
    # Doors
    # ------------------------------------------------------------------

    def _get_models(self):
        return sorted(
            name
            for name, model in self.registry.items()
            if (model._original_module == self.addon or name in self.extended)
            and not model._abstract
            and model._auto
        )

    def _get_relations(self, model):
        """:return: list of (field, field of its lines or None), for all relational
        fields whose models have foreign records"""
        found = []
        for name, field in self.env[model]._fields.items():
            if field.type not in RELATIONAL:
                continue
            if field.comodel_name in self.foreign:
                found.append((name, None))
            if field.type == "one2many" and field.comodel_name in self._get_models():
                lines = self.env[field.comodel_name]._fields
                found += [
                    (name, line)
                    for line, line_field in lines.items()
                    if line_field.type == "many2one"
                    and line_field.comodel_name in self.foreign
                    and line != field.inverse_name
                ]
        return found

    def _get_spec(self, records, depth=1):
        """:return: all fields that a form can read, including those of lines"""
        key = records._name, records.env.uid, depth
        if key not in self._specs:
            self._specs[key] = self._compute_spec(records, depth)
        return self._specs[key]

    def _compute_spec(self, records, depth):
        spec = {}
        for name in records.fields_get(attributes=["type"]):
            field = records._fields[name]
            spec[name] = {}
            if field.type in ("one2many", "many2many") and depth:
                comodel = records.env[field.comodel_name]
                if comodel._original_module == self.addon:
                    spec[name] = {"fields": self._get_spec(comodel, depth - 1)}
        return spec

    def _get_value(self, records, name, line, record):
        """:return: the value that a client sends to reference a record in a field"""
        field = records._fields[name]
        if line:
            return [Command.create({line: record.id})]
        return record.id if field.type == "many2one" else [Command.link(record.id)]

    def _get_spellings(self, records, name, line, record):
        """:return: dict of name -> alternative notation of a reference"""
        if line or records._fields[name].type != "many2one":
            return {}
        return {
            "a dict": {"id": record.id},
            "a list in a dict": {"id": [record.id]},
        }

    def _get_required(self, records):
        """:return: values of the required fields without default"""
        values = {}
        defaults = records.default_get(list(records._fields))
        for name, field in records._fields.items():
            if not field.required or field.compute or name in defaults:
                continue
            if field.type == "many2one":
                values[name] = records.env[field.comodel_name].search([], limit=1).id
            elif field.type == "selection":
                values[name] = field.get_values(records.env)[0]
            elif field.type in ("date", "datetime"):
                values[name] = "2026-01-01"
            elif field.type in ("char", "text"):
                values[name] = "x"
            elif field.type in ("integer", "float", "monetary"):
                values[name] = 1
        return values

    def _get_attempts(self, records, name, line, record):
        """:return: dict of name -> function that tries to read the record one way"""
        value = self._get_value(records, name, line, record)
        spec = self._get_spec(records)
        fields_ = records._fields
        # Fields computed as superuser first, because they fill the cache
        related = sorted(
            spec, key=lambda n: (not fields_[n].related, not fields_[n].compute_sudo)
        )
        orders = {
            "related fields first": related,
            "figures first": related[::-1],
            "related fields only": [n for n in related if fields_[n].related],
        }
        attempts = {
            f"form, {order}": lambda names=names: records.onchange(
                {name: value}, [name], {n: spec[n] for n in names}
            )
            for order, names in orders.items()
        }
        spellings = self._get_spellings(records, name, line, record)
        for spelling, spelt in spellings.items():
            attempts[f"form, {spelling}"] = lambda spelt=spelt: records.onchange(
                {name: spelt}, [name], {n: spec[n] for n in related}
            )
        attempts["form by default"] = lambda: records.with_context(
            **{f"default_{name}": value}
        ).onchange({}, [], spec)

        def create():
            created = records.create({**self._get_required(records), name: value})
            self.env.flush_all()
            return [created.read([n]) for n in related] + created.web_read(spec)

        attempts["create and read"] = create
        return attempts

    @mute_logger("odoo.sql_db", "odoo.addons.base.models.ir_rule")
    def _try(self, attempt):
        """:return: all that a client receives, as text"""
        self.env.flush_all()
        self.env.invalidate_all()
        try:
            with self.env.cr.savepoint():
                try:
                    return str(attempt()).replace(",", "")
                finally:
                    self.env.cr.precommit.clear()
        except Exception as error:
            # Any error: its message is shown to the user, too.
            return str(error).replace(",", "")

    def test_each_model_named_has_foreign_records(self):
        for name in self._get_models():
            for field in self.env[name]._fields.values():
                if field.type == "many2one" and field.comodel_name in (
                    self._get_models()
                ):
                    with self.subTest(field=str(field)):
                        self.assertIn(field.comodel_name, self.foreign)

    def test_roles_may_not_read_all_that_is_foreign(self):
        for role, user in self.roles.items():
            closed = [r for r in self.marked if self._get_secrets(user, r)]
            with self.subTest(role=role):
                self.assertTrue(closed)

    def test_who_may_read_a_record_is_shown_it(self):
        """Ensure, as superuser, that the attempts can reveal a record at all."""
        shown = set()
        for model in self._get_models():
            for name, line in self._get_relations(model):
                field = self.env[model]._fields[name]
                if line or field.type != "many2one":
                    continue
                record = self.foreign[field.comodel_name][0]
                attempts = self._get_attempts(self.env[model], name, line, record)
                for way in attempts.keys() - shown:
                    text = self._try(attempts[way])
                    if any(secret in text for secret in self.marked[record]):
                        shown.add(way)
        self.assertGreaterEqual(
            shown, {"form, related fields first", "form by default", "create and read"}
        )

    def test_who_names_a_record_does_not_read_it(self):
        for role, user in self.roles.items():
            for model in self._get_models():
                records = self.env[model].with_user(user)
                if not records.has_access("create"):
                    continue
                for name, line in self._get_relations(model):
                    self._try_doors(role, records, name, line)

    def _try_doors(self, role, records, name, line):
        field = records._fields[name]
        if line:
            field = records.env[field.comodel_name]._fields[line]
        for record in self.foreign[field.comodel_name]:
            secrets = self._get_secrets(records.env.user, record)
            if not secrets:
                continue
            for way, attempt in self._get_attempts(records, name, line, record).items():
                shown = self._try(attempt)
                with self.subTest(
                    f"{records._name}.{name}", line=line, role=role, way=way
                ):
                    self.assertFalse(
                        [secret for secret in secrets if secret in shown],
                        f"{record} shows",
                    )

    def test_customers_read_nothing_that_is_for_the_house(self):
        for role in ("portal", "public"):
            for name in self.registry:
                records = self.env[name].with_user(self.roles[role])
                if records._abstract or not records.has_access("read"):
                    continue
                shown = {
                    field.name
                    for field in records._fields.values()
                    if self.addon in field._modules
                    and records._has_field_access(field, "read")
                }
                with self.subTest(model=name, role=role):
                    self.assertLessEqual(shown, self.open_fields.get(name, set()))
