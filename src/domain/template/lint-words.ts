/** Addresses that hide where they lead. Carriers block them, as spam uses them (CTIA Messaging Principles, 5.3.4). */
export const LINK_SHORTENERS: readonly string[] = [
  ...['bit.ly', 'tinyurl.com', 'goo.gl', 't.co', 'ow.ly', 'is.gd', 'buff.ly', 'rebrand.ly', 'cutt.ly', 'shorturl.at'],
  ...['tiny.cc', 'rb.gy', 'lnkd.in', 't.ly', 'bl.ink', 'tiny.one', 'v.gd', 'shorte.st', 'adf.ly', 'soo.gd', 's.id'],
];

/**
 * What carriers' filters take for advertising or fraud: lending, gambling, prizes, pressure, and SHAFT (sex, hate, alcohol,
 * firearms, tobacco, with cannabis). English and Spanish.
 */
export const CARRIER_WORDS: readonly string[] = [
  ...['act now', 'act fast', 'click here', 'limited time', 'last chance', 'guaranteed', 'risk free', 'no obligation'],
  ...['winner', 'you won', 'prize', 'lottery', 'casino', 'gift card', 'free gift', 'cash', 'discount', 'promo'],
  ...['loan', 'payday', 'credit score', 'debt', 'bitcoin', 'crypto', 'investment', 'work from home', 'weight loss'],
  ...['cannabis', 'marijuana', 'cbd', 'thc', 'vape', 'tobacco', 'alcohol', 'gun', 'viagra', 'sex'],
  ...[
    'haga clic aquí',
    'oferta',
    'gratis',
    'ganador',
    'premio',
    'lotería',
    'préstamo',
    'efectivo',
    'última oportunidad',
  ],
];

/**
 * What tells others about somebody's health: whoever sees the phone's screen reads it. Conditions, results, treatments that
 * name a condition. "Vaccine", "flu shot" and "dose" are not among them: everybody gets those.
 */
export const HEALTH_WORDS: readonly string[] = [
  ...['hiv', 'aids', 'std', 'sti', 'syphilis', 'chlamydia', 'gonorrhea', 'herpes', 'hepatitis', 'tuberculosis', 'hpv'],
  ...['cancer', 'tumor', 'biopsy', 'oncology', 'chemo', 'chemotherapy', 'diabetes', 'diabetic', 'a1c', 'insulin'],
  ...['pregnant', 'pregnancy', 'prenatal', 'abortion', 'miscarriage', 'birth control', 'depression', 'anxiety'],
  ...[
    'psychiatrist',
    'psychiatry',
    'mental health',
    'bipolar',
    'suicide',
    'overdose',
    'addiction',
    'rehab',
    'methadone',
  ],
  ...['suboxone', 'diagnosis', 'diagnosed', 'diagnostic', 'positive', 'negative', 'test result is', 'your result is'],
  ...[
    'prescription for',
    'dialysis',
    'dementia',
    'epilepsy',
    'blood pressure',
    'cholesterol',
    'mammogram',
    'pap smear',
  ],
  ...[
    'vih',
    'sida',
    'sífilis',
    'clamidia',
    'gonorrea',
    'tuberculosis',
    'cáncer',
    'biopsia',
    'quimioterapia',
    'diabética',
  ],
  ...['diabético', 'embarazo', 'embarazada', 'prenatal', 'aborto', 'anticonceptivo', 'depresión', 'ansiedad'],
  ...[
    'psiquiatra',
    'salud mental',
    'sobredosis',
    'adicción',
    'diagnóstico',
    'positivo',
    'positiva',
    'negativo',
    'negativa',
  ],
];
