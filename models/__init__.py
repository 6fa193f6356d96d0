"""Models: catalogue, speech detection, recognition, understanding.

The only place with CTranslate2, ONNX or torch.
"""

import os

# oneDNN, inside CTranslate2 and torch, keeps a compiled kernel for each length of sound and text
# that it met, by default the last 1024: 200 MB within ten minutes of a call. 64 are as fast.
os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "64")
