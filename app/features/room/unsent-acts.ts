import * as z from 'zod/mini'
import { Code } from '../../lib/ask'
import { isKept, type KeptAct } from './room-acts'

const Kept = z.custom<KeptAct>(
  (act) => typeof act === 'object' && act !== null && 'act' in act && isKept(act as KeptAct),
)

/** Acts that have not been sent, as the tab keeps them. */
export const UnsentActs = z.array(
  z.object({ key: z.string(), act: Kept, writtenAt: z.string(), refused: z.nullable(Code) }),
)
