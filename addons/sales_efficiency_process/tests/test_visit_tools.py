# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import doctest
import io

from PIL import Image

from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase, tagged

from ..engine.visit import Reading, distance, is_outside, measure, route, without_place
from .visit_common import HERE, THERE


@tagged("post_install", "-at_install")
class TestVisitTools(TransactionCase):
    """What visits compute with, without records."""

    def test_the_examples_in_the_code_are_right(self):
        for module in (distance, route):
            with self.subTest(module.__name__):
                result = doctest.testmod(module)
                self.assertTrue(result.attempted)
                self.assertFalse(result.failed)

    def test_the_distance_is_that_on_the_ellipsoid(self):
        """A sphere would make it 200.15 m, and outside of 200."""
        self.assertEqual(round(measure(HERE, THERE), 2), 199.39)
        self.assertFalse(is_outside(measure(HERE, THERE), 0, 200))

    def test_who_may_be_near_enough_is_not_outside(self):
        for metres, accuracy, is_away in (
            (250, 49, True),
            (250, 50, False),
            (250, 5000, False),
            (200, 0, False),
            (200.01, 0, True),
        ):
            with self.subTest(metres=metres, accuracy=accuracy):
                self.assertEqual(is_outside(metres, accuracy, 200), is_away)

    def test_a_reading_outside_the_globe_is_refused(self):
        for values, name in (
            ({"latitude": 91, "longitude": 0}, "Latitude"),
            ({"latitude": 0, "longitude": -180.1}, "Longitude"),
            ({"latitude": 0, "longitude": 0, "accuracy": -1}, "Accuracy"),
            ({"latitude": float("nan"), "longitude": 0}, "Latitude"),
            ({"latitude": "north", "longitude": 0}, "Latitude"),
            ({"latitude": [1], "longitude": 0}, "Latitude"),
        ):
            with self.subTest(values), self.assertRaisesRegex(ValidationError, name):
                Reading.parse(self.env, values)

    def test_whatever_a_client_sends_is_read(self):
        for values, problem in (
            (None, "no_signal"),
            ("here", "no_signal"),
            ([1, 2], "no_signal"),
            ({}, "no_signal"),
            ({"problem": "refused"}, "refused"),
            ({"problem": ["refused"]}, "no_signal"),
            ({"problem": "outside"}, "no_signal"),
            ({"latitude": 1, "longitude": None}, "no_signal"),
        ):
            with self.subTest(values):
                reading = Reading.parse(self.env, values)
                self.assertEqual((reading.problem, reading.place), (problem, None))
        reading = Reading.parse(self.env, {"latitude": "1.5", "longitude": 2})
        self.assertEqual((reading.place, reading.accuracy), ((1.5, 2.0), 0))

    def test_a_photo_does_not_tell_where_it_was_taken(self):
        exif = Image.Exif()
        exif[0x0112] = 6  # taken with the phone upright
        exif.get_ifd(0x8825)[2] = (25.0, 2.0, 3.0)
        buffer = io.BytesIO()
        Image.new("RGB", (40, 20), "red").save(buffer, "JPEG", exif=exif)
        cleaned = without_place(base64.b64encode(buffer.getvalue()))
        image = Image.open(io.BytesIO(base64.b64decode(cleaned)))
        self.assertFalse(image.getexif())
        self.assertNotIn("exif", image.info)
        self.assertEqual(image.size, (20, 40), "the way up")

    def test_what_is_no_photo_is_left_to_the_field(self):
        for data in (b"zzz", "no image", False, None, 7):
            with self.subTest(data):
                self.assertIs(without_place(data), data)
