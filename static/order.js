// Rows of a table in another order, by dragging or by keyboard: <tbody data-order="name of the box with the number">. Moving a
// row by its handle numbers all rows anew, which is all that the form sends. Without this script the numbers are typed.
(() => {
  "use strict";
  const WORDS = "Kéo để đổi chỗ, hoặc dùng phím mũi tên lên, xuống";

  function number(body) {
    let place = 0;
    for (const row of body.rows) {
      const box = row.querySelector(`input[name=${body.dataset.order}]`);
      const others = [...row.querySelectorAll("input:not([type=hidden])")].filter((other) => other !== box);
      const value = others.some((other) => other.value.trim()) ? String(++place) : "";
      if (box.value === value) continue;
      box.value = value;
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  function addHandle(row) {
    if (row.querySelector(".order-handle")) return;
    const handle = document.createElement("button");
    Object.assign(handle, { type: "button", className: "btn btn-small order-handle", textContent: "⇅", title: WORDS, ariaLabel: WORDS });
    row.cells[0].append(handle);
  }

  for (const body of document.querySelectorAll("tbody[data-order]")) {
    for (const row of body.rows) addHandle(row);
    let moved = null;
    body.addEventListener("pointerdown", (event) => {
      const handle = event.target.closest(".order-handle");
      if (!handle || event.button !== 0) return;
      event.preventDefault();
      handle.focus();
      moved = handle.closest("tr");
      moved.classList.add("is-moved");
      body.setPointerCapture(event.pointerId);
    });
    body.addEventListener("pointermove", ({ clientX, clientY }) => {
      const over = moved && document.elementFromPoint(clientX, clientY)?.closest("tr");
      if (!over || over === moved || over.parentNode !== body) return;
      over[over.rowIndex > moved.rowIndex ? "after" : "before"](moved);
    });
    for (const end of ["pointerup", "pointercancel"]) body.addEventListener(end, () => {
      moved?.classList.remove("is-moved");
      if (moved) number(body);
      moved = null;
    });
    body.addEventListener("keydown", (event) => {
      const row = event.target.closest(".order-handle")?.closest("tr");
      const other = row && { ArrowUp: row.previousElementSibling, ArrowDown: row.nextElementSibling }[event.key];
      if (!other) return;
      event.preventDefault();
      other[event.key === "ArrowUp" ? "before" : "after"](row);
      event.target.focus();
      number(body);
    });
  }
})();
