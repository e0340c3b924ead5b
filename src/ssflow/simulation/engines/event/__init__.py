"""The engine that plays case by case, with every act and every due day the kernel's own: the oracle."""
