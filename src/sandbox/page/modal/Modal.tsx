import { useMemo, useState, type FormEvent, type KeyboardEvent } from 'react';
import type { SandboxView, SubmitAnswer } from '../../contract';
import { slack } from '../api/slack';
import { Blocks } from '../blocks/Blocks';
import { plain } from '../blocks/PlainText';
import { SurfaceProvider, useNewSurface } from '../blocks/surface';
import type { Block, TextObject } from '../blocks/types';
import { clientErrors } from '../blocks/validation';
import { useAttempt, useWorkspace } from '../state/workspace-context';
import { Dialog } from './Dialog';

interface Props {
  readonly view: SandboxView;
  readonly depth: number;
  readonly top: boolean;
  readonly channel: string | undefined;
}

const TROUBLE = 'We had some trouble connecting. Try again?';

export function Modal({ view: sandboxView, depth, top, channel }: Props) {
  const { user, refresh } = useWorkspace();
  const attempt = useAttempt();
  const [waiting, setWaiting] = useState(false);
  const [trouble, setTrouble] = useState('');
  const json = JSON.stringify(sandboxView.view['blocks'] ?? []);
  const blocks = useMemo(() => JSON.parse(json) as Block[], [json]);
  const surface = useNewSurface(blocks, { viewId: sandboxView.id }, channel);
  const texts = sandboxView.view as {
    title?: TextObject | null;
    submit?: TextObject | null;
    close?: TextObject | null;
  };

  const close = (): void => void attempt(() => slack.close({ user: user.id, viewId: sandboxView.id }));
  const submit = async (): Promise<void> => {
    const faults = clientErrors(blocks, surface.values);
    surface.setErrors(faults);
    setTrouble('');
    if (Object.keys(faults).length > 0 || waiting) return;
    setWaiting(true);
    try {
      const answer = await slack.submit({ user: user.id, viewId: sandboxView.id, values: surface.values });
      if (!answer.ok) setTrouble(troubleIn(answer));
      else if (answer.responseAction === 'errors') surface.setErrors(answer.errors ?? {});
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : TROUBLE);
    } finally {
      setWaiting(false);
      refresh();
    }
  };
  const onSubmit = (e: FormEvent): void => (e.preventDefault(), void submit());
  // Enter in a single line is Slack's submit too; a date or a select must not send the form by accident.
  const onKeyDown = (e: KeyboardEvent): void => {
    if (
      e.key === 'Enter' &&
      (e.target as HTMLElement).matches('select, input[type=checkbox], input[type=radio], .picker')
    )
      e.preventDefault();
  };
  const closeText = plain(texts.close) || (depth > 0 ? 'Back' : texts.submit ? 'Cancel' : 'Close');
  return (
    <Dialog title={plain(texts.title)} testId="modal" hidden={!top} onClose={close}>
      <form className="modal-form" noValidate onSubmit={onSubmit} onKeyDown={onKeyDown} data-view-id={sandboxView.id}>
        <div className="modal-body">
          <SurfaceProvider value={surface}>
            <Blocks blocks={blocks} />
          </SurfaceProvider>
        </div>
        {trouble && (
          <p className="modal-trouble" role="alert" data-testid="modal-trouble">
            {trouble}
          </p>
        )}
        <footer className="modal-foot">
          <button type="button" className="btn" data-testid={top ? 'modal-close' : undefined} onClick={close}>
            {closeText}
          </button>
          {texts.submit && (
            <button
              type="submit"
              className="btn btn-primary"
              data-testid={top ? 'modal-submit' : undefined}
              aria-busy={waiting}
            >
              {waiting ? 'One moment…' : plain(texts.submit)}
            </button>
          )}
        </footer>
      </form>
    </Dialog>
  );
}

function troubleIn(answer: SubmitAnswer): string {
  return answer.error ? `${TROUBLE} (${answer.error})` : TROUBLE;
}
