import type { AlsoRegistered, AlsoTold, MailTemplate, MailValues } from '../../shared/mails'
import type { LetterPart } from './letter-parts'
import type { Desk, Written } from './letters'

type WorkshopTemplate = Extract<MailTemplate, `workshop-${string}`>
type WorkshopWriters = { [T in WorkshopTemplate]: (desk: Desk, values: MailValues[T]) => Written }
type Told = MailValues['workshop-place']

const say = (text: string): LetterPart => ({ kind: 'text', text })

/** Letters about a workshop: times are the reader's own and those of both sides, each with its place. */
export const WORKSHOP_WRITERS: WorkshopWriters = {
  'workshop-announced': (desk, { by, also = [], ...told }) => ({
    subject: titled(desk, also.length > 0 ? 'announcedSeriesSubject' : 'announcedSubject', told),
    parts: [
      say(
        by
          ? desk.t('workshop.announcedBy', { by: desk.name(by), title: desk.pick(told.title) })
          : titled(desk, 'announced', told),
      ),
      ...whenAndWhere(desk, told),
      ...others(desk, 'alsoAnnounced', also, told),
      say(desk.t('workshop.announcedHow')),
      { kind: 'link', label: desk.t('workshop.openToRegister'), path: told.path },
      foot(desk),
    ],
  }),
  'workshop-registered': (desk, { waiting, also = [], ...told }) => ({
    subject: titled(desk, waiting === null ? 'registeredSubject' : 'waitingSubject', told),
    parts: [
      say(
        waiting === null
          ? titled(desk, 'registered', told)
          : desk.t('workshop.waiting', { title: desk.pick(told.title), place: waiting }),
      ),
      ...whenAndWhere(desk, told),
      ...(waiting === null ? calendar(desk, told) : withoutPlace(desk, told)),
      { kind: 'link', label: desk.t('workshop.open'), path: told.path },
      ...others(
        desk,
        'alsoRegistered',
        also.filter((each) => each.waiting === null),
        told,
      ),
      ...alsoWaiting(desk, also, told),
      say(desk.t('workshop.giveBack')),
      foot(desk),
    ],
  }),
  'workshop-admitted': (desk, { waiting, ...told }) => ({
    subject: titled(desk, 'admittedSubject', told),
    parts: [
      say(titled(desk, 'admitted', told)),
      ...whenAndWhere(desk, told),
      ...(waiting === null ? [] : [say(desk.t('workshop.admittedWaiting', { place: waiting }))]),
      // who was let in asks at no door
      ...(waiting === null ? [] : withoutPlace(desk, { ...told, oneByOne: false })),
      { kind: 'link', label: desk.t('workshop.openAsGuest'), path: told.path },
      say(desk.t('workshop.admittedBack')),
      foot(desk),
    ],
  }),
  'workshop-removed': (desk, { waited, ...told }) => ({
    subject: titled(desk, waited ? 'removedWaitingSubject' : 'removedSubject', told),
    parts: [
      say(
        desk.t(`workshop.${waited ? 'removedWaiting' : 'removed'}`, {
          title: desk.pick(told.title),
          when: desk.whenIn(told.startsAt, told.timeZone),
        }),
      ),
      say(desk.t('workshop.removedWhy')),
      foot(desk),
    ],
  }),
  'workshop-without-guests': (desk, { had, ...told }) => ({
    subject: titled(desk, 'withoutGuestsSubject', told),
    parts: [
      say(titled(desk, 'withoutGuests', told)),
      say(desk.t(`workshop.withoutGuestsHad.${had}`)),
      ...whenOf(desk, told),
      foot(desk),
    ],
  }),
  'workshop-changed': (desk, { was, also = [], ...told }) => ({
    subject: titled(desk, 'changedSubject', told),
    parts: [
      say(titled(desk, 'changed', told)),
      ...(was ? [say(wasBefore(desk, was, told))] : []),
      ...whenAndWhere(desk, told),
      ...calendar(desk, told),
      { kind: 'link', label: desk.t('workshop.open'), path: told.path },
      ...others(desk, 'alsoChanged', also, told),
      foot(desk),
    ],
  }),
  'workshop-cancelled': (desk, { reason, also = [], ...told }) => ({
    subject: titled(desk, 'cancelledSubject', told),
    parts: [
      say(
        desk.t('workshop.cancelled', {
          title: desk.pick(told.title),
          when: desk.whenIn(told.startsAt, told.timeZone),
        }),
      ),
      ...(reason
        ? ([say(desk.t('workshop.reason')), { kind: 'quote', text: reason }] as const)
        : []),
      ...others(desk, 'alsoCancelled', also, told),
      say(desk.t('workshop.cancelledCalendar')),
      foot(desk),
    ],
  }),
  'workshop-place': (desk, told) => ({
    subject: titled(desk, 'placeSubject', told),
    parts: [
      say(titled(desk, 'place', told)),
      ...whenAndWhere(desk, told),
      ...calendar(desk, told),
      { kind: 'link', label: desk.t('workshop.open'), path: told.path },
      say(desk.t('workshop.giveBack')),
      foot(desk),
    ],
  }),
  'workshop-reminder': (desk, told) => ({
    subject: titled(desk, 'reminderSubject', told),
    parts: [
      say(titled(desk, 'reminder', told)),
      ...whenAndWhere(desk, told),
      {
        kind: 'link',
        label: desk.t(told.virtual ? 'workshop.room' : 'workshop.open'),
        path: told.room,
      },
      ...(told.virtual ? [say(desk.t('workshop.reminderHow'))] : []),
      foot(desk),
    ],
  }),
  'workshop-after': (desk, told) => ({
    subject: titled(desk, 'afterSubject', told),
    parts: [
      say(titled(desk, 'after', told)),
      { kind: 'link', label: desk.t('workshop.evaluate'), path: `${told.room}/evaluation` },
      say(desk.t('workshop.afterCertificate')),
      foot(desk),
    ],
  }),
  'workshop-forgotten': (desk, told) => ({
    subject: titled(desk, 'forgottenSubject', told),
    parts: [
      say(titled(desk, 'forgotten', told)),
      say(desk.t('workshop.forgottenWhy')),
      { kind: 'link', label: desk.t('workshop.openToClose'), path: told.path },
      foot(desk),
    ],
  }),
  'workshop-certificate': (desk, { code, corrected, guest, former, ...told }) => ({
    subject: titled(desk, corrected ? 'correctedSubject' : 'certificateSubject', told),
    parts: [
      say(titled(desk, corrected ? 'corrected' : 'issued', told)),
      {
        kind: 'link',
        label: desk.t('workshop.certificate'),
        // whoever has left the partnership signs in to what is theirs alone
        path: former ? '/account/data' : `${told.room}/certificate.pdf`,
      },
      ...(guest ? [say(desk.t('workshop.certificateBack'))] : []),
      { kind: 'link', label: desk.t('workshop.certificateCheck'), path: `/certificates/${code}` },
      foot(desk),
    ],
  }),
  'workshop-followup': (desk, told) => ({
    subject: titled(desk, 'followupSubject', told),
    parts: [
      say(titled(desk, 'followup', told)),
      { kind: 'link', label: desk.t('workshop.answer'), path: `${told.room}/promise` },
      say(desk.t('workshop.followupWho')),
      foot(desk),
    ],
  }),
}

type TitledKey =
  | 'announced'
  | 'announcedSubject'
  | 'announcedSeriesSubject'
  | 'registered'
  | 'registeredSubject'
  | 'waitingSubject'
  | 'admitted'
  | 'admittedSubject'
  | 'removedSubject'
  | 'removedWaitingSubject'
  | 'withoutGuests'
  | 'withoutGuestsSubject'
  | 'changed'
  | 'changedSubject'
  | 'cancelledSubject'
  | 'place'
  | 'placeSubject'
  | 'reminder'
  | 'reminderSubject'
  | 'after'
  | 'afterSubject'
  | 'forgotten'
  | 'forgottenSubject'
  | 'certificateSubject'
  | 'issued'
  | 'correctedSubject'
  | 'corrected'
  | 'followup'
  | 'followupSubject'

/** Words that name the workshop and nothing else. */
function titled({ t, pick }: Desk, key: TitledKey, { title }: Pick<Told, 'title'>): string {
  return t(`workshop.${key}`, { title: pick(title) })
}

/** The reader's own clock, and those of both sides where they show another time. */
function whenOf(
  { t, whenIn, pick }: Desk,
  { startsAt, timeZone, clocks }: Pick<Told, 'startsAt' | 'timeZone' | 'clocks'>,
): LetterPart[] {
  const own = whenIn(startsAt, timeZone)
  const others = clocks
    .map((clock) => ({ place: pick(clock.place), when: whenIn(startsAt, clock.timeZone) }))
    .filter(({ when }) => when !== own)
    .map((clock) => t('workshop.whenThere', clock))
  return [say(t('workshop.when', { when: own })), ...others.map(say)]
}

function whenAndWhere(desk: Desk, { place, virtual, ...told }: Told): LetterPart[] {
  const { t, pick } = desk
  const where = place && pick(place)
  return [
    ...whenOf(desk, told),
    ...(where ? [say(t('workshop.where', { place: where }))] : []),
    ...(virtual ? [say(t('workshop.whereVirtual'))] : []),
  ]
}

function wasBefore(
  { t, whenIn, pick }: Desk,
  { startsAt, place }: NonNullable<MailValues['workshop-changed']['was']>,
  { timeZone }: Told,
): string {
  const when = whenIn(startsAt, timeZone)
  const where = place && pick(place)
  return where ? t('workshop.wasThere', { when, place: where }) : t('workshop.was', { when })
}

/** What became of others of the series, each in a line of the reader's own clock. */
function others(
  { t, whenIn, pick }: Desk,
  lead: 'alsoChanged' | 'alsoCancelled' | 'alsoAnnounced' | 'alsoRegistered',
  also: readonly AlsoTold[],
  { timeZone }: Told,
): LetterPart[] {
  if (also.length === 0) return []
  const lines = also.map(({ title, startsAt, place, was }) => {
    const about = { title: pick(title), when: whenIn(startsAt, timeZone) }
    const before = was && whenIn(was, timeZone)
    const where = place && pick(place)
    const line = before ? t('workshop.alsoWas', { ...about, before }) : t('workshop.alsoAt', about)
    return where ? `${line} ${t('workshop.where', { place: where })}` : line
  })
  return [say(t(`workshop.${lead}`)), ...lines.map(say)]
}

/** Those that had no place left, each with the number in its own waiting list. */
function alsoWaiting(
  { t, whenIn, pick }: Desk,
  also: readonly AlsoRegistered[],
  { timeZone }: Told,
): LetterPart[] {
  const lines = also.flatMap(({ title, startsAt, waiting }) =>
    waiting === null
      ? []
      : t('workshop.alsoWaitingAs', {
          title: pick(title),
          when: whenIn(startsAt, timeZone),
          place: waiting,
        }),
  )
  return lines.length === 0 ? [] : [say(t('workshop.alsoWaiting')), ...lines.map(say)]
}

/** A waiting list is for places: the room lets in whoever has none. */
function withoutPlace({ t }: Desk, { virtual, oneByOne }: Told): LetterPart[] {
  return virtual ? [say(t(oneByOne ? 'workshop.askAtDoor' : 'workshop.comeAnyhow'))] : []
}

function calendar({ t }: Desk, told: Told): LetterPart[] {
  return [{ kind: 'link', label: t('workshop.calendar'), path: told.calendar }]
}

function foot({ t }: Desk): LetterPart {
  return { kind: 'small', text: t('foot') }
}
