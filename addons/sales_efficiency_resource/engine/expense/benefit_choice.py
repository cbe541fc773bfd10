# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import cached_property

from odoo.addons.sales_efficiency_base.engine.cockpit import Choice

from .finance import FINANCE

DIRECTOR = "sales_efficiency_base.group_sales_director"
PERSON = "sales_efficiency_base.group_sales_person"
KIND = "expense_kind_id"
CAMPAIGN = "campaign_id"


class BenefitChoice(Choice):
    """What the benefit board shows: whose figures of when, by which dimension, and of
    which kind of expense.

    ``asked`` may also have ``by`` (a dimension that expenses have) and ``kind`` (id of
    a kind of expense).
    """

    def __init__(self, env, asked):
        super().__init__(env, asked)
        self.by = self._take(asked.get("by"), self.dimensions, KIND)
        self.expense_kind = self._find_kind(asked.get("kind"))

    @cached_property
    def dimensions(self):
        """The dimensions by which expenses are known and sales can be compared, kinds
        first: dict of name → plural"""
        facts = self.env["sales.fact"]
        plurals = facts._get_plurals()
        columns = self.env["sales.fact.source.expense"]._get_columns()
        names = [
            name
            for name in facts._get_dimensions()
            if name in columns and not facts._divides(name)
        ]
        return {
            name: plurals.get(name) or facts._fields[name]._description_string(self.env)
            for name in (KIND, *names)
        }

    @cached_property
    def expense_kinds(self):
        return self.env["sales.expense.kind"].search(
            [("company_id", "in", [False, self.company.id])]
        )

    def _find_kind(self, asked):
        """:return: the kind to narrow the spending to, or no kind"""
        if self.by == KIND or not isinstance(asked, int):
            return self.expense_kinds.browse()
        return self.expense_kinds.filtered(lambda kind: kind.id == asked)

    def _get_scopes(self):
        """Finance answers for the expenses of the whole company."""
        scopes = super()._get_scopes()
        user = self.env.user
        if not user.has_groups(FINANCE):
            return scopes
        if not user.has_group(PERSON):
            return ["company"]
        return list(dict.fromkeys(("company", *scopes)))

    @property
    def base(self):
        """The dimensions of the scope: dict of name → ids"""
        return self._get_dimensions()

    @property
    def span(self):
        """The days of the period that have begun"""
        return self.period.until(self.today)

    def describe(self):
        return {
            **super().describe(),
            "dimensions": [
                {"id": name, "name": label} for name, label in self.dimensions.items()
            ],
            "by": self.by,
            "kinds": [
                {"id": kind.id, "name": kind.display_name}
                for kind in self.expense_kinds
            ],
            "kind": self.expense_kind.id,
        }
