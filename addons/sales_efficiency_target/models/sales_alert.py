# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools.misc import formatLang

from odoo.addons.sales_efficiency_base.tools import select_period_kinds


def select_periods(model):
    """All but the whole year: nothing is expected of it before it ends."""
    return [kind for kind in select_period_kinds(model) if kind[0] != "year"]


FIGURES = ("amount", "actual", "expected", "deviation", "pace")
# See ``_get_following_columns``
FOLLOWING = {
    "opened_pace": "CASE WHEN n.is_new THEN n.pace ELSE o.opened_pace END",
    "opened_deviation": """
        CASE WHEN n.is_new THEN n.deviation ELSE o.opened_deviation END
    """,
    "answered_pace": "CASE WHEN NOT n.is_asked THEN o.answered_pace END",
    "answered_deviation": "CASE WHEN NOT n.is_asked THEN o.answered_deviation END",
    "effect": "CASE WHEN NOT n.is_asked THEN n.pace - o.answered_pace END",
}


class SalesAlert(models.Model):
    """Warnings about targets that have fallen behind in a period (policy 2.2.3)."""

    _name = "sales.alert"
    # The scope comes first: it extends the fields that the base add-on defines.
    _inherit = ["sales.target.scope", "sales.alert"]

    # Set only for warnings about targets
    plan_id = fields.Many2one(required=False)
    metric_id = fields.Many2one(required=False)
    target_id = fields.Many2one(
        comodel_name="sales.target",
        string="Scope",
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    period = fields.Selection(selection=select_periods, readonly=True)
    date_from = fields.Date(string="From", readonly=True)
    date_to = fields.Date(string="To", readonly=True)
    amount = fields.Float(string="Target", digits=0, aggregator=None, readonly=True)
    actual = fields.Float(digits=0, aggregator=None, readonly=True)
    expected = fields.Float(
        string="Expected to Date",
        digits=0,
        aggregator=None,
        help="Based on monthly targets and working days elapsed, at the level of the"
        " rule.",
        readonly=True,
    )
    deviation = fields.Float(
        digits=0,
        aggregator=None,
        help="Actual less expected to date.",
        readonly=True,
    )
    pace = fields.Float(
        string="Pace (%)",
        digits=(16, 1),
        aggregator="avg",
        help="Actual ÷ expected to date; inverted where less is better.",
        readonly=True,
    )
    opened_pace = fields.Float(
        string="Pace When Opened (%)",
        digits=(16, 1),
        aggregator="avg",
        readonly=True,
    )
    opened_deviation = fields.Float(
        string="Deviation When Opened",
        digits=0,
        aggregator=None,
        readonly=True,
    )
    answered_pace = fields.Float(
        string="Pace When Answered (%)",
        digits=(16, 1),
        aggregator="avg",
        readonly=True,
    )
    answered_deviation = fields.Float(
        string="Deviation When Answered",
        digits=0,
        aggregator=None,
        readonly=True,
    )
    effect = fields.Float(
        string="Effect (Points)",
        digits=(16, 1),
        aggregator="avg",
        help="Percentage points that the pace has gained since the answer.",
        readonly=True,
    )

    @api.depends("target_id", "period", "date_from")
    def _compute_display_name(self):
        about_targets = self.filtered("target_id")
        for alert in about_targets:
            target = alert.target_id.display_name
            period = alert._get_period_name(alert.period, alert.date_from)
            alert.display_name = f"{target} · {period}"
        return super(SalesAlert, self - about_targets)._compute_display_name()

    @api.readonly
    def action_open_target(self):
        self.ensure_one()
        return self.target_id._get_records_action()

    @api.readonly
    def action_open_results(self):
        """Show the results of the target in all periods."""
        self.ensure_one()
        return self.target_id.action_open_results()

    @api.readonly
    def action_open_figures(self):
        """Show the figures behind the actual, down to their documents."""
        self.ensure_one()
        return self.target_id._get_figures_action(self.date_from, self.date_to)

    @api.readonly
    def action_open_gap_analysis(self):
        """Show where the deviation comes from, as a basis for the answer."""
        self.ensure_one()
        return self.target_id._get_gap_action(self.period, self.date_from)

    @api.model
    def _cron_evaluate(self):
        is_done = super()._cron_evaluate()
        if is_done:
            self.env["sales.alert.milestone"]._notice()
        return is_done

    @api.model
    def _get_renewed_columns(self):
        columns = (
            *super()._get_renewed_columns(),
            *self._get_scope_columns(),
            "target_id",
            "period",
            "date_from",
            "date_to",
            *FIGURES,
        )
        return tuple(dict.fromkeys(columns))

    @api.model
    def _get_following_columns(self):
        return super()._get_following_columns() | FOLLOWING

    @api.model
    def _get_kept_columns(self):
        return (*super()._get_kept_columns(), *FIGURES)

    def _prepare_to_do(self):
        values = super()._prepare_to_do()
        if not self.target_id:
            return values
        return values | {
            "summary": self.env._(
                "%(target)s: %(pace)s %% of expected to date",
                target=self.display_name,
                pace=formatLang(self.env, self.pace, digits=1),
            ),
            "note": self.env._(
                "Expected to date %(expected)s, actual %(actual)s. Give the cause"
                " and your actions.",
                expected=self._format_figure(self.expected),
                actual=self._format_figure(self.actual),
            ),
        }

    def _sort_for_digest(self):
        return super()._sort_for_digest().sorted("pace")

    def _prepare_answer(self):
        return super()._prepare_answer() | {
            "answered_pace": self.pace,
            "answered_deviation": self.deviation,
            "effect": 0.0,
        }

    @api.model
    def _prepare_key(self, target, period, date_from):
        """:return: values that identify the target and period of a warning"""
        return {
            "res_model": target._name,
            "res_id": target.id,
            "occasion": f"{period} {date_from}",
            "target_id": target.id,
            "period": period,
            "date_from": date_from,
        }

    @api.model
    def _merge_targets(self, target, other):
        """Move the warnings of another target to the target, and merge those of the
        same rule and period."""
        alerts = self.search([("target_id", "in", (target | other).ids)])
        for pair in alerts.grouped(
            lambda alert: (alert.rule_id, alert.occasion)
        ).values():
            kept = pair.filtered(lambda alert: alert.target_id == target)
            if kept and kept != pair:
                kept._take_over(pair - kept)
        rest = alerts.exists().filtered(lambda alert: alert.target_id == other)
        rest.write({"target_id": target.id, "res_id": target.id})

    def _take_over(self, other):
        """Take over the answer, actions and references of another warning, then delete
        it."""
        self.ensure_one()
        texts = filter(None, (self.analysis, other.analysis))
        self.write(
            {
                "cause": self.cause or other.cause,
                "analysis": "\n".join(dict.fromkeys(texts)) or False,
            }
        )
        self.target_id._join_references("sales.alert", other, self)
        other.unlink()
