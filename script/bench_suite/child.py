# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import sys
import tempfile
from time import perf_counter

# Runs the child's script, and notes its peak memory when it ends: that of the program,
# since what "getrusage" tells begins with the memory of the process that started it.
CODE = """
import atexit, re, runpy, sys

def note():
    with open("/proc/self/status") as status, open({file!r}, "w") as file:
        file.write(re.search(r"VmHWM:\\s+(\\d+)", status.read())[1])

atexit.register(note)
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def run_measured(env, method, data, options=None):
    """Run a statistical method in a child process.

    :return: its result, the seconds it took, and the peak memory of the child in MB
    """
    # Add-ons can be imported only once the registry is loaded.
    from odoo.addons.sales_efficiency_analytics.engine import ChildProcess

    child = ChildProcess(env)
    with tempfile.NamedTemporaryFile("r") as file:
        child.interpreter = (sys.executable, "-P", "-c", CODE.format(file=file.name))
        start = perf_counter()
        answer = child.run(method, data, options)
        taken = perf_counter() - start
        return answer["result"], taken, int(file.read()) / 1024
