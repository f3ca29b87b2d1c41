type Bag = Record<string, unknown>;

function isBag(value: unknown): value is Bag {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** RFC 7396. What did not change keeps its identity, so that views can be compared by reference. */
export function merge(target: unknown, patch: unknown): unknown {
  if (!isBag(patch)) return patch;
  const merged: Bag = isBag(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    // A key of this name would change what kind of object it is, not what it holds.
    if (key === '__proto__') continue;
    if (value === null) delete merged[key];
    else merged[key] = merge(merged[key], value);
  }
  return merged;
}
