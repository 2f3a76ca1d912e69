"""The course as a website in one folder: pages to read, and the same pages live in a browser."""
