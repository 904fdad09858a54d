// Sends the pasted text to the service and shows what it says of each article, in Chinese or English.

const LANGUAGES = ["zh", "en"];
const WORDS = {
  send: ["归类", "Classify"],
  waiting: ["正在归类…", "Classifying…"],
  found: ["找到 {} 条：", "Found {}: "],
  nothing: ["没有找到文章", "No article found"],
  article: ["文章", "Article"],
  caption: ["图片说明", "Caption"],
  assign: ["归入", "Assign"],
  review: ["待编辑看", "Review"],
  none: ["不归入", "None"],
  perhaps: ["可能是{}", "Perhaps {}"],
  noneOfThese: ["以上都不是", "None of these"],
};
const PROBLEMS = {
  "blank-text": ["还没有文字。请先贴上文章。", "There is no text yet. Paste an article first."],
  "too-large": ["文字太长。请分几次贴。", "The text is too long. Paste it in parts."],
  "bad-character": ["文字里有损坏的字符。请从原稿重新复制。", "The text is damaged. Copy it again from the source."],
  "busy": ["服务正忙。请稍后再试。", "The service is busy. Try again in a moment."],
  internal: ["服务出错了。文字还在，请再试一次。", "The service failed. Your text is still here; try again."],
  unreachable: ["连不上服务。文字还在，请稍后再试。", "The service cannot be reached. Your text is still here; try later."],
};
const TIMEOUT = 60_000; // milliseconds
const PERCENT = { style: "percent", minimumFractionDigits: 1 };
const EXCERPT = 24; // characters that stand for a missing title

const at = (id) => document.getElementById(id);
const storage = usableStorage();
const state = { language: firstLanguage(), taxonomy: null, articles: null, problem: null, request: null };

function usableStorage() {
  try {
    return localStorage;
  } catch {
    return {}; // it is blocked: a choice holds for this visit
  }
}

function firstLanguage() {
  if (LANGUAGES.includes(storage.lanmuLanguage)) return storage.lanmuLanguage;
  return navigator.language.startsWith("zh") ? "zh" : "en";
}

const otherLanguage = () => LANGUAGES.find((language) => language !== state.language);
const inLanguage = (words) => words[LANGUAGES.indexOf(state.language)];
const word = (key, value) => inLanguage(WORDS[key]).replace("{}", () => value);
const percent = (score) => score?.toLocaleString(state.language, PERCENT) ?? "—";
const category = (id) => state.taxonomy?.categories.find((known) => known.id === id);
const nameOf = (id) => category(id)?.names[state.language] ?? id;

function translate(root) {
  for (const node of root.querySelectorAll("[data-zh]")) node.textContent = node.dataset[state.language];
}

/** Return a copy of a template, each text put into the element of that class; an element without text is hidden. */
function copyOf(template, texts) {
  const copy = at(template).content.firstElementChild.cloneNode(true);
  translate(copy);
  for (const [name, text] of Object.entries(texts)) {
    const node = copy.querySelector(`.${name}`);
    node.textContent = text;
    node.hidden = !text;
  }
  return copy;
}

function bar(name, score, threshold, reached) {
  const row = copyOf("bar-template", { name, value: percent(score), threshold: percent(threshold) });
  row.classList.toggle("reached", reached);
  row.querySelector(".fill").style.width = `${score * 100}%`;
  row.querySelector(".tick").style.left = `${threshold * 100}%`;
  row.querySelector(".tick").hidden = row.querySelector(".limit").hidden = threshold === undefined;
  return row;
}

function articleNode({ kind, title, subtitle, byline, text, decision, category: best, categories, scores, none }) {
  const characters = [...text];
  const excerpt = characters.slice(0, EXCERPT).join("") + (characters.length > EXCERPT ? "…" : "");
  const names = { assign: categories.map(nameOf).join(" · "), review: word("perhaps", nameOf(best)), none: "" };
  const node = copyOf("article-template", {
    kind: word(kind),
    title: title || excerpt,
    subtitle,
    byline,
    stamp: word(decision),
    verdict: names[decision],
    length: characters.length,
  });
  node.querySelector(".title").classList.toggle("untitled", !title);
  node.querySelector(".stamp").classList.add(decision);
  const bars = Object.entries(scores).map(([id, score]) =>
    bar(nameOf(id), score, category(id)?.threshold, categories.includes(id)));
  const noneBar = bar(word("noneOfThese"), none, undefined, false);
  noneBar.classList.add("none");
  node.querySelector(".bars").append(...bars, noneBar);
  for (const line of text.split("\n")) {
    node.querySelector(".text").append(Object.assign(document.createElement("p"), { textContent: line }));
  }
  return node;
}

function summary(articles) {
  if (!articles.length) return word("nothing");
  const count = (decision) => articles.filter((article) => article.decision === decision).length;
  const found = ["assign", "review", "none"].filter(count);
  const counts = found.map((decision) => `${word(decision)}\u00a0${count(decision)}`);
  return word("found", articles.length) + counts.join("\u00a0· ");
}

function problemText({ type, title, detail }) {
  const known = PROBLEMS[type?.replace("urn:lanmu:problem:", "")];
  return known ? inLanguage(known) : `${title}. ${detail}`;
}

function showForm() {
  const waiting = state.request !== null;
  at("send").textContent = word(waiting ? "waiting" : "send");
  at("send").disabled = waiting;
  at("answer").setAttribute("aria-busy", waiting);
  at("problem").textContent = state.problem ? problemText(state.problem) : "";
  at("sample").hidden = at("text").value !== "";
  at("clear").hidden = !at("sample").hidden;
}

function showAll() {
  const { language, taxonomy, articles } = state;
  document.documentElement.lang = language;
  at("language").lang = otherLanguage();
  translate(document);
  showForm();
  at("summary").textContent = articles ? summary(articles) : "";
  at("legend").hidden = !articles?.length;
  at("articles").replaceChildren(...(articles ?? []).map(articleNode));
  at("guide").hidden = !taxonomy;
  at("categories").replaceChildren(...(taxonomy?.categories ?? []).map(({ id, belongs, threshold }) =>
    copyOf("category-template", { name: nameOf(id), belongs, threshold: percent(threshold) })));
  at("model").textContent = taxonomy?.model ?? "—";
}

/** Call the service; return what it answered as `answer`, or why it did not as `problem`. */
async function call(path, options) {
  try {
    const response = await fetch(path, { signal: AbortSignal.timeout(TIMEOUT), ...options });
    const body = await response.json().catch(() => null);
    return response.ok && body ? { answer: body } : { problem: body ?? { type: "internal" } };
  } catch {
    return { problem: { type: "unreachable" } };
  }
}

async function loadTaxonomy() {
  const { answer } = await call("/categories");
  state.taxonomy = answer ?? state.taxonomy;
}

async function send() {
  if (state.request) return;
  const request = Symbol("request");
  Object.assign(state, { request, problem: null });
  showForm();
  const body = JSON.stringify({ text: at("text").value });
  const headers = { "Content-Type": "application/json" };
  const [{ answer, problem }] = await Promise.all([call("/pages", { method: "POST", headers, body }), loadTaxonomy()]);
  if (state.request !== request) return; // cleared, or sent anew, since
  Object.assign(state, { request: null, articles: answer?.articles ?? null, problem });
  showAll();
  if (document.activeElement === document.body) at("send").focus({ preventScroll: true });
  const news = at(problem ? "problem" : "summary");
  const { top } = news.getBoundingClientRect();
  if (top < 0 || top > innerHeight / 2) news.scrollIntoView({ block: problem ? "nearest" : "start" });
}

function replaceText(text) {
  Object.assign(state, { request: null, articles: null, problem: null });
  at("text").value = text;
  showAll();
}

at("language").addEventListener("click", () => {
  state.language = storage.lanmuLanguage = otherLanguage();
  showAll();
});
at("text").addEventListener("input", () => {
  state.problem = null;
  showForm();
});
at("clear").addEventListener("click", () => {
  replaceText("");
  at("text").focus();
});
at("sample").addEventListener("click", () => {
  replaceText(at("sample-text").content.textContent.trim());
  send();
});
at("form").addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
at("form").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.repeat) send();
});
showAll();
await loadTaxonomy();
showAll();
