"""The tables of ssflow, made, or brought up to date if the host has made them already by `ssflow.store.migrate`."""

from alembic import op

from ssflow.store import migrate

revision = "ssflow_8"
down_revision = None
branch_labels = ("ssflow",)
depends_on = None


def upgrade() -> None:
    """Bring the tables to the newest version that is installed."""
    migrate(op.get_bind())


def downgrade() -> None:
    """Leave the tables as they are: they go forward only, and hold what happened."""
