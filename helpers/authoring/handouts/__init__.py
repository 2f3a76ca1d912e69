"""The course on paper: what a class of ninety minutes needs without screens, as tagged PDFs."""
