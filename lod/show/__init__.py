"""What commands print: results as text, CSV, JSON or HTML; each module is loaded by the commands that print it."""
