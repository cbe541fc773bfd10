# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import bulk_create
from odoo.addons.sales_efficiency_base.tools import format_period, to_array


class SalesTargetMonth(models.Model):
    """The figure of a target for one month (policy 2.1.1)."""

    _name = "sales.target.month"
    _inherit = "sales.guard.mixin"
    _description = "Month of a Sales Target"
    _order = "target_id, month"
    _rec_name = "month"
    # Saves columns and foreign keys on the largest table; the target records who
    # changed it.
    _log_access = False

    # The unique constraint provides the index.
    target_id = fields.Many2one(
        comodel_name="sales.target", required=True, index=True, ondelete="cascade"
    )
    metric_unit = fields.Selection(related="target_id.metric_unit")
    currency_id = fields.Many2one(related="target_id.currency_id")
    month = fields.Date(required=True, help="First day of the month.")
    amount = fields.Float(
        string="Figure",
        digits=0,
        required=True,
        default=0.0,
        help="In the unit of the metric: money in the currency of the company.",
    )
    original_amount = fields.Float(
        string="Original",
        digits=0,
        readonly=True,
        copy=False,
        help="Target at the start of the plan, before adjustments.",
    )

    _month_uniq = models.Constraint(
        "UNIQUE (target_id, month)", "A target has one figure for each month."
    )
    _amount_positive = models.Constraint(
        "CHECK (amount >= 0)", "A target cannot be negative."
    )

    @api.constrains("month", "target_id")
    def _check_month(self):
        for plan, lines in self.grouped(lambda line: line.target_id.plan_id).items():
            months = set(plan._get_months())
            for line in lines:
                if line.month not in months:
                    raise ValidationError(
                        self.env._(
                            "%(month)s is not a month of %(plan)s.",
                            month=format_period(self.env, line.month),
                            plan=plan.name,
                        )
                    )

    @api.model_create_multi
    def create(self, vals_list):
        with bulk_create.by_index(self.env.cr):
            months = super().create(vals_list)
        months.target_id.plan_id._check_targets_can_change()
        return months

    def write(self, vals):
        self.target_id.plan_id._check_targets_can_change()
        self.target_id._check_is_decided_here()
        # Figures entered by hand stay until the year is spread again.
        self.target_id.spread = "manual"
        return super().write(vals)

    @api.model
    def _set_amounts(self, rows):
        """Write the months of targets in one statement. The caller has checked that
        they may change, and updates the yearly target.

        :param list rows: (target id, first day of the month, figure)
        """
        if not bulk_create.IS_USED:
            self._set_each(rows)
            return
        self.flush_model()
        columns = list(zip(*rows, strict=True)) or [()] * 3
        targets = self.env["sales.target"].browse(set(columns[0]))
        # New targets have no months, and checking for conflicts takes time.
        # sudo: the result only decides how the months are written.
        present = self.sudo().search_count([("target_id", "in", targets.ids)], limit=1)
        with bulk_create.by_index(self.env.cr):
            self.env.cr.execute(
                SQL(
                    """
                    INSERT INTO sales_target_month (target_id, month, amount,
                           original_amount)
                    SELECT target_id, month, amount, 0
                      FROM unnest(%(targets)s::int[], %(months)s::date[],
                                  %(amounts)s::numeric[])
                           AS row (target_id, month, amount)
                    %(conflict)s
                    """,
                    targets=to_array(columns[0]),
                    months=to_array(columns[1]),
                    amounts=to_array(columns[2]),
                    conflict=SQL(
                        "ON CONFLICT (target_id, month)"
                        " DO UPDATE SET amount = excluded.amount"
                    )
                    if present
                    else SQL(),
                )
            )
        self.invalidate_model(["amount"])
        targets.invalidate_recordset(
            ["month_ids", "original_amount", "is_adjusted"], flush=False
        )

    @api.model
    def _set_each(self, rows):
        """Write the months of targets through the ORM, see ``_set_amounts``."""
        # sudo: the caller has checked that the targets may change
        months = self.sudo()
        found = months.search([("target_id", "in", [id_ for id_, *_row in rows])])
        lines = {(line.target_id.id, line.month): line for line in found}
        missing = []
        for target_id, month, amount in rows:
            if line := lines.get((target_id, month)):
                line._set_amount(amount)
            else:
                values = {"target_id": target_id, "month": month, "amount": amount}
                missing.append(values)
        return super(SalesTargetMonth, months).create(missing)

    def _set_amount(self, amount):
        """Write a figure without marking the target as spread by hand. The caller has
        checked that it may change."""
        return super().write({"amount": amount})

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kept(self):
        raise UserError(
            self.env._(
                "A target covers all months of its year. Set the month to 0 instead."
            )
        )
