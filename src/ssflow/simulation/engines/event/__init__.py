"""The engine that plays case by case and asks the kernel for every act and every due day: the oracle of the other engine."""
