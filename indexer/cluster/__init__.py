"""The index in PostgreSQL with pgvector: many machines add to it and search it, replicas serve reads."""

from __future__ import annotations

from indexer.cluster.building import build
from indexer.cluster.generations import Generations
from indexer.cluster.index import ClusterIndex

__all__ = ["ClusterIndex", "Generations", "build"]
