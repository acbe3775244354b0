(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const form = document.querySelector(".filters");
  const status = form.querySelector(".shown-count");
  const findings = all(".finding");
  const claims = all(".claim");
  const pieces = all(".piece");
  const entries = [...findings, ...claims];
  const words = new Map();
  // Keyboards type straight quotation marks where articles have curly ones.
  const folded = (text) =>
    text.toLowerCase().replace(/[‘’‛]/g, "'").replace(/[“”„‟«»]/g, '"').replace(/\s+/g, " ").trim();
  const reread = (entry) => {
    const copy = entry.cloneNode(true);
    copy.querySelectorAll(".permalink").forEach((link) => link.remove());
    words.set(entry, folded(copy.textContent));
  };
  const numbers = (list) => (list || "").split(" ").filter(Boolean);
  const quick = matchMedia("(prefers-reduced-motion: reduce)");
  let current = null;

  const piecesOf = (entry) => {
    const kind = entry.dataset.flag ? "flags" : "claims";
    const number = entry.dataset.flag || entry.dataset.claim;
    return pieces.filter((piece) => numbers(piece.dataset[kind]).includes(number));
  };

  const show = (element, block) =>
    element.scrollIntoView({ block, behavior: quick.matches ? "auto" : "smooth" });

  const choose = (entry, { scrollEntry = true, focus = true } = {}) => {
    if (current) current.classList.remove("chosen");
    all(".piece.chosen").forEach((piece) => piece.classList.remove("chosen"));
    current = entry;
    entry.removeAttribute("data-hidden");
    entry.classList.add("chosen");
    const marked = piecesOf(entry);
    marked.forEach((piece) => piece.classList.add("chosen"));
    if (focus) entry.focus({ preventScroll: true });
    const narrow = matchMedia("(max-width: 60rem)").matches;
    if (marked.length && !narrow) reveal(marked[0]);
    if (scrollEntry) show(entry, "start");
    history.replaceState(null, "", "#" + entry.id);
    document.dispatchEvent(new CustomEvent("chosen", { detail: entry }));
  };

  // Only the article's own pane is moved, so that the finding stays where it is. Places are taken
  // within the pane, for the page itself may be scrolling; and it jumps, for while it glides nobody
  // can tell whether the next place will be in sight.
  const reveal = (piece) => {
    const pane = document.querySelector(".reading");
    const at = piece.getBoundingClientRect();
    const within = at.top - pane.getBoundingClientRect().top;
    if (within >= 40 && within + at.height <= pane.clientHeight - 120) return;
    pane.scrollTop += within - pane.clientHeight / 3;
  };

  const toArticle = (entry) => {
    choose(entry, { scrollEntry: false });
    const [first] = piecesOf(entry);
    if (first) show(first, "center");
  };

  const visible = () => entries.filter((entry) => !entry.hasAttribute("data-hidden"));

  // Whether the entry comes after what is chosen, or before it, which may itself be hidden by now.
  const isPast = (entry, by) => {
    if (!current) return false;
    const side = by > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
    return Boolean(current.compareDocumentPosition(entry) & side);
  };

  const step = (by) => {
    const list = by > 0 ? visible() : visible().reverse();
    const next = list.find((entry) => isPast(entry, by)) || (list.includes(current) ? null : list[0]);
    if (next) choose(next);
  };

  // Each mark stands beside the line on which its claim begins, marks of one line in order of the
  // text; where the margin is full they go on to the next line, and later ones stay behind them.
  // On narrow screens and on paper there is no margin: there the marks stand in the text.
  const setMarks = () => {
    const page = document.querySelector(".page");
    const line = parseFloat(getComputedStyle(page).lineHeight);
    const most = 3;
    const places = all(".marks", page).map((marks) => {
      const from = marks.closest(".block").getBoundingClientRect().top;
      const box = marks.nextElementSibling.getClientRects()[0];
      return { marks, from, middle: box.top + box.height / 2, size: marks.children.length };
    });
    const lines = [];
    for (const { marks, from, middle, size } of places) {
      let last = lines.at(-1);
      const below = !last || middle > last.at + line / 2;
      if (below || last.size + size > most) {
        lines.push((last = { at: below ? middle : last.at + line, size: 0, held: [] }));
      }
      last.size += size;
      last.held.push({ marks, from, upTo: last.size });
    }
    for (const { at, size, held } of lines) {
      for (const { marks, from, upTo } of held) {
        marks.style.setProperty("--after", size - upTo);
        marks.style.top = `${at - from}px`;
      }
    }
  };

  const matches = (entry, wanted) =>
    (!wanted.text || words.get(entry).includes(wanted.text)) &&
    ["severity", "type", "verdict", "state"].every((key) => !wanted[key] || entry.dataset[key] === wanted[key]);

  const filter = () => {
    const wanted = Object.fromEntries(new FormData(form));
    wanted.text = folded(wanted.text);
    entries.forEach((entry) => entry.toggleAttribute("data-hidden", !matches(entry, wanted)));
    const count = (list, noun) => {
      const left = list.filter((entry) => !entry.hasAttribute("data-hidden")).length;
      return `${left} of ${list.length} ${noun}${list.length === 1 ? "" : "s"}`;
    };
    status.textContent = `${count(findings, "finding")}, ${count(claims, "claim")}`;
  };

  const entryAt = (hash) => {
    const id = decodeURIComponent(hash.slice(1)).replace(/^at-/, "");
    return entries.find((entry) => entry.id === id);
  };

  const follow = (event) => {
    const link = event.target.closest("a[href^='#']");
    const entry = link && entryAt(link.getAttribute("href"));
    if (!entry) return false;
    event.preventDefault();
    if (link.hasAttribute("data-to-article")) toArticle(entry);
    else choose(entry);
    return true;
  };

  document.addEventListener("click", (event) => {
    if (follow(event) || String(getSelection())) return;
    const piece = event.target.closest("span.piece");
    const entry = event.target.closest(".finding, .claim");
    if (piece) {
      const [number] = numbers(piece.dataset.claims);
      choose(claims[number - 1]);
    } else if (entry && !event.target.closest("a, summary")) {
      choose(entry, { scrollEntry: false });
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !form.elements.keys.checked) return;
    const field = event.target instanceof Element ? event.target : document.body;
    if (field.matches("input:not([type='checkbox']), select, textarea")) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "/") {
      event.preventDefault();
      form.elements.text.focus();
    }
  });

  addEventListener("beforeprint", () => all("details").forEach((part) => (part.open = true)));
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  document.documentElement.classList.add("js");
  new ResizeObserver(setMarks).observe(document.querySelector(".page"));
  entries.forEach(reread);
  form.hidden = false;
  filter();
  window.factcheck = {
    choose,
    visible,
    isPast,
    filter,
    reread,
    chosen: () => current,
    keys: () => form.elements.keys.checked,
  };
  const linked = location.hash && entryAt(location.hash);
  if (linked) choose(linked, { focus: false });
})();
