/* Set the chosen theme before the page is painted; without a choice the system's holds. */
(function () {
  "use strict";
  var chosen = null;
  try {
    chosen = window.localStorage.getItem("tasdiq-theme");
  } catch (error) {
    /* Pages opened from a disk may have no storage: then every page follows the system. */
  }
  if (chosen === "light" || chosen === "dark") {
    document.documentElement.setAttribute("data-theme", chosen);
  }
})();
