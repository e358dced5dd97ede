"""`lod map` beside other engines."""
