"""`lod validate` beside other validators."""
