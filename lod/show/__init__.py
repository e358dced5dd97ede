"""What commands print: results as text, CSV or JSON."""

from lod.show.comparison import contradictions_csv, contradictions_text, lineage_csv, lineage_text
from lod.show.terminal import (
    accounts_table,
    plan_text,
    traces_text,
    trail_json,
    trail_text,
    trail_turtle,
    write_text,
)

__all__ = [
    "accounts_table",
    "contradictions_csv",
    "contradictions_text",
    "lineage_csv",
    "lineage_text",
    "plan_text",
    "traces_text",
    "trail_json",
    "trail_text",
    "trail_turtle",
    "write_text",
]
