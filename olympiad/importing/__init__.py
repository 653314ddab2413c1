"""What tables bring into this app, by the one importer of the portal."""
