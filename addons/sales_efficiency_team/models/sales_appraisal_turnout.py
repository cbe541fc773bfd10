# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from ..engine import KNOWN


class SalesAppraisalTurnout(models.Model):
    """How many of those who are asked have rated a person, by kind of raters.

    That is all that HR and superiors see before a round is closed: numbers.
    """

    _name = "sales.appraisal.turnout"
    _inherit = "sales.appraisal.kind.mixin"
    _description = "Answers of Raters"
    _auto = False
    _order = "cycle_id desc, appraisal_id, kind"
    _rec_name = "appraisal_id"
    _depends = {
        "sales.appraisal": ["cycle_id", "company_id", "team_id", "min_raters"],
        "sales.appraisal.answer": ["appraisal_id", "kind", "mark"],
        "sales.appraisal.rater": ["appraisal_id", "kind"],
        "sales.appraisal.rating": ["rater_id", "answer_state"],
    }

    appraisal_id = fields.Many2one(
        comodel_name="sales.appraisal", string="Person Rated", readonly=True
    )
    cycle_id = fields.Many2one(comodel_name="sales.appraisal.cycle", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    team_id = fields.Many2one(
        comodel_name="crm.team", string="Sales Team", readonly=True
    )
    kind = fields.Selection(string="Raters", readonly=True)
    asked = fields.Integer(readonly=True)
    answered = fields.Integer(readonly=True)
    needed = fields.Integer(
        readonly=True,
        aggregator=None,
        help="With fewer answers the part does not count, and nobody sees them.",
    )
    is_enough = fields.Boolean(string="Enough", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT t.*, t.answered >= t.needed AS is_enough
              FROM (
                SELECT min(rater.id) AS id, rater.appraisal_id, rater.kind,
                       a.cycle_id, a.company_id, a.team_id,
                       count(*)::int AS asked,
                       (count(r.id) + COALESCE(min(said.count), 0))::int AS answered,
                       CASE WHEN rater.kind = ANY(%(known)s) THEN 1
                            ELSE a.min_raters END AS needed
                  FROM sales_appraisal_rater rater
                  JOIN sales_appraisal a ON a.id = rater.appraisal_id
             LEFT JOIN sales_appraisal_rating r
                    ON r.rater_id = rater.id AND r.answer_state = 'answered'
             LEFT JOIN (
                    SELECT appraisal_id, kind, count(*) AS count
                      FROM sales_appraisal_answer WHERE mark IS NULL
                     GROUP BY appraisal_id, kind
                  ) said
                    ON said.appraisal_id = rater.appraisal_id AND said.kind = rater.kind
                 GROUP BY rater.appraisal_id, rater.kind, a.id
              ) t
            """,
            known=list(KNOWN),
        )

    @api.model
    def _selection_kind(self):
        return self.env["sales.appraisal.rater"]._selection_kind()
