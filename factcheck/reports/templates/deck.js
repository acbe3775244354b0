(() => {
  "use strict";
  const { choose, visible, isPast, filter, reread, chosen, keys } = window.factcheck;
  const deck = document.querySelector(".deck");
  const ask = document.querySelector(".ask");
  const change = document.querySelector(".change");
  const help = document.querySelector(".help");
  const on = deck.querySelector(".on");
  const who = deck.querySelector("input[name='reviewer']");
  const buttons = [...deck.querySelectorAll("button[data-action]")];
  // A name given here is remembered for whom the command was started, and for nobody else.
  const remembered = `factcheck-reviewer ${who.defaultValue}`;
  let seen = Number(deck.dataset.seen);
  let current = null;
  let busy = false;

  const standingOf = (entry) => entry.querySelector(".standing");
  const isFlag = (entry) => Boolean(entry.dataset.flag);

  const describe = (entry) => {
    const noun = isFlag(entry) ? "Finding" : "Claim";
    const number = entry.dataset.flag || entry.dataset.claim;
    const words = entry.querySelector(isFlag(entry) ? ".why" : ".claimed").textContent;
    const name = document.createElement("b");
    name.textContent = `${noun} ${number}`;
    on.replaceChildren(name, ` ${words}`);
  };

  const refresh = () => {
    const state = current && current.dataset.state;
    buttons.forEach((button) => {
      const { action } = button.dataset;
      if (action !== "undo") button.disabled = !current;
      if (action === "change") button.disabled = !current || isFlag(current);
      if (action === "accept") button.setAttribute("aria-pressed", String(state === "accepted"));
      if (action === "reject") button.setAttribute("aria-pressed", String(state === "rejected"));
    });
  };

  const fail = (words) => {
    deck.classList.add("failed");
    on.textContent = words;
  };

  const send = async (address, body) => {
    const options = body && {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    };
    const answer = await fetch(address, options);
    const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
    const data = isJson ? await answer.json() : { message: await answer.text() };
    if (!answer.ok) throw new Error(data.message || `the server answered ${answer.status}.`);
    return data;
  };

  // What the server says replaces what the page shows: others may have decided meanwhile.
  const take = (data) => {
    seen = data.seen;
    for (const [id, part] of Object.entries(data.changed)) {
      const entry = document.getElementById(id);
      if (!entry) continue;
      entry.dataset.state = part.state;
      standingOf(entry).outerHTML = part.html;
      reread(entry);
      settle(entry);
      if (entry.dataset.flag) dismiss(entry.dataset.flag);
    }
    document.querySelector("h1").textContent = data.headline;
    const line = document.querySelector(".progress-line");
    if (line) line.textContent = data.progress;
    deck.querySelector("progress").value = data.decided;
    deck.querySelector(".count").textContent = `${data.decided} of ${data.needed}`;
    refresh();
    filter();
  };

  const stateOf = (number) =>
    document.querySelector(`.finding[data-flag="${number}"]`).dataset.state;

  const dismiss = (number) => {
    document.querySelectorAll("a.piece").forEach((piece) => {
      const flags = piece.dataset.flags.split(" ");
      if (!flags.includes(number)) return;
      piece.classList.toggle("dismissed", flags.every((each) => stateOf(each) === "rejected"));
    });
  };

  const settle = (entry) => {
    const items = `.worst [data-target="${entry.id}"], .worst [data-because="${entry.id}"]`;
    document.querySelectorAll(items).forEach((item) => {
      const { target, because } = item.dataset;
      const ruled = ruling(target) || (because !== target && ruling(because, "the claim "));
      item.classList.toggle("dismissed", Boolean(ruled));
      item.querySelector(".ruled").textContent = ruled || "";
    });
  };

  const ruling = (id, what = "") => {
    const state = (id && document.getElementById(id)?.dataset.state) || "";
    return state === "rejected" || state === "changed" ? `, ${what}${state} in review` : "";
  };

  const nextOpen = () => {
    const open = visible().filter((entry) => entry.dataset.state === "open" && entry !== current);
    return open.find((entry) => isPast(entry, 1)) || open[0];
  };

  const decide = async (action, details = {}) => {
    if (busy || (!current && action !== "undo")) return;
    if (!who.value.trim()) {
      who.focus();
      fail("Say who you are first: every decision carries a name.");
      return;
    }
    busy = true;
    const target = current && current.id;
    try {
      take(await send(deck.dataset.endpoint, { target, action, reviewer: who.value, seen, ...details }));
      deck.classList.remove("failed");
      const next = ["accept", "reject", "change"].includes(action) && nextOpen();
      if (next) choose(next);
      else if (current) describe(current);
    } catch (error) {
      fail(`Not saved: ${error.message}`);
    } finally {
      busy = false;
    }
  };

  const otherwise = () => {
    const form = change.querySelector("form");
    form.reset();
    [...form.elements.answer].forEach((choice) => {
      choice.disabled = choice.value === current.dataset.verdict;
    });
    change.returnValue = "cancel";
    change.onclose = () => {
      const answer = form.elements.answer.value;
      if (change.returnValue === "save" && answer) decide("change", { answer });
      current.focus({ preventScroll: true });
    };
    change.showModal();
    form.querySelector("input:enabled").focus();
  };

  const question = (title, value, then) => {
    const form = ask.querySelector("form");
    const field = form.elements.words;
    ask.querySelector("h2").textContent = title;
    field.value = value;
    ask.returnValue = "cancel";
    ask.onclose = () => {
      const words = field.value.trim();
      if (ask.returnValue === "save") then(words);
      if (current) current.focus({ preventScroll: true });
    };
    ask.showModal();
    field.focus();
  };

  const act = (action) => {
    if (action === "note") question("Note", "", (note) => note && decide("note", { note }));
    else if (action === "assign")
      question("Assign to (empty for nobody)", "", (name) => decide("assign", { assignee: name || null }));
    else if (action === "change") otherwise();
    else decide(action);
  };

  const takeUp = (entry) => {
    current = entry;
    deck.classList.remove("failed");
    describe(current);
    refresh();
  };
  document.addEventListener("chosen", (event) => takeUp(event.detail));
  buttons.forEach((button) => button.addEventListener("click", () => act(button.dataset.action)));
  change.querySelector("button[type='button']").addEventListener("click", () => change.close("cancel"));
  ask.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      ask.close("save");
    }
  });

  const shortcuts = { a: "accept", r: "reject", c: "change", n: "note", s: "assign", u: "undo" };
  document.addEventListener("keydown", (event) => {
    const asked = document.querySelector("dialog[open]");
    if (event.altKey || event.ctrlKey || event.metaKey || asked || !keys()) return;
    if (event.target.matches("input:not([type='checkbox']), select, textarea")) return;
    const { key } = event;
    if (shortcuts[key] && !event.repeat) {
      const button = buttons.find((each) => each.dataset.action === shortcuts[key]);
      if (button.disabled) return;
      event.preventDefault();
      act(shortcuts[key]);
    } else if (key === "o") {
      const next = nextOpen();
      if (next) choose(next);
    } else if (key === "]" && deck.dataset.onward) location.assign(deck.dataset.onward);
    else if (key === "?") help.showModal();
  });

  // Where a browser keeps nothing for pages, the name is only not remembered.
  const memory = () => {
    try {
      return window.localStorage;
    } catch {
      return null;
    }
  };
  who.value = memory()?.getItem(remembered) || who.defaultValue;
  who.addEventListener("change", () => memory()?.setItem(remembered, who.value.trim()));
  setInterval(() => {
    if (document.hidden || busy) return;
    send(`${deck.dataset.endpoint}?seen=${seen}`)
      .then((data) => data.seen > seen && take(data))
      .catch(() => fail("The server does not answer; start factcheck review again."));
  }, 5000);
  const linked = chosen();
  const first = linked ? null : nextOpen();
  if (linked) takeUp(linked);
  else if (first) choose(first, { focus: false });
  else refresh();
})();
