"""Nanopublications of the claims of a release."""

from lod.nanopubs.write import NANOPUBS, write_nanopubs

__all__ = ["NANOPUBS", "write_nanopubs"]
