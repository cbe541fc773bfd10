# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import signal
import subprocess
import sys
import threading
import time

from odoo import SUPERUSER_ID, api
from odoo.tests import TransactionCase

# Before a script that is to be killed: its end, without warning and commit
KILL = """
import os, signal
def die():
    env.flush_all()
    os.kill(os.getpid(), signal.SIGKILL)
"""


class ConcurrencyCommon(TransactionCase):
    """Uses real connections and commits: tests must clean up after themselves."""

    # pylint: disable=invalid-commit

    def _connect(self):
        return self.env.registry._db.cursor()

    def _run_killed(self, script):
        """Run a script in a process of its own that is killed as it calls ``die()``.

        :param str script: for an Odoo shell, which has ``env``
        """
        command = [sys.executable, "-m", "odoo", "shell", "--no-http"]
        command += ["--database", self.env.cr.dbname, "--log-level", "error"]
        done = subprocess.run(
            command, input=KILL + script, capture_output=True, text=True, check=False
        )
        self.assertEqual(done.returncode, -signal.SIGKILL, done.stderr)

    def _run_beside(self, cr, job):
        """Start a job during a transaction, and commit that once the job waits for it.

        :param cr: cursor of the open transaction
        :param job: function that takes an environment with a separate cursor
        """
        done = []

        def run():
            with self._connect() as other:
                job(api.Environment(other, SUPERUSER_ID, {}))
                other.commit()
            done.append(job)

        thread = threading.Thread(target=run)
        thread.start()
        try:
            self._wait_until_a_lock_is_asked_for()
        finally:
            cr.commit()
            thread.join(60)
        self.assertTrue(done, "The job did not come to its end.")

    def _wait_until_a_lock_is_asked_for(self):
        with self._connect() as cr:
            for _attempt in range(300):
                cr.execute(
                    "SELECT FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
                    " WHERE NOT l.granted AND a.datname = current_database()"
                )
                if cr.rowcount:
                    return
                time.sleep(0.1)
        self.fail("Nobody waits for the open transaction.")
