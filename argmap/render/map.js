// The page: what is chosen lives in `state`, in `filters` and in the address; every change goes through `update`.
const VIEWS = ["map", "outline", "actors", "timeline", "table", "sources"];
const NARROW = matchMedia("(max-width: 699px)");
const DARK = matchMedia("(prefers-color-scheme: dark)");
const state = { view: "", selected: null, actor: null, sort: { by: "attacked", down: true }, theme: root.dataset.theme, searching: false, legend: false, settled: false };

const DRAW = {
  map: showCanvas, outline: drawOutline, actors: drawActors, timeline: drawTimeline, table: drawTable, sources: drawSources,
};

function update({ keepHash = false } = {}) {
  const selection = selectClaims();
  for (const view of VIEWS) $(view).hidden = view !== state.view;
  DRAW[state.view](selection);
  if (state.view === "map") resizeCanvas();
  drawChips();
  drawSearch(selection);
  if (!$("filters").hidden) drawFilters();
  drawCount(selection);
  for (const tab of $("views").children) tab.setAttribute("aria-current", tab.dataset.view === state.view ? "page" : "false");
  if (keepHash) return;
  state.settled = true;
  writeHash();
}

const made = () => [t("notice.version", { version: ABOUT.version || "?" }), ABOUT.models.edition && t("notice.models", { edition: ABOUT.models.edition }), ABOUT.date && longDate(ABOUT.date)].filter(Boolean).join(", ");

// What every reader should know before believing the map; once read, it can be put away.
const NOTICE_KEY = `argmap-notice ${ABOUT.debate} ${ABOUT.version}`;
function drawNotice() {
  const away = state.noticed || guarded(() => localStorage.getItem(NOTICE_KEY)) === "away";
  $("notice").hidden = away;
  if (away) return;
  replace($("notice"), h("span", null, ABOUT.origin.file ? t("notice.imported", { n: ABOUT.articles, ...ABOUT.origin }) : t(MARKS.count ? "notice.corrected" : "notice", { n: ABOUT.articles, made: made(), corrections: MARKS.count })), ABOUT.claims > CLAIMS.size && h("span", { id: "notice-cut" }, " " + t("notice.cut", { n: CLAIMS.size, of: ABOUT.claims })), " ", h("span", { class: "together" }, button(t("notice.how"), showLegend, { class: "link", id: "notice-how" }),
    button("×", () => {
      state.noticed = true;
      guarded(() => localStorage.setItem(NOTICE_KEY, "away"));
      drawNotice();
      $("main").focus();
    }, { class: "away", id: "notice-away", "aria-label": t("notice.away") })));
}

function drawCount(selection) {
  const shown = claimList.filter((claim) => !claim.hidden || filters.all).length;
  const hidden = hiddenCount();
  replace($("count"), t("count", { n: selection.match.size, all: shown }),
    hidden > 0 && [" · ", button(filters.all ? t("hideIrrelevant", { n: hidden }) : t("showIrrelevant", { n: hidden }), () => { filters.all = !filters.all; update(); },
      { class: "link", id: "irrelevant" })]);
}

function select(id, { reveal: move = false } = {}) {
  if (id) {
    state.legend = false;
    canvas.cursor = null;
  }
  state.selected = id;
  state.actor = null;
  const claim = CLAIMS.get(id);
  if (claim) uncover(claim);
  update();
  drawDetails();
  if (!claim) return;
  if (move || state.view === "map") bringIntoSight(id);
  $("live").textContent = `${sideName(claim.stance)}: ${claim.text}. ${t("announce", { s: countReplies(claim, "support"), a: countReplies(claim, "attack") })}`;
}

// What would keep a chosen claim out of sight: its relevance, or its folded topic.
function uncover(claim) {
  if (claim.hidden) filters.all = true;
  turned.set(claim.row.under.id, false);
}

function show(view) {
  state.view = view;
  update();
  if (state.selected) bringIntoSight(state.selected);
}

// Where the window is too narrow for the panel to stand beside the map, the legend comes when asked for, and goes again.
function showLegend() {
  state.legend = true;
  select(null);
  $("details").focus();
}

// Deep links: #view=map&n=<claim>&a=<actor>&sort=<column>, and the filters.
function hashOfState() {
  const parts = new URLSearchParams({ view: state.view });
  if (state.selected) parts.set("n", state.selected);
  if (state.actor) parts.set("a", state.actor);
  if (state.view === "table") parts.set("sort", `${state.sort.down ? "-" : ""}${state.sort.by}`);
  writeFilters(parts);
  return `#${parts}`;
}

function writeHash() {
  guarded(() => history.replaceState(null, "", hashOfState()));
}

function readHash() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const first = VIEWS.includes(root.dataset.view) ? root.dataset.view : NARROW.matches ? "outline" : "map";
  state.view = VIEWS.includes(parts.get("view")) ? parts.get("view") : state.view || first;
  readFilters(parts);
  const sort = /^(-?)(\w+)$/.exec(parts.get("sort") || "");
  if (sort && TABLE.includes(sort[2])) state.sort = { by: sort[2], down: sort[1] === "-" };
  const id = parts.get("n");
  state.selected = CLAIMS.has(id) ? id : null;
  state.actor = ACTORS.has(parts.get("a")) ? parts.get("a") : null;
  if (state.selected) uncover(CLAIMS.get(id));
}

// Show what the address asks for, the chosen claim in sight.
function openHash() {
  readHash();
  update({ keepHash: true });
  drawDetails();
  if (state.selected) bringIntoSight(state.selected);
}

function bringIntoSight(id) {
  if (state.view === "map") reveal(id);
  else document.querySelector(`.sheet:not([hidden]) [data-claim="${CSS.escape(id)}"]`)?.scrollIntoView({ block: "nearest" });
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
  $("title").textContent = title();
  document.title = $("title").textContent;
  $("query").placeholder = t("search.hint");
  replace($("views"), VIEWS.map((view) => button(t(`view.${view}`), () => show(view), { "data-view": view })));
  const labels = { views: "views", filters: "filters", hits: "search.hits", "language-button": "language.switch", "help-button": "help", "zoom-in": "zoom.in", "zoom-out": "zoom.out" };
  for (const [id, word] of Object.entries(labels)) $(id).setAttribute("aria-label", t(word));
  $("filters-button").textContent = t("filters");
  $("language-button").textContent = language.toUpperCase();
  $("zoom-fit").textContent = t("zoom.fit");
  $("canvas").setAttribute("aria-label", t("canvas", { n: CLAIMS.size }));
  drawExports();
  drawFixes();
  drawNotice();
}

const given = $("title").textContent;
const title = () => (Object.values(packed.motion).some((text) => cleaned(text) === given) ? local(packed.motion) : given);
const cleaned = (text) => text.replace(/\s+/g, " ").trim();

function listenToSearch() {
  $("query").addEventListener("input", askSoon);
  $("query").addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      ask(false);
      step(event.shiftKey ? -1 : 1);
    } else if (event.key === "ArrowDown" && !$("hits").hidden) {
      event.preventDefault();
      $("hits").querySelector("button")?.focus();
    }
  });
  $("hits").addEventListener("keydown", (event) => {
    const buttons = [...$("hits").querySelectorAll("button")];
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!way) return;
    event.preventDefault();
    (buttons[buttons.indexOf(document.activeElement) + way] || $("query")).focus();
  });
  addEventListener("pointerdown", (event) => {
    if (state.searching && !event.target.closest(".search, #hits")) closeHits();
  });
}

function listen() {
  listenToSearch();
  $("filters-button").addEventListener("click", () => {
    $("filters").hidden = !$("filters").hidden;
    $("filters-button").setAttribute("aria-expanded", String(!$("filters").hidden));
    update();
  });
  $("export-button").addEventListener("click", () => {
    if ($("exports").hidden) {
      $("exports").hidden = false;
      $("export-button").setAttribute("aria-expanded", "true");
    } else closeExports();
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
  $("help-button").addEventListener("click", showLegend);
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault(); // the address says what is shown
    $("details").focus();
  });
  $("fold").addEventListener("click", toggleAll);
  $("zoom-in").addEventListener("click", () => zoom(STEP));
  $("zoom-out").addEventListener("click", () => zoom(1 / STEP));
  $("zoom-fit").addEventListener("click", fitWhole);
  DARK.addEventListener("change", applyTheme);
  // A frame may get its width after its page has opened; until the reader does anything, the first view is the one for the width.
  NARROW.addEventListener("change", () => { if (!state.settled) { state.view = ""; openHash(); } });
  for (const act of ["pointerdown", "wheel", "keydown"]) addEventListener(act, () => { state.settled = true; }, { capture: true, passive: true, once: true });
  addEventListener("hashchange", openHash);
  addEventListener("keydown", onPageKey);
  addEventListener("beforeprint", () => {
    root.dataset.shade = "light"; // paper is white
    drawOutline(selectClaims(), { paper: true });
    for (const view of VIEWS) $(view).hidden = view !== "outline";
  });
  addEventListener("afterprint", () => { applyTheme(); update(); });
}

// Keys that work everywhere; those of the map are in canvas.js.
function onPageKey(event) {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName || "");
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (!typing && event.key === "/") { event.preventDefault(); $("query").focus(); }
  if (!typing && event.key === "?") { event.preventDefault(); showLegend(); }
  if (!typing && event.key === "n") step(1);
  if (!typing && event.key === "N") step(-1);
  if (event.key !== "Escape") return;
  if (!$("exports").hidden) { closeExports(); $("export-button").focus(); }
  else if (!$("hits").hidden) { closeHits(); $("query").focus(); }
  else if (event.target === $("query")) $("query").blur();
  else if ((state.selected || state.actor) && !$("canvas").contains(event.target)) select(null);
  else if (state.legend) { state.legend = false; drawDetails(); }
}

applyTheme();
drawFrame();
listen();
openHash();
