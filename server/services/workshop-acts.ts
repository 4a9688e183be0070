import type { WorkshopRow } from '../../models/workshop'
import type { WorkshopItemRow } from '../../models/workshop-item'
import type { WorkshopParticipantRow } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { RoomItemView } from '../../shared/room-views'
import {
  FACILITATOR_ACTS,
  PRESENTER_ACTS,
  type RoomAct,
  type RoomActOf,
} from '../../shared/schemas/workshop-room'
import type { Ports } from '../ports'
import { translateAnswer } from './workshop-answer-words'
import { offerCase, setCase, translateCase } from './workshop-cases'
import { askTranslation, deleteSaid, say, translate } from './workshop-chat'
import { enterRoom } from './workshop-door'
import { addGroupTime, callBack, makeGroups, moveToGroup } from './workshop-groups'
import { giveFloor, lowerHand, raiseHand } from './workshop-hands'
import { toAnswer } from './workshop-item-views'
import {
  blankAnswer,
  changePoll,
  closePoll,
  makePoll,
  openPoll,
  showResults,
} from './workshop-polls'
import { sendPulse } from './workshop-pulse'
import { answerQuestion, askQuestion, setQuestion, upvote } from './workshop-questions'
import { admit, admitAll, nameRole } from './workshop-roles'
import { hideSlides, setRow, setTimer, showSlide } from './workshop-stage'
import { vote } from './workshop-votes'

type Verb = RoomAct['act']
/** One act: what it changed, or null where no item of the room shows it. */
type Doing<A extends Verb> = (
  ports: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  act: RoomActOf<A>,
  me: WorkshopParticipantRow,
) => Promise<WorkshopItemRow | null>

const DOINGS: { [A in Verb]: Doing<A> } = {
  say,
  ask: askQuestion,
  translate,
  translate_answer: translateAnswer,
  translate_case: translateCase,
  ask_translation: askTranslation,
  delete: deleteSaid,
  upvote,
  raise_hand: raiseHand,
  pulse: sendPulse,
  vote,
  offer_case: offerCase,
  answer: answerQuestion,
  set_question: setQuestion,
  give_floor: giveFloor,
  lower_hand: lowerHand,
  set_row: setRow,
  show_slide: showSlide,
  hide_slides: hideSlides,
  set_timer: setTimer,
  make_poll: makePoll,
  change_poll: changePoll,
  open_poll: openPoll,
  close_poll: closePoll,
  show_results: showResults,
  blank_answer: blankAnswer,
  make_groups: makeGroups,
  move_to_group: moveToGroup,
  call_back: callBack,
  add_group_time: addGroupTime,
  set_case: setCase,
  let_in: admit,
  let_all_in: admitAll,
  name_role: nameRole,
}

/** What leaves marks that only the one who made them may know. */
const MARKING_ACTS: readonly Verb[] = ['vote', 'upvote']

/**
 * Do something in a room. Who it is, whether they are in, and what they may is read from the database
 * at each act; a repeated one changes nothing more.
 *
 * @returns the item as the actor sees it
 * @throws AppError `not_found`, `forbidden`, `in_waiting_room`, `workshop_not_open`, `workshop_over`,
 *   `too_many_requests`, `patient_data`, and what the act itself refuses
 */
export async function act(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  done: RoomAct,
): Promise<{ item: RoomItemView | null }> {
  const { workshop, mine: me, staff, presents } = await enterRoom(ports, actor, workshopId)
  demandEntitled(done.act, staff, presents)
  await ports.limits.take('room', actor.userId)
  const doing = DOINGS[done.act] as Doing<Verb>
  const row = await doing(ports, actor, workshop, done, me)
  if (MARKING_ACTS.includes(done.act)) {
    ports.bus.publish('workshop:marked', { workshopId, participantId: String(me._id) })
  }
  return { item: row && (await toAnswer(workshop, row, staff)) }
}

function demandEntitled(verb: Verb, staff: boolean, presents: boolean): void {
  if (staff || !(FACILITATOR_ACTS as readonly Verb[]).includes(verb)) return
  if (!(presents && (PRESENTER_ACTS as readonly Verb[]).includes(verb))) {
    throw new AppError('forbidden')
  }
}
