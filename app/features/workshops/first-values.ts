import type { PlanChoices } from '../../../server/services/workshop-choices'

/** What a new plan begins with. */
const FIRST: Readonly<Record<string, string>> = {
  mode: 'virtual',
  startsTime: '16:00',
  'fallbacks.slides_only': 'on',
  'agenda.0.minutes': '15',
  'agenda.0.suggested': '15',
  'agenda.1.minutes': '45',
  'agenda.1.suggested': '45',
  'agenda.2.minutes': '30',
  'agenda.2.suggested': '30',
}

/** Whoever plans a workshop runs it, unless they say otherwise. */
export function firstValues(
  { people }: PlanChoices,
  mine: string,
): Readonly<Record<string, string>> {
  const isOffered = people.some(({ id, facilitates }) => id === mine && facilitates)
  return isOffered ? { ...FIRST, [`facilitators.${mine}`]: 'on' } : FIRST
}
