# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.addons.sales_efficiency_resource.engine import PurchaseHistory

from .brief_section import BriefColumn, BriefRow, BriefSection

# Quotations that expire within so many days are pointed out.
SOON = timedelta(days=14)


class CustomerSection(BriefSection):
    """Who the customer is: grade, class, strategy, last contact, preferences."""

    key = "customer"

    def get_title(self):
        return self.env._("Customer")

    def get_rows(self):
        customer = self.customer
        facts = [
            (self.env._("Class"), customer.sales_class_id.name),
            (self.env._("Grade"), customer.sales_grade_id.name),
            (self.env._("Salesperson"), customer.user_id.name),
            (self.env._("Strategy"), customer.sales_policy_strategy),
            (self.env._("Last Contact"), self.day(customer.sales_last_contact_date)),
            (self.env._("Bought"), self._describe_purchases()),
        ]
        if customer.is_sales_file_open:
            facts.append((self.env._("Preferences"), customer.sales_preferences))
        return [BriefRow([label, value]) for label, value in facts if value]

    def _describe_purchases(self):
        history = PurchaseHistory(self.env)
        found = history.sum_up(self.customer)[self.customer.id]
        if not found.orders:
            return ""
        return self.env._(
            "%(amount)s in %(orders)s orders, the last one on %(day)s",
            amount=self.money(found.amount),
            orders=found.orders,
            day=self.day(found.last),
        )


class OrdersSection(BriefSection):
    """The last orders."""

    key = "orders"

    def get_title(self):
        return self.env._("Last Orders")

    def get_columns(self):
        return [
            BriefColumn(self.env._("Order")),
            BriefColumn(self.env._("Date")),
            BriefColumn(self.env._("Untaxed Amount"), is_number=True),
        ]

    def get_order(self):
        return "date_order DESC, id DESC"

    def get_rows(self):
        return [
            BriefRow(
                [
                    order.name,
                    self.day(order.date_order),
                    self.money(order.amount_untaxed, order.currency_id),
                ],
                order,
            )
            for order in self.of_customer("sale.order", [("state", "=", "sale")])
        ]


class QuotationsSection(BriefSection):
    """Open quotations; those that expire soon are pointed out."""

    key = "quotations"

    def get_title(self):
        return self.env._("Open Quotations")

    def get_columns(self):
        return [
            BriefColumn(self.env._("Quotation")),
            BriefColumn(self.env._("Valid Until")),
            BriefColumn(self.env._("Untaxed Amount"), is_number=True),
        ]

    def get_order(self):
        return "validity_date, id"

    def get_rows(self):
        open_ = [("state", "in", ("draft", "sent"))]
        return [
            BriefRow(
                [
                    quotation.name,
                    self.day(quotation.validity_date),
                    self.money(quotation.amount_untaxed, quotation.currency_id),
                ],
                quotation,
                bool(quotation.validity_date)
                and quotation.validity_date <= self.today + SOON,
            )
            for quotation in self.of_customer("sale.order", open_)
        ]


class OpportunitiesSection(BriefSection):
    """Open opportunities, with their stage."""

    key = "opportunities"

    def get_title(self):
        return self.env._("Opportunities")

    def get_columns(self):
        return [
            BriefColumn(self.env._("Opportunity")),
            BriefColumn(self.env._("Stage")),
            BriefColumn(self.env._("Expected Revenue"), is_number=True),
        ]

    def get_order(self):
        return "expected_revenue DESC, id"

    def get_rows(self):
        open_ = [("type", "=", "opportunity"), ("won_status", "=", "pending")]
        return [
            BriefRow(
                [lead.name, lead.stage_id.name, self.money(lead.expected_revenue)],
                lead,
            )
            for lead in self.of_customer("crm.lead", open_)
        ]


class OverdueSection(BriefSection):
    """Invoices that are overdue, or the instalments of them that are."""

    key = "overdue"

    def get_title(self):
        return self.env._("Overdue Money")

    def get_columns(self):
        return [
            BriefColumn(self.env._("Invoice")),
            BriefColumn(self.env._("Due Date")),
            BriefColumn(self.env._("Days Late"), is_number=True),
            BriefColumn(self.env._("Open Amount"), is_number=True),
        ]

    def get_order(self):
        return "date_maturity, id"

    def get_rows(self):
        overdue = [
            ("move_id.move_type", "=", "out_invoice"),
            ("move_id.payment_state", "in", ("not_paid", "partial")),
            ("parent_state", "=", "posted"),
            ("display_type", "=", "payment_term"),
            ("reconciled", "=", False),
            ("date_maturity", "<", self.today),
        ]
        return [
            BriefRow(
                [
                    line.move_id.name,
                    self.day(line.date_maturity),
                    str((self.today - line.date_maturity).days),
                    self.money(line.amount_residual_currency, line.currency_id),
                ],
                line.move_id,
                is_alarming=True,
            )
            for line in self.of_customer("account.move.line", overdue)
        ]


class PeopleSection(BriefSection):
    """Who decides, and the people to meet who are no stakeholders so far."""

    key = "people"
    limit = 12

    def get_title(self):
        return self.env._("People")

    def get_columns(self):
        return [
            BriefColumn(self.env._("Person")),
            BriefColumn(self.env._("Position")),
            BriefColumn(self.env._("Role")),
            BriefColumn(self.env._("Attitude")),
            BriefColumn(self.env._("Last Talk")),
        ]

    def get_order(self):
        return "influence DESC, id"

    def get_rows(self):
        found = self.of_customer(
            "sales.stakeholder", [("lead_id", "in", (False, self.visit.lead_id.id))]
        )
        others = self.visit.contact_ids._origin - found.contact_id
        return [
            *(
                BriefRow(
                    [
                        person.contact_id.name,
                        person.function,
                        self.label(person, "role"),
                        self.label(person, "attitude"),
                        self.day(person.date_talk),
                    ],
                    person,
                    person.attitude == "-2",
                )
                for person in found
            ),
            *(
                BriefRow([contact.name, contact.function, "", "", ""], contact)
                for contact in others
            ),
        ]


class NeedsSection(BriefSection):
    """What the customer needs, and who supplies it."""

    key = "needs"
    limit = 8

    def get_title(self):
        return self.env._("Needs")

    def get_columns(self):
        return [
            BriefColumn(self.env._("Need")),
            BriefColumn(self.env._("Need per Year"), is_number=True),
            BriefColumn(self.env._("Supplied By")),
            BriefColumn(self.env._("Our Share"), is_number=True),
        ]

    def get_order(self):
        return "kind DESC, amount DESC, id DESC"

    def get_rows(self):
        """Those in particular first: they are what the visit is about."""
        return [
            BriefRow(
                [
                    need.display_name,
                    self.money(need.amount, need.currency_id) if need.amount else "",
                    need.supplier,
                    f"{need.share:g} %" if need.kind == "line" else "",
                ],
                need,
            )
            for need in self.of_customer("sales.need", [])
        ]


class CompetitorsSection(BriefSection):
    """Who else wants the open opportunities of the customer."""

    key = "competitors"

    def get_title(self):
        return self.env._("Competitors")

    def get_columns(self):
        return [
            BriefColumn(self.env._("Competitor")),
            BriefColumn(self.env._("Strengths")),
            BriefColumn(self.env._("Weaknesses")),
        ]

    def get_rows(self):
        leads = self.of_customer("crm.lead", [("won_status", "=", "pending")])
        leads |= self.visit.lead_id._filtered_access("read")
        return [
            BriefRow(
                [competitor.name, competitor.strengths, competitor.weaknesses],
                competitor,
            )
            for competitor in leads.sales_competitor_ids[: self.limit]
        ]


class PromisesSection(BriefSection):
    """What was promised on earlier visits: open action items, and those that were done
    since the last visit."""

    key = "promises"
    limit = 10

    def get_title(self):
        return self.env._("Promised on Earlier Visits")

    def get_columns(self):
        return [
            BriefColumn(self.env._("Action")),
            BriefColumn(self.env._("Owner")),
            BriefColumn(self.env._("Due Date")),
            BriefColumn(self.env._("Status")),
        ]

    def get_order(self):
        return "state DESC, date_deadline, id"

    def get_rows(self):
        last = self.visit._get_last_visit()
        items = self.env["sales.action"].search(
            [
                ("visit_id.partner_id", "=", self.customer.id),
                ("visit_id", "!=", self.visit._origin.id),
                ("company_id", "=", self.company.id),
                "|",
                ("state", "=", "open"),
                ("visit_id", "=", last.id),
            ],
            limit=self.limit,
            order=self.get_order(),
        )
        return [
            BriefRow(
                [
                    item.name,
                    item.user_id.name,
                    self.day(item.date_deadline),
                    self.label(item, "state"),
                ],
                item,
                item.state == "open" and item.date_deadline < self.today,
            )
            for item in items
        ]


class LastVisitSection(BriefSection):
    """The last visits, with what came of them."""

    key = "visits"
    limit = 3

    def get_title(self):
        return self.env._("Last Visits")

    def get_columns(self):
        return [
            BriefColumn(self.env._("Date")),
            BriefColumn(self.env._("Salesperson")),
            BriefColumn(self.env._("Result")),
        ]

    def get_order(self):
        return "date DESC, id DESC"

    def get_rows(self):
        done = [("state", "=", "done"), ("id", "!=", self.visit._origin.id)]
        return [
            BriefRow(
                [self.day(visit.date), visit.user_id.name, visit.result or ""],
                visit,
            )
            for visit in self.of_customer("sales.visit", done)
        ]
