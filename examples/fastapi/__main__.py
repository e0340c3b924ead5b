"""Serve it: on SQLite in this folder, or on the PostgreSQL of DATABASE_URL."""

import os
import sys

import uvicorn
from sqlalchemy.exc import SQLAlchemyError

from examples.fastapi.app import SQLITE, make_app

try:
    app = make_app(os.environ.get("DATABASE_URL", SQLITE))
except (SQLAlchemyError, ImportError) as error:  # a wrong address, or a server that does not answer
    sys.exit(f"DATABASE_URL不能使用 / cannot be used: {error}")
uvicorn.run(app, host="127.0.0.1", port=int(os.environ.get("PORT", "8000")))
