// The interface's words: keys and numbers come in, text in the reader's language goes out.
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const WORDS = read("words-data");
const LANGUAGES = Object.keys(WORDS);
const root = document.documentElement;

function preferredLanguage() {
  const asked = root.dataset.language;
  if (WORDS[asked]) return asked;
  const first = (navigator.languages || [navigator.language || ""]).map((code) => code.slice(0, 2).toLowerCase()).find((code) => WORDS[code]);
  return first || LANGUAGES[0];
}

let language = preferredLanguage();

// The words of a key; {name} is replaced, and "key.one" is taken where n is 1.
function t(key, values = {}) {
  const table = WORDS[language];
  const text = (values.n === 1 && table[`${key}.one`]) || table[key];
  if (text === undefined) return key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

// The text in the reader's language of a table by language, else in whatever language there is.
function local(table) {
  if (!table) return "";
  return table[language] || table.en || Object.values(table)[0] || "";
}

const percent = (number) => `${Math.round(100 * number)}%`;

function longDate(date) {
  const parts = /^(\d{4})-(\d\d)-(\d\d)/.exec(date || "");
  if (!parts) return date || "";
  const day = new Date(Date.UTC(+parts[1], +parts[2] - 1, +parts[3]));
  return new Intl.DateTimeFormat(language, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(day);
}

function languageName(code) {
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(code) || code;
  } catch {
    return code;
  }
}
