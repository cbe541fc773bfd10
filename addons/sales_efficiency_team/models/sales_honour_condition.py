# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesHonour(models.Model):
    """Says who may win at all."""

    _inherit = "sales.honour"  # pylint: disable=consider-merging-classes-inherited

    min_attainment = fields.Float(
        string="Attainment at Least (%)",
        digits=(16, 2),
        help="Of the target of this metric in the period. 0: does not matter.",
    )
    min_months = fields.Integer(
        string="Months in Sales at Least",
        help="At the end of the period, by the date since when the person sells, or by"
        " the first team.",
    )
    nothing_open = fields.Boolean(
        default=True,
        help="Nobody wins who is late with an action, has not confirmed the rules of"
        " conduct, or for whom anything else is open.",
    )
    is_excellent_only = fields.Boolean(
        string="Excellent Appraisals Only",
        help="Only people whose appraisal for this period is excellent, and who have"
        " been told.",
    )

    _conditions_in_range = models.Constraint(
        "CHECK (min_attainment BETWEEN 0 AND 1000 AND min_months BETWEEN 0 AND 600)",
        "The attainment is between 0 and 1,000 %, the months between 0 and 600.",
    )

    def _get_users_with_something_open(self):
        """Hook: return the people who cannot win because something is open.

        Callers must not tell what it is: conduct cases are seen by few.
        """
        self.ensure_one()
        company = self.company_id
        today = company._get_sales_today()
        # sudo: only who; what it is stays here.
        late = (
            self.env["sales.action"]
            .sudo()
            ._read_group(
                [
                    ("company_id", "=", company.id),
                    ("state", "=", "open"),
                    ("date_deadline", "<", today),
                ],
                ["user_id"],
            )
        )
        unread = (
            self.env["sales.conduct.confirmation"]
            .sudo()
            ._read_group(
                [
                    ("company_id", "=", company.id),
                    ("version_id.state", "=", "published"),
                    ("confirmed_at", "=", False),
                ],
                ["user_id"],
            )
        )
        cases = self.env["sales.conduct.case"]
        users = cases._get_users_without_honours(company)
        users |= users.union(*(user for [user] in late + unread))
        return users.sudo(False)
