// The hall's screen: draws itself anew when the server says that something changed. The server's word comes as an event
// stream; where that isn't possible the screen asks every few seconds. It never gives up: a server that restarts is found again.
(() => {
  "use strict";
  const PATIENCE = 4000; // ms between two tries
  const screen = () => document.getElementById("man-hinh");
  const address = screen().dataset.stream;
  let busy = false;

  function tell(words) {
    const place = document.querySelector("[data-state]");
    place.textContent = words;
    place.className = words ? "screen-lost" : "";
  }

  async function draw() {
    if (busy) return;
    busy = true;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, redirect: "error" });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("man-hinh");
      if (!fresh) throw new Error("no screen");
      // A newer program may bring newer styles: then the whole page is fetched.
      if (page.querySelector("link[href*='hall']").href !== document.querySelector("link[href*='hall']").href) location.reload();
      if (fresh.dataset.revision !== screen().dataset.revision) screen().replaceWith(fresh);
      tell("");
    } catch {
      tell("Mất kết nối, đang nối lại…");
    } finally {
      busy = false;
    }
  }

  function poll() {
    draw();
    setTimeout(poll, PATIENCE);
  }

  function listen() {
    const stream = new EventSource(address);
    stream.addEventListener("revision", ({ data }) => {
      tell("");
      if (data !== screen().dataset.revision) draw();
    });
    stream.addEventListener("error", () => {
      tell("Mất kết nối, đang nối lại…");
      // The browser tries again by itself, except after an answer that is no stream.
      if (stream.readyState === EventSource.CLOSED) {
        setTimeout(() => { draw(); listen(); }, PATIENCE);
      }
    });
  }

  if (window.EventSource) listen();
  else poll();
})();
