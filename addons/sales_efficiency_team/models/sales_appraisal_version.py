# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..engine import AppraisalMeasurement
from .sales_appraisal import CORRECTORS


class SalesAppraisal(models.Model):
    """The versions of an appraisal: a closed one never changes.

    A correction is a new version by today's figures, with a reason.
    """

    _inherit = "sales.appraisal"  # pylint: disable=consider-merging-classes-inherited

    version = fields.Integer(default=1, required=True, readonly=True, aggregator=None)
    corrects_id = fields.Many2one(
        comodel_name="sales.appraisal",
        string="Corrects",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    corrected_by_ids = fields.One2many(
        comodel_name="sales.appraisal",
        inverse_name="corrects_id",
        string="Corrected By",
        readonly=True,
    )
    is_current = fields.Boolean(
        compute="_compute_is_current", search="_search_is_current"
    )
    reason = fields.Char(string="Reason of the Correction", readonly=True)

    # Two who open or correct at once: the second is refused.
    _person_uniq = models.UniqueIndex(
        "(company_id, user_id, rhythm, date_from, version)",
        "A person has one appraisal for a period, and each version once.",
    )

    @api.depends("corrected_by_ids")
    def _compute_is_current(self):
        for appraisal in self:
            appraisal.is_current = not appraisal.corrected_by_ids

    @api.model
    def _search_is_current(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("corrected_by_ids", "=", False)

    def action_correct(self):
        """Ask why a closed appraisal is to be corrected."""
        self.ensure_one()
        self._check_may_correct()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_team.sales_appraisal_correction_action"
        )
        return action | {"context": {"default_appraisal_id": self.id}}

    def _check_may_correct(self):
        self._check_is_other()
        self._check_state_is("closed")
        if not self._may_correct():
            raise AccessError(
                self.env._("Only HR or a sales director corrects an appraisal.")
            )
        if not self.is_current:
            raise UserError(
                self.env._(
                    "The appraisal of %s has been corrected already. Correct its last"
                    " version.",
                    self.user_name,
                )
            )

    def _may_correct(self):
        """:return: whether the user corrects appraisals of others"""
        return self.env.su or self.env.user.has_groups(CORRECTORS)

    def _correct(self, reason):
        """Make a new version by today's figures; ratings and weights are the same.

        :return: the new version, in calibration until the person is told
        """
        self._check_may_correct()
        # sudo: only code writes appraisals; who may correct is checked.
        new = self.sudo().copy(
            {
                "version": self.version + 1,
                "corrects_id": self.id,
                "reason": reason,
                "state": "calibration",
                "told_at": False,
                "told_by_id": False,
            }
        )
        AppraisalMeasurement(new).measure()
        new._propose_grades()
        return new.with_env(self.env)

    def _get_first(self):
        """:return: the first version: people have rated that one"""
        self.ensure_one()
        return self.corrects_id._get_first() if self.corrects_id else self
