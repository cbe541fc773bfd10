# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
from collections import defaultdict
from time import monotonic

from psycopg2.errors import LockNotAvailable

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..engine import FACT_KEY, FactChanges, FactDifferences

_logger = logging.getLogger(__name__)

BATCH_SIZE = 5000
BURST = 5  # seconds


class SalesMart(models.AbstractModel):
    """Keeps facts and cells consistent with the documents (policy 6.1.2).

    There is one writer at a time. ``_lock`` comes first in a transaction, before its
    snapshot is taken, so that it sees all changes of the previous writer. Changes that
    commit later have their own rows in the queue.
    """

    _name = "sales.mart"
    _description = "Sales Data Mart"

    # CRON

    def _cron_refresh(self):
        """Refresh the facts of all changed documents, one batch per transaction."""
        cron = self.env["ir.cron"]
        remaining = self._count_pending()
        cron._commit_progress(remaining=remaining)
        while remaining:
            taken = self._refresh_batch()
            remaining = self._count_pending()
            if not cron._commit_progress(taken, remaining=remaining):
                break

    def _cron_reconcile(self):
        """Compare facts and documents, repair and report (policy 6.1.2)."""
        self.env["ir.cron"]._commit_progress()
        self._reconcile()

    # BUSINESS METHODS

    def _wake(self):
        """Start the refresh as soon as this transaction commits.

        The trigger of the queue has already scheduled it. This saves the wait of up to
        a minute for the scheduler and costs no query.
        """
        postcommit = self.env.cr.postcommit
        if not postcommit.data.get("sales_mart_wake"):
            postcommit.data["sales_mart_wake"] = True
            postcommit.add(self._notify_scheduler)

    def _notify_scheduler(self):
        """Notify the scheduler, but only once per burst.

        Each notification needs its own connection, and the refresh runs until no change
        is left anyway.
        """
        registry, now = self.env.registry, monotonic()
        if now - getattr(registry, "_sales_mart_woken", -BURST) >= BURST:
            registry._sales_mart_woken = now
            self.env["ir.cron"]._notifydb()

    def _refresh(self):
        """Refresh the facts of all changed documents in this transaction."""
        while self._refresh_batch() and self._count_pending():
            continue

    def _refresh_now(self):
        """Refresh one batch in a separate transaction while the user waits.

        :return: the numbers of changes taken from the queue, and left in it
        :raise UserError: if another refresh is running
        """
        self.env.flush_all()
        with self.env.registry.cursor() as cr:
            mart = self.with_env(self.env(cr=cr))
            taken = mart._refresh_batch(nowait=True)
            return taken, mart._count_pending()

    def _refresh_batch(self, limit=BATCH_SIZE, nowait=False):
        """Refresh the documents behind the oldest changes of the queue.

        :return: the number of changes taken from the queue
        """
        self._lock(nowait=nowait)
        # A rebuild takes too long for a waiting user.
        condition = SQL("origin <> 'sales_mart_source'") if nowait else SQL("TRUE")
        taken, number = self._take(limit, condition)
        sources = self.env["sales.fact"]._get_sources()
        direct = {source._origin for source in sources}
        rebuild = taken.pop("sales_mart_source", [])
        for origin, ids in taken.items():
            for source in sources:
                if origin == source._origin:
                    self._refresh_documents(source, self._expand(source, origin, ids))
                elif origin not in direct:
                    self._queue_documents(source, origin, ids)
        if rebuild:
            requested = self.env["sales.mart.source"].browse(rebuild).exists()
            self._rebuild(requested.mapped("code"))
        self._stamp("refreshed_at")
        if taken or rebuild:
            self._after_refresh()
        return number

    def _rebuild(self, codes=None):
        """Rebuild facts and cells from all documents.

        :param list codes: the sources to rebuild; all of them by default
        """
        self._lock()
        self._tune()
        for source in self.env["sales.fact"]._get_sources():
            if codes is None or source._code in codes:
                self._rebuild_source(source)
        self._sum_anew()
        if codes is None:
            # The rebuild covers all changes in the snapshot of this transaction.
            self.env.cr.execute("DELETE FROM sales_fact_queue")
        self.env.cr.execute("ANALYZE sales_fact, sales_fact_cell, sales_fact_total")
        self._stamp("rebuilt_at", codes)
        self._tell_of_repair()
        self.env["sales.fact"].invalidate_model()

    def _reconcile(self):
        """Repair and report differences between documents, facts and cells.

        :return: the new ``sales.mart.reconciliation`` records
        """
        self._lock()
        reconciliations = self.env["sales.mart.reconciliation"]
        last = reconciliations.search([], limit=1, order="id desc").id or 0
        self._refresh()
        self._tune()
        for source in self.env["sales.fact"]._get_sources():
            FactDifferences(source).report()
        self._refresh()
        is_repaired = self._repair_cells()
        self._stamp("reconciled_at")
        found = reconciliations.search([("id", ">", last)])
        if found or is_repaired:
            self._tell_of_repair()
        if found:
            _logger.warning(
                "The sales data mart differed from its documents: %s repaired",
                sum(found.mapped("documents")),
            )
        return found

    # HELPERS

    def _lock(self, table="sales_mart_source", nowait=False):
        """Wait for other writers before reading anything.

        Unlike a SELECT of an advisory lock, LOCK TABLE takes no snapshot: the
        transaction then sees everything that the last holder of the lock has written.
        Pending writes are flushed afterwards, because other statements take a snapshot.

        :raise UserError: if `nowait` is set and somebody else is writing
        """
        try:
            self.env.cr.execute(
                SQL(
                    "LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE %s",
                    SQL.identifier(table),
                    SQL("NOWAIT") if nowait else SQL(),
                ),
                log_exceptions=not nowait,
            )
        except LockNotAvailable as error:
            raise UserError(
                self.env._(
                    "The figures are being refreshed right now. Try again in a moment."
                )
            ) from error
        self.env.flush_all()

    def _tune(self):
        self.env.cr.execute("SET LOCAL work_mem = '256MB'; SET LOCAL jit = off")

    def _get_known_until(self):
        """Return the moment up to which the figures know the documents: that of the
        oldest change that waits, else now."""
        [[since]] = self.env.execute_query(
            SQL("SELECT MIN(queued_at) FROM sales_fact_queue")
        )
        return since.replace(microsecond=0) if since else fields.Datetime.now()

    def _count_pending(self):
        [[pending]] = self.env.execute_query(
            SQL("SELECT COUNT(*) FROM sales_fact_queue")
        )
        return pending

    def _take(self, limit, condition):
        """Take the oldest changes from the queue: {origin: [keys]}, and their number.

        A key may have been queued several times.
        """
        taken = defaultdict(set)
        rows = self.env.execute_query(
            SQL(
                """
                -- An array is selected once; IN might be run, and limited, row by row.
                DELETE FROM sales_fact_queue WHERE id = ANY (ARRAY(
                    SELECT id FROM sales_fact_queue WHERE %s
                     ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
                )) RETURNING origin, res_id
                """,
                condition,
                limit,
            )
        )
        for origin, res_id in rows:
            taken[origin].add(res_id)
        return {origin: sorted(ids) for origin, ids in taken.items()}, len(rows)

    def _expand(self, source, origin, ids):
        """Return the documents of a source that are affected by changed records."""
        expansion = source._get_expansions().get(origin)
        if not expansion:
            return ids
        rows = self.env.execute_query(SQL(expansion, ids=ids))
        return [row[0] for row in rows]

    def _queue_documents(self, source, origin, ids):
        """Queue the documents that depend on a changed record, e.g. on a product.

        There may be many, so they are refreshed in batches like all others.
        """
        expansion = source._get_expansions().get(origin)
        if expansion:
            self.env.cr.execute(
                SQL(
                    "INSERT INTO sales_fact_queue (origin, res_id)"
                    " SELECT DISTINCT %s, document.id FROM (%s) document (id)",
                    source._origin,
                    SQL(expansion, ids=ids),
                )
            )

    def _refresh_documents(self, source, ids):
        """Bring the facts of documents up to date, and with them all sums."""
        FactChanges(self.env).refresh(source, ids)

    def _get_followers(self, facts, sign):
        """Hook: return further statements that process changes of figures.

        They are part of the statement that changes the facts. They therefore commit or
        roll back with it and need no query of their own. Rebuilds and repairs of the
        cells do not run them, see ``_tell_of_repair``.

        :param SQL facts: relation with the columns of ``sales_fact``: the facts of the
            documents, as they were and as they are
        :param SQL sign: its column that is -1 for a fact as it was, 1 as it is, and 0
            for one that has not changed, though its document has
        :return: list of SQL statements that write
        """
        return []

    def _after_refresh(self):
        """Hook for add-ons: documents were refreshed, with or without changes."""

    def _tell_of_repair(self):
        """Hook for add-ons: figures have changed by unknown amounts."""

    def _rename_customers(self, partners, customer):
        """Move the figures of merged customers to the remaining one at once.

        The refresh of their documents, already queued, will do the same. Until then,
        the figures would refer to customers that no longer exist.
        """
        self.env.flush_all()
        FactChanges(self.env).rename_customers(partners.ids, customer.id)

    def _rebuild_source(self, source):
        self.env["sales.fact"]._replace_rows(
            source._query(),
            columns=source._fact_columns(),
            key=FACT_KEY,
            condition=SQL("stored.source = %s", source._code),
        )

    def _stamp(self, column, codes=None):
        self.env.cr.execute(
            SQL(
                "UPDATE sales_mart_source SET %s = now() AT TIME ZONE 'UTC' WHERE %s",
                SQL.identifier(column),
                SQL("TRUE") if codes is None else SQL("code = ANY(%s)", list(codes)),
            )
        )
        self.env["sales.mart.source"].invalidate_model()

    def _sum_anew(self):
        """Sum all facts again by month.

        :return: the number of deleted and inserted sums
        """
        sums = self.env["sales.fact.cell"], self.env["sales.fact.total"]
        return sum(table._sum_anew() for table in sums)

    def _repair_cells(self):
        """Sum the cells and totals again.

        :return: whether they differed from the sums of the facts
        """
        is_repaired = bool(self._sum_anew())
        if is_repaired:
            _logger.warning("The monthly cells of the sales data mart were summed anew")
        return is_repaired
