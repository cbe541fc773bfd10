# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import open_records

from .sales_appraisal_cycle import STAFF


class SalesAppraisalCycle(models.Model):
    """Has everybody told in a talk, and the excellent nominated for honours."""

    _inherit = "sales.appraisal.cycle"  # pylint: disable=consider-merging-classes-inherited

    late_count = fields.Integer(
        string="Talks Overdue", compute="_compute_late_count", groups=STAFF
    )
    excellent_count = fields.Integer(
        string="Excellent", compute="_compute_excellent_count", groups=STAFF
    )

    @api.depends("tell_deadline", "appraisal_ids.told_at")
    def _compute_late_count(self):
        # sudo: numbers of people, whoever they are.
        groups = (
            self.env["sales.appraisal.talk"]
            .sudo()
            ._read_group(
                [("cycle_id", "in", self.ids), ("is_late", "=", True)],
                ["cycle_id"],
                ["__count"],
            )
        )
        counts = dict(groups)
        for cycle in self:
            cycle.late_count = counts.get(cycle._origin, 0)

    @api.depends("state", "appraisal_ids.told_at", "appraisal_ids.grade_id")
    def _compute_excellent_count(self):
        for cycle in self:
            cycle.excellent_count = len(cycle._get_excellent())

    def _get_excellent(self):
        """:return: the appraisals of the excellent who have been told"""
        told = self._get_current().filtered("told_at")
        return told.filtered("is_excellent")

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_tell(self):
        res = super().action_tell()
        for cycle in self:
            working = cycle._get_current().filtered("user_id.active")
            self.env["sales.appraisal.talk"]._open(working)
        return res

    def action_nominate(self):
        """Nominate the excellent for the honours of the period.

        :return: action that opens the election
        """
        self.ensure_one()
        self._check_may_calibrate()
        if not self._get_excellent():
            raise UserError(
                self.env._("Nobody who has been told yet is excellent in this cycle.")
            )
        honours = self.env["sales.honour"]
        honour = honours.search(self._get_honour_domain(), limit=1)
        if not honour:
            honour = honours.create(self._prepare_honour())
            honour.action_nominate()
        return honour._get_records_action()

    def _get_honour_domain(self):
        return Domain(
            [
                ("company_id", "=", self.company_id.id),
                ("rhythm", "=", self.rhythm),
                ("date_from", "=", self.date_from),
                ("kind", "=", "person"),
                ("is_excellent_only", "=", True),
                ("state", "!=", "cancelled"),
            ]
        )

    def _prepare_honour(self):
        metric = self.env.ref("sales_efficiency_team.sales_metric_appraisal_score")
        return {
            "company_id": self.company_id.id,
            "kind": "person",
            "rhythm": self.rhythm,
            "date": self.date_to,
            "metric_id": metric.id,
            "is_excellent_only": True,
        }

    @api.readonly
    def action_open_talks(self):
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_team.sales_appraisal_talk_action",
            [("cycle_id", "=", self.id)],
            name=self.display_name,
        )
