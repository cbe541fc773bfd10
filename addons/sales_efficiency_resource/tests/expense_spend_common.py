# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from freezegun import freeze_time

from odoo import Command

from odoo.addons.sales_efficiency_base.tests.common import SalesEfficiencyCommon

# A year long ago, so that no other data are there
CLAIMED, POSTED, REVERSED = date(2019, 11, 10), date(2019, 12, 3), date(2019, 12, 5)


class SalesExpenseCommon(SalesEfficiencyCommon):
    """The salesperson of team Field, in region North, claims travel, taxed with 15 %
    that are in the price. Kinds: Travel (by product), Advertising (by account)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kinds = cls.env["sales.expense.kind"]
        # Kinds of the demo must not be in the way.
        cls.kinds.search([]).active = False
        cls.account_travel, cls.account_ads, cls.account_rent = cls.env[
            "account.account"
        ].create(
            [
                {"name": name, "code": code, "account_type": "expense"}
                for name, code in (
                    ("Test Travel", "T61000"),
                    ("Test Advertising", "T62000"),
                    ("Test Rent", "T63000"),
                )
            ]
        )
        cls.tax = cls._create_tax(15)
        cls.hotel, cls.poster = cls.env["product.product"].create(
            [
                {
                    "name": name,
                    "type": "service",
                    "can_be_expensed": True,
                    "standard_price": 0,
                    "categ_id": cls.category.id,
                    "property_account_expense_id": account.id,
                    "supplier_taxes_id": taxes.ids,
                }
                for name, account, taxes in (
                    ("Test Hotel", cls.account_travel, cls.tax),
                    ("Test Poster", cls.account_rent, cls.tax.browse()),
                )
            ]
        )
        cls.kind_travel, cls.kind_ads = cls.kinds.create(
            [
                {"name": "Test Travel", "product_ids": cls.hotel.ids},
                {"name": "Test Advertising", "account_ids": cls.account_ads.ids},
            ]
        )
        cls.employee = cls._create_employee(cls.salesperson)
        cls.vendor = cls.env["res.partner"].create({"name": "Test Vendor"})
        cls.plan = cls.env["account.analytic.plan"].create({"name": "Test Plan"})
        cls.campaign = cls.env["utm.campaign"].create({"name": "Test Fair"})

    @classmethod
    def _create_tax(cls, amount, deductible=100):
        """Create a tax in the price, part of which has no account of its own."""
        account = cls.env["account.account"].create(
            {
                "name": "Test Tax",
                "code": f"T17{amount}{deductible}",
                "account_type": "asset_current",
            }
        )
        lines = [
            Command.create({"repartition_type": "base"}),
            *(
                Command.create(
                    {
                        "repartition_type": "tax",
                        "factor_percent": percent,
                        "account_id": account_id,
                    }
                )
                for percent, account_id in (
                    (deductible, account.id),
                    (100 - deductible, False),
                )
                if percent
            ),
        ]
        return cls.env["account.tax"].create(
            {
                "name": f"Test Tax {amount} {deductible}",
                "amount": amount,
                "type_tax_use": "purchase",
                "price_include_override": "tax_included",
                "company_id": cls.company.id,
                "invoice_repartition_line_ids": lines,
                "refund_repartition_line_ids": lines,
            }
        )

    @classmethod
    def _create_employee(cls, user):
        return cls.env["hr.employee"].create(
            {
                "name": user.name,
                "user_id": user.id,
                "company_id": cls.company.id,
                "work_contact_id": user.partner_id.id,
                "expense_manager_id": cls.env.user.id,
            }
        )

    @classmethod
    def _claim(cls, amount=1200, **values):
        return cls.env["hr.expense"].create(
            {
                "name": "Test Claim",
                "employee_id": cls.employee.id,
                "product_id": cls.hotel.id,
                "total_amount_currency": amount,
                "date": CLAIMED,
                "company_id": cls.company.id,
                **values,
            }
        )

    @classmethod
    def _post(cls, claims, day=POSTED):
        """Post claims by the wizard of finance."""
        action = claims.action_post()
        wizard = (
            cls.env["hr.expense.post.wizard"]
            .with_context(**action["context"])
            .browse(action["res_id"])
        )
        wizard.accounting_date = day
        # Odoo moves the entries of past months to the end of their month.
        with freeze_time(day):
            wizard.action_post_entry()
        return claims.account_move_id

    @classmethod
    def _reverse(cls, moves, day=REVERSED):
        with freeze_time(day):
            return moves._reverse_moves(
                [{"date": day, "invoice_date": day} for _move in moves], cancel=True
            )

    @classmethod
    def _bill(cls, amount=1000, account=None, day=POSTED, distribution=None, **values):
        return cls.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": cls.vendor.id,
                "company_id": cls.company.id,
                "invoice_date": day,
                "date": day,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Test",
                            "account_id": (account or cls.account_ads).id,
                            "price_unit": amount,
                            "tax_ids": [Command.clear()],
                            "analytic_distribution": distribution,
                        }
                    )
                ],
                **values,
            }
        )

    @classmethod
    def _tie(cls, name, plan=None, **values):
        return cls.env["account.analytic.account"].create(
            {"name": name, "plan_id": (plan or cls.plan).id, **values}
        )

    @classmethod
    def _facts(cls, *documents, **values):
        """Return the figures, refreshed: of documents, or with some values."""
        cls.env["sales.mart"]._refresh()
        domain = [("source", "in", ("expense", "claim"))]
        domain += [(name, "=", value) for name, value in values.items()]
        facts = cls.env["sales.fact"].search(
            domain, order="date, line_id, match_id, id"
        )
        if documents:
            names = {(document._name, document.id) for document in documents}
            facts = facts.filtered(
                lambda fact: (fact.document._name, fact.document.id) in names
            )
        return facts

    @classmethod
    def _sums(cls):
        """:return: dict (event, month) -> amount of the year of the tests"""
        rows = cls.env["sales.fact"]._read_group(
            [
                ("source", "in", ("expense", "claim")),
                ("date", ">=", "2019-01-01"),
                ("date", "<", "2021-01-01"),
            ],
            ["event", "date:month"],
            ["amount:sum"],
        )
        return {
            (event, month.month): amount
            for event, month, amount in rows
            if round(amount, 2)
        }
