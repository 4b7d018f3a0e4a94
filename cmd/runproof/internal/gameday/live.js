const live = document.getElementById("live");
live.hidden = false;
const filter = new URLSearchParams(location.search).get("filter") || "";
const source = new EventSource("events?filter=" + encodeURIComponent(filter));
source.onmessage = (e) => {
  live.innerHTML = JSON.parse(e.data);
  const page = live.querySelector("[data-title]");
  if (page) document.title = page.dataset.title;
};
source.onerror = () => { live.classList.add("stale"); };
source.onopen = () => { live.classList.remove("stale"); };
