# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import WorkingDays

from .policy_match import PolicyMatch
from .team_places import select_places

DAY = timedelta(days=1)
# Leave of people is known for so long, and moves contacts of these days.
PERSONAL = timedelta(days=35)
# Longest time without a working day
BREAK = timedelta(days=31)
# Columns of a plan that the planning does not write
KEPT = {
    "id",
    "partner_id",
    "company_id",
    "snoozed_until",
    "snooze_reason",
    "asked_date",
    "asked_user_id",
}


class ContactPlanning:
    """Plans the next contact with each customer of a company (policy 5.1.3).

    It is due so many days after the last one as the service policy says. Nobody is
    blamed for the time before: if that day was before the customer came under a
    policy, the first contact is due as many days after it did. Under another policy a
    contact that was overdue stays so; any other is due today at the earliest. It is
    planned for the next day on which the person works.

    One statement writes what has changed, whatever the number of customers. It joins
    the customers from a temporary table, whose statistics the planner knows: it would
    take a subquery of thousands for a single row, and loop over them.

    :param company: the company
    """

    def __init__(self, company):
        self._company = company
        self.env = company.env
        self._today = company._get_sales_today()
        self._people = self.env["res.users"]
        self._longest, self._unnoted = timedelta(), []
        self._columns = [
            name
            for name, field in self.env["sales.contact.plan"]._fields.items()
            if field.store and field.column_type and name not in KEPT
        ]

    def plan(self, partner_ids=None):
        """Update ``sales.contact.plan``.

        :param partner_ids: customers to restrict it to; None for all
        """
        self.env.flush_all()
        self._people = self._find_people(partner_ids)
        self._longest, self._unnoted = self._read_policies()
        cr = self.env.cr
        cr.execute(
            SQL(
                "CREATE TEMPORARY TABLE sales_contact_matched ON COMMIT DROP AS %s",
                self._sql_matched(partner_ids),
            )
        )
        cr.execute("ANALYZE sales_contact_matched")
        cr.execute(self._sql_plan(partner_ids))
        cr.execute("DROP TABLE sales_contact_matched")
        if partner_ids is None:
            self._note_planned()
        self.env["sales.contact.plan"].invalidate_model()

    def _note_planned(self):
        """Whoever comes under these policies from now on, comes today."""
        policies = self.env["sales.service.policy"].browse(self._unnoted)
        if policies:
            policies.is_planned = True

    def _sql_plan(self, partner_ids):
        return SQL(
            """
            WITH removed AS (
                DELETE FROM sales_contact_plan plan
                 WHERE plan.company_id = %(company)s
                   AND %(where)s
                   AND NOT EXISTS (
                       SELECT FROM sales_contact_matched matched
                        WHERE matched.partner_id = plan.partner_id))
            INSERT INTO sales_contact_plan (partner_id, company_id, %(columns)s)
            SELECT partner_id, %(company)s, %(columns)s FROM (%(planned)s) AS planned
             WHERE NOT EXISTS (
                   SELECT FROM sales_contact_plan same
                    WHERE same.partner_id = planned.partner_id
                      AND same.company_id = %(company)s
                      AND (%(same)s) IS NOT DISTINCT FROM (%(mine)s))
                ON CONFLICT (partner_id, company_id)
                DO UPDATE SET %(values)s,
                   snoozed_until = CASE WHEN %(is_contacted)s
                        THEN NULL ELSE sales_contact_plan.snoozed_until END,
                   snooze_reason = CASE WHEN %(is_contacted)s
                        THEN NULL ELSE sales_contact_plan.snooze_reason END
             WHERE (%(old)s) IS DISTINCT FROM (%(new)s)
            """,
            planned=self._sql_planned(),
            company=self._company.id,
            where=SQL("TRUE")
            if partner_ids is None
            else SQL("plan.partner_id = ANY(%s)", list(partner_ids)),
            columns=SQL(", ").join(map(SQL.identifier, self._columns)),
            values=SQL(", ").join(
                SQL("%s = EXCLUDED.%s", SQL.identifier(name), SQL.identifier(name))
                for name in self._columns
            ),
            is_contacted=SQL(
                "EXCLUDED.last_date > COALESCE(sales_contact_plan.last_date,"
                " '-infinity')"
            ),
            old=self._list("sales_contact_plan"),
            new=self._list("excluded"),
            same=self._list("same"),
            mine=self._list("planned"),
        )

    def _list(self, table):
        return SQL(", ").join(SQL.identifier(table, name) for name in self._columns)

    def _sql_matched(self, partner_ids):
        """Return the SELECT of the customers with a rhythm, and who contacts them."""
        return SQL(
            """
            WITH place AS MATERIALIZED (%(places)s)
            SELECT match.*, policy.contact_days AS days, policy.date_from AS start,
                   CASE WHEN policy.is_planned
                        THEN GREATEST(policy.date_from, %(today)s)
                        ELSE GREATEST(policy.date_from, (
                            p.create_date AT TIME ZONE 'UTC'
                            AT TIME ZONE company.sales_tz)::date) END AS since,
                   COALESCE(
                       CASE policy.owner WHEN 'user' THEN policy.owner_id
                            WHEN 'leader' THEN place.leader_id END,
                       seller.id
                   ) AS user_id,
                   place.team_id
              FROM (%(match)s) AS match
              JOIN sales_service_policy policy
                ON policy.id = match.policy_id AND policy.contact_days > 0
              JOIN res_company company ON company.id = policy.company_id
              JOIN res_partner p ON p.id = match.partner_id
              LEFT JOIN res_users seller
                ON seller.id = p.user_id AND seller.active AND EXISTS (
                   SELECT FROM res_company_users_rel works
                    WHERE works.user_id = seller.id AND works.cid = company.id)
              LEFT JOIN place
                ON place.user_id = seller.id AND place.company_id = company.id
            """,
            places=select_places(),
            match=PolicyMatch(self._company).select(partner_ids),
            today=self._today,
        )

    def _sql_planned(self):
        """Return the SELECT of the customers with their last and next contact."""
        return SQL(
            """
            SELECT due.*,
                   COALESCE(own.moved, usual.moved, due.due_date) AS next_date
              FROM (%(due)s) AS due
              LEFT JOIN (%(shifts)s) AS own
                ON own.user_id = due.user_id AND own.day = due.due_date
              LEFT JOIN (%(shifts)s) AS usual
                ON usual.user_id = 0 AND usual.day = due.due_date
            """,
            due=self._sql_due(),
            shifts=self._sql_shifts(),
        )

    def _sql_due(self):
        return SQL(
            """
            SELECT standing.*, GREATEST(%(due)s, standing.due_from) AS due_date
              FROM (
                SELECT matched.*, last.date AS last_date,
                       CASE WHEN known.id IS NULL THEN matched.since
                            ELSE GREATEST(known.date_from, matched.start)
                            END AS date_from,
                       CASE WHEN known.policy_id <> matched.policy_id
                            THEN LEAST(known.due_date, %(today)s)
                            ELSE known.due_from END AS due_from
                  FROM sales_contact_matched matched
                  LEFT JOIN sales_contact_plan known
                    ON known.partner_id = matched.partner_id
                   AND known.company_id = %(company)s
                 CROSS JOIN LATERAL (
                    -- One look into the index, however long the history
                    SELECT MAX(c.date) AS date
                      FROM sales_contact c
                     WHERE c.company_id = %(company)s
                       AND c.partner_id = matched.partner_id
                       AND c.date <= %(today)s) AS last) AS standing
            """,
            due=self.due("standing.last_date", "standing.days", "standing.date_from"),
            company=self._company.id,
            today=self._today,
        )

    @staticmethod
    def due(last, days, start):
        """Return the day on which a contact is due, by names of columns."""
        last, days, start = (SQL.identifier(*c.split(".")) for c in (last, days, start))
        return SQL(
            "CASE WHEN %(last)s + %(days)s >= %(start)s THEN %(last)s + %(days)s"
            " ELSE %(start)s + %(days)s END",
            last=last,
            days=days,
            start=start,
        )

    # ------------------------------------------------------------------
    # Working days
    # ------------------------------------------------------------------

    def _sql_shifts(self):
        """Return the SELECT of days and the working days that they are moved to, of
        the company (user 0) and of people whose own calendars say otherwise."""
        shifts = self._get_shifts()
        return SQL(
            "SELECT * FROM unnest(%s::int[], %s::date[], %s::date[])"
            " AS shift (user_id, day, moved)",
            *([shift[number] for shift in shifts] for number in range(3)),
        )

    def _get_shifts(self):
        working = WorkingDays(self._company)
        first, last = self._today - BREAK, self._today + self._longest + BREAK
        common = working.of_company(first, last)
        shifts = [
            (0, day, moved)
            for day, moved in self._move(first, last, common)
            if day != moved
        ]
        end = self._today + PERSONAL
        people = working.of_employees(self._people, self._today, end + BREAK)
        for user, days in people.items():
            shifts += (
                (user.id, day, moved)
                for day, moved in self._move(self._today, end, days)
            )
        return shifts

    @staticmethod
    def _move(first, last, working):
        """Yield each day with the first working day from then on, if there is one."""
        moved, moves = None, []
        limit = max(working, default=last)
        day = max(last, limit)
        while day >= first:
            moved = day if day in working else moved
            if moved and day <= last:
                moves.append((day, moved))
            day -= DAY
        return moves

    def _read_policies(self):
        """:return: longest time between contacts, and ids of policies that no planning
        of all customers has met yet"""
        [[longest, unnoted]] = self.env.execute_query(
            SQL(
                """
                SELECT MAX(contact_days),
                       ARRAY_AGG(id) FILTER (WHERE is_planned IS NOT TRUE)
                  FROM sales_service_policy
                 WHERE company_id = %s AND active
                """,
                self._company.id,
            )
        )
        return timedelta(days=longest or 0), unnoted or []

    def _find_people(self, partner_ids):
        """:return: the salespeople of customers, and others whom policies name"""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT p.user_id FROM res_partner p WHERE p.active AND %s
                 UNION
                SELECT owner_id FROM sales_service_policy WHERE owner = 'user'
                 UNION
                SELECT user_id FROM crm_team
                 WHERE active AND EXISTS (
                       SELECT FROM sales_service_policy WHERE owner = 'leader')
                """,
                SQL("TRUE")
                if partner_ids is None
                else SQL("p.id = ANY(%s)", list(partner_ids)),
            )
        )
        return self.env["res.users"].browse(row[0] for row in rows if row[0])
