"""Tables of organisations, people and centres that offices bring: one module a kind.

``known`` says which rows a name may mean, ``places`` which municipality, ``cells`` reads what stands in a cell.
"""
