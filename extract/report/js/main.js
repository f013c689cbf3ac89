// The page: its views, where it stands (kept in the address, so that the browser's own way back works), its language.

const VIEWS = ["overview", "records", "articles", "numbers", "checks"];
const main = document.getElementById("main");
const lists = {};
const place = { view: "overview" };

/** The address of a place: `#records/12/records/34` is record 34 of article 12, beside the list of records. */
function address({ view, article, table, row }) {
  const parts = [view, article, table, row].filter((part) => part !== undefined && part !== null);
  return `#${parts.join("/")}`;
}

/** Go to a place; what is left out stays, but an article without a row has none chosen. */
function go({ view = place.view, article, table, row }) {
  const next = address({ view, article, table, row });
  if (location.hash === next) arrive();
  else location.hash = next;
}

/** A list of the page, made when it is first asked for. */
function listOf(name) {
  if (!lists[name]) {
    const openRecord = (row) => go({ article: run.records.get("article", row), table: "records", row });
    const openNumber = (row) => {
      const [article, record] = ["article", "record"].map((column) => run.numbers.get(column, row));
      go(record === null ? { article, table: "numbers", row } : { article, table: "records", row: record });
    };
    const specs = { records: [recordList, openRecord], articles: [articleList, (article) => go({ article })], numbers: [numberList, openNumber], checks: [checkList, (table, row) => (table === "records" ? openRecord(row) : openNumber(row))] };
    const [spec, open] = specs[name];
    lists[name] = new List(spec(open));
    main.append(lists[name].root);
    if (name === "records") drawReviewBar();
  }
  return lists[name];
}

/** Close the article and return to the row that it was opened from. */
function back() {
  go({});
  lists[place.view]?.focus();
}

/** Show what the address says. */
async function arrive() {
  const [view, article, table, row] = location.hash.slice(1).split("/");
  place.view = VIEWS.includes(view) ? view : "overview";
  if (place.view !== "overview") listOf(place.view);
  for (const view of main.children) if (view.matches("section")) view.hidden = view.id !== place.view;
  for (const tab of document.querySelectorAll("nav button")) {
    if (tab.dataset.view === place.view) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
  const number = Number(article);
  if (article === undefined || !(number >= 0 && number < run.articles.count)) reader.close();
  else if (["records", "numbers"].includes(table) && Number(row) < run[table].count) await reader.open(number, { table, row: Number(row) });
  else await reader.open(number);
  lists[place.view]?.draw();
}

/** Show a list with these rows alone, or with all of them for null. */
function showList(name, rows) {
  listOf(name).restrict(rows);
  go({ view: name });
}

function showRecords(rows) {
  showList("records", rows);
}

/** Write what a new judgement changes. */
function refreshReviews() {
  lists.records?.redraw();
  drawReviewBar();
}

function drawReviewBar() {
  if (!lists.records) return;
  const upload = make("input", { type: "file", accept: ".jsonl,.json,.txt", class: "unseen", id: "upload", tabindex: "-1", "aria-hidden": "true" });
  upload.addEventListener("change", async () => {
    try {
      review.read(await upload.files[0].text());
    } catch (fault) {
      window.alert(t("badGold") + fault.message);
    }
  });
  const told = `${t("progress")} ${digits(review.judged.size)} / ${digits(run.records.count)} · ${t("missedCount")} ${review.missed.length}`;
  const drop = review.missed.map((one) =>
    make("li", {}, button(one.quote, () => go({ article: one.article })), " ", `${named(one.table)} ${named(one.measure)}`, " ",
      button(t("remove"), () => { review.missed.splice(review.missed.indexOf(one), 1); review.changed(); }, { "aria-label": `${t("remove")} ${one.quote}` })));
  const added = drop.length ? make("details", {}, make("summary", {}, t("addedList")), make("ul", {}, ...drop)) : null;
  lists.records.extra.replaceChildren(make("div", { class: "reviewbar" }, make("span", {}, told),
    button(t("download"), () => review.download(), { id: "download" }), button(t("upload"), () => upload.click()), upload), ...(added ? [added] : []));
}

/** Write the page in the other language. */
function speak(next) {
  language = next;
  document.documentElement.lang = next === "zh" ? "zh-CN" : "en";
  document.title = t("title");
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = t(element.dataset.t);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", t(element.dataset.label));
  const other = document.getElementById("language");
  other.textContent = t("language");
  other.lang = next === "zh" ? "en" : "zh-CN";
  document.getElementById("views").replaceChildren(...VIEWS.map((view) => button(t(view), () => go({ view }), { "data-view": view })));
  for (const list of Object.values(lists)) list.speak();
  drawReviewBar();
  drawOverview(document.getElementById("overview"));
}

async function begin() {
  const loading = document.getElementById("loading");
  if (!window.DecompressionStream) {
    loading.textContent = `${WORDS.zh.missing} ${WORDS.en.missing}`;
    return;
  }
  await load();
  review.restore();
  main.append(make("section", { id: "overview", class: "overview" }));
  main.append(suggestions("measures", run.records.words("measure")), suggestions("units", run.records.words("unit")));
  loading.remove();
  speak("zh");
  await arrive();
  document.body.dataset.ready = "";
  setTimeout(() => run.texts, 200);
}

function suggestions(id, words) {
  return make("datalist", { id }, ...words.map((value) => make("option", { value })));
}

document.getElementById("language").addEventListener("click", async () => {
  speak(language === "zh" ? "en" : "zh");
  const { article, chosen } = reader;
  if (article !== null) {
    await reader.draw();
    if (chosen) reader.choose(chosen.table, chosen.row);
  }
  arrive();
});
document.getElementById("print").addEventListener("click", () => window.print());
window.addEventListener("hashchange", arrive);
window.addEventListener("beforeprint", () => lists[place.view]?.print(true));
window.addEventListener("afterprint", () => lists[place.view]?.print(false));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && reader.article !== null) back();
});
begin();
