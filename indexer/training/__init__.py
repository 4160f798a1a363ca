"""Makes the bundled models; `python -m indexer.training` runs the steps (extra: train)."""
