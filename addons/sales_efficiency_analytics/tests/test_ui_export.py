# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
import json
import zipfile
from datetime import datetime, timedelta

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .export_common import ExportCommon

ROUTE = "/sales_efficiency_analytics/export"


@tagged("post_install", "-at_install")
class TestUiExport(ExportCommon, HttpCase):
    """What browsers and programs download."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._export(cls)
        cls.export.done_at = datetime.now()
        for user in (cls.director, cls.leader):
            user.password = user.login

    def _get_key(self, user):
        return (
            self.env["res.users.apikeys"]
            .with_user(user)
            .sudo()
            ._generate(None, "Test", datetime.now() + timedelta(days=1))
        )

    def _open_file(self, path, user):
        headers = {"Authorization": f"Bearer {self._get_key(user)}"}
        return self.url_open(f"{ROUTE}/{self.export.id}/files/{path}", headers=headers)

    def test_a_director_downloads_the_archive(self):
        self.authenticate(self.director.login, self.director.login)
        answer = self.url_open(f"{ROUTE}/{self.export.id}/archive")
        self.assertEqual(answer.status_code, 200)
        archive = zipfile.ZipFile(io.BytesIO(answer.content))
        self.assertIsNone(archive.testzip())
        self.assertEqual(len(archive.namelist()), len(self.export.file_ids) + 1)

    @mute_logger("odoo.http")
    def test_a_leader_does_not(self):
        self.authenticate(self.leader.login, self.leader.login)
        for export_id in (self.export.id, 0):
            answer = self.url_open(f"{ROUTE}/{export_id}/archive")
            self.assertEqual(answer.status_code, 404)

    @mute_logger("odoo.http")
    def test_a_program_fetches_what_the_manifest_names(self):
        answer = self._open_file("manifest.json", self.director)
        manifest = json.loads(answer.content)
        [file] = manifest["tables"]["users"]["files"]
        answer = self._open_file(file["path"], self.director)
        self.assertEqual(len(answer.content), file["size"])
        self.assertEqual(self._open_file("x", self.director).status_code, 404)
        self.assertEqual(self._open_file("manifest.json", self.leader).status_code, 404)
        answer = self.url_open(f"{ROUTE}/{self.export.id}/files/manifest.json")
        self.assertEqual(answer.status_code, 401)
