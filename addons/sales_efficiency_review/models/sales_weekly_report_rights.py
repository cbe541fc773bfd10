# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# What is written by whose report it is, and what by the leader. All else follows from
# the actions, the data and the calendar.
OWN_FIELDS = {"line_ids", "done_ids", "customer_ids", "problem_ids", "plan_ids"}
LEADER_FIELDS = {"comment"}
# What a report is about: set when it is made, and never changed.
KEY_FIELDS = {"user_id", "company_id", "date_from"}


class SalesWeeklyReportRights(models.AbstractModel):
    """Who writes what of a weekly report: drafts are written by whose report it is,
    comments by the leader or who is above (policy 2.2.1)."""

    _name = "sales.weekly.report.rights"
    _description = "Rights on a Weekly Report"

    can_edit = fields.Boolean(compute="_compute_permissions")
    can_review = fields.Boolean(compute="_compute_permissions")

    @api.depends_context("uid")
    @api.depends("state", "user_id", "team_id", "leader_id")
    def _compute_permissions(self):
        for report in self:
            is_own = report.user_id == self.env.user
            report.can_edit = is_own and report.state == "draft"
            report.can_review = report.state != "draft" and report._is_reviewer()

    def _is_reviewer(self):
        """:return: whether the user is the leader or above, and may comment"""
        self.ensure_one()
        user = self.env.user
        if user == self.user_id:
            return False
        if user == self.leader_id:
            return True
        if user.has_group("sales_efficiency_base.group_sales_director"):
            return True
        # Also teams above that the user may not open: only their ids are compared.
        path = (self.team_id.sudo().parent_path or "").split("/")
        return user.has_group("sales_efficiency_base.group_sales_leader") and any(
            str(team.id) in path for team in user.sales_led_team_ids
        )

    def _check_may_write(self, vals):
        self._check_names(vals, OWN_FIELDS | LEADER_FIELDS)
        if not OWN_FIELDS.isdisjoint(vals):
            self._check_is_own_draft()
        if not LEADER_FIELDS.isdisjoint(vals):
            self._check_is_reviewer()

    @api.model
    def _check_names(self, vals, allowed):
        names = (n for n in vals if not n.startswith(("message_", "activity_")))
        if not allowed.issuperset(names):
            self._refuse_values()

    @api.model
    def _refuse_values(self):
        raise AccessError(
            self.env._(
                "Status, deadline and figures of a report are computed and cannot be"
                " edited."
            )
        )

    def _check_is_own_draft(self):
        if any(report.user_id != self.env.user for report in self):
            raise AccessError(
                self.env._("Only its author can edit or submit this report.")
            )
        if any(report.state != "draft" for report in self):
            raise UserError(
                self.env._(
                    "This report has been submitted and cannot change. Ask your"
                    " leader to send it back."
                )
            )

    def _check_is_reviewer(self):
        if not all(report._is_reviewer() for report in self):
            raise AccessError(
                self.env._(
                    "Only the leader or a leader above can comment on this report."
                )
            )
