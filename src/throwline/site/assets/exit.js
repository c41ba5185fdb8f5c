"use strict";
// Loaded before the page is shown, and so no module: no link can be tapped before it knows.
//
// The fast way out, and the way back to one's own steps. Nothing is stored, counted or sent.
//
// A page of this site always takes the place of the one before in the tab's history. Leaving then replaces the only
// one there is, so that the Back button leads to whatever was open before this site.

const HASTE = 5000; // milliseconds in which three presses of Shift count
let presses = [];

// The tab itself remembers which steps were the last: until it is closed, or leads to another site.
function remember() {
  const mine = document.getElementById("mine");
  if ("mine" in document.querySelector("main").dataset) {
    window.name = location.pathname.split("/").pop();
  } else if (/^[0-9a-f]{6}\.html$/.test(window.name)) {
    mine.href = window.name;
    mine.hidden = false;
  }
}

function leave() {
  window.name = "";
  document.title = "";
  document.documentElement.hidden = true;
  location.replace(document.querySelector("a[data-leave]").href);
}

function follow(event) {
  const link = event.target.closest("a[href]");
  if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if ("leave" in link.dataset) {
    event.preventDefault();
    leave();
  } else if (link.origin === location.origin) {
    event.preventDefault();
    location.replace(link.href);
  } else if (link.protocol.startsWith("http")) {
    window.name = "";
  }
}

function press(event) {
  if (event.key !== "Shift") presses = [];
  else if (!event.repeat) presses = [...presses, event.timeStamp].filter((at) => event.timeStamp - at < HASTE);
  if (presses.length === 3) leave();
}

function openAll() {
  for (const details of document.querySelectorAll("details")) details.open = true;
}

addEventListener("pageshow", remember);
addEventListener("click", follow);
addEventListener("keydown", press);
addEventListener("beforeprint", openAll);
