# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
import tempfile
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from odoo.tests import TransactionCase, tagged

from .sample_common import get_loader, import_loader

FILES = {
    "region.csv": """\
region_id,region_description
1,Eastern
2,Western
""",
    "territories.csv": """\
territory_id,territory_description,region_id
01581,Westboro,1
60179,Hoffman Estates,2
""",
    "employees.csv": """\
employee_id,last_name,first_name,title,reports_to
7,King,Robert,Sales Representative,5
5,Buchanan,Steven,Sales Manager,2
2,Fuller,Andrew,"Vice President, Sales",
""",
    "employee_territories.csv": """\
employee_id,territory_id
2,01581
5,01581
7,60179
""",
    "customers.csv": """\
customer_id,company_name,contact_name,contact_title,city,region,postal_code,country
LONEP,Lonesome Pine Restaurant,Fran Wilson,Sales Manager,Portland,OR,97219,USA
ISLAT,Island Trading,Helen Bennett,Marketing Manager,Cowes,Isle of Nowhere,PO31 7PJ,UK
""",
    "categories.csv": """\
category_id,category_name
1,Beverages
""",
    "products.csv": """\
product_id,product_name,category_id,quantity_per_unit,unit_price,discontinued
1,Chai,1,10 boxes x 30 bags,18.0,1
2,Chang,1,24 - 12 oz bottles,19.0,0
""",
    "orders.csv": """\
order_id,customer_id,employee_id,order_date
10248,LONEP,7,1996-07-04
10249,ISLAT,2,1996-07-05
10250,LONEP,5,1996-12-31
""",
    "order_details.csv": """\
order_id,product_id,unit_price,quantity,discount
10248,1,14.0,12,0.0
10248,2,9.85,5,0.05
10249,2,15.2,9,0.0
10250,1,14.4,10,0.15
""",
}


class SampleLoaderCase(TransactionCase):
    """Loads a data set of three orders, written for these tests."""

    @classmethod
    def setUpClass(cls):
        cls.reader = import_loader(".csv_folder")
        super().setUpClass()
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls._write_all()

    def setUp(self):
        super().setUp()
        self._write_all()

    @classmethod
    def _write_all(cls):
        for name, content in FILES.items():
            cls._write(name, content)

    @classmethod
    def _write(cls, name, content):
        (cls.folder / name).write_text(content, encoding="utf-8")

    def _replace(self, name, old, new):
        self.assertIn(old, FILES[name])
        self._write(name, FILES[name].replace(old, new))

    @classmethod
    def _load(cls):
        return get_loader(cls.env, "northwind", cls.folder).load()

    def _get(self, name):
        """Return the loaded record with the external id."""
        data = self.env["ir.model.data"].search(
            [("module", "=", "northwind"), ("name", "=", name)]
        )
        return self.env[data.model].browse(data.res_id)

    def _count_loaded(self):
        domain = [("module", "=", "northwind")]
        return self.env["ir.model.data"].search_count(domain)


@tagged("post_install", "-at_install")
class TestSampleLoaderRefusal(SampleLoaderCase):
    """Wrong rows are reported with file, line and reason, and nothing is loaded."""

    def _assert_refused(self, *problems):
        with self.assertRaises(self.reader.BadData) as caught:
            self._load()
        self.assertEqual([str(p) for p in caught.exception.problems], list(problems))
        self.assertFalse(self._count_loaded())

    def test_every_wrong_value_of_every_file_is_named(self):
        self._replace("employees.csv", "7,King", ",King")
        self._replace("products.csv", "19.0,0", "cheap,no")
        self._replace("orders.csv", "1996-07-05", "5.7.1996")
        self._replace("order_details.csv", "9.85,5,0.05", "9.855,0,1.05")
        self._assert_refused(
            "employees.csv, line 2, column employee_id: is empty",
            "order_details.csv, line 3, column discount: '1.05' is more than 1",
            "order_details.csv, line 3, column quantity: '0' is less than 1",
            "order_details.csv, line 3, column unit_price:"
            " '9.855' has more than 2 decimals",
            "orders.csv, line 3, column order_date:"
            " '5.7.1996' is not a date (YYYY-MM-DD)",
            "products.csv, line 3, column discontinued: 'no' is neither 0 nor 1",
            "products.csv, line 3, column unit_price: 'cheap' is not a number",
        )

    def test_no_number_that_odoo_could_not_keep(self):
        self._replace("order_details.csv", "15.2,9", "NaN,1e400")
        self._assert_refused(
            "order_details.csv, line 4, column quantity:"
            " '1e400' is more than 1000000000000",
            "order_details.csv, line 4, column unit_price: 'NaN' is not a number",
        )

    def test_no_day_that_the_calendar_does_not_have(self):
        self._replace("orders.csv", "1996-12-31", "1997-02-29")
        self._assert_refused(
            "orders.csv, line 4, column order_date:"
            " '1997-02-29' is not a day of the calendar"
        )

    def test_a_reference_to_nothing_is_named(self):
        self._replace("orders.csv", "ISLAT", "NOONE")
        self._assert_refused(
            "orders.csv, line 3, column customer_id: 'NOONE' is not in customers.csv"
        )

    def test_what_a_bad_file_lacks_is_told_once(self):
        self._replace("customers.csv", "Island Trading", "")
        self._assert_refused(
            "customers.csv, line 3, column company_name: is empty",
        )

    def test_a_key_may_come_once(self):
        self._replace("order_details.csv", "10248,2", "10248,1")
        self._assert_refused(
            "order_details.csv, line 3, column order_id, product_id:"
            " the same as line 2",
        )

    def test_a_row_of_another_length_is_named(self):
        self._replace("region.csv", "2,Western", "2,Western,far")
        self._assert_refused("region.csv, line 3: has 3 values, the header 2")

    def test_the_line_counts_line_breaks_in_values(self):
        self._write(
            "customers.csv",
            FILES["customers.csv"]
            .replace("Portland", '"Port\nland"')
            .replace(",UK", ",Atlantis"),
        )
        self._assert_refused(
            "customers.csv, line 4, column country: 'Atlantis' is no known country"
        )

    def test_a_file_that_cannot_be_read_is_named(self):
        (self.folder / "region.csv").unlink()
        (self.folder / "categories.csv").write_bytes(
            b"category_id,category_name\n1,Caf\xe9\n"
        )
        self._replace("products.csv", "unit_price", "price")
        self._write("orders.csv", FILES["orders.csv"] + '10251,"LONEP,5,1997-01-01\n')
        self._assert_refused(
            "categories.csv, line 2: is not UTF-8",
            "orders.csv, line 5: unexpected end of data",
            "products.csv, line 1, column unit_price:"
            " the header line does not name this column",
            "region.csv, line 1: cannot be read: No such file or directory",
        )

    def test_an_employee_sells_in_one_region_and_managers_form_no_circle(self):
        self._replace("employees.csv", 'Sales",', 'Sales",7')
        self._replace("employee_territories.csv", "7,60179", "7,60179\n5,60179")
        self._assert_refused(
            "employee_territories.csv, line 5, column territory_id:"
            " the employee would sell in more than one region",
            *(
                f"employees.csv, line {line}, column reports_to: goes round in a circle"
                for line in (2, 3, 4)
            ),
        )

    def test_an_order_has_a_line(self):
        self._replace("order_details.csv", "10249,2,15.2,9,0.0\n", "")
        self._assert_refused(
            "orders.csv, line 3, column order_id: has no line in order_details.csv"
        )

    def test_a_long_list_of_problems_is_cut(self):
        problems = [self.reader.Problem("a.csv", n, "", "bad") for n in range(25)]
        lines = str(self.reader.BadData(problems)).splitlines()
        self.assertEqual(len(lines), 21)
        self.assertEqual(lines[-1], "... and 5 more")


@tagged("post_install", "-at_install")
class TestSampleLoader(SampleLoaderCase):
    """Data are loaded completely or not at all, and kept apart from all others."""

    @contextmanager
    def _failing_at_order(self, number):
        """Fail after the order is confirmed, but before it is invoiced."""
        orders = self.env.registry["sale.order"]
        prepare_invoice = orders._prepare_invoice

        def fail(order):
            if order.name == number:
                raise InterruptedError
            return prepare_invoice(order)

        northwind = import_loader(".northwind")
        with (
            patch.object(northwind, "BATCH", 1),
            patch.object(orders, "_prepare_invoice", fail),
        ):
            yield

    def test_nobody_is_written_to(self):
        mails = self.env["mail.mail"].search_count([])
        self._load()
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_nothing_of_the_company_that_is_there_is_touched(self):
        def count():
            return [
                self.env[model].with_context(active_test=False).search_count(domain)
                for model, domain in (
                    ("res.users", [("company_ids", "in", company.ids)]),
                    ("account.move", [("company_id", "=", company.id)]),
                    ("sale.order", [("company_id", "=", company.id)]),
                    ("account.account", [("company_ids", "in", company.ids)]),
                )
            ]

        company = self.env.company
        before = count()
        self._load()
        self.assertEqual(count(), before)

    def test_a_run_that_dies_half_way_leaves_nothing_and_can_be_repeated(self):
        orders = self.env["sale.order"].search_count([])
        with self._failing_at_order("NW10249"), self.assertRaises(InterruptedError):
            self._load()
        self.assertFalse(self._count_loaded())
        self.assertEqual(self.env["sale.order"].search_count([]), orders)
        self._load()
        for name in ("order_10248", "order_10249", "order_10250"):
            self.assertEqual(self._get(name).invoice_ids.state, "posted")


@tagged("post_install", "-at_install")
class TestSampleLoaded(SampleLoaderCase):
    """Orders are loaded completely, and only once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._load()

    def test_an_order_is_confirmed_and_invoiced_on_its_date(self):
        order = self._get("order_10250")
        company = self._get("company")
        self.assertRecordValues(
            order,
            [
                {
                    "state": "sale",
                    "company_id": company.id,
                    "currency_id": self.env.ref("base.USD").id,
                    "user_id": self._get("user_5").id,
                    "team_id": self._get("team_5").id,
                    "sales_region_id": self._get("region_1").id,
                    "amount_total": 122.4,
                }
            ],
        )
        self.assertEqual(self._get_day(order), "1996-12-31")
        self.assertRecordValues(
            order.invoice_ids,
            [{"state": "posted", "amount_total": 122.4, "move_type": "out_invoice"}],
        )
        self.assertEqual(str(order.invoice_ids.invoice_date), "1996-12-31")
        line = self._get("order_10248").order_line[1]
        # 9.85 × 5 × 0.95 = 46.7875
        self.assertRecordValues(line, [{"discount": 5.0, "price_subtotal": 46.79}])

    def _get_day(self, order):
        """Return the day of an order in the time zone of its company."""
        zone = order.company_id.sales_tz
        local = order.with_context(tz=zone)
        date_order = local._fields["date_order"]
        return str(date_order.context_timestamp(local, order.date_order).date())

    def test_people_are_users_and_employees_in_the_teams_of_their_managers(self):
        fuller, buchanan, king = (self._get(f"user_{n}") for n in (2, 5, 7))
        self.assertEqual(self._get("team_2").member_ids, fuller)
        self.assertEqual(self._get("team_5").member_ids, buchanan | king)
        self.assertEqual(self._get("team_5").parent_id, self._get("team_2"))
        self.assertEqual(self._get("team_5").user_id, buchanan)
        self.assertEqual(king.employee_id.parent_id, buchanan.employee_id)
        self.assertEqual(buchanan.employee_id.parent_id, fuller.employee_id)
        role = "sales_efficiency_base.group_sales_"
        self.assertTrue(fuller.has_group(f"{role}director"))
        self.assertFalse(buchanan.has_group(f"{role}director"))
        self.assertTrue(buchanan.has_group(f"{role}leader"))
        self.assertFalse(king.has_group(f"{role}leader"))
        self.assertTrue(king.has_group(f"{role}person"))

    def test_an_address_is_kept_whether_or_not_the_state_is_known(self):
        oregon = self.env["res.country.state"].search(
            [("country_id", "=", self.env.ref("base.us").id), ("code", "=", "OR")]
        )
        self.assertRecordValues(
            self._get("customer_LONEP") | self._get("customer_ISLAT"),
            [
                {"state_id": oregon.id, "street2": False},
                {"state_id": False, "street2": "Isle of Nowhere"},
            ],
        )

    def test_loading_again_creates_nothing(self):
        loaded = self._count_loaded()
        self.assertTrue(loaded)
        records = self.env["sale.order"].search_count([])
        self.assertEqual(self._load(), 0)
        self.assertEqual(self._count_loaded(), loaded)
        self.assertEqual(self.env["sale.order"].search_count([]), records)

    def test_loading_again_leaves_what_was_changed_and_adds_what_is_missing(self):
        self._get("customer_LONEP").name = "Renamed"
        self._write("orders.csv", FILES["orders.csv"] + "10251,LONEP,7,1997-01-02\n")
        self._write(
            "order_details.csv", FILES["order_details.csv"] + "10251,2,19.0,1,0.0\n"
        )
        self.assertEqual(self._load(), 1)
        self.assertEqual(self._get("order_10251").invoice_ids.state, "posted")
        self.assertEqual(self._get("customer_LONEP").name, "Renamed")


@tagged("post_install", "-at_install")
class TestSampleProgress(TransactionCase):
    def _draw(self, is_terminal):
        stream = io.StringIO()
        stream.isatty = lambda: is_terminal
        progress = import_loader(".progress").Progress(stream)
        batches = list(progress.batches("Orders", list("abcde"), 2))
        self.assertEqual(batches, [["a", "b"], ["c", "d"], ["e"]])
        return stream.getvalue()

    def test_the_bar_is_redrawn_on_a_terminal(self):
        drawn = self._draw(is_terminal=True)
        self.assertEqual(
            [part.split("] ")[1].split()[0] for part in drawn.split("\r")[1:]],
            ["0/5", "2/5", "4/5", "5/5"],
        )

    def test_elsewhere_a_step_is_one_line(self):
        drawn = self._draw(is_terminal=False)
        self.assertEqual(drawn.count("\n"), 1)
        self.assertIn("5/5", drawn)
