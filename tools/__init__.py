"""What those who change the program run beside it."""
