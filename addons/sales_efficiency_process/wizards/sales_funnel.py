# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from ..engine.funnel import Funnel, describe_funnel

DAY = timedelta(days=1)


class SalesFunnel(models.TransientModel):
    """How far opportunities came, and how long they stayed, stage by stage (policy
    1.3.2)."""

    _name = "sales.funnel"
    _inherit = "sales.inquiry.mixin"
    _description = "Funnel"
    _rec_name = "by"

    by = fields.Selection(
        selection=[
            ("cohort", "Opened in the Period"),
            ("flow", "What Happened in the Period"),
        ],
        string="Opportunities",
        required=True,
        default="cohort",
        help="Opened in the period: whatever became of them later.\nWhat happened in"
        " the period: who came to a stage in it, and whose stay ended in it.",
    )
    as_of = fields.Date(
        help="What happened later is left out; leave empty for today.",
    )

    @api.model
    def default_get(self, fields):
        """Ask about the last twelve months."""
        values = super().default_get(fields)
        if "date_from" in fields and "default_date_from" not in self.env.context:
            today = self.env.company._get_sales_today()
            values["date_from"] = today.replace(day=1) - relativedelta(months=11)
        return values

    @api.model
    def _get_parameters(self):
        return [*super()._get_parameters(), "by", "as_of"]

    def _answer(self, period):
        is_unlimited = not (self.date_from or self.date_to)
        today = self.company_id._get_sales_today()
        as_of = min(self.as_of or today, today)
        funnel = Funnel(
            self.env,
            self._get_scope(),
            None if is_unlimited else period,
            self.by,
            as_of,
        )
        first = None
        if self.by == "flow":
            first, as_of = period.start, min(as_of, period.end)
        asked = self._get_asked_domain()
        return {
            **describe_funnel(funnel.get_steps()),
            "currency_id": self.company_id.currency_id.id,
            "domain": asked + self._get_time_domain(first, as_of),
            "waiting_domain": asked + self._get_time_domain(as_of + DAY, as_of),
        }

    def _get_time_domain(self, first, last):
        """Return the domain of the stays that began by the end of a day, and were not
        over when another one began."""
        parts = [(last + DAY, "entered_at", "<"), (first, "left_at", ">=")]
        domain = []
        for day, name, operator in parts:
            if day:
                moment = self.company_id._get_sales_moment(day)
                moment = fields.Datetime.to_string(moment)
                domain += ["|", (name, "=", False), (name, operator, moment)]
        return domain

    def _get_asked_domain(self):
        """:return: domain of the stays of the opportunities in question"""
        question = self._get_question()
        stays = self.env["sales.stage.report"]
        domain = stays._get_inside_domain(
            (name, [question[name]])
            for name in self._get_dimensions()
            if question[name]
        )
        parts = [("company_id", "=", question["company_id"])]
        if self.by == "cohort":
            for name, operator in (("date_from", ">="), ("date_to", "<=")):
                if question[name]:
                    parts.append(("opened_date", operator, question[name]))
        return [*parts, *domain]
