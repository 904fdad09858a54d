"""A trained model as the service uses it: categories, a version on disk, scores, a decision."""
