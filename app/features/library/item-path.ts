import type { OpenedItem } from './open-item'

/** The address of an item's page. */
export function itemPath({ base, item }: Pick<OpenedItem, 'base' | 'item'>): string {
  return `${base}/resources/${item.id}`
}
