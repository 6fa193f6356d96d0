"""The demo call: its script, its sound, and how it was made."""
