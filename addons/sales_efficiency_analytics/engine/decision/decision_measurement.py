# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
import json

from odoo.exceptions import UserError

from odoo.addons.sales_efficiency_base.tools import get_roi

from ..child_process import ChildProcess
from ..verdicts.effect import EffectVerdict
from .decision_figures import DecisionFigures

METHOD = "effect"
MONEY = "currency"
# Metrics that are a margin already
MARGINS = ("margin", "invoiced_margin")
# What is kept of the result in fields, for lists and graphs
KEPT = {
    "treated_count": "affected_count",
    "control_count": "compared_count",
    "before": "value_before",
    "after": "value_after",
    "change": "change",
    "control_change": "compared_change",
    "effect": "effect",
    "percent": "effect_percent",
    "total": "effect_total",
    "low": "effect_low",
    "high": "effect_high",
    "verdict": "verdict",
    "check": "check",
}


class DecisionMeasurement:
    """Measures what a decision has brought: a version of its effect.

    :param decision: the decision, in the environment of its owner
    """

    def __init__(self, decision):
        self._decision = decision
        self.env = decision.env
        self._figures = DecisionFigures(decision)

    def measure(self):
        """Return the new version, or none if no figure has changed since the last one.

        :raise ChildFailed: if there is no answer
        :raise UserError: if the method may not be used
        """
        data, options = self._figures.get_data()
        cost, is_spent = self._figures.get_cost()
        fingerprint = self._get_fingerprint(data, options, cost)
        effects = self.env["sales.decision.effect"]
        if self._decision.effect_id.fingerprint == fingerprint:
            return effects
        answer = ChildProcess(self.env).run(METHOD, data, options)
        if refused := answer.get("refused"):
            raise UserError(EffectVerdict.refusals(self.env)[refused["code"]])
        values = self._prepare_effect(answer["result"])
        values |= self._prepare_return(answer["result"], cost, is_spent)
        # sudo: nobody writes effects.
        effect = effects.sudo().create({**values, "fingerprint": fingerprint})
        effect._create_points(self._figures.get_points())
        return effect.sudo(False)

    def _prepare_effect(self, result):
        p_value = result["p_value"]
        return {
            "decision_id": self._decision.id,
            "version": len(self._decision.effect_ids) + 1,
            "date": self._decision.company_id._get_sales_today(),
            "result": result,
            "has_effect": result["effect"] is not None,
            "has_percent": result["percent"] is not None,
            "has_interval": result["low"] is not None,
            "p_percent": None if p_value is None else 100 * p_value,
            **{name: result[key] for key, name in KEPT.items()},
        }

    def _prepare_return(self, result, cost, is_spent):
        """Say what came back: the margin that is due to the decision against its cost,
        if the metric is money."""
        metric, total = self._decision.metric_id, result["total"]
        margin = None
        # Averages and rates of several do not add up.
        if metric.unit == MONEY and metric.kind == "sum" and total is not None:
            rate = self._figures.get_margin_rate()
            if not metric.higher_is_better:
                margin = -total
            elif metric.code in MARGINS:
                margin = total
            elif rate is not None:
                margin = total * rate / 100
        roi = get_roi(margin, cost)
        return {
            "cost": cost,
            "is_cost_spent": is_spent,
            "has_margin": margin is not None,
            "margin": margin,
            "has_roi": roi is not None,
            "roi": roi,
        }

    @staticmethod
    def _get_fingerprint(*parts):
        text = json.dumps(parts, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()
