# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from secrets import token_hex

from odoo.tools import SQL

from .appraisal_measurement import KNOWN


class RatingClosing:
    """Ends a round of ratings: answers are cut from those who gave them.

    Marks and notes are copied into rows that have neither user nor time nor reference,
    in the order of a hash whose salt nobody keeps: neither ids nor the place of rows in
    the table follow the order in which people were asked or have answered. Each mark is
    a row of its own, so that marks of one rater cannot be told from those of others.
    Then the ratings go, with to-dos, messages, attachments and e-mails.

    Of fewer raters than the template asks for only the number is kept: their answers
    do not count, and would tell too much.

    :param appraisals: the appraisals of a cycle that another job cannot close meanwhile
    """

    def __init__(self, appraisals):
        # sudo: the answers are nobody's any more, and nobody sees them before.
        self._appraisals = appraisals.sudo()
        self._env = self._appraisals.env

    def close(self):
        ratings = self._env["sales.appraisal.rating"].search(
            [("appraisal_id", "in", self._appraisals.ids)]
        )
        self._env.flush_all()
        self._env.cr.execute(self._insert(ratings))
        ratings.unlink()
        self._env["sales.appraisal.answer"].invalidate_model()

    def _insert(self, ratings):
        """:return: the statement that writes the answers anew"""
        return SQL(
            """
            WITH answered AS (
                SELECT r.id, r.appraisal_id, r.note, rater.kind,
                       rater.kind = ANY(%(known)s) OR a.min_raters
                           <= count(*) OVER (PARTITION BY r.appraisal_id, rater.kind)
                           AS enough
                  FROM sales_appraisal_rating r
                  JOIN sales_appraisal_rater rater ON rater.id = r.rater_id
                  JOIN sales_appraisal a ON a.id = r.appraisal_id
                 WHERE r.id = ANY(%(ids)s) AND r.answer_state = 'answered'
            ), said AS (
                SELECT appraisal_id, kind, NULL::int AS criterion_id, NULL::int AS mark,
                       CASE WHEN enough THEN NULLIF(btrim(note), '') END AS note,
                       'note' || id AS source
                  FROM answered
                UNION ALL
                SELECT s.appraisal_id, s.kind, l.criterion_id, l.mark::int, NULL,
                       'mark' || l.id
                  FROM answered s
                  JOIN sales_appraisal_rating_line l ON l.rating_id = s.id
                 WHERE s.enough AND l.mark IS NOT NULL AND l.criterion_id IS NOT NULL
            )
            INSERT INTO sales_appraisal_answer
                   (appraisal_id, kind, criterion_id, mark, note)
            SELECT appraisal_id, kind, criterion_id, mark, note
              FROM said
             ORDER BY sha256(convert_to(%(salt)s || source, 'UTF8'))
            """,
            known=list(KNOWN),
            ids=ratings.ids,
            salt=token_hex(32),
        )
