"""What comes in with the activities of procedures, and what is known of their cases."""
