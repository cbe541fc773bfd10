# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import SQL


class SalesIncentiveParticipant(models.Model):
    """Who is in which plan, without amounts: for leaders, who by default do not see
    what their people are paid."""

    _name = "sales.incentive.participant"
    _description = "Person in an Incentive Plan"
    _auto = False
    _order = "plan_id, date_from desc, id"

    plan_id = fields.Many2one(comodel_name="sales.incentive.plan", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    user_id = fields.Many2one(comodel_name="res.users", string="Person", readonly=True)
    date_from = fields.Date(string="From", readonly=True)
    date_to = fields.Date(string="To", readonly=True)
    letter_state = fields.Selection(
        selection=[("open", "To accept"), ("accepted", "Accepted")],
        string="Plan Letter",
        readonly=True,
    )

    _depends = {
        "sales.incentive.assignment": [
            "plan_id",
            "company_id",
            "user_id",
            "date_from",
            "date_to",
        ],
        "sales.incentive.acceptance": ["assignment_id", "state"],
    }

    @property
    def _table_query(self):
        # An open letter counts more than those that were accepted: MAX finds it.
        return SQL(
            """
            SELECT a.id, a.plan_id, a.company_id, a.user_id, a.date_from, a.date_to,
                   (SELECT MAX(l.state) FROM sales_incentive_acceptance l
                     WHERE l.assignment_id = a.id AND l.state <> 'replaced')
                   AS letter_state
              FROM sales_incentive_assignment a
             WHERE a.user_id IS NOT NULL
            """
        )
