# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.sales_efficiency_base.tools import format_period
from odoo.addons.sales_efficiency_base.tools.period_names import SHORT_MONTH

from .fiscal_calendar import LENGTHS
from .rule_text import RuleText, write_value

LIMITS = [
    (f"{kind}_{level}", f"cap_{level}_mode" if kind == "cap" else None)
    for kind in ("cap", "minimum")
    for level in ("document", "month", "interval")
]


class PlanLetter:
    """The terms of a version for one person, in words and tables.

    :param assignment: in the language of the person
    :param version: in that language, too
    :param targets: see :meth:`find_targets`
    """

    def __init__(self, assignment, version, targets):
        self._assignment = assignment
        self._version = version
        self._targets = targets.with_env(version.env)
        self.env = version.env

    @staticmethod
    def find_targets(assignments, version):
        """:return: the running targets by which the version may measure the people, for
        all of their letters at once"""
        metrics = version.rule_ids.filtered("uses_target").target_metric_id
        # sudo: the person's own targets, whoever sends the letter
        return (
            version.env["sales.target"]
            .sudo()
            .search(
                [
                    ("metric_id", "in", metrics.ids),
                    ("company_id", "=", version.company_id.id),
                    ("plan_id.state", "in", ("running", "closed")),
                    ("plan_id.date_to", ">=", version.date_from),
                    ("user_id", "in", (False, *assignments.user_id.ids)),
                ]
            )
        )

    def get_terms(self):
        """:return: texts only, so that they can be kept, shown and digested"""
        version = self._version
        return {
            "plan": version.plan_id.name,
            "person": self._assignment._get_payee_name(),
            "begins": format_period(self.env, self._get_start()),
            "description": version.plan_id.description or "",
            "sections": [
                *map(self._get_rule, version.rule_ids),
                *self._get_plan_terms(),
                *self._get_own_terms(),
                *self._get_quotas(),
            ],
            "note": version.note or "",
        }

    def _get_start(self):
        return max(self._assignment.date_from, self._version.date_from)

    # ------------------------------------------------------------------
    # Rules
    # ------------------------------------------------------------------

    def _get_rule(self, rule):
        section = {
            "title": rule.name,
            "rows": self._get_rows(rule, self._get_names(rule)),
        }
        if table := rule._get_printed_table():
            section["head"], *section["table"] = table
        else:
            section["rows"].insert(
                2, [self._label(rule, "rate"), RuleText(rule).write_rate(rule.rate)]
            )
        return section

    def _get_names(self, rule):
        """:return: the fields that say something about the rule"""
        has_table, is_bonus = rule.rate_by != "fixed", rule.kind == "bonus"
        is_pool = rule.kind == "pool"
        has_rates = has_table and not is_bonus and not is_pool
        shown = {
            "kind": True,
            "pool_basis": is_pool,
            "pool_split": is_pool,
            "metric_id": rule._needs_metric(),
            **dict.fromkeys(rule._get_own_terms(), True),
            "credit": rule._counts_for_people(),
            "share": rule.share != 100 and not is_pool,
            **dict.fromkeys(rule._get_naming_dimensions(), True),
            "rate_by": has_rates,
            "rate_mode": has_rates,
            "curve": is_bonus,
            "reach": has_table and rule.reach == "exceed",
            "interval": rule.rate_by in ("interval", "attainment")
            or bool(rule.cap_interval or rule.minimum_interval),
            "target_metric_id": rule.uses_target,
            "attainment": rule.rate_by == "attainment" and not is_pool,
            "condition_attainment": True,
            "paid": True,
            "holdback": True,
            "holdback_months": True,
            "unpaid_days": True,
        }
        for name, mode in LIMITS:
            shown[name] = True
            if mode:
                shown[mode] = bool(rule[name])
        return [name for name, is_shown in shown.items() if is_shown]

    # ------------------------------------------------------------------
    # Plan and person
    # ------------------------------------------------------------------

    def _get_plan_terms(self):
        version = self._version
        names = ["guarantee_month"]
        for name in ("cap_month", "cap_interval"):
            names += [name, f"{name}_mode"] if version[name] else []
        names += ["interval"] if version.cap_interval else []
        names += ["return_days", "release_days"]
        rows = self._get_rows(version, names)
        rows += [
            [
                self.env._("Returned by day %s", step.days),
                self.env._("%s taken back", write_value(step, "share") or "0 %"),
            ]
            for step in version.return_step_ids
        ]
        return [{"title": self.env._("Limits and Returns"), "rows": rows}]

    def _get_own_terms(self):
        person = self._assignment
        names = person._get_printed_terms()
        return [
            {
                "title": self.env._("Your Own Terms"),
                "rows": self._get_rows(person, names),
            }
        ]

    # ------------------------------------------------------------------
    # Quotas
    # ------------------------------------------------------------------

    def _get_quotas(self):
        sections = {}
        for rule in self._version.rule_ids.filtered("uses_target"):
            for target in self._targets:
                if self._is_quota(target, rule):
                    sections[target, rule.interval] = {
                        "title": self.env._("Target: %s", target.display_name),
                        "rows": self._get_quota(target, rule.interval),
                    }
        return list(sections.values())

    def _is_quota(self, target, rule):
        """:return: whether the attainment of the rule is measured by the target"""
        same = [n for n in rule._get_dimensions() if n not in ("user_id", "team_id")]
        return (
            target.metric_id == rule.target_metric_id
            and target.plan_id.date_from <= self._get_start() <= target.plan_id.date_to
            and all(target[name] == rule[name] for name in same)
            and self._is_of_credited(target, rule)
        )

    def _is_of_credited(self, target, rule):
        """:return: whether the target is of those whose sales are credited"""
        if rule.kind == "pool" or rule.credit == "scope":
            return (target.user_id, target.team_id) == (rule.user_id, rule.team_id)
        if rule.credit == "own":
            return bool(target.user_id) and target.user_id == self._assignment.user_id
        return not target.user_id and target.team_id in self._assignment.team_ids

    def _get_quota(self, target, interval):
        """:return: rows of the target in each interval of its year"""
        months, size = target.month_ids.sorted("month"), LENGTHS[interval]
        rows = []
        for start in range(0, len(months), size):
            part = months[start : start + size]
            amount = sum(part.mapped("amount"))
            if not target.is_additive:
                amount /= len(part)
            ends = dict.fromkeys((part[0].month, part[-1].month))
            name = " – ".join(format_period(self.env, day, SHORT_MONTH) for day in ends)
            rows.append([name, target._format_figure(amount)])
        return rows

    # ------------------------------------------------------------------
    # Text
    # ------------------------------------------------------------------

    def _get_rows(self, record, names):
        return [
            [self._label(record, name), text]
            for name in names
            if (text := write_value(record, name))
        ]

    def _label(self, record, name):
        return record._fields[name]._description_string(self.env)
