# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

BANDS = (("80", 80), ("100", 100), ("120", 120))


class SalesIncentiveSimulationLine(models.Model):
    """What a person would have got in a month, beside what the ledger gave."""

    _name = "sales.incentive.simulation.line"
    _inherit = "sales.guard.mixin"
    _description = "Result of a Simulation"
    _order = "simulation_id desc, payee, month, id"
    _rec_name = "payee"

    simulation_id = fields.Many2one(
        comodel_name="sales.incentive.simulation",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="simulation_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(
        comodel_name="res.users", string="Person", readonly=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Agent", readonly=True, ondelete="cascade"
    )
    payee = fields.Char(string="Paid To", readonly=True)
    payee_key = fields.Char(
        compute="_compute_payee_key", store=True, export_string_translation=False
    )
    month = fields.Date(readonly=True)
    simulated = fields.Monetary(
        readonly=True, help="Pay under the simulated terms, at once or later."
    )
    actual = fields.Monetary(
        readonly=True,
        help="Actual pay by the plans compared, from the ledger.",
    )
    difference = fields.Monetary(compute="_compute_difference", store=True)
    history = fields.Monetary(
        string="From History",
        readonly=True,
        help="The part of it that imported history would have earned. It never earns"
        " in the ledger.",
    )
    has_attainment = fields.Boolean(readonly=True)
    attainment = fields.Float(
        string="Attainment (%)",
        readonly=True,
        digits=(16, 1),
        aggregator="avg",
        help="Of the first target that the terms depend on.",
    )
    band = fields.Selection(
        selection=[
            ("none", "No target"),
            ("80", "Below 80 %"),
            ("100", "80 to 100 %"),
            ("120", "100 to 120 %"),
            ("above", "120 % and above"),
        ],
        string="Attainment",
        compute="_compute_band",
        store=True,
    )
    outcome = fields.Selection(
        selection=[
            ("winner", "Gets more"),
            ("loser", "Gets less"),
            ("same", "Gets the same"),
        ],
        readonly=True,
        help="Over all months of the simulation.",
    )

    @api.depends("user_id", "partner_id")
    def _compute_payee_key(self):
        for line in self:
            payee = line.user_id or line.partner_id
            line.payee_key = f"{payee._name},{payee.id}"

    @api.depends("simulated", "actual")
    def _compute_difference(self):
        for line in self:
            line.difference = line.simulated - line.actual

    @api.depends("attainment", "has_attainment")
    def _compute_band(self):
        for line in self:
            line.band = line._get_band() if line.has_attainment else "none"

    def _get_band(self):
        return next((band for band, bound in BANDS if self.attainment < bound), "above")

    @api.model
    def _judge(self, simulation):
        """Say who gets more and who gets less, over all months."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE sales_incentive_simulation_line line
                   SET outcome = CASE WHEN total.difference > 0 THEN 'winner'
                                      WHEN total.difference < 0 THEN 'loser'
                                      ELSE 'same' END
                  FROM (SELECT payee_key, SUM(difference) AS difference
                          FROM sales_incentive_simulation_line
                         WHERE simulation_id = %(id)s
                         GROUP BY payee_key) total
                 WHERE line.simulation_id = %(id)s
                   AND total.payee_key = line.payee_key
                """,
                id=simulation.id,
            )
        )
        self.invalidate_model(["outcome"])
