"""What tells who somebody is: how much of it is taken out, and what else is."""
