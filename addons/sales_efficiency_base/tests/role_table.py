# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Domain
from odoo.tests import new_test_user

from .common import GROUPS, SalesEfficiencyCommon

ROLES = {
    "employee": "base.group_user",
    **GROUPS,
    "hr": "hr.group_hr_user",
    "accountant": "account.group_account_user",
    "portal": "base.group_portal",
    "public": "base.group_public",
}
OPERATIONS = {"r": "read", "w": "write", "c": "create", "u": "unlink"}


class RoleTableCommon(SalesEfficiencyCommon):
    """Checks the access rights of an add-on by role, model and operation.

    An add-on extends this class with its name and its table::

        class TestRoleTable(RoleTableCommon):
            addon = "sales_efficiency_target"
            table = '''
                model         employee  salesperson  support  leader  director  hr
                sales.target  -         r            r        rw      rwcu      r
            '''

    with three more columns: accountant, portal and public.

    Letters allow operations (read, write, create, unlink), a dash allows none. The
    table may include models of other add-ons to which the add-on grants access.
    """

    addon = None
    table = ""

    def _read_table(self):
        """:return: dict of (model, role) -> set of allowed operations"""
        (_model, *roles), *rows = map(str.split, self.table.strip().splitlines())
        self.assertEqual(roles, list(ROLES), "the roles of the table")
        return {
            (model, role): {OPERATIONS[letter] for letter in letters.strip("-")}
            for model, *cells in rows
            for role, letters in zip(roles, cells, strict=True)
        }

    def _get_models(self):
        return {
            name
            for name, model in self.registry.items()
            if model._original_module == self.addon and not model._abstract
        }

    def test_every_model_is_in_the_role_table(self):
        in_table = {model for model, _role in self._read_table()}
        self.assertEqual(self._get_models() - in_table, set(), "missing in the table")
        self.assertEqual(in_table - set(self.registry), set(), "no such model")

    def test_each_role_has_the_access_of_the_table(self):
        users = {
            role: new_test_user(self.env, f"role_{role}", groups=group)
            for role, group in ROLES.items()
        }
        for (model, role), allowed in self._read_table().items():
            records = self.env[model].with_user(users[role])
            granted = {
                operation
                for operation in OPERATIONS.values()
                if records.has_access(operation)
            }
            with self.subTest(model=model, role=role):
                self.assertEqual(granted, allowed)

    def test_wizards_are_read_by_who_has_opened_them(self):
        rules = self.env["ir.rule"].with_user(self.director)
        for model in self._get_models():
            if self.registry[model]._transient:
                domain = Domain(rules._compute_domain(model, "read"))
                conditions = {
                    condition.field_expr for condition in domain.iter_conditions()
                }
                with self.subTest(model):
                    self.assertIn("create_uid", conditions)
