import { useMemo } from 'react';
import type { SandboxMessage } from '../../contract';
import { Blocks } from '../blocks/Blocks';
import { StaticBlocks } from '../blocks/StaticBlocks';
import { SurfaceProvider, useNewSurface } from '../blocks/surface';
import type { Block } from '../blocks/types';
import { Files } from './Files';

interface Attachment {
  readonly color?: string;
  readonly title?: string;
  readonly text?: string;
  readonly fallback?: string;
  readonly blocks?: readonly Block[];
}

/** Blocks when there are any (the text is then only their fallback), the text itself otherwise. */
export function MessageBody({ message }: { message: SandboxMessage }) {
  const blocks = message.blocks as readonly Block[];
  const attachments = message.attachments as readonly Attachment[];
  const all = useMemo(() => [...blocks, ...attachments.flatMap((a) => a.blocks ?? [])], [blocks, attachments]);
  const surface = useNewSurface(all, { channel: message.channel, ts: message.ts }, message.channel);
  return (
    <SurfaceProvider value={surface}>
      {blocks.length > 0 ? <Blocks blocks={blocks} /> : message.text && <Mrkdwn text={message.text} />}
      {attachments.map((attachment, index) => (
        <div key={index} className="attachment" style={{ borderColor: colourOf(attachment.color) }}>
          {attachment.title && <strong>{attachment.title}</strong>}
          {attachment.blocks ? (
            <Blocks blocks={attachment.blocks} />
          ) : (
            <Mrkdwn text={attachment.text ?? attachment.fallback ?? ''} />
          )}
        </div>
      ))}
      <Files files={message.files} />
    </SurfaceProvider>
  );
}

function Mrkdwn({ text }: { text: string }) {
  return text ? <StaticBlocks blocks={[{ type: 'section', text: { type: 'mrkdwn', text } }]} /> : null;
}

function colourOf(color: string | undefined): string {
  const named: Record<string, string> = { good: '#2f7d4f', warning: '#d99a1c', danger: '#c0392b' };
  if (!color) return '#ddd';
  return named[color] ?? (/^[0-9a-f]{6}$/i.test(color) ? `#${color}` : color);
}
