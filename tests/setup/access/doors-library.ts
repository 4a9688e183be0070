import { type Answer, type Door, form, key, type On, page, post, visit } from './door'
import { addItem, addLink, authorOf, type House, keeperOf, ownerOf, type Who } from './house'

/** To an observer there is no such thing in the library yet: nothing of it is published. */
const UNSEEN = { refuses: { observer: 'not_found' } } as const
const HERE = 'partnerships.$slug'
const described = { titleEn: 'New', titleRu: '', aboutEn: '', aboutRu: '', kind: 'leaflet' }
const link = { intent: 'link', url: 'https://example.org/', lang: 'en', status: 'draft' }

/** The library: its items and their renditions. */
export const LIBRARY_DOORS: readonly Door[] = [
  page(
    'file:download',
    ({ base, things }) => `${base}/resources/${things.item}`,
    `${HERE}.resources.$resourceId`,
    { onlyDrafts: true },
  ),
  page('resource:create', ({ base }) => `${base}/resources/new`, `${HERE}.resources.new`, {
    act: async (house, who, on) =>
      on === 'others'
        ? describe(house, who, on)
        : (await visit(house, who, `${house.base}/resources/new`, `routes/${HERE}.resources.new`))
            .answer,
  }),
  form('a new item', 'resource:create', (house, who, on) =>
    on === 'others'
      ? describe(house, who, on)
      : post(house, who, `${house.base}/resources/new`, { ...described, ...key() }),
  ),
  form('an item that is described', 'resource:create', describe, UNSEEN),
  form('a link', 'rendition:add', addsLink, UNSEEN),
  form(
    'a link from an open page',
    'rendition:add',
    (house, who) => rendition(house, who, { ...link, ...key() }),
    UNSEEN,
  ),
  form('a rendition that is removed', 'file:delete', removes, UNSEEN),
  form('a rendition that is reviewed', 'translation:review', reviews, UNSEEN),
  form('a translation that is asked for', 'translation:request', async (house, who, on) => {
    const keeper = keeperOf(house)
    const targetId = on === 'any' ? house.things.item : await addItem(house.world, keeper)
    // there must be something to translate
    if (on !== 'any') await addLink(house.world, keeper, targetId)
    const fields = { intent: 'ask', target: 'resource', targetId, to: 'ru' }
    return post(house, who, `${house.base}/translation`, fields)
  }),
]

function rendition(
  house: House,
  who: Who,
  fields: Record<string, string>,
  item = house.things.item,
): Promise<Answer> {
  return post(house, who, `${house.base}/resources/${item}/change`, fields)
}

function addsLink(house: House, who: Who): Promise<Answer> {
  const path = `${house.base}/resources/${house.things.item}`
  return post(house, who, path, { ...link, ...key() })
}

async function removes(house: House, who: Who, on: On): Promise<Answer> {
  const { item, link } = await renditionOf(house, who, on)
  return rendition(house, who, { intent: 'remove', renditionId: link }, item)
}

/** Of one's own item, what somebody else has added. */
async function reviews(house: House, who: Who, on: On): Promise<Answer> {
  const { world, things } = house
  const item = on === 'own' ? await addItem(world, ownerOf(who)) : things.item
  const isNew = on === 'own' || on === 'plain'
  const renditionId = isNew ? await addLink(world, keeperOf(house), item) : things.link
  return rendition(house, who, { intent: 'status', renditionId, status: 'reviewed' }, item)
}

async function describe(house: House, who: Who, on: On): Promise<Answer> {
  const item = on === 'own' ? await addItem(house.world, ownerOf(who)) : house.things.item
  return rendition(house, who, { intent: 'describe', ...described }, item)
}

/** A link of theirs to remove, or one of the keeper's. */
async function renditionOf(house: House, who: Who, on: On) {
  if (on !== 'own' && on !== 'plain') return { item: house.things.item, link: house.things.link }
  const item = await addItem(house.world, keeperOf(house))
  return { item, link: await addLink(house.world, authorOf(house, who, on), item) }
}
