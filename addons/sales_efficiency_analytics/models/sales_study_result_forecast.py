# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ..engine.study import StudyReach


class SalesStudyResult(models.Model):
    """Answers that say what is to come: they are kept, and compared with what comes
    (policy 6.2.1)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.study.result"

    forecast_id = fields.Many2one(
        comodel_name="sales.forecast",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    def _after_answer(self):
        res = super()._after_answer()
        # sudo: only the program writes answers; the forecast is kept as their owner.
        answer = self.sudo()
        if answer._is_about_the_future():
            answer.forecast_id = self._keep_forecast()
        return res

    def _is_about_the_future(self):
        """:return: whether the answer is a forecast of months that are not over

        One that is made of old figures only would be measured by what was known.
        """
        self.ensure_one()
        if self.method != "forecast" or self.state != "done":
            return False
        today = self.company_id._get_sales_today()
        return self.found["result"]["ahead"][0] >= f"{today:%Y-%m}"

    def _keep_forecast(self):
        """:return: the forecast, or none if it is about several teams at once"""
        # sudo: what was asked and found is kept here.
        answer = self.sudo()
        company, metric = answer.company_id, answer.metric_ids
        reach = StudyReach(self.env.user, company)
        scope = reach.narrow(answer._get_question().scope)
        forecasts = self.env["sales.forecast"]
        return forecasts._keep(company, scope, metric, answer.found["result"])
