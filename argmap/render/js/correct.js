// Corrections: what people have corrected is marked, and what readers would correct is collected and downloaded as a file for
// `argmap build --corrections`. A form says what is wrong with one thing; its entries name that thing by id and by its words.
const MARKS = read("corrections-data");
const FIXES_KEY = `argmap-corrections ${ABOUT.debate}`;
const FIXES_FILE = "corrections.toml";

const fixes = { list: storedFixes(), by: "" };

function storedFixes() {
  const kept = guarded(() => JSON.parse(localStorage.getItem(FIXES_KEY)));
  return Array.isArray(kept) ? kept.filter((entry) => entry && typeof entry.action === "string") : [];
}

function keepFixes(list) {
  fixes.list = list;
  guarded(() => localStorage.setItem(FIXES_KEY, JSON.stringify(list)));
  drawFixes();
}

// A word that a person corrected an item, and what of it.
function humanMark(kind, id) {
  const what = MARKS[kind][id];
  return what && h("p", { class: "human" }, t("human", { what: what.map((name) => t(`human.${name}`)).join(", ") }));
}

// Whether a person corrected a claim or one of its statements: cards and lists show a tick.
const isCorrected = (claim) => Boolean(MARKS.claims[claim.id]) || claim.made.some((statement) => MARKS.statements[statement.id]);

// What an entry is about: its id, and what it is found by when that has changed.
const actorRef = (id) => ({ id, name: actorName(id) });
const statementRef = (statement) => ({ id: statement.id, article: statement.article.id, quotation: quotationOf(statement) });
function claimRef(claim) {
  const [first] = claim.made;
  return { id: claim.id, text: claim.text, ...(first && { article: first.article.id, quotation: quotationOf(first) }) };
}

// Fields of a form. Each has an element, and a value that is null as long as it cannot be.
let fieldCount = 0;
function labelled(name, element, tag = "label") {
  const id = `fix-field-${fieldCount += 1}`;
  if (tag === "label") element.id = id;
  return tag === "label" ? h("div", { class: "field" }, h("label", { for: id }, t(`fix.field.${name}`)), element)
    : h("fieldset", { class: "field" }, h("legend", null, t(`fix.field.${name}`)), element);
}

function textField(name, value = "", { optional = false, long = false } = {}) {
  const input = h(long ? "textarea" : "input", { rows: long ? 3 : null, required: !optional, dir: "auto", "data-field": name });
  input.value = value;
  return { element: labelled(name, input), input, get value() { return cleaned(input.value); } };
}

function choiceField(name, options, value) {
  const input = h("select", { "data-field": name }, options.map(([key, label]) => h("option", { value: key, selected: key === value }, label)));
  return { element: labelled(name, input), get value() { return input.value; } };
}

// A text that must be one of a list: the words are what the reader sees, the value is what they stand for.
function pickField(name, items) {
  const known = new Map(items);
  const id = `fix-list-${fieldCount += 1}`;
  const field = textField(name);
  field.input.setAttribute("list", id);
  field.element.append(h("datalist", { id }, items.map(([label]) => h("option", { value: label }))));
  field.input.addEventListener("input", () => field.input.setCustomValidity(""));
  return { element: field.element, get value() {
    const found = known.get(field.input.value) ?? known.get(field.value) ?? null;
    field.input.setCustomValidity(found === null ? t("fix.unknown") : "");
    return found;
  } };
}

function statementsField(statements) {
  const boxes = statements.map((statement) => [statement, h("input", { type: "checkbox" })]);
  const list = h("div", { class: "checks" }, boxes.map(([statement, box]) => h("label", null, box, words(`${speakersOf(statement).join(", ")}: ${quotationOf(statement)}`, { lang: statement.article.language }))));
  return { element: labelled("statements", list, "fieldset"), get value() {
    const chosen = boxes.filter(([, box]) => box.checked).map(([statement]) => statementRef(statement));
    boxes[0][1].setCustomValidity(chosen.length ? "" : t("fix.unknown"));
    return chosen.length ? chosen : null;
  } };
}

const otherClaims = (claim) => claimList.filter((other) => other !== claim).map((other) => [other.text, other]);
const citedActors = () => actorList.filter((actor) => actor.kind !== "author");
const sidesField = (side) => choiceField("stance", SIDES.map((name) => [name, sideName(name)]), side);
const KINDS = ["person", "organisation", "government", "policy", "group"];
const kindsField = (kind) => choiceField("kind", KINDS.map((name) => [name, t(`kind.${name}`)]), kind);
const relationKinds = () => choiceField("relation", ["support", "attack"].map((kind) => [kind, t(`${kind}s.verb`)]));

// Who says something: names with semicolons between them; who is not in the map yet is added to it.
function speakersField(current) {
  const own = t("fix.own");
  const known = new Map([[own, { id: "author" }], ...citedActors().map((actor) => [actor.name, actorRef(actor.id)])]);
  const id = `fix-list-${fieldCount += 1}`;
  const names = textField("speakers", current.map((actor) => (ACTORS.get(actor)?.kind === "author" ? own : actorName(actor))).join("; "), { optional: true });
  names.input.setAttribute("list", id);
  names.element.append(h("datalist", { id }, [...known.keys()].map((name) => h("option", { value: name }))));
  const kind = choiceField("newKind", KINDS.map((name) => [name, t(`kind.${name}`)]), "person");
  const given = () => names.value.split(";").map(cleaned).filter(Boolean);
  const strangers = () => given().filter((name) => !known.has(name));
  kind.element.hidden = true;
  names.input.addEventListener("input", () => { kind.element.hidden = !strangers().length; });
  return { elements: [names.element, kind.element], get value() {
    return { actors: given().map((name) => known.get(name) || { name }), added: strangers().map((name) => ({ action: "add-actor", name, kind: kind.value })) };
  } };
}

const simple = (field, entry) => ({ elements: [field.element], entries: () => (field.value === null || field.value === "" ? null : [entry(field.value)]) });
const plainly = (entry) => ({ elements: [], entries: () => [entry] });

// What can be wrong with each kind of thing, and the form that says it.
const FORMS = {
  claims: {
    "set-stance": (claim) => simple(sidesField(claim.stance), (stance) => ({ action: "set-stance", claim: claimRef(claim), stance })),
    "edit-claim": (claim) => simple(textField("text", claim.text, { long: true }), (text) => ({ action: "edit-claim", claim: claimRef(claim), text })),
    "set-topic": (claim) => simple(choiceField("topic", [["", t("topic.none")], ...[...TOPICS.keys()].map((id) => [id, topicName(id)])], claim.topic), (topic) => ({ action: "set-topic", claim: claimRef(claim), topic })),
    "merge-claims": (claim) => simple(pickField("claim", otherClaims(claim)), (other) => ({ action: "merge-claims", claim: claimRef(claim), into: claimRef(other) })),
    "split-claim": (claim) => {
      const [chosen, text] = [statementsField(claim.made), textField("newText", "", { optional: true, long: true })];
      return { elements: [chosen.element, text.element], entries: () => chosen.value && [{ action: "split-claim", claim: claimRef(claim), statements: chosen.value, ...(text.value && { text: text.value }) }] };
    },
    "add-relation": (claim) => {
      const [kind, other] = [relationKinds(), pickField("claim", otherClaims(claim))];
      return { elements: [kind.element, other.element], entries: () => other.value && [{ action: "add-relation", origin: claimRef(claim), target: claimRef(other.value), kind: kind.value }] };
    },
  },
  statements: {
    "reject-statement": (statement) => plainly({ action: "reject-statement", statement: statementRef(statement) }),
    "set-stance": (statement) => simple(sidesField(statement.claim.stance), (stance) => ({ action: "set-stance", statement: statementRef(statement), stance })),
    "set-speakers": (statement) => {
      const who = speakersField(statement.actors);
      return { elements: who.elements, entries: () => [...who.value.added, { action: "set-speakers", statement: statementRef(statement), actors: who.value.actors }] };
    },
    "move-statement": (statement) => simple(pickField("claim", otherClaims(statement.claim)), (other) => ({ action: "move-statement", statement: statementRef(statement), claim: claimRef(other) })),
  },
  relations: {
    "reject-relation": (relation) => plainly({ action: "reject-relation", ...endRefs(relation) }),
    "flip-relation": (relation) => plainly({ action: "flip-relation", ...endRefs(relation), kind: relation.kind === "attack" ? "support" : "attack" }),
    "reverse-relation": (relation) => plainly({ action: "reverse-relation", ...endRefs(relation) }),
  },
  actors: {
    "rename-actor": ({ id, name }) => simple(textField("name", name), (value) => ({ action: "rename-actor", actor: actorRef(id), name: value })),
    "set-kind": ({ id, kind }) => simple(kindsField(kind), (value) => ({ action: "set-kind", actor: actorRef(id), kind: value })),
    "set-affiliation": ({ id, affiliation: given }) => {
      const field = textField("affiliation", given || "", { optional: true });
      return { elements: [field.element], entries: () => [{ action: "set-affiliation", actor: actorRef(id), affiliation: field.value }] };
    },
    "merge-actors": ({ id }) => simple(pickField("actor", citedActors().filter((other) => other.id !== id).map((other) => [other.name, other])), (other) => ({ action: "merge-actors", actor: actorRef(id), into: actorRef(other.id) })),
    "split-actor": ({ id }) => {
      const [name, chosen] = [textField("name"), statementsField(sources().statements.filter((statement) => statement.actors.includes(id)))];
      return { elements: [name.element, chosen.element], entries: () => (chosen.value && name.value ? [{ action: "split-actor", actor: actorRef(id), name: name.value, statements: chosen.value }] : null) };
    },
    "reject-actor": ({ id }) => plainly({ action: "reject-actor", actor: actorRef(id) }),
  },
  articles: {
    "add-statement": (article) => {
      const chosen = cleaned(String(getSelection() || ""));
      const [quotation, who, side] = [textField("quotation", chosen, { long: true }), speakersField([]), sidesField("neutral")];
      return { elements: [quotation.element, ...who.elements, side.element], entries: () => quotation.value && [...who.value.added,
        { action: "add-statement", article: article.id, quotation: quotation.value, ...(who.value.actors.length && { actors: who.value.actors }), stance: side.value }] };
    },
  },
};

const endRefs = (relation) => ({ origin: claimRef(CLAIMS.get(relation.origin)), target: claimRef(CLAIMS.get(relation.target)) });

// What may be chosen about a thing: a claim of one source cannot be split, nor an actor of one statement.
function actionsFor(kind, item) {
  const several = kind === "claims" ? item.made.length : kind === "actors" ? sources().statements.filter((statement) => statement.actors.includes(item.id)).length : 0;
  return Object.keys(FORMS[kind]).filter((action) => several > 1 || !action.startsWith("split-"));
}

const actionName = (action, item) => (action === "flip-relation" ? t(`fix.flip.${item.kind === "attack" ? "support" : "attack"}`) : t(`fix.${action}`));

// The control beside a thing: what people corrected of it, and a button that opens the form.
function correctable(kind, item, id = item.id) {
  if (kind === "actors" && item.kind === "author") return null;
  const place = h("div", { class: "fix" });
  const open = button(t("fix"), () => {
    const form = fixForm(kind, item, close);
    open.hidden = true;
    place.append(form);
    form.querySelector("select").focus();
  }, { class: "link fix-open", "data-fix": kind });
  const close = () => {
    place.querySelector("form").remove();
    open.hidden = false;
    open.focus();
  };
  return fill(place, null, [kind !== "articles" && humanMark(kind, id), open]);
}

function fixForm(kind, item, close) {
  const body = h("div", { class: "fields" });
  const note = textField("note", "", { optional: true });
  let chosen = null;
  const choose = (action) => {
    chosen = FORMS[kind][action](item);
    replace(body, chosen.elements);
  };
  const actions = actionsFor(kind, item);
  const what = h("select", { "data-field": "action", onchange: () => choose(what.value) }, actions.map((action) => h("option", { value: action }, actionName(action, item))));
  choose(actions[0]);
  const form = h("form", { class: "fix-form", "aria-label": t("fix"), novalidate: true,
    onsubmit: (event) => {
      event.preventDefault();
      const entries = chosen.entries();
      if (!form.reportValidity() || !entries) return;
      const known = new Set(fixes.list.map((entry) => JSON.stringify({ ...entry, note: undefined })));
      const fresh = entries.filter((entry) => !known.has(JSON.stringify(entry))).map((entry, i) => (note.value && i === entries.length - 1 ? { ...entry, note: note.value } : entry));
      keepFixes([...fixes.list, ...fresh]);
      $("live").textContent = t("fix.added", { n: fixes.list.length });
      close();
    },
    onkeydown: (event) => {
      event.stopPropagation(); // the page's own keys are no keys of a form
      if (event.key === "Escape") close();
    } },
  labelled("what", what), body, note.element,
  h("p", { class: "buttons" }, h("button", { type: "submit" }, t("fix.add")), button(t("fix.cancel"), close)));
  return form;
}

// The button with the corrections collected so far, and the list that it opens.
function drawFixes() {
  if (!$("fixes-button")) {
    $("export-button").after(button("", () => openFixes($("fixes").hidden), { id: "fixes-button", "aria-expanded": "false", "aria-controls": "fixes" }));
    $("exports").after(h("div", { id: "fixes", class: "popover fixes", role: "group", hidden: true }));
  }
  $("fixes-button").hidden = !fixes.list.length;
  $("fixes-button").textContent = t("fix.collected", { n: fixes.list.length });
  $("fixes").setAttribute("aria-label", t("fix.title"));
  if (!fixes.list.length) openFixes(false);
  if (!$("fixes").hidden) drawFixList();
}

function openFixes(open) {
  $("fixes").hidden = !open;
  $("fixes-button").setAttribute("aria-expanded", String(open));
  if (open) drawFixList();
}

function drawFixList() {
  const by = textField("by", fixes.by, { optional: true });
  by.input.addEventListener("input", () => { fixes.by = by.value; });
  replace($("fixes"), h("h2", null, t("fix.title")), h("p", { class: "how" }, t("fix.explain", { file: FIXES_FILE }), ABOUT.contact && [" ", t("legend.contact"), " ", contactLink(ABOUT.contact)]),
    h("ol", null, fixes.list.map((entry, i) => h("li", null, h("span", null, fixName(entry), ": ", words(fixAbout(entry))),
      button("×", () => {
        keepFixes(fixes.list.filter((_, at) => at !== i));
        ($("fixes").hidden ? $("export-button") : $("fixes").querySelector("li button")).focus();
      }, { class: "away", "aria-label": `${t("fix.remove")}: ${fixName(entry)}: ${fixAbout(entry)}` })))),
    by.element, h("p", { class: "buttons" }, button(t("fix.download"), () => download(FIXES_FILE, "application/toml", fixesToml()), { id: "fixes-download" }),
      button(t("fix.clear"), () => { keepFixes([]); $("export-button").focus(); }, { id: "fixes-clear" })));
}

const fixName = (entry) => (entry.action === "flip-relation" ? t(`fix.flip.${entry.kind === "attack" ? "attack" : "support"}`) : t(`fix.${entry.action}`));

// What a collected entry is about, in a few words.
function fixAbout(entry) {
  const about = entry.statement || entry.claim || entry.actor || entry.origin || entry;
  const text = String(about.name || about.text || about.quotation || about.id || "");
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

// The file, as `argmap.corrections.dumps` writes it. TOML wants one character escaped that JSON does not; half characters are no text.
const tomlText = (text) => JSON.stringify(text).replace(/\u007f/g, "\\u007f").replace(/(?<!\\)((?:\\\\)*)\\u[dD][89abAB-Fc-f][0-9a-fA-F]{2}/g, "$1\ufffd");

function tomlValue(value) {
  if (Array.isArray(value)) return value.some((item) => typeof item === "object") ? `[\n${value.map((item) => `  ${tomlValue(item)},\n`).join("")}]` : `[${value.map(tomlValue).join(", ")}]`;
  if (typeof value === "object") return `{ ${Object.entries(value).map(([key, part]) => `${key} = ${tomlValue(part)}`).join(", ")} }`;
  return tomlText(String(value));
}

function fixesToml() {
  const entries = fixes.list.map((entry) => Object.entries({ ...entry, ...(fixes.by && { by: fixes.by }) }).flatMap(([name, value]) => (
    typeof value === "object" && !Array.isArray(value) ? Object.entries(value).map(([key, part]) => `${name}.${key} = ${tomlValue(part)}`) : [`${name} = ${tomlValue(value)}`])));
  return ["# Corrections of an argument map. Which of them still apply: argmap correct check FILE MAP.json\nschema = \"argmap-corrections/1\"\n",
    ...entries.map((lines) => `[[correction]]\n${lines.map((line) => `${line}\n`).join("")}`)].join("\n");
}

addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !$("fixes") || $("fixes").hidden) return;
  event.stopImmediatePropagation();
  openFixes(false);
  $("fixes-button").focus();
}, { capture: true });
