# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

FOLLOW = "sales_stage_history_follow"
KEEP_NAME = "sales_stage_history_keep_name"
# Setting of a transaction: the moment that its changes are dated with, instead of now
MOMENT = "sales_stage_history.moment"

NEW, OLD = SQL("NEW"), SQL("OLD")


def get_place(lead):
    """Return where an opportunity is in the pipeline.

    It is nowhere while it is a lead, lost or archived. A won one stays where it is,
    also in the archive.

    :param SQL lead: a row of ``crm_lead``
    """
    return SQL(
        """
        CASE WHEN %(lead)s.type = 'opportunity'
              AND (%(lead)s.active OR %(lead)s.won_status = 'won')
             THEN %(lead)s.stage_id END
        """,
        lead=lead,
    )


def get_start(lead, moment, is_won):
    """Return when the first stay of an opportunity began.

    One that is imported may have been opened before it came, or be closed already. The
    day on which it was opened counts if it is certainly an earlier one, in whatever
    time zone. A lead begins when it is converted.

    :param SQL lead: a row of ``crm_lead``
    :param SQL moment: when it was created, if it does not say so itself
    :param SQL is_won: whether its stage is a won one
    """
    return SQL(
        """
        LEAST(
            COALESCE(%(lead)s.date_conversion, %(lead)s.create_date, %(moment)s),
            CASE WHEN %(is_won)s OR NOT %(lead)s.active THEN %(lead)s.date_closed END,
            CASE WHEN NOT %(is_won)s AND %(lead)s.date_conversion IS NULL
                  AND %(lead)s.sales_opened_date
                      < COALESCE(%(lead)s.create_date, %(moment)s)::date - 1
                 THEN (%(lead)s.sales_opened_date + TIME '12:00') AT TIME ZONE COALESCE(
                        (SELECT c.sales_tz FROM res_company c
                          WHERE c.id = %(lead)s.company_id), 'UTC')
                      AT TIME ZONE 'UTC' END
        )
        """,
        lead=lead,
        moment=moment,
        is_won=is_won,
    )


class StageTriggers:
    """The triggers that write the history of stages, in the transaction that changes an
    opportunity, whoever does: a screen, an import, a merge or plain SQL.

    They run per row, and only if a row says that it is concerned: other updates of
    opportunities cost a comparison.

    :param cr: cursor
    """

    def __init__(self, cr):
        self._cr = cr

    def install(self):
        """Create the functions and triggers, or replace those that are there."""
        self._cr.execute(self._sql_follow())
        self._cr.execute(self._sql_keep_name())
        is_concerned = SQL(
            """
            (%s) IS DISTINCT FROM (%s)
            OR NEW.stage_id IS DISTINCT FROM OLD.stage_id
            OR NEW.user_id IS DISTINCT FROM OLD.user_id
            """,
            get_place(NEW),
            get_place(OLD),
        )
        is_opportunity = SQL("NEW.type = 'opportunity' AND NEW.stage_id IS NOT NULL")
        self._create("crm_lead", "AFTER INSERT", "insert", FOLLOW, is_opportunity)
        self._create("crm_lead", "AFTER UPDATE", "update", FOLLOW, is_concerned)
        self._create("crm_stage", "BEFORE DELETE", "delete", KEEP_NAME, SQL("TRUE"))

    def drop(self):
        """Drop the functions and their triggers."""
        for name in (FOLLOW, KEEP_NAME):
            self._cr.execute(
                SQL("DROP FUNCTION IF EXISTS %s() CASCADE", SQL.identifier(name))
            )

    def _create(self, table, when, suffix, function, condition):
        self._cr.execute(
            SQL(
                "DROP TRIGGER IF EXISTS %(trigger)s ON %(table)s;"
                " CREATE TRIGGER %(trigger)s %(when)s ON %(table)s FOR EACH ROW"
                " WHEN (%(condition)s) EXECUTE FUNCTION %(function)s()",
                trigger=SQL.identifier(f"{function}_{suffix}"),
                table=SQL.identifier(table),
                when=SQL(when),
                condition=condition,
                function=SQL.identifier(function),
            )
        )

    def _sql_follow(self):
        """Return the function that ends the stay that was and begins the next one.

        A transaction that had to wait for another one began before that one's stay did:
        the next stay begins when that one ends, not earlier.

        An opportunity that is created or moved while it is out of the pipeline, such as
        a lost one that is imported, has been in its stage for no time. A session keeps
        the plans of a function: one made while the table was small would scan it for
        each row of a large import.
        """
        return SQL(
            """
            CREATE OR REPLACE FUNCTION %(name)s() RETURNS trigger
            LANGUAGE plpgsql SET enable_seqscan = off AS $$
            DECLARE
                moment timestamp := COALESCE(
                    NULLIF(current_setting(%(setting)s, true), '')::timestamp,
                    now() AT TIME ZONE 'UTC');
                was int;
                place int := %(new_place)s;
                stage int := CASE WHEN NEW.type = 'opportunity' THEN NEW.stage_id END;
                is_new boolean;
                is_won boolean;
                begun timestamp;
                ended timestamp;
            BEGIN
                IF TG_OP = 'UPDATE' THEN
                    was := %(old_place)s;
                    IF NEW.stage_id IS NOT DISTINCT FROM OLD.stage_id
                       AND NEW.type IS NOT DISTINCT FROM OLD.type THEN
                        stage := NULL;
                    END IF;
                END IF;
                IF was IS DISTINCT FROM place THEN
                    UPDATE sales_stage_history
                       SET left_at = GREATEST(entered_at, moment)
                     WHERE lead_id = NEW.id AND left_at IS NULL
                 RETURNING left_at INTO ended;
                END IF;
                stage := COALESCE(place, stage);
                IF stage IS NOT NULL AND (place IS NULL OR was IS DISTINCT FROM place)
                THEN
                    is_new := TG_OP = 'INSERT';
                    IF NOT is_new AND OLD.type = 'opportunity' THEN
                        is_new := NOT EXISTS (
                            SELECT FROM sales_stage_history WHERE lead_id = NEW.id);
                    END IF;
                    begun := GREATEST(moment, ended);
                    IF is_new THEN
                        is_won := EXISTS (
                            SELECT FROM crm_stage s WHERE s.id = stage AND s.is_won);
                        begun := LEAST(moment, %(start)s);
                    END IF;
                    INSERT INTO sales_stage_history (lead_id, stage_id, entered_at,
                           left_at, hand_over_count)
                    VALUES (NEW.id, stage, begun,
                            CASE WHEN place IS NULL THEN GREATEST(begun, CASE
                                WHEN is_new THEN NEW.date_closed ELSE moment END) END,
                            0);
                ELSIF TG_OP = 'UPDATE' AND NEW.user_id <> OLD.user_id THEN
                    UPDATE sales_stage_history
                       SET hand_over_count = hand_over_count + 1
                     WHERE lead_id = NEW.id AND left_at IS NULL;
                END IF;
                RETURN NULL;
            END $$
            """,
            name=SQL.identifier(FOLLOW),
            setting=MOMENT,
            new_place=get_place(NEW),
            old_place=get_place(OLD),
            start=get_start(NEW, SQL("moment"), SQL("is_won")),
        )

    def _sql_keep_name(self):
        """Return the function that keeps what a deleted stage was called, and its place
        among the others."""
        return SQL(
            """
            CREATE OR REPLACE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                UPDATE sales_stage_history
                   SET stage_name = OLD.name, stage_sequence = OLD.sequence
                 WHERE stage_id = OLD.id;
                RETURN OLD;
            END $$
            """,
            SQL.identifier(KEEP_NAME),
        )
