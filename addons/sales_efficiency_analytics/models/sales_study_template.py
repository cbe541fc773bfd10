# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesStudyTemplate(models.Model):
    """A ready question that studies are made from (policy 6.2.1)."""

    _name = "sales.study.template"
    _inherit = ["sales.study.mixin", "sales.guard.mixin"]
    _description = "Ready Question"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(string="Question", required=True, translate=True)
    sequence = fields.Integer(default=100)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        index=True,
        help="Leave empty to share it between all companies.",
    )
    description = fields.Text(
        string="What It Tells", translate=True, help="Whom the answer helps, and how."
    )
    study_count = fields.Integer(string="Studies", compute="_compute_study_count")

    def _compute_study_count(self):
        counts = dict(
            self.env["sales.study"]._read_group(
                [("template_id", "in", self.ids)], ["template_id"], ["__count"]
            )
        )
        for template in self:
            template.study_count = counts.get(template._origin, 0)

    def _get_question_values(self):
        """:return: values of a study that asks the question; none without a question"""
        if not self:
            return {}
        self.ensure_one()
        self.check_access("read")
        values = {
            name: self._fields[name].convert_to_write(self[name], self)
            for name in self._get_question_fields()
        }
        return {**values, "name": self.name}

    def copy_data(self, default=None):
        return [
            {**vals, "name": self.env._("%s (copy)", template.name), **(default or {})}
            for template, vals in zip(self, super().copy_data(default), strict=True)
        ]

    @api.readonly
    def action_ask(self):
        """Open a new study of the question."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "sales.study",
            "views": [(False, "form")],
            "name": self.env._("Ask"),
            "context": {"default_template_id": self.id},
        }
