"""What the public reads: the catalogue of the published editions, and their pages."""
