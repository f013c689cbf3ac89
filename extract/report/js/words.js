"use strict";
// The words of the page in both languages. Names of tables, fields and values are those of the data in English.

const WORDS = {
  zh: {
    title: "简报数据", skip: "跳到内容", print: "打印", views: "视图", reader: "文章", language: "English",
    overview: "总览", records: "记录", articles: "文章", numbers: "数字", checks: "核验", rejected: "未读入",
    back: "返回列表", close: "关闭", search: "查找", all: "全部", clear: "清除条件", sort: "排序", rows: "行", of: "共",
    searchHint: "原句、地名、项目、标题……", chosen: "图中所选", none: "没有符合条件的行。",
    measure: "指标", figure: "数值", sentence: "原句", scope: "口径", place: "地区", period: "时间", state: "核验与校对",
    table: "表", status: "状态", nature: "性质", province: "省份", year: "年份", article: "文章", verdict: "结论",
    class: "类别", value: "值", unit: "单位", reviewed: "校对", records_of: "本文记录", source: "来源",
    published: "日期", counts: "记录与未解释", coverage: "覆盖", kind: "种类",
    terms: "有关的数", equation: "算式", file: "文件", reason: "原因", remedy: "办法", hasText: "原文", chance: "偶合",
    bulletins: "份简报", articlesCount: "篇文章", recordsCount: "条记录", numbersCount: "个数字",
    unexplained: "未解释", failing: "处核验不符", setAside: "份未读入", unread: "尚未校对",
    classesTitle: "每个数字的去向", classesNote: "点一类，看它的每个数字和原句。",
    stationsTitle: "社工站：各地各年", certifiedTitle: "持证社工：各地各年",
    placesNote: "每格是原文中的一个数：该地该年最大的总数（不是相加所得）。点数字看原文。没有地区或年份的数不在图中。",
    fundsTitle: "资金：用途与金额", fundsNote: "每格是记录的条数，按单笔金额（元）分列。点数字看这些记录。", purpose: "用途",
    whereTitle: "覆盖：省份与年份", whereNote: "每格是记录的条数。点数字看这些记录。", unknown: "未知",
    coverTitle: "覆盖：每篇文章", coverNote: "每个小格是一篇文章，颜色越深，未解释的数字占比越高；灰格没有数字。点小格看文章。",
    coverBands: "文章篇数，按未解释数字的占比", noNumbers: "没有数字", showAll: "全部列出", showLess: "收起",
    total: "合计", more: "以上", less: "以下", noText: "未找到这篇的原文，下面只有含数字的句子。",
    detail: "此数的各项", hint: "点文中的标记，看它的各项。选中文字，可补一条遗漏的记录。",
    right: "对", wrong: "错", corrected: "改正", unreviewed: "未校对", added: "补录", save: "保存", cancel: "取消",
    remove: "删除", review: "校对", addMissed: "把选中的文字补为记录", addNumber: "把这个数补为记录",
    download: "保存金标准文件", upload: "读入金标准文件", progress: "已校对", missedCount: "补录",
    scoreHint: "保存后运行：jianbao score OUT/records.jsonl gold.jsonl", badGold: "这个文件读不了：",
    noStore: "浏览器不许本页记住校对结果，请在关闭前保存文件。", loaded: "已读入", printed: "只打印前 1000 行。",
    missing: "本浏览器不能解压数据，请用 2023 年以后的版本。", failedOnly: "不符", holdsOnly: "成立", anyCheck: "有核验",
    noCheck: "无核验", mustNumber: "数值要写成数字", invalid: "请填：", unexplainedYear: "未解释的占比，按文章年份", yearNote: "点一年，看那一年未解释的数字和原句。",
    gold: "金标准", addedList: "补录的记录", yuan: "元", tenThousand: "万", hundredMillion: "亿",
  },
  en: {
    title: "Bulletin figures", skip: "Skip to content", print: "Print", views: "Views", reader: "Article",
    language: "中文", overview: "Overview", records: "Records", articles: "Articles", numbers: "Numbers",
    checks: "Checks", rejected: "Set aside", back: "Back to the list", close: "Close", search: "Search", all: "all",
    clear: "Clear", sort: "Sort by", rows: "rows", of: "of", searchHint: "sentence, place, programme, title …",
    chosen: "chosen in a chart", none: "No row meets the conditions.", measure: "Measure", figure: "Figure",
    sentence: "Sentence", scope: "Of what", place: "Place", period: "Period", state: "Checks, review", table: "Table",
    status: "Status", nature: "Nature", province: "Province", year: "Year", article: "Article", verdict: "Verdict",
    class: "Class", value: "Value", unit: "Unit", reviewed: "Review", records_of: "Records of this article",
    source: "Source", published: "Published", counts: "Records, unexplained", coverage: "Coverage", kind: "Kind", terms: "Terms", equation: "Equation", file: "File", reason: "Reason", remedy: "Remedy",
    hasText: "Text", chance: "Chance", bulletins: "bulletins", articlesCount: "articles", recordsCount: "records",
    numbersCount: "numbers", unexplained: "unexplained", failing: "checks fail", setAside: "set aside",
    unread: "not reviewed", classesTitle: "What became of each number",
    classesNote: "Choose a class to see each of its numbers in its sentence.",
    stationsTitle: "Stations by place and year", certifiedTitle: "Certified workers by place and year",
    placesNote: "Each cell is one figure of a text: the largest total of that place and year, never a sum. Choose it to see the text. Figures without a place or a year are not drawn.",
    fundsTitle: "Funds by purpose and amount", purpose: "Purpose",
    fundsNote: "Each cell counts records, by the amount of one figure in yuan. Choose it to see them.",
    whereTitle: "Coverage: provinces and years", whereNote: "Each cell counts records. Choose it to see them.",
    unknown: "unknown", coverTitle: "Coverage: every article",
    coverNote: "Each square is an article; the darker, the larger the share of unexplained numbers; grey has none. Choose it to read the article.",
    coverBands: "Articles by their share of unexplained numbers", noNumbers: "no numbers", showAll: "Show all",
    showLess: "Show fewer", total: "all", more: "and more", less: "below",
    noText: "The text of this article was not found; these are its sentences with numbers.",
    detail: "What this figure says", hint: "Choose a mark in the text to see its fields. Select words to add a missed record.",
    right: "right", wrong: "wrong", corrected: "corrected", unreviewed: "not reviewed", added: "added", save: "Save",
    cancel: "Cancel", remove: "Remove", review: "Review", addMissed: "Add the selected words as a record",
    addNumber: "Add this number as a record", download: "Save gold file", upload: "Read gold file",
    progress: "reviewed", missedCount: "added",
    scoreHint: "Then run: jianbao score OUT/records.jsonl gold.jsonl", badGold: "This file cannot be read: ",
    noStore: "The browser does not let this page remember reviews; save the file before you close it.",
    loaded: "read in", printed: "Only the first 1000 rows are printed.",
    missing: "This browser cannot unpack the data; use one of 2023 or later.", failedOnly: "fails",
    holdsOnly: "holds", anyCheck: "checked", noCheck: "unchecked", mustNumber: "Write a number", invalid: "Fill in: ",
    unexplainedYear: "Share unexplained, by year of the article",
    yearNote: "Choose a year to see its unexplained numbers in their sentences.", gold: "Gold file", addedList: "Added records",
    yuan: "CNY", tenThousand: "0k", hundredMillion: "00M",
  },
};

const VALUES = {
  stations: "站点", workers: "人员", funds: "资金", services: "服务", rates: "比率", existing: "现有", built: "新建",
  involved: "参与", certified: "持证", newly_certified: "新增持证", candidates: "报考", talent: "人才总量", staffed: "在岗",
  recruited: "引进", trained: "受训", selected: "入选", invested: "投入", planned: "预算", raised: "筹集", allowance: "补贴",
  reward: "奖励", salary: "薪酬", activities: "活动", trainings: "培训", projects: "项目", beneficiaries: "受益",
  volunteers: "志愿者", growth: "增长", pass_rate: "合格率", share: "占比", coverage: "覆盖率", density: "密度", exact: "确数",
  about: "约", nearly: "近", over: "超", at_least: "至少", under: "不足", at_most: "至多", range: "区间", person: "人",
  person_time: "人次", household: "户", site: "个", CNY: "元", event: "场次", session: "期", project: "项", percent: "%",
  per_10k: "每万人", stock: "存量", flow: "流量", standard: "标准", actual: "实际", target: "目标", junior: "初级",
  intermediate: "中级", senior: "高级", station: "站", room: "室", centre: "中心", base: "基地", platform: "平台",
  organisation: "机构", pool: "人才库", province: "省级", city: "市级", county: "县级", township: "乡镇级", village: "村级",
  record: "记录", date: "日期", duration: "时长", ordinal: "序数", name: "名称", age: "年龄", context: "其他数量",
  unexplained: "未解释", stated: "明示", inherited: "承前", relative: "相对", inferred: "推断", unresolved: "未定",
  holds: "成立", fails: "不符", cannot_tell: "不能判断", sum: "合计", part: "部分", ratio: "比率", change: "增减", product: "乘积", repeat: "重复", headline: "标题",
};
const PER = {
  person: "每人", person_month: "每人每月", person_year: "每人每年", station: "每站", station_year: "每站每年", project: "每个项目",
};
const FIELDS = {
  record_id: "编号", table: "表", measure: "指标", value: "数值", low: "下限", high: "上限", bound: "精确程度", unit: "单位",
  nature: "性质", status: "状态", grade: "证书等级", facility: "设施", tier: "层级", per: "每", group: "人群", programme: "项目名",
  place: "地区", place_code: "地区代码", place_basis: "地区依据", period_start: "起", period_end: "止", period_text: "时间原文",
  period_basis: "时间依据", start: "起点", end: "终点", quote: "原文", rule: "规则", checks: "核验", class: "类别", page: "页",
};

let language = "zh";

/** The words for a key of the page. */
function t(key) {
  return WORDS[language][key] ?? key;
}

/** The name of a value of the data: Chinese in Chinese, the value itself in English. */
function named(value) {
  return language === "zh" ? VALUES[value] ?? value : value;
}

function namedPer(value) {
  return language === "zh" ? PER[value] ?? value : `a ${value}`;
}

function namedField(name) {
  return language === "zh" ? FIELDS[name] ?? name : name;
}

/** A number with its thousands told apart. */
function digits(value) {
  return value.toLocaleString("en-US", { maximumFractionDigits: 4 });
}

/** A new element: its attributes (`on…` are listeners), then its children, texts or elements. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** A button with its words. */
function button(words, onclick, attributes = {}) {
  return make("button", { type: "button", onclick, ...attributes }, words);
}

/** Tell a screen reader. */
function say(words) {
  document.getElementById("said").textContent = words;
}
