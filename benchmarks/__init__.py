"""Comparisons with peers on the same machine, in one call: they print figures and ratios, and name missed targets."""
