"""What the commands do. The command line itself is `coach.cli`."""
