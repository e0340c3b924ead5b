"""What several procedures share: data that comes in with their activities, and guards that ask the same."""
