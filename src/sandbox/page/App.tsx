import { useCallback, useState } from 'react';
import { PhonesPanel } from './phones/PhonesPanel';
import { useSlack } from './state/use-slack';
import { useStored } from './state/use-stored';
import { Fallback } from './Fallback';
import { Toasts, useToasts } from './Toasts';
import { Guide } from './topbar/Guide';
import { TopBar } from './topbar/TopBar';
import { UserSwitch } from './workspace/UserSwitch';
import { Workspace } from './workspace/Workspace';

export function App() {
  const [zone, setZone] = useStored('zone', 'America/New_York');
  const [guide, setGuide] = useStored('guide', 'open');
  const [chosen, setChosen] = useStored('user', '');
  const [places, setPlaces] = useState<Readonly<Record<string, string>>>({});
  const slack = useSlack(chosen);
  const { toasts, complain } = useToasts();
  const people = slack.staff;
  const user = people.find((p) => p.id === chosen) ?? people[0];
  // The sandbox knows who works here; until somebody is chosen, or when a restart brought other people, the first is.
  if (user && user.id !== chosen) setChosen(user.id);
  const id = user?.id ?? '';
  const goTo = useCallback((channel: string) => setPlaces((old) => ({ ...old, [id]: channel })), [id]);
  /** Whoever takes over looks at the same channel: an approval, say. A DM is everybody's own. */
  const become = (next: string): void => {
    const here = slack.state?.channels.find((c) => c.id === places[id]);
    if (here && !here.imUser) setPlaces((old) => ({ ...old, [next]: here.id }));
    setChosen(next);
  };
  const goToNamed = (word: string): void => {
    const found = slack.state?.channels.find((c) => !c.imUser && c.name.includes(word));
    if (found) goTo(found.id);
  };
  return (
    <div className="page">
      <TopBar
        zone={zone}
        setZone={setZone}
        guideOpen={guide === 'open'}
        toggleGuide={() => setGuide(guide === 'open' ? 'closed' : 'open')}
        reached={slack.reached}
        complain={complain}
      />
      {guide === 'open' && user && <Guide staff={people} user={user.id} become={become} goTo={goToNamed} />}
      <main className="desk">
        <div className="slack">
          <UserSwitch staff={people} user={id} choose={become} />
          {slack.state && user ? (
            <Fallback key={user.id} what="The workspace">
              <Workspace
                user={user}
                state={slack.state}
                zone={zone}
                refresh={slack.refresh}
                complain={complain}
                place={places[user.id]}
                goTo={goTo}
              />
            </Fallback>
          ) : (
            <p className="loading">{slack.reached ? 'Opening the workspace…' : 'Waiting for the sandbox…'}</p>
          )}
        </div>
        <Fallback what="The phones">
          <PhonesPanel zone={zone} complain={complain} />
        </Fallback>
      </main>
      <Toasts toasts={toasts} />
    </div>
  );
}
