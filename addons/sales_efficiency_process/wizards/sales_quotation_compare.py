# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models

from ..engine.deal import compare_lines


class SalesQuotationCompare(models.TransientModel):
    """Shows what has changed between two sent versions (policy 3.3.2)."""

    _name = "sales.quotation.compare"
    _inherit = ["sales.guard.mixin"]
    _description = "Compare Versions"
    _protects_readonly = False

    older_id = fields.Many2one(
        comodel_name="sales.quotation.version",
        string="Version",
        required=True,
        ondelete="cascade",
        domain="[('company_id', '=', company_id)]",
    )
    newer_id = fields.Many2one(
        comodel_name="sales.quotation.version",
        string="Compared With",
        required=True,
        ondelete="cascade",
        domain="[('company_id', '=', company_id)]",
    )
    company_id = fields.Many2one(related="newer_id.company_id")
    currency_id = fields.Many2one(related="newer_id.currency_id")
    is_other_currency = fields.Boolean(compute="_compute_line_ids")
    older_amount = fields.Monetary(string="Untaxed Amount", compute="_compute_line_ids")
    newer_amount = fields.Monetary(
        string="New Untaxed Amount", compute="_compute_line_ids"
    )
    difference = fields.Monetary(compute="_compute_line_ids")
    terms = fields.Text(string="Changed Terms", compute="_compute_terms")
    line_ids = fields.One2many(
        comodel_name="sales.quotation.compare.line",
        inverse_name="compare_id",
        string="Lines",
        compute="_compute_line_ids",
    )

    @api.depends("older_id", "newer_id")
    def _compute_line_ids(self):
        for compare in self:
            older, newer = compare.older_id, compare.newer_id
            compare.is_other_currency = older.currency_id != newer.currency_id
            compare.older_amount = older.amount_untaxed
            compare.newer_amount = newer.amount_untaxed
            compare.difference = newer.amount_untaxed - older.amount_untaxed
            rows = compare_lines(
                [line._prepare_comparison() for line in older.line_ids],
                [line._prepare_comparison() for line in newer.line_ids],
            )
            compare.line_ids = [
                Command.clear(),
                *(Command.create(compare._prepare_row(*row)) for row in rows),
            ]

    def _prepare_row(self, change, former, line):
        before, after = former or {}, line or {}
        return {
            "currency_id": self.newer_id.currency_id.id,
            "change": change,
            "name": (line or former)["name"],
            "older_quantity": before.get("quantity", 0),
            "newer_quantity": after.get("quantity", 0),
            "older_price": before.get("price_unit", 0),
            "newer_price": after.get("price_unit", 0),
            "older_discount": before.get("discount", 0),
            "newer_discount": after.get("discount", 0),
            "difference": after.get("subtotal", 0) - before.get("subtotal", 0),
        }

    @api.depends("older_id", "newer_id")
    def _compute_terms(self):
        for compare in self:
            older, newer = compare.older_id, compare.newer_id
            texts = [
                self.env._(
                    "%(term)s: %(older)s → %(newer)s",
                    term=newer._fields[name]._description_string(self.env),
                    older=compare._describe_term(older, name),
                    newer=compare._describe_term(newer, name),
                )
                for name in self._get_compared_terms()
                if older[name] != newer[name]
            ]
            compare.terms = "\n".join(texts)

    @api.model
    def _get_compared_terms(self):
        return (
            "partner_id",
            "currency_id",
            "payment_term_id",
            "validity_date",
            "commitment_date",
        )

    def _describe_term(self, version, name):
        field = version._fields[name]
        if not version[name]:
            return "–"
        if field.relational:
            return version[name].display_name
        converter = self.env[f"ir.qweb.field.{field.type}"]
        return converter.value_to_html(version[name], {})
