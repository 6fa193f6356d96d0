"""The coach beside other systems for live Whisper: same audio, same model file, same cores.

    python -m benchmarks.peers --setup            an environment for each peer, under .cache/peers
    python -m benchmarks.peers [--only NAME ...]  play, measure, compare

Every peer is installed from PyPI in an environment of its own and set up as its README says; what
had to differ stands in `catalogue.py` and in the results. `drivers/` holds one plain script a
peer: it plays a recording at the speed of life and writes what is on the peer's screen.
"""
