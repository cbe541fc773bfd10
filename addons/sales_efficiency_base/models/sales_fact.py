# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class SalesFact(models.Model):
    """One row for each business event: the single source of every figure (policy 6.1).

    Rows are written by ``sales.mart`` from the SELECTs of ``sales.fact.source``, and
    by nothing else.
    """

    _name = "sales.fact"
    _inherit = "sales.mart.table"
    _auto = False
    _log_access = False
    _description = "Sales Figure"
    _order = "date desc, id desc"

    source = fields.Selection(
        selection=[
            ("order", "Sales Order"),
            ("invoice", "Invoice"),
            ("payment", "Collection"),
            ("opportunity", "Opportunity"),
            ("history", "Sales History"),
        ],
        help="The kind of document that the figure comes from.",
    )
    event = fields.Selection(
        selection=[
            ("confirmed", "Order confirmed"),
            ("invoice", "Invoiced"),
            ("refund", "Credited"),
            ("payment", "Collected"),
            ("created", "Opportunity created"),
            ("won", "Opportunity won"),
            ("lost", "Opportunity lost"),
            ("sale", "Past sale"),
            ("order", "Past order"),
        ],
        help="What happened to the document on that day.",
    )
    date = fields.Date(help="Day of the event in the time zone of the company.")
    company_id = fields.Many2one(comodel_name="res.company")
    currency_id = fields.Many2one(comodel_name="res.currency")
    region_id = fields.Many2one(comodel_name="sales.region")
    team_id = fields.Many2one(comodel_name="crm.team", string="Sales Team")
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson",
        help="Who is credited. A sale split between several people has one figure"
        " for each of them.",
    )
    channel_id = fields.Many2one(comodel_name="sales.channel")
    categ_id = fields.Many2one(comodel_name="product.category", string="Product Line")
    product_id = fields.Many2one(comodel_name="product.product")
    partner_id = fields.Many2one(comodel_name="res.partner", string="Customer")
    amount = fields.Monetary(
        help="In the currency of the company at the date of the document, without"
        " taxes. Collections are the money received, taxes included.",
    )
    margin = fields.Monetary(help="Amount less the cost at the time of the sale.")
    margin_base = fields.Monetary(
        string="Amount with Known Margin",
        help="The amount if its margin is known, else nothing: what a margin rate is a"
        " rate of.",
    )
    quantity = fields.Float(digits=0, help="In the unit of the product.")
    days = fields.Integer(
        aggregator="avg",
        help="Days from the opening of the opportunity to its closing.",
    )
    res_id = fields.Integer(string="Document ID", aggregator=None)
    line_id = fields.Integer(string="Line ID", aggregator=None)
    match_id = fields.Integer(string="Reconciliation ID", aggregator=None)
    credit_id = fields.Integer(string="Credit ID", aggregator=None)
    document = fields.Reference(
        selection="_selection_document",
        compute="_compute_document",
        help="The document that the figure comes from.",
    )

    _key = models.UniqueIndex(
        "(source, res_id, line_id, match_id, credit_id, event)",
        "What has happened to a document counts once.",
    )
    _company_date = models.Index("(company_id, date)")
    _user_date = models.Index("(user_id, date) WHERE user_id IS NOT NULL")
    _partner_date = models.Index("(partner_id, date) WHERE partner_id IS NOT NULL")

    @api.model
    def _selection_document(self):
        return [
            (model, self.env["ir.model"]._get(model).name)
            for model in set(self._get_document_models().values())
        ]

    @api.depends("source", "res_id")
    def _compute_document(self):
        models_ = self._get_document_models()
        for fact in self:
            model = models_.get(fact.source)
            fact.document = f"{model},{fact.res_id}" if model and fact.res_id else False

    @api.depends("source", "event", "date")
    def _compute_display_name(self):
        events = dict(self._fields["event"]._description_selection(self.env))
        for fact in self:
            name = fact.document.display_name if fact.document else ""
            fact.display_name = f"{events.get(fact.event, '')} {name}".strip()

    @api.model
    def _check_no_figures_of(self, records, name):
        """Refuse to delete what past sales count for (policy 6.1.2).

        :param str name: column of the figures that names the records
        :raise UserError: naming those that have figures
        """
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT %(column)s FROM sales_fact_cell"
                " WHERE %(column)s = ANY(%(ids)s)",
                column=SQL.identifier(name),
                ids=records.ids,
            )
        )
        if rows:
            kept = records.browse(row[0] for row in rows)
            raise UserError(
                self.env._(
                    "Past sales count for %(names)s: archive it instead.",
                    names=", ".join(kept.mapped("display_name")),
                )
            )

    def _fill_new_columns(self):
        """Have all figures computed anew as soon as all add-ons are loaded."""
        res = super()._fill_new_columns()
        self.env.cr.execute(
            "INSERT INTO sales_fact_queue (origin, res_id)"
            " SELECT 'sales_mart_source', id FROM sales_mart_source"
        )
        return res

    @api.model
    def _get_sources(self):
        """Return the sources of facts (models of ``sales.fact.source``), by code."""
        names = self.env.registry.descendants(["sales.fact.source"], "_inherit")
        sources = [self.env[name] for name in names if name != "sales.fact.source"]
        return sorted(sources, key=lambda source: source._sequence)

    @api.model
    def _get_document_models(self):
        """:return: dict of source -> name of the model of its documents"""
        return {source._code: source._document for source in self._get_sources()}

    def action_open_document(self):
        """Open the document that the figure comes from."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._get_document_models()[self.source],
            "res_id": self.res_id,
            "views": [(False, "form")],
        }
