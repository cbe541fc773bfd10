# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, formatLang

from ..engine import Spread


class SalesTarget(models.Model):
    """How the yearly target is spread over the months (policy 2.1.1, 2.1.3)."""

    _inherit = "sales.target"  # pylint: disable=consider-merging-classes-inherited

    spread = fields.Selection(
        selection=[
            ("equal", "In equal parts"),
            ("parent", "Same as parent target"),
            ("seasonality", "Like last year"),
            ("distribution", "By a monthly distribution"),
            ("manual", "By hand"),
        ],
        required=True,
        default="equal",
        help="How the yearly target is spread over the months.",
    )
    considers_leave = fields.Boolean(
        string="Relief for Leave",
        help="Months with planned leave get a lower target when the year is spread"
        " like the parent target.",
    )
    distribution_id = fields.Many2one(
        comodel_name="sales.target.distribution",
        string="Monthly Distribution",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )

    # ------------------------------------------------------------------
    # Constraints and actions
    # ------------------------------------------------------------------

    @api.constrains("spread", "distribution_id", "parent_id")
    def _check_distribution(self):
        for target in self:
            if target.spread == "distribution" and not target.distribution_id:
                raise ValidationError(
                    self.env._(
                        "Choose the monthly distribution of %(target)s.",
                        target=target.display_name,
                    )
                )
            if target.spread == "parent" and not target.parent_id:
                raise ValidationError(
                    self.env._(
                        "%(target)s has no parent target. Choose another way to"
                        " spread it.",
                        target=target.display_name,
                    )
                )

    def action_spread(self):
        """Spread the yearly target over the months again."""
        self.check_access("write")
        self.plan_id._check_targets_can_change()
        self._check_is_decided_here()
        self._spread_amount()

    # ------------------------------------------------------------------
    # Months
    # ------------------------------------------------------------------

    def _spread_amount(self):
        """Write months that match the yearly target, see :class:`.Spread`."""
        Spread(self).apply()

    def _complete_months(self):
        """Add missing months with 0, so that each target has all 12."""
        missing = [
            {"target_id": target.id, "month": month}
            for target in self
            for month in set(target.plan_id._get_months()).difference(
                target.month_ids.mapped("month")
            )
        ]
        self.env["sales.target.month"].create(missing)

    @api.model
    def _prepare_with_months(self, values, parent, amounts):
        """:return: values of a new target whose months are given

        :param parent: target that it is part of, or nothing
        :param dict amounts: month -> figure
        """
        return {
            **values,
            "parent_id": parent.id if parent else False,
            "spread": "manual",
            "month_ids": [
                Command.create({"month": month, "amount": amount})
                for month, amount in amounts.items()
            ],
        }

    def _check_year(self, year):
        """Refuse a yearly target that does not match its months.

        :param float year: yearly target given together with the months, or None
        """
        if year and self._round(year - self.amount):
            raise ValidationError(
                self.env._(
                    "The months of %(target)s add up to %(months)s, not to %(year)s."
                    " Leave out the year or the months.",
                    target=self.display_name,
                    months=formatLang(self.env, self.amount),
                    year=formatLang(self.env, year),
                )
            )

    def _set_months(self, amounts, spread=()):
        """Set figures, for many targets at once.

        :param dict amounts: (id of the target, month) -> figure
        :param spread: targets whose figures still follow their spread; those of the
            others are set by hand
        """
        self.plan_id._check_targets_can_change()
        self._check_is_decided_here()
        self.filtered(lambda target: target not in spread).spread = "manual"
        for line in self.month_ids:
            key = (line.target_id.id, line.month)
            if key in amounts:
                line._set_amount(amounts[key])

    def _get_month_amounts(self):
        """Read the monthly figures of all targets in one query.

        :return: dict target -> figures in the order of months, without targets that
            have none; the caller must check access
        """
        months = self.env["sales.target.month"]
        months.flush_model(["target_id", "month", "amount"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT target_id, array_agg(amount::float8 ORDER BY month)
                  FROM sales_target_month
                 WHERE target_id = ANY(%s)
                 GROUP BY target_id
                """,
                self.ids,
            )
        )
        amounts = dict(rows)
        return {target: amounts[target.id] for target in self if target.id in amounts}
