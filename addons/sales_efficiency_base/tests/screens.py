# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re
from contextlib import contextmanager
from datetime import date

from lxml import etree

from odoo.fields import Domain
from odoo.tests import Form, new_test_user
from odoo.tools.safe_eval import safe_eval

from .common import SalesEfficiencyCommon

DAYS = ("date", "datetime")
MEASURED = ("integer", "float", "monetary")
FALSE = ("0", "false", "False")


class ScreensCommon(SalesEfficiencyCommon):
    """Opens every screen of an add-on as every role, as the web client does.

    An add-on extends this class with its name, together with a class that creates
    records of its models::

        class TestScreens(screens.ScreensCommon, SalesTargetCommon):
            addon = "sales_efficiency_target"

    Screens of models that a role may not read are left out, because their menus are
    hidden. Buttons may open any screen of the add-on's own models, but screens of other
    models are only opened by menus.

    What only reads is done in a transaction that can do nothing else: it may as well
    happen on a replica of the database.
    """

    addon = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roles = {
            "salesperson": cls.salesperson,
            "support": cls._create_support(cls.team_field),
            "leader": cls.leader,
            "director": cls.director,
            **{
                role: new_test_user(cls.env, f"screens_{role}", groups=groups)
                for role, groups in (
                    ("hr", "hr.group_hr_user"),
                    ("accountant", "account.group_account_user"),
                )
            },
        }

    def _get_screens(self):
        """Iterate over the roles and the actions that each of them may open."""
        external = self.env["ir.model.data"].search(
            [("module", "=", self.addon), ("model", "=", "ir.actions.act_window")]
        )
        self.assertTrue(external, "an add-on without screens")
        actions = self.env["ir.actions.act_window"].browse(external.mapped("res_id"))
        for role, user in self.roles.items():
            for action in actions:
                # Values cached for another user would hide missing rights.
                self.env.invalidate_all()
                records = self._get_records(action, user)
                if self._may_open(action, records):
                    yield role, action, records

    def _may_open(self, action, records):
        user = records.env.user
        if action.group_ids and not action.group_ids & user.all_group_ids:
            return False
        if records._original_module != self.addon:
            menus = self.env["ir.ui.menu"].with_user(user).load_menus(debug=False)
            return any(
                (menu.get("action_model"), menu.get("action_id"))
                == (action._name, action.id)
                for menu in menus.values()
            )
        return records.has_access("read")

    def _get_records(self, action, user):
        """:return: the model of an action, with the context that the client sends"""
        records = self.env[action.res_model].with_user(user)
        context = self._evaluate_expression(action.context or "{}", records)
        return records.with_context(**context)

    def _evaluate_expression(self, expression, records):
        """:return: a domain or context of a view, as evaluated by the client"""
        user = records.env.user
        return safe_eval(
            expression,
            {
                "uid": user.id,
                "active_id": False,
                "active_ids": [],
                "allowed_company_ids": user.company_ids.ids,
                "context_today": date.today,
            },
        )

    def _get_views(self, action, records):
        """:return: dict of view type -> arch, and dict of model -> its fields"""
        search = (action.search_view_id.id, "search")
        answer = records.get_views(
            [*action.views, search], {"action_id": action.id, "toolbar": True}
        )
        archs = {
            view_type: etree.fromstring(view["arch"])
            for view_type, view in answer["views"].items()
        }
        fields = {model: info["fields"] for model, info in answer["models"].items()}
        return archs, fields

    def _get_specification(self, arch, fields, model):
        """:return: specification of the fields that the client reads for a view"""
        specification = {}
        level = arch.xpath("count(ancestor::field)")
        for node in arch.xpath(f".//field[count(ancestor::field) = {level}]"):
            field = fields[model][node.get("name")]
            wanted = specification.setdefault(node.get("name"), {})
            if field["type"] == "many2one":
                wanted["fields"] = {"display_name": {}}
            elif field["type"] in ("one2many", "many2many"):
                below = wanted.setdefault("fields", {"display_name": {}})
                for part in node.xpath("./*[.//field]"):
                    below |= self._get_specification(part, fields, field["relation"])
        return specification

    def _get_filters(self, arch, records):
        """:return: list of (domain, field to group by, whether active by default)"""
        filters = []
        for node in arch.iter("filter"):
            domain = self._evaluate_expression(node.get("domain") or "[]", records)
            context = self._evaluate_expression(node.get("context") or "{}", records)
            if day := node.get("date"):
                domain = [*domain, (day, "!=", False)]
            is_on = records.env.context.get(f"search_default_{node.get('name')}")
            group = self._get_group(records, context.get("group_by"))
            filters.append((Domain(domain), group, is_on))
        return filters

    def _get_group(self, records, name, interval="month"):
        """:return: the grouping that the client uses, by default months for dates"""
        is_day = name in records._fields and records._fields[name].type in DAYS
        return f"{name}:{interval}" if is_day else name

    # ------------------------------------------------------------------
    # Tests
    # ------------------------------------------------------------------

    def test_every_role_opens_every_view(self):
        for role, action, records in self._get_screens():
            archs, fields = self._get_views(action, records)
            filters = self._get_filters(archs["search"], records)
            domain = Domain(
                self._evaluate_expression(action.domain or "[]", records)
            ) & Domain.AND(domain for domain, _group, is_on in filters if is_on)
            groups = [group for _domain, group, is_on in filters if is_on and group]
            for view_type, arch in archs.items():
                open_view = getattr(self, f"_open_{view_type}")
                with (
                    self.subTest(role=role, action=action.name, view=view_type),
                    self._reading(),
                ):
                    open_view(records, arch, fields, domain, groups)

    def test_no_menu_leads_to_a_screen_that_its_user_may_not_open(self):
        for role, user in self.roles.items():
            menus = self.env["ir.ui.menu"].with_user(user).load_menus(debug=False)
            for menu in menus.values():
                if (menu.get("xmlid") or "").startswith(f"{self.addon}."):
                    action = self._get_action(menu)
                    with self.subTest(role=role, menu=menu["name"]):
                        self.assertTrue(
                            not action.group_ids
                            or action.group_ids & user.all_group_ids
                        )

    def _get_action(self, menu):
        """:return: the window of a menu; nothing if it opens something else"""
        is_window = menu.get("action_model") == "ir.actions.act_window"
        actions = self.env["ir.actions.act_window"]
        return actions.browse(menu["action_id"] if is_window else ())

    def test_every_role_uses_every_filter(self):
        for role, action, records in self._get_screens():
            archs, _fields = self._get_views(action, records)
            for domain, group, _is_on in self._get_filters(archs["search"], records):
                with self.subTest(
                    role=role, action=action.name, domain=domain, group=group
                ):
                    groups = [group] if group else []
                    records.formatted_read_group(domain, groups, ["__count"])

    def test_every_role_fills_in_what_is_new(self):
        for role, action, records in self._get_screens():
            archs, fields = self._get_views(action, records)
            if self._can_create(records, archs):
                with self.subTest(role=role, action=action.name):
                    self._open_new(action, records, archs, fields)

    def _can_create(self, records, archs):
        return (
            records.has_access("create")
            and records.env.context.get("create", True)
            and not any(arch.get("create") in FALSE for arch in archs.values())
        )

    def _open_new(self, action, records, archs, fields):
        if "form" in archs:
            Form(records, {name: view for view, name in action.views}["form"])
        if "list" in archs and archs["list"].get("editable"):
            specification = self._get_specification(
                archs["list"], fields, records._name
            )
            records.onchange({}, [], specification)

    def test_statuses_take_their_colours_from_the_one_code(self):
        colors = self.env["sales.status.color"]._get_colors()
        # Values that rows of lists and bars of boards go by
        rows = colors["severity"] | colors.get("attainment", {})
        for view in self._get_own_views():
            for node in etree.fromstring(view.get_combined_arch()).iter():
                with self.subTest(view=view.xml_id, node=etree.tostring(node)[:200]):
                    if node.get("widget") == "sales_status":
                        self.assertIn(safe_eval(node.get("options"))["kind"], colors)
                    for color, value in self._get_status_colors(node):
                        self.assertEqual(color, rows.get(value, color))

    def _get_own_views(self):
        """:return: the views of the add-on, without those that extend others"""
        views = self.env["ir.ui.view"].search(
            [("model", "!=", False), ("mode", "=", "primary")]
        )
        return views.filtered(lambda view: view.xml_id.startswith(f"{self.addon}."))

    def _get_status_colors(self, node):
        """Iterate over the colours that a node of a view gives to values itself."""
        if node.tag == "progressbar":
            yield from (
                (color, value) for value, color in safe_eval(node.get("colors")).items()
            )
        if node.get("widget") == "progressbar":
            self.assertNotIn("class", node.get("options", ""))
        for name, expression in node.attrib.items():
            kind, _dash, color = name.partition("-")
            if kind == "decoration" and color != "muted":
                self.assertNotEqual(node.get("widget"), "badge")
                for value in re.findall(r"'(\w+)'", expression):
                    yield color, value

    # ------------------------------------------------------------------
    # Replica
    # ------------------------------------------------------------------

    @contextmanager
    def _reading(self):
        """Let nothing be written, as on a replica."""
        with self.env.cr.savepoint() as savepoint:
            self.env.cr.execute("SET TRANSACTION READ ONLY")
            yield
            # As at the end of a request: what was only changed in memory is noticed.
            self.env.flush_all()
            savepoint.rollback()

    def _get_methods_of_replica(self):
        """Iterate over the methods of the add-on that the client has called on a
        replica: model and name."""
        package = f"odoo.addons.{self.addon}."
        for model, cls in sorted(self.env.registry.items()):
            names = {
                name
                for part in cls.mro()
                if part.__module__.startswith(package)
                for name, method in vars(part).items()
                if getattr(method, "_readonly", False)
            }
            yield from ((model, name) for name in sorted(names))

    # ------------------------------------------------------------------
    # Requests of the client
    # ------------------------------------------------------------------

    def _open_list(self, records, arch, fields, domain, groups):
        specification = self._get_specification(arch, fields, records._name)
        records.web_search_read(domain, specification, limit=80)
        if groups:
            summed = [
                f"{node.get('name')}:sum"
                for node in arch.xpath("./field[@sum]")
                if records._fields[node.get("name")].store
            ]
            records.web_read_group(domain, groups, [*summed, "__count"])

    _open_kanban = _open_list

    def _open_form(self, records, arch, fields, domain, groups):
        if record := records.search(domain, limit=1):
            specification = self._get_specification(arch, fields, records._name)
            record.web_read(specification)

    def _open_hierarchy(self, records, arch, fields, domain, groups):
        above = arch.get("parent_field", "parent_id")
        specification = self._get_specification(arch, fields, records._name)
        specification[above] = {"fields": {"display_name": {}}}
        for shown in (domain, domain & Domain(above, "=", False)):
            records.hierarchy_read(
                list(shown), specification, above, arch.get("child_field")
            )

    def _open_graph(self, records, arch, fields, domain, groups):
        grouped, measures = [], ["__count"]
        for node in arch.iter("field"):
            name = node.get("name")
            field = fields[records._name][name]
            if node.get("type") == "measure" or field["type"] in MEASURED:
                measures.append(f"{name}:{field.get('aggregator') or 'sum'}")
            else:
                interval = node.get("interval", "month")
                grouped.append(self._get_group(records, name, interval))
        records.formatted_read_group(domain, grouped, measures)

    _open_pivot = _open_graph

    def _open_calendar(self, records, arch, fields, domain, groups):
        specification = self._get_specification(arch, fields, records._name)
        for attribute in ("date_start", "date_stop", "color"):
            if name := arch.get(attribute):
                specification.setdefault(name, {})
        records.web_search_read(domain, specification)

    def _open_activity(self, records, arch, fields, domain, groups):
        self.env["mail.activity"].with_user(records.env.user).get_activity_data(
            records._name, list(domain)
        )

    def _open_search(self, records, arch, fields, domain, groups):
        for node in arch.xpath("./searchpanel/field"):
            kind = "multi_range" if node.get("select") == "multi" else "range"
            ask = getattr(records, f"search_panel_select_{kind}")
            ask(
                node.get("name"),
                search_domain=list(domain),
                enable_counters=bool(node.get("enable_counters")),
            )
