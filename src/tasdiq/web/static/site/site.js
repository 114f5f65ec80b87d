/* What the pages do beyond being read: switch the theme, filter the positions, open what a link points at.
   Everything works without this file; it loads nothing and sends nothing. */
(function () {
  "use strict";

  var WORDS = { system: "Theme: as the system", light: "Theme: light", dark: "Theme: dark" };
  var NEXT = { system: "light", light: "dark", dark: "system" };

  function remember(theme) {
    try {
      window.localStorage.setItem("tasdiq-theme", theme);
    } catch (error) {
      /* No storage: the choice holds for this page. */
    }
  }

  function themeSwitch(button) {
    var theme = document.documentElement.getAttribute("data-theme") || "system";
    function show() {
      button.textContent = WORDS[theme];
      if (theme === "system") document.documentElement.removeAttribute("data-theme");
      else document.documentElement.setAttribute("data-theme", theme);
    }
    button.hidden = false;
    button.addEventListener("click", function () {
      theme = NEXT[theme];
      remember(theme);
      show();
    });
    show();
  }

  function fits(row, topic, standing, words) {
    if (standing && row.getAttribute("data-standing") !== standing) return false;
    if (topic && row.closest("[data-topic]").getAttribute("data-topic") !== topic) return false;
    var text = row.textContent.toLowerCase();
    return words.every(function (word) {
      return text.indexOf(word) >= 0;
    });
  }

  function filters(form) {
    var rows = Array.prototype.slice.call(document.querySelectorAll("tr[data-standing]"));
    var topics = Array.prototype.slice.call(document.querySelectorAll("[data-topic]"));
    var count = form.querySelector("[data-count]");
    function apply() {
      var words = form.elements.words.value.toLowerCase().split(/\s+/).filter(Boolean);
      var shown = rows.filter(function (row) {
        var fit = fits(row, form.elements.topic.value, form.elements.standing.value, words);
        row.hidden = !fit;
        return fit;
      }).length;
      topics.forEach(function (topic) {
        topic.hidden = !topic.querySelector("tr[data-standing]:not([hidden])");
      });
      count.textContent = shown + " of " + rows.length + " points";
    }
    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("submit", function (event) {
      event.preventDefault();
    });
    apply();
  }

  function openTarget() {
    var id = window.location.hash.slice(1);
    var found = id && document.getElementById(id);
    for (var node = found; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") node.open = true;
    }
  }

  Array.prototype.forEach.call(document.querySelectorAll("[data-theme-switch]"), themeSwitch);
  Array.prototype.forEach.call(document.querySelectorAll("[data-filters]"), filters);
  window.addEventListener("hashchange", openTarget);
  window.addEventListener("beforeprint", function () {
    Array.prototype.forEach.call(document.querySelectorAll("details"), function (details) {
      details.open = true;
    });
  });
  openTarget();
})();
