# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from ..engine import RatingClosing
from .rating_common import SalesRatingCommon

# What the end of a round leaves of an answer
COLUMNS = {"id", "appraisal_id", "kind", "criterion_id", "mark", "note"}
# Records that tell by their model and id what they hang on
TRACES = (
    ("ir_attachment", "res_model", "res_id"),
    ("mail_activity", "res_model", "res_id"),
    ("mail_followers", "res_model", "res_id"),
    ("mail_message", "model", "res_id"),
    ("ir_model_data", "model", "res_id"),
)


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesAppraisalRatingClosing(SalesRatingCommon):
    """The end of a round cuts answers from those who gave them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle.action_start_rating()
        cls.answers = cls.env["sales.appraisal.answer"]

    def _give_all(self, kind="peer", marks="2345"):
        """Each rater gives their own mark and note."""
        ratings = self._get_ratings(kind)
        for rating, mark in zip(ratings, marks, strict=False):
            note = f"Unmistakable words {rating.id}"
            if rating.user_id:
                self._give(rating, mark, mark, note=note)
            else:
                self._answer(rating, mark, mark, note=note)
        return ratings

    def _close(self):
        self.cycle.with_user(self.hr_user).action_calibrate()
        self.env.flush_all()
        self.env.invalidate_all()

    def _get_marks(self, kind="peer"):
        given = self.appraisal._get_ratings().get(self.appraisal.id, {})
        return list(given.get(kind, {}).values())

    # ------------------------------------------------------------------
    # What is left
    # ------------------------------------------------------------------

    def test_marks_and_notes_are_kept(self):
        ratings = self._give_all()
        self._close()
        self.assertEqual(self._get_marks(), [[2, 3, 4, 5]] * 2)
        self.assertEqual(
            set(self.appraisal.note_ids.mapped("note")),
            {f"Unmistakable words {id_}" for id_ in ratings.ids},
        )

    def test_marks_give_the_score_of_the_part(self):
        self._give_all()
        self._close()
        part = self.appraisal.part_ids.filtered(lambda part: part.kind == "peer")
        self.assertEqual(part.score, 70.0)
        self.assertEqual(part.raters, 4)

    def test_what_was_not_given_does_not_count(self):
        ratings = self._give_all()
        ratings[0].with_user(ratings[0].user_id).action_change()
        self._close()
        self.assertEqual(self._get_marks(), [[3, 4, 5]] * 2)

    def test_of_too_few_raters_only_the_number_is_kept(self):
        self._give_all(marks="23")
        self._close()
        self.assertEqual(self._get_marks(), [])
        self.assertFalse(self.appraisal.note_ids)
        turnout = self.env["sales.appraisal.turnout"].search(
            [("appraisal_id", "=", self.appraisal.id), ("kind", "=", "peer")]
        )
        self.assertRecordValues(turnout, [{"asked": 4, "answered": 2}])

    def test_one_superior_is_enough(self):
        self._give_all("superior", "4")
        self._close()
        self.assertEqual(self._get_marks("superior"), [[4], [4]])

    # ------------------------------------------------------------------
    # Nothing leads back
    # ------------------------------------------------------------------

    def test_answers_have_no_column_that_names_somebody(self):
        self.env.cr.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = 'sales_appraisal_answer'"
        )
        self.assertEqual({name for [name] in self.env.cr.fetchall()}, COLUMNS)

    def test_nothing_else_refers_to_answers(self):
        referring = {
            f"{model}.{field.name}"
            for model, records in self.registry.items()
            for field in records._fields.values()
            if field.comodel_name == "sales.appraisal.answer" and field.store
            if field.type != "one2many"
        }
        self.assertEqual(referring, set())

    def test_no_stored_field_finds_a_rater(self):
        """Search the whole database for the words of each rater, and for each record
        that belonged to their rating."""
        self._run("ir_cron_rating_mails")
        ratings = self._give_all() + self._give_all("customer", "543")
        rated = self._get_ratings("report", self._get_appraisal(self.leader))[0]
        rated.message_post(body="Unmistakable words in a message")
        self.env["ir.attachment"].create(
            {
                "name": "Unmistakable words",
                "res_model": rated._name,
                "res_id": rated.id,
                "raw": b"a",
            }
        )
        to_do = rated.activity_ids.with_user(rated.user_id)
        to_do.action_feedback("Unmistakable words when done")
        lines = ratings.line_ids
        hashes = [h for h in ratings.sudo().mapped("answer_hash") if h]
        self.assertTrue(self._find_text("/sales/answer/rating/"))
        self.assertTrue(hashes)
        self._close()
        self.assertFalse((ratings + rated).exists())
        self.assertFalse(lines.exists())
        found = self._find_text("Unmistakable words")
        self.assertEqual(found, {"sales_appraisal_answer.note"})
        for table, model, res_id in TRACES:
            self.env.cr.execute(
                SQL(
                    "SELECT count(*) FROM %s WHERE %s LIKE 'sales.appraisal.rating%%'"
                    " AND %s > 0",
                    *map(SQL.identifier, (table, model, res_id)),
                )
            )
            with self.subTest(table):
                self.assertEqual(self.env.cr.fetchone(), (0,))
        for text in (*hashes, "/sales/answer/rating/"):
            with self.subTest(text):
                self.assertEqual(self._find_text(text), set())

    def test_whoever_gave_which_mark_the_database_is_the_same(self):
        """Compare all rows of all tables after two rounds in which raters swap their
        marks and notes, and give them in another order."""
        peers, customers = self._get_ratings("peer"), self._get_ratings("customer")
        raters = [*peers, *customers]
        marks = [*"1455", *"345"]
        first = self._play(dict(zip(raters, marks, strict=True)))
        swapped = dict(zip(peers[::-1], marks[:4], strict=True))
        swapped |= dict(zip(customers[::-1], marks[4:], strict=True))
        second = self._play(swapped)
        self.assertIn(("sales_appraisal_answer", 21), first)
        self.assertEqual(dict(first.items() ^ second.items()), {})

    def _play(self, marks):
        """Have raters give their marks, and close the round.

        :return: dict (table, number of rows) → hash of its rows, in no order
        """
        with self.env.cr.savepoint() as savepoint:
            for rating, mark in marks.items():
                note = f"A note with the mark {mark}"
                if rating.user_id:
                    self._give(rating, mark, mark, note=note)
                else:
                    self._answer(rating, mark, mark, note=note)
            self._close()
            rows = self._hash_tables()
            savepoint.rollback()
        self.env.invalidate_all()
        return rows

    def _hash_tables(self):
        self.env.cr.execute(
            "SELECT table_name FROM information_schema.tables"
            " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
            # What models and screens are made of
            " AND table_name NOT SIMILAR TO 'ir_(model|ui|act)%'"
        )
        tables = [name for [name] in self.env.cr.fetchall()]
        # The order of answers is that of a hash, see the next test.
        columns = {
            "sales_appraisal_answer": SQL(
                "appraisal_id, kind, criterion_id, mark, note"
            )
        }
        hashes = {}
        for table in tables:
            self.env.cr.execute(
                SQL(
                    "SELECT count(*), md5(string_agg(md5(t::text), '' ORDER BY"
                    " md5(t::text))) FROM (SELECT %s FROM %s) t",
                    columns.get(table, SQL("*")),
                    SQL.identifier(table),
                )
            )
            count, of_rows = self.env.cr.fetchone()
            hashes[table, count] = of_rows
        return hashes

    def test_no_counter_or_transaction_tells_when_somebody_has_answered(self):
        before = self._read_counter()
        self._give_all()
        self.env.flush_all()
        self.assertEqual(self._read_counter(), before)
        self._close()
        self.env.cr.execute(
            "SELECT count(DISTINCT xmin::text), count(DISTINCT cmin::text)"
            " FROM sales_appraisal_answer"
        )
        self.assertEqual(self.env.cr.fetchone(), (1, 1))

    def _read_counter(self):
        self.env.cr.execute("SELECT last_value FROM sales_appraisal_answer_id_seq")
        return self.env.cr.fetchone()

    def test_no_table_names_the_model_of_ratings_for_a_record(self):
        self._run("ir_cron_rating_mails")
        self._give_all()
        self._close()
        tables = {
            column.split(".")[0] for column in self._find_text("sales.appraisal.rating")
        }
        known = {"mail_activity_type", "ir_cron", "ir_filters", "ir_logging"}
        others = {name for name in tables - known if not name.startswith("ir_")}
        self.assertEqual(others, set())
        self.assertFalse({"ir_attachment", "ir_logging", "ir_cron_progress"} & tables)

    def _find_text(self, text):
        """:return: the columns of the database that contain a text"""
        self.env.cr.execute(
            "SELECT c.table_name, c.column_name FROM information_schema.columns c"
            " JOIN information_schema.tables t USING (table_schema, table_name)"
            " WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'"
            " AND c.data_type IN ('text', 'character varying', 'jsonb')"
        )
        columns = {}
        for table, column in self.env.cr.fetchall():
            columns.setdefault(table, []).append(column)
        found = set()
        for table, names in columns.items():
            tests = SQL(", ").join(
                SQL("bool_or(%s::text LIKE %s)", SQL.identifier(name), f"%{text}%")
                for name in names
            )
            self.env.cr.execute(SQL("SELECT %s FROM %s", tests, SQL.identifier(table)))
            hits = self.env.cr.fetchone()
            found |= {
                f"{table}.{name}" for name, hit in zip(names, hits, strict=True) if hit
            }
        return found

    def test_the_order_of_answers_is_no_order_of_raters(self):
        """Neither by id nor by place in the table; and what one rater has said is not
        side by side."""
        ratings = self._give_all()
        self.env.flush_all()
        notes, marks = set(), set()
        for _round in range(20):
            with self.env.cr.savepoint() as savepoint:
                self.env.cr.execute(RatingClosing(self.appraisal)._insert(ratings))
                self.env.cr.execute(
                    "SELECT array_agg(note ORDER BY id) FILTER (WHERE mark IS NULL),"
                    " array_agg(mark ORDER BY id) FILTER (WHERE mark > 0),"
                    " array_agg(id ORDER BY id) = array_agg(id ORDER BY ctid)"
                    " FROM sales_appraisal_answer"
                )
                of_notes, of_marks, is_same = self.env.cr.fetchone()
                notes.add(tuple(of_notes))
                marks.add(tuple(of_marks))
                self.assertTrue(is_same, "the place in the table tells another order")
                savepoint.rollback()
        self.assertGreater(len(notes), 5)
        self.assertGreater(len(marks), 10)

    def test_no_time_is_kept(self):
        self.assertFalse(self.answers._log_access)
        self.assertNotIn("create_uid", self.answers._fields)

    # ------------------------------------------------------------------
    # Once
    # ------------------------------------------------------------------

    def test_a_second_closing_is_refused(self):
        self._give_all()
        self._close()
        before = self.answers.search([])
        with self.assertRaises(UserError):
            self._close()
        self.assertEqual(self.answers.search([]), before)

    def test_nobody_writes_answers(self):
        self._give_all()
        self._close()
        answer = self.answers.search([], limit=1)
        for user in (self.director, self.hr_manager, self.env.ref("base.user_admin")):
            with self.subTest(user.name), self.assertRaises(AccessError):
                answer.with_user(user).note = "Other words"
            with self.subTest(user.name), self.assertRaises(AccessError):
                answer.with_user(user).unlink()

    # ------------------------------------------------------------------
    # Who sees it
    # ------------------------------------------------------------------

    def test_a_person_reads_the_notes_once_told(self):
        self._give_all()
        self._close()
        mine = self.answers.with_user(self.salesperson)
        self.assertFalse(mine.search([]))
        self.env.cr.execute(
            "UPDATE sales_appraisal SET told_at = now() WHERE id = %s",
            [self.appraisal.id],
        )
        self.env.invalidate_all()
        self.assertTrue(mine.search([]))
        self.assertEqual(mine.search([]).appraisal_id, self.appraisal)

    def test_superiors_read_the_answers_about_their_people(self):
        self._give_all()
        self._close()
        self.assertTrue(self.answers.with_user(self.leader).search([]))
        self.assertFalse(self.answers.with_user(self.colleague).search([]))
        self.assertFalse(self.answers.with_user(self.outsider).search([]))
