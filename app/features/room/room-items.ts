import type { RoomItemView, RoomPage } from '../../../shared/room-views'

/** Items of one kind. */
export function ofKind<K extends RoomItemView['kind']>(items: readonly RoomItemView[], kind: K) {
  return items.filter((item): item is Extract<RoomItemView, { kind: K }> => item.kind === kind)
}

/** Where the first message of a page began; 0 where it has all of them. */
export function firstOf({ items, earlier }: RoomPage): number {
  const born = ofKind(items, 'message').map((message) => message.born)
  return earlier > 0 && born.length > 0 ? Math.min(...born) : 0
}
