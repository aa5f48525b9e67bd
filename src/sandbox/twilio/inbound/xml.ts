/** Just enough XML to read TwiML strictly: elements, attributes, text, entities, CDATA, comments, and a prologue. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

export class XmlError extends Error {}

const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([A-Za-z_][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y;
const ATTRIBUTE = /([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const unescape = (text: string): string =>
  text.replace(/&(#x[0-9a-f]+|#\d+|\w*);?/gi, (whole, name: string) => {
    if (!whole.endsWith(';')) throw new XmlError(`A bare & in '${text.slice(0, 40)}'.`);
    if (name.startsWith('#x')) return String.fromCodePoint(Number.parseInt(name.slice(2), 16));
    if (name.startsWith('#')) return String.fromCodePoint(Number(name.slice(1)));
    const known = NAMED[name];
    if (known === undefined) throw new XmlError(`There is no entity &${name};`);
    return known;
  });

const attributesOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(ATTRIBUTE)].map((match) => [match[1] ?? '', unescape(match[2] ?? match[3] ?? '')]),
  );

const newElement = (name: string, attributes: Record<string, string>): Element => ({
  name,
  attributes,
  children: [],
  text: '',
});

const takeToken = (match: RegExpExecArray, stack: Element[]): void => {
  const [, cdata, closing, name, attributes, selfClosing, text] = match;
  const top = stack[stack.length - 1];
  if (top === undefined) throw new XmlError('More is closed than was opened.');
  if (cdata !== undefined) top.text += cdata;
  else if (text !== undefined) top.text += unescape(text);
  else if (closing === '/') {
    if (top.name !== name) throw new XmlError(`</${name ?? ''}> closes <${top.name}>.`);
    stack.pop();
  } else if (name !== undefined) {
    const element = newElement(name, attributesOf(attributes ?? ''));
    top.children.push(element);
    if (selfClosing !== '/') stack.push(element);
  }
};

/** The root element; XmlError when the text is not well-formed. */
export const parseXml = (source: string): Element => {
  const holder = newElement('', {});
  const stack = [holder];
  const text = source.trim();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw new XmlError(`Not XML at '${text.slice(at, at + 40)}'.`);
    takeToken(match, stack);
  }
  const [root, ...others] = holder.children;
  if (stack.length !== 1 || root === undefined || others.length > 0 || holder.text.trim() !== '') {
    throw new XmlError('There must be one root element, closed.');
  }
  return root;
};
