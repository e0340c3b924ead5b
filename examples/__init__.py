"""Two applications that own their database, users and pages, and take the procedures from ssflow: `python3 dev.py example fastapi`, or `django`."""
