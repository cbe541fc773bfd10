# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain

from ..models.sales_target_cause import CAUSE_KINDS


class SalesTargetGapLine(models.TransientModel):
    """A row of a gap analysis, with its figures and their source.

    Like the analysis, it is stored nowhere.
    """

    _name = "sales.target.gap.line"
    _inherit = "sales.default.mixin"
    _description = "Row of a Gap Analysis"

    gap_id = fields.Many2one(
        comodel_name="sales.target.gap", required=True, index=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="gap_id.currency_id")
    metric_unit = fields.Selection(
        selection=lambda self: self._selection_metric_unit(),
        compute="_compute_metric_unit",
    )
    section = fields.Selection(
        selection=[
            ("scope", "Parts of the scope"),
            ("part", "Price, volume, mix"),
            ("item", "Products"),
            ("lost", "Lost opportunities"),
        ],
        required=True,
    )
    kind = fields.Selection(
        selection=[
            *CAUSE_KINDS,
            ("others", "The others"),
            ("rest", "In no part, or in several"),
            ("before", "Compared with"),
            ("after", "Actual"),
        ],
        required=True,
    )
    name = fields.Char(string="Part", compute="_compute_name", store=True)
    dimension = fields.Char()
    res_id = fields.Integer(string="Record ID")
    child_id = fields.Many2one(
        comodel_name="sales.target", string="Own Target", ondelete="cascade"
    )
    domain = fields.Json(help="Figures included.")
    has_actual = fields.Boolean(default=True)
    actual = fields.Float(digits=0)
    reference = fields.Float(
        string="Compared With",
        digits=0,
        help="Expected to date, or last year.",
    )
    last_year = fields.Float(digits=0, help="The same days a year before.")
    deviation = fields.Float(digits=0, help="Contribution to the total deviation.")
    share = fields.Float(
        string="Share (%)",
        digits=(16, 1),
        help="Share of the total deviation. Negative rows offset part of it.",
    )
    number = fields.Integer(string="Opportunities")
    quantity_before = fields.Float(digits="Product Unit")
    quantity = fields.Float(digits="Product Unit")
    price_before = fields.Float(digits=0, help="Amount ÷ quantity.")
    price = fields.Float(string="Price Now", digits=0, help="Amount ÷ quantity.")
    volume_effect = fields.Float(
        string="Volume",
        digits=0,
        help="Change in the total quantity, at the previous prices.",
    )
    mix_effect = fields.Float(
        string="Mix",
        digits=0,
        help="Change in the share of the total quantity, at the previous price.",
    )
    price_effect = fields.Float(
        string="Price",
        digits=0,
        help="The change of the price, at the quantity of now.",
    )
    other_effect = fields.Float(
        string="Not Compared",
        digits=0,
        help="Total difference of new or discontinued items and of items without"
        " comparable quantity.",
    )
    bar_start = fields.Float()
    bar_end = fields.Float()
    is_bad = fields.Boolean(compute="_compute_is_bad")
    can_be_tagged = fields.Boolean(compute="_compute_cause_id")
    cause_id = fields.Many2one(
        comodel_name="sales.target.cause",
        string="Cause",
        compute="_compute_cause_id",
    )
    cause = fields.Selection(related="cause_id.cause", string="Cause Type")

    @api.model
    def _selection_metric_unit(self):
        return self.env["sales.metric"]._fields["unit"]._description_selection(self.env)

    @api.depends("section", "gap_id.metric_unit")
    def _compute_metric_unit(self):
        for line in self:
            is_lost = line.section == "lost"
            line.metric_unit = "currency" if is_lost else line.gap_id.metric_unit

    @api.depends("kind")
    def _compute_name(self):
        """Name parts of the deviation by their kind."""
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for line in self:
            line.name = line.name or labels[line.kind]

    @api.depends("deviation", "section", "gap_id.higher_is_better")
    def _compute_is_bad(self):
        for line in self:
            line.is_bad = line.section == "lost" or line.gap_id._is_bad(line.deviation)

    @api.depends("kind", "gap_id.target_id.cause_ids")
    def _compute_cause_id(self):
        kinds = dict(CAUSE_KINDS)
        for line in self:
            line.can_be_tagged = line.kind in kinds
            causes = line.gap_id._get_causes().filtered(
                lambda cause, line=line: (cause.comparison, *cause._get_key())
                == (line.gap_id.comparison, *line._get_key())
            )
            line.cause_id = line.can_be_tagged and causes[:1]

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.readonly
    def action_open_figures(self):
        """Show the facts of the row, or its lost opportunities."""
        row = self._get_current()
        return row._get_documents_action(row.gap_id._get_spans()[0])

    @api.readonly
    def action_open_last_year(self):
        """Show the facts, or lost opportunities, of a year before."""
        row = self._get_current()
        return row._get_documents_action(row.gap_id._get_spans()[1])

    @api.readonly
    def action_open_gap_analysis(self):
        """Drill down: analyse the part's own target in the same period."""
        row = self._get_current()
        gap = row.gap_id
        return row.child_id.sudo(False)._get_gap_action(gap.period, gap.date_from)

    @api.readonly
    def action_tag_cause(self):
        """Enter the cause of the row, or edit the existing one."""
        row = self._get_current()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_target.sales_target_cause_action_tag"
        )
        if row.cause_id:
            return action | {"res_id": row.cause_id.id}
        values = row._prepare_cause()
        return action | {
            "context": {f"default_{name}": value for name, value in values.items()}
        }

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_current(self):
        """Return the row that the context describes: none is stored."""
        if self:
            return self
        gap = self.env["sales.target.gap"]._get_current()
        return self.new({**self.env.context["sales_gap_row"], "gap_id": gap})

    def _get_documents_action(self, span):
        target = self.gap_id.target_id
        if self.section != "lost":
            return target._get_figures_action(
                span.start, span.end, Domain(self.domain or [])
            )
        facts = self.env["sales.fact"].search(
            target._get_scope_domain(span.start, span.end)
            & Domain("event", "=", "lost")
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "crm.lead",
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "domain": [
                ("id", "in", facts.mapped("res_id")),
                ("lost_reason_id", "=", self.res_id or False),
            ],
            # Lost opportunities are archived.
            "context": {"active_test": False},
        }

    def _get_key(self):
        """:return: the key that identifies the row, see ``sales.target.cause``"""
        return (self.kind, self.dimension or False, self.res_id or False)

    def _prepare_cause(self):
        """:return: values of the cause of the row"""
        gap = self.gap_id
        values = gap.target_id._get_scope_ids()
        if self.dimension:
            values[self.dimension] = self.res_id
        return values | {
            "target_id": gap.target_id.id,
            "period": gap.period,
            "date_from": gap.date_from,
            "date_to": gap.date_to,
            "comparison": gap.comparison,
            "kind": self.kind,
            "dimension": self.dimension,
            "amount": self._get_amount(),
        }

    def _get_amount(self):
        """:return: the effect of the row's cause on the deviation"""
        if self.kind != "reason":
            return self.deviation
        return -self.actual if self.gap_id.metric_unit == "currency" else 0.0
