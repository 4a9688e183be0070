import type { Actor } from '../../../shared/actor'
import { deriveUnits } from '../../../shared/editor/alignment'
import type { LiveContent } from '../../../shared/editor/content'
import type { Language } from '../../../shared/languages'
import type { Services } from '../../services'
import type { Answer, AnswerName } from './answers'
import { type Paging, pageOf } from './paging'

type Asked = { actor: Actor; services: Services; id: string; paging: Paging }

/** One address of the interface; the router and the documentation are both made from it. */
export type Endpoint<N extends AnswerName = AnswerName> = {
  /** Below `/api/v1`; `{id}` is an id of 24 hex digits. */
  path: `/${string}`
  operationId: string
  summary: string
  answer: N
  /** Takes `limit` and `cursor`. */
  isList?: boolean
  run: (asked: Asked) => Promise<Answer<N>>
}

const endpoint = <N extends AnswerName>(each: Endpoint<N>): Endpoint<N> => each

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
    summary: 'Who is signed in',
    answer: 'Me',
    run: ({ actor, services }) => services.accounts.readSelf(actor),
  }),
  endpoint({
    path: '/partnerships',
    operationId: 'listPartnerships',
    summary: 'The partnerships you may see',
    answer: 'PartnershipPage',
    isList: true,
    run: async ({ actor, services, paging }) =>
      pageOf(await services.partnerships.listMyPartnerships(actor), paging, BY_ID),
  }),
  endpoint({
    path: '/partnerships/{id}/protocols',
    operationId: 'listProtocols',
    summary: 'The protocols of a partnership, last edited first; observers see the published ones',
    answer: 'ProtocolPage',
    isList: true,
    run: async ({ actor, services, id, paging }) =>
      pageOf(await services.protocols.listProtocols(actor, id), paging, BY_EDIT),
  }),
  endpoint({
    path: '/protocols/{id}',
    operationId: 'readProtocol',
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
    summary:
      'Why a live document opens or does not: asked after a WebSocket closed before it opened',
    answer: 'CollabAccess',
    run: async ({ actor, services, id }) => {
      const { write } = await services.protocols.admitToProtocol(actor, id)
      return { ok: true as const, write }
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
