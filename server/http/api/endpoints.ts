import type { z } from 'zod'
import type { Actor } from '../../../shared/actor'
import { deriveUnits } from '../../../shared/editor/alignment'
import type { LiveContent } from '../../../shared/editor/content'
import type { Language } from '../../../shared/languages'
import type { Operation } from '../../../shared/policy'
import { PostReply } from '../../../shared/schemas/threads'
import type { Services } from '../../services'
import type { Answer, AnswerName } from './answers'
import { parseBody } from './bodies'
import { type Paging, pageOf, type Stretch } from './paging'

type Asked = { actor: Actor; services: Services; id: string; paging: Paging; stretch: Stretch }

/** One address of the interface; the router and the documentation are both made from it. */
export type Endpoint<N extends AnswerName = AnswerName> = {
  /** Below `/api/v1`; `{id}` is an id of 24 hex digits. */
  path: `/${string}`
  operationId: string
  /** What of the policy it asks, so that a token without it is refused at once; null: nothing. */
  operation: Operation | null
  summary: string
  answer: N
  /** Takes `limit` and `cursor`; what is numbered takes `limit` and `after`. */
  isList?: boolean | 'numbered'
  run: (asked: Asked) => Promise<Answer<N>>
}

/** A write by POST of JSON; what was sent before is answered 200, what is new 201. */
export type Write<N extends AnswerName = AnswerName> = {
  path: `/${string}`
  operationId: string
  /** What of the policy it asks, so that a token without it is refused at once; null: nothing. */
  operation: Operation | null
  summary: string
  answer: N
  /** What is posted, with its name in the documentation. */
  body: { name: string; schema: z.ZodType }
  /** Asked before the body is read: no work is done for those who see nothing there. */
  admit: (asked: Writing) => Promise<unknown>
  run: (asked: Writing, body: unknown) => Promise<Written<N>>
}
type Writing = Pick<Asked, 'actor' | 'services' | 'id'>
type Written<N extends AnswerName> = { answer: Answer<N>; isNew: boolean }

const endpoint = <N extends AnswerName>(each: Endpoint<N>): Endpoint<N> => each
const write = <N extends AnswerName, S extends z.ZodType>({
  run,
  ...each
}: Omit<Write<N>, 'body' | 'run'> & {
  body: { name: string; schema: S }
  run: (asked: Writing, body: z.infer<S>) => Promise<Written<N>>
}): Write<N> => ({ ...each, run: (asked, body) => run(asked, parseBody(each.body.schema, body)) })

/** Ordered by id: it never changes, so that no page is skipped. */
const BY_ID = { keyOf: (item: { id: string }) => item.id, form: /^[0-9a-f]{24}$/ }

/** Last edited first. */
const BY_EDIT = {
  keyOf: (item: { id: string; editedAt: string }) => `${item.editedAt} ${item.id}`,
  form: /^[\d-]{10}T[\d:.]{12}Z [0-9a-f]{24}$/,
  descending: true,
}

export const ENDPOINTS: readonly Endpoint[] = [
  endpoint({
    path: '/me',
    operationId: 'readMe',
    operation: null,
    summary: 'Who is signed in',
    answer: 'Me',
    run: ({ actor, services }) => services.accounts.readSelf(actor),
  }),
  endpoint({
    path: '/partnerships',
    operationId: 'listPartnerships',
    operation: 'partnership:see',
    summary: 'The partnerships you may see',
    answer: 'PartnershipPage',
    isList: true,
    run: async ({ actor, services, paging }) =>
      pageOf(await services.partnerships.listMyPartnerships(actor), paging, BY_ID),
  }),
  endpoint({
    path: '/partnerships/{id}/protocols',
    operationId: 'listProtocols',
    operation: 'protocol:list',
    summary: 'The protocols of a partnership, last edited first; observers see the published ones',
    answer: 'ProtocolPage',
    isList: true,
    run: async ({ actor, services, id, paging }) =>
      pageOf(await services.protocols.listProtocols(actor, id), paging, BY_EDIT),
  }),
  endpoint({
    path: '/protocols/{id}',
    operationId: 'readProtocol',
    operation: 'protocol:open',
    summary: 'A protocol with its committed text in both languages and the state of every unit',
    answer: 'ProtocolText',
    run: async ({ actor, services, id }) => {
      const { protocol, partnershipId, content } = await services.protocols.readProtocol(actor, id)
      const { body } = content
      const text = { en: textOf(content, 'en'), ru: textOf(content, 'ru') }
      return { ...protocol, partnershipId, body, text, units: unitsOf(content) }
    },
  }),
  endpoint({
    path: '/protocols/{id}/collab-access',
    operationId: 'readCollabAccess',
    operation: 'collab:join',
    summary:
      'Why a live document opens or does not: asked after a WebSocket closed before it opened',
    answer: 'CollabAccess',
    run: async ({ actor, services, id }) => {
      const { write } = await services.protocols.admitToProtocol(actor, id)
      return { ok: true as const, write }
    },
  }),
  endpoint({
    path: '/partnerships/{id}/threads',
    operationId: 'listThreads',
    operation: 'thread:read',
    summary: 'The threads of a partnership, last answered first',
    answer: 'ThreadPage',
    isList: true,
    run: ({ actor, services, id, paging }) => services.discussions.listThreads(actor, id, paging),
  }),
  endpoint({
    path: '/threads/{id}/replies',
    operationId: 'listReplies',
    operation: 'thread:read',
    summary: 'The posts of a thread after a number, in their order',
    answer: 'ReplyPage',
    isList: 'numbered',
    run: ({ actor, services, id, stretch: { after, limit } }) =>
      services.discussions.listReplies(actor, id, { seq: after, limit }),
  }),
  endpoint({
    path: '/partnerships/{id}/resources',
    operationId: 'listResources',
    operation: 'file:download',
    summary: 'The library of a partnership, last changed first',
    answer: 'ResourcePage',
    isList: true,
    run: ({ actor, services, id, paging }) => services.resources.listResources(actor, id, paging),
  }),
]

export const WRITES: readonly Write[] = [
  write({
    path: '/threads/{id}/replies',
    operationId: 'postReply',
    operation: 'thread:reply',
    summary: 'Post to a thread; a repeated clientKey answers the post that it made before',
    answer: 'Reply',
    body: { name: 'PostReply', schema: PostReply },
    // who may read, not who may post: a repeated key is answered to whom may no longer post
    admit: ({ actor, services, id }) => services.discussions.admitToThread(actor, id),
    run: async ({ actor, services, id }, body) => {
      const { reply, isNew } = await services.discussions.sendReply(actor, id, body)
      return { answer: reply, isNew }
    },
  }),
]

function textOf({ blocks }: LiveContent, lang: Language): string {
  return blocks[lang].map((block) => block.text).join('\n')
}

function unitsOf({ blocks, ledger }: LiveContent) {
  return deriveUnits(blocks, ledger).map(
    ({ unit, state, from, to, missingIn, needsAttention, moved, text, hash }) => ({
      unit,
      state,
      ...(from && to ? { from, to } : {}),
      ...(missingIn ? { missingIn } : {}),
      needsAttention,
      moved,
      text,
      hash,
    }),
  )
}
