"""How databases of released versions become databases of this one; one step a schema."""
