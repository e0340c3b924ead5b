"""One migration for each version of the tables, from the first that the app had. Each brings the tables to the newest that is installed."""
