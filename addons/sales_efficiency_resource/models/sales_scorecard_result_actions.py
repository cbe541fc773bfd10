# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, models

from odoo.addons.sales_efficiency_base.tools import take_turns


class SalesScorecardResult(models.Model):
    """What is done about a score, and where it leads."""

    _inherit = "sales.scorecard.result"  # pylint: disable=consider-merging-classes-inherited

    def action_agree(self):
        """Make action items of what is proposed, each once."""
        self.check_access("write")
        take_turns(self.run_id)
        values = []
        for result in self:
            if result.state != "done":
                result.run_id._check_state_is("done")
            values += map(result._prepare_action, result.proposed_ids)
        # sudo: users cannot write which rule has proposed it.
        return self.env["sales.action"].sudo().create(values).sudo(False)

    def _prepare_action(self, rule):
        """:return: values of an action item"""
        self.ensure_one()
        owner = self._get_action_owner()
        today = self.company_id._get_sales_today()
        return {
            "name": self.env._(
                "%(member)s: %(action)s", member=self.name, action=rule.name
            ),
            "company_id": self.company_id.id,
            "user_id": owner.id,
            "date_deadline": today + timedelta(days=rule.days),
            "scorecard_result_id": self.id,
            "scorecard_rule_id": rule.id,
            "metric_id": rule.criterion_id.metric_id.id,
        }

    def _get_action_owner(self):
        """:return: who looks after the member; else who is responsible for scoring"""
        self.ensure_one()
        user = self.member_id.user_id
        return user if user.active else self.scorecard_id._get_responsible()

    def _take_over_actions(self, corrected):
        """Keep what was agreed on results that these correct."""
        by_subject = {result._get_key(): result for result in self}
        for result in corrected:
            # sudo: only moves them to the same score, corrected.
            actions = result.sudo().action_ids
            if actions:
                actions.scorecard_result_id = by_subject.get(result._get_key(), result)

    @api.readonly
    def action_open_run(self):
        self.ensure_one()
        return self.run_id._get_records_action()

    @api.readonly
    def action_print(self):
        return self.env.ref(
            "sales_efficiency_resource.sales_scorecard_report"
        ).report_action(self)
