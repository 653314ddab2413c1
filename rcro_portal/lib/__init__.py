"""The cellar: modules that know no app. Each knows one trade; pyproject.toml says which may know which."""
