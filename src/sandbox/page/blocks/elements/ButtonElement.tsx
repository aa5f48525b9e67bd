import { plain } from '../PlainText';
import { elementKey, useSurface } from '../surface';
import type { ElementProps } from './props';

const STYLE = { primary: 'btn-primary', danger: 'btn-danger-outline' } as const;

export function ButtonElement({ blockId, element }: ElementProps) {
  const { act, busy } = useSurface();
  const waiting = busy === elementKey(blockId, element);
  const press = (): void => {
    // A link button opens its page and tells the app as well.
    if (element.url) window.open(element.url, '_blank', 'noopener');
    void act(blockId, element);
  };
  return (
    <button
      type="button"
      className={`btn btn-small ${element.style ? STYLE[element.style] : ''} ${waiting ? 'waiting' : ''}`}
      data-testid={`action-${element.action_id ?? ''}`}
      data-value={element.value}
      aria-label={element.accessibility_label}
      aria-busy={waiting}
      onClick={press}
    >
      {plain(element.text)}
    </button>
  );
}

export function FeedbackButtons({ blockId, element }: ElementProps) {
  const { act } = useSurface();
  return (
    <>
      {[element.positive_button, element.negative_button].map(
        (button) =>
          button && (
            <button
              key={button.value}
              type="button"
              className="btn btn-small"
              onClick={() => void act(blockId, element, { fields: { text: button.text, value: button.value } })}
            >
              {plain(button.text)}
            </button>
          ),
      )}
    </>
  );
}
