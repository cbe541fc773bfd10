# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Make the README and the description page of each add-on from its fragments.

readmes.py [--write]: without the option, say what is out of date. Fragments
(``readme/*.md``) name pictures of ``docs/images`` as ``../static/description/NAME``,
where they are copied to.
"""

import ast
import os
import re
import sys
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(os.environ["ROOT"])
SECTIONS = {
    "DESCRIPTION": "",
    "CONFIGURE": "Configuration",
    "USAGE": "Usage",
    "ROADMAP": "Known issues",
    "CONTRIBUTORS": "Contributors",
}
PICTURES = "../static/description/"
NOTICE = "<!-- Made by script/lint --fix from readme/; change it there. -->"
PAGE = """<section class="oe_container">
    <div class="oe_row oe_spaced">
{content}
    </div>
</section>
"""


def join(addon):
    """Return the fragments under their headings, as Markdown."""
    manifest = ast.literal_eval((addon / "__manifest__.py").read_text())
    parts = [f"# {manifest['name']}"]
    for name, heading in SECTIONS.items():
        path = addon / "readme" / f"{name}.md"
        if path.exists():
            parts += [f"## {heading}"] if heading else []
            parts.append(path.read_text().strip())
    return "\n\n".join(parts) + "\n"


def draw(markdown):
    """Return the description page, whose pictures lie beside it.

    Odoo shows the title above it.
    """
    _title, _, content = markdown.partition("\n\n")
    html = MarkdownIt().enable("table").render(content.replace(PICTURES, ""))
    html = html.replace("<img ", '<img class="img img-fluid border" ')
    return PAGE.format(content=html.strip())


def make(addon):
    """Yield the files that follow from the fragments, and what they hold."""
    markdown = join(addon)
    readme = f"{NOTICE}\n\n{markdown.replace(PICTURES, 'static/description/')}"
    yield addon / "README.md", readme.encode()
    yield addon / "static/description/index.html", draw(markdown).encode()
    for name in sorted(set(re.findall(re.escape(PICTURES) + r"([\w.]+)", markdown))):
        picture = (ROOT / "docs" / "images" / name).read_bytes()
        yield addon / "static/description" / name, picture


def main(write=False):
    outdated = [
        (path, content)
        for manifest in sorted((ROOT / "addons").glob("*/__manifest__.py"))
        for path, content in make(manifest.parent)
        if not path.exists() or path.read_bytes() != content
    ]
    for path, content in outdated:
        print(f"{path.relative_to(ROOT)} is not what its fragments say")
        if write:
            path.write_bytes(content)
    sys.exit(bool(outdated) and not write)


if __name__ == "__main__":
    main(sys.argv[1:] == ["--write"])
