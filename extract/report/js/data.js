// The run's data: tables of columns, and what is worked out from a row.

/** The content of a bundle of the page, which may stand behind the script. */
async function unpack(id) {
  if (!document.getElementById(id)) await new Promise((parsed) => document.addEventListener("DOMContentLoaded", parsed));
  const letters = document.getElementById(id).textContent;
  const bytes = Uint8Array.fromBase64
    ? Uint8Array.fromBase64(letters)
    : Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
}

/** Rows kept as columns; a column of repeated words is kept as words and codes. */
class Table {
  constructor({ count, columns }) {
    this.count = count;
    this.columns = columns;
    this.names = Object.keys(columns);
  }

  get(name, row) {
    const column = this.columns[name];
    if (column === undefined) return null;
    return column.codes ? column.words[column.codes[row]] : column[row];
  }

  /** The different values of a column, in order. */
  words(name) {
    const column = this.columns[name];
    if (column === undefined) return [];
    return [...new Set(column.codes ? column.words : column)].filter((word) => word !== null).sort();
  }

  /** A test of rows by one column, which looks at each repeated word once. */
  test(name, wanted) {
    const column = this.columns[name];
    if (column === undefined) return () => false;
    if (!column.codes) return (row) => wanted(column[row]);
    const passes = column.words.map((word) => wanted(word));
    return (row) => passes[column.codes[row]];
  }

  /** The rows of each article. */
  get ofArticle() {
    if (!this.byArticle) {
      this.byArticle = new Map();
      for (let row = 0; row < this.count; row++) {
        const article = this.get("article", row);
        if (!this.byArticle.has(article)) this.byArticle.set(article, []);
        this.byArticle.get(article).push(row);
      }
    }
    return this.byArticle;
  }
}

const run = {
  /** The text of each article or null, as a promise: unpacked when it is first asked for. */
  get texts() {
    return (this.unpacked ??= unpack("texts"));
  },
};

/** Unpack all but the texts. */
async function load() {
  const data = await unpack("data");
  for (const name of ["articles", "records", "numbers", "checks"]) run[name] = new Table(data[name]);
  for (const name of ["rejected", "sentences", "provinces", "charts"]) run[name] = data[name];
  run.told = data.run;
  run.checksOf = checksByRecord();
  run.unexplained = new Uint32Array(run.articles.count);
  run.counted = new Uint32Array(run.articles.count);
  const open = run.numbers.test("class", (word) => word === "unexplained");
  for (let row = 0; row < run.numbers.count; row++) {
    const article = run.numbers.get("article", row);
    run.counted[article]++;
    if (open(row)) run.unexplained[article]++;
  }
}

function checksByRecord() {
  const found = new Map();
  for (let row = 0; row < run.checks.count; row++) {
    for (const [table, term] of run.checks.get("terms", row)) {
      if (table !== "records") continue;
      if (!found.has(term)) found.set(term, []);
      found.get(term).push(row);
    }
  }
  return found;
}

/** Whether a record took part in a check that fails, else in one that holds: `fails`, `holds`, or null. */
function checked(record) {
  const verdicts = (run.checksOf.get(record) ?? []).map((row) => run.checks.get("verdict", row));
  return verdicts.includes("fails") ? "fails" : verdicts.includes("holds") ? "holds" : null;
}

/** The share of an article's numbers that nothing explains, 0 to 1; null where it has none. */
function openShare(article) {
  return run.counted[article] ? run.unexplained[article] / run.counted[article] : null;
}

/** The figure of a row, in words: bound, value or ends, unit, and what it is for one of. */
function figure(table, row) {
  const [value, low, high] = ["value", "low", "high"].map((name) => table.get(name, row));
  if (value === null && low === null && high === null) return "";
  const number = value !== null ? digits(value) : `${low === null ? "" : digits(low)}–${high === null ? "" : digits(high)}`;
  const bound = table.get("bound", row);
  const unit = table.get("unit", row);
  const per = table.get("per", row);
  const words = [bound && !["exact", "range"].includes(bound) ? named(bound) : "", number + (unit ? ` ${named(unit)}` : "")];
  return [...words, per ? namedPer(per) : ""].filter(Boolean).join(" ");
}

/** What a record's figure is of, beyond its measure. */
function scope(row) {
  const get = (name) => run.records.get(name, row);
  const parts = ["grade", "facility", "tier", "group", "programme", "nature"].map(get).filter(Boolean).map(named);
  return [...parts, get("status") === "target" ? named("target") : ""].filter(Boolean).join(" · ");
}

/** A record's period in short. */
function period(row) {
  const [start, end, words] = ["period_start", "period_end", "period_text"].map((name) => run.records.get(name, row));
  if (!start && !end) return words ?? "";
  if (start && end && start.slice(5) === "01-01" && end.slice(5) === "12-31" && start.slice(0, 4) === end.slice(0, 4)) {
    return start.slice(0, 4);
  }
  return start === end ? start : `${start ?? ""}…${end ?? ""}`;
}

/** The year of a record's last day, or of its first; null where neither is known. */
function yearOf(row) {
  const day = run.records.get("period_end", row) ?? run.records.get("period_start", row);
  return day ? day.slice(0, 4) : null;
}

/** The two digits of the province that a record is about, or null. */
function provinceOf(row) {
  return run.records.get("place_code", row)?.slice(0, 2) ?? null;
}

/** A sentence with the quote of a row marked, begun so that the mark is in sight. */
function marked(table, row, before = 24) {
  const sentence = run.sentences[table.get("sentence", row)];
  const at = table.get("at", row);
  if (at < 0) return [sentence];
  const end = at + table.get("length", row);
  const from = at > before + 6 ? at - before : 0;
  return [(from ? "…" : "") + sentence.slice(from, at), make("mark", {}, sentence.slice(at, end)), sentence.slice(end)];
}
