/* The live pages have to be served. Where this page was opened from a folder, say so in place of a
link that would lead to an empty page. */

"use strict";

if (location.protocol === "file:") {
  for (const link of document.querySelectorAll("a[data-live]")) {
    link.parentElement.textContent =
      "You have opened this page from a folder. You can read everything here. To work on it, " +
      "open a terminal in this folder, run python3 -m http.server --bind 127.0.0.1 8000, and " +
      "open http://127.0.0.1:8000 in a browser.";
  }
}
