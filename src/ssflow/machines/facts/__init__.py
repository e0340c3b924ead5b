"""Types of what comes in with activities, where several procedures share them or one has many."""
