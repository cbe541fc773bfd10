# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Domain

from odoo.addons.sales_efficiency_resource.engine import Customers

from .data_subject import DataSubject


def get_subjects(env):
    """Return what data rules can check: a list of :class:`DataSubject`."""
    return [
        DataSubject(
            "res.partner",
            env._("Customers"),
            "customer",
            env._("Customers"),
            user="user_id",
            restrict=restrict_to_customers,
            belongs=_sql_is_customer,
        ),
        DataSubject(
            "crm.lead",
            env._("Leads and Opportunities"),
            "opportunity",
            env._("Opportunities"),
            user="user_id",
        ),
        DataSubject(
            "sale.order", env._("Orders"), "order", env._("Orders"), user="user_id"
        ),
        DataSubject(
            "sale.order.line",
            env._("Order Lines"),
            "order",
            env._("Orders"),
            user="salesman_id",
        ),
        DataSubject(
            "product.template",
            env._("Products"),
            "product",
            env._("Products"),
            restrict=lambda _companies: Domain("sale_ok", "=", True),
        ),
        DataSubject(
            "account.move",
            env._("Customer Invoices"),
            "invoice",
            env._("Invoices"),
            user="invoice_user_id",
            restrict=lambda _companies: Domain(
                "move_type", "in", ("out_invoice", "out_refund")
            ),
        ),
        DataSubject("hr.expense", env._("Expenses"), "claim", env._("Expenses")),
        DataSubject(
            "utm.campaign",
            env._("Campaigns"),
            "campaign",
            env._("Campaigns"),
            user="user_id",
        ),
    ]


def restrict_to_customers(companies):
    """Return the domain of the customers of any of the companies."""

    def is_customer(company):
        return Domain.custom(
            to_sql=lambda _model, alias, _query: _sql_is_customer(company, alias)
        )

    return Domain.OR(is_customer(company) for company in companies)


def _sql_is_customer(company, alias):
    return Customers(company).sql_is_customer(alias)
