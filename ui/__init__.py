"""The screen. The only place with PySide6."""
