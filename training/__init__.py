"""From labelled articles to a model version."""
