# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_target.tests.common import SalesTargetCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesIndicator(SalesTargetCommon):
    """The board of the eight indicators (policy 6.2.2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["sales.history.line"].search([]).unlink()
        cls._start()
        cls._create_history(
            ("2026-10-01", 50_000, cls._of(cls.salesperson, cls.region_north)),
            ("2026-10-14", 30_000, cls._of(cls.colleague, cls.region_south)),
            ("2026-10-02", 20_000, cls._of(cls.outsider, cls.region_south)),
            ("2026-09-10", 40_000, cls._of(cls.salesperson, cls.region_north)),
            ("2026-09-30", 99_000, cls._of(cls.salesperson, cls.region_north)),
            ("2025-10-10", 60_000, cls._of(cls.salesperson, cls.region_north)),
            ("2025-10-10", 20_000, cls._of(cls.colleague, cls.region_south)),
            ("2025-10-16", 77_000, cls._of(cls.colleague, cls.region_south)),
        )
        cls._refresh()

    @classmethod
    def _of(cls, user, region):
        team = cls.team_other if user == cls.outsider else cls.team_field
        return {
            "user_id": user.id,
            "team_id": team.id,
            "region_id": region.id,
            "categ_id": cls.category.id,
        }

    def _get_board(self, user=None, **asked):
        self.env.invalidate_all()
        boards = self.env["sales.indicator"].with_user(user or self.director)
        asked = {"period": "month", **asked}
        return boards.with_context(lang="en_US").get_board(**asked)

    def _get_row(self, metric, user=None, **asked):
        board = self._get_board(user, **asked)
        indicator = self.env["sales.indicator"].search(
            [("metric_id.code", "=", metric)]
        )
        [row] = [row for row in board["rows"] if row["id"] == indicator.id]
        return row

    def test_the_eight_indicators_stand_on_the_board(self):
        indicators = self.env["sales.indicator"].search([])
        self.assertEqual(
            indicators.metric_id.mapped("code"),
            [
                "ordered_amount",
                "ordered_quantity",
                "margin",
                "ordered_growth",
                "market_share",
                "conversion_rate",
                "sales_cycle",
                # Both say how satisfied customers are.
                "csat",
                "nps",
            ],
        )
        self.assertEqual(len(self._get_board()["rows"]), len(indicators))

    def test_a_value_stands_beside_target_and_periods_before(self):
        row = self._get_row("ordered_amount")
        self.assertEqual(row["value"], 100_000)
        self.assertEqual(row["target"], 100_000)
        self.assertEqual(row["attainment"], 100)
        # 1 to 15 September: 40,000; 1 to 15 October of last year: 80,000
        self.assertEqual(row["before"], 150)
        self.assertEqual(row["last_year"], 25)
        self.assertEqual(len(row["course"]), 13)
        self.assertEqual(row["course"][0], 157_000)
        self.assertEqual(row["course"][-2:], [139_000, 100_000])

    def test_a_month_that_is_over_is_compared_with_whole_months(self):
        row = self._get_row("ordered_amount", date_from="2026-09-01")
        self.assertEqual(row["value"], 139_000)
        self.assertIsNone(row["before"])
        self.assertEqual(row["course"][-1], 139_000)

    def test_the_year_has_no_period_before_but_last_year(self):
        row = self._get_row("ordered_amount", period="to_date")
        self.assertEqual(row["value"], 239_000)
        self.assertIsNone(row["before"])
        self.assertAlmostEqual(row["last_year"], 100 * 159 / 80)

    def test_what_moved_it_is_told_by_parts(self):
        movers = self._get_row("ordered_amount", by="user_id")["movers"]
        self.assertEqual(
            [(mover["name"], mover["change"]) for mover in movers],
            [
                ("Test Outsider", 20_000),
                ("Test Salesperson", -10_000),
                ("Test Colleague", 10_000),
            ],
        )
        # What moves the amount moves its growth.
        growth = self._get_row("ordered_growth", by="user_id")
        self.assertEqual(growth["value"], 25)
        self.assertEqual(growth["movers"], movers)
        movers = self._get_row("ordered_amount", by="region_id")["movers"]
        self.assertEqual([mover["change"] for mover in movers], [30_000, -10_000])

    def test_a_channel_that_the_user_may_not_read_is_named(self):
        """They sold by it: the figures are theirs, and a name is no secret."""
        far = self.env["res.company"].create({"name": "Test Far"})
        channel = self.env["sales.channel"].create({"name": "Test Moved Away"})
        self._create_history(
            (
                "2026-10-03",
                70_000,
                {
                    **self._of(self.salesperson, self.region_north),
                    "channel_id": channel.id,
                },
            )
        )
        self._refresh()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sales_channel SET company_id = %s WHERE id = %s",
            [far.id, channel.id],
        )
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            channel.with_user(self.salesperson).read(["name"])
        row = self._get_row("ordered_amount", self.salesperson, by="channel_id")
        self.assertIn("Test Moved Away", [part["name"] for part in row["movers"]])

    def test_the_board_is_narrowed_to_one_record(self):
        for name, record, value in (
            ("region_id", self.region_north, 50_000),
            ("region_id", self.region_world, 100_000),
            ("team_id", self.team_field, 80_000),
            ("user_id", self.outsider, 20_000),
            ("categ_id", self.category, 100_000),
        ):
            asked = {"dimension": name, "record_id": record.id}
            with self.subTest(record.display_name):
                self.assertEqual(
                    self._get_row("ordered_amount", **asked)["value"], value
                )
                board = self._get_board(**asked)
                self.assertEqual(board["record_id"], record.id)
                self.assertNotIn(name, [part["id"] for part in board["parts"]])
        self.assertEqual(self._get_board()["by"], "region_id")

    def test_only_records_with_figures_are_offered(self):
        board = self._get_board(dimension="user_id", record_id=self.leader.id)
        self.assertFalse(board["record_id"])
        self.assertEqual(
            [record["name"] for record in board["records"]],
            ["Test Colleague", "Test Outsider", "Test Salesperson"],
        )

    def test_a_leader_sees_the_teams_led_and_nothing_else(self):
        row = self._get_row("ordered_amount", self.leader)
        self.assertEqual(row["value"], 80_000)
        board = self._get_board(self.leader, dimension="user_id")
        self.assertEqual(
            [record["name"] for record in board["records"]],
            ["Test Colleague", "Test Salesperson"],
        )
        for name, record in (
            ("user_id", self.outsider),
            ("team_id", self.team_other),
        ):
            asked = {"dimension": name, "record_id": record.id}
            row = self._get_row("ordered_amount", self.leader, **asked)
            self.assertEqual(row["value"], 80_000)
        asked = {"dimension": "team_id", "record_id": self.team_field.id}
        row = self._get_row("ordered_amount", self.leader, **asked)
        self.assertEqual(row["value"], 80_000)

    def test_a_salesperson_sees_own_figures_and_no_target_of_others(self):
        row = self._get_row("ordered_amount", self.salesperson)
        self.assertEqual(row["value"], 50_000)
        self.assertIsNone(row["target"])
        for asked in (
            {"scope": "company"},
            {"dimension": "user_id", "record_id": self.outsider.id},
            {"dimension": "region_id", "record_id": self.region_south.id},
        ):
            row = self._get_row("ordered_amount", self.salesperson, **asked)
            self.assertEqual(row["value"], 50_000)

    def test_who_has_no_sales_role_gets_nothing(self):
        user = new_test_user(self.env, "nobody", groups="base.group_user")
        with self.assertRaises(AccessError):
            self._get_board(user)

    def test_any_input_is_answered(self):
        for nonsense in (None, "", "x", [], {}, -1, 10**12, True, 1.5):
            self._get_board(
                dimension=nonsense,
                record_id=nonsense,
                by=nonsense,
                scope=nonsense,
                date_from=nonsense,
            )
            self._get_board(dimension="user_id", record_id=nonsense)

    def test_figures_open_behind_an_indicator(self):
        indicators = self.env["sales.indicator"].with_user(self.director)
        amount = indicators.search([("metric_id.code", "=", "ordered_amount")])
        asked = {"dimension": "team_id", "record_id": self.team_field.id}
        action = indicators.get_figures_action(amount.id, period="month", **asked)
        facts = self.env["sales.fact"].search(action["domain"])
        self.assertEqual(sum(facts.mapped("amount")), 80_000)
        for nonsense in (None, "x", 0, 10**9, [amount.id]):
            with self.assertRaises(UserError):
                indicators.get_figures_action(nonsense)

    def test_snapshots_open_behind_slippage(self):
        slippage = self.env["sales.metric"]._find(["slippage"])["slippage"]
        indicators = self.env["sales.indicator"].with_user(self.director)
        indicator = indicators.create({"name": "Slippage", "metric_id": slippage.id})
        action = indicators.get_figures_action(indicator.id)
        self.assertEqual(action["res_model"], "sales.pipeline.snapshot")

    def test_a_metric_is_on_the_board_once(self):
        metric = self.env.ref("sales_efficiency_base.sales_metric_margin")
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.env["sales.indicator"].create({"name": "X", "metric_id": metric.id})

    def test_the_number_of_queries_does_not_depend_on_the_parts(self):
        few = self._count_queries()
        users = self.env["res.users"].create(
            [{"name": f"Seller {n}", "login": f"seller_{n}"} for n in range(30)]
        )
        self._create_history(
            *(
                ("2026-10-05", 1000 + user.id, self._of(user, self.region_north))
                for user in users
            )
        )
        self._refresh()
        self.assertEqual(self._count_queries(), few)

    def _count_queries(self):
        self._get_board(by="user_id")  # fills the caches
        self.env.invalidate_all()
        start = self.cr.sql_log_count
        self._get_board(by="user_id")
        return self.cr.sql_log_count - start
