// The page's data, indexed: claims, what ties them, who says them. The sources, most of the page's bytes, are read when first asked for.
const packed = read("page-data");
const LAYOUT = packed.layout;
const TWEAKS = read("graph-data");
const ABOUT = packed.about;
const SIDES = ["for", "neutral", "against"];
const by = (list) => new Map(list.map((item) => [item.id, item]));

// A table's column: its values, or the few different ones by their numbers.
const column = (values) => (Array.isArray(values) ? values : values.at.map((number) => values.of[number]));
const share = (hundredths) => hundredths / 100;

// The rows of a table as objects.
function unpack(table) {
  const names = Object.keys(table);
  const columns = names.map((name) => column(table[name]));
  return columns[0].map((_, row) => {
    const item = {};
    for (let i = 0; i < names.length; i += 1) item[names[i]] = columns[i][row];
    return item;
  });
}

// A value that is worked out when it is first asked for.
function lazily(work) {
  let made;
  return () => {
    made ??= work();
    return made;
  };
}

const sources = lazily(() => {
  const data = read("source-data");
  const articles = unpack(data.articles);
  const statements = unpack(data.statements);
  const made = claimList.map(() => []);
  for (const statement of statements) {
    statement.article = articles[statement.article];
    made[statement.claim].push(statement);
    statement.claim = claimList[statement.claim];
    statement.actors = statement.actors.map((actor) => (typeof actor === "number" ? actorList[actor].id : actor));
    statement.content = placesOf(statement.content);
    statement.source ||= null;
    statement.cue ||= null;
    statement.confidence = share(statement.confidence);
    statement.repeats = null;
  }
  for (const [again, first] of data.repeats) statements[again].repeats = statements[first];
  for (const list of made) list.sort((a, b) => earlier(a.article, b.article));
  const { concept, polarity, relevance, named } = data.claims;
  const more = { concept: column(concept), polarity, relevance: relevance.map(share), named: named.map((list) => list.map((i) => actorList[i].id)) };
  const evidence = data.evidence.map((list) => list.map(([article, origin, target, signal]) => (
    { article: articles[article], origin: statements[origin] || null, target: statements[target] || null, signal })));
  const { groups, leanings, ...how } = data.coalitions;
  const coalitions = { ...how, leanings: new Map(leanings.map(([i, leaning]) => [actorList[i].id, leaning])),
    groups: groups.map(({ members, leaning }, i) => ({ number: i + 1, leaning, members: members.map((member) => actorList[member].id) })) };
  coalitions.of = new Map(coalitions.groups.flatMap((group) => group.members.map((id) => [id, group])));
  return { articles, statements, made, more, evidence, coalitions };
});

// Places as [piece, first, last + 1] from their numbers in a row.
function placesOf(numbers) {
  const places = [];
  for (let i = 0; i < numbers.length; i += 3) places.push(numbers.slice(i, i + 3));
  return places;
}

const NONE = Object.freeze([]);

// A claim; what its statements tell is worked out when first asked for.
class Claim {
  constructor(number, id, text, spoken, stance, topic, confidence, sources, own) {
    this.number = number;
    this.id = id;
    this.text = text || "…";
    this.language = spoken;
    this.stance = stance;
    this.topic = topic;
    this.confidence = confidence;
    this.sources = sources;
    this.own = own > 0;
    this.row = null;
    this.place = 0; // among the rows
    this.hidden = false;
    this.replies = NONE; // relations that end here, surest first
    this.answers = NONE; // relations that start here
    this.children = NONE; // the claims that stand under it
    this.parent = null;
    this.tie = null; // the relation to its parent
  }

  get made() { return sources().made[this.number]; }
  get concept() { return sources().more.concept[this.number]; }
  get polarity() { return sources().more.polarity[this.number]; }
  get relevance() { return sources().more.relevance[this.number]; }
  get named() { return sources().more.named[this.number]; }
  get articles() { return this.once("articles", () => [...new Set(this.made.map((statement) => statement.article))]); }
  get actors() { return this.once("actors", () => [...new Set(this.made.flatMap((statement) => statement.actors))]); }
  get dates() { return this.once("dates", () => this.articles.map((article) => article.date).filter(Boolean).sort()); }
  get speakers() { return this.once("speakers", () => [...new Set(this.made.flatMap(speakersOf))]); }

  once(name, work) {
    const value = work();
    Object.defineProperty(this, name, { value });
    return value;
  }
}

// A relation between two claims; `from` and `to` are the claims, `origin` and `target` their ids.
class Relation {
  constructor(index, from, to, kind, rule, confidence) {
    this.index = index;
    this.from = from;
    this.to = to;
    this.kind = kind;
    this.rule = rule;
    this.confidence = confidence;
  }

  get origin() { return this.from.id; }
  get target() { return this.to.id; }
}

const actorList = unpack(packed.actors);
const ACTORS = by(actorList);
const claimList = ((table) => {
  const [spoken, stance, topic] = [table.language, table.stance, table.topic].map(column);
  return table.id.map((id, i) => new Claim(i, id, table.text[i], spoken[i], stance[i], topic[i], share(table.confidence[i]), table.sources[i], table.own[i]));
})(packed.claims);
const CLAIMS = by(claimList);
const TOPICS = by(packed.topics);
const RELATIONS = ((table) => {
  const [kind, rule] = [table.kind, table.rule].map(column);
  return table.origin.map((origin, i) => new Relation(i, claimList[origin], claimList[table.target[i]], kind[i], rule[i], share(table.confidence[i])));
})(packed.relations);
const FREE = new Set(LAYOUT.free);

// Order by date; what has none comes last.
function earlier(a, b) {
  const [x, y] = [a.date || "~", b.date || "~"];
  return x < y ? -1 : x > y ? 1 : 0;
}

const ROWS = new Array(LAYOUT.topics.length + LAYOUT.cards.claim.length);
for (const topic of LAYOUT.topics) ROWS[topic.at] = { hidden: false, size: 0, folded: 0, digest: null, ...topic };
// Cards stand in order, each under the topic before it.
((table) => {
  let place = 0;
  let under = null;
  const byline = column(table.byline);
  table.claim.forEach((number, i) => {
    for (; ROWS[place]; place += 1) under = ROWS[place];
    const [x, width, height, gap] = table.box.of[table.box.at[i]];
    const { id } = claimList[number];
    ROWS[place] = { kind: "claim", id, claim: claimList[number], lane: under.lane, topic: under.topic, under, x, width, height, gap, lines: table.lines[i], byline: byline[i], hidden: table.hidden[i] > 0, relation: table.relation[i] };
    place += 1;
  });
})(LAYOUT.cards);

const gone = new Set(TWEAKS.hidden);
const add = (claim, list, item) => {
  if (claim[list] === NONE) claim[list] = [item];
  else claim[list].push(item);
};
for (const relation of RELATIONS) {
  add(relation.from, "answers", relation);
  add(relation.to, "replies", relation);
}
ROWS.forEach((row, place) => {
  if (row.kind !== "claim") return;
  const { claim } = row;
  claim.row = row;
  claim.place = place;
  claim.hidden = row.hidden || gone.has(row.id);
  if (row.relation < 0) return;
  claim.tie = RELATIONS[row.relation];
  claim.parent = claim.tie.to;
  add(claim.parent, "children", claim);
});
const weakest = (a, b) => b.confidence - a.confidence || a.index - b.index;
for (const claim of claimList) {
  if (claim.replies.length > 1) claim.replies.sort(weakest);
  if (claim.answers.length > 1) claim.answers.sort(weakest);
}
const inOrder = (claims) => [...claims].sort((a, b) => a.place - b.place);

// A card's lines: places where the claim's text breaks, or the lines themselves.
function linesOf(row) {
  if (typeof row.lines[0] !== "number") return row.lines;
  const { text } = row.claim;
  let at = 0;
  row.lines = row.lines.map((length) => {
    const line = text.slice(at, at + length);
    at += length + 1;
    return line;
  });
  return row.lines;
}

const topicName = (id) => (TOPICS.has(id) ? local(TOPICS.get(id).label) : t("topic.none"));
const sideName = (side) => t(`side.${side}`);
const actorName = (id) => ACTORS.get(id)?.name.trim() || id;
const countReplies = (claim, kind) => claim.replies.filter((relation) => relation.kind === kind).length;

// The first of some names, and how many more there are: in a large map thousands may make a claim.
const NAMES_SHOWN = 12;

function shortened(names, most = NAMES_SHOWN) {
  const all = [...names];
  return all.slice(0, most).join(", ") + (all.length > most ? ` +${all.length - most}` : "");
}

// Who makes a statement: actors, else the words that cite them.
function speakersOf(statement) {
  if (statement.actors.length) return statement.actors.map(actorName);
  if (statement.source) return [placeText(statement.article, statement.source)];
  return [t("speaker.none")];
}

const placeText = (article, place) => article.pieces[place[0]].slice(place[1], place[2]);
const quotationOf = (statement) => statement.content.map((place) => placeText(statement.article, place)).join(" … ");
const evidenceOf = (relation) => sources().evidence[relation.index];

function ruleName(rule) {
  const key = `rule.${rule}`;
  const name = t(key);
  return name === key ? rule.replace(/[_-]+/g, " ") : name;
}
