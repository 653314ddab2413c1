"""«Сеть в цифрах»: plots whose every mark is a figure of the registry with its parameters.

``table`` is what a plot shows; page, XLSX and PDF are made of it, a letter quotes the same figure, and a mark leads to
the rows that the same query gives (docs/adr/0053). The modules beside say which figures each plot asks.
"""
