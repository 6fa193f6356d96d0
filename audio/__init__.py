"""Sound in: files and devices to 16 kHz blocks of both sides. The only place with a sound library."""
