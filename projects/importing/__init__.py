"""Tables of projects and clusters that offices bring: one module a kind."""
