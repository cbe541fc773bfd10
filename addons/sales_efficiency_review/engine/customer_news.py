# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.fields import Domain
from odoo.tools import format_amount, format_date

from odoo.addons.sales_efficiency_base.engine.new_business import SALES

from .news_lines import News
from .week_records import WeekRecords

# Days without an order after which a customer is worth a call
QUIET_DAYS = timedelta(days=90)


class CustomerNews:
    """Finds what happened with the customers of people in a week (policy 2.2.1): first
    orders, opportunities, and customers who have not ordered for a while.

    The number of queries does not depend on the number of reports.

    :param reports: ``sales.weekly.report`` drafts of one company and week, as
        superuser: the news are limited to the author of each report
    """

    def __init__(self, reports):
        self.env = reports.env
        self._reports = reports
        self._company = reports.company_id
        self._first, self._last = reports[0].date_from, reports[0].date_to

    def find(self):
        """Yield the :class:`News`."""
        yield from self._get_first_orders()
        yield from self._get_opportunities()
        yield from self._get_quiet_customers()

    # ------------------------------------------------------------------
    # Orders
    # ------------------------------------------------------------------

    def _get_first_orders(self):
        """Yield the customers whose first order ever falls in the week, for each person
        credited."""
        groups = self._read_sales(self._first, self._last)
        known = self._get_customers(Domain("date", "<", self._first), groups)
        for (partner, user), (amount, _date) in groups.items():
            if partner not in known:
                yield News(
                    user,
                    "first_order",
                    str(partner.id),
                    amount,
                    lambda env, amount=amount: env._(
                        "First order: %(amount)s",
                        amount=format_amount(env, amount, self._company.currency_id),
                    ),
                    {"partner_id": partner.id},
                )

    def _get_quiet_customers(self):
        """Yield the customers whose last order becomes too old in the week, so each of
        them once. They are those of their salesperson, else of the last seller."""
        today = self._company._get_sales_today()
        last = min(self._last, today) - QUIET_DAYS
        groups = self._read_sales(self._first - QUIET_DAYS, last)
        busy = self._get_customers(Domain("date", ">", last), groups)
        latest = {}
        for (partner, user), (amount, date) in groups.items():
            owner = partner.user_id or user
            before = latest.get(partner)
            if partner not in busy and (not before or before[0] < date):
                latest[partner] = date, owner, amount
        for partner, (date, owner, amount) in latest.items():
            yield News(
                owner,
                "quiet",
                str(partner.id),
                amount,
                lambda env, date=date: env._(
                    "No order since %(date)s", date=format_date(env, date)
                ),
                {"partner_id": partner.id},
            )

    def _read_sales(self, first, last):
        """:return: dict (customer, person credited) -> amount, last day"""
        domain = self._get_sales_domain()
        domain &= Domain("date", ">=", first) & Domain("date", "<=", last)
        groups = self.env["sales.fact"]._read_group(
            domain & Domain("partner_id", "!=", False),
            ["partner_id", "user_id"],
            ["amount:sum", "date:max"],
        )
        return {
            (partner, user): (amount or 0.0, date)
            for partner, user, amount, date in groups
            if self._may_name(partner)
        }

    def _get_customers(self, domain, groups):
        """:return: those customers of the groups who have sales in the domain"""
        partners = self.env["res.partner"].union(*(partner for partner, _ in groups))
        domain &= self._get_sales_domain() & Domain("partner_id", "in", partners.ids)
        found = self.env["sales.fact"]._read_group(domain, ["partner_id"])
        return {partner for (partner,) in found}

    def _get_sales_domain(self):
        return Domain("company_id", "=", self._company.id) & Domain(
            "event", "in", SALES
        )

    def _may_name(self, partner):
        """:return: whether a line of the company may be about the customer"""
        return partner.active and partner.company_id <= self._company

    # ------------------------------------------------------------------
    # Opportunities
    # ------------------------------------------------------------------

    def _get_opportunities(self):
        """Yield the opportunities that were opened, moved on, won or lost."""
        report, users = self._reports[0], self._reports.user_id
        start, end = WeekRecords(report, users).get_moments()
        _model, _key, moved = report._get_counted(users)["moved_count"]
        opened = Domain("sales_opened_date", ">=", self._first) & Domain(
            "sales_opened_date", "<=", self._last
        )
        closed = (
            Domain("won_status", "!=", "pending")
            & Domain("date_closed", ">=", start)
            & Domain("date_closed", "<", end)
        )
        leads = self.env["crm.lead"].with_context(active_test=False)
        found = leads.search(
            moved
            | Domain("type", "=", "opportunity")
            & Domain("user_id", "in", users.ids)
            & Domain("company_id", "in", (False, self._company.id))
            & (closed | Domain("active", "=", True) & opened)
        )
        for lead in found:
            partner = lead.partner_id.commercial_partner_id
            yield News(
                lead.user_id,
                "opportunity",
                f"{lead.id}:{self._name_change(lead)}",
                lead.expected_revenue or 0.0,
                lambda env, lead=lead: self._describe_change(env, lead),
                {
                    "opportunity_id": lead.id,
                    "partner_id": partner.id if self._may_name(partner) else False,
                    "next_step": self._get_next_step(lead),
                },
            )

    def _name_change(self, lead):
        if lead.won_status != "pending":
            return lead.won_status
        return "new" if self._is_new(lead) else f"stage {lead.stage_id.id}"

    def _is_new(self, lead):
        opened = lead.sales_opened_date
        return bool(opened) and self._first <= opened <= self._last

    def _describe_change(self, env, lead):
        lead = lead.with_env(env)
        if lead.won_status == "won":
            return env._("Opportunity won")
        if lead.won_status == "lost":
            reason = lead.lost_reason_id.name
            return (
                env._("Opportunity lost: %(reason)s", reason=reason)
                if reason
                else env._("Opportunity lost")
            )
        if self._is_new(lead):
            return env._("New opportunity")
        return env._("Opportunity moved to %(stage)s", stage=lead.stage_id.name)

    @staticmethod
    def _get_next_step(lead):
        """:return: what the person plans next about an opportunity, or False"""
        planned = lead.activity_ids.filtered(
            lambda activity: activity.active and activity.user_id == lead.user_id
        ).sorted("date_deadline")[:1]
        lang = lead.user_id.lang
        planned = planned.with_context(lang=lang)
        return planned.summary or planned.activity_type_id.name
