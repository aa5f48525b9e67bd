import type { ViewValues } from './view-values';

export interface TemplateInput {
  readonly name: string;
  /** By language; `default` is the one that everybody gets who has no other. */
  readonly texts: Readonly<Record<string, string>>;
  readonly expectedReplies: string;
}

/** Two have names of their own. */
const NAMED: Readonly<Record<string, string>> = { default: 'template_text', es: 'template_spanish' };
const OTHERS = 'template_text_';

/**
 * The block of a language's text. Slack keeps what was typed into a block with the same id, whatever its new initial value:
 * to put another text in, the app gives it the next round's id.
 */
export const textBlock = (language: string, round: number): string => {
  const block = NAMED[language] ?? `${OTHERS}${language}`;
  return round === 0 ? block : `${block}~${round}`;
};

/** The text fields of a form, as Slack sends it back. */
export const fieldsOf = (values: ViewValues): { readonly language: string; readonly block: string }[] =>
  Object.keys(values).flatMap((block) => {
    const language = languageOfBlock(block);
    return language === undefined ? [] : [{ language, block }];
  });

const languageOfBlock = (block: string): string | undefined => {
  const [id = ''] = block.split('~');
  const named = Object.entries(NAMED).find(([, one]) => one === id)?.[0];
  if (named !== undefined) return named;
  return id.startsWith(OTHERS) ? id.slice(OTHERS.length) : undefined;
};
