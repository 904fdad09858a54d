"""Lanmu: file each Chinese news article under its section."""

__version__ = "0.1.0"
