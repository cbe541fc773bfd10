# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Domain

from ...tools import grow
from .panel import Panel

# Number of metrics shown; the rest are one click away
LENGTH = 8


class Figures(Panel):
    """The first metrics of the scope, compared with the same days of last year."""

    key = "figures"

    def is_visible(self):
        return self.choice.has_figures

    def get_data(self):
        metrics, company = self._get_metrics(), self.choice.company
        scope = self.choice.figures_scope
        span = self.choice.period.until(self.choice.today)
        before = span.previous_year()
        values = metrics._evaluate([scope], [span, before], known=True)
        facts = self.choice.get_facts_domain(span)
        return {
            "currency_id": company.currency_id.id,
            "rows": [
                {
                    "id": metric.id,
                    "name": metric.name,
                    "unit": metric.unit,
                    "value": values[metric.id, scope, span],
                    "growth": grow(
                        values[metric.id, scope, span],
                        values[metric.id, scope, before],
                        metric._is_rate(),
                    ),
                    "known": metric._describe_known(
                        values.known.get((metric.id, scope, span))
                    ),
                    "domain": list(metric._get_facts_domain() & facts),
                }
                for metric in metrics
            ],
        }

    def _get_metrics(self):
        """Leave out growth metrics: growth is shown beside each metric anyway."""
        return self.env["sales.metric"].search(
            Domain("company_id", "in", [False, self.choice.company.id])
            & Domain("kind", "!=", "growth"),
            limit=LENGTH,
        )
