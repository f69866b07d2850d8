"""The lists that offices keep and the figures that they report, all out of the cases."""
