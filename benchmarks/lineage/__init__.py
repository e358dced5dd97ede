"""The time that lineage takes."""
