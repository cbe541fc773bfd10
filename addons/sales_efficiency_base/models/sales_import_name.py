# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..engine import get_key

# Records named to the user, of those that a name may mean
MOST_CANDIDATES = 5


class SalesImportName(models.Model):
    """An unknown or ambiguous name in a file; each is asked once."""

    _name = "sales.import.name"
    _inherit = "sales.import.part"
    _description = "Name in an Import"
    _order = "is_open desc, field_name, id"
    _answers = ("decision", "reference")

    field_name = fields.Char(readonly=True, export_string_translation=False)
    model_id = fields.Many2one(
        comodel_name="ir.model", readonly=True, ondelete="cascade"
    )
    label = fields.Char(string="Column", readonly=True)
    name = fields.Char(string="In the File", readonly=True)
    row_count = fields.Integer(string="Rows", readonly=True)
    hint = fields.Char(string="Why", readonly=True)
    choices = fields.Json(readonly=True, export_string_translation=False)
    decision = fields.Selection(
        selection=[
            ("map", "Is"),
            ("create", "Create"),
            ("empty", "Leave empty"),
        ]
    )
    reference = fields.Reference(
        selection=lambda self: self._selection_models(),
        string="Record",
        compute="_compute_reference",
        store=True,
        readonly=False,
    )
    is_open = fields.Boolean(compute="_compute_is_open", store=True)

    @api.model
    def _selection_models(self):
        models_ = {
            field.field.comodel_name
            for subject in self.env["sales.import.subject"]._get_subjects().values()
            for field in subject._get_fields().values()
            if field.kind == "record"
        }
        return [(name, self.env[name]._description) for name in sorted(models_)]

    @api.depends("decision")
    def _compute_reference(self):
        for line in self:
            if line.decision in ("create", "empty"):
                line.reference = False

    @api.depends("decision", "reference")
    def _compute_is_open(self):
        for line in self:
            line.is_open = not line.decision or (
                line.decision == "map" and not line.reference
            )

    @api.onchange("reference")
    def _onchange_reference(self):
        if self.reference:
            self.decision = "map"

    def _filter_possible(self):
        decided = self.filtered("decision")
        possible = decided.filtered(lambda line: line.decision in line.choices)
        return self - decided | possible._filter_mappable()

    def _filter_mappable(self):
        """:return: those without a record, or with one that the name may mean"""
        mapped = self.filtered("reference")
        mappable = self - mapped
        for (record, name), lines in mapped.grouped(
            lambda line: (line.import_id, line.field_name)
        ).items():
            ids = [line.reference.id for line in lines]
            allowed = record._get_subject()._get_allowed(name, ids)
            mappable |= lines.filtered(lambda line, a=allowed: line._get_value() in a)
        return mappable

    @api.model
    def _prepare(self, draft, field_name, text, match, remembered):
        """:return: values of the question for a name"""
        field = draft.fields[field_name].field
        model = self.env["ir.model"]._get(field.comodel_name)
        known = remembered.get((field_name, get_key(text)))
        choices = draft.get_choices(field_name)
        values = {
            "field_name": field_name,
            # sudo: the name of a model says nothing of its records.
            "model_id": model.sudo().id,
            "label": draft.get_label(field_name),
            "name": text,
            "row_count": draft.names[field_name][text],
            "choices": choices,
            "hint": self._explain(match),
        }
        if known:
            values["decision"] = "map"
            values["reference"] = known
        elif known == "" and "empty" in choices:
            values["decision"] = "empty"
        elif len(match.records) == 1:
            values["decision"] = "map"
            values["reference"] = f"{match.records._name},{match.records.id}"
        elif match.proposal and "create" in choices:
            values["decision"] = "create"
        return values

    @api.model
    def _explain(self, match):
        """:return: why the name is asked"""
        if match.proposal:
            return self.env._("%s is an employee without a user", match.proposal)
        names = [self._label(record) for record in match.records[:MOST_CANDIDATES]]
        if not names:
            return self.env._("Unknown")
        if len(match.records) == 1:
            return self.env._("Half of the name of %s", names[0])
        return self.env._("Fits %s", ", ".join(names))

    @api.model
    def _label(self, record):
        """:return: what tells a record from others of the same name"""
        name = record.display_name
        if "login" in record._fields:
            name = f"{name} ({record.login})"
        if "active" in record._fields and not record.active:
            name = self.env._("%s, archived", name)
        return name

    def _get_answer(self):
        """:return: id of the record; False to leave it empty, the name to create it"""
        if self.decision == "create":
            return self.name
        return self.reference.id if self.decision == "map" else False

    def _get_remembered(self):
        """:return: what is kept for the next file"""
        return self._get_value() if self.decision == "map" else ""

    def _get_value(self):
        return f"{self.reference._name},{self.reference.id}"
