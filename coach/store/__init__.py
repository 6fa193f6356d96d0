"""Keeps what happened: the call log and its codec."""
