import { useState } from 'react';
import { emoji, knownEmoji } from '../lib/emoji';

const COMMON = ['eyes', 'hourglass_flowing_sand', 'warning', 'memo', 'raised_hands', 'tada', 'heart', 'no_entry'];

/** A reaction by its Slack name, or one of a few. */
export function EmojiField({ take }: { take: (name: string) => void }) {
  const [name, setName] = useState('');
  const plain = name.trim().replace(/^:|:$/g, '');
  return (
    <form
      className="emoji-field"
      onSubmit={(e) => {
        e.preventDefault();
        if (plain) take(plain);
      }}
    >
      <div className="emoji-common">
        {COMMON.map((common) => (
          <button key={common} type="button" aria-label={common} title={`:${common}:`} onClick={() => take(common)}>
            {emoji(common)}
          </button>
        ))}
      </div>
      <div className="emoji-line">
        <input
          className="field"
          aria-label="Emoji name"
          data-testid="emoji-name"
          placeholder="emoji name, e.g. tada"
          autoFocus
          value={name}
          onChange={(e) => setName(e.target.value)}
        />
        <span aria-hidden="true">{knownEmoji(plain) ? emoji(plain) : ''}</span>
        <button type="submit" className="btn btn-small">
          Add
        </button>
      </div>
    </form>
  );
}
