import type { ModalView } from '@slack/types';
import type { ReplyRoute } from '../../../domain/conversation-settings';
import { VIEWS } from '../action-ids';
import { context, paragraphs, plain } from '../elements';
import { name } from '../words';
import { input, offer, option } from './inputs';
import { channelIn, chosenIn, type ViewValues } from './view-values';

const BLOCKS = { of: 'route_of', channel: 'route_channel' } as const;

/** What replies can be told apart by, and where they go now. */
export interface RouteChoices {
  readonly choices: readonly {
    readonly of: ReplyRoute['of'];
    readonly id: number;
    readonly name: string;
    readonly channel: string | null;
  }[];
  readonly usual: string;
}

const IN_WORDS: Readonly<Record<ReplyRoute['of'], string>> = {
  group: 'Patients in',
  template: 'Answers to',
  campaign: 'Answers to send',
};

/** One route at a time: whose replies, and which channel. Without a channel they go to the usual one again. */
export const routesForm = ({ choices, usual }: RouteChoices): ModalView => ({
  type: 'modal',
  callback_id: VIEWS.routes,
  title: plain('Where replies go', 24),
  submit: plain('Save', 24),
  close: plain('Cancel', 24),
  blocks: [
    context(`All replies go to <#${usual}>, but for these:`),
    ...paragraphs(routesNow(choices)),
    input({
      block: BLOCKS.of,
      label: 'Whose replies',
      element: {
        type: 'static_select',
        ...offer(choices.map(({ of, id, name: title }) => option(`${IN_WORDS[of]} ${title}`, `${of}:${id}`))),
      },
    }),
    input({
      block: BLOCKS.channel,
      label: 'Channel',
      hint: 'CareThread has to be in it: /invite @CareThread. Empty: the usual channel again.',
      optional: true,
      element: { type: 'conversations_select', filter: { include: ['public', 'private'], exclude_bot_users: true } },
    }),
  ],
});

const routesNow = (choices: RouteChoices['choices']): string[] => {
  const routed = choices.filter(({ channel }) => channel !== null);
  return routed.length === 0
    ? ['No other channel yet.']
    : routed.map(({ of, name: title, channel }) => `${IN_WORDS[of]} *${name(title)}*: <#${channel ?? ''}>`);
};

export type RouteRead =
  | { readonly ok: true; readonly route: Omit<ReplyRoute, 'channel'> & { readonly channel: string | null } }
  | { readonly ok: false; readonly errors: Record<string, string> };

export function readRoutesForm(values: ViewValues): RouteRead {
  const [of, id] = (chosenIn(values, BLOCKS.of) ?? '').split(':');
  if (of !== 'group' && of !== 'template' && of !== 'campaign')
    return { ok: false, errors: { [BLOCKS.of]: 'Choose whose replies.' } };
  return { ok: true, route: { of, id: Number(id), channel: channelIn(values, BLOCKS.channel) } };
}
