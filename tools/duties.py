"""usage: tools/duties.py [--write]

Traces every duty of docs/duties.tsv to the scenarios that show it and compares the table with docs/duties.md; --write
writes it. Fails on a duty that no scenario shows, a scenario whose duty is not in the list, and a table out of date."""

import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SECTIONS = {
    "1": "The reception flow",
    "2": "Order states",
    "3": "Closing techniques, persuasion, truth",
    "4": "Objections and bargaining",
    "5": "Who is writing",
    "6": "After the sale",
    "7": "Complaints",
    "8": "Red lines and tone",
}
HEAD = """# Duties of a shop assistant, and the scenarios that show them

Written by `tools/duties.py --write` from [duties.tsv](duties.tsv) and the scenarios of the packs (`rules/*/scenarios`), which `xiaoer test`, the C++ tests and the
Python tests run. `tools/lint` fails when a duty has no scenario or this table is out of date.
"""


def main() -> int:
    duties = dict(line.split("\t") for line in (ROOT / "docs/duties.tsv").read_text("utf-8").splitlines())
    shown: dict[str, list[str]] = {duty: [] for duty in duties}
    problems = []
    for path in sorted(ROOT.glob("rules/*/scenarios/*.json")):
        for scenario in json.loads(path.read_text("utf-8"))["scenarios"]:
            for duty in scenario.get("duties", []):
                if duty in shown:
                    shown[duty].append(f"`{scenario['id']}`")
                else:
                    problems.append(f"{path.relative_to(ROOT)}: {scenario['id']}: no such duty: {duty}")
    problems += [f"docs/duties.tsv: no scenario shows {duty}" for duty, scenarios in shown.items() if not scenarios]
    table = HEAD
    for section, title in SECTIONS.items():
        table += f"\n## {section}. {title}\n\n| duty | scenarios |\n|---|---|\n"
        for duty, sentence in duties.items():
            if duty.split(".")[0] == section:
                table += f"| {sentence} | {' · '.join(shown[duty])} |\n"
    page = ROOT / "docs/duties.md"
    if "--write" in sys.argv:
        page.write_text(table, "utf-8")
    elif not page.exists() or page.read_text("utf-8") != table:
        problems.append("docs/duties.md is out of date: tools/duties.py --write")
    print("\n".join(problems) or f"duties: {len(duties)}, each with its scenarios")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
