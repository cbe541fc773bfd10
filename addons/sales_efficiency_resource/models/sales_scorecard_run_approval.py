# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.sales_efficiency_base.tools import open_records, take_turns

from ..engine import find_level
from .sales_scorecard import ACTIVITY


class SalesScorecardRun(models.Model):
    """Approves changes of level, and agrees on what is proposed."""

    _inherit = "sales.scorecard.run"  # pylint: disable=consider-merging-classes-inherited

    def action_submit(self):
        """Put scores without changes of level in force; send others to approval."""
        self.check_access("write")
        self._check_state_is("draft")
        for run in self:
            take_turns(run.scorecard_id)
            run._check_up_to_date()
            # sudo: users cannot write who has sent it; it is they.
            run.sudo().submitted_by_id = self.env.user
            run.activity_feedback([ACTIVITY])
            if run.move_count:
                run._set_state("submitted")
                run._request_approval()
            else:
                run._put_in_force()

    def action_approve(self):
        """Approve where no approval rule applies."""
        self.check_access("read")
        self._check_state_is("submitted")
        for run in self:
            # sudo: who has sent it is compared only, as is whether others decide.
            run._check_approver(run.sudo().submitted_by_id)
            run._check_no_reviews()
            run._put_in_force()

    def action_reset(self):
        """Take it back, to measure again or to hold changes back.

        What was rejected is measured again: in the meantime, others may have come in
        force.
        """
        self.check_access("write")
        rejected = self.filtered(lambda run: run.state == "rejected")
        for run in self - rejected:
            run._check_state_is("submitted")
        # sudo: the reviews of what is taken back are void.
        self.sudo().review_ids.unlink()
        self._set_state("draft")
        for run in rejected:
            run._score()

    def _after_validation(self):
        self._put_in_force()

    def _after_rejection(self):
        # sudo: reviewers may not write it; that it is their turn has been checked.
        self.sudo().with_context(skip_validation_check=True).state = "rejected"

    def _put_in_force(self):
        """Give the new levels; what the run corrects is replaced."""
        # sudo: only code gives levels; whoever calls has checked who approves.
        runs = self.sudo()
        for run in runs:
            take_turns(run.scorecard_id)
            run._check_up_to_date()
            run.corrects_id.state = "replaced"
            run.corrects_id.flush_recordset()
            run.state = "done"
            for result in run.result_ids.filtered("move"):
                if not result.is_held:
                    result.level_id = result.scored_level_id
            if run.corrects_id:
                corrected = run.corrects_id.result_ids
                run.result_ids._take_over_actions(corrected)
                run.result_ids._take_over_followers(corrected)

    def _check_up_to_date(self):
        """Refuse levels that would be others if they were scored now: earlier scores
        have come in force since, or the levels have changed."""
        self.ensure_one()
        # sudo: they are compared only.
        run = self.sudo()
        subject = run.scorecard_id._get_subject_field()
        former = run._find_former(subject)
        thresholds = {level.id: level.threshold for level in run.scorecard_id.level_ids}
        for result in run.result_ids:
            before = former.get(result[subject].id, result.browse())
            level = find_level(
                thresholds,
                result.total if result.is_scored else None,
                result.known_weight,
                before.level_id.id or None,
            )
            if (
                before != result.former_id
                or before.level_id != result.former_level_id
                or level != (result.scored_level_id.id or None)
            ):
                raise UserError(
                    self.env._(
                        "Since %(run)s was scored, earlier scores or the levels have"
                        " changed: %(name)s may get another level. Measure again; if"
                        " it awaits approval, take it back first.",
                        run=run.name,
                        name=result.name,
                    )
                )

    def _get_tier_validation_readonly_domain(self):
        return "state != 'draft'"

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_agree(self):
        """Make action items of all that is proposed."""
        self.check_access("write")
        self._check_state_is("done")
        for run in self:
            run.result_ids.action_agree()

    @api.readonly
    def action_open_results(self):
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_resource.sales_scorecard_result_action",
            [("run_id", "=", self.id)],
            name=self.name,
        )
