// A copy of the site on this phone, for when there is no net: only where it is asked for here, and until it is removed here.

const box = document.getElementById("copy");
const words = box.dataset;
const status = document.getElementById("status");
const offers = box.querySelectorAll("[data-keep]");
const remove = document.getElementById("remove");
const root = new URL(".", import.meta.url);
const worker = new URL(`kept/${document.documentElement.lang}.js`, root);
let keeper; // only while a copy is being made
let wanted = [];
let had = [];

function say(text) {
  status.textContent = text;
}

// What is kept in the language of this page: none, "pages", "tools".
async function kept() {
  const { installing, waiting, active } = (await navigator.serviceWorker.getRegistration(root)) ?? {};
  return [installing, waiting, active].some((one) => one?.scriptURL === worker.href) ? caches.keys() : [];
}

// Whether anything at all is kept, in whatever language.
async function anything() {
  const registrations = await navigator.serviceWorker.getRegistrations();
  return registrations.length > 0 || (await caches.keys()).length > 0;
}

async function show() {
  const here = await kept();
  remove.hidden = !(await anything());
  for (const offer of offers) offer.hidden = keeper || offer.dataset.keep.split(" ").every((part) => here.includes(part));
  return here;
}

// The worker fetches what is missing, also of a copy that was cut off, and says how far it is after each step.
async function keep(parts) {
  had = await kept();
  wanted = parts;
  const registration = await navigator.serviceWorker.register(worker, { scope: root, updateViaCache: "none" });
  keeper = registration.installing ?? registration.waiting ?? registration.active;
  keeper.postMessage(wanted);
  await show();
}

async function hear({ data: { done, total, failed } }) {
  if (!keeper) return clear(); // the last of what was under way when everything was removed
  if (done < total) {
    say(words.keeping.replace("{done}", done).replace("{total}", total));
    return keeper.postMessage(wanted);
  }
  if (failed) await undo();
  keeper = null;
  const here = await show();
  const told = here.length ? (here.includes("tools") ? words.keptTools : words.kept) : words.none;
  say(failed ? `${words.failed} ${told}` : told);
}

// What was there before stays: it can be finished another time.
async function undo() {
  for (const part of wanted) if (!had.includes(part)) await caches.delete(part);
  if (!(await kept()).length) await clear();
}

async function clear() {
  keeper = null;
  for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
  for (const name of await caches.keys()) await caches.delete(name);
  localStorage.clear();
  sessionStorage.clear();
  window.name = "";
}

function unable() {
  box.hidden = true;
  document.getElementById("unable").hidden = false;
}

async function tapped({ target }) {
  try {
    if ("keep" in target.dataset) {
      for (const offer of offers) offer.hidden = true;
      if (!(await kept()).length) await clear();
      await keep(target.dataset.keep.split(" "));
    } else if (target === remove) {
      await clear();
      await show();
      say((await anything()) ? words.stuck : words.removed);
    }
  } catch {
    unable();
  }
}

async function begin() {
  const here = await show();
  say((await anything()) ? "" : words.none);
  box.hidden = false;
  document.getElementById("unable").hidden = true;
  box.addEventListener("click", tapped);
  navigator.serviceWorker.addEventListener("message", hear);
  if (here.length) await keep(here);
}

if ("serviceWorker" in navigator && "caches" in window) begin().catch(unable);
