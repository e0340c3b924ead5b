"""Serve it: on SQLite in this folder, or on the PostgreSQL of DATABASE_URL."""

import os

import uvicorn

from examples.fastapi.app import SQLITE, make_app

uvicorn.run(
    make_app(os.environ.get("DATABASE_URL", SQLITE)), host="127.0.0.1", port=int(os.environ.get("PORT", "8000"))
)
