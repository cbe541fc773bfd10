# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesStudy(models.Model):
    """What a study is asked about, and what is decided after it."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.study"

    finding_id = fields.Many2one(
        comodel_name="sales.finding",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    finding_name = fields.Char(string="Asked About", compute="_compute_finding_name")

    @api.depends("finding_id")
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_finding_name(self):
        readable = self.finding_id._filtered_access("read")
        for study in self:
            finding = study.finding_id & readable
            study.finding_name = finding.display_name

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.readonly
    def action_open_finding(self):
        """Open the finding that the study is asked about."""
        self.ensure_one()
        self.check_access("read")
        self.finding_id.check_access("read")
        return self.finding_id._get_records_action()

    # ------------------------------------------------------------------
    # Decisions
    # ------------------------------------------------------------------

    @api.model
    def _get_decision_field(self):
        return "study_id"

    @api.model
    def _get_fields_to_decide(self):
        return [*super()._get_fields_to_decide(), "answer_id"]

    def _is_decidable(self):
        return super()._is_decidable() and self.answer_id.state == "done"

    def _explain_undecidable(self):
        return self.env._("There is nothing to decide on yet: have it answered first.")

    def _get_decision_defaults(self):
        return {
            **super()._get_decision_defaults(),
            **self._get_scope_ids(),
            "finding_id": self.finding_id._filtered_access("read").id,
        }
