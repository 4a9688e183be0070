import { z } from 'zod'
import { ClientKey, Id } from '../ids'
import { LANGUAGES } from '../languages'
import {
  POLL_FORMS,
  POLL_PURPOSES,
  PULSES,
  QUESTION_STATUSES,
  SCALE,
  WORKSHOP_LIMITS,
} from '../workshops'
import { Acknowledged } from './purges'
import { Seen } from './seen'
import { OneLine, Prose } from './text'

/** Longest texts of a room, in UTF-16 code units. */
export const SAID_MAX = 2_000
export const CASE_MAX = 4_000

const lang = z.enum(LANGUAGES)
const item = Id
const said = { text: Prose(SAID_MAX), lang, acknowledged: Acknowledged }
/** What a case says, field by field; a translation of it the same. */
const caseWords = {
  setting: OneLine(200),
  problem: Prose(CASE_MAX),
  course: z.literal('').or(Prose(CASE_MAX)).default(''),
  question: Prose(SAID_MAX),
}
/** What makes something new; the same key is the same thing. */
const clientKey = ClientKey
const OptionId = z.string().regex(/^[a-z0-9]{1,8}$/)

const option = z
  .object({ id: OptionId, en: OneLine(200).default(''), ru: OneLine(200).default('') })
  .refine(({ en, ru }) => en !== '' || ru !== '')

const poll = {
  form: z.enum(POLL_FORMS),
  purpose: z.enum(POLL_PURPOSES).default('poll'),
  promptEn: OneLine(300).default(''),
  promptRu: OneLine(300).default(''),
  options: z.array(option).max(WORKSHOP_LIMITS.pollOptions).default([]),
  right: z.array(OptionId).max(WORKSHOP_LIMITS.pollOptions).default([]),
  acknowledged: Acknowledged,
}

/**
 * Everything that is done in a room, as one JSON body. Each may be sent again after a lost answer:
 * what is made is made once by its `clientKey`, and everything else says how it is to be.
 */
export const RoomAct = z.discriminatedUnion('act', [
  // talking
  // to everybody, or to one's own group
  z.object({ act: z.literal('say'), ...said, group: item.optional(), clientKey }),
  z.object({ act: z.literal('ask'), ...said, clientKey }),
  // of a case its recommendations alone, which may be longer than other answers
  z.object({
    act: z.literal('translate'),
    item,
    of: z.enum(['text', 'answer']),
    ...said,
    text: Prose(CASE_MAX),
  }),
  // a free answer to a poll, by its words: it has no other name
  z.object({ act: z.literal('translate_answer'), item, answer: Prose(500), ...said }),
  z.object({ act: z.literal('translate_case'), item, lang, ...caseWords }),
  z.object({ act: z.literal('ask_translation'), item }),
  z.object({ act: z.literal('delete'), item }),
  z.object({ act: z.literal('upvote'), item, on: z.boolean() }),
  z.object({ act: z.literal('raise_hand'), on: z.boolean(), clientKey }),
  z.object({ act: z.literal('pulse'), pulse: z.enum(PULSES) }),
  z.object({
    act: z.literal('vote'),
    item,
    choices: z.array(OptionId.or(z.enum(SCALE))).max(WORKSHOP_LIMITS.pollOptions),
    text: z.literal('').or(Prose(500)).default(''),
    lang,
    acknowledged: Acknowledged,
  }),
  z.object({
    act: z.literal('offer_case'),
    lang,
    ageBand: z.string().regex(/^[0-9+–-]{1,7}$/),
    sex: z.enum(['f', 'm', 'unsaid']),
    ...caseWords,
    clientKey,
    acknowledged: Acknowledged,
  }),
  // running it
  z.object({
    act: z.literal('answer'),
    item,
    how: z.enum(['live', 'written']),
    lang,
    text: z.literal('').or(Prose(SAID_MAX)),
    seen: Seen,
    acknowledged: Acknowledged,
  }),
  z.object({ act: z.literal('set_question'), item, status: z.enum(QUESTION_STATUSES) }),
  z.object({ act: z.literal('give_floor'), item }),
  z.object({ act: z.literal('lower_hand'), item }),
  z.object({ act: z.literal('set_row'), row: Id.nullable() }),
  z.object({
    act: z.literal('show_slide'),
    deck: Id,
    page: z.int().min(1).max(WORKSHOP_LIMITS.deckPages),
  }),
  z.object({ act: z.literal('hide_slides') }),
  z.object({ act: z.literal('set_timer'), minutes: z.int().min(0).max(240) }),
  z.object({ act: z.literal('make_poll'), ...poll, clientKey }),
  z.object({ act: z.literal('change_poll'), item, ...poll }),
  z.object({ act: z.literal('open_poll'), item }),
  z.object({ act: z.literal('close_poll'), item }),
  z.object({ act: z.literal('show_results'), item, on: z.boolean() }),
  // the words of an answer that ought not to have been written; whoever wrote them is still counted
  z.object({ act: z.literal('blank_answer'), item, text: z.string().min(1).max(500) }),
  z.object({
    act: z.literal('make_groups'),
    count: z.int().min(2).max(WORKSHOP_LIMITS.groups),
    /** By language keeps those together who read the same one. */
    by: z.enum(['chance', 'language']),
    topicEn: OneLine(200).default(''),
    topicRu: OneLine(200).default(''),
    minutes: z.int().min(0).max(240),
    clientKey,
  }),
  z.object({ act: z.literal('move_to_group'), item, participant: Id }),
  z.object({ act: z.literal('call_back') }),
  // `from`: when they were to end, as it was seen; said again it is done already
  z.object({
    act: z.literal('add_group_time'),
    minutes: z.int().min(1).max(60),
    from: z.iso.datetime(),
  }),
  z.object({
    act: z.literal('set_case'),
    item,
    status: z.enum(['waiting', 'on_air', 'discussed']),
    recommendations: z.literal('').or(Prose(CASE_MAX)).default(''),
    /** Of the recommendations; the case's own when not said. */
    lang: lang.optional(),
    seen: Seen,
    acknowledged: Acknowledged,
  }),
  z.object({ act: z.literal('let_in'), participant: Id, on: z.boolean() }),
  z.object({ act: z.literal('let_all_in') }),
  z.object({
    act: z.literal('name_role'),
    participant: Id,
    role: z.enum(['presenter', 'interpreter', 'participant']),
  }),
])
export type RoomAct = z.infer<typeof RoomAct>
export type RoomActOf<A extends RoomAct['act']> = Extract<RoomAct, { act: A }>

/** Acts of facilitators; some are a presenter's as well (`PRESENTER_ACTS`). */
export const FACILITATOR_ACTS = [
  'answer',
  'set_question',
  'give_floor',
  'lower_hand',
  'set_row',
  'show_slide',
  'hide_slides',
  'set_timer',
  'make_poll',
  'change_poll',
  'open_poll',
  'close_poll',
  'show_results',
  'blank_answer',
  'make_groups',
  'move_to_group',
  'call_back',
  'add_group_time',
  'set_case',
  'let_in',
  'let_all_in',
  'name_role',
] as const satisfies readonly RoomAct['act'][]

/** What a presenter does who is no facilitator: shows slides, and answers what they are asked. */
export const PRESENTER_ACTS = [
  'show_slide',
  'hide_slides',
  'answer',
  'set_question',
] as const satisfies readonly (typeof FACILITATOR_ACTS)[number][]
