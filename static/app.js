// Makes pages smoother; every page works without it. All of it hangs on data attributes:
//   <form data-autosave="/address">   saves a draft while it is filled in; <span data-save-status> tells when
//   <form data-warn>                  asks before leaving with unsaved text (data-autosave does so too)
//   <button data-copy="#id" hidden>   copies the text of #id; stays hidden where copying isn't possible
//   <button data-add-row="#tbody" hidden>   adds an empty row like the last one; data-without-script is hidden instead
//   <button data-print hidden>        prints the page
//   <span class="file-choice">        a file input whose words are ours: the input stays, unseen, in front of them
(() => {
  "use strict";
  const drafts = new WeakMap(); // form -> { changed, timer, busy, failed, stopped }

  const tell = (form, text, state = "") => {
    for (const place of form.ownerDocument.querySelectorAll("[data-save-status]")) {
      place.textContent = text;
      place.dataset.state = state;
    }
  };
  const draftOf = (form) => drafts.get(form) ?? drafts.set(form, { changed: false }).get(form);

  async function save(form) {
    const draft = draftOf(form);
    if (draft.stopped || draft.busy || !draft.changed) return;
    draft.busy = true;
    draft.changed = draft.failed = false;
    tell(form, "Đang lưu nháp…");
    try {
      const fields = new URLSearchParams();
      for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: fields, headers: { Accept: "text/plain" }, redirect: "error" });
      if (answer.ok) {
        // The next save starts from what this one stored, so that it isn't taken for somebody else's.
        const version = form.querySelector("input[name=version]");
        if (version) version.value = answer.headers.get("x-version") ?? version.value;
        const words = (await answer.text()).trim();
        const now = new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });
        tell(form, words && words.length < 120 && !words.startsWith("<") ? words : `Đã lưu nháp lúc ${now}`, "saved");
      } else if (answer.status === 409) {
        draft.stopped = true;
        draft.changed = true;
        tell(form, "Bản này vừa được người khác sửa. Xin chép lại phần vừa viết rồi tải lại trang.", "failed");
      } else throw new Error(String(answer.status));
    } catch {
      draft.changed = draft.failed = true;
      tell(form, "Chưa lưu được nháp, máy sẽ tự thử lại. Xin đừng đóng trang này.", "failed");
      draft.timer = setTimeout(() => save(form), 10000);
    } finally {
      draft.busy = false;
      // What was typed while the answer was under way.
      if (draft.changed && !draft.stopped && !draft.failed) draft.timer = setTimeout(() => save(form), 1500);
    }
  }

  document.addEventListener("input", ({ target }) => {
    const form = target.closest?.("form[data-autosave], form[data-warn]");
    if (!form) return;
    const draft = draftOf(form);
    draft.changed = true;
    if (!form.dataset.autosave) return;
    clearTimeout(draft.timer);
    draft.timer = setTimeout(() => save(form), 1500);
  });
  document.addEventListener("submit", ({ target }) => {
    const draft = drafts.get(target);
    if (!draft) return;
    clearTimeout(draft.timer);
    draft.stopped = true;
    draft.changed = false;
  });
  addEventListener("beforeunload", (event) => {
    const unsaved = [...document.querySelectorAll("form[data-autosave], form[data-warn]")].some((form) => drafts.get(form)?.changed);
    if (unsaved) event.preventDefault();
  });

  // Boxes of a row are told apart by the number at the end of their ids, and of their labels for people who hear them.
  function emptyRowAfter(last) {
    const row = last.cloneNode(true);
    row.classList.remove("is-wanted");
    row.removeAttribute("id");
    for (const note of row.querySelectorAll(".field-error")) note.remove();
    for (const box of row.querySelectorAll("input, select")) {
      box.id = box.id.replace(/\d+$/, (n) => Number(n) + 1);
      const label = box.getAttribute("aria-label");
      if (label) box.setAttribute("aria-label", label.replace(/\d+$/, (n) => Number(n) + 1));
      box.removeAttribute("aria-invalid");
      box.removeAttribute("aria-describedby");
      if (box.tagName === "SELECT") box.selectedIndex = 0;
      else box.value = "";
    }
    return row;
  }

  document.addEventListener("click", async ({ target }) => {
    const copy = target.closest("[data-copy]");
    if (copy) {
      const from = document.querySelector(copy.dataset.copy);
      await navigator.clipboard.writeText((from.value ?? from.textContent).trim());
      const words = copy.textContent;
      copy.textContent = "Đã chép";
      setTimeout(() => { copy.textContent = words; }, 2500);
    }
    if (target.closest("[data-print]")) print();
    const add = target.closest("[data-add-row]");
    if (add) {
      const body = document.querySelector(add.dataset.addRow);
      body.append(emptyRowAfter(body.rows[body.rows.length - 1]));
      body.rows[body.rows.length - 1].querySelector(".form-control, .form-select")?.focus();
    }
  });

  // The appraisal's grid by keyboard: arrows go from line to line, Enter in an empty box takes the unit's own points over.
  document.addEventListener("keydown", (event) => {
    const box = event.target.closest?.("[data-grid] input[name=line_points]");
    const step = { ArrowDown: 1, ArrowUp: -1, Enter: 1 }[event.key];
    if (!box || !step) return;
    event.preventDefault();
    if (event.key === "Enter" && !box.value.trim()) {
      box.value = box.closest("tr").querySelector("[data-own]").dataset.own;
      box.dispatchEvent(new Event("input", { bubbles: true }));
      box.dispatchEvent(new Event("change", { bubbles: true }));
    }
    const boxes = [...box.form.querySelectorAll("input[name=line_points]")];
    const next = boxes[boxes.indexOf(box) + step];
    if (next) { next.focus(); next.select(); }
  });

  document.addEventListener("change", ({ target }) => {
    const words = target.closest?.(".file-choice")?.querySelector("[data-file-name]");
    if (words) words.textContent = [...target.files].map((file) => file.name).join(", ") || "Chưa chọn tệp nào";
  });
  document.addEventListener("submit", (event) => {
    const box = event.target.querySelector(".file-choice input");
    if (!box || box.files.length) return;
    event.preventDefault();
    const words = box.parentElement.querySelector("[data-file-name]");
    words.textContent = `Chưa chọn tệp. Bấm “Chọn tệp…”, rồi bấm “${event.submitter?.firstChild.textContent.trim() ?? "Đính kèm"}”.`;
    words.setAttribute("role", "alert");
    box.focus();
  });

  // Older browsers print a closed part closed; the code on a receipt belongs on the paper.
  const folded = () => document.querySelectorAll("details.on-paper:not([open])");
  addEventListener("beforeprint", () => { for (const part of folded()) { part.open = true; part.dataset.wasClosed = ""; } });
  addEventListener("afterprint", () => { for (const part of document.querySelectorAll("[data-was-closed]")) { part.open = false; delete part.dataset.wasClosed; } });

  const ready = () => {
    for (const choice of document.querySelectorAll(".file-choice")) {
      choice.classList.add("is-worded");
      choice.querySelector(".file-words").hidden = false;
    }
    for (const button of document.querySelectorAll("[data-add-row], [data-print]")) button.hidden = false;
    for (const button of document.querySelectorAll("[data-without-script]")) button.hidden = true;
    if (navigator.clipboard) for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
    document.querySelector("[data-focus]")?.focus();
  };
  document.addEventListener("htmx:after:swap", ready);
  ready();
})();
