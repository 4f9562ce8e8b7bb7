// Words come in, the claims that hold them go out, best first: in a claim's text, its speakers, its quotations and where they stand.
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const WEIGHT = { text: 4, speakers: 3, quotations: 1, outlets: 1 };

// Built at the first search: most readers of a large map never search.
const searchIndex = lazily(() => {
  const index = new MiniSearch({ fields: Object.keys(WEIGHT), storeFields: [], processTerm: (term) => fold(term) || null });
  index.addAll(claimList.map((claim) => ({
    id: claim.id, text: claim.text, speakers: claim.speakers.join("\n"), quotations: claim.made.map(quotationOf).join("\n"),
    outlets: claim.articles.flatMap((article) => [article.outlet, article.title]).join("\n"),
  })));
  return index;
});

let lastSearch = { query: "", hits: null };

// Scores by claim, or null when nothing is asked for. Every word must be found, each as the beginning of one.
function searchHits() {
  const query = filters.query.trim();
  if (!query) return null;
  if (lastSearch.query !== query) {
    const found = searchIndex().search(query, { prefix: true, combineWith: "AND", boost: WEIGHT });
    lastSearch = { query, hits: new Map(found.map(({ id, score }) => [id, score])) };
  }
  return lastSearch.hits;
}

// The hits in view, best first.
function rankedHits(selection) {
  const hits = searchHits();
  return hits ? [...hits.keys()].filter((id) => selection.match.has(id)) : [];
}

const HITS_SHOWN = 8;

// Where the reader is among the hits, with steps to the next and the one before.
function drawSearch(selection) {
  const hits = rankedHits(selection);
  const at = hits.indexOf(state.selected);
  const asked = Boolean(filters.query.trim());
  $("steps").hidden = !asked;
  replace($("steps"), h("span", { class: "n", id: "step-count" }, at < 0 ? t("search.found", { n: hits.length }) : `${at + 1}/${hits.length}`),
    button("↑", () => step(-1), { id: "step-back", "aria-label": t("search.back"), disabled: !hits.length }),
    button("↓", () => step(1), { id: "step-on", "aria-label": t("search.next"), disabled: !hits.length }));
  const open = asked && state.searching;
  $("hits").hidden = !open;
  $("query").setAttribute("aria-expanded", String(open));
  if (!open) return;
  replace($("hits"), hits.length ? h("ol", null, hits.slice(0, HITS_SHOWN).map((id) => hitItem(CLAIMS.get(id)))) : h("p", { class: "empty" }, t("nothing")),
    hits.length > HITS_SHOWN && h("p", { class: "how" }, t("search.more", { n: hits.length - HITS_SHOWN })));
}

let pending = 0; // what is typed is asked for once the typing pauses

function askSoon() {
  clearTimeout(pending);
  pending = setTimeout(() => ask(true), 120);
  $("query").setAttribute("aria-busy", "true");
}

// Asks for what stands in the box, with the list of hits open or not.
function ask(searching) {
  clearTimeout(pending);
  pending = 0;
  $("query").removeAttribute("aria-busy");
  filters.query = $("query").value;
  state.searching = searching;
  update();
}

function closeHits() {
  state.searching = false;
  $("hits").hidden = true;
  $("query").setAttribute("aria-expanded", "false");
}

function hitItem(claim) {
  return h("li", null, button([words(claim.text, { lang: claim.language }), h("span", { class: "by" }, `${sideName(claim.stance)} · `, words(claim.speakers.join(", ")))], () => {
    if (pending) ask(false);
    state.searching = false;
    select(claim.id, { reveal: true });
  }, { class: `hit ${claim.stance}`, "data-claim": claim.id }));
}

// The next hit, or the one before; after the last comes the first.
function step(way) {
  if (pending) ask(false);
  const hits = rankedHits(selectClaims());
  if (!hits.length) return;
  const at = hits.indexOf(state.selected);
  state.searching = false;
  select(hits[at < 0 ? (way > 0 ? 0 : hits.length - 1) : (at + way + hits.length) % hits.length], { reveal: true });
}
