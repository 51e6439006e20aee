"""Opening the box, counting, and what is published."""
