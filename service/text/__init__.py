"""What is done to a text before anything is learnt from it or asked of it."""
