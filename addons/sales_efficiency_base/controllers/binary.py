# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.http import route

from odoo.addons.web.controllers.binary import Binary


class AssetController(Binary):
    def _is_readonly(self, rule, args):
        return False

    @route(readonly=_is_readonly)
    def content_assets(self, *args, **kwargs):
        """Serve scripts and styles from the primary database.

        Odoo makes missing ones there, and reads them at once; a replica does not know
        them yet, so that the page would stay without them.
        """
        return super().content_assets(*args, **kwargs)
