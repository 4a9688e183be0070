import { orenburgNewYorkCity } from './orenburg-new-york-city'
import { saratovBemidji } from './saratov-bemidji'
import { stPetersburgNewHaven } from './st-petersburg-new-haven'
import { togliattiProvidence } from './togliatti-providence'
import { type DemoPartnership, type DemoPerson, latinName } from './types'
import type { DemoWorkshop } from './workshop-types'

export const PARTNERSHIPS: readonly DemoPartnership[] = [
  stPetersburgNewHaven,
  saratovBemidji,
  orenburgNewYorkCity,
  togliattiProvidence,
]

/** All nine, in all partnerships. */
export const WORKSHOPS: readonly DemoWorkshop[] = PARTNERSHIPS.flatMap(({ workshops }) => workshops)

/** Looks after the whole programme and is a member of no partnership. */
export const PROGRAMME_ADMIN: DemoPerson & { timeZone: string } = {
  key: 'admin',
  tour: 8,
  languages: ['en', 'ru'],
  name: latinName('Judith', 'Brandt', 'Джудит Брандт'),
  timeZone: 'America/New_York',
}
