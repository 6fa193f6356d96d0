"""Carries things between the parts: sequencer, engine, clocks. Knows protocols, not devices."""
