# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class SalesBuyingStep(models.Model):
    """A step on which a customer's purchase depends (policy 3.2.1): of one opportunity,
    or of all purchases."""

    _name = "sales.buying.step"
    _inherit = ["sales.customer.mixin", "sales.deal.mixin"]
    _description = "Step of the Buying Process"
    _order = "partner_id, lead_id, sequence, id"
    _check_company_auto = True

    name = fields.Char(string="Step", required=True)
    sequence = fields.Integer(default=10)
    lead_id = fields.Many2one(
        ondelete="cascade",
        help="Leave empty for the way in which the customer always buys.",
    )
    stakeholder_id = fields.Many2one(
        comodel_name="sales.stakeholder",
        string="Owner",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        domain="[('partner_id', '=', partner_id)]",
        help="Who of the customer sees to it.",
    )
    criteria = fields.Text(help="What must be given for the customer to go on.")
    date_planned = fields.Date(string="Expected")
    date_done = fields.Date(string="Done On", copy=False)
    is_overdue = fields.Boolean(
        compute="_compute_is_overdue",
        search="_search_is_overdue",
        export_string_translation=False,
    )

    _name_given = models.Constraint(
        "CHECK (BTRIM(name) <> '')", "Say in a few words what the step is."
    )

    @api.depends("date_planned", "date_done", "company_id")
    def _compute_is_overdue(self):
        for step in self:
            today = (step.company_id or self.env.company)._get_sales_today()
            step.is_overdue = (
                not step.date_done
                and bool(step.date_planned)
                and step.date_planned < today
            )

    @api.model
    def _search_is_overdue(self, operator, _value):
        if operator != "in":
            return NotImplemented
        today = self.env.company._get_sales_today()
        return [("date_done", "=", False), ("date_planned", "<", today)]

    @api.constrains("stakeholder_id", "partner_id")
    def _check_owner(self):
        for step in self:
            # sudo: only whose it is, which the message does not tell
            owner = step.stakeholder_id.sudo()
            if owner and owner.partner_id != step.partner_id:
                raise ValidationError(
                    self.env._(
                        "The owner of a step must be a stakeholder of %s.",
                        step.partner_id.display_name,
                    )
                )

    @api.constrains("date_done", "company_id")
    def _check_date_done(self):
        for step in self:
            today = step.company_id._get_sales_today()
            if step.date_done and step.date_done > today:
                raise ValidationError(
                    self.env._("A step cannot be done later than today.")
                )

    def action_done(self):
        """Note that steps are done today, in one tap."""
        for company, steps in self.grouped("company_id").items():
            steps.date_done = company._get_sales_today()

    @api.model
    def _copy_usual(self, lead):
        """Copy the steps of all purchases of the customer to an opportunity.

        :raise UserError: if there are none
        """
        customer = lead.partner_id.commercial_partner_id
        company = lead.company_id or self.env.company
        usual = self.search(
            [
                ("partner_id", "=", customer.id),
                ("company_id", "=", company.id),
                ("lead_id", "=", False),
            ]
        )
        if not usual:
            raise UserError(
                self.env._(
                    "No steps are known that all purchases of %s take. Enter them"
                    " under People and Process of the customer.",
                    customer.display_name or self.env._("the customer"),
                )
            )
        there = set(lead.sales_buying_step_ids.mapped("name"))
        missing = usual.filtered(lambda step: step.name not in there)
        missing.copy({"lead_id": lead.id, "date_planned": False})

    def _follow_lead(self, lead):
        """Steps without opportunity would be those of all purchases: what another
        customer does, or is planned twice, goes."""
        there = set(lead.sales_buying_step_ids.mapped("name"))
        kept = self.browse()
        for step in self._filter_of_customer(lead):
            if step.date_done or step.name not in there:
                kept |= step
                there.add(step.name)
        kept.lead_id = lead
        (self - kept).unlink()

    def _get_merge_key(self, into):
        """No two steps are the same, though their customers are merged."""
        self.ensure_one()
        return self.id
