# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesImportMapping(models.Model):
    """What a heading or a name meant in a former file."""

    _name = "sales.import.mapping"
    _inherit = "sales.guard.mixin"
    _description = "Remembered Name of Imports"
    _order = "kind, field_name, name"

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
    )
    subject = fields.Selection(
        selection=lambda self: self.env["sales.import"]._fields["subject"].selection,
        required=True,
    )
    kind = fields.Selection(
        selection=[("heading", "Heading"), ("name", "Name")], required=True
    )
    field_name = fields.Char(string="Field", help="Technical name.")
    name = fields.Char(string="In the File", required=True)
    value = fields.Char(
        string="Means", help="A field or a record; empty if it is left out."
    )

    _name_uniq = models.UniqueIndex(
        "(company_id, subject, kind, COALESCE(field_name, ''), name)",
        "This name is remembered already.",
    )

    @api.model
    def _get_domain(self, company, subject, kind):
        return [
            ("company_id", "=", company.id),
            ("subject", "=", subject),
            ("kind", "=", kind),
        ]

    @api.model
    def _get_remembered(self, company, subject, kind):
        """:return: of headings dict heading -> name of the field, or None if it is left
        out; of names dict (field, name) -> "model,id", or "" to leave it empty"""
        known = self.search(self._get_domain(company, subject, kind))
        if kind == "heading":
            return {mapping.name: mapping.value or None for mapping in known}
        return {
            (mapping.field_name, mapping.name): mapping.value or ""
            for mapping in known
            if mapping._exists()
        }

    def _exists(self):
        """:return: whether the record that was meant is still there"""
        model, _comma, id_ = (self.value or "").partition(",")
        return not model or (
            model in self.env and bool(self.env[model].browse(int(id_)).exists())
        )

    @api.model
    def _remember(self, company, subject, answers):
        """Keep answers for the next file.

        :param answers: list of (kind, name of the field, name in the file, value)
        """
        known = self.search(
            [("company_id", "=", company.id), ("subject", "=", subject)]
        )
        present = {(m.kind, m.field_name or "", m.name): m for m in known}
        new = []
        for kind, field_name, name, value in answers:
            if mapping := present.get((kind, field_name, name)):
                if (mapping.value or "") != value:
                    mapping.value = value
            else:
                new.append(
                    {
                        "company_id": company.id,
                        "subject": subject,
                        "kind": kind,
                        "field_name": field_name,
                        "name": name,
                        "value": value,
                    }
                )
                present[kind, field_name, name] = self.browse()
        self.create(new)
