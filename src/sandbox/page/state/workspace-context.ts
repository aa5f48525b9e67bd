import { createContext, useContext } from 'react';
import type { SandboxUser, SlackState } from '../../contract';

/** What nearly every part of the workspace needs to know. */
export interface Workspace {
  readonly user: SandboxUser;
  readonly state: SlackState;
  readonly zone: string;
  readonly refresh: () => void;
  readonly complain: (problem: string) => void;
  readonly goTo: (channel: string) => void;
}

const Context = createContext<Workspace | undefined>(undefined);
export const WorkspaceProvider = Context.Provider;

export function useWorkspace(): Workspace {
  const workspace = useContext(Context);
  if (!workspace) throw new Error('a part of the workspace was drawn outside of it');
  return workspace;
}

/** Does something and says so at the foot of the page when it did not work. */
export function useAttempt(): (what: () => Promise<unknown>) => Promise<boolean> {
  const { complain, refresh } = useWorkspace();
  return async (what) => {
    try {
      await what();
      refresh();
      return true;
    } catch (error) {
      complain(error instanceof Error ? error.message : String(error));
      return false;
    }
  };
}
