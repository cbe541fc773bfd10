# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import take_turns

DIRECTOR = "sales_efficiency_base.group_sales_director"
MOVES = [("new", "New"), ("up", "Up"), ("down", "Down"), ("same", "Unchanged")]


class SalesGradingResult(models.Model):
    """The score and the grade of a customer in a run (policy 5.1.2).

    Written by one statement of the run, see ``Scoring``. ``sales.customer.score``
    shows ``parts`` criterion by criterion.
    """

    _name = "sales.grading.result"
    _inherit = "sales.guard.mixin"
    _description = "Graded Customer"
    _order = "score desc, id"
    _rec_name = "partner_id"
    _log_access = False

    run_id = fields.Many2one(
        comodel_name="sales.grading.run",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
    )
    date = fields.Date(related="run_id.date")
    state = fields.Selection(related="run_id.state")
    company_id = fields.Many2one(related="run_id.company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    user_id = fields.Many2one(related="partner_id.user_id", string="Salesperson")
    last_order = fields.Date(readonly=True)
    # Of the sales of everybody; what others may see of them is on the customer.
    amount = fields.Monetary(
        readonly=True,
        groups=DIRECTOR,
        help="Of the orders in the window of the grading.",
    )
    # [criterion, value, bin] of each criterion with a value
    parts = fields.Json(readonly=True, groups=DIRECTOR, export_string_translation=False)
    weight = fields.Float(
        readonly=True,
        digits=(6, 2),
        aggregator=None,
        string="Weight with Values",
        help="Criteria without a value are left out; the weights of the others count.",
    )
    score = fields.Float(readonly=True, digits=(5, 2), aggregator="avg")
    grade_id = fields.Many2one(
        comodel_name="sales.grade",
        string="Computed Grade",
        compute="_compute_grade_id",
        help="By the score; down only beyond the tolerance.",
    )
    # Only of the few whose grade is another one: each reference costs a check.
    overridden_grade_id = fields.Many2one(
        comodel_name="sales.grade",
        readonly=True,
        ondelete="restrict",
        help="The computed grade that an override replaces.",
    )
    from_grade_id = fields.Many2one(
        comodel_name="sales.grade",
        string="Grade So Far",
        readonly=True,
        ondelete="restrict",
    )
    to_grade_id = fields.Many2one(
        comodel_name="sales.grade",
        string="New Grade",
        readonly=True,
        ondelete="restrict",
        help="The computed grade, or that of an override.",
    )
    override_id = fields.Many2one(
        comodel_name="sales.grade.override",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    move = fields.Selection(selection=MOVES, readonly=True)
    is_kept = fields.Boolean(
        string="Kept by Tolerance",
        readonly=True,
        help="The score is below the grade, but not by more than the tolerance.",
    )
    score_ids = fields.One2many(
        comodel_name="sales.customer.score", inverse_name="result_id", string="Scores"
    )
    missing_criterion_ids = fields.Many2many(
        comodel_name="sales.grading.run.criterion",
        compute="_compute_missing_criterion_ids",
        compute_sudo=True,  # which have no value tells no amount
        string="Criteria without Value",
    )

    _run_partner = models.UniqueIndex(
        "(partner_id, run_id)", "A customer is graded once in a run."
    )

    @api.depends("overridden_grade_id", "to_grade_id")
    def _compute_grade_id(self):
        for result in self:
            result.grade_id = result.overridden_grade_id or result.to_grade_id

    @api.depends("parts", "run_id.criterion_ids")
    def _compute_missing_criterion_ids(self):
        for result in self:
            known = {id_ for id_, _value, _bin in result.parts or ()}
            result.missing_criterion_ids = result.run_id.criterion_ids.filtered(
                lambda criterion, known=known: criterion.id not in known
            )

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    @api.model
    def _merge_partners(self, src_ids, dst):
        """Leave one result a run: that of the remaining customer, if it has one.

        Open previews are computed anew, as one customer less changes the bins.

        :param src_ids: ids of the customers to be merged into another one
        :param dst: the one that is left
        """
        # sudo: users who merge contacts may not see results.
        results = self.sudo().search([("partner_id", "in", [*src_ids, dst.id])])
        merged = results.filtered(lambda result: result.partner_id != dst)
        opened = merged.run_id.filtered(lambda run: run.state == "preview")
        take_turns(opened.grading_id)
        known = (results - merged).run_id
        for result in merged.sorted("id"):
            if result.run_id in known:
                result.unlink()
            else:
                known |= result.run_id
                result.partner_id = dst
        opened._set_state("draft")
        self.env.flush_all()

    @api.model
    def _get_latest(self, partners):
        """Return the latest confirmed results that the user may read, in the company.

        :return: dict customer → result
        """
        ids = partners._origin.ids
        if not ids:
            return {}
        self.env["sales.grading.run"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (result.partner_id) result.id
                  FROM sales_grading_result AS result
                  JOIN sales_grading_run AS run ON run.id = result.run_id
                 WHERE result.partner_id = ANY(%s) AND run.company_id = %s
                   AND run.state = 'confirmed'
                 ORDER BY result.partner_id, run.date DESC, run.id DESC
                """,
                ids,
                self.env.company.id,
            )
        )
        results = self.browse(id_ for [id_] in rows)._filtered_access("read")
        return {result.partner_id: result for result in results}
