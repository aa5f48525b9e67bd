import { useRef, useState } from 'react';
import { useOutsideClick } from '../../lib/use-outside-click';
import { plain } from '../PlainText';
import { useSurface } from '../surface';
import type { Option } from '../types';
import type { ElementProps } from './props';

export function Overflow({ blockId, element }: ElementProps) {
  const { act } = useSurface();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useOutsideClick(box, open, () => setOpen(false));
  const choose = (option: Option): void => {
    setOpen(false);
    if (option.url) window.open(option.url, '_blank', 'noopener');
    void act(blockId, element, { fields: { selected_option: option } });
  };
  return (
    <div className="menu-anchor" ref={box}>
      <button
        type="button"
        className="btn btn-small"
        aria-label="More actions"
        aria-haspopup="menu"
        aria-expanded={open}
        data-testid={`action-${element.action_id ?? ''}`}
        onClick={() => setOpen(!open)}
      >
        ⋯
      </button>
      {open && (
        <div className="menu" role="menu">
          {(element.options ?? []).map((option) => (
            <button
              key={option.value ?? option.text.text}
              type="button"
              role="menuitem"
              data-testid={`option-${option.value ?? ''}`}
              onClick={() => choose(option)}
            >
              {plain(option.text)}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
