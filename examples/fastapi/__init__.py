"""A service on FastAPI and SQLAlchemy: pages for clerks and for people, and an API whose bodies are the data of the activities."""
