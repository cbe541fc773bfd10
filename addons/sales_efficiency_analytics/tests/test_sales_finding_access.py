# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from .finding_common import FindingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesFindingAccess(FindingCommon):
    def test_leaders_see_the_regions_of_their_teams(self):
        self._sell(self.region_north, 85, 88)
        self._promise(of_company=173 + 300)
        finding = self._find_slow()
        self.assertTrue(finding.with_user(self.leader).is_led)
        self.assertTrue(finding.with_user(self.leader).explanation)
        self.team_department.sales_region_id = self.region_south
        self.team_field.sales_region_id = self.region_south
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            finding.with_user(self.leader).read(["money"])
        self.assertFalse(self.findings.with_user(self.leader).search([]))

    def test_leaders_do_not_see_the_gap_of_the_company(self):
        self._sell(self.region_north, 85, 88)
        self._promise(of_company=173 + 300)
        finding = self._find_slow()
        for name in ("company_gap", "target_id"):
            with self.assertRaises(AccessError):
                finding.with_user(self.leader).read([name])

    def test_salespeople_see_none(self):
        with self.assertRaises(AccessError):
            self.findings.with_user(self.salesperson).search([])

    def test_figures_and_places_cannot_be_edited(self):
        self._sell(self.region_north, 85, 88)
        self._promise(of_company=173 + 300)
        finding = self._find_slow().with_user(self.director)
        finding.write({"owner_id": self.leader.id, "note": "Ask the distributor."})
        for name, value in (
            ("money", 1),
            ("state", "closed"),
            ("region_id", self.region_south.id),
            ("company_id", self.company.id),
        ):
            with self.assertRaises(AccessError):
                finding.write({name: value})
        with self.assertRaises(AccessError):
            finding.unlink()

    def test_companies_are_searched_apart(self):
        other = self.env["res.company"].create({"name": "Test Other Company"})
        self._sell(self.region_north, 100, 100, year=2025)
        self._sell(self.region_north, 10, 10)
        self._sell(self.region_south, 100, 100, year=2025)
        self._sell(self.region_south, 150, 150)
        self.assertTrue(self._find())
        self.assertFalse(self._find(company=other))
        found = self.findings.with_user(self.director).search([])
        self.assertEqual(found.company_id, self.company)
        self.director.write(
            {"company_id": other.id, "company_ids": [Command.set(other.ids)]}
        )
        self.assertFalse(self.findings.with_user(self.director).search([]))

    def test_only_who_sees_it_looks_after_it(self):
        self._sell(self.region_north, 85, 88)
        self._promise(of_company=173 + 300)
        finding = self._find_slow().with_user(self.director)
        finding.owner_id = self.leader
        finding.owner_id = self.director
        with self.assertRaisesRegex(ValidationError, "^Owner: .* may not see"):
            finding.owner_id = self.salesperson
        self.team_department.sales_region_id = self.region_south
        self.team_field.sales_region_id = self.region_south
        self.env.invalidate_all()
        with self.assertRaisesRegex(ValidationError, "leader of a team of the region"):
            finding.owner_id = self.leader
        other = self.env["res.company"].create({"name": "Test Other Company"})
        stranger = self._create_user("director", login="other_director")
        stranger.write({"company_ids": other.ids, "company_id": other.id})
        with self.assertRaises(ValidationError):
            finding.owner_id = stranger
