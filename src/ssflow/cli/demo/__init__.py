"""The story of ``ssflow demo``: its scenes, how they are played, and how they are shown."""
