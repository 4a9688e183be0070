import { WorkshopItem, type WorkshopItemRow } from '../../models/workshop-item'

/** Participants who hear each of these, by its id; of what everybody hears there is none. */
export async function hearersOf(
  rows: readonly WorkshopItemRow[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const talk = rows.flatMap((row) => (row.kind === 'group_message' ? row : []))
  if (talk.length === 0) return new Map()
  const ids = talk.map(({ body }) => body.group)
  const groups = (await WorkshopItem.find(
    { _id: { $in: ids }, kind: 'group' },
    { 'body.people': 1 },
  ).lean()) as unknown as Pick<WorkshopItemRow<'group'>, '_id' | 'body'>[]
  const people = new Map(groups.map(({ _id, body }) => [String(_id), body.people.map(String)]))
  return new Map(talk.map(({ _id, body }) => [String(_id), people.get(String(body.group)) ?? []]))
}
