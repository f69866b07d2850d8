"""The desk: a web page on the user's own machine, without logic of its own."""
