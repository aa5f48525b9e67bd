/**
 * The layers of docs/architecture.md, enforced. Each rule says why it is there.
 * @type {import('dependency-cruiser').IConfiguration}
 */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
const folder = (...names) => `^src/(${names.join('|')})/`;

module.exports = {
  forbidden: [
    forbid('no-cycle', 'A cycle means that two files have one reason to change.', {}, { circular: true }),
    forbid(
      'domain-is-pure',
      'Rules know nothing of us: no database, no Slack, no Twilio, no clock.',
      { path: folder('domain') },
      { path: '^src/', pathNot: folder('domain') },
    ),
    forbid(
      'domain-does-no-io',
      'Rules are computed, never fetched. (stream and buffer types are computing.)',
      { path: folder('domain') },
      {
        dependencyTypes: ['core'],
        pathNot: '^(crypto|node:crypto|buffer|node:buffer|stream|node:stream|string_decoder|node:string_decoder)$',
      },
    ),
    forbid(
      'usecases-see-ports-only',
      'A verb must not know whether staff sit in Slack and texts go by Twilio.',
      { path: folder('usecases') },
      { path: folder('slack', 'twilio', 'jobs', 'sandbox') },
    ),
    forbid(
      'edges-do-not-read-the-database',
      'Slack, Twilio and jobs translate; use cases decide what is read and written.',
      { path: folder('slack', 'twilio', 'jobs') },
      { path: folder('store') },
    ),
    forbid(
      'blocks-are-pure',
      'What it looks like is made from data alone.',
      { path: folder('slack/blocks') },
      { path: '^src/', pathNot: [folder('domain'), folder('slack/blocks')] },
    ),
    forbid(
      'slack-stays-in-slack',
      'Another chat must be possible.',
      { path: '^src/', pathNot: [folder('slack'), folder('sandbox')] },
      { path: 'node_modules/@slack/' },
    ),
    forbid(
      'twilio-stays-in-twilio',
      'Another carrier must be possible.',
      { path: '^src/', pathNot: [folder('twilio'), folder('sandbox')] },
      { path: 'node_modules/twilio/' },
    ),
    forbid(
      'prisma-stays-in-store',
      'Queries have one place.',
      { path: '^src/', pathNot: folder('store') },
      { path: ['node_modules/(@prisma|prisma|better-sqlite3)/', '^src/store/generated/'] },
    ),
    forbid(
      'sandbox-knows-nothing-of-the-app',
      'It stands in for Slack and Twilio, who know nothing of us either.',
      { path: folder('sandbox') },
      { path: '^src/', pathNot: folder('sandbox') },
    ),
    forbid(
      'only-the-trial-starts-the-sandbox',
      'The app reaches the sandbox over HTTP, like Slack and Twilio.',
      { path: '^src/', pathNot: [folder('sandbox'), '^src/trial\\.ts$'] },
      { path: folder('sandbox') },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^src/store/generated/internal', '^src/sandbox/page/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
