# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

# Those who prepare, approve and pay
CONCERNED = (
    "sales_efficiency_incentive.group_incentive_officer,"
    "sales_efficiency_base.group_sales_director,hr.group_hr_manager,"
    "account.group_account_user,account.group_account_manager"
)


class SalesIncentiveConfidentialMixin(models.AbstractModel):
    """What is written about pay is for those who prepare, approve and pay it.

    People read their months, terms and adjustments, but neither messages nor to-dos,
    attachments or reviews of these: they may tell what others get.

    Whatever is asked for by its name is confidential: approval only adds to it.
    """

    _name = "sales.incentive.confidential.mixin"
    _description = "What Is Written about Pay"

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        if self.env.user.has_groups(CONCERNED):
            return super()._mail_get_operation_for_mail_message_operation(
                message_operation
            )
        return dict.fromkeys(self, "write")

    @api.model
    def _get_closed_model_names(self):
        """:return: names of the models of which the user reads but the records"""
        if self.env.su or self.env.user.has_groups(CONCERNED):
            return []
        return self._get_confidential_model_names()

    @api.model
    def _get_confidential_model_names(self):
        names = self.pool.descendants([self._name], "_inherit")
        return sorted(name for name in names if not self.pool[name]._abstract)
