import { plainKey } from './plain-key';
import { looksLikeTime } from './send-time';

/** What can be named after `/outreach send`. */
export interface Nameable {
  readonly id: number;
  readonly name: string;
}

export interface KnownNames {
  readonly templates: readonly Nameable[];
  readonly groups: readonly Nameable[];
}

export interface NamedGroup {
  readonly name: string;
  readonly isExcept: boolean;
  /** What joins it to the one before. */
  readonly after: 'and' | 'or' | null;
}

/** What was said, taken apart; names as they were written, whether they are known or not. */
export interface Clauses {
  readonly template: string | null;
  readonly groups: readonly NamedGroup[];
  readonly time: string;
}

interface Token {
  readonly kind: 'quoted' | 'word' | 'comma';
  readonly text: string;
}

/** Names in any quotation marks that keyboards and Slack put; single ones only around a whole name: “Men’s” has one, too. */
const TOKEN = /["“”„«»]([^"“”„«»]*)["“”„«»]|(?<![^\s,;])['‘‚](.+?)['’](?=[\s,;]|$)|([,;])|([^\s,;"“”„«»]+)/g;

const tokensOf = (words: string): Token[] =>
  [...words.matchAll(TOKEN)].flatMap(([, double, single, comma, word]): Token[] => {
    const quoted = double ?? single;
    if (quoted !== undefined) return quoted.trim() === '' ? [] : [{ kind: 'quoted', text: quoted.trim() }];
    return [comma === undefined ? { kind: 'word', text: word ?? '' } : { kind: 'comma', text: ',' }];
  });

const isWord = (token: Token | undefined, ...words: readonly string[]): boolean =>
  token?.kind === 'word' && words.includes(token.text.toLowerCase());

const textOf = (tokens: readonly Token[]): string => tokens.map(({ text }) => text).join(' ');

const TIME_WORD =
  /^(?:at|on|in|now|from|today|tonight|tomorrow|tmrw|next|this|noon|midnight|(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|\d.*)$/i;

/** In words: names have at most 80 characters. */
const LONGEST_NAME = 40;

const isAnd = (token: Token | undefined): boolean => isWord(token, 'and', '&', '+');
const isJoin = (token: Token | undefined): boolean => token?.kind === 'comma' || isAnd(token) || isWord(token, 'or');
const isExcept = (token: Token | undefined): boolean => isWord(token, 'except', 'without', 'excluding', 'not');
const isTimeWord = (token: Token | undefined): boolean => token?.kind === 'word' && TIME_WORD.test(token.text);

/**
 * Takes `"second dose" to "2nd dose", "Staff" except "Volunteers" at 9am tomorrow` apart, in whatever order its parts
 * come. Names may stand without quotation marks; the longest known name that fits is taken, so that “Back to school at 8”
 * and “Salt and Pepper” may be names.
 */
export const readClauses = (words: string, known: KnownNames): Clauses => new Reader(tokensOf(words), known).read();

class Reader {
  private at = 0;
  private mode: 'template' | 'groups' | 'except' = 'template';
  private template: string | null = null;
  private readonly groups: NamedGroup[] = [];
  private readonly time: Token[] = [];
  /** Words of a name that is not known. */
  private pending: Token[] = [];
  private after: NamedGroup['after'] = null;

  private readonly templates: ReadonlySet<string>;
  private readonly groupNames: ReadonlySet<string>;

  constructor(
    private readonly tokens: readonly Token[],
    { templates, groups }: KnownNames,
  ) {
    this.templates = new Set(templates.map(({ name }) => plainKey(name)));
    this.groupNames = new Set(groups.map(({ name }) => plainKey(name)));
  }

  read(): Clauses {
    while (this.at < this.tokens.length) this.step();
    this.endName();
    return { template: this.template, groups: this.groups, time: textOf(this.time) };
  }

  private step(): void {
    const token = this.tokens[this.at];
    const length = this.pending.length === 0 ? this.knownAt(this.at) : 0;
    if (length > 0) this.takeName(length);
    else if (token?.kind === 'quoted') {
      this.endName();
      this.takeName(1);
    } else if (isWord(token, 'to')) this.turnTo('groups');
    else if (isExcept(token)) this.turnTo('except');
    else if (isWord(token, 'but') && isExcept(this.tokens[this.at + 1])) this.at += 1;
    else if (isJoin(token) && (this.mode !== 'template' || this.template !== null || token?.kind === 'comma'))
      this.join(token);
    else if (isTimeWord(token) && this.beginsTime()) this.takeTime();
    else if (token) {
      this.pending.push(token);
      this.at += 1;
    }
  }

  private turnTo(mode: 'groups' | 'except'): void {
    this.endName();
    this.mode = mode;
    this.at += 1;
  }

  private join(token: Token | undefined): void {
    this.endName();
    if (this.mode !== 'except') this.after = isAnd(token) ? 'and' : isWord(token, 'or') ? 'or' : this.after;
    this.at += 1;
  }

  private endName(): void {
    if (this.pending.length > 0) this.name(textOf(this.pending));
    this.pending = [];
  }

  private takeName(length: number): void {
    this.name(textOf(this.tokens.slice(this.at, this.at + length)));
    this.at += length;
  }

  private name(name: string): void {
    const key = plainKey(name);
    const inItsPlace = this.mode === 'template' || (this.templates.has(key) && !this.groupNames.has(key));
    if (this.template === null && inItsPlace) this.template = name;
    else {
      this.groups.push({ name, isExcept: this.mode === 'except', after: this.after });
      this.after = null;
    }
  }

  /** After other words a time may begin with any of its words; at the start of a name it has to look like one. */
  private beginsTime(): boolean {
    const isLater = this.pending.length > 0 || this.template !== null || this.groups.length > 0;
    const mayBeName = this.mode === 'template' && this.template === null;
    return (isLater && !mayBeName) || looksLikeTime(textOf(this.tokens.slice(this.at, this.endOfTime())));
  }

  private takeTime(): void {
    this.endName();
    const end = this.endOfTime();
    this.time.push(...this.tokens.slice(this.at, end).filter(({ kind }) => kind === 'word'));
    this.at = end;
  }

  private endOfTime(): number {
    const goesOn = (index: number): boolean => {
      const token = this.tokens[index];
      if (token === undefined || token.kind === 'quoted' || isWord(token, 'to') || isExcept(token)) return false;
      if (isWord(token, 'but') || (this.template === null && this.knownAt(index) > 0)) return false;
      const next = this.tokens[index + 1];
      return !isJoin(token) || (next !== undefined && next.kind !== 'quoted' && this.knownAt(index + 1) === 0);
    };
    let end = this.at + 1;
    while (goesOn(end)) end += 1;
    return end;
  }

  /** How many tokens the longest known name has that begins here and ends where a name may end; 0 = none. */
  private knownAt(from: number): number {
    const maybeTemplate = this.template === null;
    const maybeGroup = this.mode !== 'template' || !maybeTemplate;
    for (let to = Math.min(this.tokens.length, from + LONGEST_NAME); to > from; to -= 1) {
      const key = plainKey(textOf(this.tokens.slice(from, to)));
      const isKnown = (maybeTemplate && this.templates.has(key)) || (maybeGroup && this.groupNames.has(key));
      if (isKnown && this.mayEndAt(to, from)) return to - from;
    }
    return 0;
  }

  private mayEndAt(to: number, from: number): boolean {
    const next = this.tokens[to];
    if (next === undefined || next.kind !== 'word') return true;
    const isQuoted = to === from + 1 && this.tokens[from]?.kind === 'quoted';
    return isQuoted || isJoin(next) || isExcept(next) || isWord(next, 'to', 'but') || isTimeWord(next);
  }
}
