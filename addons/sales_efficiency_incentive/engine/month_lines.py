# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import to_array

from .credit import Credits
from .credited_lines import CreditedLines
from .linked_returns import LinkedReturns
from .order_returns import OrderReturns
from .sale_line import SaleLine

DAY = timedelta(days=1)
ZERO = Decimal(0)
#: Source of figures → event by which a metric asks for what is given back of them
GIVEN_BACK = {"invoice": "refund", "order": "confirmed"}


class MonthLines:
    """Gathers the lines by which some assignments earn in a month.

    These are the figures of the month, and those of earlier months that are not as they
    were booked: back-dated, changed, cancelled, credited to somebody else, or given
    back. A figure that has earned keeps its places: it stays with its assignment while
    its salesperson and team are the same, wherever its product, region or channel may
    belong today.

    :param env: environment that may read everything
    :param assignments: ``sales.incentive.assignment`` records
    :param dict terms: assignment id → :class:`.AssignmentTerms`
    :param dict versions: plan → its approved versions
    :param booked: :class:`.BookedEntries` of earlier months
    :param dict begins: see :class:`.Credits`
    """

    def __init__(
        self,
        env,
        assignments,
        terms,
        versions,
        month,
        end,
        booked,
        money,
        begins=None,
    ):
        self.env = env
        self._assignments = assignments
        self._terms = terms
        self._month = month
        self._end = end
        self._booked = booked
        self._credits = Credits(versions, begins).of_assignments(assignments)
        self._reader = CreditedLines(env, self._credits)
        self._numbers = defaultdict(list)
        for number, credit in enumerate(self._credits):
            self._numbers[credit.assignment_id, credit.root_id].append(number)
        company = assignments.company_id
        self._linked_returns = LinkedReturns(env, company, end, money)
        self._order_returns = OrderReturns(
            env, company, end, self._linked_returns, money
        )
        self._rules = {
            rule.id: rule
            for versions in terms.values()
            for version in versions.versions
            for rule in version.rules
        }
        self._metrics = {
            metric.id: metric
            for metric in env["sales.metric"].browse(
                {credit.metric_id for credit in self._credits}
            )
        }
        self._measures = self._get_measures("refund")
        self._order_measures = self._get_measures("confirmed")
        #: assignment id → root → list of SaleLine
        self.lines = defaultdict(lambda: defaultdict(list))
        #: (assignment id, root, key) → seller, customer, product
        self.places = {}
        self._current = []
        self._returns, self._linked = {}, set()

    def prepare(self, changed):
        """Read the figures of the month, and what is given back.

        :param set changed: documents of earlier months that have changed
        :return: all documents of earlier months that matter
        """
        self._current = self._reader.find(start=self._month, end=self._end)
        documents = set(changed)
        if self._measures:
            refunds = self._linked_returns.find_refunds(self._month, changed)
            returns, _linked = self._linked_returns.divide(refunds, self._measures)
            documents |= {key[:2] for key in returns}
            documents |= self._linked_returns.find_invoices(changed)
            sold = documents | {line.document for line in self._current}
            refunds |= self._linked_returns.find_refunds_of(sold)
            self._returns, self._linked = self._linked_returns.divide(
                refunds, self._measures
            )
        if self._order_measures:
            documents |= self._order_returns.find(changed, self._month)
            sold = documents | {line.document for line in self._current}
            self._returns |= self._order_returns.divide(sold, self._order_measures)
        return documents

    @property
    def documents(self):
        """The documents of the month"""
        return {line.document for line in self._current}

    def gather(self, documents, restated):
        """Make the lines of the month and those of earlier months.

        :param documents: documents of earlier months that matter
        :param set restated: pairs of assignment id and month, all lines of which are
            needed, because their terms are new
        """
        earlier = self._get_earlier(documents, restated)
        if more := self._get_months_of_items(earlier) - restated:
            earlier = self._get_earlier(documents, restated | more)
        days = self._read_days(
            [*self._current, *(line for line, _before in earlier.values())]
        )
        for line in self._current:
            if not self._is_linked(line.key):
                self._add(self._credits[line.credit], line, None, days)
        for (assignment_id, root_id, _key, _origin), (line, before) in earlier.items():
            if line.credit is None:
                self._add_gone(assignment_id, root_id, line, before)
            else:
                self._add(self._credits[line.credit], line, before, days)

    # ------------------------------------------------------------------
    # Earlier months
    # ------------------------------------------------------------------

    def _get_earlier(self, documents, restated):
        """Return the lines of earlier months.

        :return: dict (assignment id, root, key, month) → line, what is booked of it
        """
        booked = {
            (b.assignment_id, b.root_id, b.key, b.origin): b
            for b in self._booked.read_lines(self._assignments, documents, restated)
        }
        sellers = self._booked.read_sellers({id_[2][:2] for id_ in booked} | documents)
        present = {}
        for line in self._read_earlier(documents, restated):
            id_ = self._identify(line)
            is_new = line.seller not in sellers.get(line.key, ())
            if id_ in booked or is_new or (id_[0], id_[3]) in restated:
                present[id_] = line
        self._keep_booked(booked, present)
        return {
            id_: (
                present.get(id_) or _Gone(booked[id_]),
                booked[id_].base if id_ in booked else ZERO,
            )
            for id_ in {**booked, **present}
        }

    def _read_earlier(self, documents, restated):
        last = self._month - DAY
        lines = self._reader.find(end=last, documents=documents)
        if restated:
            first = min(month for _assignment, month in restated)
            known = {(line.credit, line.key) for line in lines}
            lines += [
                line
                for line in self._reader.find(start=first, end=last)
                if (line.credit, line.key) not in known
                and (self._identify(line)[0], line.date.replace(day=1)) in restated
            ]
        return [line for line in lines if not self._is_linked(line.key)]

    def _keep_booked(self, booked, present):
        """Keep figures with those whom they have paid, whatever moved meanwhile."""
        missing = [b for id_, b in booked.items() if id_ not in present]
        fixed = [
            (number, b.key)
            for b in missing
            for number in self._find_credits(b.assignment_id, b.root_id, b.date)
            if not self._is_linked(b.key)
        ]
        for line in self._reader.find(end=self._month - DAY, fixed=fixed):
            id_ = self._identify(line)
            if id_ in booked and booked[id_].seller == line.seller:
                present.setdefault(id_, line)

    def _get_months_of_items(self, earlier):
        """Return the months all lines of which are needed, because rates are those of
        lines or documents, and some have changed."""
        return {
            (assignment_id, origin)
            for (assignment_id, root_id, _key, origin), (line, before) in (
                earlier.items()
            )
            if (rule := self._terms[assignment_id].rule_at(root_id, origin))
            and rule.method == "items"
            and (line.base != before or self._get_returns(line))
        }

    # ------------------------------------------------------------------
    # Lines
    # ------------------------------------------------------------------

    def _add(self, credit, line, before, days):
        rule = self._rules[credit.rule_id]
        margin_rate = None
        if rule.rate_by == "margin" and line.margin_base:
            margin_base = Decimal(line.margin_base)
            margin_rate = Decimal(line.margin) / margin_base if margin_base else None
        self.lines[credit.assignment_id][credit.root_id].append(
            SaleLine(
                line.key,
                line.document,
                line.date,
                line.base,
                before or ZERO,
                margin_rate,
                self._get_days(rule, line, days),
                self._get_returns(line),
            )
        )
        self.places[credit.assignment_id, credit.root_id, line.key] = (
            *line.seller,
            line.customer_id,
            line.product_id,
        )

    def _add_gone(self, assignment_id, root_id, gone, before):
        booked = gone.booked
        self.lines[assignment_id][root_id].append(
            SaleLine(booked.key, booked.document, booked.date, ZERO, before)
        )
        self.places[assignment_id, root_id, booked.key] = (
            *booked.seller,
            booked.customer_id,
            booked.product_id,
        )

    def _get_returns(self, line):
        if not self._returns or line.credit is None:
            return ()
        credit = self._credits[line.credit]
        returns = self._returns.get(line.key, {})
        if not returns or not self._gives_back(credit, GIVEN_BACK[line.key[0]]):
            return ()
        returns = returns.get(self._metrics[credit.metric_id].measure, ())
        if credit.share == 1:
            return tuple(returns)
        return tuple(back._replace(base=back.base * credit.share) for back in returns)

    def _gives_back(self, credit, event):
        """Return whether what is given back takes from what a metric counts."""
        metric = self._metrics[credit.metric_id]
        return metric.kind == "sum" and event in metric.event_ids.mapped("event")

    def _get_measures(self, event):
        """Return the measures of which something can be given back."""
        names = {
            self._metrics[credit.metric_id].measure
            for credit in self._credits
            if self._gives_back(credit, event)
        }
        return sorted(names - {"facts"})

    def _is_linked(self, key):
        """Return whether a figure is that of a credit note that belongs to a sale: it
        counts as a return of the sale, not for itself."""
        return key[5] == "refund" and (key[1], key[2]) in self._linked

    def _read_days(self, lines):
        """Return the dates of invoices, if days to collection matter."""
        if all(rule.rate_by != "collection_days" for rule in self._rules.values()):
            return {}
        ids = {line.document[1] for line in lines}
        return dict(
            self.env.execute_query(
                SQL(
                    "SELECT id, COALESCE(invoice_date, date) FROM account_move"
                    " WHERE id = ANY(%s::int[])",
                    to_array(ids),
                )
            )
        )

    @staticmethod
    def _get_days(rule, line, days):
        if rule.rate_by != "collection_days" or line.key[0] != "payment":
            return None
        invoiced = days.get(line.key[1])
        return (line.date - invoiced).days if invoiced else None

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _identify(self, line):
        credit = self._credits[line.credit]
        month = line.date.replace(day=1)
        return credit.assignment_id, credit.root_id, line.key, month

    def _find_credits(self, assignment_id, root_id, day):
        return [
            number
            for number in self._numbers.get((assignment_id, root_id), ())
            if self._credits[number].date_from <= day <= self._credits[number].date_to
        ]


class _Gone:
    """A figure that is booked, but there no more"""

    credit = None
    base = ZERO

    def __init__(self, booked):
        self.booked = booked
        self.document = booked.document
