"""Parts that several procedures share: data of their activities, and guards."""
