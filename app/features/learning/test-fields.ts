/** Questions that a page without scripts has to spare. */
export const SPARE_ITEMS = 2

/** Fields whose names begin so, by the rest of their names. */
export function startingWith(
  fields: Readonly<Record<string, string>>,
  start: string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      name.startsWith(start) ? [[name.slice(start.length), value]] : [],
    ),
  )
}
