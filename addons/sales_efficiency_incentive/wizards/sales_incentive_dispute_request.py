# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sales_efficiency_base.tools import open_records


class SalesIncentiveDisputeRequest(models.TransientModel):
    """Asks what is wrong with a line, or which sale is missing."""

    _name = "sales.incentive.dispute.request"
    _inherit = "sales.guard.mixin"
    _description = "Dispute to Open"
    _check_company_auto = True

    # Entries come and go with each computation: no foreign key.
    entry = fields.Integer(string="Entry ID")
    company_id = fields.Many2one(
        comodel_name="res.company", default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    document_name = fields.Char(string="Document", compute="_compute_line")
    explanation = fields.Char(string="Reason of the Line", compute="_compute_line")
    amount = fields.Monetary(compute="_compute_line")
    assignment_id = fields.Many2one(
        comodel_name="sales.incentive.assignment",
        default=lambda self: self._default_assignment_id(),
        domain="['|', ('user_id', '=', uid), ('partner_id', '!=', False)]",
        check_company=True,
    )
    period_id = fields.Many2one(
        comodel_name="sales.incentive.period",
        string="Month",
        default=lambda self: self._default_period_id(),
        domain="[('state', '=', 'published')]",
        check_company=True,
    )
    reference = fields.Char(
        string="Missing Document",
        help="Number of the order, of the invoice, or of the customer's document.",
    )
    description = fields.Text(string="What Is Wrong", required=True)

    @api.model
    def _default_assignment_id(self):
        """:return: the assignment of the user, if there is only one"""
        own = self.env["sales.incentive.assignment"].search(
            [("user_id", "=", self.env.uid), ("company_id", "=", self.env.company.id)],
            limit=2,
        )
        return own if len(own) == 1 else own.browse()

    @api.model
    def _default_period_id(self):
        """:return: the latest month that can be disputed"""
        return self.env["sales.incentive.period"].search(
            [("company_id", "=", self.env.company.id), ("state", "=", "published")],
            limit=1,
        )

    @api.depends("entry")
    def _compute_line(self):
        for request in self:
            entry = request._find_entry()
            request.document_name = entry.document_name or entry.display_name
            request.explanation = entry.explanation
            request.amount = entry.amount

    def action_open(self):
        """Open the dispute, and show it."""
        self.ensure_one()
        disputes = self.env["sales.incentive.dispute"]
        if not self.entry:
            dispute = disputes._open_missing(
                self.assignment_id, self.period_id, self.reference, self.description
            )
        elif entry := self._find_entry():
            dispute = disputes._open_line(entry, self.description)
        else:
            raise UserError(
                self.env._("This line has just been computed anew. Reload the page.")
            )
        return dispute._get_records_action()

    @api.model
    def _open_for(self, entry):
        """:return: action of the dialog about a line"""
        return open_records(
            self.env,
            "sales_efficiency_incentive.sales_incentive_dispute_request_action",
            name=self.env._("Dispute"),
            context={"default_entry": entry.id},
        )

    def _find_entry(self):
        """:return: the entry, if the user may read it"""
        entry = self.env["sales.incentive.entry"].browse(self.entry or ())
        return entry.exists()._filtered_access("read")
