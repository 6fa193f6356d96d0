"""Sound in: files and devices to 16 kHz blocks of both sides. Only here is a sound library."""
