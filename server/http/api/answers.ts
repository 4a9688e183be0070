import { z } from 'zod'
import { UNIT_STATES } from '../../../shared/editor/alignment'
import type { DocJson } from '../../../shared/editor/content'
import { ERRORS } from '../../../shared/errors'
import { Id, Slug } from '../../../shared/ids'
import { ROLES } from '../../../shared/policy'
import { PROTOCOL_STATUSES } from '../../../shared/protocol-statuses'
import { PHASE_STATUSES, PHASES } from '../../../shared/views'
import { Count, Hash, Language, LocalizedText, NAMED, PersonName, page, Time } from './answer-parts'
import { Resource } from './resource-answers'
import { Reply, Thread } from './thread-answers'

/** What `/api/v1` answers, once: the documentation is generated from it and tests hold answers to it. */

const Me = z
  .object({
    id: Id,
    name: PersonName,
    email: z.string(),
    lang: Language,
    timeZone: z.string().meta({ description: 'IANA zone' }),
    programmeAdmin: z.boolean(),
  })
  .register(NAMED, { id: 'Me' })

const Institution = z
  .object({
    id: Id,
    name: LocalizedText,
    city: LocalizedText,
    country: z.string().meta({ description: 'ISO 3166-1 alpha-2' }),
    timeZone: z.string(),
  })
  .register(NAMED, { id: 'Institution' })

const Side = z
  .object({
    id: Id,
    tone: z.enum(['a', 'b']),
    place: LocalizedText,
    institutions: z.array(Institution).readonly(),
    timeZone: z.string(),
  })
  .register(NAMED, { id: 'Side' })

const Partnership = z
  .object({
    id: Id,
    slug: Slug,
    name: LocalizedText,
    focus: LocalizedText,
    sides: z.array(Side).readonly(),
    phases: z.array(z.object({ phase: z.enum(PHASES), status: z.enum(PHASE_STATUSES) })).readonly(),
    memberCount: Count.nullable().meta({ description: 'Null where the people are not shown' }),
    protocolCount: Count,
    myRole: z.enum(ROLES).nullable(),
    mySideId: Id.nullable(),
  })
  .register(NAMED, { id: 'Partnership' })

const UnitCounts = z
  .object({
    units: Count,
    inSync: Count,
    reviewed: Count,
    drifted: Count,
    missing: Count,
    draft: Count,
  })
  .meta({ description: 'How the units of a protocol stand' })
  .register(NAMED, { id: 'UnitCounts' })

const Protocol = z
  .object({
    id: Id,
    title: LocalizedText,
    status: z.enum(PROTOCOL_STATUSES),
    counts: UnitCounts,
    editedAt: Time,
    editedBy: PersonName.nullable(),
    collabPath: z.string().meta({ description: 'Address of the live document (WebSocket)' }),
  })
  .register(NAMED, { id: 'Protocol' })

const DocNode: z.ZodType<DocJson> = z
  .object({
    type: z.string(),
    attrs: z.record(z.string(), z.unknown()).optional(),
    get content() {
      return z.array(DocNode).optional()
    },
    marks: z
      .array(z.object({ type: z.string(), attrs: z.record(z.string(), z.unknown()).optional() }))
      .optional(),
    text: z.string().optional(),
  })
  .meta({ description: 'ProseMirror JSON' })
  .register(NAMED, { id: 'DocNode' })

const perLanguage = <T extends z.ZodType>(each: T) => z.object({ en: each, ru: each })

const Unit = z
  .object({
    unit: z.string().meta({ description: 'Alignment key, the same in every language' }),
    state: z.enum(UNIT_STATES),
    from: Language.optional(),
    to: Language.optional(),
    missingIn: Language.optional(),
    needsAttention: z.array(Language).readonly(),
    moved: z.boolean(),
    text: perLanguage(z.string()),
    hash: perLanguage(Hash.nullable()).meta({ description: 'SHA-256 of the normalised text' }),
  })
  .meta({ description: 'A passage in both languages, and how its texts stand' })
  .register(NAMED, { id: 'Unit' })

const ProtocolText = Protocol.extend({
  partnershipId: Id,
  body: perLanguage(DocNode),
  text: perLanguage(z.string()).meta({ description: 'Plain text, one block a line' }),
  units: z.array(Unit).readonly(),
}).register(NAMED, { id: 'ProtocolText' })

const CollabAccess = z
  .object({ ok: z.literal(true), write: z.boolean() })
  .meta({ description: 'The live document opens to you; may you write?' })
  .register(NAMED, { id: 'CollabAccess' })

const Problem = z
  .object({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int(),
    code: z.enum(codes()),
    detail: z.record(z.string(), z.string()).optional(),
  })
  .meta({ description: 'RFC 9457; `code` is stable' })
  .register(NAMED, { id: 'Problem' })

/** By their names in the documentation. */
export const ANSWERS = {
  Me,
  PartnershipPage: page(Partnership, 'PartnershipPage'),
  ProtocolPage: page(Protocol, 'ProtocolPage'),
  ProtocolText,
  CollabAccess,
  ThreadPage: page(Thread, 'ThreadPage'),
  ReplyPage: page(Reply, 'ReplyPage'),
  Reply,
  ResourcePage: page(Resource, 'ResourcePage'),
  Problem,
}
export type AnswerName = keyof typeof ANSWERS
export type Answer<N extends AnswerName> = z.infer<(typeof ANSWERS)[N]>

function codes() {
  const [first, ...others] = Object.keys(ERRORS)
  return [first ?? 'unexpected', ...others] as const
}
