"""Real messages and rows of call records: those of the conformance cases."""

import json
from pathlib import Path

__all__ = ["MESSAGES", "ROWS"]

_CASES = Path(__file__).parents[1] / "conformance" / "cases"
MESSAGES = [path.read_bytes() for path in sorted((_CASES / "rfc5322_messages").glob("*.eml"))]
ROWS = [
    row["fields"] | {"linkedid": row["linkedid"]}
    for case in json.loads((_CASES / "cdr_cases.json").read_text(encoding="utf-8"))["cases"]
    for row in case["rows"]
]
