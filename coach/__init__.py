"""Eerst Begrip: a coach beside the headset. Understanding first, then the postcode."""

__version__ = "0.1.0"
