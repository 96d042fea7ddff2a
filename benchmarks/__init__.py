"""What matching finds of the truth, and what the package costs beside the obvious way of doing the same."""
