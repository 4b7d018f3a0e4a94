// The page works without this: frames refresh themselves and forms reload it.
const filter = new URLSearchParams(location.search).get("filter") || "";
const parts = document.querySelectorAll(".live");
for (const part of parts) part.hidden = false;
const held = document.getElementById("held");

// reading says that somebody selects, scrolls or stands in a part: it is not to
// move under their hands.
function reading(part) {
  const selection = getSelection();
  const scrolled = part.querySelector(".log");
  return (!selection.isCollapsed && part.contains(selection.anchorNode)) || (scrolled && scrolled.scrollTop > 0);
}

function show(part, html) {
  const waits = reading(part);
  if (part.id === "log" && held) held.hidden = !waits;
  if (waits) return;
  const focused = part.contains(document.activeElement);
  part.innerHTML = html;
  if (focused) part.querySelector("[tabindex]")?.focus({ preventScroll: true });
}

const latest = {};
const source = new EventSource("events?filter=" + encodeURIComponent(filter));
source.onmessage = (e) => {
  Object.assign(latest, JSON.parse(e.data));
  for (const part of parts) show(part, latest[part.id]);
  const state = document.querySelector("[data-title]");
  if (state) document.title = state.dataset.title;
  if (state && "over" in state.dataset) source.close();
};
source.onerror = () => { for (const part of parts) part.classList.add("stale"); };
source.onopen = () => { for (const part of parts) part.classList.remove("stale"); };

// A button says what came of it below the forms, and leaves what is half written.
const said = document.getElementById("said");
document.addEventListener("submit", async (e) => {
  const form = e.target;
  if (form.method !== "post") return;
  e.preventDefault();
  const text = form.querySelector("input[type=text]");
  try {
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body: new URLSearchParams(new FormData(form, e.submitter)), redirect: "manual" });
    const done = answer.type === "opaqueredirect";
    said.className = done ? "good" : "bad";
    said.textContent = done ? e.submitter.textContent + ": done" : await answer.text();
    if (done && text && !("keep" in text.dataset)) text.value = "";
  } catch {
    said.className = "bad";
    said.textContent = "The game does not answer.";
  }
});
