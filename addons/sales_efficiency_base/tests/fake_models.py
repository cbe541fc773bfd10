# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import UserError


class SalesFakeRequest(models.Model):
    """Minimal model with approvals, outside all modules, so only tests load it."""

    _module = None
    _name = "sales.fake.request"
    _description = "Fake Request"
    _inherit = ["sales.approval.mixin", "mail.thread", "mail.activity.mixin"]
    _state_from = ["draft"]
    _state_to = ["done"]

    name = fields.Char()
    amount = fields.Float()
    company_id = fields.Many2one(comodel_name="res.company")
    user_id = fields.Many2one(comodel_name="res.users")
    state = fields.Selection(
        selection=[("draft", "Draft"), ("done", "Done"), ("cancel", "Cancelled")],
        default="draft",
    )


class SalesFakeQuestion(models.Model):
    """Minimal model with one question for customers."""

    _module = None
    _name = "sales.fake.question"
    _inherit = "sales.answer.mixin"
    _description = "Fake Question"
    _answer_kind = "fake"
    _answer_template = "sales_efficiency_base.fake_question"

    name = fields.Char()
    answer = fields.Char()

    def _get_answer_title(self):
        return self.name

    def _get_answer_subject(self):
        return "What do you think?"

    def _save_answer(self, values):
        if not values.get("answer"):
            raise UserError(self.env._("Enter an answer."))
        self.answer = values["answer"]


def load_fake_model(case, model):
    """Load a fake model for a test case.

    :param case: class of the tests
    :param model: class of the model
    """
    from odoo.orm.model_classes import add_to_registry

    name = model._name
    add_to_registry(case.registry, model)
    case.addClassCleanup(case.registry.__delitem__, name)
    case.registry._setup_models__(case.env.cr, [name])
    case.registry.init_models(case.env.cr, [name], {"models_to_check": True})
