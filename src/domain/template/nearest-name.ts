/**
 * The name that somebody probably meant: the one with the fewest letters to add, drop or change, ignoring case and what
 * stands between words. Undefined when nothing is near: more than a third of the letters would have to change.
 */
export const nearestName = (written: string, names: readonly string[]): string | undefined => {
  const wanted = simplify(written);
  const ranked = names
    .map((name) => ({ name, distance: editDistance(wanted, simplify(name)) }))
    .sort((one, other) => one.distance - other.distance);
  const best = ranked[0];
  if (!best) return undefined;
  return best.distance <= Math.max(1, Math.ceil(best.name.length / 3)) ? best.name : undefined;
};

const simplify = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** Levenshtein's distance, one row of the table at a time. */
export const editDistance = (from: string, to: string): number => {
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const changed = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min(changed, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
};
