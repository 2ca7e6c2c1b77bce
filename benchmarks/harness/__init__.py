"""What the side-by-side runs share."""
