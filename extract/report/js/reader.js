// One article: its text with every number marked, and what the chosen mark says.

const reader = {
  root: document.getElementById("reader"),
  article: null,
  chosen: null, // {table: "records" | "numbers", row}
  marks: new Map(), // by table and row: the elements that show a mark

  /** Show an article, and in it a record or number, if one is given; false when it was shown already. */
  async open(article, chosen = null) {
    if (this.article !== article || this.root.hidden) {
      this.article = article;
      this.chosen = null;
      this.missed = null;
      this.root.hidden = false;
      document.body.classList.add("reading");
      await this.draw();
    }
    if (chosen) this.choose(chosen.table, chosen.row);
    else this.root.querySelector("h2").focus();
  },

  close() {
    this.root.hidden = true;
    this.article = null;
    document.body.classList.remove("reading");
  },

  async draw() {
    const { articles } = run;
    const row = this.article;
    const get = (name) => articles.get(name, row);
    const text = (await run.texts)[row];
    if (this.article !== row) return;
    const where = [get("source"), get("published"), [get("place"), get("place_code")].filter(Boolean).join(" "), get("file")];
    this.marks.clear();
    this.body = make("div", { class: "text", lang: "zh-CN" });
    this.detail = make("section", { class: "detail", "aria-label": t("detail") }, make("p", {}, t("hint")));
    this.strip = make("div", { class: "strip", "aria-hidden": "true" });
    const count = run.records.ofArticle.get(row)?.length ?? 0;
    const tools = make("p", { class: "tools" },
      button(t("back"), () => back(), { class: "back" }),
      button(`${t("records_of")} (${count})`, () => showRecords(run.records.ofArticle.get(row) ?? [])),
      (this.adder = button(t("addMissed"), () => this.addSelected(), { disabled: true })));
    this.root.replaceChildren(tools, make("h2", { tabindex: "-1" }, get("title")), make("p", { class: "where" }, where.filter(Boolean).join(" · ")));
    this.root.append(this.strip);
    if (text === null) this.paintSentences();
    else this.paintText(text);
    this.root.append(this.body, this.detail);
  },

  /** The marks of the article: its records, and its numbers that made none. */
  ofArticle() {
    const records = (run.records.ofArticle.get(this.article) ?? []).map((row) => ({ table: "records", row }));
    const others = (run.numbers.ofArticle.get(this.article) ?? []).filter((row) => run.numbers.get("class", row) !== "record");
    const added = review.addedTo(this.article).map((row) => ({ table: "added", row }));
    return [...added, ...records, ...others.map((row) => ({ table: "numbers", row }))];
  },

  paintText(text) {
    this.source = text;
    this.points = pointsOf(text);
    const first = run.articles.get("start", this.article);
    const at = (offset) => (this.points ? this.points[offset - first] : offset - first);
    const marks = this.ofArticle().map((mark) => {
      const [start, end] = mark.table === "added" ? [mark.row.start, mark.row.end] : ["start", "end"].map((name) => run[mark.table].get(name, mark.row));
      return { ...mark, from: at(start), to: at(end) };
    });
    this.paint(this.body, text, marks);
    this.drawStrip(text.length, marks);
  },

  paintSentences() {
    this.source = null;
    const sentences = new Map();
    for (const mark of this.ofArticle().filter((one) => one.table !== "added")) {
      const get = (name) => run[mark.table].get(name, mark.row);
      if (!sentences.has(get("sentence"))) sentences.set(get("sentence"), { start: get("start"), marks: [] });
      const held = sentences.get(get("sentence"));
      held.start = Math.min(held.start, get("start"));
      if (get("at") >= 0) held.marks.push({ ...mark, from: get("at"), to: get("at") + get("length") });
    }
    this.body.append(make("p", { class: "note", lang: document.documentElement.lang }, t("noText")));
    for (const [sentence, { marks }] of [...sentences].sort(([, one], [, other]) => one.start - other.start)) {
      const paragraph = make("p");
      this.paint(paragraph, run.sentences[sentence], marks);
      this.body.append(paragraph);
    }
  },

  /** Write a text into an element, cut wherever a mark begins or ends. */
  paint(element, text, marks) {
    marks.sort((one, other) => one.from - other.from || other.to - one.to);
    const inside = (edge) => edge > 0 && edge < text.length;
    const cuts = [...new Set([0, text.length, ...marks.flatMap((mark) => [mark.from, mark.to]).filter(inside)])];
    cuts.sort((one, other) => one - other);
    let open = [];
    let next = 0;
    for (let i = 0; i + 1 < cuts.length; i++) {
      const [from, to] = [cuts[i], cuts[i + 1]];
      while (next < marks.length && marks[next].from <= from) open.push(marks[next++]);
      open = open.filter((mark) => mark.to > from);
      element.append(open.length ? this.mark(text.slice(from, to), open) : text.slice(from, to));
    }
  },

  mark(words, marks) {
    const [{ table, row }] = marks;
    const class_ = table === "numbers" ? `c-${run.numbers.get("class", row)}` : table === "added" ? "added" : tint(run.records.get("table", row));
    const choose = () => (table === "added" ? null : go({ article: this.article, table, row }));
    const told = table === "added" ? t("added") : table === "numbers" ? named(run.numbers.get("class", row)) : describe(row);
    const element = make("span", { class: `mark ${class_}`, role: "button", tabindex: "0", title: told, onclick: choose }, words);
    element.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        choose();
      }
    });
    for (const mark of marks) {
      const key = `${mark.table}/${mark.table === "added" ? "" : mark.row}`;
      if (!this.marks.has(key)) this.marks.set(key, []);
      this.marks.get(key).push(element);
    }
    return element;
  },

  /** A picture of where the article's numbers lie. */
  drawStrip(length, marks) {
    const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    drawing.setAttribute("viewBox", `0 0 ${Math.max(1, length)} 1`);
    drawing.setAttribute("preserveAspectRatio", "none");
    for (const mark of marks) {
      const line = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      const class_ = mark.table === "numbers" ? `c-${run.numbers.get("class", mark.row)}` : "made";
      for (const [name, value] of Object.entries({ x: mark.from, y: 0, width: Math.max(mark.to - mark.from, length / 300), height: 1, class: class_ })) {
        line.setAttribute(name, value);
      }
      drawing.append(line);
    }
    this.strip.replaceChildren(drawing);
  },

  /** Choose a mark: bring it into sight and say what it holds. */
  choose(table, row) {
    this.chosen = { table, row };
    for (const element of this.root.querySelectorAll(".mark.chosen")) element.classList.remove("chosen");
    const elements = this.marks.get(`${table}/${row}`) ?? [];
    for (const element of elements) element.classList.add("chosen");
    this.tell();
    if (elements.length) {
      elements[0].scrollIntoView({ block: "center" });
      elements[0].focus({ preventScroll: true });
    }
  },

  /** Write the fields of what is chosen. */
  tell() {
    if (!this.chosen) return;
    const { table, row } = this.chosen;
    const hidden = new Set(["at", "length", "sentence", "article", "record"]);
    const fields = run[table].names.filter((name) => !hidden.has(name)).flatMap((name) => {
      const value = run[table].get(name, row);
      const words = Array.isArray(value) ? value.join("; ") : value;
      return words === null || words === "" ? [] : [make("dt", {}, namedField(name)), make("dd", {}, typeof words === "string" ? named(words) || words : digits(words))];
    });
    const heading = table === "records" ? describe(row) : `${named(run.numbers.get("class", row))} ${figure(run.numbers, row)}`;
    this.detail.replaceChildren(make("h3", {}, heading));
    if (table === "records") this.detail.append(review.controls(row));
    else this.detail.append(button(t("addNumber"), () => review.add(this.article, this.ofNumber(row), this.detail)));
    this.detail.append(make("dl", {}, ...fields));
  },

  ofNumber(row) {
    const get = (name) => run.numbers.get(name, row);
    const fields = Object.fromEntries(["start", "end", "quote", "value", "low", "high", "bound", "unit"].map((name) => [name, get(name)]));
    return fields;
  },

  /** The selected words of the text, as code points of the file; null where none are selected. */
  selected() {
    const selection = document.getSelection();
    if (!this.source || !selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!this.body.contains(range.startContainer) || !this.body.contains(range.endContainer)) return null;
    const before = document.createRange();
    before.setStart(this.body, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const from = before.toString().length;
    const to = from + range.toString().length;
    const first = run.articles.get("start", this.article);
    const count = (units) => (this.points ? this.points.indexOf(units) : units);
    return { start: first + count(from), end: first + count(to), quote: this.source.slice(from, to) };
  },

  addSelected() {
    if (this.missed) review.add(this.article, { ...this.missed, value: null, bound: "exact", unit: null }, this.detail);
  },
};

document.addEventListener("selectionchange", () => {
  const words = reader.article === null ? null : reader.selected();
  if (words) reader.missed = words;
  if (reader.adder && words) reader.adder.disabled = false;
});

/** A record in a few words. */
function describe(row) {
  const get = (name) => run.records.get(name, row);
  const parts = [`${named(get("table"))} ${named(get("measure"))} ${figure(run.records, row)}`, scope(row), get("place"), period(row)];
  return parts.filter(Boolean).join(" · ");
}

/** For a text with characters beyond 16 bits: the index in units of each code point, with the end; else null. */
function pointsOf(text) {
  if (!/[\u{10000}-\u{10ffff}]/u.test(text)) return null;
  const points = [];
  for (let unit = 0; unit < text.length; unit += text.codePointAt(unit) > 0xffff ? 2 : 1) points.push(unit);
  return [...points, text.length];
}
