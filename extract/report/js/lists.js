// The lists of the page: what their columns hold, and what they filter by.

/** A test of rows by words in their sentence, in some columns, or in the title of their article. */
function finder(table, columns) {
  return (words) => {
    const wanted = words.toLowerCase();
    const has = (text) => typeof text === "string" && text.toLowerCase().includes(wanted);
    const inSentence = run.sentences.map(has);
    const titles = Array.from({ length: run.articles.count }, (_, row) => has(run.articles.get("title", row)));
    const tests = columns.map((name) => table.test(name, has));
    return (row) =>
      inSentence[table.get("sentence", row)] || titles[table.get("article", row)] || tests.some((test) => test(row));
  };
}

/** A filter by the values of a column. */
function byColumn(table, key, name = key) {
  return {
    key,
    options: () => table.words(name).map((word) => [word, named(word)]),
    test: (value) => table.test(name, (word) => word === value),
  };
}

/** The button of a row that opens its article. */
function opener(words, class_ = "") {
  return button(words, null, { class: `open ${class_}`.trim(), tabindex: "-1" });
}

function chip(words, class_) {
  return make("span", { class: `chip ${class_}` }, words);
}

/** The colour class of a table of records. */
function tint(table) {
  return ["stations", "workers", "funds", "services", "rates"].includes(table) ? `t-${table}` : "t-other";
}

function recordCells(open) {
  const records = run.records;
  const get = (name) => (row) => records.get(name, row);
  const articleTitle = (row) => run.articles.get("title", records.get("article", row));
  return [
    {
      key: "measure",
      cell: (row) => [chip(named(get("table")(row)), tint(get("table")(row))), " ", named(get("measure")(row))],
      by: (row) => `${named(get("table")(row))} ${named(get("measure")(row))}`,
    },
    { key: "figure", cell: (row) => opener(figure(records, row) || get("quote")(row)), by: (row) => get("value")(row) ?? get("low")(row) },
    { key: "sentence", cell: (row) => marked(records, row), by: articleTitle },
    { key: "scope", cell: scope, by: scope },
    { key: "place", cell: (row) => get("place")(row) ?? "", by: get("place_code") },
    { key: "period", cell: period, by: (row) => get("period_end")(row) ?? get("period_start")(row) },
    { key: "state", cell: (row) => stateOf(row), by: (row) => (checked(row) ?? "~") + review.verdict(row) },
  ];
}

/** A record's checks and its review, as chips. */
function stateOf(row) {
  const verdict = checked(row);
  const marks = verdict ? [chip(named(verdict), verdict)] : [];
  const reviewed = review.verdict(row);
  return reviewed ? [...marks, chip(t(reviewed), reviewed)] : marks;
}

function recordFilters() {
  const { records } = run;
  const years = () => [...new Set(Array.from({ length: records.count }, (_, row) => yearOf(row)))].filter(Boolean).sort();
  return [
    byColumn(records, "table"),
    byColumn(records, "measure"),
    byColumn(records, "status"),
    byColumn(records, "nature"),
    {
      key: "province",
      options: () => Object.entries(run.provinces),
      test: (code) => records.test("place_code", (word) => word?.startsWith(code)),
    },
    { key: "year", options: () => years().map((year) => [year, year]), test: (year) => (row) => yearOf(row) === year },
    {
      key: "checks",
      options: () => [["fails", t("failedOnly")], ["holds", t("holdsOnly")], ["none", t("noCheck")]],
      test: (value) => (row) => (checked(row) ?? "none") === value,
    },
    {
      key: "reviewed",
      options: () => ["unreviewed", "right", "wrong", "corrected"].map((value) => [value, t(value)]),
      test: (value) => (row) => (review.verdict(row) || "unreviewed") === value,
    },
  ];
}

function recordList(open) {
  return {
    id: "records",
    count: () => run.records.count,
    columns: recordCells(),
    filters: recordFilters(),
    find: finder(run.records, ["quote", "place", "place_code", "programme", "group", "rule", "record_id"]),
    open,
  };
}

function numberList(open) {
  const { numbers } = run;
  const get = (name) => (row) => numbers.get(name, row);
  return {
    id: "numbers",
    count: () => numbers.count,
    columns: [
      { key: "class", cell: (row) => chip(named(get("class")(row)), `c-${get("class")(row)}`), by: (row) => named(get("class")(row)) },
      { key: "figure", cell: (row) => opener(get("quote")(row)), by: (row) => get("value")(row) ?? get("low")(row) },
      { key: "sentence", cell: (row) => marked(numbers, row), by: (row) => get("sentence")(row) },
      { key: "value", cell: (row) => figure(numbers, row), by: get("value") },
      { key: "article", cell: (row) => run.articles.get("title", get("article")(row)), by: (row) => get("article")(row) },
    ],
    filters: [byColumn(numbers, "class"), byColumn(numbers, "unit")],
    find: finder(numbers, ["quote", "unit"]),
    open,
  };
}

function articleList(open) {
  const { articles } = run;
  const get = (name) => (row) => articles.get(name, row);
  const count = (row) => run.records.ofArticle.get(row)?.length ?? 0;
  const has = (words) => (text) => typeof text === "string" && text.toLowerCase().includes(words);
  const year = (row) => get("published")(row)?.slice(0, 4) ?? null;
  const years = () => articles.words("published").map((day) => day.slice(0, 4));
  return {
    id: "articles",
    count: () => articles.count,
    columns: [
      { key: "article", cell: (row) => [opener(get("title")(row)), make("small", {}, get("file")(row))], by: get("title") },
      { key: "source", cell: (row) => get("source")(row) ?? "", by: get("source") },
      { key: "published", cell: (row) => get("published")(row) ?? "", by: get("published") },
      { key: "place", cell: (row) => get("place")(row) ?? "", by: get("place_code") },
      { key: "counts", cell: (row) => `${count(row)} · ${run.unexplained[row]}`, by: count },
      { key: "coverage", cell: (row) => shareBar(row), by: openShare },
    ],
    filters: [
      {
        key: "province",
        options: () => Object.entries(run.provinces),
        test: (code) => articles.test("place_code", (word) => word?.startsWith(code)),
      },
      { key: "year", options: () => [...new Set(years())].map((one) => [one, one]), test: (value) => (row) => year(row) === value },
    ],
    find: (words) => {
      const tests = ["title", "source", "place", "file"].map((name) => articles.test(name, has(words.toLowerCase())));
      return (row) => tests.some((test) => test(row));
    },
    open,
  };
}

/** A bar of an article's numbers: explained, and in red those that are not. */
function shareBar(row) {
  const share = openShare(row);
  if (share === null) return t("noNumbers");
  const bar = make("progress", { max: "1", "aria-label": t("unexplained") });
  bar.value = share;
  return [bar, ` ${(share * 100).toFixed(0)}%`];
}

function checkList(open) {
  const { checks } = run;
  const get = (name) => (row) => checks.get(name, row);
  const term = ([table, row]) => [button(run[table].get("quote", row), () => open(table, row), { class: "term" }), " "];
  const percent = (row) => (get("chance")(row) === null ? "" : `${digits(Number((get("chance")(row) * 100).toPrecision(2)))}%`);
  const sentences = (row) => get("terms")(row).map(([table, index]) => run.sentences[run[table].get("sentence", index)]);
  const columns = [
    { key: "verdict", cell: (row) => chip(named(get("verdict")(row)), get("verdict")(row)), by: (row) => named(get("verdict")(row)) },
    { key: "kind", cell: (row) => named(get("kind")(row)), by: get("kind") },
    { key: "equation", cell: (row) => [opener(get("text")(row)), ...["chosen", "mend"].map((name) => (get(name)(row) ? ` ${get(name)(row)}` : ""))], by: get("stated") },
    { key: "terms", cell: (row) => get("terms")(row).flatMap(term) },
    { key: "chance", cell: percent, by: get("chance") },
    { key: "article", cell: (row) => run.articles.get("title", get("article")(row)) ?? "", by: get("article") },
  ];
  return {
    id: "checks",
    count: () => checks.count,
    columns,
    filters: [byColumn(checks, "verdict"), byColumn(checks, "kind")],
    find: (words) => (row) => get("text")(row).includes(words) || sentences(row).some((sentence) => sentence.includes(words)),
    open: (row) => {
      const [first] = get("terms")(row);
      if (first) open(...first);
    },
  };
}
