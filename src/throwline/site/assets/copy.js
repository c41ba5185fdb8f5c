// A copy of the site on this phone, for when there is no net: only where it is asked for here, and until it is removed here.

const box = document.getElementById("copy");
const words = box.dataset;
const status = document.getElementById("status");
const remove = document.getElementById("remove");
const root = new URL(".", import.meta.url);
const worker = new URL(`kept/${document.documentElement.lang}.js`, root);

function say(text) {
  status.textContent = text;
}

// What is kept in the language of this page: none, "pages", "tools".
async function parts() {
  const { installing, waiting, active } = (await navigator.serviceWorker.getRegistration(root)) ?? {};
  return [installing, waiting, active].some((keeper) => keeper?.scriptURL === worker.href) ? caches.keys() : [];
}

// Whether anything at all is kept, in whatever language.
async function anything() {
  const registrations = await navigator.serviceWorker.getRegistrations();
  return registrations.length > 0 || (await caches.keys()).length > 0;
}

async function show() {
  const kept = await parts();
  remove.hidden = !(await anything());
  for (const button of box.querySelectorAll("[data-keep]")) {
    button.hidden = button.dataset.keep.split(" ").every((part) => kept.includes(part));
  }
  return kept;
}

// The worker fetches what is missing, also of a copy that was cut off, and says how far it is.
async function keep(wanted) {
  const registration = await navigator.serviceWorker.register(worker, { scope: root, updateViaCache: "none" });
  const keeper = registration.installing ?? registration.waiting ?? registration.active;
  keeper.postMessage(wanted);
}

async function hear({ data }) {
  if (data.total) return say(words.keeping.replace("{done}", data.done).replace("{total}", data.total));
  box.inert = false;
  if (data.failed && !(await parts()).length) await clear();
  const kept = await show();
  const told = kept.length ? (kept.includes("tools") ? words.keptTools : words.kept) : words.none;
  say(data.failed ? `${words.failed} ${told}` : told);
}

async function clear() {
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
      box.inert = true;
      if (!(await parts()).length) await clear();
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
  const kept = await show();
  say((await anything()) ? "" : words.none);
  box.hidden = false;
  document.getElementById("unable").hidden = true;
  box.addEventListener("click", tapped);
  navigator.serviceWorker.addEventListener("message", hear);
  if (kept.length) await keep(kept);
}

if ("serviceWorker" in navigator && "caches" in window) begin().catch(unable);
