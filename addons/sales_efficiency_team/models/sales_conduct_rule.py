# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesConductRule(models.Model):
    """What is not done, and what follows if somebody does it (policy 1.3.4)."""

    _name = "sales.conduct.rule"
    _inherit = "sales.guard.mixin"
    _description = "Rule of Conduct"
    _order = "version_id, sequence, id"
    _fixed_fields = ("version_id",)

    version_id = fields.Many2one(
        comodel_name="sales.conduct.version",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="version_id.company_id", store=True, index=True
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(string="What Is Not Done", required=True, translate=True)
    description = fields.Text(
        translate=True, help="What is meant, with examples, for everybody to read."
    )
    severity = fields.Selection(
        selection=[("minor", "Minor"), ("serious", "Serious"), ("grave", "Grave")],
        required=True,
        default="minor",
    )
    points = fields.Float(
        string="Points Off",
        digits=(16, 2),
        help="Taken off the score of the running appraisal, which is never below 0.",
    )
    holds_honour = fields.Boolean(
        string="Holds Back Honours", help="The person cannot win an election meanwhile."
    )
    holds_pay = fields.Boolean(
        string="Holds Back Pay",
        help="A director can hold back a payout meanwhile, by an adjustment.",
    )
    hold_months = fields.Integer(
        string="Months Held Back", help="How long honours and pay are held back."
    )
    lapse_months = fields.Integer(
        string="Lapses After (Months)",
        required=True,
        default=12,
        help="A case lapses so many months after its decision: it has no effect any"
        " more, and superiors do not see it any more.",
    )

    _figures_in_range = models.Constraint(
        "CHECK (points BETWEEN 0 AND 100 AND hold_months BETWEEN 0 AND 120"
        " AND lapse_months BETWEEN 1 AND 120)",
        "Points are between 0 and 100, months to lapse between 1 and 120, months held"
        " back between 0 and 120.",
    )
    _hold_has_an_end = models.Constraint(
        "CHECK (hold_months > 0 OR NOT (COALESCE(holds_honour, FALSE)"
        " OR COALESCE(holds_pay, FALSE)))",
        "Say for how many months honours or pay are held back.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules.version_id._check_is_draft()
        return rules

    def write(self, vals):
        self.check_access("write")
        self.version_id._check_is_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self.version_id._check_is_draft()
