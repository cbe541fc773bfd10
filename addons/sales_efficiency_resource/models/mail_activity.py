# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError

# Fields that only code writes
STAMPS = {"sales_company_id", "sales_contact_plan_id", "sales_done_at"}
# What makes a done activity a contact, and with whom
CONCERNED = {
    "active",
    "activity_type_id",
    "calendar_event_id",
    "res_id",
    "res_model_id",
    "sales_company_id",
    "sales_done_at",
    "user_id",
}


class MailActivity(models.Model):
    """Done activities with customers are contacts (policy 5.1.3)."""

    _inherit = "mail.activity"

    sales_contact_plan_id = fields.Many2one(
        comodel_name="sales.contact.plan",
        string="Customer to Contact",
        readonly=True,
        index="btree_not_null",
        copy=False,
        ondelete="cascade",
        groups="sales_efficiency_base.group_sales_person",
    )
    # The day that Odoo keeps is that in UTC.
    sales_done_at = fields.Datetime(string="Done At", readonly=True, copy=False)

    sales_company_id = fields.Many2one(
        comodel_name="res.company",
        string="Done For",
        readonly=True,
        copy=False,
        help="Company in which it was done, of a customer that companies share.",
    )

    _sales_contact_plan_uniq = models.UniqueIndex(
        "(sales_contact_plan_id) WHERE active AND sales_contact_plan_id IS NOT NULL",
        "The customer already has an open to-do.",
    )

    @api.model
    def _is_default_guarded(self, field):
        return field.name in STAMPS or super()._is_default_guarded(field)

    @api.model_create_multi
    def create(self, vals_list):
        self._check_sales_stamps(*vals_list)
        activities = super().create(vals_list)
        activities.filtered(lambda activity: not activity.active)._sync_sales_contacts()
        return activities

    def write(self, vals):
        self._check_sales_stamps(vals)
        open_ = self.filtered("active")
        res = super().write(vals)
        if "active" in vals:
            (self - open_ if vals["active"] else open_)._stamp_sales(vals["active"])
        if not CONCERNED.isdisjoint(vals):
            self.filtered(
                lambda activity: "active" in vals or not activity.active
            )._sync_sales_contacts()
        return res

    def unlink(self):
        done = self.filtered(lambda activity: not activity.active)
        ids = done.ids
        res = super().unlink()
        done.browse(ids)._sync_sales_contacts()
        return res

    def _check_sales_stamps(self, *vals_list):
        if not self.env.su and any(STAMPS & set(vals) for vals in vals_list):
            raise AccessError(
                self.env._("The system says when an activity was done, and for whom.")
            )

    # pylint: disable-next=missing-return
    def _stamp_sales(self, is_open):
        """Note when and for which company the activities were done, once."""
        now, company = fields.Datetime.now(), self.env.company
        # sudo: users do not set when they did it.
        for user, activities in self.sudo().grouped("user_id").items():
            if is_open:
                stamps = {"sales_done_at": False, "sales_company_id": False}
            else:
                activities = activities.filtered(lambda a: not a.sales_done_at)
                own = company if company in user.company_ids else user.company_id
                stamps = {"sales_done_at": now, "sales_company_id": own.id}
            super(MailActivity, activities).write(stamps)
        if not is_open:
            # What was done outlives the plan, which takes its to-dos along.
            # sudo: as above
            super(MailActivity, self.sudo().filtered("sales_contact_plan_id")).write(
                {"sales_contact_plan_id": False}
            )

    def _sync_sales_contacts(self):
        """Take over the contacts that these activities are, or were."""
        if self.ids:
            self.env["sales.contact"]._sync(self._name, self.ids)
