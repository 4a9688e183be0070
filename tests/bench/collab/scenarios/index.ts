import { awareness } from './awareness'
import { cold } from './cold'
import { facts } from './facts'
import { fanouts } from './fanout'
import { kill } from './kill'
import { idle, memory } from './memory'
import { pairs } from './pairs'
import type { Scenario } from './scenario'

export const SCENARIOS: Scenario[] = [pairs, ...fanouts, cold, awareness, memory, idle, kill, facts]
