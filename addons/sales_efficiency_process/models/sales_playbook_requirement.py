# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine.playbook import (
    KnownDecider,
    NextStep,
    OpportunityField,
    QuotationMade,
    QuotationSent,
)

# Fields that hold several values, or that are never empty
UNUSABLE = ("boolean", "json", "one2many", "properties", "properties_definition")
LEFT_OUT = {
    "name",
    "priority",
    "probability",
    "stage_id",
    "type",
    *models.MAGIC_COLUMNS,
}


class SalesPlaybookRequirement(models.Model):
    """Something that an opportunity must have in a stage and those after it."""

    _name = "sales.playbook.requirement"
    _inherit = "sales.guard.mixin"
    _description = "Requirement of a Playbook"
    _order = "playbook_id, sequence, id"

    playbook_id = fields.Many2one(
        comodel_name="sales.playbook", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="playbook_id.company_id", store=True)
    stage_id = fields.Many2one(related="playbook_id.stage_id", store=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        selection=lambda self: self._select_kind(),
        string="What",
        required=True,
        default="field",
    )
    field_name = fields.Selection(
        selection=lambda self: self._select_field(), string="Field"
    )
    name = fields.Char(
        string="Called",
        translate=True,
        help="What users read; by default what it is.",
    )
    is_blocking = fields.Boolean(
        string="Indispensable",
        help="The opportunity cannot move to the stage. Otherwise the user is only told"
        " what is missing.",
    )

    @api.depends("name", "kind", "field_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for requirement in self:
            kind = requirement._get_kind()
            requirement.display_name = kind and kind.describe(requirement)

    @api.constrains("kind", "field_name")
    def _check_complete(self):
        for requirement in self:
            kind = requirement._get_kind()
            if problem := kind and kind.check(requirement):
                raise ValidationError(problem)

    @api.model_create_multi
    def create(self, vals_list):
        requirements = super().create(vals_list)
        self.env["sales.playbook"]._forget()
        return requirements

    def write(self, vals):
        res = super().write(vals)
        self.env["sales.playbook"]._forget()
        return res

    def unlink(self):
        self.env["sales.playbook"]._forget()
        return super().unlink()

    @api.readonly
    def action_open_missing(self, lead_id):
        """Open where what an opportunity lacks can be entered.

        :param int lead_id: the opportunity
        """
        self.ensure_one()
        self.check_access("read")
        lead = self.env["crm.lead"].browse(lead_id).ensure_one()
        lead.check_access("read")
        return self._get_kind().get_link(lead, self)

    @api.model
    def _get_requirement_kinds(self):
        """Hook for add-ons: return what can be required.

        :return: dict code -> subclass of :class:`RequirementKind`
        """
        return {
            "field": OpportunityField,
            "next_step": NextStep,
            "decider": KnownDecider,
            "quotation": QuotationMade,
            "quotation_sent": QuotationSent,
        }

    @api.model
    def _select_kind(self):
        kinds = self._get_requirement_kinds()
        return [(code, kind(self.env).get_title()) for code, kind in kinds.items()]

    def _get_kind(self):
        """:return: :class:`RequirementKind`; None if its add-on is gone"""
        self.ensure_one()
        kind = self._get_requirement_kinds().get(self.kind)
        return kind and kind(self.env)

    def _find_met(self, leads):
        """:return: those of some opportunities that have what is required"""
        self.ensure_one()
        kind = self._get_kind()
        return kind.find_met(leads, self) if kind else leads

    @api.model
    def _select_field(self):
        """:return: list of the fields of opportunities that people fill in"""
        leads = self.env["crm.lead"]
        labels = [
            (name, field._description_string(self.env))
            for name, field in leads._fields.items()
            if field.store
            and not field.readonly
            and field.type not in UNUSABLE
            and name not in LEFT_OUT
            and not name.startswith(("activity_", "message_"))
        ]
        return sorted(labels, key=lambda label: label[1] or "")
