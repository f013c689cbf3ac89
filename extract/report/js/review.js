// A person's judgement of the records, and the gold file that `jianbao score` reads.

const CHOICES = {
  bound: ["exact", "about", "nearly", "over", "at_least", "under", "at_most", "range"],
  nature: ["", "stock", "flow", "standard"],
  status: ["actual", "target"],
  grade: ["", "junior", "intermediate", "senior"],
  facility: ["", "station", "room", "centre", "base", "platform", "organisation", "pool"],
  tier: ["", "province", "city", "county", "township", "village"],
  per: ["", "person", "person_month", "person_year", "station", "station_year", "project"],
};
const NUMBERS = ["value", "low", "high"];
const EDITED = ["table", "measure", "value", "low", "high", "bound", "unit", "nature", "status", "grade", "facility", "tier", "per", "programme", "place_code", "period_start", "period_end"];
const NEEDED = ["table", "measure", "bound", "unit", "status"];

const review = {
  judged: new Map(), // record → {verdict, fields}: fields where it is corrected
  missed: [], // {article, start, end, quote, …fields}

  get key() {
    const { rules, inputs } = run.told;
    return `jianbao/${rules?.version}/${inputs?.length}/${run.records.count}/${run.records.get("record_id", 0)}`;
  },

  verdict(row) {
    return this.judged.get(row)?.verdict ?? "";
  },

  addedTo(article) {
    return this.missed.filter((one) => one.article === article);
  },

  /** The fields of a record as it is judged. */
  fields(row) {
    const made = Object.fromEntries(EDITED.map((name) => [name, run.records.get(name, row)]));
    return { ...made, ...this.judged.get(row)?.fields };
  },

  judge(row, verdict, fields = null) {
    if (verdict) this.judged.set(row, { verdict, fields });
    else this.judged.delete(row);
    this.changed();
  },

  changed() {
    try {
      localStorage.setItem(this.key, JSON.stringify({ judged: [...this.judged], missed: this.missed }));
    } catch {
      if (!this.told) say(t("noStore"));
      this.told = true;
    }
    refreshReviews();
  },

  restore() {
    try {
      const held = JSON.parse(localStorage.getItem(this.key) ?? "null");
      if (held) [this.judged, this.missed] = [new Map(held.judged), held.missed];
    } catch {
      this.judged = new Map();
    }
  },

  /** The buttons that judge a record. */
  controls(row) {
    const area = make("fieldset", { class: "review" }, make("legend", {}, t("review")));
    const form = make("div");
    const press = (verdict) => () => {
      if (verdict === "corrected") return this.correct(row, form);
      this.judge(row, this.verdict(row) === verdict ? "" : verdict);
      reader.tell();
    };
    for (const verdict of ["right", "wrong", "corrected"]) {
      const pressed = String(this.verdict(row) === verdict);
      area.append(button(t(verdict), press(verdict), { "aria-pressed": pressed, class: verdict }));
    }
    area.append(form);
    return area;
  },

  correct(row, place) {
    this.form(place, this.fields(row), (fields) => {
      this.judge(row, "corrected", fields);
      reader.tell();
    });
  },

  /** Ask for the fields of a record that the program missed. */
  add(article, found, place) {
    const home = make("div", { class: "review" }, make("h3", {}, `${t("added")} ${found.quote}`));
    place.prepend(home);
    const table = found.unit === "CNY" ? "funds" : found.unit === "percent" ? "rates" : found.unit === "person" ? "workers" : "stations";
    const guess = { table, bound: "exact", status: "actual", ...found };
    this.form(home, guess, (fields) => {
      const { start, end, quote } = found;
      this.missed.push({ article, start, end, quote, ...fields });
      this.changed();
      reader.draw();
    }, () => home.remove());
  },

  /** Write a form for a record's fields into an element; `done` gets them as they were written. */
  form(place, fields, done, dropped = () => place.replaceChildren()) {
    const inputs = EDITED.map((name) => [name, this.input(name, fields[name])]);
    const fault = make("p", { class: "fault", role: "alert" });
    const save = (event) => {
      event.preventDefault();
      const written = this.written(inputs, fault);
      if (written) done(written);
    };
    const labels = inputs.map(([name, input]) => make("label", {}, namedField(name), input));
    const buttons = make("p", {}, make("button", { type: "submit" }, t("save")), button(t("cancel"), dropped));
    const form = make("form", { class: "fields", onsubmit: save, novalidate: true }, ...labels, fault, buttons);
    place.querySelector("form")?.remove();
    place.append(form);
    inputs[0][1].focus();
  },

  input(name, value) {
    const choices = name === "table" ? run.records.words("table") : CHOICES[name];
    if (!choices) {
      const type = name.startsWith("period") ? "date" : "text";
      const list = { measure: "measures", unit: "units" }[name];
      return make("input", { name, type, value: value ?? "", list, inputmode: NUMBERS.includes(name) ? "decimal" : null });
    }
    const select = make("select", { name }, ...choices.map((one) => make("option", { value: one }, one ? named(one) || one : "–")));
    select.value = value ?? "";
    return select;
  },

  written(inputs, fault) {
    const fields = Object.fromEntries(inputs.map(([name, input]) => [name, input.value.trim() || null]));
    const faulty = inputs.filter(([name]) => NUMBERS.includes(name) && fields[name] !== null && !isFinite(fields[name]));
    for (const name of NUMBERS) if (fields[name] !== null) fields[name] = Number(fields[name]);
    const absent = NEEDED.filter((name) => fields[name] === null);
    if (fields.bound !== "range" && fields.value === null) absent.push("value");
    fault.textContent = faulty.length ? t("mustNumber") : absent.length ? t("invalid") + absent.map(namedField).join(", ") : "";
    return fault.textContent ? null : fields;
  },

  /** The gold: records that are right or corrected, those that were missed, and, as optional, those not looked at. */
  gold() {
    const lines = [];
    for (let row = 0; row < run.records.count; row++) {
      const verdict = this.verdict(row);
      const get = (name) => run.records.get(name, row);
      const place = { article: get("article"), start: get("start"), end: get("end"), quote: get("quote") };
      const more = { record_id: get("record_id"), review: verdict || null, period_text: get("period_text") };
      if (verdict !== "wrong") lines.push(goldLine({ ...this.fields(row), ...place, ...more }, !verdict));
    }
    return [...lines, ...this.missed.map((one) => goldLine({ ...one, review: "added" }, false))];
  },

  download() {
    const content = this.gold().map((line) => `${JSON.stringify(line)}\n`).join("");
    const url = URL.createObjectURL(new Blob([content], { type: "application/jsonl" }));
    make("a", { href: url, download: "gold.jsonl" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
    say(t("scoreHint"));
  },

  /** Take up a gold file that this page saved: records that it lacks were wrong. */
  read(content) {
    const lines = content.split("\n").filter((line) => line.trim()).map((line) => JSON.parse(line));
    const byId = new Map(lines.filter((line) => line.record_id).map((line) => [line.record_id, line]));
    if (!byId.size && !lines.some((line) => line.review === "added")) throw new Error(t("gold"));
    const articles = new Map(Array.from({ length: run.articles.count }, (_, row) => [run.articles.get("article_id", row), row]));
    this.judged.clear();
    for (let row = 0; row < run.records.count; row++) {
      const line = byId.get(run.records.get("record_id", row));
      if (!line) this.judged.set(row, { verdict: "wrong", fields: null });
      else if (line.review) this.judged.set(row, { verdict: line.review, fields: line.review === "corrected" ? fieldsOf(line) : null });
    }
    const added = lines.filter((line) => line.review === "added" && articles.has(line.article));
    this.missed = added.map((line) => ({ article: articles.get(line.article), start: line.start, end: line.end, quote: line.number, ...fieldsOf(line) }));
    this.changed();
    say(t("loaded"));
  },
};

/** One line of a gold file. */
function goldLine(fields, optional) {
  const get = (name) => fields[name] ?? null;
  const ends = get("bound") === "range" ? { low: get("low"), high: get("high") } : { low: null, high: null };
  const names = ["bound", "unit", "nature", "status", "grade", "facility", "tier", "per", "programme"];
  return {
    article: run.articles.get("article_id", fields.article),
    file: run.articles.get("file", fields.article),
    start: fields.start, end: fields.end, number: fields.quote, table: fields.table, measure: fields.measure,
    value: get("bound") === "range" ? null : get("value"), ...ends,
    ...Object.fromEntries(names.map((name) => [name, get(name)])),
    place: get("place_code"),
    period: { text: get("period_text"), start: get("period_start"), end: get("period_end") },
    optional, review: get("review"), record_id: get("record_id"),
  };
}

/** The fields of a gold line as the page keeps them. */
function fieldsOf({ place, period: { start, end }, ...line }) {
  const fields = { ...line, place_code: place, period_start: start, period_end: end };
  return Object.fromEntries(EDITED.map((name) => [name, fields[name] ?? null]));
}
