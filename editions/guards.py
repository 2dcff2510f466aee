"""What the database itself refuses of editions (portal.apps installs it)."""

from editions.life.guards import statements as statements
