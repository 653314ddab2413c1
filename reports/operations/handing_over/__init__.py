"""«Передать дела»: what waits for a person who leaves passes to a colleague of the same department, in one act."""
