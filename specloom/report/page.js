// Hides what does not match the text and the severities that are chosen; without it, everything is shown.
(() => {
  const field = document.querySelector("#find");
  if (!field) return;
  const count = document.querySelector(".find output");
  const tiles = [...document.querySelectorAll("button.tile")];
  const cards = [...document.querySelectorAll(".card")].map((card) => ({
    card,
    changes: [...card.querySelectorAll(".change")].map((change) => ({
      change,
      text: `${card.querySelector("h3").textContent} ${change.textContent}`.toLowerCase(),
      more: [...change.querySelectorAll("[data-more]")].flatMap((list) =>
        list.dataset.more.split(", ").map((stretch) => stretch.split("-").map(Number)),
      ),
    })),
  }));
  const names = [...document.querySelectorAll("#operations li")].map((item) => item.textContent.toLowerCase());
  const show = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const off = tiles.filter((tile) => tile.getAttribute("aria-pressed") === "false").map((tile) => tile.dataset.kind);
    const hits = new Map(words.map((word) => [word, names.flatMap((name, index) => (name.includes(word) ? [index + 1] : []))]));
    const reached = (word, more) =>
      more.some(([start, end = start]) => hits.get(word).some((number) => start <= number && number <= end));
    let shown = 0;
    for (const { card, changes } of cards) {
      let any = false;
      for (const { change, text, more } of changes) {
        const fits = words.every((word) => text.includes(word) || reached(word, more)) && !off.some((kind) => change.classList.contains(kind));
        change.hidden = !fits;
        any = any || fits;
      }
      card.hidden = !any;
      shown += any ? 1 : 0;
    }
    count.textContent = shown === cards.length ? "" : `${shown} of ${cards.length} groups shown`;
  };
  for (const tile of tiles) {
    tile.addEventListener("click", () => {
      tile.setAttribute("aria-pressed", String(tile.getAttribute("aria-pressed") === "false"));
      show();
    });
  }
  field.addEventListener("input", show);
  document.querySelector(".find").hidden = false;
})();
