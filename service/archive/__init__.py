"""Classify an archive of any size: resumable, on all cores of one machine or on a Dask cluster."""
