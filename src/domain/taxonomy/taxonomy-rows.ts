interface Positioned {
  aggregate(query: { _max: { position: true } }): Promise<{ _max: { position: number | null } }>;
}

/** The place behind all rows. */
export async function nextPosition(rows: Positioned): Promise<number> {
  const { _max } = await rows.aggregate({ _max: { position: true } });
  return (_max.position ?? 0) + 1;
}

/** One of those that every desk has from the start: older clients send them, so they are archived and never deleted. */
export function isBuiltIn(names: readonly string[], name: string): boolean {
  return names.includes(name);
}
