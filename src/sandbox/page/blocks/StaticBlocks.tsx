import { Component, memo, type ReactNode } from 'react';
import { Message, type Block as LibraryBlock, type MessageProps } from 'slack-blocks-to-jsx';
import { emoji } from '../lib/emoji';
import { useWorkspace } from '../state/workspace-context';
import { SlackDate } from './SlackDate';
import type { Block } from './types';

/** The library reads hooks and names only when it first draws; what may change later is a component of ours. */
const hooks: NonNullable<MessageProps['hooks']> = {
  date: ({ timestamp, format, link, fallback }) => (
    <SlackDate timestamp={timestamp} pattern={format} link={link} fallback={fallback} />
  ),
  // The time in "07:00-21:00" is no emoji either: what nobody knows stays as it was written.
  emoji: (data) => emoji(data.name),
};

/** Blocks without anything to press, as `slack-blocks-to-jsx` draws them. */
export function StaticBlocks({ blocks }: { blocks: readonly Block[] }) {
  const { state } = useWorkspace();
  const people = `${state.users.length}/${state.channels.length}/${state.usergroups.length}`;
  return (
    <DrawnOrPlain key={people} text={JSON.stringify(blocks)}>
      <Drawn json={JSON.stringify(blocks)} />
    </DrawnOrPlain>
  );
}

const Drawn = memo(function Drawn({ json }: { json: string }) {
  const { state } = useWorkspace();
  const data = {
    users: state.users.map((u) => ({ id: u.id, name: u.realName || u.name })),
    channels: state.channels.map((c) => ({ id: c.id, name: c.name })),
    user_groups: state.usergroups.map((g) => ({ id: g.id, name: g.handle, handle: g.handle })),
  } as NonNullable<MessageProps['data']>;
  const blocks = JSON.parse(json, unquoted) as LibraryBlock[];
  return <Message blocks={blocks} name="" logo="" theme="light" withoutWrapper hooks={hooks} data={data} />;
});

/** The library turns every `&gt;` into a quote's mark and a space; only at the beginning of a line is it one. */
function unquoted(key: string, value: unknown): unknown {
  return key === 'text' && typeof value === 'string' ? value.replace(/(?<!^)&gt;/gm, '>') : value;
}

/** A block that the renderer stumbles over shows its raw text, not an empty page. */
class DrawnOrPlain extends Component<{ text: string; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }
  override render(): ReactNode {
    return this.state.failed ? <pre className="raw-block">{this.props.text}</pre> : this.props.children;
  }
}
