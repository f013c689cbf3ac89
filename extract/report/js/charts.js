// The overview: counts, charts and pictures of coverage. Every figure leads to the rows or to the text behind it.

const SHOWN_PLACES = 15;
const BANDS = [0, 0, 0.05, 0.1, 0.2, 0.5]; // the first is none at all, the second the least above none

/** The whole overview. */
function drawOverview(root) {
  const classes = byClass();
  root.replaceChildren(make("h2", {}, t("overview")), tiles(classes), classChart(classes), coverPicture(),
    placeChart("stations", "t-stations"), placeChart("certified", "t-workers"), fundsChart(), openByYear(), whereChart());
  if (run.rejected.length) root.append(rejectedTable());
}

function panel(title, note, ...content) {
  const id = `panel-${title}`;
  return make("section", { class: "panel", "aria-labelledby": id }, make("h3", { id }, t(title)), make("p", { class: "note" }, t(note)), ...content);
}

function tiles(classes) {
  const failing = Array.from({ length: run.checks.count }, (_, row) => row).filter((row) => run.checks.get("verdict", row) === "fails");
  const open = classes.get("unexplained") ?? [];
  const share = run.numbers.count ? ` (${((open.length / run.numbers.count) * 100).toFixed(1)}%)` : "";
  const unread = Array.from({ length: run.records.count }, (_, row) => row).filter((row) => !review.verdict(row));
  const all = [
    [run.told.inputs.length, "bulletins", () => showList("articles", null)],
    [run.articles.count, "articlesCount", () => showList("articles", null)],
    [run.records.count, "recordsCount", () => showList("records", null)],
    [run.numbers.count, "numbersCount", () => showList("numbers", null)],
    [open.length, "unexplained", () => showList("numbers", open), share],
    [failing.length, "failing", () => showList("checks", failing)],
    [unread.length, "unread", () => showList("records", unread)],
  ];
  const made = all.map(([count, name, act, more = ""]) =>
    make("li", {}, make("button", { type: "button", onclick: act }, make("strong", {}, digits(count)), ` ${t(name)}${more}`)));
  return make("ul", { class: "tiles" }, ...made);
}

/** The rows of the numbers by class. */
function byClass() {
  const found = new Map(run.numbers.words("class").map((name) => [name, []]));
  for (let row = 0; row < run.numbers.count; row++) found.get(run.numbers.get("class", row)).push(row);
  return found;
}

/** A row of a bar chart: a name, a bar that is a button, and its figure. */
function bar(name, share, words, class_, act) {
  const filled = make("span", { class: `filled ${class_}` });
  filled.style.width = `${Math.max(share * 100, share > 0 ? 0.5 : 0)}%`;
  const label = make("button", { type: "button", class: "bar", onclick: act, "aria-label": `${name}: ${words}` }, make("span", { class: "rail" }, filled), make("span", { class: "words" }, words));
  return make("li", {}, make("span", { class: "name" }, name), label);
}

function classChart(classes) {
  const counts = [...classes].sort(([, one], [, other]) => other.length - one.length);
  const most = Math.max(1, ...counts.map(([, rows]) => rows.length));
  const words = (rows) => `${digits(rows.length)} · ${((rows.length / run.numbers.count) * 100).toFixed(1)}%`;
  const bars = counts.map(([name, rows]) => bar(named(name), rows.length / most, words(rows), `c-${name}`, () => showList("numbers", rows)));
  return panel("classesTitle", "classesNote", make("ul", { class: "bars" }, ...bars));
}

/** A table of buttons; a cell's shade says how much it is of the most. */
function grid(corner, columns, rows, class_) {
  const most = Math.max(1, ...rows.flatMap((row) => row.cells.map((cell) => (cell ? cell.weight : 0))));
  const cell = (one) => {
    if (!one) return make("td");
    const inner = button(one.words, one.act, { class: `cell-button ${class_}`, title: one.told ?? null });
    inner.style.setProperty("--shade", `${Math.round(15 + 70 * (one.weight / most))}%`);
    return make("td", {}, inner);
  };
  const head = make("tr", {}, ...[corner, ...columns].map((name) => make("th", { scope: "col" }, name)));
  const body = rows.map((row) => make("tr", {}, make("th", { scope: "row" }, row.name), ...row.cells.map(cell)));
  return make("div", { class: "wide", tabindex: "0", role: "group", "aria-label": corner }, make("table", { class: "grid" }, make("thead", {}, head), make("tbody", {}, ...body)));
}

/** The figures of places by year, the place with the highest latest figure first. */
function placeChart(name, class_) {
  const points = run.charts[name];
  const years = [...new Set(points.map((point) => point[2]))].sort().reverse();
  const places = new Map();
  for (const [code, place, year, value, row] of points) {
    if (!places.has(code)) places.set(code, { name: place, cells: years.map(() => null), latest: 0, code });
    const held = places.get(code);
    held.name = place;
    held.latest = value;
    held.cells[years.indexOf(year)] = {
      words: digits(value), weight: Math.sqrt(value), told: describe(row), act: () => go({ view: "records", article: run.records.get("article", row), table: "records", row }),
    };
  }
  const all = [...places.values()].sort((one, other) => other.latest - one.latest);
  const home = make("div");
  const draw = (whole) => {
    home.replaceChildren(grid(t("place"), years.map(String), whole ? all : all.slice(0, SHOWN_PLACES), class_));
    if (all.length > SHOWN_PLACES) home.append(button(`${t(whole ? "showLess" : "showAll")} (${all.length})`, () => draw(!whole), { class: "more" }));
  };
  draw(false);
  return panel(`${name}Title`, "placesNote", points.length ? home : make("p", {}, t("none")));
}

function money(amount) {
  const [unit, size] = amount >= 1e8 ? ["亿", 1e8] : amount >= 1e4 ? ["万", 1e4] : ["", 1];
  return language === "zh" ? `${amount / size}${unit}` : amount.toLocaleString("en-US", { notation: "compact" });
}

function fundsChart() {
  const { magnitudes, purposes } = run.charts;
  const columns = magnitudes.map((bound, index) => (index ? `${money(magnitudes[index - 1])}–${money(bound)}` : `< ${money(bound)}`));
  columns.push(`≥ ${money(magnitudes.at(-1))}`);
  const count = (rows) => rows.length ? { words: digits(rows.length), weight: Math.sqrt(rows.length), act: () => showList("records", rows) } : null;
  const rows = purposes.map(([measure, per, cells]) => ({ name: [named(measure), per ? namedPer(per) : ""].filter(Boolean).join(" · "), cells: cells.map(count) }));
  return panel("fundsTitle", "fundsNote", rows.length ? grid(t("purpose"), columns, rows, "t-funds") : make("p", {}, t("none")));
}

/** Records by province and year. */
function whereChart() {
  const cells = new Map();
  const years = new Set();
  for (let row = 0; row < run.records.count; row++) {
    const [province, year] = [provinceOf(row) ?? "", yearOf(row) ?? ""];
    years.add(year);
    const key = `${province}/${year}`;
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(row);
  }
  const columns = [...years].sort().reverse();
  const provinces = [...Object.keys(run.provinces), ""];
  const count = (rows) => rows ? { words: digits(rows.length), weight: Math.sqrt(rows.length), act: () => showList("records", rows) } : null;
  const rows = provinces.map((code) => ({ name: run.provinces[code] ?? t("unknown"), cells: columns.map((year) => count(cells.get(`${code}/${year}`))) }));
  return panel("whereTitle", "whereNote", grid(t("province"), columns.map((year) => year || t("unknown")), rows.filter((row) => row.cells.some(Boolean)), "t-rates"));
}

/** The share of unexplained numbers by the year of the article. */
function openByYear() {
  const years = new Map();
  const open = run.numbers.test("class", (word) => word === "unexplained");
  for (let row = 0; row < run.numbers.count; row++) {
    const year = run.articles.get("published", run.numbers.get("article", row))?.slice(0, 4) ?? t("unknown");
    if (!years.has(year)) years.set(year, { all: 0, rows: [] });
    years.get(year).all++;
    if (open(row)) years.get(year).rows.push(row);
  }
  const shares = [...years].sort(([one], [other]) => order(one, other));
  const most = Math.max(...shares.map(([, { all, rows }]) => rows.length / all), 0.01);
  const bars = shares.map(([year, { all, rows }]) =>
    bar(year, rows.length / all / most, `${((rows.length / all) * 100).toFixed(1)}% (${rows.length} / ${all})`, "c-unexplained", () => showList("numbers", rows)));
  return panel("unexplainedYear", "yearNote", make("ul", { class: "bars" }, ...bars));
}

/** Every article as a square, and the same as bars for who cannot see it. */
function coverPicture() {
  const count = run.articles.count;
  const side = count > 2000 ? 8 : count > 400 ? 12 : 18;
  const canvas = make("canvas", { class: "cover", role: "img", "aria-label": t("coverTitle") });
  let across = 1;
  const draw = () => {
    across = Math.max(1, Math.floor((canvas.parentElement?.clientWidth || 320) / side));
    canvas.width = across * side;
    canvas.height = Math.ceil(count / across) * side;
    const pen = canvas.getContext("2d");
    for (let row = 0; row < count; row++) {
      const share = openShare(row);
      pen.fillStyle = share === null ? "#d5d5d5" : share === 0 ? "#e3f1e4" : `hsl(8 75% ${Math.round(85 - 50 * Math.min(1, share * 2))}%)`;
      pen.fillRect((row % across) * side, Math.floor(row / across) * side, side - 1, side - 1);
    }
  };
  const under = (event) => Math.floor(event.offsetY / side) * across + Math.floor(event.offsetX / side);
  canvas.addEventListener("click", (event) => under(event) < count && go({ view: "articles", article: under(event) }));
  canvas.addEventListener("mousemove", (event) => (canvas.title = under(event) < count ? run.articles.get("title", under(event)) : ""));
  const picture = make("div", { class: "picture" }, canvas);
  new ResizeObserver(draw).observe(picture);
  return panel("coverTitle", "coverNote", picture, make("h4", {}, t("coverBands")), coverBands());
}

function coverBands() {
  const bands = BANDS.map(() => []);
  const empty = [];
  for (let row = 0; row < run.articles.count; row++) {
    const share = openShare(row);
    if (share === null) empty.push(row);
    else bands[share === 0 ? 0 : BANDS.findLastIndex((least) => share >= least)].push(row);
  }
  const percent = (share) => `${Math.round(share * 100)}%`;
  const names = BANDS.map((least, index) => (index === 0 ? "0%" : index === 1 ? `< ${percent(BANDS[2])}` : `${percent(least)}–${percent(BANDS[index + 1] ?? 1)}`));
  const most = Math.max(1, empty.length, ...bands.map((rows) => rows.length));
  const show = (rows) => () => showList("articles", rows);
  const bars = bands.map((rows, index) => bar(names[index], rows.length / most, digits(rows.length), index ? "c-unexplained" : "made", show(rows)));
  return make("ul", { class: "bars" }, ...bars, bar(t("noNumbers"), empty.length / most, digits(empty.length), "", show(empty)));
}

function rejectedTable() {
  const head = make("tr", {}, ...["file", "reason", "remedy"].map((name) => make("th", { scope: "col" }, t(name))));
  const rows = run.rejected.map((row) => make("tr", {}, ...["file", "reason", "remedy"].map((name) => make("td", {}, row[name]))));
  const table = make("table", { class: "grid plain" }, make("thead", {}, head), make("tbody", {}, ...rows));
  const id = "panel-rejected";
  return make("section", { class: "panel", "aria-labelledby": id }, make("h3", { id }, t("rejected")), make("div", { class: "wide", tabindex: "0", role: "group", "aria-label": t("rejected") }, table));
}
