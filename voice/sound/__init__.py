"""Sound as samples: read, written, resampled."""
