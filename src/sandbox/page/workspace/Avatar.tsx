import type { SandboxUser } from '../../contract';

const COLOURS = ['#7c4dbd', '#b5483a', '#2f7d4f', '#2867a8', '#a8651c', '#8a3f72'];

export function Avatar({ user, size = 36 }: { user: SandboxUser | undefined; size?: number }) {
  const style = { width: size, height: size, fontSize: size * 0.4 };
  if (!user || user.isBot) {
    return (
      <span className="avatar avatar-app" style={style} aria-hidden="true">
        💬
      </span>
    );
  }
  const initials = (user.realName || user.name).split(/\s+/).map((word) => word[0] ?? '');
  return (
    <span className="avatar" style={{ ...style, background: colourOf(user.id) }} aria-hidden="true">
      {initials.slice(0, 2).join('').toUpperCase()}
    </span>
  );
}

export function colourOf(id: string): string {
  const hash = [...id].reduce((total, letter) => (total * 31 + letter.charCodeAt(0)) % 9973, 7);
  return COLOURS[hash % COLOURS.length] ?? '#555';
}
