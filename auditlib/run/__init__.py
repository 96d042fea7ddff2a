"""Runs, serves and removes engagements: the only floor that knows papermill, voila and dask."""
