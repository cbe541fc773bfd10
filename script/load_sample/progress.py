# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import shutil
import sys
import time


class Progress:
    """A progress bar per step, redrawn on a terminal; elsewhere one line at the end."""

    def __init__(self, stream=None):
        self.stream = stream or sys.stderr
        self.redraws = self.stream.isatty()

    def batches(self, label, items, size):
        """Yield the items in batches and show the progress."""
        start = time.monotonic()
        for done in range(0, len(items), size):
            if self.redraws:
                self._draw(label, done, len(items), start)
            yield items[done : done + size]
        if items:
            self._draw(label, len(items), len(items), start)
            self.stream.write("\n")

    def _draw(self, label, done, total, start):
        width = max(10, min(40, shutil.get_terminal_size().columns - 50))
        filled = width * done // total
        bar = "#" * filled + "." * (width - filled)
        seconds = time.monotonic() - start
        self.stream.write("\r" if self.redraws else "")
        self.stream.write(f"{label:<16}[{bar}] {done}/{total}  {seconds:.0f} s")
        self.stream.flush()
