"""The year's report of the network: texts beside tables and plots of figures, as page, PDF and XLSX."""
