"""Shows results: figures, charts, tables and the dashboard; nothing here audits."""
