"""The desktop program: where the windows meet devices, settings, the record and the calls."""
