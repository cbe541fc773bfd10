# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools.misc import formatLang

from odoo.addons.sales_efficiency_base.tools import open_records

FIGURES = ("expected_orders", "recent_orders", "amount_at_risk")


class SalesAlert(models.Model):
    """Warnings about customers who buy less than before (policy 5.1.3)."""

    _inherit = "sales.alert"

    expected_orders = fields.Float(
        digits=(16, 1),
        aggregator=None,
        readonly=True,
        help="Orders expected in 90 days, as the customer bought before.",
    )
    recent_orders = fields.Integer(
        aggregator=None, readonly=True, help="Orders in the last 90 days."
    )
    amount_at_risk = fields.Monetary(
        string="Money at Risk",
        readonly=True,
        help="Orders missing × average order of the customer.",
    )

    @api.model
    def _get_renewed_columns(self):
        return (*super()._get_renewed_columns(), *FIGURES)

    @api.model
    def _get_kept_columns(self):
        return (*super()._get_kept_columns(), *FIGURES)

    @api.readonly
    def action_open_drop(self):
        """Open what the tests of the customer have found, week by week."""
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_resource.sales_customer_drop_action",
            [
                ("company_id", "=", self.company_id.id),
                ("partner_id", "=", self.partner_id.id),
            ],
            name=self.partner_id.display_name,
        )

    def _explain_drop(self):
        """Return in words what was expected and what came; empty if the warning is
        about something else."""
        self.ensure_one()
        if not self.expected_orders:
            return ""
        drops = self.env["sales.customer.drop"]
        return drops._explain(self.expected_orders, self.recent_orders)

    def _prepare_to_do(self):
        values = super()._prepare_to_do()
        if not self.expected_orders:
            return values
        # sudo: recipients of a warning may see the name of its customer.
        name = self.partner_id.sudo().display_name
        return values | {
            "summary": self.env._(
                "%(customer)s: %(recent)s of %(expected)s orders",
                customer=name,
                recent=self.recent_orders,
                expected=formatLang(self.env, self.expected_orders, digits=1),
            ),
            "note": self.env._(
                "%(explanation)s Money at risk: %(amount)s. Give the cause and your"
                " actions.",
                explanation=self._explain_drop(),
                amount=formatLang(
                    self.env, self.amount_at_risk, currency_obj=self.currency_id
                ),
            ),
        }

    @api.model
    def _merge_partners(self, src_ids, dst):
        """Give the warnings about merged partners to the remaining customer.

        :param src_ids: ids of the partners that will be deleted
        :param dst: the partner that remains
        """
        customer = dst.commercial_partner_id
        # sudo: users who merge contacts may not see their warnings.
        alerts = self.sudo().search(
            [
                ("res_model", "=", customer._name),
                ("res_id", "in", [*src_ids, customer.id]),
            ]
        )
        for same in alerts.grouped(
            lambda alert: (alert.rule_id, alert.occasion)
        ).values():
            # The customer's own first, then what still waits for an answer
            first, *others = same.sorted(
                lambda alert: (alert.res_id != customer.id, alert.state == "closed")
            )
            for other in others:
                if first.state == "closed" and other.state != "closed":
                    first._reopen_as(other)
                else:
                    other._drop_to_dos()
                first._take_over(other)
            first.write({"res_id": customer.id, "partner_id": customer.id})

    def _reopen_as(self, other):
        """Take the state of another warning, which is not closed."""
        names = ("state", "outcome", "severity", "opened_at", "waiting_since")
        names += ("answered_at", "closed_at", *FIGURES)
        self.write(
            {name: other[name] for name in names}
            | {"answered_by_id": other.answered_by_id.id, "is_told": other.is_told}
        )
