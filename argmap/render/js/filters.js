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
  outlet: { values: (claim) => claim.articles.map((id) => ARTICLES.get(id).outlet).filter(Boolean), name: (value) => value },
  language: { values: (claim) => claim.articles.map((id) => ARTICLES.get(id).language).filter(Boolean), name: languageName },
};

const filters = { chosen: Object.fromEntries(Object.keys(FACETS).map((facet) => [facet, new Set()])), query: "", from: "", to: "", sure: 0, all: false };

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

for (const claim of CLAIMS.values()) {
  claim.facets = {};
  for (const [facet, { values }] of Object.entries(FACETS)) claim.facets[facet] = [...new Set(values(claim))];
  const quoted = claim.made.flatMap((statement) => statement.content.map((place) => spanText(statement.article, place)));
  const about = claim.articles.map((id) => ARTICLES.get(id)).flatMap((article) => [article.outlet, article.title]);
  claim.haystack = fold([claim.text, ...quoted, ...speakersOfClaim(claim), ...about].join("\n"));
}

function matches(claim, except = "") {
  if (claim.hidden && !filters.all) return false;
  for (const [facet, chosen] of Object.entries(filters.chosen)) {
    if (facet !== except && chosen.size && !claim.facets[facet].some((value) => chosen.has(value))) return false;
  }
  if (claim.confidence < filters.sure) return false;
  if (filters.from && !(claim.dates.length && claim.dates[claim.dates.length - 1] >= filters.from)) return false;
  if (filters.to && !(claim.dates.length && claim.dates[0] <= filters.to)) return false;
  const terms = fold(filters.query).split(/\s+/).filter(Boolean);
  return terms.every((term) => claim.haystack.includes(term));
}

// The claims that match, and those that only stand above one that does: without them a reply would answer nothing.
function selectClaims() {
  const match = new Set();
  const context = new Set();
  for (const claim of CLAIMS.values()) if (matches(claim)) match.add(claim.id);
  for (const id of match) {
    for (let above = CLAIMS.get(id).parent; above && !match.has(above.id) && !context.has(above.id); above = above.parent) context.add(above.id);
  }
  return { match, context };
}

function resetFilters() {
  for (const chosen of Object.values(filters.chosen)) chosen.clear();
  Object.assign(filters, { query: "", from: "", to: "", sure: 0 });
  $("query").value = "";
}

function facetCounts(facet) {
  const counts = new Map();
  for (const claim of CLAIMS.values()) {
    const fits = matches(claim, facet);
    if (claim.hidden && !filters.all) continue;
    for (const value of claim.facets[facet]) counts.set(value, (counts.get(value) || 0) + (fits ? 1 : 0));
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
  const dates = [...CLAIMS.values()].flatMap((claim) => claim.dates).sort();
  const dateField = (which, label) => [h("label", { for: `f-${which}` }, label), h("input", {
    type: "date", id: `f-${which}`, value: filters[which], min: dates[0], max: dates[dates.length - 1],
    onchange: (event) => { filters[which] = event.target.value; update(); } })];
  replace(sheet, h("h2", { class: "unseen" }, t("filters")), groups,
    dates.length > 1 && h("fieldset", null, h("legend", null, t("facet.date")), h("div", { class: "range" }, dateField("from", t("from")), dateField("to", t("to")))),
    h("fieldset", null, h("legend", null, t("facet.confidence")), h("div", { class: "range" },
      h("label", { for: "f-sure" }, `${t("atLeast")} ${percent(filters.sure)}`), h("input", { type: "range", id: "f-sure", min: 0, max: 100, step: 5, value: Math.round(100 * filters.sure),
        "aria-valuetext": percent(filters.sure), onchange: (event) => { filters.sure = event.target.value / 100; update(); } }))));
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
  if (filters.sure) chip(`${t("facet.confidence")} ≥ ${percent(filters.sure)}`, () => { filters.sure = 0; });
  if (chips.length > 1) chips.push(button(t("clear"), () => { resetFilters(); update(); }, { class: "link" }));
  $("chips").hidden = !chips.length;
  replace($("chips"), chips);
}
