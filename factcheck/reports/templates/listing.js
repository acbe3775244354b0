(() => {
  "use strict";
  const main = document.querySelector(".list");
  const body = document.querySelector("tbody");
  const field = document.querySelector("input[name='text']");
  const said = document.querySelector(".said");
  const bar = document.querySelector("progress");
  let seen = main.dataset.seen;
  const rows = () => [...body.rows].filter((row) => !row.hidden);
  const linkOf = (row) => row && row.querySelector("a");

  const filter = () => {
    const wanted = field.value.trim().toLowerCase();
    [...body.rows].forEach((row) => {
      row.hidden = Boolean(wanted) && !row.textContent.toLowerCase().includes(wanted);
    });
  };

  const refresh = async () => {
    const answer = await fetch(`rows?seen=${seen}`);
    const data = await answer.json();
    if (data.seen !== seen) show(data);
    return data.read < data.total;
  };

  const show = (data) => {
    const held = document.activeElement && document.activeElement.getAttribute("href");
    seen = data.seen;
    body.innerHTML = data.html;
    said.textContent = data.said;
    bar.value = data.done;
    filter();
    const again = held && [...body.querySelectorAll("a")].find((a) => a.getAttribute("href") === held);
    if (again) again.focus();
  };

  const poll = (reading) =>
    setTimeout(
      () => (document.hidden ? poll(reading) : refresh().then(poll).catch(() => poll(false))),
      reading ? 300 : 5000,
    );

  const step = (by) => {
    const list = rows();
    const at = list.findIndex((row) => row.contains(document.activeElement));
    const next = linkOf(list[at < 0 ? 0 : Math.min(Math.max(at + by, 0), list.length - 1)]);
    if (next) next.focus();
  };

  field.addEventListener("input", filter);
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target === field) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "/") {
      event.preventDefault();
      field.focus();
    }
  });
  poll(Number(main.dataset.read) < Number(main.dataset.total));
})();
