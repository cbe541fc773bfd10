# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.fields import Domain

# Where a case still waits for somebody
RUNNING = ("hearing", "proposed", "appealed")


class SalesConductCase(models.Model):
    """What follows from a case: points, honours and pay held back, until it lapses."""

    _inherit = "sales.conduct.case"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _get_points(self, users, date_from, date_to):
        """Return the points that cases of this company take off an appraisal.

        A case counts in the period in which it came into force, as long as it has not
        lapsed: at the end of the period, or today if that runs. An appeal does not
        stop it; its outcome counts once it is there.

        :return: dict id of a user → points, without those who lose none
        """
        company = self.env.company
        day = min(date_to, company._get_sales_today())
        domain = [
            ("company_id", "=", company.id),
            ("user_id", "in", users.ids),
            ("state", "in", ("in_force", "appealed", "lapsed")),
            ("date_effective", ">=", date_from),
            ("date_effective", "<=", date_to),
            ("date_lapse", ">", day),
            ("points", ">", 0),
        ]
        # sudo: callers decide who sees an appraisal.
        groups = self.sudo()._read_group(domain, ["user_id"], ["points:sum"])
        return {user.id: points for user, points in groups}

    @api.model
    def _get_users_without_honours(self, company):
        """Return the people who cannot be honoured now. Only code may know: a report
        alone, which nobody has looked at, stops nobody."""
        today = company._get_sales_today()
        domain = Domain("company_id", "=", company.id) & (
            Domain("state", "in", RUNNING)
            | Domain("state", "=", "in_force")
            & Domain("rule_id.holds_honour", "=", True)
            & Domain("hold_until", ">=", today)
        )
        # sudo: callers must not tell why.
        groups = self.sudo()._read_group(domain, ["user_id"])
        return self.env["res.users"].union(*(user for [user] in groups))

    def action_hold_pay(self):
        """:return: action of the dialog that holds back pay"""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Hold Back Pay"),
            "res_model": "sales.conduct.hold",
            "view_mode": "form",
            "target": "new",
            "context": {"default_case_id": self.id},
        }

    @api.model
    def _cron_follow(self):
        """Let cases lapse, and remind superiors of hearings that are over."""
        followed = self.search([("state", "in", ("hearing", "in_force"))])
        for company, cases in followed.grouped("company_id").items():
            today = company._get_sales_today()
            cases.filtered_domain(
                [("state", "=", "in_force"), ("date_lapse", "<=", today)]
            ).state = "lapsed"
            over = cases.filtered_domain(
                [
                    ("state", "=", "hearing"),
                    ("hearing_deadline", "<", today),
                    ("answered_at", "=", False),
                ]
            )
            for case in over:
                # Once reminded, the superior has the to-do.
                if case.activity_ids.user_id <= case.user_id:
                    case._done_with_to_dos()
                    case._ask_superior()
