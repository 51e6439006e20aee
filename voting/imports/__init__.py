"""Elections that come from elsewhere, played through the same acts and the same booth."""
