// The page: what is chosen lives in `state` and in the address; every change goes through `update`.
const VIEWS = ["map", "outline", "actors", "timeline", "table", "sources"];
const NARROW = matchMedia("(max-width: 699px)");
const DARK = matchMedia("(prefers-color-scheme: dark)");
const state = { view: "", selected: null, actor: null, sort: { by: "attacked", down: true }, theme: root.dataset.theme, detailed: false };

const DRAW = {
  map: showCanvas, outline: drawOutline, actors: drawActors, timeline: drawTimeline, table: drawTable, sources: drawSources,
};

function update({ keepHash = false } = {}) {
  const selection = selectClaims();
  for (const view of VIEWS) $(view).hidden = view !== state.view;
  if (state.view === "map" && !canvas.network) {
    canvas.view = flow(new Set());
    canvas.view.context = new Set();
    startCanvas();
  }
  DRAW[state.view](selection);
  if (state.view === "map") resizeCanvas();
  drawChips();
  if (!$("filters").hidden) drawFilters();
  drawNotice(selection);
  for (const tab of $("views").children) tab.setAttribute("aria-current", tab.dataset.view === state.view ? "page" : "false");
  if (!keepHash) writeHash();
}

function drawNotice(selection) {
  const shown = [...CLAIMS.values()].filter((claim) => !claim.hidden || filters.all).length;
  const hidden = hiddenCount();
  replace($("notice"),
    h("span", null, t("notice", { n: DATA.articles.length })),
    h("span", { class: "count" }, t("count", { n: selection.match.size, all: shown }),
      hidden > 0 && [" · ", button(filters.all ? t("hideIrrelevant", { n: hidden }) : t("showIrrelevant", { n: hidden }), () => { filters.all = !filters.all; update(); },
        { class: "link", id: "irrelevant" })]));
}

function select(id, { reveal: move = false } = {}) {
  state.selected = id;
  state.actor = null;
  const claim = CLAIMS.get(id);
  if (claim && claim.hidden && !filters.all) filters.all = true;
  if (claim) turned.set(`topic:${claim.row.lane}:${claim.row.topic}`, false);
  update();
  drawDetails();
  if (claim && state.view === "map") reveal(id);
  if (claim && move && state.view !== "map") {
    const element = document.querySelector(`.sheet:not([hidden]) [data-claim="${CSS.escape(id)}"]`);
    if (element) element.scrollIntoView({ block: "nearest" });
  }
  if (claim) $("live").textContent = `${sideName(claim.stance)}: ${claim.text}. ${t("announce", { s: claim.replies.filter((r) => r.kind === "support").length, a: claim.replies.filter((r) => r.kind === "attack").length })}`;
}

function show(view) {
  state.view = view;
  update();
}

// Deep links: #view=map&n=<claim>&a=<actor>&q=<words>
function writeHash() {
  const parts = new URLSearchParams({ view: state.view });
  if (state.selected) parts.set("n", state.selected);
  if (state.actor) parts.set("a", state.actor);
  if (filters.query.trim()) parts.set("q", filters.query.trim());
  guarded(() => history.replaceState(null, "", `#${parts}`));
}

function readHash() {
  const parts = new URLSearchParams(location.hash.slice(1));
  state.view = VIEWS.includes(parts.get("view")) ? parts.get("view") : state.view || (NARROW.matches ? "outline" : "map");
  filters.query = parts.get("q") || "";
  $("query").value = filters.query;
  const id = parts.get("n");
  state.selected = CLAIMS.has(id) ? id : null;
  state.actor = ACTORS.has(parts.get("a")) ? parts.get("a") : null;
  const claim = CLAIMS.get(state.selected);
  if (claim && claim.hidden) filters.all = true;
  if (claim) turned.set(`topic:${claim.row.lane}:${claim.row.topic}`, false);
}

function applyTheme() {
  const shade = state.theme === "auto" ? (DARK.matches ? "dark" : "light") : state.theme;
  root.dataset.shade = shade;
  readColors();
  $("theme-button").textContent = shade === "dark" ? t("theme.light") : t("theme.dark");
  if (canvas.network) canvas.network.redraw();
}

// Blue and orange, which every reader can tell apart, or the customary green and red.
function switchScheme() {
  root.dataset.scheme = root.dataset.scheme === "classic" ? "safe" : "classic";
  applyTheme();
  update();
  drawDetails();
}

// All that depends on the language.
function drawFrame() {
  root.lang = language;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = t(element.dataset.word);
  if (!document.body.dataset.title) $("title").textContent = title();
  document.title = $("title").textContent;
  $("query").placeholder = t("search.hint");
  replace($("views"), VIEWS.map((view) => button(t(`view.${view}`), () => show(view), { "data-view": view })));
  $("views").setAttribute("aria-label", t("views"));
  $("filters").setAttribute("aria-label", t("filters"));
  $("filters-button").textContent = t("filters");
  $("language-button").textContent = language.toUpperCase();
  $("language-button").setAttribute("aria-label", t("language.switch"));
  $("help-button").setAttribute("aria-label", t("help"));
  $("zoom-in").setAttribute("aria-label", t("zoom.in"));
  $("zoom-out").setAttribute("aria-label", t("zoom.out"));
  $("zoom-fit").textContent = t("zoom.fit");
  $("canvas").setAttribute("aria-label", t("canvas", { n: CLAIMS.size }));
  drawExports();
}

const given = $("title").textContent;
const title = () => (Object.values(DATA.motion).some((text) => cleaned(text) === given) ? local(DATA.motion) : given);
const cleaned = (text) => text.replace(/\s+/g, " ").trim();

function listen() {
  let pending = 0;
  $("query").addEventListener("input", (event) => {
    clearTimeout(pending);
    pending = setTimeout(() => { filters.query = event.target.value; update(); }, 120);
  });
  $("query").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    clearTimeout(pending);
    filters.query = event.target.value;
    const { match } = selectClaims();
    const order = ROWS.filter((row) => match.has(row.id)).map((row) => row.id);
    if (order.length) select(order[(order.indexOf(state.selected) + 1) % order.length], { reveal: true });
  });
  $("filters-button").addEventListener("click", () => {
    $("filters").hidden = !$("filters").hidden;
    $("filters-button").setAttribute("aria-expanded", String(!$("filters").hidden));
    update();
  });
  $("export-button").addEventListener("click", () => {
    $("exports").hidden = !$("exports").hidden;
    $("export-button").setAttribute("aria-expanded", String(!$("exports").hidden));
  });
  $("language-button").addEventListener("click", () => {
    language = LANGUAGES[(LANGUAGES.indexOf(language) + 1) % LANGUAGES.length];
    drawFrame();
    applyTheme();
    update();
    drawDetails();
  });
  $("theme-button").addEventListener("click", () => {
    state.theme = root.dataset.shade === "dark" ? "light" : "dark";
    applyTheme();
    update();
  });
  $("help-button").addEventListener("click", () => { select(null); $("details").focus(); });
  $("fold").addEventListener("click", toggleAll);
  $("zoom-in").addEventListener("click", () => zoom(STEP));
  $("zoom-out").addEventListener("click", () => zoom(1 / STEP));
  $("zoom-fit").addEventListener("click", () => { fitWidth(); canvas.fitted = true; });
  DARK.addEventListener("change", applyTheme);
  addEventListener("hashchange", () => { readHash(); update({ keepHash: true }); drawDetails(); });
  addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName || "");
    if (event.key === "/" && !typing) { event.preventDefault(); $("query").focus(); }
    if (event.key === "?" && !typing) { event.preventDefault(); $("help-button").click(); }
    if (event.key === "Escape") {
      if (!$("exports").hidden) $("export-button").click();
      else if (event.target === $("query")) $("query").blur();
      else if ((state.selected || state.actor) && !$("canvas").contains(event.target)) select(null);
    }
  });
  addEventListener("beforeprint", () => {
    root.dataset.shade = "light"; // paper is white
    drawOutline(selectClaims());
    for (const view of VIEWS) $(view).hidden = view !== "outline";
  });
  addEventListener("afterprint", () => { applyTheme(); update(); });
}

applyTheme();
drawFrame();
listen();
readHash();
update({ keepHash: true });
drawDetails();
