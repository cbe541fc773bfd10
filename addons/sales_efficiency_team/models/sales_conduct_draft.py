# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .sales_conduct_case import APPEAL_DECISIONS, DECISIONS


class SalesConductDraft(models.Model):
    """What a superior is about to decide on a case, until the person is told.

    The person reads the case from the hearing on. So the draft is a record of its own,
    which nobody may read or search: those who judge and approve see it in the fields
    of the case.
    """

    _name = "sales.conduct.draft"
    _description = "Draft of a Decision"

    case_id = fields.Many2one(
        comodel_name="sales.conduct.case",
        required=True,
        ondelete="cascade",
    )
    decision = fields.Selection(selection=DECISIONS)
    reason = fields.Text()
    points = fields.Float(string="Points Off", digits=(16, 2))
    decided_by_id = fields.Many2one(comodel_name="res.users", string="Decided By")
    appeal_decision = fields.Selection(selection=APPEAL_DECISIONS)
    appeal_points = fields.Float(string="Points Off After the Appeal", digits=(16, 2))
    appeal_answer = fields.Text(string="Answer to the Appeal")

    _case_uniq = models.UniqueIndex(
        "(case_id)", "Somebody else has begun to decide this case. Reload the page."
    )

    @api.constrains("points", "appeal_points")
    def _check_points(self):
        for draft in self:
            rule, case = draft.case_id.rule_id, draft.case_id
            if not 0 <= draft.points <= rule.points:
                raise ValidationError(
                    self.env._(
                        "Points off are at least 0. The rule takes off at most %s"
                        " points.",
                        rule.points,
                    )
                )
            if case.appeal and not 0 <= draft.appeal_points <= case.points:
                raise ValidationError(
                    self.env._(
                        "Points off are at least 0. An appeal does not take off more"
                        " than the decision: %s points.",
                        case.points,
                    )
                )
