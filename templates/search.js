// The search of the news: loads search.json when someone begins to type, and lists what matches.
// Without script the form stays hidden. What the index holds is only ever written as text.
(() => {
  const form = document.querySelector("form.search");
  if (!form || !window.fetch) return;
  const input = form.querySelector("input");
  const status = form.querySelector("[role=status]");
  const list = form.querySelector("ol");
  const { root, none, count, failed } = form.dataset;
  const SHOWN = 12;
  const language = document.documentElement.lang;
  let index;

  // « Dépistage », “depistage” and DÉPISTAGE are one word.
  const plain = (text) =>
    text
      .toLowerCase()
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .replace(/œ/g, "oe")
      .replace(/æ/g, "ae")
      .replace(/ß/g, "ss")
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim();

  const load = () =>
    (index ||= fetch(root + "search.json")
      .then((answer) => {
        if (!answer.ok) throw new Error(answer.status);
        return answer.json();
      })
      .then(({ items }) =>
        items.map(([address, title, day, category, summary]) => ({
          address,
          title,
          day,
          category,
          head: ` ${plain(title)}`,
          rest: ` ${plain(`${category} ${summary}`)}`,
        })),
      )
      .catch((error) => {
        index = undefined;
        throw error;
      }));

  // Every word must begin a word of the item; words of the title count for more.
  const score = (item, words) => {
    let total = 0;
    for (const word of words) {
      if (item.head.includes(` ${word}`)) total += 3;
      else if (item.rest.includes(` ${word}`)) total += 1;
      else return 0;
    }
    return total;
  };

  const line = ({ address, title, day, category }) => {
    const row = document.createElement("li");
    const link = document.createElement("a");
    const note = document.createElement("small");
    link.href = /^https?:/.test(address) ? address : root + address;
    link.textContent = title;
    link.dir = "auto";
    const date = new Date(`${day}T12:00:00`).toLocaleDateString(language, { dateStyle: "long" });
    note.textContent = category ? `${date} · ${category}` : date;
    row.append(link, note);
    return row;
  };

  const show = async () => {
    const asked = input.value;
    const words = plain(asked).split(" ").filter(Boolean);
    if (!words.length) {
      list.replaceChildren();
      status.textContent = "";
      return;
    }
    let items;
    try {
      items = await load();
    } catch {
      status.textContent = failed;
      return;
    }
    if (input.value !== asked) return;
    const hits = items
      .map((item) => [score(item, words), item])
      .filter(([points]) => points)
      .sort(([a], [b]) => b - a);
    list.replaceChildren(...hits.slice(0, SHOWN).map(([, item]) => line(item)));
    status.textContent = hits.length ? count.replace("{n}", hits.length) : none;
  };

  let waiting;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 120);
  });
  input.addEventListener("focus", () => load().catch(() => {}), { once: true });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  form.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "Escape" && input.value) {
      event.preventDefault();
      input.value = "";
      show();
      input.focus();
    } else if (event.key === "ArrowDown" && links[at + 1]) {
      event.preventDefault();
      links[at + 1].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (links[at - 1] || input).focus();
    }
  });
  form.hidden = false;
})();
