"""The engine that plays cases one after the other in machine code; it needs the extra ``compiled``."""
