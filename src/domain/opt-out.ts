import { plainText, plainWords } from './plain-words';

/**
 * Reads the patient's will: no more texts, texts again, or help.
 *
 * 1. A keyword of the carriers as the whole message, in any case, punctuation and spacing, counts always.
 * 2. A keyword with nothing but courtesy around it ("stop please") counts when it can mean nothing else. CANCEL and END can:
 *    "please cancel" is about the visit, so it goes to staff.
 * 3. A plain sentence that asks for no more texts counts, alone or as a sentence or clause of a longer message. It has to
 *    speak of texting ("stop texting me", "no more messages") or of leaving a list.
 *
 * Everything else is null, above all questions ("can I stop by?") and what is to stop on the patient's side ("should I stop
 * taking it?"): somebody opted out by mistake misses care, so that doubtful ones go to staff.
 *
 * Sources: FACTS on Twilio's keywords; 47 CFR 64.1200(a)(10), revocation by any reasonable means.
 */
export const readOptOut = (text: string): 'stop' | 'start' | 'help' | null => {
  const words = plainWords(text);
  const keyword = words.join('');
  if (STOP_KEYWORDS.has(keyword) || STOP_KEYWORDS.has(withoutEchoes(words).join(''))) return 'stop';
  if (keyword === 'start' || keyword === 'unstop') return 'start';
  if (keyword === 'help' || keyword === 'info' || keyword === 'ayuda') return 'help';
  return asksForNoTexts(text) ? 'stop' : null;
};

/** Whether it means YES in the carriers' sense, which is START to somebody who opted out: the one word, nothing else. */
export const isCarrierYes = (text: string): boolean => plainText(text) === 'yes';

/** Twilio's eight, then Spanish ones, then frequent slips. Spaces are gone, so that "stop all" and "S T O P" are in it. */
const STOP_KEYWORDS: ReadonlySet<string> = new Set([
  ...[
    'stop',
    'stopall',
    'unsubscribe',
    'cancel',
    'end',
    'quit',
    'revoke',
    'optout',
    'stop2end',
    'stop2stop',
    'stop2quit',
  ],
  ...['alto', 'parar', 'pare', 'paren', 'basta', 'yabasta', 'detener', 'detenga', 'detengan'],
  ...['unsubcribe', 'unsuscribe', 'unsubscibe', 'unsub', 'desuscribir', 'desuscribirme', '🛑'],
]);

/** "STOP STOP STOP" is STOP. */
const withoutEchoes = (words: readonly string[]): readonly string[] =>
  words.filter((word, index) => word !== words[index - 1]);

const asksForNoTexts = (text: string): boolean => {
  const sentences = text.split(/(?<=[.!?;\n])/).filter((sentence) => plainText(sentence) !== '');
  const clauses = sentences.flatMap((sentence) =>
    sentence.split(/,|\s[-–—]\s|\b(?:and|but|so|then|because|pero|y)\b/i),
  );
  return (
    [text, ...sentences].some((part) => asks(part, ALONE)) ||
    [text, ...sentences, ...clauses].some((part) => asks(part, IN_A_CLAUSE))
  );
};

/** "No more texts?" wonders; of questions only "can you stop …?" asks for something. */
const asks = (part: string, patterns: readonly RegExp[]): boolean => {
  const bare = withoutCourtesy(plainText(part));
  const wonders = /[?¿]/.test(part.normalize('NFKC')) && !REQUEST.test(bare);
  return !wonders && patterns.some((pattern) => pattern.test(bare));
};

const REQUEST = /^(?:can|could|would|will|puede|pueden|podria|podrian) /;

const withoutCourtesy = (words: string): string => words.replace(COURTESY_BEFORE, '').replace(COURTESY_AFTER, '');

const COURTESY =
  'please|pls|plz|kindly|just|now|ok|okay|hi|hello|hey|sorry|sir|maam|thanks|thank you|thx|ty|already|immediately|asap|' +
  'por favor|porfavor|porfa|favor de|gracias|hola|ya|ahora|🙏|😡|🤬|😠';
const COURTESY_BEFORE = new RegExp(`^(?:(?:${COURTESY}) )+`);
const COURTESY_AFTER = new RegExp(`(?: (?:${COURTESY}|right now|at once))+$`);

/** One pattern from parts, matched against the whole of a clause without its courtesy. */
const whole = (...parts: readonly string[]): RegExp => new RegExp(`^${parts.join('')}$`);

/** These count as a message or sentence of their own only: in the middle of one they may speak of something else. */
const ALONE: readonly RegExp[] = [
  whole(
    '(?:(?:reply|text|txt|send) )?(?:stop|stopall|stop all|unsubscribe|quit|revoke|opt ?out|alto|parar|paren|basta|🛑)',
  ),
  whole('(?:stop|quit) (?:it|this|that|these|them|sending|sending (?:it|this|these|them)(?: to me)?)'),
  whole('stop (?:to|2) (?:stop|end|opt ?out|unsubscribe|quit|cancel)'),
  whole('wrong (?:number|person) stop'),
  whole('stop (?:wrong (?:number|person)|(?:i am |im )?not interested|leave me alone)(?: .*)?'),
  whole('(?:i|we) (?:want|asked|told|need|would like) (?:you|u|yall|you all) to stop'),
  whole('(?:leave|let) me alone'),
  whole('(?:dejeme|dejenme|dejame) (?:en paz|tranquil[oa])'),
];

const MESSAGES =
  '(?:texts?|text messages?|txts?|messages?|msgs?|sms|texting|messaging|notifications?|alerts?|reminders?|updates?|spam)';
/** The words that cannot be read as "text me". */
const SEVERAL = '(?:texts|text messages|txts|messages|msgs|notifications|alerts|reminders|updates|subscription)';
const MENSAJES = '(?:mensajes de texto|mensajes?|textos?|sms|recordatorios?|notificaciones|alertas|suscripcion)';

/** How a request may begin: "can you", "I want you to". Not "can I", "should I", "how do I". */
const ASKING =
  '(?:(?:(?:i|we) (?:want|need|asked|told|ask|would like|d like|wish) (?:you|u|yall|you all|you guys) to|' +
  '(?:can|could|would|will) (?:you|u|yall|you guys)|(?:you|u) (?:need to|have to|can|must|should)|i said(?: to)?|' +
  'for the last time)(?: please| pls| plz| kindly| just)? )?';
const WHICH =
  '(?: (?:all|the|these|those|this|that|your|any|my|sending|receiving|getting|me|us|with|more|such|automated|' +
  'appointment|text))*';
const AFTER =
  '(?: (?:to|from|me|us|you|yall|my|this|your|number|phone|cell|clinic|office|at|on|here|ever|again|anymore|any|more|all))*';
const DESPUES = '(?: (?:mas|ya|nunca|jamas|otra vez|de nuevo|de ustedes|a este numero|a mi (?:telefono|numero)|aqui))*';
const CUALES = '(?: (?:mas|los|las|mi|la|sus|tus|estos|esos|todos|todas|recibir|ya|de))*';
const VERBO = '(?:(?:envi|texte|contact|molest)(?:e|en|es)|mand(?:e|en|es)|escrib(?:a|an|as))';

/** These speak of texts, or of leaving a list of ours, and count as any clause. */
const IN_A_CLAUSE: readonly RegExp[] = [
  // stop texting me (and whatever follows)
  whole(
    ASKING,
    '(?:stop|quit) (?:texting|txting|textin|messaging|msging|spamming|harassing|bothering|bugging|contacting) ',
    '(?:me|us|here|this (?:number|phone)|my (?:number|phone|cell))(?: .*)?',
  ),
  whole(ASKING, '(?:stop|quit) (?:texting|txting|messaging|spamming)(?: (?:anymore|any more))?'),
  // stop (sending me) these texts
  whole(ASKING, `(?:stop|quit|cease)${WHICH} ${MESSAGES}${AFTER}`),
  whole(ASKING, `(?:end|cancel|discontinue)${WHICH} ${SEVERAL}${AFTER}`),
  whole(
    '(?:i|we) (?:want|need|wish|would like|d like) to (?:stop|quit) (?:receiving|getting)(?: .*)? ',
    MESSAGES,
    AFTER,
  ),
  // don't text me (any more)
  whole(
    ASKING,
    '(?:dont|do not|never|not) (?:ever )?(?:text|txt|message|msg|contact|call or text|text or call)',
    '(?: (?:me|us|here|this (?:number|phone)|my (?:number|phone|cell)))?',
    '(?: (?:again|anymore|any more|ever|ever again|no more|(?:on|at) this (?:number|phone)|here|call me|instead))*',
  ),
  whole('(?:dont|do not|never) send (?:me |us )?(?:any |more |any more |these |those )*', MESSAGES, AFTER),
  whole(
    '(?:(?:i|we) )?(?:dont|do not|no longer|never) (?:want|wish|need|care)',
    '(?: (?:to|you|u|receive|receiving|get|getting|be|any|more|anymore|these|those|this|your|the|send|sending|me|from))*',
    ` (?:texts|text messages?|texted|txts|messages|messaged|msgs|sms|contacted|notifications|alerts|reminders)${AFTER}`,
  ),
  whole('no more ', MESSAGES, AFTER),
  whole('no (?:texts|texting|text messages)', AFTER),
  whole('text (?:me|us) no more'),
  // unsubscribe me, opt me out
  whole(
    ASKING,
    '(?:(?:i|we) (?:want|need|wish|would like|d like) to |i )?',
    '(?:unsubscribe|unsub|opt ?out|opting out|opt (?:me|us) out)',
    `(?: (?:me|us|my|this|number|of|from|list|service|program|your|all|the|these|those|${MESSAGES}))*${AFTER}`,
  ),
  whole(ASKING, '(?:i )?revoke (?:my )?consent(?: to .*(?:texted|', SEVERAL, '))?'),
  // take me off this list; not "off the waiting list", not "off the schedule"
  whole(
    ASKING,
    '(?:(?:remove|delete|unlist) (?:me|us|my (?:phone )?(?:number|name)|this (?:phone )?number)|',
    'take (?:me|us|my (?:phone )?(?:number|name)|this number) off)',
    `(?: (?:of|off|from|this|your|the|these|all|any|mailing|contact|phone|list|lists|contacts|${MESSAGES}))*`,
  ),
  whole('(?:lose|forget|delete) (?:my|this) number'),
  // en español
  whole('(?:ya )?(?:no|nunca) (?:mas )?(?:me|nos) ', VERBO, '(?: mas)?(?:', CUALES, ' ', MENSAJES, ')?', DESPUES),
  whole('(?:ya )?no ', VERBO, ' (?:mas|mas ', MENSAJES, '|', MENSAJES, ')', DESPUES),
  whole('(?:ya )?no (?:quiero|deseo|queremos)(?: que (?:me|nos) ', VERBO, ')?', CUALES, ' ', MENSAJES, DESPUES),
  whole('(?:ya )?no (?:quiero|deseo|queremos) que (?:me|nos) ', VERBO, DESPUES),
  whole(
    '(?:(?:puede|pueden|podria|podrian) (?:dejar|parar)|(?:quiero que )?(?:deje|dejen|deja|dejes|pare|paren|para))',
    ' (?:ya )?de (?:enviar|mandar|escribir|textear|molestar|contactar)(?:me|nos)?',
    '(?:',
    CUALES,
    ' ',
    MENSAJES,
    ')?',
    DESPUES,
  ),
  whole('no mas ', MENSAJES, DESPUES),
  whole(
    '(?:(?:quiero|deseo|quisiera) )?(?:alto a|detener|detenga|detengan|parar|pare|paren|cancelar|cancele|cancelen)',
    CUALES,
    ' ',
    MENSAJES,
    DESPUES,
  ),
  whole(
    '(?:quiteme|quitenme|quitame|saqueme|saquenme|sacame|borreme|borrenme|borrame|elimineme|eliminenme|eliminame|',
    '(?:borre|borren|quite|quiten|elimine|eliminen) mi numero)(?: (?:de|la|las|esta|su|sus|lista|listas))*',
  ),
  whole('(?:(?:quiero|deseo|necesito) )?(?:deme|denme|dame|dar|darme|dense) de baja'),
];
