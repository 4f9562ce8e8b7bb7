// What was said when: bars by month and side, rows by actor, a brush that sets the dates, and the articles in order with their claims.
const CHART = { width: 960, left: 150, right: 14, bars: 128, foot: 26, row: 24 };
const TIMELINE_ACTORS = 12;
const CLAIMS_OF_ARTICLE = 8; // more are drawn when asked for

const monthOf = (date) => (/^\d{4}-\d\d/.test(date) ? date.slice(0, 7) : "");

function monthName(key, style = "long") {
  return new Intl.DateTimeFormat(language, { month: style, year: "numeric", timeZone: "UTC" }).format(new Date(`${key}-15T00:00:00Z`));
}

// Every month from the first to the last, so that silence shows as a gap.
function everyMonth(first, last) {
  const list = [];
  for (let [year, month] = first.split("-").map(Number); list.length < 1200; month += 1) {
    if (month > 12) [year, month] = [year + 1, 1];
    const key = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`;
    list.push(key);
    if (key >= last) break;
  }
  return list;
}

function lastDay(month) {
  const [year, number] = month.split("-").map(Number);
  return `${month}-${String(new Date(Date.UTC(year, number, 0)).getUTCDate()).padStart(2, "0")}`;
}

function drawTimeline(selection) {
  const everything = selectClaims({ except: "date" }).match;
  const said = sources().statements.filter((statement) => everything.has(statement.claim.id));
  const dated = said.filter((statement) => monthOf(statement.article.date));
  const ranged = filters.from || filters.to;
  const listed = said.filter((statement) => selection.match.has(statement.claim.id) && statementFits(statement));
  const months = new Map();
  for (const statement of listed) {
    const month = monthOf(statement.article.date);
    if (!months.has(month)) months.set(month, []);
    months.get(month).push(statement);
  }
  const keys = [...months.keys()].sort((a, b) => (a === "") - (b === "") || (a < b ? -1 : 1));
  if (!said.length) {
    replace($("timeline"), h("p", { class: "empty" }, t("nothing")));
    return;
  }
  replace($("timeline"), h("h2", null, t("timeline.title")), h("p", { class: "prose" }, t("timeline.explain")),
    dated.length > 0 && [timelineChart(dated), h("div", { class: "dates" }, dateRange("t", allDates()),
      ranged && button(t("timeline.all"), () => { filters.from = filters.to = ""; update(); }, { id: "t-all" }))],
    keys.length ? inBatches("timeline", h("div"), keys.flatMap((key) => articlesOf(months.get(key), selection, h("h3", { id: `month-${key}` }, key ? monthName(key) : t("timeline.undated")))))
      : h("p", { class: "empty" }, t("nothing")));
}

// The articles of a month, under its heading, to be drawn one by one.
function articlesOf(statements, selection, heading) {
  const byArticle = new Map();
  for (const statement of statements) {
    if (!byArticle.has(statement.article)) byArticle.set(statement.article, new Set());
    byArticle.get(statement.article).add(statement.claim);
  }
  return [...byArticle].sort(([a], [b]) => earlier(a, b)).map(([article, claims], i) => () => h("section", { class: "article" }, i === 0 && heading,
    h("h4", null, [longDate(article.date), article.outlet].filter(Boolean).map((text, i) => [i ? " · " : "", words(text)]), " · ", sourceLink(article)),
    claimItems([...claims], { match: new Set(), context: selection.context }, CLAIMS_OF_ARTICLE)));
}

function timelineChart(dated) {
  const keys = dated.map((statement) => monthOf(statement.article.date)).sort();
  const all = everyMonth(keys[0], keys[keys.length - 1]);
  const scale = { all, step: (CHART.width - CHART.left - CHART.right) / all.length };
  scale.x = (i) => CHART.left + (i + 0.5) * scale.step;
  scale.index = new Map(all.map((key, i) => [key, i]));
  const actors = busiest(dated);
  const height = CHART.bars + CHART.foot + actors.length * CHART.row + 8;
  const label = t("timeline.chart", { from: monthName(all[0]), to: monthName(all[all.length - 1]) });
  const drawing = s("svg", { class: "drawing brush", viewBox: `0 0 ${CHART.width} ${height}`, width: CHART.width, height, role: "group", "aria-label": label },
    s("rect", { x: CHART.left, y: 0, width: CHART.width - CHART.left - CHART.right, height, fill: "transparent", class: "ground" }),
    brushed(scale, height), sideBars(dated, scale), monthLabels(scale), actors.map((row, i) => actorRow(row, scale, CHART.bars + CHART.foot + (i + 0.5) * CHART.row)));
  brush(drawing, scale, height);
  return scrolling(label, drawing);
}

const DIGIT = 6.6; // pixels of a digit above a bar

function sideBars(dated, { all, step, x, index }) {
  const counts = all.map(() => Object.fromEntries(SIDES.map((side) => [side, 0])));
  for (const statement of dated) counts[index.get(monthOf(statement.article.date))][statement.claim.stance] += 1;
  const most = Math.max(...counts.flatMap((row) => Object.values(row)));
  const bar = Math.min(26, step / 4);
  const fits = (n) => bar >= 9 && String(n).length * DIGIT <= bar + 1;
  const high = (n) => (n / most) * (CHART.bars - 20);
  return [s("path", { d: `M${CHART.left} ${CHART.bars + 0.5} H${CHART.width - CHART.right}`, stroke: "var(--edge)" }),
    s("text", { x: 0, y: CHART.bars - 2, "font-size": 12.5, fill: "var(--soft)" }, t("timeline.sides")),
    counts.map((row, i) => SIDES.map((side, k) => row[side] > 0 && [
      s("rect", { x: x(i) + (k - 1.5) * (bar + 1), y: CHART.bars - high(row[side]), width: bar, height: high(row[side]), fill: `var(--${side}-card)`, stroke: `var(--${side})`, "stroke-width": 1.5,
        "stroke-dasharray": DRAWN_DASH[side] }, s("title", null, `${monthName(all[i])}: ${sideName(side)} ${row[side]}`)),
      fits(row[side]) && s("text", { x: x(i) + (k - 1.5) * (bar + 1) + bar / 2, y: CHART.bars - high(row[side]) - 5, "text-anchor": "middle", "font-size": 11.5, fill: `var(--${side}-text)` }, String(row[side]))]))];
}

function monthLabels({ all, x }) {
  const every = Math.ceil(all.length / 10);
  return all.map((key, i) => i % every === 0 && s("text", { x: x(i), y: CHART.bars + 18, "text-anchor": "middle", "font-size": 12 }, monthName(key, "short")));
}

// Those who are cited most often, with their statements.
function busiest(dated) {
  const rows = new Map();
  for (const statement of dated) {
    for (const id of statement.actors) {
      if (!ACTORS.has(id) || ACTORS.get(id).kind === "author") continue;
      if (!rows.has(id)) rows.set(id, { id, said: [] });
      rows.get(id).said.push(statement);
    }
  }
  return [...rows.values()].sort((a, b) => b.said.length - a.said.length || actorName(a.id).localeCompare(actorName(b.id))).slice(0, TIMELINE_ACTORS);
}

const LANE_NAME = 21; // characters of a name before its row

function actorRow({ id, said }, { step, x, index, all }, y) {
  const cells = new Map();
  for (const statement of said) {
    const key = `${monthOf(statement.article.date)} ${statement.claim.stance}`;
    cells.set(key, (cells.get(key) || 0) + 1);
  }
  const full = actorName(id);
  const name = full.length > LANE_NAME ? `${full.slice(0, LANE_NAME - 1)}…` : full;
  const act = () => selectActor(id);
  return s("g", null, s("path", { d: `M${CHART.left} ${y} H${CHART.width - CHART.right}`, stroke: "var(--line)" }, s("title", null, full)),
    s("g", { tabindex: 0, role: "button", "data-actor": id, "aria-label": `${name}, ${t("statements", { n: said.length })}`, onclick: act,
      onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); act(); } } },
    s("text", { x: 0, y: y + 4.5, "font-size": 12.5, "font-weight": state.actor === id ? 700 : 400 }, name)),
    [...cells].map(([key, n]) => {
      const [month, side] = key.split(" ");
      const offset = (SIDES.indexOf(side) - 1) * Math.min(step / 3.2, 13);
      return sideMark(side, x(index.get(month)) + offset, y, Math.min(3 + 1.4 * Math.sqrt(n), 9, Math.max(3, step / 4)), `${full}, ${monthName(all[index.get(month)])}: ${sideName(side)} ${n}`);
    }));
}

// The chosen stretch of time, as a band behind the bars.
function brushed({ all, step }, height) {
  if (!filters.from && !filters.to) return null;
  const first = Math.max(0, all.findIndex((key) => !filters.from || key >= filters.from.slice(0, 7)));
  const last = all.findLastIndex((key) => !filters.to || key <= filters.to.slice(0, 7));
  if (last < first) return null;
  return s("rect", { x: CHART.left + first * step, y: 0, width: (last - first + 1) * step, height, fill: "var(--mark)", opacity: 0.35, class: "band" });
}

// Drawn over the chart, a stretch of months becomes the filter's dates; a click takes one month. The two fields do it by keyboard.
function brush(drawing, { all, step }, height) {
  const monthAt = (event) => {
    const frame = drawing.getBoundingClientRect();
    const at = ((event.clientX - frame.left) * CHART.width) / frame.width - CHART.left;
    return Math.min(all.length - 1, Math.max(0, Math.floor(at / step)));
  };
  const inside = (event) => ((event.clientX - drawing.getBoundingClientRect().left) * CHART.width) / drawing.getBoundingClientRect().width >= CHART.left;
  let start = null;
  const band = s("rect", { y: 0, height, fill: "var(--mark)", opacity: 0.45 });
  const span = (event) => [Math.min(start, monthAt(event)), Math.max(start, monthAt(event))];
  const show = (event) => {
    const [first, last] = span(event);
    fill(band, { x: CHART.left + first * step, width: (last - first + 1) * step }, []);
  };
  drawing.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !inside(event)) return;
    start = monthAt(event);
    drawing.querySelector(".ground").after(band);
    drawing.setPointerCapture(event.pointerId);
    show(event);
    event.preventDefault();
  });
  drawing.addEventListener("pointermove", (event) => { if (start !== null) show(event); });
  drawing.addEventListener("pointercancel", () => { start = null; band.remove(); });
  drawing.addEventListener("pointerup", (event) => {
    if (start === null) return;
    const [first, last] = span(event);
    start = null;
    [filters.from, filters.to] = [`${all[first]}-01`, lastDay(all[last])];
    update();
  });
}
