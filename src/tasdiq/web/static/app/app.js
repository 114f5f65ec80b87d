/* What every page does beyond being read: the theme, the token with what is sent, the word that the record has grown.
   Everything works without this file. */
(function () {
  "use strict";

  var WORDS = { system: "Theme: as the system", light: "Theme: light", dark: "Theme: dark" };
  var NEXT = { system: "light", light: "dark", dark: "system" };

  function token() {
    return document.querySelector('meta[name="csrf"]').content;
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
      try {
        window.localStorage.setItem("tasdiq-theme", theme);
      } catch (error) {
        /* No storage: the choice holds for this page. */
      }
      show();
    });
    show();
  }

  /* The server says how many entries there are; never what is in them. The page says of how many it was made: a stream may
     begin with a number that is older, and says nothing new then. Somebody who is filling in a form is not disturbed:
     the page is loaded again when they ask for it. */
  function listen(address, made) {
    var known = made;
    var source = new window.EventSource(address);
    source.addEventListener("size", function (event) {
      var size = Number(event.data);
      if (size > known) {
        document.getElementById("grown").hidden = false;
        document.body.dispatchEvent(new CustomEvent("grown", { detail: size }));
      }
      known = Math.max(known, size);
    });
    /* What was entered on this page is no news to whoever reads it. */
    document.body.addEventListener("entered", function (event) {
      if (known > event.detail) return;
      known = event.detail;
      document.getElementById("grown").hidden = true;
    });
    window.addEventListener("pagehide", function () {
      source.close();
    });
  }

  /* A form is sent once, however often its button is pressed. */
  function once(event) {
    var form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  }

  document.querySelectorAll("[data-theme-switch]").forEach(themeSwitch);
  document.querySelectorAll("[data-focus]").forEach(function (found) {
    found.focus();
  });
  document.addEventListener("submit", once);
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) {
      delete form.dataset.sent;
    });
  });
  document.addEventListener("htmx:configRequest", function (event) {
    event.detail.headers["X-CSRF-Token"] = token();
  });
  if (document.body.dataset.events && window.EventSource) listen(document.body.dataset.events, Number(document.body.dataset.size));

  /* For the other scripts of a page: `window.tasdiq.send(address, body, headers)` is fetch with the token. */
  window.tasdiq = Object.freeze({
    token: token,
    send: function (address, body, headers) {
      return window.fetch(address, {
        method: "POST",
        credentials: "same-origin",
        headers: Object.assign({ "X-CSRF-Token": token() }, headers || {}),
        body: body,
      });
    },
  });
})();
