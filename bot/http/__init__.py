"""What every door over HTTP needs: bodies, forms, keys."""
