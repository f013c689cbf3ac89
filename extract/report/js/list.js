// A list of rows that filters, sorts and searches, and draws only the rows in sight.

const MARGIN = 8; // rows drawn beyond the edges
const TALLEST = 12_000_000; // pixels; browsers draw no element much higher
const PRINTED = 1000; // rows

const order = new Intl.Collator("zh-CN", { numeric: true }).compare;

class List {
  /**
   * `spec`: id; count; columns [{key, cell(row) → nodes, by(row) → value to sort by}]; filters [{key, options() →
   * [[value, words]], test(value) → (row) → boolean}]; find(words) → (row) → boolean; open(row, position).
   */
  constructor(spec) {
    this.spec = spec;
    this.chosen = {};
    this.words = "";
    this.only = null;
    this.sorted = null;
    this.drawn = new Map();
    this.active = 0;
    this.build();
    this.refresh();
  }

  build() {
    const { id } = this.spec;
    this.count = make("p", { class: "count", role: "status" });
    this.filters = make("form", { class: "filters", role: "search", onsubmit: (event) => event.preventDefault() });
    this.head = make("div", { role: "row", class: "row head", "aria-rowindex": "1" });
    this.body = make("div", { role: "rowgroup", class: "body", onkeydown: (event) => this.onkey(event) });
    const group = make("div", { role: "rowgroup", class: "top" }, this.head);
    this.table = make("div", { role: "table", class: "table" }, group, this.body);
    this.scroll = make("div", { class: "scroll", tabindex: "0", role: "group", onscroll: () => this.soon() }, this.table);
    this.title = make("h2", { id: `${id}-title` });
    this.extra = make("div", { class: "extra" });
    this.root = make("section", { id, class: "list", "aria-labelledby": `${id}-title` });
    this.root.append(this.title, this.extra, this.filters, this.count, this.scroll);
    new ResizeObserver(() => this.soon()).observe(this.scroll);
    this.speak();
  }

  /** Write everything that is in words. */
  speak() {
    const { id, columns, filters } = this.spec;
    this.title.textContent = t(id);
    this.scroll.setAttribute("aria-label", t(id));
    this.table.setAttribute("aria-label", t(id));
    const input = make("input", { type: "search", value: this.words, placeholder: t("searchHint") });
    input.addEventListener("input", () => this.later(() => this.choose({ words: input.value })));
    const fields = [make("label", { class: "wide" }, t("search"), input)];
    for (const filter of filters) fields.push(make("label", {}, t(filter.key), this.select(filter)));
    const sort = make("select", { onchange: (event) => this.sort(event.target.value || null) });
    sort.append(make("option", { value: "" }, "–"));
    for (const column of columns.filter((one) => one.by)) sort.append(make("option", { value: column.key }, t(column.key)));
    sort.value = this.sorted?.key ?? "";
    fields.push(make("label", { class: "sort" }, t("sort"), sort));
    fields.push(button(t("clear"), () => this.clear()));
    this.filters.replaceChildren(...fields);
    this.heads();
    this.redraw();
  }

  select(filter) {
    const select = make("select", { onchange: (event) => this.choose({ [filter.key]: event.target.value }) });
    select.append(make("option", { value: "" }, t("all")));
    for (const [value, words] of filter.options()) select.append(make("option", { value }, words));
    select.value = this.chosen[filter.key] ?? "";
    return select;
  }

  heads() {
    const heads = this.spec.columns.map((column) => {
      const direction = this.sorted?.key === column.key ? (this.sorted.down ? "descending" : "ascending") : "none";
      const sign = { none: "", ascending: " ↑", descending: " ↓" }[direction];
      const inner = column.by ? button(t(column.key) + sign, () => this.sort(column.key)) : t(column.key);
      return make("div", { role: "columnheader", "aria-sort": column.by ? direction : null }, inner);
    });
    this.head.replaceChildren(...heads);
  }

  later(act) {
    clearTimeout(this.timer);
    this.timer = setTimeout(act, 120);
  }

  /** Set filters by key, and `words` to search for. */
  choose({ words, ...chosen }) {
    if (words !== undefined) this.words = words;
    Object.assign(this.chosen, chosen);
    this.refresh();
  }

  /** Show these rows alone, whatever the filters say, until they are cleared. */
  restrict(rows) {
    this.chosen = {};
    this.words = "";
    this.only = rows;
    this.speak();
    this.refresh();
  }

  clear() {
    this.restrict(null);
  }

  sort(key) {
    const down = this.sorted?.key === key && !this.sorted.down;
    this.sorted = key ? { key, down } : null;
    this.heads();
    this.refresh();
  }

  /** The rows that meet every condition, in order. */
  refresh() {
    const tests = this.spec.filters.filter((one) => this.chosen[one.key]).map((one) => one.test(this.chosen[one.key]));
    if (this.words.trim()) tests.push(this.spec.find(this.words.trim()));
    const all = this.only ?? Array.from({ length: this.spec.count() }, (_, row) => row);
    this.rows = tests.length ? all.filter((row) => tests.every((test) => test(row))) : [...all];
    if (this.sorted) this.arrange();
    this.active = 0;
    this.scroll.scrollTop = 0;
    this.redraw();
  }

  arrange() {
    const { by } = this.spec.columns.find((column) => column.key === this.sorted.key);
    const keys = new Map(this.rows.map((row) => [row, by(row)]));
    const way = this.sorted.down ? -1 : 1;
    this.rows.sort((one, other) => {
      const [a, b] = [keys.get(one), keys.get(other)];
      if (a === b) return one - other;
      if (a === null || a === "") return 1;
      if (b === null || b === "") return -1;
      return way * (typeof a === "number" && typeof b === "number" ? a - b : order(String(a), String(b)));
    });
  }

  redraw() {
    if (!this.rows) return;
    for (const element of this.drawn.values()) element.remove();
    this.drawn.clear();
    this.table.setAttribute("aria-rowcount", this.rows.length + 1);
    const of = this.rows.length === this.spec.count() ? "" : ` / ${digits(this.spec.count())}`;
    const note = this.only ? ` · ${t("chosen")}` : "";
    this.count.textContent = this.rows.length ? `${digits(this.rows.length)}${of} ${t("rows")}${note}` : t("none");
    this.draw();
  }

  soon() {
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = null;
      this.draw();
    });
  }

  /** Draw the rows in sight, and drop those that no longer are. */
  draw() {
    if (!this.root.isConnected || this.printing) return;
    const height = parseFloat(getComputedStyle(this.scroll).getPropertyValue("--row"));
    const whole = this.rows.length * height;
    const shrink = whole > TALLEST ? whole / TALLEST : 1;
    this.body.style.height = `${whole / shrink}px`;
    const top = this.scroll.scrollTop * shrink;
    const first = Math.max(0, Math.floor(top / height) - MARGIN);
    const last = Math.min(this.rows.length, Math.ceil((top + this.scroll.clientHeight) / height) + MARGIN);
    for (const [position, element] of this.drawn) {
      if (position < first || position >= last) {
        element.remove();
        this.drawn.delete(position);
      }
    }
    if (this.active < first || this.active >= last) this.active = Math.min(first + MARGIN, last - 1);
    for (let position = first; position < last; position++) {
      if (!this.drawn.has(position)) this.drawn.set(position, this.body.appendChild(this.row(position)));
      const element = this.drawn.get(position);
      element.style.top = `${position * height - top + this.scroll.scrollTop}px`;
      const main = element.querySelector(".open");
      if (main) main.tabIndex = position === this.active ? 0 : -1;
    }
  }

  row(position) {
    const row = this.rows[position];
    const cells = this.spec.columns.map((column) =>
      make("div", { role: "cell", class: `cell ${column.key}` }, make("div", { class: "clip" }, ...[column.cell(row)].flat())),
    );
    const classes = `row${position % 2 ? " odd" : ""}${row === this.current ? " current" : ""}`;
    const element = make("div", { role: "row", class: classes, "aria-rowindex": position + 2 }, ...cells);
    element.addEventListener("click", (event) => {
      const inner = event.target.closest("button, a");
      if (this.spec.open && (!inner || inner.classList.contains("open"))) this.open(position);
    });
    return element;
  }

  open(position) {
    this.active = position;
    this.mark(this.rows[position]);
    this.spec.open(this.rows[position]);
  }

  /** Show a row as the one that is read. */
  mark(row) {
    this.current = row;
    for (const [position, element] of this.drawn) element.classList.toggle("current", this.rows[position] === row);
  }

  onkey(event) {
    const page = Math.max(1, Math.floor(this.scroll.clientHeight / 60));
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined || !event.target.classList.contains("open")) return;
    event.preventDefault();
    this.focus(Math.min(this.rows.length - 1, Math.max(0, this.active + step)));
  }

  /** Bring a row into sight and the keyboard to it. */
  focus(position = this.active) {
    const height = parseFloat(getComputedStyle(this.scroll).getPropertyValue("--row"));
    const shrink = Math.max(1, (this.rows.length * height) / TALLEST);
    const room = this.scroll.clientHeight - this.head.offsetHeight;
    const top = position * height;
    const seen = this.scroll.scrollTop * shrink;
    if (top < seen || top + height > seen + room) this.scroll.scrollTop = Math.max(0, top - room / 2) / shrink;
    this.active = position;
    this.draw();
    this.drawn.get(position)?.querySelector(".open")?.focus({ preventScroll: true });
  }

  /** Draw the first rows, one below the other, for the printer; and take them back. */
  print(begin) {
    this.root.classList.toggle("printing", begin);
    this.printing = begin;
    if (!begin) return this.redraw();
    for (const element of this.drawn.values()) element.remove();
    this.drawn.clear();
    for (let position = 0; position < Math.min(PRINTED, this.rows.length); position++) {
      this.drawn.set(position, this.body.appendChild(this.row(position)));
    }
    if (this.rows.length > PRINTED) this.count.textContent += ` · ${t("printed")}`;
  }
}
