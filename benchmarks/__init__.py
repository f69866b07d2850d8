"""Our speed beside that of plain docxtpl and plain WeasyPrint, as ratios measured in one run."""
