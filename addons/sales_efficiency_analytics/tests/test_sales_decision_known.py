# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .decision_common import DecisionCommon

UNKNOWN = ["effect", "effect_high", "effect_low", "effect_percent", "p_percent", "roi"]


@tagged("post_install", "-at_install")
class TestSalesDecisionKnown(DecisionCommon):
    """What is not known is not 0: not on a screen, in a file, or in an average."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._sell_in_regions()

    def test_what_cannot_be_told_is_not_averaged(self):
        """80 % and what cannot be told are 80 % on average, not 40 %."""
        told = self._create_measured(name="Told")
        untold = self._create_measured(name="Untold")
        draft = self._create_decision(name="Draft")
        told.effect_id.sudo().write(
            {"has_roi": True, "roi": 80, "has_percent": True, "effect_percent": 10}
        )
        both = told | untold
        for records in (both.effect_id, both | draft):
            [(roi, percent, least)] = records._read_group(
                [("id", "in", records.ids)],
                [],
                ["roi:avg", "effect_percent:avg", "roi:min"],
            )
            self.assertEqual((roi, percent, least), (80, 10, 80), records._name)

    def test_without_a_counterfactual_there_is_no_percentage(self):
        decision = self._create_decision(compared="")
        self._measure(decision)
        self.assertFalse(decision.has_percent)
        told = self._create_decision()
        self._measure(told)
        self.assertTrue(told.has_percent)

    def test_what_is_unknown_is_read_and_exported_as_nothing(self):
        decision = self._create_measured().with_user(self.director)
        self.director.group_ids += self.env.ref("base.group_allow_export")
        for record in (decision, decision.effect_id):
            with self.subTest(record._name):
                [values] = record.read(UNKNOWN)
                self.assertEqual({values[name] for name in UNKNOWN}, {False})
                [values] = record.web_read({name: {} for name in UNKNOWN})
                self.assertNotIn(0.0, [values[name] or None for name in UNKNOWN])
                [row] = record.export_data(UNKNOWN)["datas"]
                self.assertEqual(row, [""] * len(UNKNOWN))

    def test_what_is_known_to_be_nothing_is_told(self):
        decision = self._create_measured().with_user(self.director)
        self.director.group_ids += self.env.ref("base.group_allow_export")
        decision.effect_id.sudo().write(
            dict.fromkeys(("has_effect", "has_interval", "has_percent"), True)
        )
        [values] = decision.effect_id.read(["effect", "p_percent"])
        self.assertIs(type(values["p_percent"]), float)
        [row] = decision.export_data(["effect", "effect_low"])["datas"]
        self.assertEqual(row, [0.0, 0.0])

    def test_what_is_unknown_is_in_no_group(self):
        effects = (self._create_measured() | self._create_measured()).effect_id
        effects[0].sudo().write(
            {"has_interval": True, "effect_low": 5, "effect_high": 9, "p_percent": 2}
        )
        [found] = effects._read_group(
            [("id", "in", effects.ids)],
            [],
            ["effect_low:min", "effect_high:avg", "p_percent:avg", "effect:max"],
        )
        self.assertEqual(found, (5, 9, 2, False))
