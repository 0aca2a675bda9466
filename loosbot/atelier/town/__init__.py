"""A town's atelier: who comes, what they propose, and what becomes of it."""
