"""Pictures where people would rather look than read: plain SVG, which also prints."""
