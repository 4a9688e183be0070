import type { Scenario } from '../scenario'
import { APP_SCENARIOS } from './app'
import { DATABASE_SCENARIOS } from './database'
import { FRAME_SCENARIOS } from './frames'
import { PROCESS_SCENARIOS } from './processes'
import { STORED_SCENARIOS } from './stored'
import { VERSION_SCENARIOS } from './versions'
import { WIRE_SCENARIOS } from './wires'

/** Every way in which we try to lose a word. */
export const SCENARIOS: readonly Scenario[] = [
  ...APP_SCENARIOS,
  ...DATABASE_SCENARIOS,
  ...PROCESS_SCENARIOS,
  ...WIRE_SCENARIOS,
  ...FRAME_SCENARIOS,
  ...STORED_SCENARIOS,
  ...VERSION_SCENARIOS,
]

/** @throws Error if there is none of that name */
export function scenarioOf(name: string): Scenario {
  const found = SCENARIOS.find((each) => each.name === name)
  if (!found) throw new Error(`no fault is called ${name}`)
  return found
}
