"""Models: catalogue, speech detection, recognition, understanding.

The only place with CTranslate2, ONNX or torch.
"""
