# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .rating_common import SalesRatingCommon

# A page loses its script when a form is sent: a frame keeps it.
ANSWER = """
    const frame = document.createElement("iframe");
    frame.style.width = "390px";
    frame.style.height = "800px";
    document.body.append(frame);
    const load = (action) =>
        new Promise((resolve) => {
            frame.addEventListener("load", () => resolve(frame.contentDocument), {
                once: true,
            });
            action();
        });
    const check = (ok, message) => {
        if (!ok) {
            throw new Error(message + ": " + frame.contentDocument.body.innerText);
        }
    };
    (async () => {
        let page = await load(() => (frame.src = location.href));
        check(page.body.scrollWidth <= 390, "The page is too wide for a phone");
        page = await load(() => page.querySelector("button").click());
        check(page.querySelector("[role=alert]"), "Nothing was said to be missing");
        const fields = page.querySelectorAll("fieldset");
        check(fields.length === 2, "Not two criteria");
        for (const field of fields) {
            check(field.querySelector("legend").innerText, "A criterion has no name");
            field.querySelector("input[value='5']").click();
        }
        page.querySelector("textarea").value = "Best service";
        page = await load(() => page.querySelector("button").click());
        check(page.body.innerText.includes("Thank you"), "No thanks");
        page = await load(() => (frame.src = location.href + "?again"));
        check(!page.querySelector("form"), "The link works twice");
        console.log("test successful");
    })().catch((error) => console.error(error.message));
"""


@tagged("post_install", "-at_install")
class TestUiAppraisalRating(SalesRatingCommon, HttpCase):
    """Ratings in the browser, of the quarter before this one."""

    @classmethod
    def setUpClass(cls):
        today = fields.Date.today()
        this = today.replace(day=1, month=(today.month - 1) // 3 * 3 + 1)
        cls.first_day = this - relativedelta(months=3)
        super().setUpClass()
        cls.cycle.action_start_rating()

    def test_a_peer_rates(self):
        self.start_tour(
            "/odoo/my-ratings", "sales_rating_of_peer", login=self.colleague.login
        )
        rating = self._get_ratings("peer").filtered(
            lambda rating: rating.user_id == self.colleague
        )
        self.assertEqual(rating.answer_state, "answered")
        self.assertEqual(rating.line_ids.mapped("mark"), ["4", "5"])
        self.assertEqual(rating.note, "Always there when a customer calls.")

    def test_a_customer_rates_without_login(self):
        rating = self._get_ratings("customer")[0]
        link = rating._issue_link()
        self.env.flush_all()
        path = link[link.index("/sales/answer") :]
        self.browser_js(path, ANSWER, "document.readyState === 'complete'")
        self.env.invalidate_all()
        self.assertEqual(rating.answer_state, "answered")
        self.assertEqual(rating.line_ids.mapped("mark"), ["5", "5"])
        self.assertEqual(rating.note, "Best service")
