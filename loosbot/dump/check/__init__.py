"""A received dump against what it says of itself, and against another one."""
