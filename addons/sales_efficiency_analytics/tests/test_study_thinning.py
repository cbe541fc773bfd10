# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import doctest
from inspect import getmodule
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ..engine.presentations import StudyWorkbook, cluster
from ..engine.study import thin
from ..models import sales_study_result_thinning as thinning
from .study_common import StudyCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestStudyThinning(StudyCommon):
    """Old answers keep what they say, but not all rows of their data: here those of
    ten customers, of which four are kept."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.results = cls.env["sales.study.result"]
        for module, name, value in (
            (thinning, "KEPT_VERSIONS", 1),
            (thinning, "KEPT_ROWS", 4),
            (cluster, "SHOWN_POINTS", 4),
        ):
            cls.startClassPatcher(patch.object(module, name, value))

    def _answer_twice(self, **values):
        """:return: an old answer and a new one"""
        study = self._create_study(**values)
        return self._answer(study), self._answer(study)

    def _read(self, answer):
        answer.invalidate_recordset()
        return answer.read(["headline", "charts"])[0]

    def test_examples(self):
        self.assertFalse(doctest.testmod(getmodule(thin)).failed)

    def test_an_old_answer_says_the_same(self):
        old, new = self._answer_twice()
        before = self._read(old)
        self.assertEqual(self.results._gc_data(), (1, False))
        self.assertEqual(self._read(old), before)
        self.assertEqual(len(old.figures["keys"]), 4)
        self.assertEqual(old.figures["labels"][1], "Asked 3")
        self.assertIn("of its 10 rows of data, 4 are kept", old.verdict)
        self.assertIn("Asked 3", old.tables)
        self.assertTrue(StudyWorkbook(old).get_content())
        # What it was made of can still be compared.
        self.assertTrue(new.is_unchanged)
        self.assertEqual(new.fingerprint, old.fingerprint)

    def test_the_newest_answers_keep_all(self):
        _old, new = self._answer_twice()
        self.results._gc_data()
        self.assertEqual(len(new.figures["keys"]), 10)
        self.assertNotIn("are kept", new.verdict)

    def test_once_is_enough(self):
        self._answer_twice()
        self.results._gc_data()
        self.assertEqual(self.results._gc_data(), (0, False))

    def test_there_may_be_more_than_one_night_can_do(self):
        self._answer_twice()
        self._answer_twice()
        with patch.object(thinning, "BATCH", 1):
            self.assertEqual(self.results._gc_data(), (1, True))
            self.assertEqual(self.results._gc_data(), (1, False))

    def test_few_rows_are_kept(self):
        old, _new = self._answer_twice(rows="region_id")
        self.assertLess(len(old.figures["keys"]), 5)
        self.assertEqual(self.results._gc_data(), (0, False))

    def test_groups_look_the_same_but_make_no_classes(self):
        old, _new = self._answer_twice(
            method="cluster", metric_ids=self.orders.ids, group_count=2
        )
        found = old.found["result"]
        groups = [1] * 4 + [2] * 5 + [None]
        old.sudo().found = {"result": {**found, "clear": True, "groups": groups}}
        before = self._read(old)
        self.assertTrue(old._has_customer_groups())
        self.results._gc_data()
        self.assertEqual(self._read(old), before)
        self.assertIn("Asked 3", old.tables)
        with self.assertRaises(UserError):
            old._make_classes()
