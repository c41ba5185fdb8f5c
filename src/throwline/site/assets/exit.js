// The fast way out. Nothing is stored, counted or sent.
//
// A page of this site always takes the place of the one before in the tab's history. Leaving then replaces the only
// one there is, so that the Back button leads to whatever was open before this site.

const door = document.querySelector("a[data-leave]");
const HASTE = 5000; // milliseconds in which three presses of Shift count
let presses = [];

function leave() {
  document.title = "";
  document.documentElement.hidden = true;
  location.replace(door.href);
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

addEventListener("click", follow);
addEventListener("keydown", press);
addEventListener("beforeprint", openAll);
