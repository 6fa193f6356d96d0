"""Which models exist, where they come from, and whether the copy here is the real one."""
