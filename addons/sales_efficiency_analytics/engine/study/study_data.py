# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import Period

from .figures import Figures
from .question import MONTH

# More rows take longer than anybody waits: they are measured and named, too, so there
# are fewer than a child could take.
MAX_ROWS = 100_000


class StudyData:
    """Reads the data of a question: rows × metrics, in a fixed number of queries.

    :param StudyReach reach: what the owner of the study may see
    :param company: company of the figures, in the environment of the owner
    :param Question question: what is asked
    """

    def __init__(self, reach, company, question):
        self.env = company.env
        self._reach = reach
        self._company = company
        self._question = question
        self._metrics = self._find_metrics()

    def get(self):
        """:return: :class:`Figures`"""
        if self._question.rows == MONTH:
            return self._get_months()
        return self._get_records()

    def _find_metrics(self):
        metrics = self.env["sales.metric"].browse(self._question.metric_ids)
        if len(metrics.exists()) < len(metrics):
            raise UserError(
                self.env._("A metric of the question has been deleted. Ask another.")
            )
        # Its parts may be others than when it was asked about.
        metrics._check_can_study()
        return metrics

    # ------------------------------------------------------------------
    # Months
    # ------------------------------------------------------------------

    def _get_months(self):
        """Read the months of the period: those that are over and lie in it as a whole,
        and the others apart."""
        months = self._find_months()
        asked = self._question.period.start.replace(day=1)
        today = self._company._get_sales_today()
        whole = [
            month
            for month in months
            if month == Period.month(month.start) and month.end < today
        ]
        scope = self._reach.get_scope(self._question.scope)
        columns = self._measure([scope], months)
        places = {month: place for place, month in enumerate(months)}
        keys = [_name(month) for month in whole]
        return Figures(
            keys,
            keys,
            {
                name: [values[places[month]] for month in whole]
                for name, values in columns.items()
            },
            apart=[
                {
                    "key": _name(month),
                    "label": _name(month),
                    "values": {name: values[place] for name, values in columns.items()},
                }
                for month, place in places.items()
                if month not in whole
            ],
            begins=_name(months[0]) if months[0].start > asked else None,
        )

    def _find_months(self):
        """:return: the months of the period as :class:`Period`, cut to it, from the
        first figures of the scope to today: months before are no zeros"""
        period, today = self._question.period, self._company._get_sales_today()
        end = min(period.end, today)
        facts = self.env["sales.fact"]
        before = self._get_facts_domain() & Domain("date", "<=", end)
        [[first]] = facts._read_group(before, [], ["date:min"])
        start = max(filter(None, (period.start, first and first.replace(day=1))))
        if not first or start > end:
            raise UserError(
                self.env._("There are no figures in this period. Choose another one.")
            )
        cut = Period(start, end)
        months = []
        for day in cut.months():
            month = Period.month(day)
            last = month.end if month.end <= period.end else end
            months.append(Period(max(month.start, start), last))
        return months

    # ------------------------------------------------------------------
    # Records
    # ------------------------------------------------------------------

    def _get_records(self):
        """Read the records of a dimension that have figures in the period."""
        rows = self._question.rows
        sums = self._get_sums()
        groups = self._group_figures(sums or ["__count"])
        records, wider = self._split_records(record.id for record, *_sums in groups)
        if sums:
            found = {record.id: values for record, *values in groups}
            lists = zip(*(found[record.id] for record in records), strict=True)
            names = [metric._get_column() for metric in self._metrics]
            columns = {
                name: [float(value or 0) for value in values]
                for name, values in zip(names, lists, strict=True)
            }
        else:
            scopes = [
                self._reach.get_scope(self._question.scope, **{rows: record.id})
                for record in records
            ]
            columns = self._measure(scopes, [self._question.period])
        return Figures(
            records.ids,
            self._name_records(records),
            columns,
            left_out=self._name_records(wider),
        )

    def _get_sums(self):
        """Return the sums that the metrics are, if one query can find the records and
        measure them; nothing if they are something else.

        Of rows none of which lies within another, a sum is that of their own figures.
        """
        # sudo: metrics are public.
        metrics = self._metrics.sudo()
        is_plain = all(
            metric.kind == "sum" and metric._get_domain().is_true()
            for metric in metrics
        )
        if not is_plain or len({metric.event_ids for metric in metrics}) > 1:
            return []
        return [
            "__count" if metric.measure == "facts" else f"{metric.measure}:sum"
            for metric in metrics
        ]

    def _group_figures(self, aggregates):
        """:return: the records of the rows, each with its sums"""
        facts, rows = self.env["sales.fact"], self._question.rows
        if rows not in facts._get_dimensions():
            raise UserError(self.env._("Choose what there is one row for."))
        groups = facts._read_group(
            self._get_facts_domain()
            & Domain("date", ">=", self._question.period.start)
            & Domain("date", "<=", self._question.period.end)
            & Domain(rows, "!=", False),
            [rows],
            aggregates,
            limit=MAX_ROWS + 1,
        )
        if not groups:
            raise UserError(
                self.env._("There are no figures in this period. Choose another one.")
            )
        if len(groups) > MAX_ROWS:
            raise UserError(
                self.env._(
                    "There are more than %(limit)s rows. Choose a narrower scope.",
                    limit=MAX_ROWS,
                )
            )
        return groups

    def _split_records(self, ids):
        """Sort records by their ids. Of those within each other the narrowest ones are
        rows, so that nothing counts twice.

        :return: records of the rows, and the wider ones
        """
        facts, rows = self.env["sales.fact"], self._question.rows
        # sudo: figures show the names of their records to all who see the figures.
        records = facts[rows].sudo().browse(sorted(ids))
        if not facts._is_tree(rows):
            return records, records.browse()
        above = {
            int(id_)
            for record in records
            for id_ in (record.parent_path or "").split("/")[:-2]
        }
        wider = records.filtered(lambda record: record.id in above)
        return records - wider, wider

    def _get_facts_domain(self):
        """:return: the figures behind the metrics, of any day, as far as the owner may
        see them"""
        facts = self.env["sales.fact"]
        # sudo: the parts of shared metrics may not be readable.
        behind = Domain.OR(
            metric._get_facts_domain() for metric in self._metrics.sudo()
        )
        if behind.is_false():  # measured by methods alone
            behind = Domain.TRUE
        domain = behind & Domain("company_id", "=", self._company.id)
        for name, ids in self._reach.narrow(self._question.scope).items():
            domain &= Domain(name, "child_of" if facts._is_tree(name) else "in", ids)
        return domain

    @staticmethod
    def _name_records(records):
        # To compute the names of many customers takes longer than to read what they
        # bought; where the whole name is stored, it is the one that is displayed.
        stored = records._fields.get("complete_name")
        name = "complete_name" if stored and stored.store else "display_name"
        records.fetch([name])
        return [record[name] or "" for record in records]

    # ------------------------------------------------------------------
    # Values
    # ------------------------------------------------------------------

    def _measure(self, scopes, periods):
        """:return: name of a column → values in the order of scopes × periods"""
        values = self._metrics._evaluate(scopes, periods, rounded=False)
        return {
            metric._get_column(): [
                None if value is None else float(value)
                for value in values.column(metric.id)
            ]
            for metric in self._metrics
        }


def _name(month):
    return f"{month.start:%Y-%m}"
