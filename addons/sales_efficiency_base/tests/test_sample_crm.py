# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from decimal import Decimal

from odoo.fields import Command
from odoo.tests import tagged

from ..tools import Period, Scope
from .sample_common import SampleCase, get_month, get_quarter, read_rows

# Opened from October 2016 on, closed in 2017.
ALWAYS = Period(date(2016, 10, 1), date(2017, 12, 31))
# Column of a truth file -> dimension of a scope, kind of the loaded records
SCOPES = {
    "sales_agent": ("user_id", "agent"),
    "manager": ("team_id", "team"),
    "regional_office": ("region_id", "office"),
    "product_fixed": ("categ_id", "product_line"),
}
# Metric -> column of a truth file
SUMS = {"won": "Won", "lost": "Lost", "won_amount": "WonAmount"}
# The last two metrics are defined by this test.
QUOTIENTS = {
    "conversion_rate": "WinRatePct",
    "sales_cycle": "AvgCycleWon",
    "sample_lost_cycle": "AvgCycleLost",
    "sample_closed_cycle": "AvgCycleClosed",
}

# The truth files round 41.90625 to even (41.9062), Odoo rounds up (41.9063).
TIE = Decimal("0.0001")


@tagged("post_install", "-at_install")
class TestSampleCrmSalesOpportunities(SampleCase):
    """8,800 opportunities, with figures that others computed from the same files."""

    data_set = "crm_sales_opportunities"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._define_cycle("lost", cls._get_event("lost"))
        cls._define_cycle("closed", cls._get_event("won") | cls._get_event("lost"))

    @classmethod
    def _get_event(cls, event):
        return cls.env["sales.metric.event"].search([("event", "=", event)])

    @classmethod
    def _define_cycle(cls, code, events):
        """Define the average days of some events, as a user would."""
        values = {"kind": "sum", "event_ids": [Command.set(events.ids)]}
        days, number = cls.env["sales.metric"].create(
            [
                {
                    "name": f"{code} {measure}",
                    "code": f"sample_{code}_{measure}",
                    "measure": measure,
                    **values,
                }
                for measure in ("days", "facts")
            ]
        )
        cls.env["sales.metric"].create(
            {
                "name": f"{code} cycle",
                "code": f"sample_{code}_cycle",
                "kind": "ratio",
                "numerator_id": days.id,
                "denominator_id": number.id,
                "unit": "days",
            }
        )

    def _assert_truth(self, name, get_scope):
        """Compare with a truth file, by closing period if the file has one."""
        rows = read_rows(self.folder / f"truth_{name}.csv")
        cells = [(get_scope(row), self._get_period(row)) for row in rows]
        scopes, periods = map(set, zip(*cells, strict=True))
        values = self._evaluate((*SUMS, *QUOTIENTS), scopes, periods)
        for row, cell in zip(rows, cells, strict=True):
            with self.subTest(row=row):
                self._assert_values(values[cell], row)

    def _assert_values(self, values, row):
        for code, column in SUMS.items():
            self.assertEqual(values[code], float(row[column]), code)
        for code, column in QUOTIENTS.items():
            if row[column]:
                difference = Decimal(str(values[code])) - Decimal(row[column])
                self.assertLessEqual(abs(difference), TIE, code)
            else:
                self.assertIsNone(values[code], code)

    def _assert_truth_of(self, name, column):
        dimension, kind = SCOPES[column]
        ids = self.loader.ids[kind]
        self._assert_truth(
            name, lambda row: Scope(self.company.id, **{dimension: ids[row[column]]})
        )

    def _get_period(self, row):
        if "close_quarter" in row:
            return get_quarter(row["close_quarter"])
        return get_month(row["close_month"]) if "close_month" in row else ALWAYS

    def _get_company_scope(self, row):
        return Scope(self.company.id)

    def test_all_is_loaded(self):
        leads = self.env["crm.lead"].with_context(active_test=False)
        counts = dict(
            leads._read_group(
                [("company_id", "=", self.company.id)], ["won_status"], ["__count"]
            )
        )
        self.assertEqual(counts, {"won": 4238, "lost": 2473, "pending": 2089})

    def test_total(self):
        self._assert_truth("total", self._get_company_scope)

    def test_quarter(self):
        self._assert_truth("close_quarter", self._get_company_scope)

    def test_month(self):
        self._assert_truth("close_month", self._get_company_scope)

    def test_agent(self):
        self._assert_truth_of("agent", "sales_agent")

    def test_agent_quarter(self):
        self._assert_truth_of("agent_close_quarter", "sales_agent")

    def test_manager(self):
        self._assert_truth_of("manager", "manager")

    def test_manager_quarter(self):
        self._assert_truth_of("manager_close_quarter", "manager")

    def test_office(self):
        self._assert_truth_of("office", "regional_office")

    def test_office_quarter(self):
        self._assert_truth_of("office_close_quarter", "regional_office")

    def test_product(self):
        self._assert_truth_of("product", "product_fixed")

    def test_product_quarter(self):
        self._assert_truth_of("product_close_quarter", "product_fixed")

    def test_sector(self):
        """A scope can contain any number of customers."""
        accounts = self.loader.data["account"]
        ids = self.loader.ids["account"]

        def get_scope(row):
            sector = "technology" if row["sector"] == "technolgy" else row["sector"]
            partners = [
                ids[key]
                for key, account in accounts.items()
                if account["sector"] == sector
            ]
            return Scope(self.company.id, partner_id=partners)

        self._assert_truth("sector", get_scope)

    def test_agents_without_a_deal_have_no_rate_and_no_cycle(self):
        busy = {
            row["sales_agent"] for row in read_rows(self.folder / "truth_agent.csv")
        }
        idle = set(self.loader.ids["agent"]) - busy
        self.assertEqual(len(idle), 5)
        scopes = {
            Scope(self.company.id, user_id=self.loader.ids["agent"][name])
            for name in idle
        }
        values = self._evaluate(("conversion_rate", "sales_cycle"), scopes, [ALWAYS])
        for value in values.values():
            self.assertEqual(value, {"conversion_rate": None, "sales_cycle": None})

    def test_opportunities_count_from_the_day_they_were_engaged_in(self):
        rows = read_rows(self.folder / "truth_engage_month.csv")
        scope = Scope(self.company.id)
        periods = [get_month(row["engage_month"]) for row in rows]
        code = "opportunities_created"
        values = self._evaluate([code], [scope], periods)
        created = [values[scope, period][code] for period in periods]
        self.assertEqual(created, [int(row["Opportunities"]) for row in rows])
        # The 500 without engagement date count from the day of loading.
        self.assertEqual(sum(created), 8800 - 500)
        domain = [("company_id", "=", self.company.id), ("event", "=", "created")]
        self.assertEqual(self.env["sales.fact"].search_count(domain), 8800)
