"""The story that ``ssflow demo`` plays, how it is played and how it is told."""
