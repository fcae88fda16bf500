"""Areas with codes and dates, and the footprints that say which areas make up which."""
