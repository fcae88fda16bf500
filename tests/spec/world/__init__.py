"""The world, told as a manual."""
