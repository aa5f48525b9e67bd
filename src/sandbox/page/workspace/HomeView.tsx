import { useEffect, useMemo } from 'react';
import { slack } from '../api/slack';
import { Blocks } from '../blocks/Blocks';
import { SurfaceProvider, useNewSurface } from '../blocks/surface';
import type { Block } from '../blocks/types';
import { useWorkspace } from '../state/workspace-context';

/** The app's Home tab. Looking at it tells the app (`app_home_opened`), which then publishes what it wants to show. */
export function HomeView() {
  const { user, state, refresh, complain } = useWorkspace();
  const id = user.id;
  useEffect(() => {
    slack.openHome(id).then(refresh, (error: unknown) => complain(String(error)));
  }, [id, refresh, complain]);
  const json = JSON.stringify(state.home?.view['blocks'] ?? []);
  const blocks = useMemo(() => JSON.parse(json) as Block[], [json]);
  const surface = useNewSurface(blocks, state.home ? { viewId: state.home.id } : {});
  return (
    <div className="home" data-testid="home" tabIndex={0} role="tabpanel" aria-label="Home">
      {blocks.length === 0 ? (
        <p className="quiet">The app has not put anything on its Home tab yet.</p>
      ) : (
        <SurfaceProvider value={surface}>
          <Blocks blocks={blocks} />
        </SurfaceProvider>
      )}
    </div>
  );
}
