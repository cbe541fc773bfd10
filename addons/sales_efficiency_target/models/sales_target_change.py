# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import SQL

# Above this number of changes, everything is measured instead of following each one.
MANY = 50_000


class SalesTargetChange(models.Model):
    """Changes of the figures since targets were last measured.

    A change is written by the statement that changes the figures and deleted by the
    transaction that applies it to the results: nothing is lost or counted twice, even
    if a process is killed. A change without an event requires measuring everything in
    the plans that its date affects.
    """

    _name = "sales.target.change"
    _inherit = ["sales.mart.sums", "sales.mart.table"]
    _auto = False
    _log_access = False
    _description = "Changed Figures of Sales Targets"
    _order = "id"

    date = fields.Date(help="Day of the figures; none: of any.")
    event = fields.Char(help="Event; empty: measure everything.")
    company_id = fields.Integer()

    def init(self):
        res = super().init()
        self.env.cr.execute("""
            ALTER TABLE sales_target_change ALTER COLUMN id TYPE bigint;
            ALTER SEQUENCE sales_target_change_id_seq AS bigint;
        """)
        return res

    def _sql_note(self, facts, sign):
        """Return the INSERT that records facts added (sign 1) or removed (sign -1).

        Also where the sums are what they were: a metric may count by something else.
        """
        keys = SQL(", ").join(
            SQL.identifier(name)
            for name in ("date", "event", "company_id", *self._get_summed_dimensions())
        )
        return SQL(
            "INSERT INTO sales_target_change (%(keys)s, %(measures)s, facts)"
            " SELECT %(keys)s, %(sums)s, SUM(%(sign)s)"
            " FROM %(facts)s GROUP BY %(keys)s",
            keys=keys,
            measures=SQL(", ").join(map(SQL.identifier, self._get_measures())),
            sums=SQL(", ").join(
                SQL("SUM(%s * %s)", sign, SQL.identifier(name))
                for name in self._get_measures()
            ),
            sign=sign,
            facts=facts,
        )

    def _note_everything(self):
        """Have the next refresh measure everything."""
        self.env.cr.execute("INSERT INTO sales_target_change (date) VALUES (NULL)")

    def _note_measured(self, plans):
        """Have the next refresh measure plans completely if changes are pending: they
        are already part of the results and would be added again."""
        self._note_plans(plans, SQL("EXISTS (SELECT FROM sales_target_change)"))

    def _ask_for_everything(self):
        """Have everything measured right after this transaction."""
        self._note_everything()
        self.env.ref("sales_efficiency_target.ir_cron_results")._trigger()

    def _ask_for_running(self):
        """Have all running plans measured right after this transaction."""
        plans = self.env["sales.target.plan"].search([("state", "=", "running")])
        self._note_plans(plans, SQL("TRUE"))
        self.env.ref("sales_efficiency_target.ir_cron_results")._trigger()

    def _note_plans(self, plans, condition):
        """Have the next refresh measure plans completely, if a condition holds."""
        self.env.cr.execute(
            SQL(
                "INSERT INTO sales_target_change (date, company_id)"
                " SELECT date_to, company_id FROM sales_target_plan"
                " WHERE id = ANY(%s) AND %s",
                plans.ids,
                condition,
            )
        )

    def _lock(self):
        """Lock the changes that no other transaction is processing.

        :return: ids of the changes, and whether they require measuring everything
        """
        rows = self.env.execute_query(
            SQL(
                "SELECT id, event IS NULL FROM sales_target_change"
                " ORDER BY id FOR UPDATE SKIP LOCKED"
            )
        )
        everything = len(rows) > MANY or any(is_of_all for _id, is_of_all in rows)
        return [id_ for id_, _is_of_all in rows], everything

    def _forget(self, ids):
        self.env.cr.execute(
            SQL("DELETE FROM sales_target_change WHERE id = ANY(%s)", ids)
        )

    def _filter_plans(self, ids, plans):
        """Return the plans affected by changes: those that had not ended before.

        Figures older than a plan may affect it too: by its comparison with last year,
        or by who counts as a new customer.

        :param list ids: ids of changes
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT p.id FROM sales_target_plan p
                 WHERE p.id = ANY(%s) AND EXISTS (
                    SELECT FROM sales_target_change c
                     WHERE c.id = ANY(%s)
                       AND (c.date IS NULL
                            OR c.company_id = p.company_id AND c.date <= p.date_to))
                """,
                plans.ids,
                ids,
            )
        )
        return plans.browse(id_ for [id_] in rows)

    def _find_targets(self, ids, plans, follow):
        """Find the targets whose figures have changed.

        :param list ids: ids of changes
        :param list follow: tuples of a metric id, an event that affects it or None for
            any, whether events outside a target's scope affect it too, and whether it
            must be measured again because it cannot be updated by summing changes
        :return: dict target id -> whether it must be measured again
        """
        if not (ids and plans and follow):
            return {}
        changes = SQL(
            "SELECT * FROM sales_target_change WHERE id = ANY(%s)",
            ids,
        )
        parts = [self._sql_targets(names) for names in self._get_sets(plans)]
        found = self.env.execute_query(
            SQL(
                """
                WITH change AS (%(changes)s),
                follow (metric_id, event, is_anywhere, again) AS (
                    SELECT * FROM unnest(%(follow)s)
                ),
                target AS (
                    SELECT t.*, p.date_from - interval '2 years' AS change_from,
                           p.date_to AS change_to
                      FROM sales_target t
                      JOIN sales_target_plan p ON p.id = t.plan_id
                     WHERE p.id = ANY(%(plans)s)
                )
                SELECT id, BOOL_OR(again) FROM (
                    %(parts)s
                    UNION ALL
                    SELECT t.id, TRUE
                      FROM target t
                      JOIN follow f ON f.metric_id = t.metric_id AND f.is_anywhere
                     WHERE EXISTS (
                        SELECT FROM change c
                         WHERE c.company_id = t.company_id
                           AND c.date <= t.change_to
                           AND c.event = COALESCE(f.event, c.event))
                ) found GROUP BY id
                """,
                changes=changes,
                follow=SQL(", ").join(
                    SQL("%s::%s[]", list(column), SQL(type_))
                    for column, type_ in zip(
                        zip(*follow, strict=True),
                        ("int", "text", "bool", "bool"),
                        strict=True,
                    )
                ),
                plans=plans.ids,
                parts=SQL(" UNION ALL ").join(parts),
            )
        )
        return dict(found)

    def _get_sets(self, plans):
        """:return: the distinct sets of dimensions in the scopes of targets"""
        dimensions = self._get_summed_dimensions()
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT %s FROM sales_target WHERE plan_id = ANY(%s)",
                SQL(", ").join(
                    SQL("%s IS NOT NULL", SQL.identifier(name)) for name in dimensions
                ),
                plans.ids,
            )
        )
        return [
            [name for name, is_set in zip(dimensions, row, strict=True) if is_set]
            for row in rows
        ]

    def _sql_targets(self, names):
        """Return SQL for the changed targets whose scope sets exactly these dimensions.

        In trees, a change also affects the targets of all ancestors.
        """
        values, joins = [SQL("c.date"), SQL("c.event"), SQL("c.company_id")], []
        for name in names:
            values.append(SQL.identifier("c", name))
            if self.env["sales.target"]._is_tree(name):
                values[-1] = SQL("%s AS %s", SQL.identifier(f"above_{name}"), SQL(name))
                joins.append(self._sql_above(name))
        return SQL(
            """
            SELECT t.id, f.again
              FROM (SELECT DISTINCT %(values)s FROM change c %(joins)s) c
              JOIN target t ON t.company_id = c.company_id
               AND c.date BETWEEN t.change_from AND t.change_to AND %(same)s
              JOIN follow f ON f.metric_id = t.metric_id AND f.event = c.event
            """,
            values=SQL(", ").join(values),
            joins=SQL(" ").join(joins),
            same=SQL(" AND ").join(
                SQL("t.%(n)s = c.%(n)s", n=SQL.identifier(name))
                if name in names
                else SQL("t.%s IS NULL", SQL.identifier(name))
                for name in self._get_summed_dimensions()
            ),
        )

    def _sql_above(self, name):
        tree = self.env[self.env["sales.target"]._fields[name].comodel_name]
        return SQL(
            "JOIN %(table)s AS %(node)s ON %(node)s.id = c.%(name)s"
            " CROSS JOIN LATERAL unnest("
            "string_to_array(rtrim(%(path)s, '/'), '/')::int[]) AS %(above)s",
            table=SQL.identifier(tree._table),
            node=SQL.identifier(f"node_{name}"),
            name=SQL.identifier(name),
            path=tree._field_to_sql(f"node_{name}", "parent_path"),
            above=SQL.identifier(f"above_{name}"),
        )
