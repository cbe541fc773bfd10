# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools.misc import formatLang

from odoo.addons.sales_efficiency_base.tools import open_records

FIGURES = ("stay_stage_id", "stay_days", "stay_limit", "stay_money")


class SalesAlert(models.Model):
    """Warnings about opportunities that stay in a stage for too long (policy 1.3.2)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.alert"

    stay_stage_id = fields.Many2one(
        comodel_name="crm.stage",
        string="In Stage",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    stay_days = fields.Float(
        string="Working Days",
        digits=(16, 1),
        aggregator=None,
        readonly=True,
        help="In this stage, without a break.",
    )
    stay_limit = fields.Integer(
        string="Allowed Working Days", aggregator=None, readonly=True
    )
    stay_money = fields.Monetary(
        string="Money That Waits",
        readonly=True,
        help="Expected revenue of the opportunity.",
    )

    @api.model
    def _get_renewed_columns(self):
        return (*super()._get_renewed_columns(), *FIGURES)

    @api.model
    def _get_kept_columns(self):
        return (*super()._get_kept_columns(), "stay_days")

    @api.readonly
    def action_open_stay(self):
        """Open the stays of the opportunity."""
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_process.sales_stage_report_action",
            [("lead_id", "=", self.res_id)],
            name=self.display_name,
        )

    def _prepare_to_do(self):
        values = super()._prepare_to_do()
        if not self.stay_limit:
            return values
        # sudo: recipients of a warning may see the name of what it is about.
        lead = self.env["crm.lead"].sudo().browse(self.res_id).exists()
        return values | {
            "summary": self.env._(
                "%(opportunity)s waits in %(stage)s",
                opportunity=lead.display_name,
                stage=self.sudo().stay_stage_id.display_name,
            ),
            "note": self.env._(
                "Working days in the stage: %(days)s, allowed: %(limit)s. Money that"
                " waits: %(amount)s. Give the cause and your actions.",
                days=formatLang(self.env, self.stay_days, digits=0),
                limit=self.stay_limit,
                amount=formatLang(
                    self.env, self.stay_money, currency_obj=self.currency_id
                ),
            ),
        }
