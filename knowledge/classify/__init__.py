"""What tells texts apart: their features, what they mean, and classifiers over both."""
