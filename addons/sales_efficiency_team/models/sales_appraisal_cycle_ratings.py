# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.sales_efficiency_base.tools import open_records

from ..engine import RatingClosing
from .sales_appraisal_cycle import MEASURED, STAFF


class SalesAppraisalCycle(models.Model):
    """Asks the raters of a cycle, and cuts their answers from them at its end."""

    _inherit = "sales.appraisal.cycle"  # pylint: disable=consider-merging-classes-inherited

    rater_count = fields.Integer(
        string="Raters", compute="_compute_rater_count", groups=STAFF
    )
    answer_count = fields.Integer(
        string="Answers", compute="_compute_rater_count", groups=STAFF
    )

    def _compute_rater_count(self):
        # sudo: only the numbers.
        groups = (
            self.env["sales.appraisal.turnout"]
            .sudo()
            ._read_group(
                [("cycle_id", "in", self.ids)],
                ["cycle_id"],
                ["asked:sum", "answered:sum"],
            )
        )
        counts = {cycle: numbers for cycle, *numbers in groups}
        for cycle in self:
            cycle.rater_count, cycle.answer_count = counts.get(cycle, (0, 0))

    def write(self, vals):
        res = super().write(vals)
        if "rating_deadline" in vals:
            running = self.filtered(lambda cycle: cycle.state == "rating")
            running._move_deadline()
        return res

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_propose_raters(self):
        """Choose raters by team and sales wherever nobody has been chosen yet."""
        self.check_access("write")
        for cycle in self:
            cycle._hold(*MEASURED)
            self.env["sales.appraisal.rater"]._propose(cycle._get_current())

    def action_take_templates(self):
        """Ask by the criteria as they are now, too, and those who rate a new part."""
        res = super().action_take_templates()
        self._get_open_ratings()._sync_lines()
        self.filtered(lambda cycle: cycle.state == "rating")._ask_raters()
        return res

    @api.readonly
    def action_open_raters(self):
        return self._open_by_cycle("sales_appraisal_rater_action")

    @api.readonly
    def action_open_turnout(self):
        return self._open_by_cycle("sales_appraisal_turnout_action")

    def _open_by_cycle(self, action):
        self.ensure_one()
        return open_records(
            self.env,
            f"sales_efficiency_team.{action}",
            [("cycle_id", "=", self.id)],
            name=self.display_name,
        )

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _open_rating(self):
        res = super()._open_rating()
        self._ask_raters()
        return res

    def _ask_raters(self):
        """Ask those who have not been asked yet."""
        for cycle in self:
            appraisals = cycle._get_current()
            raters = self.env["sales.appraisal.rater"]
            raters._propose(appraisals)
            # sudo: everybody chosen is asked, whoever may see the list.
            chosen = raters.sudo().search([("appraisal_id", "in", appraisals.ids)])
            asked = cycle._get_open_ratings().rater_id
            self.env["sales.appraisal.rating"]._open(chosen - asked)

    def _close_rating(self):
        res = super()._close_rating()
        for cycle in self:
            RatingClosing(cycle._get_current()).close()
        return res

    def _get_open_ratings(self):
        # sudo: ratings are their raters' alone; here nothing of them is shown.
        return (
            self.env["sales.appraisal.rating"]
            .sudo()
            .search([("appraisal_id.cycle_id", "in", self.ids)])
        )

    def _move_deadline(self):
        for cycle in self:
            if not cycle.rating_deadline:
                cycle._plan_rating()  # comes back here
                continue
            ratings = cycle._get_open_ratings()
            ratings.write(
                {"answer_deadline": cycle.rating_deadline, "is_reminded": False}
            )
            ratings.activity_ids.write({"date_deadline": cycle.rating_deadline})
