import { useWorkspace } from '../state/workspace-context';
import { Modal } from './Modal';

/** The stack of open modals. Those below stay drawn, hidden, because their inputs keep what was typed. */
export function Modals({ channel }: { channel: string | undefined }) {
  const { state } = useWorkspace();
  return state.modals.map((view, index) => (
    <Modal key={view.id} view={view} depth={index} top={index === state.modals.length - 1} channel={channel} />
  ));
}
