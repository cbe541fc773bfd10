# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


class MetricFormula:
    """Writes the formula of a metric in words.

    :param metric: a ``sales.metric`` record
    """

    def __init__(self, metric):
        metric.ensure_one()
        self.env = metric.env
        self._metric = metric

    def get_text(self):
        """:return: the formula of a metric whose definition is complete"""
        return getattr(self, f"_write_{self._metric.kind}")()

    def _write_sum(self):
        events = self._get_event_names()
        if self._metric.measure == "facts":
            formula = self.env._("Number of: %(events)s", events=events)
        else:
            formula = self.env._(
                "Sum of %(measure)s: %(events)s",
                measure=self._get_label("measure"),
                events=events,
            )
        return self._mention_filter(formula)

    def _write_distinct(self):
        return self._mention_filter(
            self.env._(
                "Number of different %(counted)s: %(events)s",
                counted=self._get_label("counted"),
                events=self._get_event_names(),
            )
        )

    def _write_ratio(self):
        metric = self._metric
        names = {
            "numerator": metric.numerator_id.name,
            "denominator": metric.denominator_id.name,
        }
        if metric._get_denominator() != metric.denominator_id:
            names["denominator"] = self.env._(
                "%(amount)s with known margin", amount=metric.denominator_id.name
            )
        if metric.unit == "percent":
            return self.env._("%(numerator)s ÷ %(denominator)s × 100", **names)
        return self.env._("%(numerator)s ÷ %(denominator)s", **names)

    def _write_growth(self):
        base = self._metric.base_id
        if base._is_rate():
            return self.env._("%(base)s − same days a year before", base=base.name)
        return self.env._(
            "(%(base)s − same days a year before) ÷ |same days a year before| × 100",
            base=base.name,
        )

    def _write_method(self):
        return self._metric.method_formula

    def _mention_filter(self, formula):
        if self._metric.domain and self._metric.domain != "[]":
            return self.env._("%(formula)s (filtered)", formula=formula)
        return formula

    def _get_label(self, name):
        field = self._metric._fields[name]
        return dict(field._description_selection(self.env)).get(self._metric[name])

    def _get_event_names(self):
        return ", ".join(self._metric.event_ids.mapped("display_name"))
