"""The time that a release takes: dumps, documents and pages."""
