"""The engine that plays case by case and asks the kernel for every act and every last day: the oracle for the engine in columns."""
