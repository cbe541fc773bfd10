# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from ..engine import TargetJudgement
from .sales_alert import select_periods

BATCH = 200


class SalesAlertMilestone(models.Model):
    """Good news: 50, 90 and 100 % of a target are attained (policy 2.2.3).

    Records the highest share announced, so that each is announced only once.
    """

    _name = "sales.alert.milestone"
    _description = "Notice of Attainment"
    _order = "date_from desc, target_id"
    _rec_name = "target_id"

    target_id = fields.Many2one(
        comodel_name="sales.target",
        string="Scope",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="target_id.company_id", store=True)
    period = fields.Selection(
        selection=select_periods,
        required=True,
    )
    date_from = fields.Date(string="From", required=True)
    reached = fields.Integer(string="Attainment (%)", required=True, aggregator=None)

    _key = models.UniqueIndex(
        "(target_id, period, date_from)",
        "The notices of this target and period are already recorded.",
    )

    @api.model
    def _notice(self):
        """Announce attainment once for each target, period and share.

        Rates, and metrics for which less is better, are left out: they start at 100 %
        or change with each order.
        """
        cron = self.env["ir.cron"]
        while reached := self._find_reached():
            results = self.env["sales.target.result"].browse(
                result_id for result_id, *_told in reached
            )
            for result, (_id, milestone, *told) in zip(results, reached, strict=True):
                self._tell(result, milestone, *told)
            self._keep(results, [milestone for _id, milestone, *_told in reached])
            if not cron._commit_progress(len(reached), remaining=0):
                self.env["sales.alert.rule"]._trigger_evaluation()
                return

    def _find_reached(self):
        """Find results that have reached a share not yet announced.

        :return: list of (result id, share in percent, whether to tell the salesperson,
            the leader, the director)
        """
        rules = self.env["sales.alert.rule"].search(
            [("kind", "=", "target"), ("has_milestones", "=", True)]
        )
        judgement = TargetJudgement(rules)
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                """
                WITH span AS (%(spans)s), watched AS (%(watched)s)
                SELECT r.id, share.reached, BOOL_OR(rule.tell_salesperson),
                       BOOL_OR(rule.tell_leader), BOOL_OR(rule.tell_director)
                  FROM watched w
                  JOIN sales_alert_rule rule ON rule.id = w.rule_id
                  JOIN sales_target_result r ON r.target_id = w.target_id
                                            AND r.period = rule.period
                  JOIN span s ON s.plan_id = r.plan_id AND s.period = r.period
                             AND s.date_from = r.date_from AND s.is_recent
             LEFT JOIN sales_alert_milestone m ON m.target_id = r.target_id
                                              AND m.period = r.period
                                              AND m.date_from = r.date_from
            CROSS JOIN LATERAL (
                    SELECT CASE WHEN r.attainment >= 100 THEN 100
                                WHEN r.attainment >= 90 THEN 90
                                WHEN r.attainment >= 50 THEN 50 END AS reached
                       ) share
                 WHERE r.is_additive AND r.higher_is_better
                   AND share.reached > COALESCE(m.reached, 0)
                 GROUP BY r.id, share.reached
                 ORDER BY r.id
                 LIMIT %(limit)s
                """,
                spans=judgement.sql_spans(),
                watched=judgement.sql_watched(),
                limit=BATCH,
            )
        )

    def _keep(self, results, milestones):
        """Record the share announced for each result."""
        known = {
            (milestone.target_id, milestone.period, milestone.date_from): milestone
            for milestone in self.search([("target_id", "in", results.target_id.ids)])
        }
        new = []
        for result, reached in zip(results, milestones, strict=True):
            key = (result.target_id, result.period, result.date_from)
            if key in known:
                known[key].reached = reached
            else:
                target, period, date_from = key
                new.append(
                    {
                        "target_id": target.id,
                        "period": period,
                        "date_from": date_from,
                        "reached": reached,
                    }
                )
        self.create(new)

    def _tell(self, result, milestone, tell_salesperson, tell_leader, tell_director):
        """Post the good news on the target and notify the people named by the rules."""
        director = result.plan_id._get_director()
        superiors = result._get_superiors()[result]
        users = self.env["res.users"]
        if tell_salesperson:
            users |= result.responsible_id.filtered(result._can_be_told)
        if tell_leader:
            users |= superiors[:1]
        if tell_director:
            users |= superiors & director
        result = result.with_context(lang=(users[:1] or director).lang)
        body = result.env._(
            "%(milestone)s %% of the target of %(period)s reached: %(actual)s of"
            " %(amount)s.",
            milestone=milestone,
            period=result._get_period_name(result.period, result.date_from),
            actual=result._format_figure(result.actual),
            amount=result._format_figure(result.amount),
        )
        result.target_id.message_post(
            body=body,
            partner_ids=users.partner_id.ids,
            subtype_xmlid="mail.mt_note",
        )
