"""Training of the understanding model: data, noise, loop, calibration. Never imported live."""
