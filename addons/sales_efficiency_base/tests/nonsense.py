# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import models
from odoo.exceptions import ValidationError

from .common import SalesEfficiencyCommon

NAN, INFINITY = float("nan"), float("inf")
NO_FIGURES = (NAN, INFINITY, -INFINITY, 1e30, "many", [1])
NO_DAYS = ("0001-01-01", "9999-12-31", "2101-01-01", "soon", [1])
NONSENSE = {
    "float": NO_FIGURES,
    "monetary": NO_FIGURES,
    "integer": (NAN, INFINITY, -(2**31), "many", [1]),
    "date": NO_DAYS,
    "datetime": (*NO_DAYS, "9999-12-31 23:59:59"),
    "selection": ("no such choice", 7),
}


class NonsenseCommon(SalesEfficiencyCommon):
    """Enters unusable values into all fields of an add-on, and checks that all its
    constraints have messages.

    An add-on extends this class with its name::

        class TestNonsense(nonsense.NonsenseCommon):
            addon = "sales_efficiency_target"
    """

    addon = None

    def _get_fields(self, of_others=True):
        """Return the fields of the add-on that need checking.

        :param bool of_others: include fields that it adds to models of other add-ons,
            which may check other values first
        :return: list of (model, field)
        """
        return [
            (self.env[name], field)
            for name, model in self.registry.items()
            for field in model._fields.values()
            if not model._abstract
            and field._modules == (self.addon,)
            and field.type in NONSENSE
            and (of_others or model._original_module == self.addon)
        ]

    def _is_ignored_by_form(self, field):
        """:return: whether a form is computed without the values of this field"""
        return False

    def _assert_refused(self, method, field):
        names = (field._description_string(self.env), str(field))
        with self.subTest(field=str(field)):
            for nonsense in NONSENSE[field.type]:
                with self.assertRaisesRegex(
                    ValidationError, "|".join(map(re.escape, names))
                ):
                    method(nonsense)

    def test_nothing_is_created_with_nonsense(self):
        for records, field in self._get_fields(of_others=False):
            self._assert_refused(
                lambda v, records=records, name=field.name: records.create({name: v}),
                field,
            )

    def test_nothing_is_written_with_nonsense(self):
        for records, field in self._get_fields(of_others=False):
            self._assert_refused(
                lambda v, records=records, name=field.name: records.write({name: v}),
                field,
            )

    def test_no_form_computes_with_nonsense(self):
        for records, field in self._get_fields():
            if self._is_ignored_by_form(field):
                continue
            self._assert_refused(
                lambda v, records=records, name=field.name: records.onchange(
                    {name: v}, [name], {name: {}}
                ),
                field,
            )

    def test_no_default_is_nonsense(self):
        for records, field in self._get_fields():
            self._assert_refused(
                lambda v, records=records, name=field.name: records.with_context(
                    **{f"default_{name}": v}
                ).default_get([name]),
                field,
            )

    def test_no_setting_of_a_user_is_nonsense(self):
        """Odoo may refuse the setting before we do; it names the field as well."""
        settings = self.env["ir.default"]
        for records, field in self._get_fields():

            def get_default(value, records=records, name=field.name):
                settings.set(records._name, name, value, user_id=True)
                return records.default_get([name])

            self._assert_refused(get_default, field)

    def test_every_constraint_says_what_to_do(self):
        for model in self.registry.values():
            for constraint in model._table_objects.values():
                is_kept = isinstance(
                    constraint, (models.Constraint, models.UniqueIndex)
                )
                if is_kept and constraint._module == self.addon:
                    with self.subTest(constraint.full_name(model)):
                        self.assertTrue(constraint.message)
