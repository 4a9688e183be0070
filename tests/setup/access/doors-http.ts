import { randomUUID } from 'node:crypto'
import { pdf } from '../files'
import { pathOf, tusOf } from '../tus'
import { type Answer, ask, type Door, type On, readAnswer } from './door'
import { DRAFT_WORD, type House, PUBLISHED_WORD, type Who } from './house'

const API = '/api/v1'

/** The programming interface, uploads and downloads. */
export const HTTP_DOORS: readonly Door[] = [
  {
    name: 'GET /partnerships',
    key: 'partnership:see',
    kind: 'api',
    async act(house, who) {
      const { answer, text } = await ask(house, who, `${API}/partnerships`)
      return answer !== 'done' || text.includes(house.world.partnershipId) ? answer : 'not_found'
    },
    async hides(house, who) {
      const { text } = await ask(house, who, `${API}/partnerships`)
      return seenIn(text, peopleOf(house))
    },
  },
  {
    name: 'GET /partnerships/{id}/protocols',
    key: 'protocol:list',
    kind: 'api',
    async act(house, who, on) {
      const path = `${API}/partnerships/${house.world.partnershipId}/protocols`
      return withWord(await ask(house, who, path), on)
    },
  },
  {
    name: 'GET /protocols/{id}',
    key: 'protocol:open',
    kind: 'api',
    act: async (house, who, on) =>
      (await ask(house, who, `${API}/protocols/${protocolOf(house, on)}`)).answer,
  },
  {
    name: 'GET /protocols/{id}/collab-access',
    key: 'collab:join',
    kind: 'api',
    act: async (house, who) =>
      (await ask(house, who, `${API}/protocols/${house.things.draft}/collab-access`)).answer,
  },
  {
    name: 'GET /partnerships/{id}/threads',
    key: 'thread:read',
    kind: 'api',
    act: async (house, who) =>
      (await ask(house, who, `${API}/partnerships/${house.world.partnershipId}/threads`)).answer,
  },
  {
    name: 'GET /threads/{id}/replies',
    key: 'thread:read',
    kind: 'api',
    act: async (house, who) =>
      (await ask(house, who, `${API}/threads/${house.things.thread}/replies`)).answer,
  },
  {
    name: 'POST /threads/{id}/replies',
    key: 'thread:reply',
    kind: 'api',
    async act({ origin, things }, { cookie }) {
      const body = { text: 'Second.', lang: 'en', clientKey: randomUUID() }
      const response = await fetch(`${origin}${API}/threads/${things.thread}/replies`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { origin, 'content-type': 'application/json', ...(cookie ? { cookie } : {}) },
      })
      return (await readAnswer(response)).answer
    },
  },
  {
    name: 'GET /partnerships/{id}/resources',
    key: 'file:download',
    onlyDrafts: true,
    kind: 'api',
    act: async (house, who) =>
      (await ask(house, who, `${API}/partnerships/${house.world.partnershipId}/resources`)).answer,
  },
  {
    name: 'GET /files/{id}',
    key: 'file:download',
    onlyDrafts: true,
    kind: 'files',
    act: async (house, who) => (await ask(house, who, `/files/${house.things.file}`)).answer,
  },
  {
    name: 'GET /files/{id} with a range',
    key: 'file:download',
    onlyDrafts: true,
    kind: 'files',
    async act({ origin, things }, { cookie }) {
      const headers = { range: 'bytes=1-9', ...(cookie ? { cookie } : {}) }
      return (await readAnswer(await fetch(`${origin}/files/${things.file}`, { headers }))).answer
    },
  },
  {
    name: 'POST, HEAD, PATCH and DELETE /uploads',
    key: 'file:upload',
    kind: 'tus',
    act: send,
  },
]

/** Begin a file, ask how far it has come, send it, give another one up. */
async function send(house: House, { actor, cookie, standing }: Who): Promise<Answer> {
  const tus = tusOf(house.origin, cookie ?? '')
  // a reviewer adds files to any item; of refused ones nothing is made for them
  const isAllowed = ['coordinator', 'editor', 'reviewer', 'programmeAdmin'].includes(standing)
  const resourceId = house.things.item
  const bytes = pdf()
  const metadata = { filename: 'leaflet.pdf', resourceId, lang: 'ru', status: 'draft' }
  const created = await tus.create(bytes.length, metadata)
  const path = pathOf(created)
  const { answer } = await readAnswer(created)
  if (answer !== 'done' || !isAllowed || !actor) return answer
  const other = await tus.create(bytes.length, metadata)
  const steps = [
    await tus.head(path),
    await tus.patch(path, 0, bytes),
    await tus.end(pathOf(other)),
  ]
  const answers = await Promise.all(steps.map(async (step) => (await readAnswer(step)).answer))
  const failed = answers.findIndex((each) => each !== 'done')
  return failed === -1 ? 'done' : `odd: step ${failed} ${answers[failed]}`
}

/** Which protocol an operation is tried on. */
export function protocolOf({ things }: House, on: On): string {
  return on === 'published' ? things.published : things.draft
}

/** A list or search that lacks what it was asked for has not shown it. */
export function withWord({ answer, text }: { answer: Answer; text: string }, on: On): Answer {
  const word = on === 'published' ? PUBLISHED_WORD : DRAFT_WORD
  return answer !== 'done' || text.includes(word) ? answer : 'not_found'
}

/** Addresses and ids of the partnership's people: what an observer gets none of. */
export function peopleOf({ names }: House): readonly string[] {
  return names
}

export function seenIn(text: string, words: readonly string[]): string[] {
  return words.filter((word) => word !== '' && text.includes(word))
}
