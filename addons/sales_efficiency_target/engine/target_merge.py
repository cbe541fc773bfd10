# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL


class TargetMerge:
    """Merges the targets of merged customers, or records of another dimension.

    Everything is written by SQL, in any state of the plans: what the plans demand does
    not change, only one customer replaces two.

    :param env: environment that may see all targets of the customers
    :param str dimension: field that names them
    """

    def __init__(self, env, dimension="partner_id"):
        self.env = env
        self._targets = env["sales.target"]
        self._dimension = dimension

    def merge(self, sources, kept):
        """Move the targets of merged records to the remaining one.

        Targets of several of them in the same plan are added up.
        """
        name = self._dimension
        self.env.flush_all()
        targets = self._targets.search([(name, "in", (sources | kept).ids)])
        for group in targets.grouped(self._get_key).values():
            target = group.filtered(lambda t: t[name] == kept)[:1] or group[:1]
            for other in group - target:
                self._take_over(target, other)
        self.env.cr.execute(
            SQL(
                "UPDATE sales_target SET %(name)s = %(kept)s"
                " WHERE %(name)s = ANY(%(sources)s)",
                name=SQL.identifier(name),
                kept=kept.id,
                sources=sources.ids,
            )
        )
        self.env.invalidate_all()

    def _get_key(self, target):
        others = {**target._get_scope_ids(), self._dimension: False}
        return (target.plan_id, target.metric_id, *others.values())

    def _take_over(self, target, other):
        """Merge another target of the same plan and metric, with its related records,
        into a target."""
        message = self.env._(
            "%(customer)s and %(other)s are merged, and so are their targets:"
            " %(amount)s and %(other_amount)s.",
            customer=target[self._dimension].display_name,
            other=other[self._dimension].display_name,
            amount=target._format_figure(target.amount),
            other_amount=target._format_figure(other.amount),
        )
        parents = target.parent_id | other.parent_id
        if target.is_additive:
            self._add_to_open_adjustments(target, other)
            self._add_figures(target, other)
        self._add_commitment(target, other)
        self._add_results(target, other)
        self._add_milestones(target, other)
        self.env["sales.alert"]._merge_targets(target, other)
        self._hang_parts_of(target, other)
        target._join_references("sales.target", other, target)
        self._remove(other)
        # Recompute related fields stored on other records
        target.modified(["breakdown", "level", "responsible_id"])
        self._explain_gaps(target | parents, message)
        target.message_post(body=message, subtype_xmlid="mail.mt_note")

    # ------------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------------

    def _add_to_open_adjustments(self, target, other):
        """Keep the requested change relative to the sum of both targets."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE sales_target_adjustment_line l
                   SET present_amount = l.present_amount + beside.amount,
                       amount = l.amount + beside.amount
                  FROM sales_target_adjustment a
                  JOIN sales_target_month beside
                    ON beside.target_id = ANY(%(ids)s)
                   AND beside.target_id <> a.target_id
                 WHERE a.id = l.adjustment_id AND beside.month = l.month
                   AND a.target_id = ANY(%(ids)s) AND a.state IN ('draft', 'requested')
                """,
                ids=(target | other).ids,
            )
        )

    def _add_figures(self, target, other):
        self.env.cr.execute(
            SQL(
                """
                UPDATE sales_target_month m
                   SET amount = m.amount + o.amount,
                       original_amount = m.original_amount + o.original_amount
                  FROM sales_target_month o
                 WHERE m.target_id = %(id)s AND o.target_id = %(other)s
                   AND o.month = m.month;
                UPDATE sales_target t
                   SET amount = t.amount + o.amount,
                       base_amount = t.base_amount + o.base_amount,
                       challenge_amount = t.challenge_amount + o.challenge_amount,
                       spread = CASE WHEN o.spread = t.spread
                                      AND o.distribution_id IS NOT DISTINCT FROM
                                          t.distribution_id
                                     THEN t.spread ELSE 'manual' END
                  FROM sales_target o
                 WHERE t.id = %(id)s AND o.id = %(other)s
                """,
                id=target.id,
                other=other.id,
            )
        )

    def _add_commitment(self, target, other):
        """Add the commitments; if the metric is not additive, keep an existing one."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE sales_target t
                   SET committed_amount = CASE
                           WHEN t.is_additive OR t.committed_date IS NULL
                           THEN COALESCE(t.committed_amount, 0)
                                + COALESCE(o.committed_amount, 0)
                           ELSE t.committed_amount END,
                       committed_date = GREATEST(t.committed_date, o.committed_date),
                       commitment_note = NULLIF(
                           CONCAT_WS(E'\n', t.commitment_note, o.commitment_note), '')
                  FROM sales_target o
                 WHERE t.id = %s AND o.id = %s
                """,
                target.id,
                other.id,
            )
        )

    def _add_results(self, target, other):
        """Merge actuals at closing; all other figures are measured again."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE sales_target_result r
                   SET closed_actual = r.closed_actual + o.closed_actual
                  FROM sales_target_result o
                 WHERE r.target_id = %(id)s AND o.target_id = %(other)s
                   AND r.is_additive
                   AND (o.period, o.date_from) = (r.period, r.date_from);
                DELETE FROM sales_target_result WHERE target_id = %(other)s
                """,
                id=target.id,
                other=other.id,
            )
        )

    def _add_milestones(self, target, other):
        """Keep the higher milestone of both, so that none is announced twice."""
        self.env.cr.execute(
            SQL(
                """
                WITH told AS (
                    DELETE FROM sales_alert_milestone o
                     USING sales_alert_milestone m
                     WHERE m.target_id = %s AND o.target_id = %s
                       AND (o.period, o.date_from) = (m.period, m.date_from)
                    RETURNING m.id, o.reached
                )
                UPDATE sales_alert_milestone m
                   SET reached = GREATEST(m.reached, told.reached)
                  FROM told WHERE told.id = m.id
                """,
                target.id,
                other.id,
            )
        )

    # ------------------------------------------------------------------
    # Records
    # ------------------------------------------------------------------

    def _hang_parts_of(self, target, other):
        """Move the subtree below the other target to a target."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE sales_target part
                   SET parent_path = t.parent_path
                           || substr(part.parent_path, length(o.parent_path) + 1),
                       level = part.level + t.level - o.level,
                       parent_id = CASE WHEN part.parent_id = o.id THEN t.id
                                        ELSE part.parent_id END
                  FROM sales_target t, sales_target o
                 WHERE t.id = %s AND o.id = %s AND part.id <> o.id
                   AND starts_with(part.parent_path, o.parent_path)
                """,
                target.id,
                other.id,
            )
        )

    def _remove(self, other):
        # Not by ``unlink``, which refuses to delete targets of running plans
        self.env.cr.execute(SQL("DELETE FROM sales_target WHERE id = %s", other.id))
        self.env.invalidate_all()

    def _explain_gaps(self, targets, reason):
        """Give a reason for gaps opened by merging the parts of two parents."""
        for name in ("children_amount", "gap", "is_gap_open"):
            self.env.add_to_compute(targets._fields[name], targets)
        targets.filtered("is_gap_open").gap_reason = reason
