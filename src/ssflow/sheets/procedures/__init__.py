"""The sheet of a procedure as a value, a page, a picture in a notebook and plain data, with the list of all sheets."""
