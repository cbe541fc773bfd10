# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL


class SalesImportMapping(models.Model):
    """The meaning of a heading or a name, remembered for the next file."""

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
    def _get_headings(self, company, subject):
        """:return: dict heading -> name of the field, or None if it is left out"""
        known = self.search(self._get_domain(company, subject, "heading"))
        return {mapping.name: mapping.value or None for mapping in known}

    @api.model
    def _get_names(self, record, names):
        """:param record: ``sales.import``
        :param names: the keys of the names that are asked for
        :return: dict (field, name) -> "model,id", or "" to leave it empty"""
        domain = self._get_domain(record.company_id, record.subject, "name")
        known = self.search([*domain, ("name", "in", list(names))])
        allowed = known._get_allowed(record._get_subject())
        return {
            (mapping.field_name, mapping.name): mapping.value or ""
            for mapping in known
            if not mapping.value or (mapping.field_name, mapping.value) in allowed
        }

    def _get_allowed(self, subject):
        """:return: set of (name of a field, value): what names may mean today"""
        ids = defaultdict(list)
        for mapping in self.filtered("value"):
            id_ = mapping.value.partition(",")[2]
            if id_.isdecimal():
                ids[mapping.field_name].append(int(id_))
        return {
            (name, value)
            for name, found in ids.items()
            for value in subject._get_allowed(name, found)
        }

    @api.model
    def _remember(self, company, subject, answers):
        """Keep answers for the next file.

        :param answers: list of (kind, name of the field, name in the file, value)
        """
        self.check_access("create")
        self.check_access("write")
        rows = {answer[:3]: answer for answer in answers}.values()
        if not rows:
            return
        self.flush_model()
        # A colleague may import the same names right now.
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO sales_import_mapping AS m (company_id, subject, kind,
                       field_name, name, value, create_uid, write_uid, create_date,
                       write_date)
                SELECT %(company)s, %(subject)s, row.*, %(uid)s, %(uid)s, %(now)s,
                       %(now)s
                  FROM unnest(%(kinds)s, %(fields)s, %(names)s, %(values)s) row
                    ON CONFLICT (company_id, subject, kind, COALESCE(field_name, ''),
                       name)
                    DO UPDATE SET value = EXCLUDED.value,
                       write_uid = EXCLUDED.write_uid,
                       write_date = EXCLUDED.write_date
                 WHERE m.value IS DISTINCT FROM EXCLUDED.value
                """,
                company=company.id,
                subject=subject,
                uid=self.env.uid,
                now=self.env.cr.now(),
                kinds=[row[0] for row in rows],
                fields=[row[1] for row in rows],
                names=[row[2] for row in rows],
                values=[row[3] for row in rows],
            )
        )
        self.invalidate_model()
