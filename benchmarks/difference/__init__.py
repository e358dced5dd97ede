"""The time that comparing two releases takes."""
