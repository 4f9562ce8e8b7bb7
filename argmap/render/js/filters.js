// What the reader asks to see: facets, search and dates come in, the claims that match go out.
const FACETS = {
  relation: {
    values: (claim) => [
      ...(claim.answers.some((r) => r.kind === "support") ? ["supports"] : []),
      ...(claim.answers.some((r) => r.kind === "attack") ? ["attacks"] : []),
      ...(claim.replies.some((r) => r.kind === "attack") ? ["attacked"] : []),
      ...(claim.replies.some((r) => r.kind === "support") ? ["supported"] : []),
      ...(claim.answers.length + claim.replies.length ? [] : ["alone"]),
    ],
    name: (value) => t(`relation.${value}`), order: ["supports", "attacks", "supported", "attacked", "alone"],
  },
  side: { values: (claim) => [claim.stance], name: sideName, order: SIDES },
  topic: { values: (claim) => [claim.topic], name: topicName },
  actor: { values: (claim) => claim.actors, name: actorName },
  named: { values: (claim) => claim.named, name: actorName },
  outlet: { values: (claim) => claim.articles.map((article) => article.outlet).filter(Boolean), name: (value) => value },
  language: { values: (claim) => claim.articles.map((article) => article.language).filter(Boolean), name: languageName },
};

const filters = { chosen: Object.fromEntries(Object.keys(FACETS).map((facet) => [facet, new Set()])), query: "", from: "", to: "", sure: 0, around: null, all: false };

// A claim's values of each facet, worked out when the first filter is looked at.
function facetsOf(claim) {
  claim.facets ??= Object.fromEntries(Object.entries(FACETS).map(([facet, { values }]) => [facet, [...new Set(values(claim))]]));
  return claim.facets;
}

const inRange = (date) => (!filters.from || date >= filters.from) && (!filters.to || date.slice(0, filters.to.length) <= filters.to);

const chosenFacets = () => Object.keys(FACETS).filter((facet) => filters.chosen[facet].size);

// The test of whether a claim is asked for; `except` names a filter to leave aside, so that its own choices can be counted.
function matcher(except = "") {
  const hits = searchHits();
  const near = filters.around ? surroundings(filters.around) : null;
  const facets = chosenFacets().filter((facet) => facet !== except);
  const dated = except !== "date" && Boolean(filters.from || filters.to);
  return (claim) => (filters.all || !claim.hidden) && claim.confidence >= filters.sure && (!hits || hits.has(claim.id)) && (!near || near.has(claim.id))
    && facets.every((facet) => facetsOf(claim)[facet].some((value) => filters.chosen[facet].has(value))) && (!dated || claim.dates.some(inRange));
}

// Whether a statement is what the filters by date, outlet, language and actor ask for, not only another of its claim's.
function statementFits(statement) {
  const { outlet, language: spoken, actor } = filters.chosen;
  const { article } = statement;
  return (!(filters.from || filters.to) || inRange(article.date)) && (!outlet.size || outlet.has(article.outlet)) && (!spoken.size || spoken.has(article.language))
    && (!actor.size || statement.actors.some((id) => actor.has(id)));
}

// The claims that match, and those that only stand above one that does: without them a reply would answer nothing.
function selectClaims({ except = "" } = {}) {
  const match = new Set();
  const context = new Set();
  const matches = matcher(except);
  for (const claim of claimList) if (matches(claim)) match.add(claim.id);
  for (const id of match) {
    for (let above = CLAIMS.get(id).parent; above && !match.has(above.id) && !context.has(above.id); above = above.parent) context.add(above.id);
  }
  return { match, context };
}

// A claim with all that it answers and all that answers it, through as many steps as there are.
function surroundings(id) {
  const found = new Set([id]);
  const follow = (next) => {
    const queue = [id];
    while (queue.length) {
      for (const other of next(CLAIMS.get(queue.pop()))) {
        if (found.has(other)) continue;
        found.add(other);
        queue.push(other);
      }
    }
  };
  follow((claim) => claim.replies.map((relation) => relation.origin));
  follow((claim) => claim.answers.map((relation) => relation.target));
  return found;
}

function resetFilters() {
  for (const chosen of Object.values(filters.chosen)) chosen.clear();
  Object.assign(filters, { query: "", from: "", to: "", sure: 0, around: null });
  $("query").value = "";
}

function facetCounts(facet) {
  const counts = new Map();
  const { match } = selectClaims({ except: facet });
  for (const claim of claimList) {
    if (claim.hidden && !filters.all) continue;
    const fits = match.has(claim.id);
    for (const value of facetsOf(claim)[facet]) counts.set(value, (counts.get(value) || 0) + (fits ? 1 : 0));
  }
  for (const value of filters.chosen[facet]) if (!counts.has(value)) counts.set(value, 0);
  const { order, name } = FACETS[facet];
  return [...counts].sort((a, b) => (order ? order.indexOf(a[0]) - order.indexOf(b[0]) : b[1] - a[1] || name(a[0]).localeCompare(name(b[0]))));
}

const FACET_LIMIT = 8;
const unfolded = new Set();

function drawFilters() {
  const sheet = $("filters");
  const groups = Object.keys(FACETS).map((facet) => {
    const counts = facetCounts(facet);
    if (counts.length < 2 && !filters.chosen[facet].size) return null;
    const shown = unfolded.has(facet) ? counts : counts.filter(([value], i) => i < FACET_LIMIT || filters.chosen[facet].has(value));
    return h("fieldset", null, h("legend", null, t(`facet.${facet}`)),
      shown.map(([value, n]) => h("label", null,
        h("input", { type: "checkbox", id: `f-${facet}-${value}`, checked: filters.chosen[facet].has(value), onchange: (event) => {
          filters.chosen[facet][event.target.checked ? "add" : "delete"](value);
          update();
        } }), words(FACETS[facet].name(value)), h("span", { class: "n" }, String(n)))),
      counts.length > shown.length && button(t("more", { n: counts.length - shown.length }), () => { unfolded.add(facet); drawFilters(); }, { class: "link" }));
  });
  const dates = allDates();
  replace(sheet, h("h2", { class: "unseen" }, t("filters")), groups,
    dates.length > 1 && h("fieldset", null, h("legend", null, t("facet.date")), dateRange("f", dates)),
    h("fieldset", null, h("legend", null, t("facet.confidence")), h("div", { class: "range" },
      h("label", { for: "f-sure" }, `${t("atLeast")} ${percent(filters.sure)}`), h("input", { type: "range", id: "f-sure", min: 0, max: 100, step: 5, value: Math.round(100 * filters.sure),
        "aria-valuetext": percent(filters.sure), onchange: (event) => { filters.sure = event.target.value / 100; update(); } }))));
}

const allDates = lazily(() => sources().articles.map((article) => article.date).filter((date) => /^\d{4}-\d\d/.test(date)).sort());

// Two fields for the first and the last day.
function dateRange(prefix, dates) {
  const field = (which) => [h("label", { for: `${prefix}-${which}` }, t(which)), h("input", {
    type: "date", id: `${prefix}-${which}`, value: filters[which], min: dates[0], max: dates[dates.length - 1],
    onchange: (event) => { filters[which] = event.target.value; update(); } })];
  return h("div", { class: "range" }, field("from"), field("to"));
}

// Active filters as chips, each of which takes itself away.
function drawChips() {
  const chips = [];
  const chip = (label, remove) => chips.push(button([words(label), " ×"], () => { remove(); update(); }, { "aria-label": t("remove", { what: label }) }));
  if (filters.query.trim()) chip(`“${filters.query.trim()}”`, () => { filters.query = ""; $("query").value = ""; });
  for (const [facet, chosen] of Object.entries(filters.chosen)) {
    for (const value of chosen) chip(`${t(`facet.${facet}`)}: ${FACETS[facet].name(value)}`, () => chosen.delete(value));
  }
  if (filters.from) chip(`${t("from")} ${longDate(filters.from)}`, () => { filters.from = ""; });
  if (filters.to) chip(`${t("to")} ${longDate(filters.to)}`, () => { filters.to = ""; });
  if (CLAIMS.has(filters.around)) chip(t("around.chip", { what: brief(CLAIMS.get(filters.around).text) }), () => { filters.around = null; });
  if (filters.sure) chip(`${t("facet.confidence")} ≥ ${percent(filters.sure)}`, () => { filters.sure = 0; });
  if (chips.length > 1) chips.push(button(t("clear"), () => { resetFilters(); update(); }, { class: "link" }));
  $("chips").hidden = !chips.length;
  replace($("chips"), chips);
}

const BRIEF = 48; // characters of a claim on a chip
const brief = (text) => (text.length > BRIEF ? `${text.slice(0, BRIEF - 1)}…` : text);

// Filters as parts of the address, and back.
function writeFilters(parts) {
  for (const facet of chosenFacets()) for (const value of filters.chosen[facet]) parts.append(facet, value);
  if (filters.query.trim()) parts.set("q", filters.query.trim());
  for (const name of ["from", "to", "around"]) if (filters[name]) parts.set(name, filters[name]);
  if (filters.sure) parts.set("sure", filters.sure);
  if (filters.all) parts.set("all", "1");
}

function readFilters(parts) {
  for (const facet of Object.keys(FACETS)) filters.chosen[facet] = new Set(parts.getAll(facet));
  const date = (name) => (/^\d{4}-\d\d-\d\d$/.test(parts.get(name) || "") ? parts.get(name) : "");
  const sure = Number(parts.get("sure"));
  Object.assign(filters, { query: parts.get("q") || "", from: date("from"), to: date("to"), all: parts.has("all"),
    sure: sure > 0 && sure <= 1 ? sure : 0, around: CLAIMS.has(parts.get("around")) ? parts.get("around") : null });
  $("query").value = filters.query;
}
