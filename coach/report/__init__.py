"""What leaves the product: exports for other tools, a report of a period, papers of an incident."""
