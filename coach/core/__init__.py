"""Pure decisions: events in, decisions out. Standard library only."""
