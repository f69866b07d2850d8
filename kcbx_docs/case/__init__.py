"""What people write about a child, a batch, a letter and their office: read, typed and checked."""
