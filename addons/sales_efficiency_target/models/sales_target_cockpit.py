# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date


class SalesTargetCockpit(models.AbstractModel):
    """Everything that the cockpit shows, in one answer (policy 2.2.2).

    All figures are the stored results that the record rules let the user read; none is
    measured in the request. The number of queries does not depend on that of targets.
    """

    _name = "sales.target.cockpit"
    _inherit = "sales.target.cockpit.notices"
    _description = "Sales Target Cockpit"

    # ------------------------------------------------------------------
    # What the client calls
    # ------------------------------------------------------------------

    @api.model
    @api.readonly
    def get_data(
        self, scope=None, plan_id=None, metric_id=None, period=None, date_from=None
    ):
        """Return the content of the cockpit.

        What is not asked for, or not to be seen, is chosen by the role of the user:
        the company for a director, the team for a leader, else their own targets; the
        plan that runs today; the first metric; the year to date.

        :param str scope: ``my``, ``team`` or ``company``
        :param int plan_id: a running or closed plan
        :param int metric_id: the metric of the chart and of the lists
        :param str period: ``month``, ``quarter``, ``to_date`` or ``year``
        :param str date_from: first day of the month or quarter; the present one if
            left out
        :return: dict of what can be chosen (``scopes``, ``plans``, ``metrics``,
            ``periods``), what is chosen (``scope``, ``plan``, ``metric``, ``period``),
            and what is shown (``gauges``, ``path``, ``chart``, ``rankings``, ``gaps``,
            ``warnings``, ``moved``, ``freshness``); amounts in the unit of their
            metric and the currency of the plan, ratios in percent; instead ``empty``
            with the reason why there is nothing to show
        """
        plans = self._get_plans()
        plan = plans.filtered(lambda plan: plan.id == plan_id) or self._choose_plan(
            plans
        )
        data = {
            "plans": [{"id": plan.id, "name": plan.name} for plan in plans],
            "plan": self._describe_plan(plan),
        }
        if not plan:
            return data | {"empty": self._explain_no_plan()}
        data |= self._choose_scope(plan, scope)
        data |= self._choose_period(plan, period, date_from)
        domain = self._get_domain(plan, data["scope"])
        gauges = self._get_gauges(domain, data)
        if not gauges:
            return data | {"empty": self._explain_no_figures(domain, data["scope"])}
        chosen = [rows for rows in gauges if rows[0]["metric_id"] == metric_id]
        rows = (chosen or gauges)[0]
        metric = self.env["sales.metric"].browse(rows[0]["metric_id"])
        details = self._read_results(
            domain & Domain("metric_id", "=", metric.id) & self._get_moment(data)
        )
        return data | {
            "metrics": self._describe_metrics(gauges),
            "metric": self._describe_metric(metric),
            "gauges": self._describe_gauges(gauges),
            "path": self._describe_path(rows, data),
            "chart": self._get_chart(plan, metric, rows),
            "rankings": self._get_rankings(details, rows),
            "gaps": self._get_gaps(details),
            "warnings": self._get_warnings(domain),
            "moved": self._get_moved(domain),
            "freshness": self._get_freshness(plan),
        }

    @api.model
    @api.readonly
    def get_figures_action(self, result_ids):
        """Return the action that opens the figures behind some results.

        :param list result_ids: ids of ``sales.target.result``, of one metric
        """
        results = self._get_results(result_ids)
        actions = [result.action_open_figures() for result in results]
        return actions[0] | {
            "domain": list(Domain.OR(Domain(action["domain"]) for action in actions))
        }

    @api.model
    @api.readonly
    def get_pipeline_action(self, result_ids):
        """Return the action that opens the opportunities of the weighted pipeline.

        :param list result_ids: ids of ``sales.target.result``
        """
        results = self._get_results(result_ids)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm.crm_lead_opportunities"
        )
        return action | {
            "name": results._fields["pipeline"]._description_string(self.env),
            "domain": [("id", "in", results._get_pipeline().ids)],
            "context": {},
            "views": [(False, "list"), (False, "form")],
        }

    @api.model
    def _get_results(self, result_ids):
        """:return: the results that a client names, who may name anything"""
        is_list = isinstance(result_ids, list | tuple)
        ids = [id_ for id_ in result_ids if type(id_) is int] if is_list else []
        results = self.env["sales.target.result"].browse(ids).exists()
        if not results:
            raise UserError(self.env._("There are no figures to open."))
        return results

    # ------------------------------------------------------------------
    # What is chosen
    # ------------------------------------------------------------------

    def _get_plans(self):
        return self.env["sales.target.plan"].search(
            [
                ("state", "in", ("running", "closed")),
                ("company_id", "in", self.env.companies.ids),
            ]
        )

    def _choose_plan(self, plans):
        """Prefer the present company, what runs, and what is for today."""
        return plans.sorted(
            lambda plan: (
                plan.company_id != self.env.company,
                plan.state != "running",
                not plan.date_from <= plan._get_today() <= plan.date_to,
            )
        )[:1]

    def _describe_plan(self, plan):
        return plan and {
            "id": plan.id,
            "name": plan.name,
            "company": plan.company_id.name,
            "currency_id": plan.currency_id.id,
        }

    def _choose_scope(self, plan, scope):
        """Return the scopes that the user may see, and the one that is chosen."""
        user = self.env.user
        names = {
            "company": self.env._("Company"),
            "team": self.env._("My Team"),
            "my": self.env._("My Targets"),
        }
        scopes = []
        if user.has_group("sales_efficiency_base.group_sales_director"):
            scopes.append("company")
        is_leader = user.has_group("sales_efficiency_base.group_sales_leader")
        if is_leader and user.sales_led_team_ids:
            scopes.append("team")
        own = self._get_domain(plan, "my")
        if not scopes or self.env["sales.target"].search_count(own, limit=1):
            scopes.append("my")
        return {
            "scopes": [{"id": name, "name": names[name]} for name in scopes],
            "scope": scope if scope in scopes else scopes[0],
        }

    def _get_domain(self, plan, scope):
        """Return the domain of the targets, or results, of a scope."""
        domain = Domain("plan_id", "=", plan.id)
        user = self.env.user
        if scope == "my":
            # A leader is responsible for the team's target too, which is not their own
            is_leader = user.has_group("sales_efficiency_base.group_sales_leader")
            name = "user_id" if is_leader else "responsible_id"
            return domain & Domain(name, "=", user.id)
        if scope == "team":
            teams = user.sales_led_team_ids.ids
            return domain & (
                Domain("team_id", "child_of", teams)
                | Domain("user_id.crm_team_member_ids.crm_team_id", "child_of", teams)
            )
        return domain

    def _choose_period(self, plan, kind, date_from):
        """Return the kinds of periods, and the one that is chosen."""
        results = self.env["sales.target.result"]
        names = dict(results._fields["period"]._description_selection(self.env))
        spans = defaultdict(list)
        for name, span, _measured in plan._get_periods():
            spans[name].append(span)
        if kind not in list(spans):
            kind = "to_date" if "to_date" in spans else "year"
        today = min(max(plan._get_today(), plan.date_from), plan.date_to)
        starts = [fields.Date.to_string(span.start) for span in spans[kind]]
        if date_from in starts:
            position = starts.index(date_from)
        else:
            position = sum(span.start <= today for span in spans[kind]) - 1
        span = spans[kind][position]
        return {
            "periods": [
                {"id": name, "name": names[name]} for name in names if name in spans
            ],
            "period": {
                "id": kind,
                "name": self._name_period(plan, kind, span, position, today),
                "date_from": starts[position],
                "date_to": fields.Date.to_string(span.end),
                "previous": starts[position - 1] if position else False,
                "next": (starts[position + 1 :] or [False])[0],
            },
        }

    def _name_period(self, plan, kind, span, position, today):
        if kind == "month":
            results = self.env["sales.target.result"]
            return results._get_period_name(kind, span.start)
        if kind == "quarter":
            return self.env._(
                "Quarter %(number)s, %(plan)s", number=position + 1, plan=plan.name
            )
        start = format_date(self.env, span.start)
        end = format_date(self.env, today if kind == "to_date" else span.end)
        return self.env._("%(start)s to %(end)s", start=start, end=end)

    def _get_moment(self, data):
        """Return the domain of the results of the period that is chosen."""
        period = data["period"]
        return Domain("period", "=", period["id"]) & Domain(
            "date_from", "=", period["date_from"]
        )

    def _explain_no_plan(self):
        can_plan = self.env["sales.target.plan"].has_access("create")
        return "make_plan" if can_plan else "no_plan"

    def _explain_no_figures(self, domain, scope):
        if self.env["sales.target"].search_count(domain, limit=1):
            return "not_measured"
        return {"my": "no_target", "team": "no_team_target"}.get(scope, "no_targets")
