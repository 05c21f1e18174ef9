"""What is consent, wholly and plainly, and what people ask before they give it."""
